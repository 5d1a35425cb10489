"""An office without web and without network: the real services and a real store, and fakes that work for the rest.

Every test runs over the store in memory and over the one in a file.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from plone_memory import MemoryPlone, MemorySites

from periksa.rehearsal import Rehearsal as Town
from pulih.computers import PeriksaComputers
from pulih.domain.agency import FAULT_TYPES, Agency, Device, DeviceKind, Site
from pulih.domain.login import Attempt
from pulih.domain.look import Look
from pulih.domain.search import Found, Match, Query
from pulih.domain.signed import Examined
from pulih.domain.ticket import Ticket
from pulih.errors import NotFound, Problem, TooLarge, Unavailable
from pulih.ports import Ready, Records, Tools
from pulih.probes import PeriksaProbes
from pulih.publish.plone.pages import Around, pages
from pulih.search import WordIndex
from pulih.service.access import AccessDesk
from pulih.service.accounts import AccountDesk
from pulih.service.admitting import AdmitDesk
from pulih.service.attachments import AttachmentDesk
from pulih.service.bundles import BundleDesk
from pulih.service.cases import CaseDesk
from pulih.service.computers import ComputerDesk
from pulih.service.doors import DoorDesk
from pulih.service.drafts import DraftDesk
from pulih.service.finding import FindingDesk
from pulih.service.importing import ImportDesk
from pulih.service.issuing import IssueDesk
from pulih.service.knowledge import KnowledgeDesk
from pulih.service.outages import OutageDesk
from pulih.service.outgoing import OutgoingDesk
from pulih.service.paper_settings import PaperSettingsDesk
from pulih.service.papers import PaperDesk
from pulih.service.paths import PathDesk
from pulih.service.places import WikiDesk
from pulih.service.plone_asking import PloneDesk
from pulih.service.plone_pages import PloneBook
from pulih.service.plone_passing import PlonePass
from pulih.service.plone_targets import PloneTargetDesk
from pulih.service.probing import ProbeDesk
from pulih.service.receiving import ReceiveDesk
from pulih.service.registry import RegistryDesk
from pulih.service.retracting import RetractDesk
from pulih.service.showing import ShowDesk
from pulih.service.signed import SignedDesk
from pulih.service.sweeping import SweepDesk
from pulih.service.telling import TellDesk
from pulih.service.tickets import TicketDesk
from pulih.service.verifying import VerifyDesk
from pulih.service.wanted import WantedDesk
from pulih.service.work import WorkDesk
from pulih.wording import sentence

PASSWORD = "kopi pagi di dermaga"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PDF = b"%PDF-1.7\n"

REGISTRY = (
    Agency("dukcapil", "Dinas Kependudukan dan Pencatatan Sipil", "Dukcapil"),
    Agency("dikbud", "Dinas Pendidikan dan Kebudayaan", "Dikbud"),
    Agency("bappeda-lama", "Bappeda (lama)", active=False),
    Site("dukcapil-pusat", "dukcapil", "Kantor Dukcapil"),
    Site("dikbud-pusat", "dikbud", "Kantor Dikbud"),
    Device(
        "sw-loket",
        "dukcapil",
        DeviceKind.SWITCH,
        "Switch loket",
        brand="MikroTik",
        model="CRS326",
        address="10.12.7.2",
    ),
    Device("rt-dukcapil", "dukcapil", DeviceKind.ROUTER, "Router Dukcapil", address="10.12.7.1"),
    Device("ap-loket", "dukcapil", DeviceKind.ACCESS_POINT, "AP loket"),
    Device("rt-dikbud", "dikbud", DeviceKind.ROUTER, "Router Dikbud", address="10.12.9.1"),
    *FAULT_TYPES,
)


class MemoryFiles:
    """Contents by digest, as long as the test runs."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def keep(self, content, *, most):
        data = content.read(most + 1)
        if len(data) > most:
            raise TooLarge([Problem("file", sentence("Terlalu besar."))])
        digest = hashlib.sha256(data).hexdigest()
        self.contents[digest] = data
        return digest, len(data)

    def open(self, digest):
        if digest not in self.contents:
            raise NotFound("Berkas ini tidak ditemukan.")
        return io.BytesIO(self.contents[digest])

    def close(self):
        pass


