"""What the services ask of the world, written for those who implement it.

Every implementation is safe to call from several threads. Errors are those of `pulih.errors`; an adapter turns its
library's own into `Unavailable` and keeps the cause.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

from pulih.domain.agency import Agency, Device, FaultType, Site
from pulih.domain.article import Article
from pulih.domain.bundle import Bound, Bundle
from pulih.domain.calendar import Calendar
from pulih.domain.computer import Seat, Trials
from pulih.domain.door import Door, Heard
from pulih.domain.edition import Case, Edition, Note
from pulih.domain.issued import Issued, Numbered
from pulih.domain.knowledge import Retracted, Wanted
from pulih.domain.login import Access, Attempt, DeviceLogin
from pulih.domain.look import Look
from pulih.domain.outage import Outage
from pulih.domain.outgoing import Outgoing
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.paper import Paper
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.passed import Passed
from pulih.domain.people import Person
from pulih.domain.place import PlaceState
from pulih.domain.plone.page import Contact, Held, Kept, Placed, Seen, Theirs
from pulih.domain.plone.page import Wanted as WantedPage
from pulih.domain.plone.passing import PassState
from pulih.domain.plone.target import Target
from pulih.domain.records import (
    Attachment,
    Draft,
    Helped,
    Page,
    ProbeRun,
    Published,
    RegistryFilter,
    TicketFilter,
)
from pulih.domain.scrub import Audience
from pulih.domain.search import Entry, Found, OpenMatch, OpenTicket, Query, Standing
from pulih.domain.ticket import Ticket

T = TypeVar("T")

Document = dict[str, Any]
Equal = Mapping[str, "str | int | bool | Sequence[str] | Sequence[int] | None"]
Clock = Callable[[], datetime]


class Documents(Protocol):
    """Rows of JSON documents, inside one transaction.

    What every implementation owes: all of a transaction or nothing of it survives a crash or an exception, across
    tables; a document that was acknowledged is durable; two processes see one truth. Tables, their unique and their
    indexed fields are those of `store.schema.TABLES`; another table is a `KeyError`.
    """

    def insert(self, table: str, key: str, document: Document) -> None:
        """Add a document. Raises Duplicate (with the field) when the key or a unique field is taken."""

    def get(self, table: str, key: str) -> Document | None:
        """Return a copy of the document, or None."""

    def update(self, table: str, key: str, document: Document, expected: int | None = None) -> None:
        """Replace a document.

        Raises:
            NotFound: There is none.
            Conflict: `expected` is given and is not the stored document's `version`.
            Duplicate: A unique field is taken.
        """

    def remove(self, table: str, key: str) -> None:
        """Remove a document; nothing happens where there is none. For drafts and the like, never for records."""

    def find(
        self,
        table: str,
        equal: Equal | None = None,
        *,
        words: Sequence[str] = (),
        order: str = "",
        descending: bool = False,
        limit: int | None = None,
        start: int = 0,
    ) -> list[Document]:
        """Return copies of the documents whose indexed fields equal the given values.

        A value that is a list or tuple matches any of its members; a field that holds a list equals each of its
        members. All of `words` must be within the document's text in the field `words`. `order` is an indexed field;
        absent values come last; equal ones, and all when it is empty, are in order of key.
        """

    def count(self, table: str, equal: Equal | None = None, *, words: Sequence[str] = ()) -> int:
        """Return how many documents `find` would."""

    def versions(self, table: str, equal: Equal | None = None) -> dict[str, int]:
        """Return key -> `version` of the documents that `find` would, without reading them; others are left out.

        For keys that are numbers or identifiers: a stranger one may come back as a column of the store holds it.
        """

    def scan(self, table: str) -> Iterator[tuple[str, Document]]:
        """Yield every key and a copy of its document, in order of key, without holding them all."""

    def next_number(self, series: str) -> int:
        """Return the next number of a series, from 1, without gap or double once the transaction is through."""


class Tickets(Protocol):
    """The tickets, inside a transaction."""

    def add(self, ticket: Ticket) -> None:
        """Keep a new ticket. Raises Duplicate (field `letter_number`) if the agency already sent that letter.

        The field is `agenda_number` when that number is taken.
        """

    def get(self, number: str) -> Ticket:
        """Return a ticket. Raises NotFound."""

    def save(self, ticket: Ticket, seen: int) -> None:
        """Keep a ticket that has grown. Raises Conflict when the kept version is not `seen`, Duplicate as `add`."""

    def list(self, wanted: TicketFilter, *, page: int = 1, size: int = 25) -> Page[Ticket]:
        """Return a page of tickets, the newest letter first."""

    def versions(self, wanted: TicketFilter) -> dict[str, int]:
        """Return number -> version of the wanted tickets, without reading them; `words` are not asked."""

    def counts(self, wanted: TicketFilter) -> dict[int, int]:
        """Return how many of the wanted open tickets wait at each step."""


class Registry(Protocol[T]):
    """Agencies, sites, devices, fault types or people, inside a transaction. Nothing is ever removed."""

    def add(self, item: T) -> None:
        """Keep a new item. Raises Duplicate when its identifier is taken."""

    def get(self, key: str) -> T:
        """Return an item. Raises NotFound."""

    def save(self, item: T) -> None:
        """Replace an item. Raises NotFound."""

    def all(self, agency: str = "", *, active: bool | None = True) -> list[T]:
        """Return the items by name; those of an agency, and those active (or not, or both: None)."""

    def list(self, wanted: RegistryFilter, *, page: int = 1, size: int = 25) -> Page[T]:
        """Return a page of items by name."""


class Keep(Protocol[T]):
    """Small records with a key, inside a transaction."""

    def get(self, key: str) -> T | None:
        """Return a record, or None."""

    def put(self, key: str, item: T) -> None:
        """Keep a record, over an older one."""

    def remove(self, key: str) -> None:
        """Forget a record."""

    def find(self, **equal: str | bool) -> list[T]:
        """Return the records with these indexed fields, in order of key."""


class Entries(Protocol):
    """What the index keeps of the cases, inside a transaction. Whoever keeps a case keeps its entry with it."""

    def standing(self) -> Standing:
        """Tell how the entries stand."""

    def cases(self) -> int:
        """Return how many cases there are."""

    def count(self) -> int:
        """Return how many entries there are."""

    def after(self, seq: int) -> Iterator[Entry]:
        """Yield the entries that are newer, in order of `seq`. Raises Damaged at one that is torn."""

    def sound(self) -> Iterator[Entry]:
        """Yield an entry for each case, in order of number: the kept one where it fits, else one with `seq` 0."""

    def stale(self) -> Iterator[Entry]:
        """Yield the entries that should be there and are not, weighed now, with `seq` 0."""

    def mend(self, numbers: Sequence[str], *, last: bool) -> None:
        """Weigh these cases anew. After the last of those that were stale, the entries are current again."""


@dataclass(slots=True)
class Records:
    """Everything the office keeps, inside one transaction.

    Attributes:
        next_number: As `Documents.next_number`, in this same transaction.
        last_number: The number of a series that was given out last, without giving one out; 0 where none was.
    """

    tickets: Tickets
    people: Registry[Person]
    agencies: Registry[Agency]
    sites: Registry[Site]
    devices: Registry[Device]
    fault_types: Registry[FaultType]
    articles: Keep[Article]
    entries: Entries
    published: Keep[Published]
    attachments: Keep[Attachment]
    runs: Keep[ProbeRun]
    outages: Keep[Outage]
    helped: Keep[Helped]
    notes: Keep[Note]
    retracted: Keep[Retracted]
    wanted: Keep[Wanted]
    outgoing: Keep[Outgoing]
    logins: Keep[DeviceLogin]
    papers: Keep[Issued]
    numbers: Keep[Numbered]
    bundles: Keep[Bundle]
    plone_targets: Keep[Target]
    plone_pages: Keep[Placed]
    plone_passes: Keep[PassState]
    doors: Keep[Door]
    door_requests: Keep[Heard]
    drafts: Keep[Draft]
    secrets: Keep[str]
    settings: Keep[Document]
    next_number: Callable[[str], int]
    last_number: Callable[[str], int]


class Store(Protocol):
    """The office's records.

    `reading` gives one consistent view and refuses to write. What `write` is given is done as if nobody else were
    writing: what it read still holds when it is kept. A transaction within another is a mistake (`RuntimeError`).
    """

    def reading(self) -> AbstractContextManager[Records]:
        """Open a view."""

    def write(self, deed: Callable[[Records], T]) -> T:
        """Do a deed in one transaction and return what it returns; when it raises, everything is taken back.

        It is done again from its start where the database asks for that, so it does nothing but read and write
        records, and starts from the same values each time.

        Raises:
            Unavailable: The store cannot be reached, or is full; Contended when it was too busy for too long.
        """

    def writing(self) -> AbstractContextManager[Records]:
        """Open a transaction that is tried once: for tests and tools. It may raise Contended at any line."""

    def close(self) -> None:
        """Let go of files and connections."""


class Files(Protocol):
    """The content of attachments, by digest. What cannot be reached, or is full or damaged, raises Unavailable."""

    def keep(self, content: BinaryIO, *, most: int) -> tuple[str, int]:
        """Keep a content durably; return its SHA-256 and size in bytes. Raises TooLarge over `most` bytes."""

    def open(self, digest: str) -> BinaryIO:
        """Open a content, to be read once from front to back. Raises NotFound."""

    def close(self) -> None:
        """Let go of connections."""


class Index(Protocol):
    """Finds past cases."""

    @property
    def behind(self) -> int:
        """How many of the cases that were read last had no entry that fits."""

    def find(self, query: Query, records: Records, helped: Mapping[str, int]) -> Found:
        """Return the best matches; with no words and no context, the newest. Never raises on odd words.

        Where the kept entries are not those of the cases, it finds all the same, and says so (`Found.behind`).
        """

    def waiting(
        self, query: Query, versions: Mapping[str, int], read: Callable[[str], OpenTicket | None]
    ) -> tuple[OpenMatch, ...]:
        """Return the open tickets that a query fits, best first. Never raises on odd words.

        Args:
            versions: Of all open tickets: number -> version. Which of them are shown, `query.only` says.
            read: Reads one, or None where it cannot be read; asked only for what is new, or another version than
                before.
        """


Progress = Callable[[float, str], None]


class Probes(Protocol):
    """Looks at the network, and judges what was seen. Findings and verdicts are plain values that JSON can hold."""

    def run(
        self, targets: Sequence[Mapping[str, Any]], names: Sequence[str], progress: Progress
    ) -> tuple[float, list[Mapping[str, Any]]]:
        """Probe the targets and resolve the names; return seconds and findings. Absence of an answer is a finding."""

    def allowed(self, address: str, registered: Sequence[str]) -> bool:
        """Tell whether an address may be probed: registered, or in a range the administrator allows."""

    def examine(self, look: Look, access: Access, progress: Progress) -> Examined:
        """Look at a network, and judge it. Whatever the network or a device does is a finding.

        Raises:
            ValueError: What is to be looked at is no network; the message is a sentence.
        """

    def judge(self, run: ProbeRun) -> Document:
        """Return the verdict on what a run saw and was told, in the shape of `ProbeRun.verdict`, without looking.

        Raises:
            ValueError: The run keeps no network, or findings of another shape.
        """

    def answer(self, run: ProbeRun, question: str, value: str, at: datetime) -> Document:
        """Return what a person said, as a finding.

        Raises:
            ValueError: That is no question about the run's network, or no answer; the message is a sentence.
        """

    def compare(self, before: ProbeRun, after: ProbeRun, waited: float) -> Document:
        """Return the comparison of two runs, in the shape of `ProbeRun.comparison`.

        Args:
            waited: Seconds since the watch after the repair began.

        Raises:
            ValueError: As `judge`.
        """


@dataclass(frozen=True, slots=True)
class Examined:
    """What a look brought. The fields are those of `ProbeRun`.

    Attributes:
        learned: The keys of devices that were met for the first time.
    """

    seconds: float
    findings: tuple[Document, ...]
    verdict: Document
    segments: Document = field(default_factory=dict)
    offices: tuple[Document, ...] = ()
    learned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """All that a look needs to visit devices, for as long as it lasts.

    Attributes:
        vantages: As `Access.vantages`, of the devices that can be visited.
        environment: Passwords in the clear, by what `secret` says.
        keys: The folder with the devices' remembered keys.
        missing: Sentences: devices that cannot be visited for lack of something of the office's.
    """

    vantages: tuple[Mapping[str, Any], ...]
    environment: Mapping[str, str] = field(repr=False)
    keys: Path
    missing: tuple[str, ...] = ()


class Visits(Protocol):
    """Keeps devices' passwords unreadable, and visits devices. The key to the passwords is not with the records."""

    def seal(self, password: str) -> str:
        """Return what may be stored. Raises Unavailable when there is no key and none can be made."""

    def ready(self, access: Access, nodes: Collection[str]) -> Ready:
        """Return what a look needs; of the logins, those to these nodes. Raises nothing for a device."""

    def learned(self, access: Access) -> dict[str, str]:
        """Return the keys of the devices that were met for the first time since `ready`."""

    def attempt(self, login: DeviceLogin, address: str, port: str = "") -> Attempt:
        """Log in once and leave again; whatever the device does is an ending.

        Args:
            port: A port of the device to ask about, empty for none.
        """

    def offered(self, address: str, port: int) -> str:
        """Return the key that a device shows now, without logging in; empty when it shows none."""

    def fingerprint(self, key: str) -> str:
        """Return a key in short, as people compare it; empty for none."""


