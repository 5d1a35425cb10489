"""What an office must have kept, by the logs of its clerks: a model of the store that lies outside of it."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulih.bootstrap import Office
from pulih.domain.records import TicketFilter
from pulih.domain.ticket import State, Ticket
from pulih.ports import Records

_PAGE = 500
_PATIENCE = 60
_FILES = ("scan", "photos")


@dataclass(frozen=True)
class Ledger:
    """What was acknowledged up to a moment.

    Attributes:
        deeds: The lines that name a ticket.
        unsure: What was said each time that nothing could be known.
    """

    deeds: tuple[dict[str, Any], ...]
    unsure: tuple[str, ...]

    @classmethod
    def read(cls, logs: Path, names: str = "*.log") -> Ledger:
        """Read the logs in a folder; a line that its clerk could not end was not acknowledged to anybody."""
        lines = [
            json.loads(line)
            for log in sorted(logs.glob(names))
            for line in log.read_text(encoding="utf-8").splitlines(keepends=True)
            if line.endswith("\n")
        ]
        return cls(
            tuple(line for line in lines if "unsure" not in line),
            tuple(line["unsure"] for line in lines if "unsure" in line),
        )

    def check(self, office: Office) -> Kept:
        """See that the office has all of it, each once, and nothing half; return what it has."""
        with office.tools.store.reading() as records:
            kept = Kept({ticket.number: ticket for ticket in _all(records)})
            kept.check(records)
            for deed in self.deeds:
                assert kept.has(deed), f"lost or changed: {deed}"
            places = [(deed["number"], deed["version"]) for deed in self.deeds]
            assert len(places) == len(set(places)), "two were told that they had done the same step"
        _check_files(office, kept)
        return kept


@dataclass(frozen=True)
class Kept:
    """What the office has, in one view."""

    tickets: dict[str, Ticket]

    @property
    def entries(self) -> int:
        """How many deeds there are in all."""
        return sum(ticket.version for ticket in self.tickets.values())

    def has(self, deed: Mapping[str, Any]) -> bool:
        """Tell whether a deed stands at its place, as it was acknowledged."""
        ticket = self.tickets.get(deed["number"])
        if ticket is None or ticket.version < deed["version"]:
            return False
        entry = ticket.history[deed["version"] - 1]
        kept = (entry.stage, entry.by, entry.at.isoformat(), dict(entry.facts))
        return kept == tuple(deed[name] for name in ("stage", "by", "at", "facts"))

    def check(self, records: Records) -> None:
        """See that numbers have neither gap nor double, and that what belongs together is there together."""
        years = {number[:4] for number in self.tickets}
        for year in years:
            mine = [ticket for ticket in self.tickets.values() if ticket.number[:4] == year]
            numbers = sorted(int(ticket.number[5:]) for ticket in mine)
            assert numbers == list(range(1, len(mine) + 1)), f"a gap or double: {numbers}"
            agenda = sorted(int(str(t.letter["agenda_number"]).partition("/")[0]) for t in mine)
            assert agenda == numbers, f"a gap or double: {agenda}"
        closed = {t.number for t in self.tickets.values() if t.state is State.CLOSED}
        articles = {article.number for article in records.articles.find()}
        assert articles == closed, f"closed by half: {articles ^ closed}"
        for number, keys in self.files.items():
            used = {a.id for a in records.attachments.find(ticket=number) if a.used}
            assert used == keys, f"a step without its files, or files without their step: {number}"

    @property
    def files(self) -> dict[str, set[str]]:
        """The files that the steps of each ticket refer to."""
        return {number: set(_files_of(ticket)) for number, ticket in self.tickets.items()}


def written(logs: Path) -> int:
    """Return how much has been written down so far."""
    return sum(log.stat().st_size for log in logs.glob("*.log"))


def wait_until(true: Callable[[], bool], nap: float = 0.05) -> None:
    """Wait for something that other processes do. Raises AssertionError when it takes unreasonably long."""
    last = time.monotonic() + _PATIENCE
    while not true():
        assert time.monotonic() < last, "nothing happens"
        time.sleep(nap)


def _all(records: Records) -> Iterator[Ticket]:
    page, seen = 1, 0
    while True:
        found = records.tickets.list(TicketFilter(), page=page, size=_PAGE)
        yield from found.items
        seen += len(found.items)
        if seen >= found.total:
            return
        page += 1


def _files_of(ticket: Ticket) -> Iterator[str]:
    for entry in ticket.history:
        for name in _FILES:
            keys = entry.facts.get(name)
            yield from (str(key) for key in keys) if isinstance(keys, list) else ()


def _check_files(office: Office, kept: Kept) -> None:
    with office.tools.store.reading() as records:
        known = [records.attachments.get(key) for keys in kept.files.values() for key in keys]
    for attachment in known:
        assert attachment is not None, "a step refers to a file that is not there"
        with office.tools.files.open(attachment.digest) as content:
            whole = content.read()
        assert len(whole) == attachment.size, attachment
        assert hashlib.sha256(whole).hexdigest() == attachment.digest, attachment
