"""The cast, the calendar and the papers that all tests share. Helpers come as fixtures, never by import.

The cast works at the communication office and at two agencies. Dewi reports for `dukcapil`; Hasan is of another
agency, `dikbud`, and must be refused wherever the ticket is Dewi's. Rina (lead) and Bayu are appointed; Joko is of
the network team too, but was not appointed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from copy import deepcopy
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import bucket as buckets
import cluster as clusters
import psycopg
import pytest
from hypothesis import HealthCheck, settings

from pulih.domain.calendar import Calendar
from pulih.domain.people import Person, Role
from pulih.domain.ticket import Ticket
from pulih.store import open_memory, open_postgres, open_tiny
from pulih.store.postgres_sql import table_names


def pytest_addoption(parser):
    parser.addoption(
        "--torture-seconds",
        type=float,
        default=0.0,
        help="how long each test of torture goes on; without it, until it has killed often enough",
    )


settings.register_profile(
    "pulih",
    max_examples=50,
    deadline=None,
    derandomize=True,  # what passed passes again; `deep` looks elsewhere each time
    suppress_health_check=[HealthCheck.too_slow],  # the machines that run this are shared
)
settings.register_profile(
    "deep", settings.get_profile("pulih"), max_examples=2000, derandomize=False
)
settings.load_profile("pulih")  # pytest --hypothesis-profile=deep asks for more

WITA = ZoneInfo("Asia/Makassar")
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=WITA)  # a Monday
FREE_DAYS = {
    date(2026, 3, 19): "Hari Suci Nyepi",  # a Thursday
    date(2026, 3, 20): "Idul Fitri (cuti bersama)",
    date(2026, 8, 17): "Hari Kemerdekaan",  # a Monday
    date(2026, 12, 24): "Cuti bersama Natal",
    date(2026, 12, 25): "Hari Raya Natal",
}


@dataclass(frozen=True, slots=True)
class Cast:
    """One person a role, three technicians, and somebody of another agency."""

    contact: Person
    stranger: Person
    head: Person
    division: Person
    section: Person
    lead: Person
    technician: Person
    unappointed: Person
    admin: Person

    def __iter__(self):
        return (getattr(self, field.name) for field in fields(self))

    def actor(self, stage: str) -> Person:
        """Return who takes a stage when all goes as the regulation has it."""
        return getattr(self, _ACTORS.get(stage, "lead"))


_ACTORS = {
    "letter": "contact",
    "disposition": "head",
    "verification": "division",
    "appointment": "section",
    "replacement-record": "contact",
    "acceptance-section": "section",
    "acceptance-division": "division",
    "acceptance-department": "head",
    "acknowledgement-agency": "contact",
    "acknowledgement-department": "head",
    "withdrawal": "contact",
    "reappointment": "section",
}


@pytest.fixture(scope="session")
def cast() -> Cast:
    return Cast(
        contact=Person(
            "dewi", "Dewi Lestari", Role.OPD, "dukcapil", position="Kasubbag Umum Dukcapil"
        ),
        stranger=Person("hasan", "Hasan Basri", Role.OPD, "dikbud", position="Operator Dikbud"),
        head=Person(
            "irawan",
            "Irawan Subekti",
            Role.HEAD_OF_DEPARTMENT,
            nip="196805121994031005",
            position="Kepala Dinas",
        ),
        division=Person(
            "nurhayati",
            "Nurhayati",
            Role.HEAD_OF_DIVISION,
            nip="197203041998032004",
            position="Kepala Bidang TI",
        ),
        section=Person(
            "salim",
            "Salim Ahmad",
            Role.SECTION_HEAD,
            nip="197911232005011003",
            position="Kepala Seksi",
        ),
        lead=Person(
            "rina",
            "Rina Kartika",
            Role.NETWORK_TEAM,
            nip="198804172011012002",
            position="Network engineer",
        ),
        technician=Person("bayu", "Bayu Pratama", Role.NETWORK_TEAM, position="Teknisi jaringan"),
        unappointed=Person("joko", "Joko Santoso", Role.NETWORK_TEAM, position="Programmer"),
        admin=Person("admin", "Administrator", Role.ADMIN),
    )


@pytest.fixture(scope="session")
def office_calendar() -> Calendar:
    """07:30-16:00 WITA, weekends and `FREE_DAYS` off."""
    return Calendar(WITA, FREE_DAYS)


@dataclass(slots=True)
class FrozenClock:
    """A clock that only moves when it is told to."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def tick(self, **by: float) -> datetime:
        """Move on by so many `minutes`, `hours`, `days`; return the new time."""
        self.moment += timedelta(**by)
        return self.moment

    def set(self, moment: datetime) -> None:
        """Jump to a moment."""
        self.moment = moment.astimezone(UTC)


