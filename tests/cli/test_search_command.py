"""`pulih search`: the office's search from a terminal, for people and for programs."""

from __future__ import annotations

import json

import offices
import pytest
from click.testing import CliRunner

from pulih.bootstrap import open_office
from pulih.cli import main
from pulih.config import read_settings
from pulih.jobs import Collected

pytestmark = pytest.mark.slow
NOTHING, NO_OFFICE, MISUSED = 1, 66, 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory, cast):
    folder = tmp_path_factory.mktemp("kantor") / "kantor"
    offices.found(folder, cast).close()
    return folder


@pytest.fixture(scope="module")
def case(folder, cast, facts_for):
    """A case of the office, and an open ticket beside it."""
    office = open_office(read_settings(folder, {}), jobs=Collected())
    number = offices.bring(office, cast, facts_for, "")
    letter = facts_for("letter", letter_number="9/A", subject="Loket perekaman lambat")
    office.tickets.register(cast.contact, letter)
    office.close()
    return number


@pytest.fixture
def run(folder, case):
    def run(*words: str, stdin: str | bytes = "", lang: str = "id_ID.UTF-8"):
        return CliRunner(env={"LC_ALL": lang}).invoke(
            main, ["search", "--office", str(folder), *words], input=stdin
        )

    return run


def test_a_case_is_found_with_why_and_what_helped_within_eighty_columns(run, case):
    done = run("switch", "hangus")

    assert done.exit_code == 0, done.output
    assert case in done.output
    for said in ("1 kasus cocok.", "Mengapa:", "(sinonim)", "Penyebab:", "Tindakan:"):
        assert said in done.output, said
    assert max(map(len, done.output.splitlines())) <= 80


def test_an_open_ticket_stands_apart(run):
    assert "Sedang ditangani:" in run("loket", "perekaman", "lambat").output


def test_where_nothing_fits_the_code_says_so(run):
    done = run("qwrtzpsdf")

    assert (done.exit_code, done.output.splitlines()[0]) == (NOTHING, "0 kasus cocok.")


def test_words_are_read_from_another_program_whatever_they_are(run, case):
    assert case in run("-", stdin="switch\nhangus\n").output
    for odd in (b"\xff\xfe\x00", b"", b"x" * 1_000_000, "'; DROP TABLE tickets; --", "📶 loket"):
        assert run("-", stdin=odd).exit_code in (0, NOTHING)


def test_programs_get_one_object_that_says_the_same(run, case):
    done = run("--json", "--limit", "1", "switch hangus")

    told = json.loads(done.output)
    assert [one["number"] for one in told["matches"]] == [case]
    assert told["matches"][0]["reasons"]
    assert told["facets"]["year"][0]["count"] == 1
    assert run("--json", "qwrtzpsdf").exit_code == NOTHING


@pytest.mark.parametrize(
    ("option", "value", "other"),
    [
        ("--agency", "dukcapil", "dikbud"),
        ("--fault-type", "perangkat-rusak", "dns"),
        ("--device-kind", "switch", "router"),
    ],
)
def test_a_filter_leaves_what_fits_it(run, case, option, value, other):
    assert case in run(option, value, "loket").output
    done = run(option, other, "loket")
    assert done.exit_code == NOTHING
    assert done.output.startswith("0 kasus cocok.")


def test_a_year_is_a_year(run, case):
    assert case in run("--year", case[:4], "loket").output
    assert run("--year", "1999", "loket").exit_code == NOTHING
    assert run("--year", "x", "loket").exit_code == MISUSED
    assert run("--limit", "0", "loket").exit_code == MISUSED


def test_searching_changes_nothing(run, folder):
    def kept():
        return {
            file: file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file() and file.name == "pulih.db"
        }

    before = kept()
    run("telepon bisu")
    assert kept() == before


def test_a_folder_without_an_office_is_refused_with_a_sentence(tmp_path):
    done = CliRunner(env={"LC_ALL": "id_ID.UTF-8"}).invoke(
        main, ["search", "--office", str(tmp_path), "loket"]
    )

    assert done.exit_code == NO_OFFICE
    assert "belum ada kantor" in done.output
    assert list(tmp_path.iterdir()) == []
