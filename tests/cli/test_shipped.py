"""What comes with Pulih in an office's folder, when the office is new and when Pulih is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import pulih

from pulih.cli.office import new_office

pytestmark = pytest.mark.slow


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "kantor"
    new_office(folder, name="Diskominfo Contoh")
    return folder


def test_a_new_office_is_built_by_plain_mkdocs_without_a_warning(office, tmp_path):
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-q",
        "-d",
        str(tmp_path / "site"),
    ]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}

    subprocess.run(command, cwd=office, env=environment, check=True, timeout=60)

    assert (tmp_path / "site/cari/index.html").is_file()


def test_an_office_that_has_all_of_it_is_left_as_it_is(office):
    before = {file: file.read_bytes() for file in office.rglob("*") if file.is_file()}

    done = pulih(office, "write-wiki")

    assert (done.returncode, done.stdout) == (0, "Berkas wiki kantor ini sudah yang terbaru.\n")
    assert {file: file.read_bytes() for file in office.rglob("*") if file.is_file()} == before


def test_what_is_older_is_replaced_and_put_aside(office):
    (office / "wiki/assets/pulih.css").write_text("body { color: teal }")
    (office / "wiki/assets/cari.js").unlink()
    (office / "wiki/panduan/wifi.md").write_text("# Wifi kantor kami\n")

    done = pulih(office, "write-wiki")

    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == ["wiki/assets/cari.js", "wiki/assets/pulih.css"]
    (aside,) = (office / "data/aside").iterdir()
    assert (aside / "wiki/assets/pulih.css").read_text() == "body { color: teal }"
    assert ".pulih-jejak" in (office / "wiki/assets/pulih.css").read_text()
    assert (office / "wiki/assets/cari.js").is_file()
    assert (office / "wiki/panduan/wifi.md").read_text() == "# Wifi kantor kami\n"


def test_the_dictionary_is_brought_to_an_office_that_lacks_it(office):
    (office / "wiki/kamus.md").unlink()

    done = pulih(office, "write-wiki")

    assert done.stdout.splitlines()[0] == "wiki/kamus.md"
    assert "- lambat = " in (office / "wiki/kamus.md").read_text(encoding="utf-8")


def test_a_dictionary_that_the_office_changed_is_never_replaced(office):
    own = "# Kamus\n\n- lambat = siput\n"
    (office / "wiki/kamus.md").write_text(own, encoding="utf-8")

    done = pulih(office, "write-wiki")

    assert (office / "wiki/kamus.md").read_text(encoding="utf-8") == own
    assert "wiki/kamus.md kantor ini tidak diganti." in done.stdout
    shown = done.stdout.splitlines()[0].rpartition(": ")[2]
    assert "- lambat = " in Path(shown).read_text(encoding="utf-8")
    assert not (office / "data/aside").exists()


def test_generated_pages_are_left_to_the_publishing(office):
    start = office / "wiki/index.md"
    start.write_text('---\npulih: generated\ntitle: "Beranda"\n---\n# Penuh kasus\n')
    (office / "wiki/kasus/index.md").unlink()

    pulih(office, "write-wiki")

    assert start.read_text().endswith("# Penuh kasus\n")
    assert not (office / "wiki/kasus/index.md").exists()


def test_the_offices_name_stays_in_the_footer(office):
    (office / "mkdocs.yml").write_text("site_name: lama\n")

    pulih(office, "write-wiki")

    assert 'copyright: "Diskominfo Contoh ·' in (office / "mkdocs.yml").read_text()


def test_a_folder_without_an_office_is_refused(tmp_path):
    done = pulih(tmp_path, "write-wiki")

    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