class Computers(Protocol):
    """Makes the script that an OPD's computer runs, and reads the code that it shows."""

    def script(self, name: str, trials: Trials) -> str:
        """Return the text of the script of that name. Raises ValueError for another name."""

    def heard(self, code: str) -> str:
        """Return the computer's own address as the code tells it, empty for none. Raises Invalid (field `code`)."""

    def told(self, code: str, seat: Seat, trials: Trials, at: datetime) -> list[dict[str, Any]]:
        """Return the code as findings seen from that computer. Raises Invalid (field `code`)."""


class Publisher(Protocol):
    """Puts cases on the wiki. Doing it twice is the same as once."""

    @property
    def version(self) -> str:
        """What the pages are made with; of another version, the same case may give another page."""

    def digest(self, case: Case) -> str:
        """Return `case.digest`. Asked for the same object again, it does not compute it again."""

    def turn(self) -> AbstractContextManager[None]:
        """Keep other publishers of this wiki waiting, so that what is read in a turn is still so when it is published.

        A turn may be taken within one's own; `publish` takes one itself.
        """

    def publish(self, edition: Edition, stamp: str = "") -> None:
        """Bring the wiki to show exactly this edition: pages, index pages, and the built site.

        A reader meets the old site or the new one, never half of one. Raises Unavailable when the build fails; the
        old site then stays.
        """

    @property
    def stamp(self) -> str:
        """What the site as it is served now was given when it was published; empty where there is no site."""

    def has(self, article: Article) -> bool:
        """Tell whether the site as it is served now has the article's page, of whatever version."""

    @property
    def site(self) -> Path:
        """The folder with the site as it is served now."""


