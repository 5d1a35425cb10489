"""An office in memory, served by the real application, and a browser without a window for each of the cast."""

from __future__ import annotations

import io
import re
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from plone_memory import MemoryPlone, MemorySites
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.routing import Rule
from werkzeug.test import encode_multipart

from periksa.rehearsal import Rehearsal as Town
from pulih.bootstrap import Office, open_office
from pulih.config import write_settings
from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.domain.outside import Outside
from pulih.domain.wiring import LinkKind, PathRole
from pulih.jobs import Collected
from pulih.passwords import Argon2Passwords
from pulih.publish.plone.pages import Around, pages
from pulih.store import open_memory
from pulih.web.app import create_app

PASSWORD = "sandi yang panjang"
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDAT"
    b"x\x9cc\xf8\xcf\xc0\0\0\3\1\1\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"
)
_SEEN = re.compile(r'name="seen" value="([^"]+)"')
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Shelf:
    """A publisher that only remembers; the real one has its own tests."""

    def __init__(self, folder: Path) -> None:
        self.site, self.shown = folder, {}
        self.version, self.stamp = "1", ""
        folder.mkdir()
        (folder / "index.html").write_text("<p>wiki", encoding="utf-8")
        (folder / "kasus").mkdir()
        (folder / "kasus" / "index.html").write_text("<p>kasus", encoding="utf-8")

    def digest(self, case) -> str:
        return case.digest

    def turn(self):
        return nullcontext()

    def has(self, article) -> bool:
        return article.number in self.shown

    def publish(self, edition, stamp="") -> None:
        self.shown, self.stamp = {case.number: case.article for case in edition.cases}, stamp


def whole(answer):
    """Read an answer to its end and let go of its files."""
    answer.get_data()
    answer.close()
    return answer


class Compiled(BytecodeCache):
    """Templates that were compiled for an earlier application: half of a test's time otherwise."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if content := self.kept.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = Compiled()
_BUILDERS: dict[tuple[object, ...], Any] = {}
_build = Rule._compile_builder


def _built(rule: Rule, append_unknown: bool = True) -> Any:
    """Return what makes addresses of a rule, made for an earlier application: a third of a test's time otherwise."""
    key = (rule.rule, rule.subdomain, rule.host, *(rule.defaults or {}).items(), append_unknown)
    if key not in _BUILDERS:
        _BUILDERS[key] = _build(rule, append_unknown)
    return _BUILDERS[key]


