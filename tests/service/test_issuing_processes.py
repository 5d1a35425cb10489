"""Papers issued by many processes at once, and by such as are killed: one number, one file; nothing, or the whole."""

from __future__ import annotations

import random
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import issuers
import pytest

from pulih.domain.agency import FAULT_TYPES, Agency
from pulih.domain.bundle import Bundle, BundleKind, Stage
from pulih.domain.issued import Standing
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.ticket import Ticket
from pulih.keeping.verify import verify
from pulih.store.files import FolderFiles

pytestmark = pytest.mark.slow

CODE = "import issuers, sys; issuers.main(*sys.argv[1:])"
BUNDLED = "import issuers, sys; issuers.bundled(*sys.argv[1:])"
MIXED = "import issuers, sys; issuers.mixed(*sys.argv[1:])"
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
    valid = [line.place for line, _ in papers if line.standing is Standing.VALID]
    assert len(set(valid)) == len(valid)
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


def told_and_kept(office, folder, told):
    """Hold that what processes said they did is so, that each paper says its own number, and that all is whole."""
    papers = {paper.id: paper for paper in whole(office, folder)}
    lines = {line.id: line for line, _ in kept(office)[0]}
    files = FolderFiles(folder)
    for what, _ticket, key in told:
        assert key in papers
        if what == "cancel":
            assert lines[key].standing is Standing.CANCELLED
        if what == "correct":
            assert lines[papers[key].replaces].replaced_by == key
    for paper in papers.values():
        with files.open(paper.digest) as content:
            assert repr(paper.number).encode() in content.read()
    replaced = [line.replaced_by for line in lines.values() if line.replaced_by]
    assert sorted(replaced) == sorted(paper.id for paper in papers.values() if paper.replaces)
    return papers


def deeds_in(out):
    return [tuple(line.split()) for line in out.splitlines(keepends=True) if line.endswith("\n")]


def test_issued_corrected_and_cancelled_by_eight_processes_there_is_neither_gap_nor_double(
    office, place, folder, child
):
    numbers = [number(n) for n in range(1, 5)]
    started = [child(MIXED, place, folder, seed, 12, *numbers) for seed in range(8)]

    told = [process.communicate(timeout=300) for process in started]

    assert [error for _, error in told] == [""] * 8
    papers = told_and_kept(office, folder, [deed for out, _ in told for deed in deeds_in(out)])
    assert len(papers) > len(numbers)
    assert any(paper.replaces for paper in papers.values())


def test_whoever_is_killed_while_correcting_or_cancelling_leaves_nothing_or_the_whole(
    office, place, folder, child
):
    chance = random.Random(20261123)
    told = []
    for seed in range(KILLS):
        process = child(MIXED, place, folder, seed, 1000, number(1), number(2))
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        told += deeds_in(first + process.communicate()[0])

        told_and_kept(office, folder, told)
    assert {what for what, _, _ in told} == {"issue", "correct", "cancel"}


def test_whoever_is_killed_while_putting_a_month_together_leaves_it_to_be_done_anew(
    office, place, folder, child
):
    issuing = issuers.desk(office, folder, issuers.PlainPrinter())
    for n in range(1, TICKETS + 1):
        for kind in (PaperKind.WORK, PaperKind.ASSIGNMENT, PaperKind.RECEIPT):
            issuing.issue(issuers.SECTION, number(n), kind, base=issuers.BASE)
    asked = Bundle("kumpulan-1", BundleKind.MONTH, "2026-11", issuers.SECTION.id, issuers.NOW)
    office.write(lambda records: records.bundles.put(asked.id, asked))
    chance = random.Random(20261123)

    for _ in range(KILLS):
        process = child(BUNDLED, place, folder, asked.id)
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.communicate()
        with office.reading() as records:
            now = records.bundles.get(asked.id)
        assert now.unfinished or now.state is Stage.DONE
        assert now.done <= now.parts

    done = child(BUNDLED, place, folder, asked.id).communicate(timeout=100)
    assert done == ("begun\ndone\n", "")
    with office.reading() as records:
        made = records.bundles.get(asked.id)
    assert (made.state, made.done) == (Stage.DONE, 3 * TICKETS)
    with FolderFiles(folder).open(made.digest) as content, zipfile.ZipFile(content) as archive:
        assert archive.testzip() is None
        assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 3 * TICKETS
    whole(office, folder)