class Places(Protocol):
    """Copies of the site in other places: folders, other machines. They belong to this machine alone."""

    def states(self, site: Path) -> Sequence[PlaceState]:
        """Return how each place stands, without looking there: that might take long."""

    def bring(
        self, site: Path, *, anyway: bool = False, check: bool = False, wait: bool = False
    ) -> None:
        """Begin to bring up to date each place that does not hold this site; one that fails stops no other.

        How it went is told by `states`; nothing is raised for a place.

        Args:
            anyway: Also those that failed a moment ago, and would be tried later.
            check: All of them, and look whether what was put there is still as it was put.
            wait: Return only when all is done.
        """

    def stop(self) -> None:
        """Stop what is under way; the next time it is taken up where it was."""


class Jobs(Protocol):
    """Work that need not be done while a person waits. A job runs at least once; jobs are idempotent."""

    def publish(self, *, soon: bool = False) -> None:
        """Ask for everything that is due to be published.

        Args:
            soon: Also where that failed just now, and would be tried later.
        """

    def probe(self, run: str, *, delay: float = 0) -> None:
        """Ask for a diagnostic run, in so many seconds."""

    def bundle(self, key: str) -> None:
        """Ask for papers to be put together."""

    def plone(self, target: str = "") -> None:
        """Ask for a pass over a Plone site, or over each of them. `publish` asks for that too."""

    def close(self) -> None:
        """Let go of files and connections."""


