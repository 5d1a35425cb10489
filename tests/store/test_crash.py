"""The embedded store among processes that write, fork, are killed, and run out of disk."""

from __future__ import annotations

import os
import random
import time
from contextlib import suppress

import disks
import pytest
from forks import FORKS, ended, forked

from pulih.errors import Unavailable
from pulih.store.tiny import TinyDocuments

WRITER = """
import sys
from pathlib import Path
from pulih.store.tiny import TinyDocuments

documents, most = TinyDocuments(Path(sys.argv[1])), int(sys.argv[2])
for _ in range(most):
    with documents.writing() as view:
        number = view.next_number("t")
        view.insert("tickets", str(number), {"version": 1, "team": ["rina"], "text": "x" * 3000})
        if number > 1 and number % 3 == 0:
            view.update("tickets", str(number - 1), {"version": 2, "text": "y" * 3000}, expected=1)
    print(number, flush=True)
"""

HALFWAY = """
import sys, time
from pathlib import Path
from pulih.store.tiny import TinyDocuments

documents = TinyDocuments(Path(sys.argv[1]))
with documents.writing() as view:
    for n in range(200):
        view.insert("tickets", str(n), {"version": 1, "text": "x" * 3000})
    view.insert("settings", "one", {})
    view.next_number("t")
    print("halfway", flush=True)
    time.sleep(60)
"""

UNTIL_FULL = """
import resource, sys
from pathlib import Path
from pulih.errors import Unavailable
from pulih.store.tiny import TinyDocuments

documents = TinyDocuments(Path(sys.argv[1]))
if sys.argv[2] != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    for number in range(1, 10_000):
        with documents.writing() as view:
            view.insert("tickets", str(number), {"version": 1, "text": "x" * 3000})
        print(number, flush=True)
except Unavailable as error:
    print("refused:", error, flush=True)
    with documents.reading() as view:
        print("reads:", view.count("tickets"), flush=True)
"""


def kept(documents):
    with documents.reading() as view:
        return {int(document["key"]) for document in keyed(view)}


def keyed(view):
    """The tickets that stand under the numbers that were given out."""
    last = (view.get("counters", "t") or {"value": 0})["value"]
    return [{"key": n} for n in range(1, last + 1) if view.get("tickets", str(n))]


@pytest.mark.slow
def test_numbers_from_many_processes_have_neither_gap_nor_double(path, child):
    writers = [child(WRITER, path, 60) for _ in range(4)]
    told = [int(line) for writer in writers for line in writer.communicate()[0].split()]

    assert sorted(told) == list(range(1, 241))
    documents = TinyDocuments(path)
    assert kept(documents) == set(told)
    documents.close()


@pytest.mark.slow
def test_a_transaction_that_is_killed_halfway_leaves_nothing(path, child):
    process = child(HALFWAY, path)
    assert process.stdout.readline() == "halfway\n"
    process.kill()
    process.wait()

    documents = TinyDocuments(path)
    with documents.writing() as view:
        assert view.count("tickets") == 0
        assert view.get("settings", "one") is None
        assert view.next_number("t") == 1
    documents.close()


@pytest.mark.slow
def test_what_was_acknowledged_survives_every_kill(path, child):
    told: set[int] = set()
    chance = random.Random(20260302)
    end = time.monotonic() + 6
    kills = 0
    while time.monotonic() < end:
        writer = child(WRITER, path, 1_000_000)
        told.add(int(writer.stdout.readline()))
        time.sleep(chance.uniform(0, 0.1))
        writer.kill()
        told.update(int(line) for line in writer.communicate()[0].split("\n")[:-1])
        kills += 1

        documents = TinyDocuments(path)
        assert told <= kept(documents)
        with documents.reading() as view:
            last = view.get("counters", "t")["value"]
            assert view.count("tickets") == last
            assert view.count("tickets", {"team": "rina"}) == last - changed(view, last)
        documents.close()
    assert kills > 5


def changed(view, last):
    """How many tickets a later transaction has changed; those have lost their team."""
    return sum(view.get("tickets", str(n))["version"] == 2 for n in range(1, last + 1))


