"""A queue's file that is damaged makes room for a new one; a whole one stays."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pulih.errors import Unavailable
from pulih.jobs.background import open_jobs

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """The file of a queue in which something waits: written once, as each task costs a moment of the disk."""
    file = tmp_path_factory.mktemp("antrean") / "jobs.db"
    jobs = open_jobs(file)
    for number in range(300):
        jobs.probe(f"run-{number}")
    jobs.close()
    return file


@pytest.fixture
def path(filled, tmp_path):
    """Such a file, to be spoilt."""
    return Path(shutil.copy(filled, tmp_path))


def waiting(path):
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT count(*) FROM task").fetchone()[0]


def asides(path):
    return sorted(other.name for other in path.parent.glob("jobs.db.rusak-*"))


def test_a_whole_queue_keeps_what_waits(path):
    open_jobs(path).close()

    assert waiting(path) == 300
    assert asides(path) == []


def text(path):
    path.write_text("Bukan antrean.\n", encoding="utf-8")


def cut(path):
    with path.open("r+b") as file:
        file.truncate(8192)


def zero(path):
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 8192 * 4096)
        file.write(bytes(4096))


def test_a_queue_is_for_its_owner_only(tmp_path):
    open_jobs(tmp_path / "jobs.db").close()

    assert (tmp_path / "jobs.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("spoil", [text, cut, zero])
def test_a_damaged_queue_is_set_aside_and_another_is_begun(path, spoil, caplog):
    spoil(path)
    damaged = path.read_bytes()

    jobs = open_jobs(path)
    jobs.probe("run")
    jobs.close()

    assert waiting(path) == 1
    (mark,) = asides(path)
    assert path.with_name(mark).read_bytes() == damaged
    assert "set aside" in caplog.text


def test_what_cannot_be_opened_at_all_says_what_to_look_at(tmp_path):
    (tmp_path / "jobs.db").mkdir()

    with pytest.raises(Unavailable, match="Periksa ruang disk serta izin"):
        open_jobs(tmp_path / "jobs.db")
