"""Clerks: processes that do the work of an office until they are killed, and write down what was acknowledged to them.

As a program this is their nursery. It has everything imported and never opens the store itself; each line that it reads
is the file for a new clerk's log, and for each it forks a clerk and says its process number.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulih.bootstrap import Office, open_office
from pulih.config import read_settings
from pulih.domain.records import TicketFilter
from pulih.domain.ticket import Ticket
from pulih.errors import Refused, Unavailable
from pulih.jobs import Collected

_OFTEN = 0.2  # of the deeds are new letters, as some steps are short cuts
_OLD = 24  # open tickets that are worked on at once
_NAP = 0.02  # seconds, where the store is away
_PDF = b"%PDF-1.7\n"


@dataclass
class Clerk:
    """Works at the desks of one office, as everybody in it.

    Attributes:
        told: What each stage is told, and by whom.
    """

    office: Office
    told: Mapping[str, Mapping[str, Any]]
    chance: random.Random
    name: str
    letters: int = 0

    def __post_init__(self) -> None:
        with self.office.tools.store.reading() as records:
            self.people = {person.id: person for person in records.people.all()}

    def deed(self) -> Ticket | None:
        """Do one thing that the office does, and return the ticket; None where somebody else was quicker."""
        with self.office.tools.store.reading() as records:
            waiting = records.tickets.list(TicketFilter(states=("open",)), size=_OLD).items
        if not waiting or self.chance.random() < _OFTEN:
            return self._register()
        try:
            return self._take(self.chance.choice(waiting))
        except Refused:
            return None

    def _register(self) -> Ticket:
        self.letters += 1
        by, facts = self._stage("letter")
        number = f"{self.name}/{self.letters}"
        scan = self._file("letter", by) if self.chance.random() < 0.6 else []
        return self.office.tickets.register(by, {**facts, "letter_number": number, "scan": scan})

    def _take(self, ticket: Ticket) -> Ticket:
        assert ticket.due is not None
        stage = ticket.due.id
        by, facts = self._stage(stage)
        if stage == "damage":
            facts["photos"] = self._file("photos", by, ticket.number)
        if stage == "remote-repair":
            facts["outcome"] = self.chance.choice(("fixed", "not-fixed"))
        return self.office.tickets.take(by, ticket.number, stage, facts, seen=ticket.version)

    def _stage(self, stage: str) -> tuple[Any, dict[str, Any]]:
        told = self.told[stage]
        return self.people[told["by"]], dict(told["facts"])

    def _file(self, name: str, by: Any, number: str = "") -> list[str]:
        content = _PDF + uuid.uuid4().bytes * self.chance.randrange(1, 3000)
        kept = self.office.attachments.keep(
            by, name, "berkas.pdf", io.BytesIO(content), number=number
        )
        return [kept.id]


def work(folder: Path, log: Path) -> None:
    """Work until killed. A line of the log is a deed that was acknowledged, or one of which nothing is known."""
    told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    clerk = None
    while True:
        try:
            clerk = clerk or Clerk(
                open_office(read_settings(folder, os.environ), jobs=Collected()),
                told, random.Random(log.name), log.stem,
            )  # fmt: skip
            ticket = clerk.deed()
        except Unavailable as error:
            os.write(file, (json.dumps({"unsure": str(error)}) + "\n").encode())
            time.sleep(_NAP)
        else:
            if ticket:
                os.write(file, (json.dumps(line_of(ticket)) + "\n").encode())


def line_of(ticket: Ticket) -> dict[str, Any]:
    """Return what is written down of a deed: the ticket's newest entry, and the place where it stands."""
    entry = ticket.history[-1]
    return {
        "number": ticket.number,
        "version": ticket.version,
        "stage": entry.stage,
        "by": entry.by,
        "at": entry.at.isoformat(),
        "facts": dict(entry.facts),
    }


@dataclass
class Nursery:
    """The nursery, from outside.

    Attributes:
        folder: The office's; the logs lie in `logs`, beside nothing of the office.
    """

    folder: Path
    logs: Path
    process: subprocess.Popen[str]
    alive: list[int] = field(default_factory=list)
    born: int = 0

    def bear(self) -> int:
        """Start a clerk; return its process number."""
        self.born += 1
        self._say(str(self.logs / f"{self.born:04d}.log"))
        number = int(self._hear())
        self.alive.append(number)
        return number

    def kill(self, number: int) -> None:
        """Kill a clerk, whatever it is doing, and see it dead."""
        self.alive.remove(number)
        os.kill(number, signal.SIGKILL)
        self._say(f"wait {number}")
        assert self._hear() == str(-signal.SIGKILL), "a clerk ended by itself"

    def kill_all(self) -> None:
        """Kill every clerk."""
        for number in list(self.alive):
            self.kill(number)

    def _say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@contextmanager
def nursery(folder: Path, logs: Path) -> Iterator[Nursery]:
    """Open a nursery for an office; its settings come from the environment, too. No clerk outlives it."""
    logs.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, __file__, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    opened = Nursery(folder, logs, process)
    try:
        yield opened
    finally:
        for number in opened.alive:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        process.kill()
        process.communicate()


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _main(folder: Path) -> None:
    if read_settings(folder, os.environ).database:
        from pulih.store import filerows, postgres  # noqa: F401, PLC0415 - or each clerk would do it anew
    for line in sys.stdin:
        word, _space, rest = line.strip().partition(" ")
        if word == "wait":
            _say(os.waitstatus_to_exitcode(os.waitpid(int(rest), 0)[1]))
        elif child := os.fork():
            _say(child)
        else:
            try:
                work(folder, Path(word))
            except BaseException:  # noqa: BLE001 - a clerk must not become a nursery
                traceback.print_exc()
            os._exit(1)


if __name__ == "__main__":
    try:
        _main(Path(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(1)
