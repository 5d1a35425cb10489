"""`plugins: - pulih`: plain MkDocs shows the cases of an office, whoever works there meanwhile."""

from __future__ import annotations

import filecmp
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest
import servers
from ports import free_port

pytestmark = pytest.mark.slow


def differing(one: Path, other: Path) -> list[str]:
    """Return the files that are not the same in two sites, or only in one."""
    names = {p.relative_to(f).as_posix() for f in (one, other) for p in f.rglob("*") if p.is_file()}
    _, wrong, missing = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return sorted({*wrong, *missing})


def told(done: subprocess.CompletedProcess[str]) -> str:
    """Return what MkDocs said when it refused; never a traceback."""
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr + done.stdout, done
    return done.stderr + done.stdout


def test_a_build_in_any_checkout_is_the_published_site_byte_for_byte(desk, built, tmp_path):
    into = tmp_path / "situs"
    done = built(desk.folder, into, SOURCE_DATE_EPOCH=desk.moment)

    assert done.returncode == 0, done.stderr
    assert differing(into, desk.site.resolve()) == [
        "404.html"
    ]  # which the desk has one of its own for


def test_nothing_is_written_into_the_checkout_or_the_office(desk, built, checkout, tmp_path):
    def state(folder: Path) -> dict[str, int]:
        return {
            str(p): p.stat().st_mtime_ns
            for p in folder.rglob("*")
            if p.is_file() and not p.name.endswith(("-shm", "-wal"))  # SQLite's own
        }

    built(desk.folder, tmp_path / "situs")
    before = state(checkout), state(desk.folder)
    assert built(desk.folder, tmp_path / "situs").returncode == 0

    assert (state(checkout).keys(), state(desk.folder)) == (before[0].keys(), before[1])


def test_a_build_shows_what_was_closed_since_and_does_not_wait_for_whoever_writes(
    desk, built, tmp_path, page_of
):
    number = desk.close_one()
    with desk.office.tools.store.writing():
        done = built(desk.folder, tmp_path / "situs")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "situs" / page_of(number)).is_file()
    assert not (desk.site / page_of(number)).exists()


def test_pages_of_another_office_that_lie_there_give_way(desk, built, checkout, tmp_path, page_of):
    page = checkout / "wiki" / "kasus" / "2019" / "0001.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\npulih: generated\n---\n# Kantor lain\n", encoding="utf-8")
    (checkout / "wiki" / "panduan" / "sendiri.md").write_text(
        "# Tulisan sendiri\n", encoding="utf-8"
    )
    config = checkout / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("/developer/decisions/", "/developer/decisions/\n  sendiri.md"),
        encoding="utf-8",
    )  # fmt: skip
    done = built(desk.folder, tmp_path / "situs")

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "situs" / "kasus" / "2019" / "0001" / "index.html").exists()
    assert (tmp_path / "situs" / "panduan" / "sendiri" / "index.html").exists()
    assert (tmp_path / "situs" / page_of("2026-0001")).exists()


def test_the_office_may_be_named_by_a_variable_or_be_the_folder_itself(desk, checkout, tmp_path):
    here = (desk.folder / "mkdocs.yml").read_text(encoding="utf-8")
    for folder, office in ((checkout, str(desk.folder)), (desk.folder, "")):
        text = here.replace("plugins: []", "plugins: [pulih]")
        assert text != here
        (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "situs")],
            cwd=folder, check=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PULIH_OFFICE": office},
        )  # fmt: skip
        assert (tmp_path / "situs" / "kasus" / "2026").is_dir()


def test_in_the_publishers_own_build_the_plugin_leaves_everything_to_the_publisher(desk, page_of):
    config = desk.folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for plugins in (
        "[pulih]",
        "[pulih, tags]",
    ):  # the second is one that MkDocs itself has to build
        config.write_text(text.replace("plugins: []", f"plugins: {plugins}"), encoding="utf-8")
        number = desk.close_one()
        desk.office.cases.publish_due()

        assert (desk.site / page_of(number)).is_file()


def test_an_office_that_is_not_there_is_said_in_a_sentence(built, tmp_path):
    said = told(built(tmp_path / "belum", tmp_path / "situs"))

    assert "belum ada kantor" in said


def test_an_office_without_records_gets_none(built, tmp_path, desk):
    empty = tmp_path / "kosong"
    empty.mkdir()
    (empty / "pulih.toml").write_bytes((desk.folder / "pulih.toml").read_bytes())

    assert "belum ada catatan kantor" in told(built(empty, tmp_path / "situs"))
    assert [path.name for path in empty.iterdir()] == ["pulih.toml"]


@pytest.mark.parametrize("how", ["no store", "older", "newer", "setting"])
def test_an_office_that_cannot_be_read_is_said_in_a_sentence(built, desk, tmp_path, how):
    desk.office.close()
    file = desk.folder / "data" / "pulih.db"
    match how:
        case "no store":
            file.write_bytes(b"bukan basis data" * 999)
        case "setting":
            (desk.folder / "pulih.toml").write_text("port = 'x'\n", encoding="utf-8")
        case _:
            connection = sqlite3.connect(file)
            version = 1 if how == "older" else 99
            connection.execute(f"PRAGMA user_version = {version}")
            connection.close()
            said = told(built(desk.folder, tmp_path / "situs"))
            assert ("lebih lama" if how == "older" else "lebih baru") in said
            connection = sqlite3.connect(file)
            assert connection.execute("PRAGMA user_version").fetchone() == (version,)
            connection.close()
            return
    assert re.search("pulih: .*[.]", told(built(desk.folder, tmp_path / "situs")))


@pytest.mark.postgres
def test_an_office_in_postgresql_is_read_too(desk_in_postgres, built, tmp_path, page_of):
    number = desk_in_postgres.close_one()
    done = built(desk_in_postgres.folder, tmp_path / "situs")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "situs" / page_of(number)).is_file()


@pytest.mark.postgres
def test_nothing_is_made_in_an_empty_database(database, desk, built, tmp_path):
    (desk.folder / "data" / "pulih.db").unlink()
    said = told(built(desk.folder, tmp_path / "situs", PULIH_DATABASE=database))

    assert "belum ada catatan kantor" in said
    with psycopg.connect(database) as connection:
        tables = connection.execute("select 1 from pg_tables where schemaname = 'public'")
        assert tables.fetchall() == []


def test_mkdocs_serve_shows_a_case_that_is_closed_meanwhile(desk, checkout, page_of):
    port = free_port()
    (checkout / "cases.yml").write_text(
        f"INHERIT: mkdocs.yml\nplugins:\n  - pulih:\n      office: {desk.folder}\n",
        encoding="utf-8",
    )
    words = [sys.executable, "-m", "mkdocs", "serve", "-f", "cases.yml", "-a", f"127.0.0.1:{port}"]
    environ = {"NO_MKDOCS_2_WARNING": "1"}
    with servers.running(words, port, checkout.parent / "log", cwd=checkout, env=environ):
        number = desk.close_one()
        url = f"http://127.0.0.1:{port}/{page_of(number).removesuffix('index.html')}"
        last = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(url, timeout=5) as answer:
                    assert b"Putus ke-3" in answer.read()
                break
            except OSError:
                assert time.monotonic() < last, (checkout.parent / "log").read_text()
                time.sleep(0.2)
