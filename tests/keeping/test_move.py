"""An office moves from one store to another, as often as it is interrupted, and works only in one of them."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import time

import pytest

from pulih.errors import Refused, Unavailable
from pulih.keeping import marks
from pulih.keeping import move as moving
from pulih.keeping.loading import load
from pulih.keeping.marks import Closed, Why, close, closed, past
from pulih.keeping.move import Place, back_out, move
from pulih.keeping.tables import held
from pulih.store.files import FolderFiles
from pulih.store.filing import open_files as open_place
from pulih.store.memory import MemoryDocuments
from pulih.store.postgres import PostgresDocuments
from pulih.store.tiny import TinyDocuments

pytestmark = pytest.mark.slow


@pytest.fixture
def places(open_store, open_files, fill):
    """Make an office in a store of one kind, and an empty store of another."""

    def make(one, other):
        source = Place(open_store(one), open_files(), "lama")
        fill(source.store, source.files)
        return source, Place(open_store(other), open_files(), "baru")

    return make


def mark(place):
    with place.store.reading() as view:
        return closed(view)


def insert(place, key):
    with place.store.writing() as view:
        view.insert("settings", key, {"x": 1})


def test_an_office_moves_with_everything_it_has(way, places, text):
    source, target = places(*way)
    before = text(source.store, source.files)

    moved = move(source, target)

    assert text(target.store, target.files) == before
    assert moved.files == 2
    with target.store.reading() as view:
        assert moved.tables == held(view)
    assert moved.tables["tickets"].count == 3
    insert(target, "dua")
    assert mark(source).why == Why.MOVED
    assert mark(source).to == "baru"
    with pytest.raises(Unavailable, match="dipindahkan"):
        insert(source, "dua")
    assert text(source.store, source.files) == before  # it can still be read


def test_an_office_moves_back_and_forth(way, places, text):
    one, other = places(*way)
    for n in range(2):
        move(one, other)
        insert(other, f"di-sana-{n}")
        with other.store.writing() as view:
            view.remove("settings", "satu")
            view.update(
                "agencies", "dukcapil", {**view.get("agencies", "dukcapil"), "name": f"{n}"}
            )
        there = text(other.store, other.files)
        move(other, one)
        assert text(one.store, one.files) == there
        insert(one, "satu")


def test_values_that_may_stand_only_once_may_have_changed_hands(way, places, text):
    one, other = places(*way)
    move(one, other)
    with other.store.writing() as view:
        first, second = view.get("tickets", "2026-0001"), view.get("tickets", "2026-0002")
        view.update("tickets", "2026-0002", {**second, "letter_key": "lain", "agenda_key": None})
        view.update("tickets", "2026-0001", {**first, "letter_key": second["letter_key"]})
        view.update("tickets", "2026-0002", {**second, "letter_key": first["letter_key"]})
    move(other, one)

    assert text(one.store) == text(other.store)


def test_a_finished_move_may_be_asked_for_again(places, text):
    source, target = places("memory", "tiny")
    move(source, target)
    insert(target, "dua")
    before = text(target.store)

    assert move(source, target).tables == {}
    assert text(target.store) == before


@pytest.mark.parametrize("why", [None, Why.IMPORTING, Why.ARRIVING, Why.MOVED])
def test_a_store_that_holds_something_else_is_not_written_over(why, kind, places):
    source, target = places("memory", kind)
    with target.store.writing() as view:
        view.insert("settings", "milik-orang", {})
        if why:
            close(view, Closed(why, move="lain"))

    with pytest.raises(Refused, match="tidak kosong"):
        move(source, target)

    assert mark(target) == (Closed(why, move="lain") if why else None)
    insert(source, "dua")  # and the office works on


def test_an_office_moves_to_one_place_at_a_time(places, open_store, open_files):
    source, target = places("memory", "tiny")
    third = Place(open_store("tiny"), open_files(), "ketiga")
    move(source, target)

    with pytest.raises(Refused, match="baru"):
        move(source, third)
    with pytest.raises(Refused, match="belum selesai"):
        back_out(source.store, third.store)


class Interrupted(Exception):
    """Raised in the middle."""


def interrupt(after):
    """Watch a move and break it off at its so many-th step."""
    from contextlib import nullcontext  # noqa: PLC0415 - only here

    steps = iter(range(after))

    def tell(_done, _of):
        if next(steps, None) is None:
            raise Interrupted

    return lambda _what: nullcontext(tell)


def test_a_move_goes_on_from_wherever_it_was_broken_off(way, places, text, monkeypatch):
    monkeypatch.setattr("pulih.keeping.move.BATCH", 2)
    source, target = places(*way)
    before = text(source.store, source.files)
    broken = 0
    for after in (0, 1, 7, 20, 45, 70, 90):
        try:
            move(source, target, interrupt(after))
        except Interrupted:
            broken += 1
            assert mark(source).why == Why.MOVING
            assert mark(target).why == Why.ARRIVING
            for place in (source, target):
                with pytest.raises(Unavailable):
                    insert(place, "dua")
    assert broken > 4

    assert move(source, target).tables or mark(source).why == Why.MOVED
    assert text(target.store, target.files) == before


def test_a_move_that_is_given_up_leaves_the_office_where_it_was(kind, places, text, monkeypatch):
    monkeypatch.setattr("pulih.keeping.move.BATCH", 2)
    source, target = places("tiny", kind)
    before = text(source.store)
    with pytest.raises(Interrupted):
        move(source, target, interrupt(40))

    back_out(source.store, target.store)

    assert text(source.store) == before
    insert(source, "dua")
    assert text(target.store) == text(MemoryDocuments())
    with pytest.raises(Refused):
        back_out(source.store, target.store)
    move(source, target)
    assert text(target.store) == text(source.store)


def test_a_move_that_is_refused_only_after_the_old_store_was_closed_opens_it_again(
    places, monkeypatch
):
    monkeypatch.setattr("pulih.keeping.move._look", lambda _source, _target: None)
    source, target = places("memory", "tiny")
    insert(target, "sesaat-sebelumnya")

    with pytest.raises(Refused, match="tidak kosong"):
        move(source, target)

    insert(source, "dua")


@pytest.fixture(params=["tiny", "postgres"])
def doubled(request, tmp_path, database):
    """One store, opened under two names."""
    if request.param == "tiny":
        (tmp_path / "lain").symlink_to(tmp_path, target_is_directory=True)
        stores = [TinyDocuments(tmp_path / name / "pulih.db") for name in (".", "lain")]
    else:
        names = (database, database.replace("127.0.0.1", "localhost"))
        stores = [PostgresDocuments(name) for name in names]
    yield stores
    for store in stores:
        store.close()


@pytest.mark.postgres
@pytest.mark.parametrize("looked", [True, False], ids=["before", "after closing"])
@pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
def test_a_store_is_not_moved_into_itself(doubled, filled, looked, open_files, fill, monkeypatch):
    one, other = doubled
    source, target = Place(one, open_files(), "satu"), Place(other, open_files(), "dua")
    if filled:
        fill(one, source.files)
    if not looked:
        monkeypatch.setattr("pulih.keeping.move._look", lambda _source, _target: None)

    with pytest.raises(Refused, match="ditulis lain"):
        move(source, target)

    insert(source, "dua")
    insert(target, "tiga")


def broken_off(source, target):
    with pytest.raises(Interrupted):
        move(source, target, interrupt(40))


def test_a_move_that_was_finished_meanwhile_is_not_given_up(kind, places, monkeypatch):
    source, target = places("tiny", kind)
    broken_off(source, target)

    def late(store, deed):
        monkeypatch.setattr("pulih.keeping.move.past", past)
        move(
            source, target
        )  # another process, after a look at the marks and before anything is done
        insert(target, "penting")
        return past(store, deed)

    monkeypatch.setattr("pulih.keeping.move.past", late)
    with pytest.raises(Refused, match="belum selesai"):
        back_out(source.store, target.store)

    assert mark(target) is None
    assert mark(source).why == Why.MOVED
    with target.store.reading() as view:
        assert view.get("settings", "penting") == {"x": 1}


def test_what_is_written_after_a_move_was_begun_anew_is_not_cleared(kind, places, monkeypatch):
    source, target = places("tiny", kind)
    broken_off(source, target)
    clear = marks.clear

    def late(store, still):
        move(source, target)  # another process, after the first has begun to give up
        insert(target, "penting")
        clear(store, still)

    monkeypatch.setattr("pulih.keeping.marks.clear", late)
    with pytest.raises(Refused, match="proses lain"):
        back_out(source.store, target.store)

    assert mark(target) is None
    with target.store.reading() as view:
        assert view.get("settings", "penting") == {"x": 1}
        assert view.count("tickets") == 3


@pytest.mark.parametrize("then", ["given up again", "moved again"])
def test_giving_up_may_be_broken_off(then, kind, places, text, monkeypatch):
    source, target = places("tiny", kind)
    broken_off(source, target)

    def stop(_store, _still):
        raise Interrupted

    with monkeypatch.context() as patched:
        patched.setattr("pulih.keeping.marks.clear", stop)
        with pytest.raises(Interrupted):
            back_out(source.store, target.store)
    insert(source, "dua")

    if then == "moved again":
        move(source, target)
        assert text(target.store) == text(source.store)
    else:
        back_out(source.store, target.store)
        assert text(target.store) == text(MemoryDocuments())
        insert(target, "dua")


def test_the_second_of_two_who_move_at_once_is_told_of_the_first(places, monkeypatch):
    source, target = places("memory", "memory")
    real, first = moving._insert, iter([True])

    def late(view, table, rows, move):
        if next(first, None):
            real(view, table, rows, move)
        real(view, table, rows, move)

    monkeypatch.setattr("pulih.keeping.move._insert", late)
    with pytest.raises(Refused, match="proses lain"):
        move(source, target)

    assert move(source, target).tables["tickets"].count == 3


def test_a_move_whose_end_was_cut_off_is_ended(places):
    source, target = places("memory", "memory")
    move(source, target)
    key = mark(source).move
    past(
        target.store, lambda view: close(view, Closed(Why.ARRIVING, move=key))
    )  # killed just before

    assert move(source, target).tables
    assert mark(target) is None


def test_what_was_still_being_written_when_the_move_began_is_moved_too(places, text):
    source, target = places("memory", "memory")
    late = iter([True])

    def watch(what):
        from contextlib import nullcontext  # noqa: PLC0415 - only here

        if "Membandingkan" in str(what) and next(late, None):
            past(source.store, lambda view: view.insert("settings", "terlambat", {}))
        return nullcontext(lambda _done, _of: None)

    move(source, target, watch)

    with target.store.reading() as view:
        assert view.get("settings", "terlambat") == {}


def test_a_store_that_never_comes_to_rest_is_said_after_some_rounds(places):
    source, target = places("memory", "memory")
    keys = iter(range(100))

    def watch(what):
        from contextlib import nullcontext  # noqa: PLC0415 - only here

        if "Membandingkan" in str(what):
            past(source.store, lambda view: view.insert("settings", f"terus-{next(keys)}", {}))
        return nullcontext(lambda _done, _of: None)

    with pytest.raises(Refused, match="Hentikan layanan"):
        move(source, target, watch)
    assert mark(source).why == Why.MOVING


def test_a_second_process_cannot_go_on_writing_after_the_first_has_opened_the_store(places, text):
    source, target = places("memory", "memory")

    def watch(what):
        from contextlib import nullcontext  # noqa: PLC0415 - only here

        if "agencies" in str(what):
            move(source, target)  # the first one is quicker
            insert(target, "kerja-baru")
        return nullcontext(lambda _done, _of: None)

    with pytest.raises(Refused, match="proses lain"):
        move(source, target, watch)
    with target.store.reading() as view:
        assert view.get("settings", "kerja-baru") == {"x": 1}


MOVER = """
import sys, time
from contextlib import nullcontext
from pathlib import Path
from pulih.keeping import move as moving
from pulih.store.files import FolderFiles
from pulih.store.filing import open_files
from pulih.store.postgres import PostgresDocuments
from pulih.store.tiny import TinyDocuments

