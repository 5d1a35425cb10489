"""An export is all of the office, in one spelling; taken in and out again it is the same to the byte."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.bootstrap import office_documents
from pulih.config import write_settings
from pulih.errors import Invalid, Unavailable
from pulih.keeping.export import EXPORTED, export, size_of
from pulih.keeping.lines import LONGEST, line_of
from pulih.keeping.loading import load
from pulih.keeping.move import Place, move
from pulih.keeping.spare import spare
from pulih.keeping.verify import verify
from pulih.store.contents import opened
from pulih.store.files import FolderFiles
from pulih.store.memory import MemoryDocuments
from pulih.store.schema import TABLES, VERSION
from pulih.store.tiny import TinyDocuments


def test_an_export_taken_in_elsewhere_exports_the_same(way, open_store, open_files, fill, text):
    first, files = open_store(way[0]), open_files()
    fill(first, files)
    said = text(first, files)

    second, others = open_store(way[1]), open_files()
    load(second, io.BytesIO(said), files=others)

    assert text(second, others) == said


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=70)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
ROWS = st.dictionaries(
    st.tuples(st.sampled_from(("settings", "drafts", "runs", "store")), TEXT.filter(bool)),
    st.dictionaries(TEXT.map(lambda name: f"x{name}"), VALUES, max_size=4),
    max_size=12,
)


def put(store, rows):
    with store.writing() as view:
        for (table, key), document in rows.items():
            view.insert(table, key, document)
    return store


@pytest.mark.slow
@given(ROWS)
def test_whatever_documents_say_they_come_out_as_they_went_in(tmp_path_factory, rows):
    first = put(MemoryDocuments(), rows)
    said = out_of(first)

    second = TinyDocuments(tmp_path_factory.mktemp("s") / "pulih.db")
    load(second, io.BytesIO(said))

    assert out_of(second) == said
    with second.reading() as view:
        for (table, key), document in rows.items():
            assert view.get(table, key) == (None if table == "store" else document)
    second.close()


def out_of(store):
    out = io.BytesIO()
    with store.reading() as view:
        export(view, out)
    return out.getvalue()


@pytest.mark.postgres
@given(rows=ROWS)
def test_odd_documents_come_out_of_postgres_in_the_same_order(odd, rows):
    said = out_of(put(MemoryDocuments(), rows))
    load(odd, io.BytesIO(said))

    assert out_of(odd) == said
    with odd.writing() as view:
        for table, key in rows:
            view.remove(table, key)


@pytest.fixture(scope="module")
def odd(cluster):
    """One PostgreSQL store for many examples, each of which leaves it empty."""
    from pulih.store.postgres import PostgresDocuments  # noqa: PLC0415 - only where it is marked

    with cluster.database() as url:
        store = PostgresDocuments(url)
        yield store
        store.close()


def test_an_export_has_every_table_but_the_stores_own_marks(office, text):
    end = json.loads(text(*office).splitlines()[-1])["end"]

    assert set(end["tables"]) == set(TABLES) - {"store"}
    assert list(EXPORTED) == [name for name in TABLES if name != "store"]
    assert end["tables"]["tickets"] == end["tables"]["seals"] == 3
    assert end["tables"]["secrets"] == end["tables"]["people"] == 9
    assert end["tables"]["counters"] == 1
    assert end["files"] == 2


def test_an_export_is_plain_ascii_without_time_or_place(office, text):
    said = text(*office)

    assert said.isascii()
    assert said == text(*office)
    assert said.startswith(b'{"crc":"')
    assert json.loads(said.splitlines()[0]).keys() == {
        "crc",
        "files",
        "format",
        "schema",
        "version",
    }


def test_an_export_can_do_without_the_contents(office, text):
    said = [json.loads(line) for line in text(office[0]).splitlines()]

    assert said[0]["files"] is False
    assert not any("file" in line or "data" in line for line in said)


def test_a_content_that_is_lost_or_altered_does_not_keep_the_rest_from_being_saved(
    office, open_store, open_files, text
):
    store, files = office
    gone, altered = sorted(path.name for path in files.folder.rglob("?" * 64))
    (files.folder / gone[:2] / gone).unlink()
    (files.folder / altered[:2] / altered).write_bytes(b"lain")

    out = io.BytesIO()
    with store.reading() as view:
        done = export(view, out, files=files)
    loaded = load(open_store("memory"), io.BytesIO(out.getvalue()), files=open_files())

    assert done.lost == loaded.lost == (gone, altered)
    assert done.files == loaded.files == 0
    assert loaded.documents == done.documents


class Rotten(FolderFiles):
    """A keeper that notices while it gives a content out, as the database and the bucket do."""

    def open(self, digest):
        super().open(digest).close()
        return opened(digest, 4, iter([b"lain"]), lambda: None)


def test_a_content_whose_keeper_finds_it_damaged_counts_as_lost(
    office, open_store, open_files, text
):
    store, files = office
    rotten = Rotten(files.folder)
    target = Place(open_store("memory"), open_files(), "lain")
    with store.reading() as view:
        done = export(view, io.BytesIO(), files=rotten)

    moved = move(Place(store, rotten, "asal"), target)

    assert len(done.lost) == 2
    assert moved.files == 0
    assert text(target.store) == text(store)


def test_the_size_of_a_content_is_known_only_if_it_is_whole(office):
    _store, files = office
    digest, size = files.keep(io.BytesIO(b"abc"), most=3)

    assert size_of(files, digest) == size
    assert size_of(files, "0" * 64) is None


def test_progress_goes_to_the_number_of_documents_and_contents(office):
    store, files = office
    told = []
    with store.reading() as view:
        done = export(view, io.BytesIO(), files=files, tell=lambda *step: told.append(step))

    assert told == [(n, len(told)) for n in range(1, len(told) + 1)]
    assert len(told) == done.documents + 2


def test_a_document_too_long_for_a_line_is_named(monkeypatch):
    monkeypatch.setattr("pulih.keeping.lines.LONGEST", 1000)
    assert LONGEST > 10 * 20 * 1024 * 1024 / 6

    with pytest.raises(Exception, match="panjang-sekali"):
        line_of({"key": "panjang-sekali", "table": "settings", "document": {"x": "y" * 1000}})


def test_a_spare_copy_is_a_private_export_beside_earlier_ones(office, tmp_path, text):
    keep = spare(tmp_path / "data" / "backup")
    for _attempt in range(2):
        with office[0].reading() as view:
            keep(view, 1)

    first, second = sorted((tmp_path / "data" / "backup").iterdir())
    assert {first.name, second.name} == {
        f"before-schema-{VERSION}.jsonl", f"before-schema-{VERSION}-1.jsonl"
    }  # fmt: skip
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_mode & 0o777 == 0o600
    header, *rows, end = map(json.loads, first.read_bytes().splitlines())
    assert header["schema"] == 1
    known = {name for name, table in TABLES.items() if table.since == 1} - {"store"}
    assert set(end["end"]["tables"]) == known  # as the Pulih knew them that is to read it
    today = map(json.loads, text(office[0]).splitlines())
    assert rows == [row for row in today if row.get("table") in known]


def test_a_spare_copy_that_cannot_be_kept_is_unavailable(office, tmp_path):
    (tmp_path / "backup").write_text("bukan folder", encoding="utf-8")

    with office[0].reading() as view, pytest.raises(Unavailable):
        spare(tmp_path / "backup")(view, 1)


def test_before_an_older_store_is_changed_a_copy_of_it_is_kept(tmp_path, fill, text):
    settings = write_settings(tmp_path)
    path = settings.data / "pulih.db"
    store = TinyDocuments(path)
    fill(store, FolderFiles(settings.data / "files"))
    now = text(store)
    with store.writing() as view:
        for key in [key for key, _seal in view.scan("seals")]:
            view.remove("seals", key)
    before = text(store)
    store.close()
    with closing(sqlite3.connect(path)) as older:
        older.execute("PRAGMA user_version = 1")

    opened = office_documents(settings)

    assert text(opened) == now
    opened.close()
    [copy] = (settings.data / "backup").iterdir()
    kept, old = copy.read_bytes().splitlines(), before.splitlines()
    assert json.loads(kept[0])["schema"] == 1
    assert kept[1:-1] == old[1:-1]
    office_documents(settings).close()
    assert [copy] == list((settings.data / "backup").iterdir())


@pytest.mark.parametrize("kind", ["memory", "tiny"])
@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_a_number_that_json_does_not_have_is_found_and_its_document_named(
    number, kind, open_store, open_files
):
    store = open_store(kind)
    put(store, {("settings", "satu"): {"x": [{"y": number}]}, ("settings", "dua"): {"x": 1.5}})

    with pytest.raises(Invalid, match="satu di tabel settings"):
        out_of(store)
    [flaw] = [f for f in verify(store, open_files()) if f.key == "satu"]
    assert "bukan bilangan JSON" in str(flaw.sentence)
