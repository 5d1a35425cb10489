"""Pages on disk."""

from __future__ import annotations

import stat

import pytest

from pulih.publish import files, making
from pulih.publish.literal import front_matter
from pulih.publish.making import Making
from pulih.publish.sheet import Passing, Sheet
from pulih.publish.sources import digest_of, sources

PAGE = front_matter("Judul", {}) + "\n# Judul\n"


@pytest.fixture
def wiki(tmp_path):
    return tmp_path / "wiki"


@pytest.fixture
def bring(wiki):
    """Bring the wiki to hold exactly these files, by another process each time; return what had to be made."""

    def brought(contents, version="1") -> list[str]:
        made = []

        def sheet(address, content):
            def make():
                made.append(address)
                return content

            return Sheet(address, str(hash(content)), make)

        found = sources(wiki, {})
        sheets = [sheet(*item) for item in contents.items()]
        now = Making(wiki.parent / "made.json", version).bring_up_to_date(wiki, sheets, found)
        assert {a: s.digest for a, s in now.items()} == {
            a: s.digest for a, s in sources(wiki, {}).items()
        }
        return made

    return brought


def standing(wiki):
    return {
        path.relative_to(wiki).as_posix(): path.read_bytes()
        for path in wiki.rglob("*")
        if path.is_file()
    }


def test_only_what_changed_is_made(wiki, bring):
    assert bring({"opd/a.md": PAGE, "opd/b.md": PAGE}) == ["opd/a.md", "opd/b.md"]
    old = (wiki / "opd/a.md").stat()

    assert bring({"opd/a.md": PAGE, "opd/b.md": PAGE + "x"}) == ["opd/b.md"]

    assert (wiki / "opd/a.md").stat().st_mtime_ns == old.st_mtime_ns
    assert (wiki / "opd/b.md").read_text() == PAGE + "x"


def test_another_version_makes_all_and_writes_only_what_differs(wiki, bring):
    bring({"opd/a.md": PAGE})
    old = (wiki / "opd/a.md").stat()

    assert bring({"opd/a.md": PAGE}, version="2") == ["opd/a.md"]
    assert (wiki / "opd/a.md").stat().st_ino == old.st_ino


def test_what_was_lost_or_changed_by_hand_without_losing_its_mark_is_made_again(wiki, bring):
    pages = {"opd/a.md": PAGE, "opd/b.md": PAGE}
    bring(pages)
    (wiki / "opd/a.md").unlink()
    (wiki / "opd/b.md").write_text(PAGE + "tambahan\n", encoding="utf-8")

    assert bring(pages) == ["opd/a.md", "opd/b.md"]
    assert set(standing(wiki).values()) == {PAGE.encode()}


def test_pages_that_no_longer_belong_go_with_their_empty_folders(wiki, bring):
    bring({"kasus/2025/2025-0001.md": PAGE, "kasus/index.md": PAGE})
    bring({"kasus/index.md": PAGE})

    assert [path.name for path in wiki.rglob("*")] == ["kasus", "index.md"]


def test_what_may_be_another_next_time_is_made_again(wiki, bring):
    content = PAGE.encode()
    for _ in range(2):
        assert bring({"kasus/index.md": Passing(content)}) == ["kasus/index.md"]
    assert bring({"kasus/index.md": content}) == ["kasus/index.md"]
    assert bring({"kasus/index.md": content}) == []


PICTURE = f"gambar/{'0a' * 8}"


@pytest.mark.parametrize(
    "address",
    [f"{PICTURE}.jpg", f"{PICTURE}-kecil.jpg", "umpan/opd/rsud.xml", "assets/cari/isi/2025/1.js"],
)
def test_files_without_a_mark_are_ours_by_their_names(wiki, bring, address):
    files.write(wiki / "assets/logo.svg", b"<svg/>")
    bring({address: b"\xff\x00"})
    assert standing(wiki) == {address: b"\xff\x00", "assets/logo.svg": b"<svg/>"}

    files.write(wiki / address, b"rusak")
    bring({address: b"\xff\x00"})
    assert standing(wiki)[address] == b"\xff\x00"

    bring({})
    assert standing(wiki) == {"assets/logo.svg": b"<svg/>"}


@pytest.mark.parametrize(
    "address",
    ["gambar/topologi.svg", "gambar/ruang-server.jpg", "umpan/catatan.txt", "assets/cari/logo.png"],
)
def test_what_people_put_beside_our_files_stays(wiki, bring, address):
    files.write(wiki / address, b"milik kantor")

    bring({f"{PICTURE}.jpg": b"x", "umpan/kasus.xml": b"x", "assets/cari/daftar.js": b"x"})
    bring({})

    assert standing(wiki) == {address: b"milik kantor"}


@pytest.mark.parametrize("own", ["# Tulisan sendiri\n", "---\ntitle: x\n---\n# x\n", ""])
def test_what_a_person_wrote_is_neither_overwritten_nor_removed(wiki, bring, own):
    for name in ("catatan.md", "rsud.md"):
        files.write(wiki / "opd" / name, own.encode())

    bring({"opd/rsud.md": PAGE})
    bring({})

    assert standing(wiki) == {"opd/catatan.md": own.encode(), "opd/rsud.md": own.encode()}


def test_a_start_page_as_it_once_came_with_pulih_becomes_ours_but_no_other(
    wiki, bring, monkeypatch
):
    monkeypatch.setattr(making, "_SHIPPED", {digest_of(b"# Selamat datang\n")})
    files.write(wiki / "index.md", b"# Selamat datang\n")
    bring({"index.md": PAGE})
    assert standing(wiki) == {"index.md": PAGE.encode()}

    files.write(wiki / "index.md", b"# Selamat datang di kantor kami\n")
    bring({"index.md": PAGE})
    assert standing(wiki) == {"index.md": b"# Selamat datang di kantor kami\n"}


def test_pages_outside_the_folders_are_left_alone(wiki, bring):
    files.write(wiki / "sop/index.md", PAGE.encode())

    bring({})

    assert (wiki / "sop/index.md").read_text() == PAGE


@pytest.mark.parametrize("damage", ["", "[]", '{"version": "1"}', '{"version": "1", "made": 3}'])
def test_a_note_that_cannot_be_read_costs_only_time(wiki, bring, damage):
    bring({"opd/a.md": PAGE})
    (wiki.parent / "made.json").write_text(damage, encoding="utf-8")

    assert bring({"opd/a.md": PAGE}) == ["opd/a.md"]
    assert bring({"opd/a.md": PAGE}) == []


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