@pytest.fixture
def clock() -> FrozenClock:
    """Monday 2 March 2026, 08:00 WITA."""
    return FrozenClock(MORNING.astimezone(UTC))


FactsFor = Callable[..., dict[str, object]]
_FACTS: dict[str, dict[str, object]] = {
    "letter": {
        "letter_number": "005/114/DUKCAPIL/2026",
        "letter_date": "2026-02-27",
        "agency": "dukcapil",
        "place": "Lantai 2, ruang perekaman",
        "subject": "Jaringan loket perekaman putus",
        "disturbed": "Loket KTP-el tidak dapat terhubung ke pusat.",
        "since": "2026-02-27T08:15:00+08:00",
        "contact_name": "Dewi Lestari",
        "contact_phone": "0812-3456-7890",
    },
    "disposition": {"nature": "segera", "instructions": ["tindak-lanjut"], "to": "nurhayati"},
    "verification": {
        "verified": "ya",
        "reason": "Surat lengkap.",
        "nature": "segera",
        "instructions": ["tindak-lanjut", "laporkan"],
        "to": "salim",
    },
    "appointment": {
        "technicians": ["rina", "bayu"],
        "lead": "rina",
        "task": "Periksa dan pulihkan jaringan loket.",
    },
    "examination": {
        "readings": [{"what": "ping 10.12.7.1", "value": "100% hilang", "note": ""}],
        "fault_type": "perangkat-rusak",
        "location": "Lemari panel lantai 2",
        "device_note": "Switch MikroTik CRS326",
    },
    "remote-repair": {"done": "Menghidupkan ulang port switch.", "outcome": "not-fixed"},
    "coordination": {
        "spoken_to": "Dewi Lestari",
        "visit_at": "2026-03-04T09:00:00+08:00",
        "agreed_by": "Dewi Lestari",
    },
    "damage": {
        "damaged": "ya",
        "must_replace": "ya",
        "device_note": "Switch MikroTik CRS326",
        "damage": "Catu daya dan papan utama terbakar.",
        "photos": ["foto-1"],
        "repair": "Melepas switch yang rusak.",
    },
    "replacement-notice": {
        "informed": "Dewi Lestari",
        "informed_at": "2026-03-02T08:30:00+08:00",
        "message": "Switch lantai 2 harus diganti.",
    },
    "replacement-record": {
        "old_kind": "switch",
        "old_make": "MikroTik",
        "old_model": "CRS326",
        "old_serial": "SN-A1",
        "old_inventory": "–",
        "reason": "Papan utama terbakar.",
        "new_wanted": "Switch 24 port",
    },
    "installation": {
        "new_kind": "switch",
        "new_make": "MikroTik",
        "new_model": "CRS328",
        "new_serial": "SN-B2",
        "new_inventory": "–",
        "settings": "VLAN 20 untuk loket.",
    },
    "trial": {
        "tests": [{"what": "ping 10.12.7.1", "value": "0% hilang", "note": "100% hilang"}],
        "works": "ya",
    },
    "report": {
        "symptom": "Loket putus.",
        "cause": "Switch terbakar karena lonjakan listrik.",
        "cause_certainty": "confirmed",
        "actions": "Mengganti switch.",
        "result": "Loket terhubung kembali.",
        "solution_class": "permanent",
        "prevention": "Pasang UPS.",
    },
    "acceptance-section": {"accepted": "ya", "note": "Baik."},
    "acceptance-division": {"accepted": "ya", "note": "Baik."},
    "acceptance-department": {"accepted": "ya", "note": "Baik."},
    "work-record": {
        "work": "Mengganti switch lantai 2.",
        "work_date": "2026-03-02",
        "result": "Loket terhubung kembali.",
        "agency_official": "Ahmad Fauzi, Sekretaris Dukcapil",
    },
    "acknowledgement-agency": {"acknowledged": "ya"},
    "acknowledgement-department": {"acknowledged": "ya"},
    "withdrawal": {"reason": "Jaringan pulih sendiri."},
    "reappointment": {"technicians": ["bayu"], "lead": "bayu", "task": "Melanjutkan pekerjaan."},
}


