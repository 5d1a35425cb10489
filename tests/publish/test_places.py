"""Copies of the site in other folders: whole at every moment, ours alone, and honest about what went wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from datetime import timedelta
from pathlib import Path

import disks
import pytest

from pulih.publish.places import open_places
from pulih.publish.places.folder import FolderPlace
from pulih.publish.places.place import MARK, Ended, looks


class Served:
    """A site that is published again and again, as `Trees` does it: a folder each, and a link to the newest."""

    def __init__(self, root: Path) -> None:
        self.root, self.site, self.number = root, root / "current", 0
        root.mkdir()

    def publish(self, **pages: str) -> None:
        """Let the site be these pages: address (`__` for `/`, no ending) -> text; and the start page."""
        self.number += 1
        folder = self.root / f"{self.number:06d}"
        for name, text in {"index": f"situs {self.number}", **pages}.items():
            path = folder / (name.replace("__", "/") + ".html")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        link = self.root / "baru"
        link.symlink_to(folder.name)
        link.replace(self.site)


@pytest.fixture
def served(tmp_path) -> Served:
    served = Served(tmp_path / "situs")
    served.publish(kasus__1="satu", kasus__2="dua")
    return served


@pytest.fixture
def place(tmp_path) -> Path:
    folder = tmp_path / "tempat"
    folder.mkdir()
    return folder


@pytest.fixture
def no_links(monkeypatch):
    """A disk as FAT: no links of any kind."""

    def refuse(*_args, **_kwargs):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "symlink", refuse)
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "symlink_to", refuse)


@pytest.fixture(params=["with links", "without links"])
def kind(request) -> str:
    if request.param == "without links":
        request.getfixturevalue("no_links")
    return request.param


@pytest.fixture
def opened(tmp_path, clock):
    def opened(*names: object):
        return open_places(
            [str(name) for name in names], tmp_path / "catatan", clock, tmp_path / "ssh_config"
        )

    return opened


def pages(folder: Path) -> dict[str, str]:
    """What stands under a folder that is served."""
    return {a: (folder / a).read_text(encoding="utf-8") for a in looks(folder.resolve())}


def bring(folder: Path, served: Served, **changes) -> None:
    asked = {"known": False, "check": False, "stopped": lambda: False}
    FolderPlace(str(folder)).bring(served.site.resolve(), **{**asked, **changes})


# The site is published before the disk forgets how to link.
@pytest.fixture
def two(tmp_path) -> tuple[Served, Served]:
    one, other = Served(tmp_path / "satu"), Served(tmp_path / "dua")
    one.publish(kasus__1="satu", kasus__2="dua", opd__rsud="lama")
    other.publish(index="lain", kasus__1="satu", kasus__3="tiga", opd__rsud="baru")
    return one, other


def test_a_place_holds_the_whole_site_and_then_the_next(two, place, kind):
    for site in two:
        bring(place, site)

        assert pages(place / "wiki") == pages(site.site)

    names = {path.name for path in place.iterdir()}
    assert names == {"wiki", MARK} | ({".pulih-situs"} if kind == "with links" else set())


def test_only_what_changed_is_copied(two, place, no_links):
    bring(place, two[0])
    same, changed = (place / "wiki" / a for a in ("kasus/1.html", "opd/rsud.html"))
    before = {path: path.stat().st_ino for path in (same, changed)}

    bring(place, two[1])

    assert same.stat().st_ino == before[same]
    assert changed.stat().st_ino != before[changed]


def test_the_next_site_shares_with_the_one_before_what_is_the_same(two, place):
    bring(place, two[0])
    before = (place / "wiki" / "kasus/1.html").stat().st_ino

    bring(place, two[1])

    assert (place / "wiki" / "kasus/1.html").stat().st_ino == before


def test_files_of_other_people_beside_the_wiki_are_left_alone(two, place, kind):
    (place / "rapat.docx").write_text("milik orang", encoding="utf-8")
    for site in two:
        bring(place, site)

    assert (place / "rapat.docx").read_text(encoding="utf-8") == "milik orang"


@pytest.mark.parametrize("form", ["folder", "link", "file"])
def test_a_wiki_that_somebody_else_put_there_is_refused(two, place, form, tmp_path, kind):
    match form:
        case "folder":
            (place / "wiki").mkdir()
            (place / "wiki" / "index.html").write_text("milik orang", encoding="utf-8")
        case "link":
            subprocess.run(["ln", "-s", str(two[1].site), place / "wiki"], check=True)
        case _:
            (place / "wiki").write_text("milik orang", encoding="utf-8")

    with pytest.raises(Exception, match="bukan buatan Pulih"):
        bring(place, two[0])

    assert {path.name for path in place.iterdir()} == {"wiki"}
    assert pages(two[1].site)["kasus/3.html"] == "tiga"


def test_a_file_that_somebody_put_into_our_wiki_is_not_written_over(two, place, no_links):
    bring(place, two[0])
    theirs = place / "wiki" / "kasus" / "3.html"
    theirs.write_text("milik orang", encoding="utf-8")

    with pytest.raises(Exception, match="bukan buatan Pulih"):
        bring(place, two[1])

    assert theirs.read_text(encoding="utf-8") == "milik orang"


def test_a_link_that_somebody_laid_in_our_wiki_is_not_followed(two, place, tmp_path, no_links):
    bring(place, two[0])
    shutil.rmtree(place / "wiki" / "opd")
    outside = tmp_path / "luar"
    outside.mkdir()
    subprocess.run(["ln", "-s", outside, place / "wiki" / "opd"], check=True)

    with pytest.raises(OSError, match="Not a directory"):
        bring(place, two[1])

    assert list(outside.iterdir()) == []


def test_a_folder_that_is_not_there_is_not_made(two, tmp_path, kind):
    with pytest.raises(Exception, match=r"tidak ada\. Pasang disk"):
        bring(tmp_path / "belum" / "terpasang", two[0])

    assert not (tmp_path / "belum").exists()


def test_a_disk_that_is_no_longer_mounted_is_not_taken_for_a_new_one(two, place, kind):
    bring(place, two[0])
    shutil.rmtree(place)
    place.mkdir()  # what stands on the root disk when nothing is mounted there

    with pytest.raises(Exception, match="belum terpasang") as refused:
        bring(place, two[1], known=True)
    assert list(place.iterdir()) == []

    command = str(refused.value).rpartition("jalankan sekali: ")[2]
    subprocess.run(command.split(), check=True)
    bring(place, two[1], known=True)
    assert pages(place / "wiki") == pages(two[1].site)


@pytest.mark.parametrize("told", [b"{", b"[]", b'{"files": {"../../x": ["", [0, 0, 0]]}}', b"\xff"])
def test_a_damaged_mark_is_refused_and_nothing_is_removed(two, place, told, no_links):
    bring(place, two[0])
    (place / MARK).write_bytes(told)

    with pytest.raises(Exception, match=r"\.pulih-wiki rusak"):
        bring(place, two[1])

    assert pages(place / "wiki") == pages(two[0].site)


@pytest.mark.parametrize("after", range(6))
def test_a_copy_that_was_stopped_anywhere_is_taken_up(two, place, after, kind):
    bring(place, two[0])
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    files = 4 if kind == "with links" else 3  # all of a new site, or those that change
    with pytest.raises(Ended) if after < files else open(os.devnull):  # noqa: PTH123 - stands for no refusal
        bring(place, two[1], stopped=stopped)
    bring(place, two[1])

    assert pages(place / "wiki") == pages(two[1].site)


@pytest.mark.slow
def test_a_reader_meets_no_half_site_while_it_is_changed(served, place):
    served.publish(kasus__1="kasus 2")
    bring(place, served)
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            site = (place / "wiki").resolve()
            try:
                shown = {name: (site / f"{name}.html").read_text() for name in ("index", "kasus/1")}
            except FileNotFoundError:
                continue  # two newer ones since: a browser asks for each page by the link
            if shown["index"].split()[1] != shown["kasus/1"].split()[1]:
                wrong.append(shown)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(3, 40):
        served.publish(kasus__1=f"kasus {number}")
        bring(place, served)
    done.set()
    reader.join()

    assert wrong == []


def test_without_links_no_page_is_missed_and_no_link_leads_nowhere(
    two, place, no_links, monkeypatch
):
    bring(place, two[0])
    order: list[str] = []
    replace, unlink = Path.replace, Path.unlink

    def noted_replace(self, target):
        order.append(f"+{Path(target).relative_to(place).as_posix()}")
        return replace(self, target)

    def noted_unlink(self, missing_ok=False):
        order.append(f"-{self.relative_to(place).as_posix()}")
        return unlink(self, missing_ok)

    monkeypatch.setattr(Path, "replace", noted_replace)
    monkeypatch.setattr(Path, "unlink", noted_unlink)
    bring(place, two[1])

    assert order == [
        f"+{MARK}",
        "+wiki/kasus/3.html",
        "+wiki/opd/rsud.html",
        "+wiki/index.html",
        "-wiki/kasus/2.html",
        f"+{MARK}",
    ]


def test_looking_through_a_place_mends_what_was_lost_there(two, place, kind):
    bring(place, two[0])
    (place / "wiki" / "kasus" / "1.html").unlink()
    (place / "wiki" / "opd" / "rsud.html").unlink()
    (place / "wiki" / "opd" / "rsud.html").write_text("rusa", encoding="utf-8")

    bring(place, two[0], check=True)

    assert pages(place / "wiki") == pages(two[0].site)


def test_a_stick_that_was_filled_elsewhere_goes_on_here(two, place, tmp_path, kind):
    bring(place, two[0])
    elsewhere = tmp_path / "lain"
    place.rename(elsewhere)

    bring(elsewhere, two[1])

    assert pages(elsewhere / "wiki") == pages(two[1].site)


@pytest.fixture
def large(tmp_path) -> Served:
    large = Served(tmp_path / "besar")
    large.publish(kasus__1="satu", kasus__4="x" * 400_000)
    return large


def test_a_full_disk_keeps_the_old_site_and_says_so(two, large, tmp_path, opened, kind):
    with disks.small_disk(tmp_path / "kecil", "200k") as small:
        places = opened(small)
        places.bring(two[0].site, wait=True)

        places.bring(large.site, wait=True)

        [state] = places.states(large.site)
        assert "disknya penuh" in str(state.why)
        assert state.waiting
        assert pages(small / "wiki") == pages(two[0].site)


def test_a_disk_that_cannot_be_written_is_named(two, place, opened):
    places = opened(place)
    with disks.read_only(place):
        places.bring(two[0].site, wait=True)

    assert "hanya dapat dibaca" in str(places.states(two[0].site)[0].why)


# ---- Several places ----


def test_a_place_that_fails_stops_no_other_and_is_tried_again_later(
    two, place, tmp_path, opened, clock
):
    absent = tmp_path / "belum"
    places = opened(absent, place)
    places.bring(two[0].site, wait=True)

    failed, well = places.states(two[0].site)
    assert (well.waiting, well.why, well.shown_at) == (False, None, clock())
    assert failed.waiting
    assert failed.shown_at is None
    assert failed.next_at == clock() + timedelta(seconds=15)

    absent.mkdir()
    places.bring(two[0].site, wait=True)  # too early
    assert places.states(two[0].site)[0].waiting

    clock.tick(seconds=15)
    places.bring(two[0].site, wait=True)
    assert [state.waiting for state in places.states(two[0].site)] == [False, False]


def test_a_failure_is_logged_only_where_its_sentence_does_not_say_all(
    two, place, tmp_path, opened, caplog
):
    places = opened(tmp_path / "belum", place)
    with disks.read_only(place):
        places.bring(two[0].site, wait=True)

    [said] = [record.getMessage() for record in caplog.records]
    assert said.startswith(f"{place}: [Errno ")


def test_a_place_that_fails_is_tried_less_and_less_often(two, tmp_path, opened, clock):
    places = opened(tmp_path / "belum")
    waits = []
    for _ in range(9):
        places.bring(two[0].site, wait=True)
        [state] = places.states(two[0].site)
        waits.append((state.next_at - clock()).total_seconds())
        clock.tick(seconds=waits[-1])

    assert waits == [15, 30, 60, 120, 300, 600, 900, 900, 900]


def test_whoever_asks_need_not_wait_for_the_next_try(two, tmp_path, opened):
    absent = tmp_path / "belum"
    places = opened(absent)
    places.bring(two[0].site, wait=True)
    absent.mkdir()

    places.bring(two[0].site, anyway=True, wait=True)

    assert not places.states(two[0].site)[0].waiting


def test_a_place_that_is_up_to_date_waits_again_when_the_site_changes(served, place, opened):
    places = opened(place)
    places.bring(served.site, wait=True)
    served.publish()

    assert places.states(served.site)[0].waiting


def test_how_a_place_stands_outlives_the_process(two, place, tmp_path, opened):
    opened(place, tmp_path / "belum").bring(two[0].site, wait=True)

    well, failed = opened(place, tmp_path / "belum").states(two[0].site)

    assert not well.waiting
    assert "Pasang disk" in str(failed.why)


def test_where_there_is_no_site_yet_nothing_is_carried(tmp_path, place, opened):
    places = opened(place)
    places.bring(tmp_path / "belum-terbit", wait=True)

    assert list(place.iterdir()) == []
    assert not places.states(tmp_path / "belum-terbit")[0].waiting


def test_a_site_that_is_published_again_meanwhile_is_copied_from_its_new_folder(
    served, place, opened, monkeypatch
):
    places = opened(place)
    first = served.site.resolve()
    put = FolderPlace.bring

    def overtaken(self, site, **asked):
        if site == first:
            served.publish(kasus__9="sembilan")
            shutil.rmtree(first)
        put(self, site, **asked)

    monkeypatch.setattr(FolderPlace, "bring", overtaken)
    places.bring(served.site, wait=True)

    assert pages(place / "wiki") == pages(served.site)
    assert not places.states(served.site)[0].waiting


def test_a_place_that_hangs_holds_up_nobody_and_is_not_begun_twice(
    two, place, tmp_path, opened, monkeypatch
):
    """As a share does whose server has gone without a word."""
    hung, let_go, begun = tmp_path / "share", threading.Event(), []
    put = FolderPlace.bring

    def hang(self, site, **asked):
        if self.name == str(hung):
            begun.append(site)
            let_go.wait(60)
        else:
            put(self, site, **asked)

    monkeypatch.setattr(FolderPlace, "bring", hang)
    places = opened(hung, place)
    for site in (two[0].site, two[1].site):
        places.bring(site)
        last = time.monotonic() + 20
        while places.states(site)[1].waiting:
            assert time.monotonic() < last
            places.bring(site)
            time.sleep(0.01)

    assert places.states(two[1].site)[0].under_way
    assert len(begun) == 1
    let_go.set()
    places.stop()
    assert not places.states(two[1].site)[0].under_way


def test_two_processes_are_not_at_one_place_at_once(two, place, tmp_path, opened):
    other = opened(place)
    with other._notes.turn(str(place)) as mine:
        assert mine
        opened(place).bring(two[0].site, wait=True)

        assert list(place.iterdir()) == []

    opened(place).bring(two[0].site, wait=True)
    assert pages(place / "wiki") == pages(two[0].site)


def test_being_told_to_stop_leaves_a_copy_that_is_taken_up(two, place, opened, monkeypatch):
    places = opened(place)
    places.stop()
    places.bring(two[0].site, wait=True)
    [state] = places.states(two[0].site)
    assert (state.waiting, state.why) == (True, None)

    opened(place).bring(two[0].site, wait=True)
    assert pages(place / "wiki") == pages(two[0].site)


def test_a_note_that_cannot_be_read_is_no_note(two, place, tmp_path, opened):
    opened(place).bring(two[0].site, wait=True)
    for note in (tmp_path / "catatan").glob("*.json"):
        note.write_bytes(b'{"shown": [1')

    places = opened(place)
    assert places.states(two[0].site)[0].shown_at is None
    places.bring(two[0].site, wait=True)
    assert not places.states(two[0].site)[0].waiting
