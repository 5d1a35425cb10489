"""Pages on disk."""

from __future__ import annotations

import stat

import pytest

from pulih.publish import files
from pulih.publish.files import bring_up_to_date
from pulih.publish.literal import front_matter

PAGE = front_matter("Judul", {}) + "\n# Judul\n"


@pytest.fixture
def wiki(tmp_path):
    return tmp_path / "wiki"


def test_only_what_changed_is_written(wiki):
    bring_up_to_date(wiki, {"opd/a.md": PAGE, "opd/b.md": PAGE}, ["opd"])
    old = (wiki / "opd/a.md").stat()

    changes = bring_up_to_date(wiki, {"opd/a.md": PAGE, "opd/b.md": PAGE + "x"}, ["opd"])

    assert (changes.written, changes.removed, changes.kept) == (("opd/b.md",), (), ())
    assert (wiki / "opd/a.md").stat().st_mtime_ns == old.st_mtime_ns


def test_pages_that_no_longer_belong_go_with_their_empty_folders(wiki):
    bring_up_to_date(wiki, {"kasus/2025/2025-0001.md": PAGE, "kasus/index.md": PAGE}, ["kasus"])

    changes = bring_up_to_date(wiki, {"kasus/index.md": PAGE}, ["kasus"])

    assert changes.removed == ("kasus/2025/2025-0001.md",)
    assert [path.name for path in wiki.rglob("*")] == ["kasus", "index.md"]


@pytest.mark.parametrize("own", ["# Tulisan sendiri\n", "---\ntitle: x\n---\n# x\n", ""])
def test_what_a_person_wrote_is_neither_overwritten_nor_removed(wiki, own):
    for name in ("catatan.md", "rsud.md"):
        files.write(wiki / "opd" / name, own.encode())

    changes = bring_up_to_date(wiki, {"opd/rsud.md": PAGE}, ["opd"])

    assert changes.kept == ("opd/rsud.md",)
    assert {path.read_text() for path in (wiki / "opd").iterdir()} == {own}


def test_pages_outside_the_folders_are_left_alone(wiki):
    files.write(wiki / "sop/index.md", PAGE.encode())

    bring_up_to_date(wiki, {}, ["kasus", "opd"])

    assert (wiki / "sop/index.md").read_text() == PAGE


def test_a_write_that_fails_leaves_the_old_page_and_no_draft(wiki, monkeypatch):
    files.write(wiki / "a.md", b"lama")

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.write(wiki / "a.md", b"baru")

    assert [(path.name, path.read_bytes()) for path in wiki.iterdir()] == [("a.md", b"lama")]


def test_a_web_server_may_read_the_pages(wiki):
    files.write(wiki / "a.md", b"x")

    assert stat.S_IMODE((wiki / "a.md").stat().st_mode) == 0o644
