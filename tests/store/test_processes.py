"""What a store that outlives its process owes among several: numbers, kills, and opening at once."""

from __future__ import annotations

import pytest

from pulih.store.postgres import PostgresDocuments
from pulih.store.tiny import TinyDocuments

pytestmark = pytest.mark.slow

OPEN = """
import sys, time
from pathlib import Path
from pulih.store.again import again
from pulih.store.postgres import PostgresDocuments
from pulih.store.tiny import TinyDocuments

place = sys.argv[1]
documents = PostgresDocuments(place) if "://" in place else TinyDocuments(Path(place))
"""

WRITER = f"""{OPEN}
def once():
    with documents.writing() as view:
        number = view.next_number("t")
        view.insert("tickets", str(number), {{"version": 1, "team": ["rina"], "text": "x" * 3000}})
        return number

for _ in range(int(sys.argv[2])):
    print(again(once), flush=True)
"""

HALFWAY = f"""{OPEN}
with documents.writing() as view:
    for n in range(200):
        view.insert("tickets", str(n), {{"version": 1, "team": ["rina"], "letter_key": str(n)}})
    view.insert("settings", "one", {{}})
    view.next_number("t")
    print("halfway", flush=True)
    time.sleep(60)
"""

ONCE = f"""{OPEN}
with documents.reading() as view:
    print(view.count("settings"), flush=True)
"""


@pytest.fixture
def opened(place):
    """Open the store, once it has been made."""
    made = []

    def open_it():
        made.append(PostgresDocuments(place) if "://" in str(place) else TinyDocuments(place))
        return made[-1]

    yield open_it
    for documents in made:
        documents.close()


def test_many_processes_may_make_the_same_new_store_at_once(place, child, opened):
    processes = [child(ONCE, place) for _ in range(4)]

    assert [process.communicate() for process in processes] == [("0\n", "")] * 4
    assert opened().flaws() == []


def test_numbers_from_many_processes_have_neither_gap_nor_double(place, child, opened):
    writers = [child(WRITER, place, 60) for _ in range(4)]
    told = [int(line) for writer in writers for line in writer.communicate()[0].split()]

    assert sorted(told) == list(range(1, 241))
    with opened().reading() as view:
        assert view.count("tickets", {"team": "rina"}) == 240


def test_a_transaction_that_is_killed_halfway_leaves_nothing(place, child, opened):
    process = child(HALFWAY, place)
    assert process.stdout.readline() == "halfway\n"
    process.kill()
    process.wait()

    documents = opened()
    with documents.writing() as view:
        assert view.count("tickets") == view.count("tickets", {"team": "rina"}) == 0
        assert view.get("settings", "one") is None
        assert view.next_number("t") == 1
        view.insert("tickets", "1", {"letter_key": "1"})
    assert documents.flaws() == []
