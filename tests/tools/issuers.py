"""A process that issues papers, to be run beside others and killed: `python issuers.py STORE FILES DEED …`."""

from __future__ import annotations

import random
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pulih.documents.choosing import Chosen
from pulih.documents.press import Press
from pulih.domain.calendar import Calendar
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.settings import Official, PaperSettings
from pulih.domain.papers.stored import to_document
from pulih.domain.people import HEADS, Person, Role
from pulih.errors import Refused
from pulih.ports import Printer, Store, Tools
from pulih.publish.photograph import photograph
from pulih.service.bundles import BundleDesk
from pulih.service.issuing import IssueDesk
from pulih.store import open_postgres, open_tiny
from pulih.store.files import FolderFiles

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BASE = "https://meja.example/"
SECTION = Person("salim", "Salim Ahmad", Role.SECTION_HEAD, nip="197911232005011003")
SETTINGS = to_document(
    PaperSettings(
        lines=("PEMERINTAH KABUPATEN SUMBAWA", "DINAS KOMUNIKASI"),
        place="Sumbawa Besar",
        officials={role: Official(rank="Pembina (IV/a)") for role in HEADS},
    )
)


class PlainPrinter:
    """Prints what a paper says, in a while; says when it begins."""

    name = "plain 1"

    def __init__(self, seconds: float = 0.0, tell: bool = False) -> None:
        self.seconds, self.tell = seconds, tell

    def pdf(self, paper) -> bytes:
        if self.tell:
            _say("drawing")
        time.sleep(self.seconds)
        return b"%PDF-1.7\n" + repr(paper).encode() * 20

    def photo(self, _content: bytes) -> None:
        return None

    def picture(self, _way: object) -> str:
        return ""


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def open_store(place: str) -> Store:
    """Open a store by its path or address."""
    return open_postgres(place) if "://" in place else open_tiny(Path(place))


def tools_of(store: Store, folder: str | Path) -> Tools:
    """Return what desks stand on, with the same clock in each process."""
    calendar = Calendar(ZoneInfo("Asia/Makassar"), {})
    return Tools(store, FolderFiles(Path(folder)), *[None] * 5, calendar, lambda: NOW)


def desk(store: Store, folder: str | Path, printer: Printer) -> IssueDesk:
    """Return a desk that issues papers, with the same clock and key in each process."""
    return IssueDesk(tools_of(store, folder), printer, lambda: "kunci" * 8)


def main(place: str, folder: str, seconds: str, *numbers: str) -> None:
    """Issue the work records of these tickets; with `-` in front, print when one is being drawn.

    Drawing takes so many seconds; `real` for what it takes in truth.
    """
    tell = numbers[0] == "-"
    store = open_store(place)
    real = Press(Chosen("weasyprint"), photograph)
    printer = real if seconds == "real" else PlainPrinter(float(seconds), tell)
    issuing = desk(store, folder, printer)
    for number in numbers[tell:]:
        paper = issuing.issue(SECTION, number, PaperKind.WORK, base=BASE)
        _say(number, paper.number, paper.id, paper.digest)
    store.close()


def mixed(place: str, folder: str, seed: str, deeds: str, *numbers: str) -> None:
    """Issue, correct and cancel the work records of these tickets, whichever comes; say each deed that was done."""
    chance = random.Random(int(seed))
    store = open_store(place)
    issuing = desk(store, folder, PlainPrinter(0.002))
    for n in range(int(deeds)):
        number, what = chance.choice(numbers), chance.choice(("issue", "correct", "cancel"))
        paper = issuing.issue(SECTION, number, PaperKind.WORK, base=BASE)
        with suppress(Refused):  # somebody else was quicker
            if what == "correct":
                why = f"Ralat {seed}-{n}."
                paper = issuing.correct(SECTION, number, paper.id, why, base=BASE)
            elif what == "cancel":
                issuing.cancel(SECTION, number, paper.id, f"Batal {seed}-{n}.")
            _say(what, number, paper.id)
    store.close()


def bundled(place: str, folder: str, key: str) -> None:
    """Put together what was asked for; say when it begins, and when it is done."""
    store = open_store(place)
    _say("begun")
    BundleDesk(tools_of(store, folder), PlainPrinter()).perform(key)
    _say("done")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
