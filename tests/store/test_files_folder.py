"""Attachments in a folder."""

from __future__ import annotations

import io
import os
import time

import pytest

from pulih.errors import Unavailable
from pulih.store.files import FolderFiles


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def folder_files(folder):
    return FolderFiles(folder)


def keep(files, content):
    return files.keep(io.BytesIO(content), most=1000)


def test_contents_are_for_their_owner_only(folder_files, folder):
    keep(folder_files, b"surat")

    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert [path.stat().st_mode & 0o077 for path in kept] == [0]
    assert folder.stat().st_mode & 0o077 == 0


def test_what_a_crash_left_behind_is_swept_away_and_what_is_being_written_is_not(
    folder_files, folder
):
    keep(folder_files, b"surat")
    old, new = folder / "masuk-old", folder / "masuk-new"
    old.write_bytes(b"x")
    new.write_bytes(b"x")
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))

    keep(folder_files, b"lagi")

    assert not old.exists()
    assert new.exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "files").write_text("a file in the way")

    with pytest.raises(Unavailable, match="folder"):
        keep(FolderFiles(tmp_path / "files"), b"surat")
    with pytest.raises(Unavailable):
        FolderFiles(tmp_path / "files").open("0" * 64)
