"""Opening the embedded store: a new file, an old one, and what is no store at all."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import threading
from pathlib import Path

import pytest

from pulih.domain.agency import Agency
from pulih.domain.records import TicketFilter
from pulih.errors import Unavailable
from pulih.store import open_memory, open_tiny
from pulih.store.schema import VERSION


def put(store, key):
    with store.writing() as records:
        records.agencies.add(Agency(key, key))


def test_a_store_is_there_again_after_it_was_closed(path):
    store = open_tiny(path)
    put(store, "dukcapil")
    store.close()

    store = open_tiny(path)
    with store.reading() as records:
        assert records.agencies.get("dukcapil").name == "dukcapil"
    store.close()


def test_a_file_that_lacks_a_newer_list_is_given_it_and_keeps_the_rest(path):
    store = open_tiny(path)
    put(store, "dukcapil")
    store.close()
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE tickets_people")
    other.close()

    store = open_tiny(path)
    with store.reading() as records:
        assert records.tickets.list(TicketFilter(person="irawan")).total == 0
        assert records.agencies.get("dukcapil").name == "dukcapil"
    store.close()


def test_folders_above_a_new_store_are_made_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "a" / "b" / "pulih.db"
    store = open_tiny(path)
    put(store, "dukcapil")

    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    store.close()
    assert modes == {0o600}


def test_two_stores_on_one_file_see_one_truth(path):
    one, two = open_tiny(path), open_tiny(path)
    put(one, "dukcapil")
    put(two, "dikbud")

    for store in (one, two):
        with store.reading() as records:
            assert len(records.agencies.all()) == 2
        store.close()


def test_opening_a_store_again_does_not_take_away_the_locks_of_the_first(path, child):
    """Closing any file descriptor of a process releases all its locks on the file; SQLite counts on them."""
    one = open_tiny(path)
    put(one, "dukcapil")
    with one.writing() as records:
        open_tiny(path).close()
        records.agencies.add(Agency("dikbud", "Dikbud"))
        other = child(
            "import sqlite3, sys\n"
            "file = sqlite3.connect(sys.argv[1], timeout=0)\n"
            "file.execute('PRAGMA locking_mode = EXCLUSIVE')\n"
            "file.execute('PRAGMA journal_mode = DELETE')\n",
            path,
        )
        assert "locked" in other.communicate()[1]
    one.close()


def test_many_may_make_the_same_new_store_at_once(path):
    stores = []
    threads = [threading.Thread(target=lambda: stores.append(open_tiny(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(stores) == 8
    for store in stores:
        store.close()


def test_a_store_in_memory_begins_empty_and_is_nobody_elses():
    one, two = open_memory(), open_memory()
    put(one, "dukcapil")

    with two.reading() as records:
        assert records.agencies.all() == []
    one.close()


def test_a_closed_store_is_a_mistake_to_use(path):
    store = open_tiny(path)
    store.close()

    with pytest.raises(RuntimeError), store.reading():
        pass


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system does not tell")
def test_threads_that_ended_leave_no_more_files_open_than_one(path):
    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    store = open_tiny(path)
    put(store, "dukcapil")
    before = open_files()
    for n in range(10):
        thread = threading.Thread(target=put, args=(store, f"opd-{n}"))
        thread.start()
        thread.join()

    assert open_files() == before
    store.close()


# ---- What is no store -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"hello", b'{"_default": {}}' * 100, b"\x00" * 5000], ids=["short", "json", "zeros"]
)
def test_another_kind_of_file_is_refused_and_left_as_it_was(path, content):
    path.write_bytes(content)

    with pytest.raises(Unavailable, match=r"pulih\.db bukan penyimpanan Pulih"):
        open_tiny(path)

    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused_and_left_as_it_was(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE tickets (x)")
    other.close()
    content = path.read_bytes()

    with pytest.raises(Unavailable, match="bukan penyimpanan Pulih"):
        open_tiny(path)

    assert path.read_bytes() == content


def make_newer(path):
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()


def test_a_store_of_a_newer_version_is_refused(path):
    open_tiny(path).close()
    make_newer(path)

    with pytest.raises(Unavailable, match="lebih baru"):
        open_tiny(path)


def test_a_store_that_becomes_newer_while_it_is_open_is_refused_from_then_on(path):
    store = open_tiny(path)
    put(store, "dukcapil")
    make_newer(path)

    with pytest.raises(Unavailable, match="lebih baru"):
        put(store, "dikbud")
    with pytest.raises(Unavailable, match="lebih baru"), store.reading():
        pass
    store.close()


def test_a_folder_in_the_place_of_the_file_is_refused(path):
    path.mkdir()

    with pytest.raises(Unavailable, match="tidak dapat dibuka"):
        open_tiny(path)


def test_a_file_in_the_place_of_the_folder_is_refused(path):
    path.write_text("")

    with pytest.raises(Unavailable):
        open_tiny(path / "pulih.db")


@pytest.fixture
def nobody():
    """Somebody who may not write everywhere, and a folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        was = os.geteuid()
        yield Path(folder), lambda: os.seteuid(65534) if was == 0 else None
        os.seteuid(was)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has other permissions")
def test_a_file_without_permission_is_refused(nobody):
    folder, become = nobody
    open_tiny(folder / "pulih.db").close()
    (folder / "pulih.db").chmod(0o400)
    become()

    with pytest.raises(Unavailable, match="izin"):
        open_tiny(folder / "pulih.db")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has other permissions")
def test_a_folder_without_permission_is_refused(nobody):
    folder, become = nobody
    folder.chmod(0o555)
    become()

    with pytest.raises(Unavailable, match="izin"):
        open_tiny(folder / "pulih.db")


def test_a_damaged_store_says_that_the_backup_is_needed(path):
    store = open_tiny(path)
    for n in range(50):
        put(store, f"opd-{n}")
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)

    with pytest.raises(Unavailable, match="cadangan"):
        open_tiny(path)


def test_a_fault_within_a_view_or_a_transaction_is_told_too(path):
    store = open_tiny(path)
    put(store, "dikbud")
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE agencies_text")
    other.close()

    with pytest.raises(Unavailable, match="administrator"):
        put(store, "dukcapil")
    with pytest.raises(Unavailable, match="administrator"), store.reading() as records:
        records.agencies.all()
    with store.reading() as records:
        assert records.sites.all() == []
    store.close()


def test_a_transaction_that_sqlite_has_taken_back_by_itself_takes_no_more(tiny):
    """What a full disk does in the middle."""

    def lose(then):
        with tiny.writing() as view:
            view.insert("settings", "one", {})
            view._rows._connection.execute("ROLLBACK")
            then(view)

    with pytest.raises(Unavailable):
        lose(lambda _view: None)
    with pytest.raises(Unavailable):
        lose(lambda view: view.insert("settings", "two", {}))

    with tiny.reading() as view:
        assert view.count("settings") == 0


def test_a_fault_says_which_file_but_not_in_which_folder(path):
    path.write_bytes(b"hello")

    with pytest.raises(Unavailable) as caught:
        open_tiny(path)

    assert str(path.parent) not in str(caught.value)
    assert caught.value.__cause__ is not None