class PlainIndex:
    """Finds cases that share a word or some context with the query; what helped before stands first."""

    behind = 0

    def __init__(self) -> None:
        self.asked: list[Query] = []

    def find(self, query: Query, records: Records, helped: Mapping[str, int]) -> Found:
        self.asked.append(query)
        matches = [
            Match(article, self._score(query, article) + helped.get(article.number, 0), ())
            for article in records.articles.find()
            if article.number not in query.leave_out and self._score(query, article)
        ]
        matches.sort(key=lambda match: (-match.score, match.article.number))
        return Found(tuple(matches[: query.most]), len(matches), {})

    def waiting(self, query, versions, read):
        return WordIndex().waiting(query, versions, read)

    def _score(self, query: Query, article: Any) -> int:
        words = set(f"{article.title} {article.symptom}".casefold().split())
        shared = len(words & set(query.words.casefold().split()))
        context = ("agency", "device", "fault_type", "device_make")
        return shared + sum(
            1
            for name in context
            if getattr(query, name) and getattr(query, name) == getattr(article, name)
        )


class PlainProbes:
    """Periksa in a town that does as it is told, in which 10.12.7.2 does not answer. Probing may be told to break.

    Where single addresses are looked at, it only pings.
    """

    def __init__(self, now) -> None:
        self.town = Town(silent={"10.12.7.2"})
        real = PeriksaProbes(now=now, place=self.town)
        self._examine, self.judge = real.examine, real.judge
        self.answer, self.compare = real.answer, real.compare
        self.probed: list[tuple[str, ...]] = []
        self.looks: list[Look] = []
        self.meanwhile = lambda: None
        self.broken: Exception | None = None

    def run(self, targets, names, progress):
        self.probed.append(tuple(target["address"] for target in targets))
        self._begin(progress)
        return 1.5, [self._finding(target["address"]) for target in targets]

    def examine(self, look, access, progress):
        self.looks.append(look)
        self._begin(progress)
        return self._examine(look, access, progress)

    def allowed(self, address, registered):
        return address in registered or address.startswith(("10.99.", "fe80::"))

    def _begin(self, progress):
        progress(0.5, "ping")
        self.meanwhile()
        if self.broken:
            raise self.broken

    def _finding(self, address):
        lost = address == "10.12.7.2"
        detail = "0 dari 5 kembali" if lost else "5 dari 5 kembali"
        return {
            "probe": "ping",
            "target": address,
            "address": address,
            "state": "down" if lost else "up",
            "detail": detail,
        }


class PlainPublisher:
    """A wiki in memory, and a record of what was asked of it. Building may be told to break."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.calls: list[tuple[str, ...]] = []
        self.shown: dict[str, Any] = {}
        self.names = self.edition = None
        self.version = "1"
        self.stamp = ""
        self.broken = False

    def digest(self, case):
        return case.digest

    def turn(self):
        return nullcontext()

    def has(self, article):
        return article.number in self.shown

    def publish(self, edition, stamp=""):
        self.calls.append(tuple(case.number for case in edition.cases))
        if self.broken:
            raise Unavailable("Situs wiki tidak dapat dibangun.")
        self.stamp, self.edition = stamp, edition
        self.shown = {case.number: case.article for case in edition.cases}
        self.names = edition.names


class NoPlaces:
    """An office that puts its wiki nowhere else; remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[dict[str, bool]] = []

    def states(self, site):
        return []

    def bring(self, site, **how):
        self.asked.append(how)

    def stop(self):
        pass


class AskedJobs:
    """Remembers what was asked for; the test does it, or not."""

    def __init__(self) -> None:
        self.published = 0
        self.probes: list[str] = []
        self.delays: dict[str, float] = {}
        self.bundles: list[str] = []
        self.passes: list[str] = []
        self.when_asked = lambda: None

    def publish(self, *, soon=False):
        self.when_asked()
        self.published += 1

    def probe(self, run, *, delay=0):
        self.probes.append(run)
        self.delays[run] = delay

    def bundle(self, key):
        self.bundles.append(key)

    def plone(self, target=""):
        self.passes.append(target)


class PlainVisits:
    """A device that lets in who has the right password, and shows a key. It may be told to show another."""

    def __init__(self) -> None:
        self.shown, self.ending = "ssh-ed25519 QUFBQQ==", "ok"
        self.tried: list[str] = []

    def seal(self, password):
        return f"sealed:{password[::-1]}"

    def ready(self, access, nodes):
        return Ready((), {}, Path())

    def learned(self, access):
        return {}

    def attempt(self, login, address, port=""):
        self.tried.append(login.sealed)
        if login.key and login.key != self.shown:
            return Attempt("key-changed")
        fresh = "" if login.key else self.shown
        return Attempt(self.ending, ("telnet",) if login.telnet else (), fresh)

    def offered(self, address, port):
        return self.shown

    def fingerprint(self, key):
        return f"SHA256:{key[-8:]}" if key else ""