@dataclass
class Browser:
    """Somebody's browser: follows no redirect, and sends the token that a page gave it."""

    client: FlaskClient

    def get(self, path: str, **more: Any):
        return whole(self.client.get(path, **more))

    def token(self, page: str = "/masuk") -> str:
        found = _TOKEN.search(self.client.get(page, follow_redirects=True).text)
        assert found, f"no form on {page}"
        return found[1]

    def seen(self, path: str) -> dict[str, str]:
        """The mark of what the form of a page shows, as the browser sends it along."""
        found = _SEEN.search(self.client.get(path).text) if path.endswith("/ubah") else None
        return {"seen": found[1]} if found else {}

    def send(self, path: str, data: dict[str, Any] | None = None, **more: Any):
        fields = {"csrf_token": self.token(), **self.seen(path), **(data or {})}
        # Encoded here, in memory: the client's own encoder leaves its temporary files open.
        pairs = [
            (name, one)
            for name, value in fields.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        boundary, body = encode_multipart(MultiDict(pairs))
        kind = f"multipart/form-data; boundary={boundary}"
        return whole(self.client.post(path, data=body, content_type=kind, **more))


def _plone_pages(edition, target, desk, shorts):
    digests = {case.number: case.digest for case in edition.cases}
    return pages(edition, digests, target, Around("", desk, shorts))


@pytest.fixture
def plone_server() -> MemoryPlone:
    """The Plone that every address leads to, with a folder to publish into."""
    server = MemoryPlone()
    server.make("layanan", "Layanan")
    return server


@pytest.fixture
def office(tmp_path, clock, cast, plone_server) -> Office:
    settings = write_settings(tmp_path / "kantor", probe_ranges=["127.0.0.0/8"])
    office = open_office(
        settings,
        now=clock,
        store=open_memory(),
        jobs=Collected(),
        publisher=Shelf(tmp_path / "site"),
        passwords=Argon2Passwords(time_cost=1, memory_cost=8, parallelism=1),
        sites=MemorySites(plone_server, _plone_pages),
    )
    office.accounts.first_admin(cast.admin, PASSWORD)
    office.registry.add(
        cast.admin, Agency("dukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "Dukcapil")
    )
    office.registry.add(cast.admin, Agency("dikbud", "Dinas Pendidikan dan Kebudayaan", "Dikbud"))
    office.registry.add(cast.admin, Site("dukcapil-pusat", "dukcapil", "Kantor pusat"))
    device = Device(
        "sw-dukcapil",
        "dukcapil",
        DeviceKind.SWITCH,
        "Switch lantai 2",
        "dukcapil-pusat",
        "MikroTik",
        "CRS326",
        address="127.0.0.1",
    )
    office.registry.add(cast.admin, device)
    for person in cast:
        if person.id != cast.admin.id:
            office.accounts.add(cast.admin, person, PASSWORD)
    yield office
    office.close()


@pytest.fixture
def town(office, cast):
    """A network that does as it is told: core, relay, and behind that the router and switch of an agency."""
    office.registry.add(cast.admin, Agency("kominfo", "Dinas Kominfo", "Kominfo"))
    for device in (
        Device(
            "inti",
            "kominfo",
            DeviceKind.ROUTER,
            "Router inti",
            role=PathRole.CORE,
            address="10.0.0.1",
        ),
        Device(
            "menara-1",
            "kominfo",
            DeviceKind.RADIO,
            "Menara Sering",
            role=PathRole.RELAY,
            parent="inti",
            address="10.9.9.2",
        ),
        Device(
            "rt-dukcapil",
            "dukcapil",
            DeviceKind.ROUTER,
            "Router Dukcapil",
            parent="menara-1",
            address="10.1.0.1",
            link=LinkKind.RADIO,
        ),
        Device(
            "sw-2",
            "dukcapil",
            DeviceKind.SWITCH,
            "Switch loket",
            parent="rt-dukcapil",
            address="10.1.0.2",
        ),
        Device(
            "rt-dikbud",
            "dikbud",
            DeviceKind.ROUTER,
            "Router Dikbud",
            parent="menara-1",
            address="10.2.0.1",
        ),
    ):
        office.registry.add(cast.admin, device)
    office.paths.keep_outside(cast.admin, Outside("10.0.0.53", "portal.kab.test = 10.0.0.80"))
    town = Town()
    object.__setattr__(office.tools.probes, "place", town)  # frozen, and all desks hold it
    return town


@pytest.fixture
def app(office, monkeypatch):
    monkeypatch.setattr(Rule, "_compile_builder", _built)
    app = create_app(office)
    app.config.update(TESTING=False, RATELIMIT_ENABLED=True)
    app.jinja_env.bytecode_cache = _COMPILED
    return app


@pytest.fixture
def client_of(app):
    """Return a browser in which a person is signed in; nobody when no one is named."""

    def browser(person: str = "") -> Browser:
        browser = Browser(app.test_client())
        if person:
            answer = browser.send("/masuk", {"username": person, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return browser

    return browser


@pytest.fixture
def upload():
    """Return a file as a form sends it."""

    def file(name: str = "foto.png", content: bytes = PNG):
        return FileStorage(io.BytesIO(content), name)

    return file


@pytest.fixture
def form_of(facts_for):
    """Return a stage's facts as the fields of its form."""

    def fields(stage: str, **changes: object) -> dict[str, Any]:
        form: dict[str, Any] = {}
        for name, value in facts_for(stage, **changes).items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                for column in value[0]:
                    form[f"{name}.{column}"] = [row[column] for row in value]
            else:
                form[name] = value
        return form

    return fields


@pytest.fixture
def desk(office, cast, clock, facts_for):
    """Takes tickets along through the service, to bring them where a test begins."""

    def bring(to: str = "", *, by_fix: bool = True, **letter: object) -> str:
        clock.tick(minutes=1)
        ticket = office.tickets.register(cast.contact, facts_for("letter", **letter))
        while ticket.due and ticket.due.id != to:
            stage = ticket.due.id
            changes: dict[str, object] = (
                {"outcome": "fixed"} if by_fix and stage == "remote-repair" else {}
            )
            if stage == "damage":
                kept = office.attachments.keep(
                    cast.lead, "photos", "foto.png", io.BytesIO(PNG), number=ticket.number
                )
                changes = {"photos": [kept.id]}
            clock.tick(minutes=10)
            ticket = office.tickets.take(
                cast.actor(stage),
                ticket.number,
                stage,
                facts_for(stage, **changes),
                seen=ticket.version,
            )
        return ticket.number

    return bring
