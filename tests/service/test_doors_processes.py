"""A letter that many processes receive at once becomes one ticket, on each kind of store."""

from __future__ import annotations

import random
import time

import pytest
import receivers
import senders

from pulih.domain.agency import Agency
from pulih.domain.scrub import Audience
from pulih.keeping.verify import verify
from pulih.store.files import FolderFiles

pytestmark = pytest.mark.slow

MANY = "import receivers, sys; receivers.many(*sys.argv[1:])"
LETTERS = 12
KILLS = 5
CODE = "import receivers, sys; receivers.main(*sys.argv[1:])"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def store(place):
    """A store that several processes share, with an open door."""
    store = receivers.open_store(str(place))
    with store.writing() as records:
        records.agencies.add(Agency("dukcapil", "Dinas Kependudukan"))
        records.doors.put("portal", receivers.DOOR)
    yield store
    store.close()


def flaws(store, folder):
    """What `pulih verify` says of what came through the door."""
    ours = ("tickets", "attachments", "doors", "door_requests", "counters")
    found = verify(store.documents, FolderFiles(folder))
    return [str(flaw.sentence) for flaw in found if flaw.table in ours]


def test_the_same_form_from_eight_processes_is_one_ticket(store, place, folder, child, tmp_path):
    form = tmp_path / "form.json"
    form.write_bytes(senders.written(senders.letter(attachments=[senders.file()])))
    started = [child(CODE, place, folder, form, f"{n:032x}") for n in range(8)]

    told = [process.communicate(timeout=100) for process in started]

    assert [error for _, error in told] == [""] * 8
    answers = [out.split() for out, _ in told]
    assert {number for number, _ in answers} == {"2026-0001"}
    assert sorted(fresh for _, fresh in answers) == ["False"] * 7 + ["True"]
    with store.reading() as records:
        assert records.last_number("ticket-2026") == 1
        assert len(records.attachments.find(ticket="2026-0001")) == 1
        assert len(records.attachments.find()) == 1
        assert len(records.door_requests.find(kind="request")) == 8
    assert flaws(store, folder) == []


def test_one_request_that_eight_processes_are_handed_is_done_once(
    store, place, folder, child, tmp_path
):
    form = tmp_path / "form.json"
    form.write_bytes(senders.written(senders.letter()))
    started = [child(CODE, place, folder, form, "0" * 32) for _ in range(8)]

    told = [process.communicate(timeout=100) for process in started]

    assert sorted(out.strip() for out, _ in told) == ["2026-0001 True"] + ["Refused"] * 7
    with store.reading() as records:
        assert records.last_number("ticket-2026") == 1


def test_letters_of_eight_processes_are_numbered_without_gap_or_double(
    store, place, folder, child, tmp_path
):
    started = []
    for n in range(8):
        form = tmp_path / f"form-{n}.json"
        form.write_bytes(senders.written(senders.letter(letter_number=f"005/{n}")))
        started.append(child(CODE, place, folder, form, f"{n:032x}"))

    told = [process.communicate(timeout=100) for process in started]

    assert sorted(out.split()[0] for out, _ in told) == [f"2026-{n:04d}" for n in range(1, 9)]
    assert receivers.DOOR.audience is Audience.PUBLIC


def test_whoever_is_killed_while_receiving_leaves_nothing_or_the_whole(
    store, place, folder, child, tmp_path
):
    chance = random.Random(20261123)
    forms = []
    for n in range(LETTERS):
        form = tmp_path / f"form-{n}.json"
        said = senders.letter(letter_number=f"005/{n}", attachments=[senders.file()])
        form.write_bytes(senders.written(said))
        forms.append(form)
    told: dict[str, str] = {}
    for _ in range(KILLS):
        process = child(MANY, place, folder, *forms)
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        for line in (first + process.communicate()[0]).splitlines(keepends=True):
            if line.endswith("\n"):
                submission, number = line.split()
                assert told.setdefault(submission, number) == number
    process = child(MANY, place, folder, *forms)
    out, error = process.communicate(timeout=100)

    last = dict(line.split() for line in out.splitlines())
    assert error == ""
    assert told.items() <= last.items()
    assert sorted(last.values()) == [f"2026-{n:04d}" for n in range(1, LETTERS + 1)]
    with store.reading() as records:
        assert records.last_number("ticket-2026") == LETTERS
        assert len(records.attachments.find()) == LETTERS
    assert flaws(store, folder) == []