class Turns(Protocol):
    """Turns that are let go by themselves when their holder dies: nobody would come to give them back."""

    def turn(self, name: str) -> AbstractContextManager[bool]:
        """Tell, without waiting, whether the block runs alone among all that ask for this name.

        Raises:
            Unavailable: Nothing can be told.
        """


class Vault(Protocol):
    """Keeps what must be read again unreadable in the records. Its key is not with them."""

    def seal(self, plain: str) -> str:
        """Return what may be stored. Raises Unavailable when there is no key and none can be made."""

    def unseal(self, sealed: str) -> str:
        """Return what was sealed. Raises Unavailable when the key is missing, unfit or another one."""


class Passwords(Protocol):
    """Keeps passwords unreadable (argon2id)."""

    def seal(self, password: str) -> str:
        """Return what may be stored."""

    def fits(self, sealed: str, password: str) -> bool:
        """Tell whether the password is the sealed one; takes the same time when `sealed` is empty."""


class Printer(Protocol):
    """Makes pages of papers. The same paper gives the same bytes, with one version of the printer."""

    @property
    def name(self) -> str:
        """What it prints with, and of which version: "weasyprint 70.0"."""

    def page(self, paper: Paper) -> str:
        """Return the paper as one HTML page that fetches nothing, to be looked at in a frame."""

    def pdf(self, paper: Paper) -> bytes:
        """Return the paper as a PDF. Raises Unavailable when it cannot be printed; the sentence says why."""

    def joined(self, bound: Bound) -> bytes:
        """Return many PDFs as one, with a list of contents in front. Raises Unavailable when one cannot be read."""

    def sample(self, kind: PaperKind, settings: PaperSettings) -> Paper:
        """Return a paper of made-up facts, as it would look with these settings."""

    def photo(self, content: bytes) -> str | None:
        """Return a photograph as papers hold it, made small, as a `data:` address; None where it is none."""

    def picture(self, way: tuple[Passed, ...]) -> str:
        """Return the picture of a way that was looked at, as a `data:` address; empty where nobody looked."""


