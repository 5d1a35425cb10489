"""The content of attachments: kept once, durably, and only up to a size."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import time

import pytest

from pulih.errors import NotFound, TooLarge, Unavailable
from pulih.store.files import FolderFiles

MANY = 10_000_000


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def files(folder):
    return FolderFiles(folder)


def keep(files, content, most=MANY):
    return files.keep(io.BytesIO(content), most=most)


def stored(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "content", [b"", b"surat", os.urandom(3_000_000)], ids=["empty", "few", "many"]
)
def test_a_content_comes_back_by_its_digest(files, content):
    digest, size = keep(files, content)

    assert (digest, size) == (hashlib.sha256(content).hexdigest(), len(content))
    with files.open(digest) as kept:
        assert kept.read() == content


def test_the_same_content_is_kept_once(files, folder):
    assert keep(files, b"surat") == keep(files, b"surat")
    assert len(stored(folder)) == 1


def test_the_same_content_from_many_at_once_is_kept_once(files, folder):
    threads = [threading.Thread(target=keep, args=(files, b"surat" * 100_000)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(stored(folder)) == 1


def test_a_content_of_just_the_limit_is_kept(files):
    assert keep(files, b"x" * 1000, most=1000)[1] == 1000


def test_a_content_over_the_limit_is_refused_by_megabytes_and_leaves_nothing(files, folder):
    with pytest.raises(TooLarge, match="paling besar 1,5 MB"):
        keep(files, b"x" * 2_000_000, most=3 << 19)

    assert stored(folder) == []


class Endless:
    """A content that never ends."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int) -> bytes:
        self.given += size
        return b"x" * size


def test_no_more_is_read_than_tells_that_it_is_too_large(files):
    content = Endless()
    with pytest.raises(TooLarge):
        files.keep(content, most=20 << 20)

    assert content.given <= 22 << 20


class Broken:
    """A content that breaks off."""

    def read(self, size: int) -> bytes:
        raise ZeroDivisionError


def test_a_content_that_breaks_off_leaves_nothing(files, folder):
    with pytest.raises(ZeroDivisionError):
        files.keep(Broken(), most=MANY)

    assert stored(folder) == []


@pytest.mark.parametrize(
    "digest",
    [
        "0" * 64,
        "",
        "../../etc/passwd",
        "0" * 63,
        "0" * 65,
        "A" * 64,
        f"{'0' * 64}\n",
        "\x00" * 64,
        "/etc/passwd",
    ],
)
def test_what_is_no_digest_of_a_content_kept_is_not_found(files, digest):
    with pytest.raises(NotFound):
        files.open(digest)


def test_contents_are_for_their_owner_only(files, folder):
    keep(files, b"surat")

    assert [path.stat().st_mode & 0o077 for path in stored(folder)] == [0]
    assert folder.stat().st_mode & 0o077 == 0


def test_what_a_crash_left_behind_is_swept_away_and_what_is_being_written_is_not(files, folder):
    keep(files, b"surat")
    old, new = folder / "masuk-old", folder / "masuk-new"
    old.write_bytes(b"x")
    new.write_bytes(b"x")
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))

    keep(files, b"lagi")

    assert not old.exists()
    assert new.exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "files").write_text("a file in the way")

    with pytest.raises(Unavailable, match="folder"):
        keep(FolderFiles(tmp_path / "files"), b"surat")
    with pytest.raises(Unavailable):
        FolderFiles(tmp_path / "files").open("0" * 64)
