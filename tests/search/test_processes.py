"""What the index owes among processes: what one of them has closed, the others find; and a kill leaves it true."""

from __future__ import annotations

import signal

import pytest
from relevance import OURS, filled, reports

from pulih.domain.search import Query
from pulih.search import WordIndex
from pulih.service.mending import mend
from pulih.store import open_postgres, open_tiny

pytestmark = pytest.mark.slow

OPEN = """
import sys, time
from dataclasses import replace
from pathlib import Path
from relevance import OURS, filled, reports
from pulih.domain.search import Query
from pulih.search import WordIndex
from pulih.service import mending
from pulih.store import open_postgres, open_tiny

place = sys.argv[1]
store = open_postgres(place) if "://" in place else open_tiny(Path(place))
one = reports(OURS)[0]

def put(records, at):
    records.articles.put(f"C-{at:04}", replace(one, number=f"C-{at:04}", title=f"Xylofon bagian{at}"))
"""

# Says what was kept only when it is; the list is appended to, as readers read it meanwhile.
WRITER = f"""{OPEN}
with Path(sys.argv[2]).open("a") as told:
    for at in range(int(sys.argv[3])):
        store.write(lambda records: put(records, at))
        print(at, file=told, flush=True)
    print("selesai", file=told, flush=True)
"""

READER = f"""{OPEN}
index, told, searched = WordIndex(), Path(sys.argv[2]), 0
known = []
while "selesai" not in known:
    known = told.read_text().split() if told.exists() else []
    kept = [at for at in known if at != "selesai"]
    if kept:
        with store.reading() as records:
            all_of_them = index.find(Query(words="xylofon", most=0), records, {{}})
            newest = index.find(Query(words=f"bagian{{kept[-1]}}", most=1), records, {{}})
        assert all_of_them.total >= len(kept), (all_of_them.total, kept)
        assert all_of_them.behind == newest.behind == 0
        assert newest.matches[0].article.number == f"C-{{int(kept[-1]):04}}", kept[-1]
        searched += 1
print(searched)
"""

HALFWAY = f"""{OPEN}
def many(records):
    for at in range(100, 160):
        put(records, at)
    print("halfway", flush=True)
    time.sleep(60)

store.write(many)
"""

MENDER = f"""{OPEN}
mending._PART = 5
done = []

def paused(numbers, records, *, last, mend=mending._mend):
    mend(numbers, records, last=last)
    done.append(numbers)
    if len(done) == 3:
        print("halfway", flush=True)
        time.sleep(60)

mending._mend = paused
mending.mend(store)
"""


@pytest.fixture
def store(place):
    store = open_postgres(place) if "://" in str(place) else open_tiny(place)
    yield store
    store.close()


def killed_halfway(process):
    assert process.stdout.readline() == "halfway\n"
    process.send_signal(signal.SIGKILL)
    process.wait()


def found(store, words):
    """Return what a process that has just begun finds."""
    with store.reading() as records:
        return WordIndex().find(Query(words=words, most=100), records, {})


def numbers(answer):
    return sorted(match.article.number for match in answer.matches)


def test_what_one_process_has_kept_all_others_find_at_their_next_search(
    place, store, child, tmp_path
):
    filled(reports(OURS)[:30], store)
    readers = [child(READER, place, tmp_path / "told") for _ in range(3)]
    writer = child(WRITER, place, tmp_path / "told", 40)

    assert writer.communicate() == ("", "")
    for reader in readers:
        said, errors = reader.communicate()
        assert errors == ""
        assert int(said) > 0


def test_a_kill_in_the_middle_of_keeping_cases_leaves_an_index_that_is_true_to_them(
    place, store, child
):
    filled(reports(OURS)[:30], store)
    before = numbers(found(store, "kabel putus"))

    killed_halfway(child(HALFWAY, place))

    assert found(store, "xylofon").total == 0
    assert numbers(found(store, "kabel putus")) == before
    with store.reading() as records:
        assert records.entries.standing().current
        assert records.entries.count() == records.entries.cases() == 30


def test_a_kill_in_the_middle_of_mending_hides_no_case_and_the_next_mending_ends_it(
    place, store, child
):
    filled(reports(OURS)[:30], store)
    before = numbers(found(store, "kabel putus"))
    with store.documents.writing() as documents:
        for key, _document in list(documents.scan("entries")):
            documents.remove("entries", key)

    killed_halfway(child(MENDER, place))

    answer = found(store, "kabel putus")
    assert numbers(answer) == before
    assert 0 < answer.behind < 30
    assert mend(store) == answer.behind
    assert (numbers(found(store, "kabel putus")), found(store, "kabel putus").behind) == (before, 0)
