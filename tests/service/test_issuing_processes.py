"""Papers issued by many processes at once, and by such as are killed: one number, one file; nothing, or the whole."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import replace

import issuers
import pytest

from pulih.domain.agency import FAULT_TYPES, Agency
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.ticket import Ticket
from pulih.keeping.verify import verify
from pulih.store.files import FolderFiles

pytestmark = pytest.mark.slow

CODE = "import issuers, sys; issuers.main(*sys.argv[1:])"
SERIES = "paper-ba-pekerjaan-2026"
TICKETS = 16
KILLS = 8


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def office(place, story, cast, folder) -> Iterator[issuers.Store]:
    """A store that several processes share, with closed tickets and what papers are made from."""
    store = issuers.open_store(str(place))
    FolderFiles(folder)
    with store.writing() as records:
        records.settings.put("papers", issuers.SETTINGS)
        records.agencies.add(Agency("dukcapil", "Dinas Kependudukan"))
        for fault_type in FAULT_TYPES:
            records.fault_types.add(fault_type)
        for person in cast:
            records.people.add(replace(person, rank="Penata (III/c)"))
            records.secrets.put(person.id, "sealed")
        for n in range(1, TICKETS + 1):
            number = f"2026-{records.next_number('ticket-2026'):04d}"
            ticket = story.take(Ticket(number), "letter", letter_number=f"005/{n}")
            records.tickets.add(story.follow(ticket, *story.way[1:]))
    yield store
    store.close()


def number(n):
    return f"2026-{n:04d}"


def kept(store):
    """The register of the work records, in order, each with its paper."""
    with store.reading() as records:
        lines = sorted(records.numbers.find(series=SERIES), key=lambda line: line.serial)
        return [(line, records.papers.get(line.id)) for line in lines], records.last_number(SERIES)


def numbered(store):
    """Hold that there is neither gap nor double; return the papers."""
    papers, last = kept(store)
    assert [line.serial for line, _ in papers] == list(range(1, last + 1))
    assert len({paper.ticket for _, paper in papers}) == last
    return [paper for _, paper in papers]


def whole(store, folder):
    """Hold that besides every paper's file is there and the paper's own, and that nothing else is wrong."""
    papers = numbered(store)
    flaws = [
        (flaw.table, str(flaw.sentence))
        for flaw in verify(store.documents, FolderFiles(folder))
        if flaw.table in ("papers", "numbers", "counters", "attachments", "")
        and "agenda" not in flaw.key
    ]
    assert flaws == []
    return papers


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("seconds", ["0.2", "real"])
def test_the_same_paper_from_eight_processes_has_one_number_and_one_file(
    office, place, folder, child, seconds
):
    started = [child(CODE, place, folder, seconds, number(1)) for _ in range(8)]

    told = [process.communicate(timeout=100) for process in started]

    assert [error for _, error in told] == [""] * 8
    assert len({out for out, _ in told}) == 1
    [paper] = whole(office, folder)
    assert paper.number == "001/BA/DKISP/XI/2026"
    assert files_in(folder) == [paper.digest]


def test_many_papers_from_eight_processes_have_neither_gap_nor_double(office, place, folder, child):
    numbers = [number(n) for n in range(1, TICKETS + 1)]
    orders = [numbers[n * 2 :] + numbers[: n * 2] for n in range(8)]
    started = [child(CODE, place, folder, 0.0, *order) for order in orders]

    told = [process.communicate(timeout=100) for process in started]

    assert [error for _, error in told] == [""] * 8
    assert len({tuple(sorted(out.splitlines())) for out, _ in told}) == 1
    assert len(whole(office, folder)) == TICKETS


def test_whoever_is_killed_while_issuing_leaves_nothing_or_the_whole(office, place, folder, child):
    chance = random.Random(20261123)
    told: dict[str, list[str]] = {}
    for _ in range(KILLS):
        process = child(CODE, place, folder, 0.004, "-", *map(number, range(1, TICKETS + 1)))
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        for line in (first + process.communicate()[0]).splitlines(keepends=True):
            if line.startswith("2026-") and line.endswith("\n"):
                ticket, *paper = line.split()
                assert told.setdefault(ticket, paper) == paper
        kept_now = {paper.ticket: paper.id for paper in numbered(office)}
        assert {ticket: key for ticket, (_, key, _) in told.items()}.items() <= kept_now.items()
    before = whole(office, folder)

    issuing = issuers.desk(office, folder, issuers.PlainPrinter())
    for n in range(1, TICKETS + 1):
        issuing.issue(issuers.SECTION, number(n), PaperKind.WORK, base=issuers.BASE)
    papers = whole(office, folder)
    assert len(papers) == TICKETS
    assert papers[: len(before)] == before
    assert {paper.digest for paper in papers} <= set(files_in(folder))