folder, url, there = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "there"
moving.BATCH = 3
file = moving.Place(TinyDocuments(folder / "pulih.db"), FolderFiles(folder / "files"), "embedded")
rows = moving.Place(PostgresDocuments(url), open_files("database", folder, database=url), "rows")
print("ready", flush=True)
def tell(_done, _of):
    time.sleep(0.002)
moving.move(*((file, rows) if there else (rows, file)), lambda _what: nullcontext(tell))
print("done", flush=True)
"""


@pytest.mark.slow
@pytest.mark.postgres
def test_a_move_to_postgres_and_back_survives_kill_9_at_any_moment(tmp_path, database, fill, text):
    store, files = TinyDocuments(tmp_path / "pulih.db"), FolderFiles(tmp_path / "files")
    fill(store, files)
    before = text(store, files)
    rows = PostgresDocuments(database)
    place = open_place("database", tmp_path, database=database)
    chance, kills = random.Random(20261122), 0
    for way in ("there", "back"):
        ended = False
        while not ended:
            process = subprocess.Popen(
                [sys.executable, "-c", MOVER, tmp_path, database, way],
                stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )  # fmt: skip
            assert process.stdout.readline() == "ready\n"
            patience = chance.uniform(0, 0.15) * (1 + kills / 4)
            time.sleep(patience)
            process.kill()
            ended = "done" in process.communicate()[0]
            kills += 1
        old, new = (store, rows) if way == "there" else (rows, store)
        with old.reading() as view:
            assert closed(view).why == Why.MOVED
        with new.reading() as view:
            assert closed(view) is None
        assert text(new, place if way == "there" else files) == before
    assert kills > 4
    for one in (store, rows, place):
        one.close()


def test_a_moved_office_can_be_exported_and_taken_in_elsewhere(places, text, open_store):
    source, target = places("memory", "tiny")
    move(source, target)
    third = open_store("memory")

    load(third, io.BytesIO(text(source.store)))

    assert text(third) == text(target.store)
    with third.reading() as view:
        assert closed(view) is None
