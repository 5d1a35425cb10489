"""A Plone site with the add-on, the desk of a demo office, and people who read and write on both sides."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import plone as plones
import pytest
import small_desk
from commands import served
from plone_reader import Reader, Shown

from pulih.bootstrap import Office, open_office
from pulih.config import read_settings
from pulih.domain.people import Role
from pulih.jobs import Collected
from pulih.service.doors import Opening

AGENCY = "dukcapil"


def pytest_collection_modifyitems(items):
    """Give those time who find neither site nor office made yet: a shared machine makes both slowly."""
    for item in items:
        if "town" in item.fixturenames:
            item.add_marker(pytest.mark.timeout(400))


@dataclass(frozen=True)
class Town:
    """A Plone site of these tests' own, with the add-on; `dukcapil` has a published folder there."""

    plone: plones.Plone
    site: str

    @property
    def url(self) -> str:
        """Its address as browsers know it: Plone's theme is off on 127.0.0.1."""
        return f"http://localhost:{self.plone.port}/{self.site}"

    @property
    def hand(self) -> plones.Hand:
        return self.plone.admin(self.site)

    @property
    def admin(self) -> Reader:
        return Reader(self.url, plones.ADMIN)

    @property
    def member(self) -> Reader:
        return Reader(self.url, plones.PERSON)

    @property
    def anybody(self) -> Reader:
        return Reader(self.url)

    def connect(self, url: str, door: str, token: str, **more: str) -> Shown:
        """Fill in the control panel as an administrator does, and try the connection."""
        admin = self.admin
        told = {"desk_url": url, "door": door, "token": token, "test": "1", **more}
        return admin.send(admin.go("@@pulih-controlpanel"), **told)


def new_site(plone: plones.Plone, distribution: str) -> str:
    """Make one more site on the server; the add-on is not installed in it."""
    site = f"{distribution}-{uuid4().hex[:6]}"
    told = {
        "site_id": site,
        "title": "Portal Kabupaten",
        "default_language": "id",
        "portal_timezone": "Asia/Makassar",
        "setup_content": False,
    }
    zope = plones.Hand(f"http://127.0.0.1:{plone.port}", plones.ADMIN)
    zope.post(f"@sites/{distribution}", told)
    return site


@pytest.fixture(scope="session")
def town(plone) -> Town:
    town = Town(plone, new_site(plone, "classic"))
    hand = town.hand
    hand.post("@addons/pulih_plone/install", {})
    name, password = plones.PERSON
    person = {"username": name, "password": password, "email": "nurul@contoh.go.id"}
    hand.post("@users", {**person, "fullname": "Nurul Aini", "roles": ["Member"]})
    hand.post("", {"@type": "Folder", "id": AGENCY, "title": "Dukcapil", "pulih_agency": AGENCY})
    hand.post(f"{AGENCY}/@workflow/publish", {})
    return town


@pytest.fixture
def bare(plone) -> Callable[[str], Town]:
    """Make a site without the add-on: of the Classic distribution, or of Volto's."""
    return lambda distribution: Town(plone, new_site(plone, distribution))


@dataclass(frozen=True)
class RealDesk:
    """`pulih serve` on a demo office, with a door for the town."""

    folder: Path
    url: str
    door: str
    token: str

    @contextmanager
    def office(self) -> Iterator[Office]:
        """Look into the office that is being served, as the people there would."""
        with closing(opened(self.folder)) as office:
            yield office


def opened(folder: Path) -> Office:
    return open_office(read_settings(folder, {}), jobs=Collected())


@pytest.fixture(scope="session")
def real_desk(tmp_path_factory) -> Iterator[RealDesk]:
    folder = tmp_path_factory.mktemp("kantor") / "percontohan"
    subprocess.run(
        [sys.executable, "-m", "pulih", "demo", str(folder)],
        env={**os.environ, "LC_ALL": "id_ID.UTF-8"},
        check=True,
        timeout=300,
        capture_output=True,
    )
    with closing(opened(folder)) as office:
        with office.tools.store.reading() as records:
            admin = next(one for one in records.people.all() if one.role is Role.ADMIN)
        door = office.doors.open(admin, Opening("Portal Kabupaten"))
    with served(folder) as (url, _said):
        yield RealDesk(folder, url, door.door.id, door.token)


@pytest.fixture
def connected(town, real_desk) -> Town:
    """The town, joined to the demo office's desk."""
    shown = town.connect(real_desk.url, real_desk.door, real_desk.token)
    assert "Tersambung" in shown.says, shown.says
    return town


@pytest.fixture
def small(town) -> Iterator[small_desk.Desk]:
    """A desk that can misbehave, and the town joined to it: a second is all that it has to answer."""
    with small_desk.running() as desk:
        desk.answers[f"/pintu/opd/{AGENCY}"] = desk.answers["/pintu/opd/dikbud"]
        shown = town.connect(desk.url, small_desk.DOOR, small_desk.TOKEN, timeout="1")
        assert "Tersambung" in shown.says, shown.says
        desk.heard.clear()
        yield desk