@pytest.fixture(scope="session")
def facts_for() -> FactsFor:
    """Return what a stage must be told, as a form would send it, and nothing optional.

    Changes come by name; `None` takes a fact away. Unchanged, the facts lead along the longest way: not fixed
    remotely, device replaced, trial passed. What they refer to is in no registry yet.
    """

    def facts(stage: str, **changes: object) -> dict[str, object]:
        told = {**deepcopy(_FACTS[stage]), **changes}
        return {name: value for name, value in told.items() if value is not None}

    return facts


@dataclass(frozen=True, slots=True, repr=False)
class Story:
    """Takes a ticket through the procedure without any store, one deed an hour.

    Attributes:
        way: The stages in the order of the longest way.
    """

    cast: Cast
    facts_for: FactsFor
    way: tuple[str, ...] = tuple(
        stage for stage in _FACTS if stage not in ("withdrawal", "reappointment")
    )

    def take(
        self, ticket: Ticket, stage: str, by: Person | None = None, **changes: object
    ) -> Ticket:
        """Return the ticket with one stage taken, by whom it is for if nobody is named."""
        at = ticket.history[-1].at + timedelta(hours=1) if ticket.history else MORNING
        facts = self.facts_for(stage, **changes)
        return ticket.take(stage, by or self.cast.actor(stage), at, facts, zone=WITA)

    def follow(self, ticket: Ticket, *stages: str) -> Ticket:
        """Return the ticket with these stages taken in turn."""
        for stage in stages:
            ticket = self.take(ticket, stage)
        return ticket

    def at(self, stage: str) -> Ticket:
        """Return a ticket for which `stage` is due, come by the longest way."""
        return self.follow(Ticket("2026-0001"), *self.way[: self.way.index(stage)])

    @property
    def closed(self) -> Ticket:
        """A ticket that came all the longest way."""
        return self.follow(Ticket("2026-0001"), *self.way)

    @property
    def returned(self) -> Ticket:
        """A ticket whose letter went back to the agency."""
        return self.take(self.at("verification"), "verification", verified="tidak")

    @property
    def withdrawn(self) -> Ticket:
        """A ticket whose agency took its letter back before the first disposition."""
        return self.follow(Ticket("2026-0001"), "letter", "withdrawal")


@pytest.fixture(scope="session")
def story(cast, facts_for) -> Story:
    return Story(cast, facts_for)


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL server that lives as long as the tests. A test that asks for it is marked `postgres`."""
    with clusters.cluster() as running:
        yield running


@pytest.fixture
def database(cluster):
    """The address of an empty database."""
    with cluster.database() as url:
        yield url


@pytest.fixture(scope="session")
def bucket_server():
    """An S3-compatible server that lives as long as the tests. A test that asks for it is marked `bucket`."""
    with buckets.server() as running:
        yield running


@pytest.fixture
def bucket(bucket_server):
    """The name of an empty bucket."""
    with bucket_server.bucket() as name:
        yield name


@pytest.fixture(scope="session")
def made(cluster):
    """The address of a database that has the tables of a store."""
    with cluster.database() as url:
        open_postgres(url).close()
        yield url


@pytest.fixture
def emptied(made):
    """The address of a database with the tables of a store and nothing in them."""
    with psycopg.connect(made) as connection:
        connection.execute("; ".join(f"DELETE FROM {name}" for name in table_names()))
    return made


@pytest.fixture
def empty_store(request, tmp_path):
    """Open an empty store of a kind; it is closed with the test. One on PostgreSQL needs the mark."""
    openers = {
        "memory": open_memory,
        "tiny": lambda: open_tiny(tmp_path / "pulih.db"),
        "postgres": lambda: open_postgres(request.getfixturevalue("emptied")),
    }
    with ExitStack() as held:
        yield lambda kind: held.enter_context(closing(openers[kind]()))


@pytest.fixture(params=["tiny", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request, tmp_path):
    """Where a store may be made that several processes share: a path, or the address of a database."""
    if request.param == "tiny":
        return tmp_path / "pulih.db"
    return request.getfixturevalue("database")


@pytest.fixture
def child():
    """Start a Python process on some code; it ends with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object, **how: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            **how,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# Without these Chromium looks for its maker's hosts at every start; nothing here is reachable or wanted.
ALONE = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-gpu",
]


@pytest.fixture(scope="session")
def chromium():
    """The one browser of all tests: Playwright runs once in a process."""
    if CHROMIUM is None:
        pytest.fail("Chromium is missing: run `make test`, which installs it.")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not needed by the fast tests

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[*ALONE, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
        )
        yield browser
        browser.close()