class ReversedPasswords:
    """Seals a password by turning it round: unreadable enough for a test."""

    def seal(self, password):
        return f"sealed:{password[::-1]}"

    def fits(self, sealed, password):
        return sealed == self.seal(password)


def sniff(content) -> str:
    """The media type by the first bytes."""
    start = content.read(8)
    return (
        "application/pdf"
        if start.startswith(b"%PDF")
        else "image/jpeg"
        if start.startswith(b"\xff\xd8\xff")
        else "image/png"
        if start.startswith(b"\x89PNG")
        else ""
    )


class PlainPrinter:
    """Prints what a paper says; may be told what to do meanwhile, and what a PDF has beside that."""

    name = "plain 1"

    def __init__(self) -> None:
        self.meanwhile = lambda: None
        self.printed = 0

    def page(self, paper):
        return f"<p>{paper!r}"

    def pdf(self, paper):
        self.printed += 1
        self.meanwhile()
        return b"%PDF-1.7\n" + repr(paper).encode()

    def photo(self, content):
        return "data:image/jpeg;base64,"

    def picture(self, way):
        return f"data:image/svg+xml,{len(way)}"

    def sample(self, kind, settings):
        return (kind, settings)

    def joined(self, bound):
        return b"%PDF-1.7\n" + repr(bound).encode()


class PlainVault:
    """Seals by turning round. With `lost`, its key is."""

    lost = False

    def seal(self, plain):
        return plain[::-1]

    def unseal(self, sealed):
        if self.lost:
            raise Unavailable("Kunci brankas /kantor/device-key tidak ada.")
        return sealed[::-1]


class FreeTurns:
    """One at a time, among those of this test."""

    def __init__(self) -> None:
        self.held: set[str] = set()

    @contextmanager
    def turn(self, name):
        mine = name not in self.held
        self.held |= {name}
        try:
            yield mine
        finally:
            self.held -= {name} if mine else set()


def plone_pages(edition, target, desk, shorts):
    """The pages of a Plone site, as the product makes them."""
    digests = {case.number: case.digest for case in edition.cases}
    return pages(edition, digests, target, Around("", desk, shorts))