class PloneSite(Protocol):
    """A Plone site that one is signed in to: the pages below a target's root.

    What concerns one page is `Held`. Whatever ends the work on the site is raised, everywhere:

    Raises:
        Unavailable: It does not answer, or not wholly. What was begun may have been done all the same; see `adopt`.
        Refused: It does not know us any more.
    """

    @property
    def contact(self) -> Contact:
        """What was learned on signing in."""

    def walk(self) -> Mapping[str, Seen]:
        """Return everything below the root by its `uid`, whoever made it."""

    def create(self, page: WantedPage, parent: str, *, over: bool = False) -> Kept | Held:
        """Make a page, with its files, and let everybody read it.

        What stands at its address and is ours is written over; what holds other pages is taken as it stands.

        Args:
            parent: Where it is to stand: a path below the site.
            over: Also where what stands there is not ours.
        """

    def change(self, page: WantedPage, placed: Placed, *, over: bool = False) -> Kept | Held:
        """Bring a page to what is wanted, its address too. What somebody edited is held, unless `over`."""

    def move(self, page: WantedPage, placed: Placed, parent: str) -> Kept | Held:
        """Let a page stand somewhere else, with its files; old addresses lead there."""

    def withdraw(self, placed: Placed) -> Kept | Held:
        """Hide a page from readers and take its files away. What is gone already is kept as withdrawn."""

    def adopt(self, page: WantedPage, placed: Placed, parent: str) -> Kept | Held | None:
        """After a lost answer, finish what arrived of it; None where nothing of ours did."""

    def look(self, page: WantedPage, placed: Placed) -> Kept | Held:
        """Tell whether somebody edited a page, or it was only touched, as with the folder that it stands in."""

    def theirs(self, placed: Placed) -> Theirs:
        """Return a page as it stands there. Raises NotFound where it is gone."""


class PloneSites(Protocol):
    """The Plone sites that cases are published to."""

    def open(self, target: Target) -> AbstractContextManager[PloneSite]:
        """Sign in, and make sure who one is.

        Raises:
            Unavailable: It does not answer, or is no Plone.
            Refused: It does not let us in, or not do what is to be done; the sentence says who can mend that.
        """

    def wanted(
        self, edition: Edition, target: Target, *, desk: str, shorts: Mapping[str, str]
    ) -> Sequence[WantedPage]:
        """Return the pages that are to stand there. Asks nobody.

        Args:
            edition: As the target's audience may read it.
            desk: The address at which people find the desk, empty where nobody said.
            shorts: The short names of agencies, by identifier.
        """


@dataclass(frozen=True, slots=True)
class Tools:
    """What the services are given: the adapters, the office's calendar, and who reads its wiki."""

    store: Store
    files: Files
    index: Index
    probes: Probes
    publisher: Publisher
    jobs: Jobs
    passwords: Passwords
    calendar: Calendar
    now: Clock
    audience: Audience = Audience.INTRANET
