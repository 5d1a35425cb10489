"""The database is not there, not ours, or goes away: a sentence and an exit code, and nobody loses what they typed."""

from __future__ import annotations

import html
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request

import cluster as clusters
import offices
import psycopg
import pytest
from commands import WORDS, pulih, refused, served
from ports import closed_port

from pulih.bootstrap import open_office
from pulih.cli import new_office
from pulih.config import read_settings
from pulih.jobs import Collected

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL server that asks `tamu` for a password, and may be stopped."""
    with clusters.cluster() as running:
        rules = running.folder / "data" / "pg_hba.conf"
        asked = "host all tamu 127.0.0.1/32 scram-sha-256\n"
        rules.write_text(asked + rules.read_text(encoding="utf-8"), encoding="utf-8")
        with psycopg.connect(running.url(), autocommit=True) as link:
            link.execute("CREATE ROLE tamu LOGIN PASSWORD 'rahasia'")
            link.execute("CREATE ROLE magang LOGIN")
            link.execute("SELECT pg_reload_conf()")
        yield running


@pytest.fixture
def empty(server):
    """The address of an empty database of that server."""
    with server.database() as url:
        yield url


@pytest.fixture
def folder(tmp_path):
    """An office that has settings and nothing else yet."""
    new_office(tmp_path / "kantor")
    return tmp_path / "kantor"


def run(url, *statements):
    with psycopg.connect(url, autocommit=True) as link:
        for statement in statements:
            link.execute(statement)


def test_every_command_says_where_nobody_answers(folder):
    with closed_port() as port:
        url = f"postgresql://pulih@127.0.0.1:{port}/kantor"
        for name in WORDS:
            done = pulih(folder, name, PULIH_DATABASE=url)
            refused(done, "tidak dapat dihubungi", "Periksa server basis data")


def test_a_database_that_does_not_exist_is_to_be_made_first(folder, server):
    done = pulih(folder, "serve", PULIH_DATABASE=server.url("kantor_lain"))

    refused(done, "kantor_lain", "tidak ada", "Buat dahulu")


@pytest.mark.parametrize("secret", ["", ":salah"], ids=["none", "a wrong one"])
def test_a_password_that_does_not_fit_is_not_repeated(folder, empty, secret):
    url = empty.replace("//pulih@", f"//tamu{secret}@")

    done = pulih(folder, "serve", PULIH_DATABASE=url)

    refused(done, "menolak nama pengguna atau kata sandinya", "Periksa setelan")
    assert "salah" not in done.stderr


def test_an_account_that_may_make_no_tables_is_told_so(folder, empty):
    done = pulih(folder, "serve", PULIH_DATABASE=empty.replace("//pulih@", "//magang@"))

    refused(done, "tidak berhak", "Beri hak")


def test_another_programs_database_is_left_alone(folder, empty):
    run(empty, "CREATE TABLE tickets (seat text)")

    refused(
        pulih(folder, "serve", PULIH_DATABASE=empty), "tabel program lain (tickets)", "Buat basis"
    )

    with psycopg.connect(empty) as link:
        tables = link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == [("tickets",)]


def test_a_database_that_may_only_be_read_is_one_sentence(folder, empty):
    name = empty.rpartition("/")[2]
    run(empty, f"ALTER DATABASE {name} SET default_transaction_read_only = on")

    refused(pulih(folder, "serve", PULIH_DATABASE=empty), "hanya dapat dibaca", "setelan database")


def test_what_is_no_address_of_a_database_is_a_wrong_setting(folder):
    done = pulih(folder, "serve", PULIH_DATABASE="mysql://pulih@127.0.0.1/kantor")

    assert done.returncode == 65
    assert "PULIH_DATABASE: Isi alamat basis data" in done.stderr
    assert "postgresql://" in done.stderr
    assert "Traceback" not in done.stderr


class Visitor:
    """Somebody without a browser, who follows no redirect."""

    def __init__(self, url: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar, Stay)

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=60) as answer:
            return answer.read().decode()

    def post(self, path: str, fields) -> tuple[int, str]:
        data = urllib.parse.urlencode(fields, doseq=True).encode()
        try:
            with self.opener.open(self.url + path, data, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def token(self, path: str) -> str:
        return re.search(r'name="csrf_token" value="([^"]+)"', self.get(path))[1]


class Stay(urllib.request.HTTPRedirectHandler):
    """Goes nowhere."""

    def redirect_request(self, *_args):
        return None


TYPED = "Sudah saya cek dari panel sampai ujung kabel, redaman 31 dB di ruas kedua."


def carried(page, path):
    """Return what the form carries that a page offers for sending again."""
    form = page.split(f'action="{path}"')[1].split("</form>")[0]
    pairs = re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', form)
    pairs += re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(html.unescape(value))
    return fields


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_server_that_goes_away_in_the_middle_of_a_step_costs_nobody_what_they_typed(
    tmp_path, server, empty, cast, facts_for, end
):
    folder = tmp_path / "kantor"
    office = offices.found(folder, cast, database=empty)
    number = offices.bring(office, cast, facts_for, "remote-repair")
    office.close()
    path = f"/tiket/{number}/langkah/remote-repair"
    fields = {
        "stage": "remote-repair",
        "done": TYPED,
        "outcome": "fixed",
        "form_page": f"/tiket/{number}",
    }

    with served(folder) as (url, said):
        rina = Visitor(url)
        signed = {"username": "rina", "password": offices.PASSWORD}
        token = rina.token("/masuk")
        assert rina.post("/masuk", {**signed, "csrf_token": token})[0] == 303
        page = rina.get(f"/tiket/{number}")
        seen = re.search(r'name="seen" value="(\d+)"', page)[1]
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

        getattr(server, end)()
        try:
            status, page = rina.post(path, {**fields, "seen": seen, "csrf_token": token})
        finally:
            server.start()

        assert status == 503
        assert TYPED in page
        assert "Coba lagi" in page
        assert "Kirim lagi" in page
        again = carried(page, path)
        assert rina.post(path, again)[0] == 303
        assert rina.post(path, again)[0] in (403, 409)
        assert "Exception on" not in said.read_text(encoding="utf-8")

    office = open_office(read_settings(folder, {}), jobs=Collected())
    history = office.tickets.show(cast.admin, number).ticket.history
    assert [entry.facts.get("done") for entry in history].count(TYPED) == 1
    assert history[-1].stage == "remote-repair"
    office.close()
