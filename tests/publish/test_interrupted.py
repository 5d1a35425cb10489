"""Publishing that is killed, runs out of room, or is read from meanwhile."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from disks import fill, small_disk
from editions import edition
from flask import Flask

from pulih.errors import Unavailable
from pulih.publish import addresses, trees
from pulih.publish import files as files_module
from pulih.publish.site import SitePublisher

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
MANY = 40  # deeds on the disk that one publishing takes at least
PROCESS = Path(__file__).with_name("publishing_process.py")


def content(site: Path) -> dict[str, bytes]:
    """Return what a reader may get of the site that is served."""
    site = site.resolve()
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def published(office: Path, cases, tmp_path: Path, at: int) -> subprocess.CompletedProcess[str]:
    """Publish in a process that is killed at its n-th deed."""
    told = tmp_path / "cases"
    told.write_bytes(pickle.dumps(cases))
    return subprocess.run(
        [sys.executable, str(PROCESS), str(office), str(told), str(at)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def two(publisher, archive) -> list[tuple[list, dict[str, bytes]]]:
    """Two states of an archive, and the site of each; the second is published."""
    made = []
    for cases in (archive[:6], archive[2:9]):
        publisher.publish(edition(cases))
        made.append((cases, content(publisher.site)))
    return made


def test_killed_at_any_moment_the_site_is_the_old_one_or_the_new_one(
    office, publisher, two, tmp_path
):
    sites = [site for _cases, site in two]
    shown, at, outcomes = 1, 1, set()
    while True:
        wanted = 1 - shown
        done = published(office, two[wanted][0], tmp_path, at)
        assert content(publisher.site) in sites, f"killed at {at}"
        shown = sites.index(content(publisher.site))
        outcomes.add(shown == wanted)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        at += 1 + at // 12
    assert outcomes == {True, False}
    assert at > MANY

    publisher.publish(edition(two[0][0]))
    assert content(publisher.site) == sites[0]
    builds = [path.name for path in (publisher.site.parent / "builds").iterdir()]
    assert not [name for name in builds if name.startswith(".")]


def test_killed_while_it_is_built_from_the_start_the_old_site_stays(
    office, publisher, two, tmp_path
):
    for at in (1, 3, 5, 8, 12, 18, 30, 60, 90, 150):
        for note in publisher.site.parent.glob("contents-*.json"):
            note.unlink()
        published(office, two[at % 2][0], tmp_path, at)
        assert content(publisher.site) in [site for _cases, site in two], f"killed at {at}"

    publisher.publish(edition(two[0][0]))
    assert content(publisher.site) == two[0][1]


def test_several_processes_publish_at_once_and_the_site_is_that_of_one(
    office, publisher, two, tmp_path
):
    threads = [
        threading.Thread(target=published, args=(office, cases, tmp_path / str(n), 0))
        for n, (cases, _site) in enumerate(two * 2)
    ]
    for n, thread in enumerate(threads):
        (tmp_path / str(n)).mkdir()
        thread.start()
    for thread in threads:
        thread.join()

    assert content(publisher.site) in [site for _cases, site in two]


def test_a_full_disk_leaves_the_old_site_and_room_mends_it(tmp_path, archive):
    with small_disk(tmp_path / "disk", "30m") as disk:
        root = Path(__file__).resolve().parents[2]
        shutil.copytree(root / "wiki", disk / "wiki")
        shutil.copy(root / "mkdocs.yml", disk)
        publisher = SitePublisher(disk, disk / "data" / "site")
        publisher.publish(edition(archive[:5]), "old")
        before = content(publisher.site)
        ballast = fill(disk)

        with pytest.raises(Unavailable, match="Halaman lama tetap tampil"):
            publisher.publish(edition(archive[:9]), "new")
        assert (content(publisher.site), publisher.stamp) == (before, "old")

        ballast.unlink()
        publisher.publish(edition(archive[:9]), "new")
        assert publisher.stamp == "new"
        assert all(publisher.has(case) for case in archive[:9])


@pytest.mark.parametrize("at", range(1, 25, 3))
def test_a_disk_that_fills_up_on_the_way_leaves_the_old_site(publisher, two, monkeypatch, at):
    left, write = at, files_module.write

    def full(file: Path, told: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(file, told)

    with monkeypatch.context() as patch:
        for module in ("files", "making", "change", "trees", "site"):
            patch.setattr(f"pulih.publish.{module}.write", full)
        try:
            publisher.publish(edition(two[0][0]))
        except Unavailable as error:
            assert "No space left" in str(error)  # noqa: PT017 - it may also fit
    assert content(publisher.site) in [site for _cases, site in two]

    publisher.publish(edition(two[0][0]))
    assert content(publisher.site) == two[0][1]


def test_a_site_is_on_disk_before_it_is_served(publisher, archive, monkeypatch):
    publisher.publish(edition(archive[:2]))
    done = []
    force_each, force_names = trees.force_each, trees.force_names
    page = Path(addresses.case(archive[2].number, archive[2].year))

    def forced(names):
        names = list(names)
        told = [name.as_posix() for name in names]
        assert any(name.endswith(f"/wiki/{page}") for name in told)
        assert any(name.endswith(f"/{page.with_suffix('')}/index.html") for name in told)
        done.append(("files", publisher.site.resolve().name))
        force_each(names)

    def forced_names(folder):
        done.append(("names", publisher.site.resolve().name))
        force_names(folder)

    monkeypatch.setattr(trees, "force_each", forced)
    monkeypatch.setattr(trees, "force_names", forced_names)
    before = publisher.site.resolve().name
    publisher.publish(edition(archive[:3]))

    assert done == [("files", before), ("names", publisher.site.resolve().name)]
    assert before != publisher.site.resolve().name


def test_a_disk_that_does_not_take_the_site_leaves_the_old_one(publisher, two, monkeypatch):
    before = content(publisher.site)

    def refuse(_folder):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(trees, "force_each", refuse)
        patch.setattr(trees, "force", refuse)
        with pytest.raises(Unavailable, match="Halaman lama tetap tampil"):
            publisher.publish(edition(two[0][0]))
    assert content(publisher.site) == before

    publisher.publish(edition(two[0][0]))
    assert content(publisher.site) == two[0][1]


# ---- Readers ----------------------------------------------------------------------------------


class Reader(threading.Thread):
    """Fetches the same pages again and again, as a browser would, until it is told to stop."""

    def __init__(self, app: Flask, pages: list[str]) -> None:
        super().__init__()
        self._app, self._pages = app, pages
        self.end, self.read, self.wrong = threading.Event(), 0, []

    def run(self) -> None:
        client = self._app.test_client()
        while not self.end.is_set():
            for page in self._pages:
                answer = client.get(f"/wiki/{page}")
                told, length = answer.get_data(), answer.content_length
                whole = not page.endswith("/") or told.rstrip().endswith(b"</html>")
                if answer.status_code != 200 or len(told) != length or not whole:
                    self.wrong.append((page, answer.status_code, length, len(told)))
                answer.close()
                self.read += 1
                time.sleep(0.005)  # another reader, or the publisher, comes first


def test_who_reads_while_two_hundred_are_published_meets_no_gap_and_no_half_page(
    publisher, make, monkeypatch
):
    from types import SimpleNamespace  # noqa: PLC0415 - only here

    from pulih.web import site  # noqa: PLC0415 - the desk's way to the wiki

    app = Flask(__name__)
    site.init_app(app)
    tools = SimpleNamespace(publisher=publisher)
    monkeypatch.setattr(site, "office", lambda: SimpleNamespace(tools=tools))
    publisher.publish(edition([make(1)]))
    pages = ["", "kasus/", "kasus/2026/2026-0001/", "kasus/2026/", "umpan/kasus.xml"]
    readers = [Reader(app, pages) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for n in range(5, 202, 4):
            publisher.publish(edition([make(k) for k in range(1, n + 1)]))
    finally:
        for reader in readers:
            reader.end.set()
            reader.join()

    assert [reader.wrong for reader in readers] == [[], []]
    assert sum(reader.read for reader in readers) > 400
    assert publisher.has(make(201))
