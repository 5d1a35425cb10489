"""`pulih publish`: the wiki, its copies in other places, and how both stand, in words and in codes."""

from __future__ import annotations

import subprocess
import time

import commands
import offices
import pytest
from click.testing import CliRunner

from pulih.cli import main

pytestmark = pytest.mark.slow


@pytest.fixture
def place(tmp_path):
    return tmp_path / "usb"


@pytest.fixture
def folder(tmp_path, cast, place):
    folder = tmp_path / "kantor"
    offices.found(folder, cast, wiki_places=[str(place)]).close()
    return folder


@pytest.fixture
def run(folder):
    def run(*words: str):
        return CliRunner(env={"LC_ALL": "id_ID.UTF-8"}).invoke(
            main, ["publish", "--office", str(folder), *words]
        )

    return run


def test_a_place_that_fails_is_told_by_words_and_code_and_the_wiki_is_published_all_the_same(
    run, folder, place
):
    done = run("--all")

    assert done.exit_code == commands.UNAVAILABLE, done.output
    assert f"Gagal ke {place}: Folder {place} tidak ada." in done.output
    assert (folder / "data" / "site" / "current" / "index.html").is_file()

    place.mkdir()
    done = run()
    assert done.exit_code == 0, done.output
    assert f"Di {place} sejak" in done.output
    assert (place / "wiki" / "index.html").is_file()


def test_how_things_stand_is_told_without_doing_anything(run, place):
    place.mkdir()
    done = run("--state")

    assert done.exit_code == 0, done.output
    assert "Kasus di wiki: 0" in done.output
    assert f"Belum pernah disalin ke {place}" in done.output
    assert list(place.iterdir()) == []


def test_a_service_carries_its_wiki_to_a_place_by_itself(folder, place):
    place.mkdir()
    with commands.served(folder):
        last = time.monotonic() + 60
        while not (place / "wiki" / "index.html").is_file():
            assert time.monotonic() < last
            time.sleep(0.2)
    site = folder / "data" / "site" / "current"
    done = subprocess.run(
        ["diff", "-r", f"{site}/", f"{place}/wiki/"], check=False, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (0, "")
