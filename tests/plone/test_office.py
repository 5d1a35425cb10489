"""An office and a real Plone, wired together: the whole life of cases there, and what goes wrong on the way."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import offices
import plone as plones
import pytest
from plone_pages import picture
from relevance import OURS, reports

from pulih.bootstrap import open_office
from pulih.config import read_settings
from pulih.domain.edition import Picture
from pulih.domain.knowledge import Retracted
from pulih.domain.outgoing import Outgoing
from pulih.domain.plone.page import Standing
from pulih.jobs import Collected
from pulih.publish.plone.link import Patience
from pulih.service.plone_typed import TypedTarget

_SHORT = Patience(connect=2, silence=1, whole=3)


@pytest.fixture(scope="session")
def articles():
    """Four cases of two agencies; two of them have the same title."""
    some = reports(OURS)[:4]
    agencies = ("dukcapil", "dukcapil", "dikbud", "dukcapil")
    numbered = [
        replace(one, number=f"2026-000{n}", agency=agency)
        for n, (one, agency) in enumerate(zip(some, agencies, strict=True), 1)
    ]
    return (*numbered[:3], replace(numbered[3], title=numbered[0].title))


class Desk:
    """An office with four cases, and a target for a root folder on a real site."""

    def __init__(self, folder, cast, articles, scene):
        self.folder, self.scene, self.admin = folder, scene, cast.admin
        offices.found(folder, cast).close()
        self.office = open_office(read_settings(folder, {}), jobs=Collected())
        self.keep(*articles)
        typed = TypedTarget(
            "Portal",
            scene.plone.url(scene.site),
            *plones.PUBLISHER,
            root=scene.root,
            audience="intranet",
        )
        self.target = self.office.plone_targets.keep(self.admin, typed)

    @property
    def overview(self):
        return self.office.plone.show(self.admin, self.target.id)

    @property
    def passes(self):
        return self.office.plone_passes

    def keep(self, *articles):
        with self.office.tools.store.writing() as records:
            for article in articles:
                records.articles.put(article.number, article)

    def perform(self, passes=None):
        """Make a whole pass; nothing may be left held or waiting."""
        (passes or self.passes).perform(self.target.id, look=True, most=None)
        overview = self.overview
        assert overview.why is None, overview.why
        assert [(line.key, str(line.why)) for line in overview.held] == []
        assert overview.waiting == ()
        return overview.state.counts

    def failing(self, passes=None):
        """Make a pass that is given up, and return why."""
        (passes or self.passes).perform(self.target.id, look=True, most=None)
        return str(self.overview.why)

    def impatient(self):
        sites = self.passes.sites.open.__self__  # what stands behind `later`
        return replace(self.passes, sites=replace(sites, patience=_SHORT))

    def noted(self, number):
        with self.office.tools.store.reading() as records:
            return records.plone_pages.get(f"{self.target.id}/kasus/{number}")

    def reads(self, path):
        return self.scene.anybody("GET", path).status == 200

    def numbers(self):
        """The cases that a visitor finds, once for each page of one."""
        found = self.scene.anybody.get(
            f"{self.scene.root}/@search?portal_type=Document&b_size=1000&metadata_fields=getId"
        )
        return sorted(one["getId"] for one in found["items"] if one["getId"].startswith("2026-"))


@pytest.fixture
def desk(tmp_path, cast, articles, scene):
    desk = Desk(tmp_path / "kantor", cast, articles, scene)
    yield desk
    desk.office.close()


ALL = ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]


def test_a_case_lives_on_a_site_from_its_publishing_to_its_retraction(desk, articles, scene):
    digest, _ = desk.office.tools.files.keep(io.BytesIO(picture()), most=1 << 20)
    with desk.office.tools.store.writing() as records:
        photo = Outgoing("2026-0001", pictures=(Picture(digest, "Panel"),))
        records.outgoing.put("2026-0001", photo)

    made = desk.perform().made

    assert desk.numbers() == ALL
    first = desk.noted("2026-0001")
    found = scene.anybody.get(f"{scene.root}/@search?SearchableText=SIAK*&portal_type=Document")
    assert first.path in {one["@id"].removeprefix(f"{desk.target.url}/") for one in found["items"]}
    [file] = first.files
    [shown] = scene.admin.get(f"@search?UID={file.uid}")["items"]
    image = shown["@id"].removeprefix(f"{desk.target.url}/")
    assert desk.reads(image)

    # Nothing changed: nothing is written.
    counts = desk.perform()
    assert (counts.written, counts.same) == (0, made)

    # Corrected.
    desk.keep(replace(articles[0], cause="Kabelnya putus di bawah jalan."))
    assert desk.perform().changed >= 1
    found = scene.anybody.get(f"{scene.root}/@search?SearchableText=putus&portal_type=Document")
    assert desk.noted("2026-0001").uid == first.uid

    # The OPD takes another name; what people saved leads to the new address.
    with desk.office.tools.store.writing() as records:
        agency = records.agencies.get("dukcapil")
        records.agencies.save(replace(agency, name="Dinas Penduduk", short="Disduk"))
    desk.perform()
    assert desk.noted("2026-0001").path != first.path
    assert desk.reads(first.path)
    assert desk.numbers() == ALL
    assert desk.perform().written == 0

    # The case turns out to be another OPD's.
    desk.keep(replace(articles[1], agency="dikbud"))
    before = desk.noted("2026-0002").path
    desk.perform()
    assert desk.noted("2026-0002").path.rpartition("/")[0] != before.rpartition("/")[0]
    assert desk.reads(before)

    # Taken off the wiki: neither the page nor its photograph can be opened any more.
    with desk.office.tools.store.writing() as records:
        retracted = Retracted("2026-0001", "admin", "Admin", desk.office.tools.now(), "Keliru.")
        records.retracted.put("2026-0001", retracted)
    desk.perform()
    [file] = first.files
    assert desk.numbers() == ALL[1:]
    for path in (first.path, desk.noted("2026-0001").path, image):
        assert not desk.reads(path)
    assert scene.admin.get(f"@search?UID={file.uid}")["items"] == []

    # Put back: the same page again.
    with desk.office.tools.store.writing() as records:
        records.retracted.remove("2026-0001")
    desk.perform()
    assert desk.numbers() == ALL
    assert desk.noted("2026-0001").uid == first.uid

    # The target is removed, its pages first.
    desk.office.plone_targets.remove(desk.admin, desk.target.id, withdraw=True)
    desk.passes.perform(desk.target.id)
    assert desk.numbers() == []
    assert desk.office.plone_targets.all(desk.admin) == ()


def test_what_people_do_there_waits_for_a_decision(desk, scene):
    desk.perform()
    key, edited, deleted = "kasus/2026-0001", desk.noted("2026-0001"), desk.noted("2026-0003")
    scene.person.patch(edited.path, {"title": "Judul orang lain"})
    scene.person.delete(deleted.path)

    desk.passes.perform(desk.target.id, look=True)

    assert {line.key: line.standing for line in desk.overview.held} == {
        key: Standing.EDITED,
        "kasus/2026-0003": Standing.GONE,
    }
    both = desk.office.plone.both(desk.admin, desk.target.id, key)
    assert (both.theirs.title, both.ours.title) != (both.ours.title, both.theirs.title)
    assert both.theirs.title == "Judul orang lain"

    desk.office.plone.overwrite(desk.admin, desk.target.id, key, both.theirs.modified)
    desk.office.plone.make_again(desk.admin, desk.target.id, "kasus/2026-0003")
    desk.perform()

    assert desk.numbers() == ALL
    assert scene.anybody.get(edited.path)["title"] == both.ours.title


@pytest.mark.parametrize("site", ["klasik"])
def test_a_wrong_password_is_told_and_mended(desk, scene):
    typed = TypedTarget(
        "Portal",
        desk.target.url,
        plones.PUBLISHER[0],
        "salah",
        scene.root,
        "intranet",
    )
    target = desk.office.plone_targets.keep(desk.admin, typed, desk.target.id, 1)
    assert "kata sandi" in desk.failing()
    assert desk.numbers() == []

    typed = replace(typed, password=plones.PUBLISHER[1])
    desk.office.plone_targets.keep(desk.admin, typed, target.id, target.version)
    desk.perform()
    assert desk.numbers() == ALL


@pytest.mark.parametrize("site", ["klasik"])
def test_a_site_that_hangs_or_stops_in_the_middle_gets_every_page_once(desk, scene):
    created = 0

    def hang_at_third(done, of):
        nonlocal created
        created = done
        if done == 3:
            scene.plone.hang()

    desk.impatient().perform(desk.target.id, hang_at_third, most=None)
    scene.plone.resume()
    assert created == 3
    assert desk.overview.why is not None
    assert desk.overview.state.next_at is not None

    def stop_at_sixth(done, of):
        if done == 3:
            scene.plone.kill()

    desk.passes.perform(desk.target.id, stop_at_sixth, look=True, most=None)
    assert "tidak" in str(desk.overview.why)
    scene.plone.start()

    desk.perform()
    assert desk.numbers() == ALL


@pytest.mark.parametrize("site", ["klasik"])
def test_our_process_killed_at_any_page_leaves_none_twice_and_none_out(desk, scene):
    words = ["plone", "publish", "--office", str(desk.folder)]
    command = [sys.executable, "-m", "pulih", *words]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    def killed_at(place: int) -> bool:
        """Let the command run until so many pages are begun, and kill it; tell whether there were so many."""
        with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None:
                with desk.office.tools.store.reading() as records:
                    pages = records.plone_pages.find(target=desk.target.id)
                writing = any(page.standing is Standing.WRITING for page in pages)
                if writing and len(pages) >= place:
                    process.send_signal(signal.SIGKILL)
                    return True
                time.sleep(0.005)
        return False

    killed = [place for place in (3, 9) if killed_at(place)]

    assert killed
    desk.perform()
    assert desk.numbers() == ALL
    found = scene.admin.get(f"{scene.root}/@search?b_size=1000&metadata_fields=getId")
    paths = [one["@id"] for one in found["items"]]
    with desk.office.tools.store.reading() as records:
        noted = records.plone_pages.find(target=desk.target.id)
    assert sorted(paths) == sorted(f"{desk.target.url}/{page.path}" for page in noted)