def check_full(path, process):
    lines = process.communicate(timeout=60)[0].splitlines()
    told = {int(line) for line in lines if line.isdigit()}

    assert len(told) > 10
    assert lines[-2].startswith("refused: ")
    assert "ulangi" in lines[-2]
    assert lines[-1] == f"reads: {len(told)}"
    return told


@pytest.mark.slow
def test_a_file_that_may_not_grow_refuses_and_keeps_what_it_has(path, child):
    told = check_full(path, child(UNTIL_FULL, path, 2_000_000))

    documents = TinyDocuments(path)
    with documents.writing() as view:
        assert view.count("tickets") == len(told)
        view.insert("tickets", "again", {"version": 1})
    documents.close()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 3 MB."""
    with disks.small_disk(tmp_path / "disk", "3m") as folder:
        yield folder


@pytest.mark.slow
def test_a_full_disk_refuses_keeps_what_it_has_and_writes_again_when_there_is_room(
    small_disk, child
):
    path = small_disk / "pulih.db"
    TinyDocuments(path).close()
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    told = check_full(path, child(UNTIL_FULL, path, 0))
    ballast.unlink()

    documents = TinyDocuments(path)
    with documents.writing() as view:
        assert view.count("tickets") == len(told)
        view.insert("tickets", "again", {"version": 1, "text": "x" * 3000})
    documents.close()


def put(documents, key):
    with documents.writing() as view:
        view.insert("settings", key, {})


def keys(documents):
    with documents.reading() as view:
        return [key for key in ("parent", "child", "later") if view.get("settings", key) == {}]


@FORKS
def test_a_forked_process_has_connections_of_its_own(tiny):
    put(tiny, "parent")

    assert ended(forked(lambda: put(tiny, "child"))) == 0

    assert keys(tiny) == ["parent", "child"]


@FORKS
def test_a_forked_process_loses_nothing_when_its_parent_closes_the_store(tiny, path):
    """SQLite remembers a parent's locks in the child and would take none of its own."""
    put(tiny, "parent")
    ready, go = os.pipe(), os.pipe()

    def work() -> None:
        put(tiny, "child")
        os.write(ready[1], b"x")
        os.read(go[0], 1)
        put(tiny, "later")

    process = forked(work)
    os.read(ready[0], 1)
    tiny.close()
    other = TinyDocuments(path)
    other.close()
    os.write(go[1], b"x")

    assert ended(process) == 0
    other = TinyDocuments(path)
    assert keys(other) == ["parent", "child", "later"]
    other.close()


@FORKS
def test_a_process_forked_within_a_transaction_may_not_use_the_store(tiny, path):
    def work() -> None:
        with pytest.raises(RuntimeError), tiny.reading():
            pass
        with pytest.raises(RuntimeError), tiny.writing():
            pass
        with pytest.raises(RuntimeError):
            TinyDocuments(path)

    with tiny.writing() as view:
        view.insert("settings", "parent", {})
        assert ended(forked(work)) == 0
        view.insert("settings", "later", {})

    assert keys(tiny) == ["parent", "later"]


@FORKS
def test_a_forked_process_cannot_end_its_parents_transaction(tiny):
    process = None
    with suppress(RuntimeError), tiny.writing() as view:
        view.insert("settings", "parent", {})
        process = os.fork()
        if process:
            assert ended(process) == 0
    if process == 0:
        os._exit(0)

    assert keys(tiny) == ["parent"]


@pytest.mark.slow
def test_whoever_waits_too_long_for_a_turn_is_told_to_come_back(path, child, monkeypatch):
    monkeypatch.setattr("pulih.store.rowfile.PATIENCE", 0.2)
    process = child(HALFWAY, path)
    assert process.stdout.readline() == "halfway\n"

    documents = TinyDocuments(path)
    with pytest.raises(Unavailable, match="Ulangi"), documents.writing():
        pass
    process.kill()
    process.wait()
    with documents.writing() as view:
        view.insert("settings", "one", {})
    documents.close()