@dataclass
class Office:
    """The desks, what they stand on, and short ways to bring a ticket where a test begins."""

    tools: Tools
    cast: Any
    facts_for: Any
    way: tuple[str, ...]
    tickets: TicketDesk = field(init=False)

    def __post_init__(self) -> None:
        self.tickets = TicketDesk(self.tools)
        self.work = WorkDesk(self.tools)
        self.cases = CaseDesk(self.tools)
        self.finding = FindingDesk(self.tools)
        self.knowledge = KnowledgeDesk(self.tools)
        self.retracting = RetractDesk(self.tools)
        self.outgoing = OutgoingDesk(self.tools)
        self.wanted = WantedDesk(self.tools)
        self.paths = PathDesk(self.tools, "Kabupaten", ("10.0.0.53",), ("sumbawakab.go.id",))
        self.probing = ProbeDesk(self.tools, self.paths, names=("sumbawakab.go.id",))
        self.telling = TellDesk(self.tools, self.paths)
        self.outages = OutageDesk(self.tools, self.paths)
        self.sweeping = SweepDesk(self.tools)
        self.visits = PlainVisits()
        self.access = AccessDesk(self.tools, self.visits)
        self.computers = ComputerDesk(
            self.tools, self.paths, self.telling, PeriksaComputers(), bytes.decode
        )
        self.attachments = AttachmentDesk(self.tools, sniff)
        self.drafts = DraftDesk(self.tools)
        self.accounts = AccountDesk(self.tools)
        self.registry = RegistryDesk(self.tools)
        self.importing = ImportDesk(self.tools)
        self.wiki = WikiDesk(self.tools, self.cases, NoPlaces())
        self.printer = PlainPrinter()
        self.papers = PaperDesk(self.tools, self.printer)
        self.issuing = IssueDesk(self.tools, self.printer, lambda: "kunci" * 8)
        self.signing = SignedDesk(self.tools, self.attachments, lambda _content: Examined())
        self.verifying = VerifyDesk(self.tools)
        self.paper_settings = PaperSettingsDesk(self.tools, self.printer)
        self.bundles = BundleDesk(self.tools, self.printer)
        self.vault = PlainVault()
        self.doors = DoorDesk(self.tools, self.vault)
        self.admitting = AdmitDesk(self.tools, self.vault)
        self.showing = ShowDesk(self.tools, self.finding)
        self.receiving = ReceiveDesk(self.tools, self.admitting, self.tickets, self.attachments)
        self.server = MemoryPlone()
        self.sites = MemorySites(self.server, plone_pages)
        book = PloneBook(self.tools, self.cases, self.sites)
        self.plone = PloneDesk(self.tools, self.sites, book)
        self.plone_targets = PloneTargetDesk(self.tools, self.sites, self.vault)
        self.turns = FreeTurns()
        self.plone_passes = PlonePass(
            self.tools, self.sites, self.turns, book, rest=lambda _seconds: None
        )
        self.letters = 0

    @property
    def desks(self) -> tuple[object, ...]:
        return (
            self.tickets,
            self.work,
            self.cases,
            self.finding,
            self.knowledge,
            self.retracting,
            self.wanted,
            self.probing,
            self.telling,
            self.access,
            self.computers,
            self.outages,
            self.sweeping,
            self.paths,
            self.attachments,
            self.drafts,
            self.accounts,
            self.outgoing,
            self.registry,
            self.importing,
            self.wiki,
            self.papers,
            self.issuing,
            self.signing,
            self.verifying,
            self.paper_settings,
            self.bundles,
            self.doors,
            self.admitting,
            self.showing,
            self.receiving,
            self.plone,
            self.plone_targets,
        )

    def letter(self, **changes: object) -> dict[str, object]:
        """A letter with a number of its own."""
        self.letters += 1
        number = f"005/{self.letters}/DUKCAPIL/2026"
        return self.facts_for("letter", **{"letter_number": number, **changes})

    def register(self, by: Any = None, **changes: object) -> Ticket:
        return self.tickets.register(by or self.cast.contact, self.letter(**changes))

    def take(self, ticket: Ticket, stage: str, by: Any = None, **changes: object) -> Ticket:
        """Take a stage of a ticket, by whom it is for if nobody is named, half an hour after the one before."""
        self.tools.now.tick(minutes=30)
        by = by or self.cast.actor(stage)
        if stage == "damage" and "photos" not in changes:
            changes["photos"] = [self.photo(ticket.number, by).id]
        if stage == "letter" and "letter_number" not in changes:
            changes = self.letter(**changes)
        facts = self.facts_for(stage, **changes)
        return self.tickets.take(by, ticket.number, stage, facts, seen=ticket.version)

    def at(self, stage: str, **letter: object) -> Ticket:
        """A ticket for which `stage` is due, come by the longest way."""
        ticket = self.register(**letter)
        for taken in self.way[1 : self.way.index(stage)]:
            ticket = self.take(ticket, taken)
        return ticket

    def returned(self) -> Ticket:
        return self.take(self.at("verification"), "verification", verified="tidak")

    def closed(self, **letter: object) -> Ticket:
        return self.take(self.at(self.way[-1], **letter), self.way[-1])

    def photo(self, number: str = "", by: Any = None, name: str = "foto.jpg") -> Any:
        return self.attachments.keep(
            by or self.cast.lead, "photos", name, io.BytesIO(JPEG), number=number
        )

    def kept(self, number: str) -> Ticket:
        """The ticket as the store has it."""
        with self.tools.store.reading() as records:
            return records.tickets.get(number)


# The store itself is under its contract in every run; the services over the file, in the whole one.
@pytest.fixture(
    params=[
        "memory",
        pytest.param("tiny", marks=pytest.mark.slow),
        pytest.param("postgres", marks=[pytest.mark.slow, pytest.mark.postgres]),
    ]
)
def store(request, empty_store):
    return empty_store(request.param)


@pytest.fixture
def tools(store, office_calendar, clock, tmp_path) -> Tools:
    return Tools(
        store=store,
        files=MemoryFiles(),
        index=PlainIndex(),
        probes=PlainProbes(clock),
        publisher=PlainPublisher(tmp_path),
        jobs=AskedJobs(),
        passwords=ReversedPasswords(),
        calendar=office_calendar,
        now=clock,
    )


@pytest.fixture
def office(tools, cast, facts_for, story) -> Office:
    """An office with the cast, two agencies and their devices, and no ticket yet."""
    with tools.store.writing() as records:
        shelves = {Agency: records.agencies, Site: records.sites, Device: records.devices}
        for item in REGISTRY:
            shelves.get(type(item), records.fault_types).add(item)
        for person in cast:
            records.people.add(person)
            records.secrets.put(person.id, tools.passwords.seal(PASSWORD))
    return Office(tools, cast, facts_for, story.way)


@pytest.fixture
def password() -> str:
    """The password of everybody in the cast."""
    return PASSWORD
