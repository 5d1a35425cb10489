"""The store's file is torn, foreign, locked away, or its disk full: a sentence, an exit code, nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path

import disks
import offices
import pytest
from commands import UNAVAILABLE, WORDS, pulih, refused, served

from pulih.jobs.background import open_jobs

pytestmark = pytest.mark.slow  # a process a command

PAGE = 4096
INVALID = 65


@pytest.fixture(scope="module")
def pattern(tmp_path_factory, cast, facts_for) -> Path:
    """An office with forty letters, closed and whole."""
    folder = tmp_path_factory.mktemp("pola") / "kantor"
    office = offices.found(folder, cast)
    for number in range(40):
        facts = facts_for("letter", letter_number=f"{number}/2026", disturbed="Loket putus. " * 90)
        office.tickets.register(cast.contact, facts)
    office.close()
    return folder


@pytest.fixture
def folder(pattern, tmp_path) -> Path:
    """A copy of that office, to be spoilt."""
    return Path(shutil.copytree(pattern, tmp_path / "kantor"))


def cut(size):
    def spoil(path):
        os.truncate(path, int(size if size > 1 else path.stat().st_size * size))

    return spoil


def overwrite(step):
    """Fill every so manieth page with zeros; the first one with what is no header."""

    def spoil(path):
        with path.open("r+b") as file:
            for page in range(0, path.stat().st_size // PAGE, step or 1_000_000):
                file.seek(page * PAGE)
                file.write(b"\0" * PAGE if page else b"\xff" * 100 * (step == 0))

    return spoil


def foreign(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE belanja (barang TEXT)")
        other.commit()


def text(path):
    path.write_text("Ini bukan basis data.\n", encoding="utf-8")


def folder_in_its_place(path):
    path.unlink()
    path.mkdir()


def newer(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 999")


RESTORE, FOREIGN = "pulihkan dari cadangan", "bukan penyimpanan Pulih"


@pytest.mark.parametrize(
    ("spoil", "parts"),
    [
        pytest.param(cut(100), ("rusak", RESTORE), id="cut within the header"),
        pytest.param(cut(PAGE), ("rusak", RESTORE), id="cut after the first page"),
        pytest.param(cut(0.5), ("rusak", RESTORE), id="cut in half"),
        pytest.param(overwrite(3), ("rusak", RESTORE), id="every third page is zero"),
        pytest.param(overwrite(0), (FOREIGN, RESTORE), id="the header is overwritten"),
        pytest.param(foreign, (FOREIGN, "Pindahkan"), id="another program's database"),
        pytest.param(text, (FOREIGN, "Pindahkan"), id="a text"),
        pytest.param(folder_in_its_place, ("tidak dapat dibuka", "Periksa"), id="a folder"),
        pytest.param(newer, ("lebih baru", "Pasang versi terbaru"), id="of a newer version"),
    ],
)
def test_what_is_no_store_or_a_torn_one_is_refused_and_left_alone(folder, spoil, parts):
    path = folder / "data" / "pulih.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None

    refused(pulih(folder, "serve"), "pulih.db", *parts)

    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("spoil", [Path.unlink, cut(0)], ids=["gone", "cut to nothing"])
def test_an_office_that_lost_its_store_is_not_begun_anew(folder, spoil):
    with served(folder):
        pass
    for part in ("", "-wal", "-shm"):
        (folder / "data" / f"pulih.db{part}").unlink(missing_ok=bool(part))
    path = folder / "data" / "pulih.db"
    path.touch()
    spoil(path)

    for name in WORDS:
        refused(pulih(folder, name), "pulih.db hilang atau kosong", "pulih restore")
    assert not path.exists() or path.stat().st_size == 0


@pytest.mark.parametrize("name", [name for name in WORDS if name != "serve"])
def test_every_command_refuses_a_torn_store(folder, name):
    cut(0.5)(folder / "data" / "pulih.db")

    refused(pulih(folder, name), "pulih.db rusak", RESTORE)


def test_verifying_names_what_a_damaged_page_has_spoilt(folder):
    """Opening a store reads few of its pages: what nobody has asked for yet is found only so."""
    path = folder / "data" / "pulih.db"
    for page in range(path.stat().st_size // PAGE // 2, path.stat().st_size // PAGE, 5):
        with path.open("r+b") as file:
            file.seek(page * PAGE)
            file.write(bytes(PAGE))

    done = pulih(folder, "verify")

    assert done.returncode in (INVALID, UNAVAILABLE), done.stderr
    assert "Traceback" not in done.stderr
    assert "pulih.db" in done.stdout + done.stderr or "Berkas penyimpanan" in done.stdout


@pytest.fixture
def humble():
    """What a command begins with so that permissions count, for root too."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("no permission stops root here")
    return (setpriv, "--bounding-set=-dac_override,-dac_read_search")


def test_a_store_that_may_not_be_written_says_whose_permission_to_look_at(folder, humble):
    (folder / "data" / "pulih.db").chmod(0o400)

    refused(pulih(folder, "serve", before=humble), "tidak dapat ditulisi", "Periksa izin")


def test_a_folder_that_may_not_be_written_says_so_before_anything_is_made(folder, humble):
    shutil.rmtree(folder / "data")
    folder.chmod(0o555)

    done = pulih(folder, "serve", before=humble)

    folder.chmod(0o755)
    refused(done, str(folder / "data"), "tidak dapat dibuat", "Periksa")


def test_a_disk_that_cannot_be_written_is_one_sentence(folder):
    with disks.read_only(folder):
        refused(pulih(folder, "serve"), "tidak dapat ditulisi", "Periksa")


@pytest.mark.parametrize("kept", [True, False], ids=["an old office", "a new office"])
def test_a_full_disk_at_the_start_is_one_sentence_and_nothing_is_lost(pattern, tmp_path, kept):
    with disks.small_disk(tmp_path / "disk", "12m") as disk:
        folder = Path(shutil.copytree(pattern, disk / "kantor"))
        if not kept:
            shutil.rmtree(folder / "data")
        ballast = disks.fill(disk)
        refused(pulih(folder, "worker"), "disk", "ulangi")
        ballast.unlink()

        done = pulih(folder, "create-admin")

        assert done.returncode == 0, done.stderr
        with closing(sqlite3.connect(folder / "data" / "pulih.db")) as file:
            assert file.execute("SELECT count(*) FROM tickets").fetchone() == (40 * kept,)


@pytest.mark.parametrize(
    "spoil",
    [pytest.param(text, id="a text"), pytest.param(cut(PAGE), id="torn")],
)
def test_a_damaged_queue_keeps_nobody_from_the_desk(folder, spoil):
    queue = folder / "data" / "jobs.db"
    open_jobs(queue).close()
    spoil(queue)
    damaged = queue.read_bytes()

    with served(folder) as (url, said), urllib.request.urlopen(f"{url}/masuk", timeout=20) as page:
        assert page.status == 200

    (aside,) = queue.parent.glob("jobs.db.rusak-*[0-9]")
    assert aside.read_bytes() == damaged
    assert "set aside" in said.read_text(encoding="utf-8")
    with closing(sqlite3.connect(queue)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
