"""An export goes into an empty store: all of it, or nothing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time

import pytest

from pulih.domain.agency import FAULT_TYPES
from pulih.errors import Invalid, Refused, Unavailable
from pulih.keeping.loading import begun, load
from pulih.keeping.marks import Closed, Why, close, closed, past
from pulih.keeping.verify import verify
from pulih.store.codec import FAULT_TYPE
from pulih.store.memory import MemoryDocuments
from pulih.store.records import records_over
from pulih.store.schema import VERSION
from pulih.store.tiny import TinyDocuments

pytestmark = pytest.mark.slow

HEADER = {"format": "pulih-export", "version": 1, "schema": VERSION, "files": False}


def with_usual(store):
    with store.writing() as view:
        for item in FAULT_TYPES:
            records_over(view).fault_types.add(item)
    return store


def test_the_usual_fault_types_of_a_new_office_give_way(kind, open_store, office, text):
    store = with_usual(open_store(kind))

    load(store, io.BytesIO(text(office[0])))

    assert text(store) == text(office[0])
    with store.reading() as view:
        assert FAULT_TYPES[0].id not in dict(view.scan("fault_types"))


@pytest.mark.parametrize("table", ["settings", "counters", "fault_types"])
def test_a_store_that_holds_anything_is_left_alone(table, kind, open_store, exported, text):
    store = with_usual(open_store(kind))
    with store.writing() as view:
        view.insert(table, "satu", {"value": 1})
    before = text(store)

    with pytest.raises(Refused, match="tidak kosong"):
        load(store, io.BytesIO(exported))

    assert text(store) == before
    with store.writing() as view:  # and it is open
        view.insert("settings", "dua", {})


def test_a_fault_type_that_was_changed_is_not_thrown_away(open_store, exported):
    store = with_usual(open_store("memory"))
    with store.writing() as view:
        first = FAULT_TYPE.encode(FAULT_TYPES[0])
        view.update("fault_types", FAULT_TYPES[0].id, {**first, "name": "Lain"})

    with pytest.raises(Refused):
        load(store, io.BytesIO(exported))


@pytest.mark.parametrize("why", [Why.MOVED, Why.ARRIVING, Why.MOVING, Why.RESTORING])
def test_a_store_that_is_moved_is_left_alone(why, open_store, exported):
    store = open_store("memory")
    past(store, lambda view: close(view, Closed(why)))

    with pytest.raises(Refused):
        load(store, io.BytesIO(exported))


def test_damage_that_shows_late_leaves_the_store_empty_and_open(
    kind, open_store, exported, monkeypatch
):
    monkeypatch.setattr("pulih.keeping.marks.BATCH", 5)
    store = open_store(kind)
    lines = exported.splitlines(keepends=True)

    with pytest.raises(Invalid, match=f"Baris {len(lines) - 1}"):
        load(store, io.BytesIO(b"".join(lines[:-2] + lines[-1:])))

    with store.writing() as view:
        assert [view.count(table) for table in ("tickets", "people", "fault_types")] == [0, 0, 0]
        view.insert("settings", "satu", {})


def test_values_that_may_stand_only_once_are_refused_by_their_line(kind, open_store, forged):
    rows = [
        {"table": "tickets", "key": key, "document": {"agenda_key": "001", "version": 1}}
        for key in ("a", "b")
    ]
    with pytest.raises(Invalid, match="Baris 3: "):
        load(open_store(kind), io.BytesIO(forged([HEADER, *rows])))


def test_a_key_that_a_store_cannot_hold_is_refused_or_kept(kind, open_store, forged):
    said = forged([HEADER, {"table": "settings", "key": "\ud800", "document": {"x": "\ud800"}}])
    store = open_store(kind)
    try:
        load(store, io.BytesIO(said))
    except Invalid as error:
        assert "Baris 2: " in str(error)  # noqa: PT017 - some stores can hold it
    else:
        with store.reading() as view:
            assert view.get("settings", "\ud800") == {"x": "\ud800"}


def test_an_export_of_an_older_schema_is_brought_to_todays(
    open_store, office, text, records_of, forged, open_files
):
    _header, *records = records_of(text(office[0]))
    older = [r for r in records if r["table"] != "seals"]
    for record in older:
        for entry in record["document"].get("history", ()):
            del entry["digest"]
    store = open_store("tiny")

    load(store, io.BytesIO(forged([{**HEADER, "schema": 1}, *older])))

    assert text(store) == text(office[0])
    assert list(verify(store, open_files(), contents=False)) == list(
        verify(office[0], office[1], contents=False)
    )


def test_an_older_export_that_cannot_be_brought_up_leaves_nothing(open_store, forged, monkeypatch):
    def broken(_view, _found):
        raise KeyError("x")

    monkeypatch.setattr("pulih.keeping.loading.migrate", broken)
    store = open_store("memory")

    with pytest.raises(Invalid, match="versi 1"):
        load(store, io.BytesIO(forged([{**HEADER, "schema": 1}])))
    with store.reading() as view:
        assert closed(view) is None


def test_a_content_that_cannot_be_kept_leaves_nothing(open_store, office, tmp_path, text):
    class Full:
        def keep(self, content, *, most):
            raise Unavailable("Ruang habis.")

    store = open_store("memory")
    with pytest.raises(Unavailable, match="habis"):
        load(store, io.BytesIO(text(*office)), files=Full())

    assert text(store) == text(MemoryDocuments())


class Interrupted(io.BytesIO):
    """An export that is read until something happens at a line of it."""

    def __init__(self, text, line, happening):
        super().__init__(text)
        self.left, self.happening = line, happening

    def readline(self, size=-1, /):
        self.left -= 1
        return (self.happening() if self.left == 0 else None) or super().readline(size)


def overtaken(store, exported, then=None):
    """Return an export during whose reading another process takes the store, and people work in it."""

    def happen():
        load(store, io.BytesIO(exported))
        with store.writing() as view:
            view.insert("settings", "sesudahnya", {})
        return then

    return Interrupted(exported, 12, happen)


@pytest.mark.parametrize("batch", [3, 500])
def test_an_import_that_another_overtook_stops_and_what_was_saved_since_stays(
    batch, kind, open_store, office, text, monkeypatch
):
    monkeypatch.setattr("pulih.keeping.marks.BATCH", batch)
    store, exported = open_store(kind), text(office[0])
    with office[0].writing() as view:
        view.insert("settings", "sesudahnya", {})

    with pytest.raises(Refused, match="mengambil alih"):
        load(store, overtaken(store, exported))

    assert text(store) == text(office[0])
    with store.writing() as view:  # and it is open
        view.insert("settings", "tiga", {})


def test_an_overtaken_import_whose_export_is_damaged_clears_nothing(open_store, office, text):
    store, exported = open_store("tiny"), text(office[0])
    with office[0].writing() as view:
        view.insert("settings", "sesudahnya", {})

    with pytest.raises(Invalid):
        load(store, overtaken(store, exported, b"#\n"))

    assert text(store) == text(office[0])


def test_an_import_overtaken_by_one_that_failed_stops_too(open_store, exported, monkeypatch, text):
    monkeypatch.setattr("pulih.keeping.marks.BATCH", 3)
    store = open_store("tiny")

    def happen():
        with pytest.raises(Invalid):
            load(store, io.BytesIO(exported[:-9]))

    with pytest.raises(Refused, match="mengambil alih"):
        load(store, Interrupted(exported, 12, happen))
    assert text(store) == text(MemoryDocuments())
    with store.writing() as view:
        view.insert("settings", "satu", {})


def test_an_import_says_no_word_of_restoring_nor_the_other_way_round(open_store, exported):
    store = open_store("memory")
    past(store, lambda view: close(view, Closed(Why.IMPORTING, move="mati")))

    with (
        pytest.raises(Refused, match="Sediakan basis data") as refused,
        begun(store, Why.RESTORING),
    ):
        pass
    assert "mpor" not in str(refused.value)
    load(store, io.BytesIO(exported))


def test_an_export_that_lies_about_its_schema_is_refused_as_damaged(
    open_store, office, text, records_of, forged
):
    _header, *records = records_of(text(office[0]))
    store = open_store("memory")

    with pytest.raises(Invalid, match="versi 1"):
        load(store, io.BytesIO(forged([{**HEADER, "schema": 1}, *records])))
    assert text(store) == text(MemoryDocuments())


SLOWLY = """
import sys, time
from pathlib import Path
from pulih.keeping import marks
from pulih.keeping.loading import load
from pulih.store.tiny import TinyDocuments

marks.BATCH = 4
store = TinyDocuments(Path(sys.argv[1]))
def tell(done, of):
    print(done, flush=True)
    time.sleep(0.05)
with open(sys.argv[2], "rb") as source:
    load(store, source, tell=tell)
"""


def test_an_import_that_is_killed_is_never_taken_for_whole_and_can_be_done_again(
    tmp_path, office, text
):
    path, source = tmp_path / "pulih.db", tmp_path / "ekspor.jsonl"
    source.write_bytes(text(office[0]))
    process = subprocess.Popen(
        [sys.executable, "-c", SLOWLY, path, source],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    process.stdout.readline()
    process.stdout.readline()
    time.sleep(0.02)
    process.kill()
    process.communicate()

    store = TinyDocuments(path)
    with store.reading() as view:
        assert view.count("tickets") > 0
    with pytest.raises(Unavailable), store.writing():
        pass

    with source.open("rb") as again:
        load(store, again)
    assert text(store) == text(office[0])
    with store.writing() as view:
        view.insert("settings", "dua", {})
    store.close()
