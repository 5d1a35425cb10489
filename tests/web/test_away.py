"""What people see, and the log, while the records or the attachments cannot be reached."""

from __future__ import annotations

import html
import logging
import re
import threading
from dataclasses import replace

import cluster as clusters
import pytest

from pulih.domain import sop
from pulih.errors import FilesAway, StoreAway, StoreClosed, StoreFull, Uncertain
from pulih.store import open_postgres
from pulih.web import health
from pulih.web.app import create_app
from pulih.wording import sentence

pytestmark = pytest.mark.slow  # as a whole

TECHNICAL = sentence("Basis data {place} penuh. Jalankan pulih move-store.", place="db.kantor:5432")
DEVICE = {"kind": "switch", "agency": "dukcapil", "name": "switch", "id": "", "address": "10.0.0.9"}


@pytest.fixture
def log(caplog):
    """The lines that the log has got, with whether each has a traceback."""
    caplog.set_level(logging.WARNING)
    return lambda: [(line.getMessage(), bool(line.exc_info)) for line in caplog.records]


@pytest.fixture
def fails(office, monkeypatch):
    """Make a part of the store or the attachments' place fail with an error, from now on."""

    def fail(error: Exception, *names: str, of: object = office.tools.store) -> None:
        def gone(*_args, **_kwargs):
            raise error

        for name in names:
            monkeypatch.setattr(type(of), name, gone)

    return fail


def away(fails):
    fails(StoreAway(TECHNICAL), "reading", "writing")


def typed_on(page: str) -> dict[str, str]:
    """Return what a page shows as typed: label -> text."""
    rows = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", page, re.DOTALL)
    return {html.unescape(label): re.sub("<[^>]+>", "", text) for label, text in rows}


@pytest.mark.postgres
@pytest.mark.slow
def test_a_demo_office_says_so_on_every_page_when_its_database_is_stopped(office, log):
    with clusters.cluster() as server, server.database() as url:
        tools = replace(office.tools, store=open_postgres(url))
        demo = replace(office.accounts, tools=tools)
        office = replace(
            office, settings=replace(office.settings, demo=True), accounts=demo, tools=tools
        )
        client = create_app(office).test_client()
        assert client.get("/masuk").status_code == 200
        assert client.get("/siap").status_code == 200
        server.stop()
        for path in ("/masuk", "/", "/kasus/", "/tiket/"):
            before = len(log())
            answer = client.get(path, follow_redirects=True)

            assert answer.status_code == 503
            assert answer.headers["Retry-After"] == "30"
            assert "Sedang tidak tersedia" in answer.text
            assert "Meja sedang tidak dapat membaca" in answer.text
            assert "127.0.0.1" not in answer.text
            assert len(log()) == before + 1
        assert all("GET /masuk: Basis data" in text and not trace for text, trace in log())
        assert client.get("/sehat").status_code == 200
        assert client.get("/siap").status_code == 503
        assert client.get("/siap").text == "catatan tidak dapat dibaca"
        server.start()
        assert client.get("/siap").status_code == 200
        tools.store.close()
    assert [text for text, _trace in log()][-1] == "the records are read again"


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (StoreAway, "tidak dapat membaca atau menyimpan catatan"),
        (StoreFull, "penuh"),
        (StoreClosed, "sedang dipindahkan atau diisi"),
        (Uncertain, "Mungkin sudah tersimpan"),
    ],
)
def test_people_are_told_plainly_and_an_administrator_technically(
    client_of, fails, form_of, log, kind, plain
):
    dewi, admin = client_of("dewi"), client_of("admin")
    sent = {**form_of("letter"), "form_page": "/surat/baru", "csrf_token": dewi.token()}
    device = {**DEVICE, "form_page": "/perangkat/baru", "csrf_token": admin.token()}
    fails(kind(TECHNICAL), "writing")

    to_people = dewi.client.post("/surat/baru", data=sent)
    to_admin = admin.client.post("/perangkat/baru", data=device)

    assert to_people.status_code == to_admin.status_code == 503
    assert plain in to_people.text
    assert "Senin 2 Maret 2026 08.00" in to_people.text
    assert "db.kantor" not in to_people.text
    assert "Untuk administrator: Basis data db.kantor:5432 penuh." in to_admin.text
    assert ("Belum tersimpan." in to_people.text) is (kind is not Uncertain)
    assert log() == [
        (f"POST /surat/baru: {TECHNICAL}", False),
        (f"POST /perangkat/baru: {TECHNICAL}", False),
    ]


def test_an_administrator_who_cannot_be_known_is_told_plainly(client_of, fails):
    admin = client_of("admin")
    away(fails)

    assert "db.kantor" not in admin.get("/orang").text


def test_what_was_typed_stands_under_the_words_of_its_form(client_of, fails, form_of):
    dewi = client_of("dewi")
    fields = form_of("letter", since="2026-02-27T08:15", on="2026-02-28T10:00")
    sent = {**fields, "form_page": "/surat/baru", "csrf_token": dewi.token()}
    away(fails)

    said = typed_on(dewi.client.post("/surat/baru", data=sent).text)
    dewi.client.set_cookie("language", "en")
    in_english = typed_on(dewi.client.post("/surat/baru", data=sent).text)

    assert said["Nomor surat"] == "005/114/DUKCAPIL/2026"
    assert said["Tanggal surat"] == "27 Februari 2026"
    assert said["Terganggu sejak"] == "Jum 27 Feb 2026 08.15"
    assert said["Dikerjakan pada"] == "Sab 28 Feb 2026 10.00"
    assert in_english["Letter number"] == "005/114/DUKCAPIL/2026"
    assert not {"letter_number", "agency", "since"} & {*said, *in_english}


@pytest.mark.parametrize("wrong", ["kemarin", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_moment_that_is_none_is_shown_as_it_was_typed(client_of, fails, form_of, wrong):
    dewi = client_of("dewi")
    sent = form_of("letter", since=wrong, letter_date=wrong)
    sent |= {"form_page": "/surat/baru", "csrf_token": dewi.token()}
    away(fails)

    answer = dewi.client.post("/surat/baru", data=sent)

    assert "Terganggu sejak" in typed_on(answer.text)
    assert typed_on(answer.text)["Tanggal surat"] == wrong


@pytest.mark.parametrize("stage", [stage for stage in sop.STAGES if stage != "letter"])
def test_every_step_shows_what_was_typed(client_of, fails, form_of, stage):
    rina = client_of("rina")
    sent = {**form_of(stage), "form_page": "/meja", "csrf_token": rina.token()}
    away(fails)

    answer = rina.client.post(f"/tiket/2026-0001/langkah/{stage}", data=sent)

    assert answer.status_code == 503
    assert typed_on(answer.text)


@pytest.mark.parametrize(
    "page",
    [
        "/opd/baru",
        "/opd/dukcapil/ubah",
        "/opd/dukcapil/lokasi/baru",
        "/opd/dukcapil/lokasi/dukcapil-pusat/ubah",
        "/perangkat/baru",
        "/perangkat/sw-dukcapil/ubah",
        "/perangkat/sw-dukcapil/akses",
        "/jaringan",
        "/gangguan/baru",
        "/orang/baru",
        "/orang/rina/ubah",
    ],
)
def test_every_field_of_an_administrators_form_is_shown(client_of, fails, page):
    admin = client_of("admin")
    form = admin.get(page).text.split('class="card step"')[1].split("</form>")[0]
    names = re.findall(r'<(?:input|select|textarea) id="f-[^"]+" name="([^"]+)"', form)
    sent = {name: f"isi {name}" for name in names if name != "password"}
    more = {"form_page": page, "csrf_token": admin.token()}
    away(fails)

    said = typed_on(admin.client.post(page, data={**sent, **more}).text)

    assert sent
    assert sorted(said.values()) == sorted(sent.values())


def test_a_choice_is_shown_by_its_label_and_a_name_as_it_is(client_of, fails):
    admin = client_of("admin")
    sent = {**DEVICE, "form_page": "/perangkat/baru", "csrf_token": admin.token()}
    away(fails)

    said = typed_on(admin.client.post("/perangkat/baru", data=sent).text)

    assert (said["Jenis"], said["Nama"]) == ("Switch", "switch")


def test_the_page_is_there_when_even_its_template_fails(client_of, app, fails, form_of, log):
    dewi = client_of("dewi")
    sent = {**form_of("letter", subject="<b>putus"), "form_page": "/surat/baru"}
    sent["csrf_token"] = dewi.token()
    away(fails)
    app.jinja_env.globals["url_for"] = None

    answer = dewi.client.post("/surat/baru", data=sent)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Sedang tidak tersedia" in answer.text
    assert "Not available now" in answer.text
    assert "<pre>&lt;b&gt;putus</pre>" in answer.text
    assert sent["csrf_token"] not in answer.text


def test_a_person_whom_the_session_names_is_not_asked_to_sign_in(client_of, fails):
    dewi = client_of("dewi")
    away(fails)

    assert dewi.get("/masuk").status_code == 503


def test_signing_in_carries_on_what_was_typed(client_of, fails, log):
    nobody = client_of()
    sent = {"username": "dewi", "password": "sandi", "resume": '{"subject": ["putus"]}'}
    sent |= {"resume_path": "/surat/baru", "csrf_token": nobody.token()}
    away(fails)

    answer = nobody.client.post("/masuk", data=sent)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "tidak dapat membaca" in answer.text
    assert "{&#34;subject&#34;: [&#34;putus&#34;]}</textarea>" in answer.text
    assert log() == [(f"POST /masuk: {TECHNICAL}", False)]


def test_drafts_and_parts_of_pages_get_the_same_answer(client_of, fails, desk, log):
    number = desk("examination")
    rina = client_of("rina")
    sent = {"form_page": f"/tiket/{number}", "location": "x", "csrf_token": rina.token()}
    away(fails)

    assert rina.client.post("/konsep", data=sent).status_code == 503
    assert rina.get(f"/tiket/{number}/periksa/1?bagian=1").status_code == 503
    assert [trace for _text, trace in log()] == [False, False]


def test_a_file_that_cannot_be_fetched_or_taken_in_is_told_plainly(
    client_of, office, fails, form_of, upload, log
):
    dewi = client_of("dewi")
    sent = {**form_of("letter"), "scan": upload("surat.png"), "form_page": "/surat/baru"}
    number = dewi.send("/surat/baru", sent).location.rpartition("/")[2]
    file = re.search(rf'/tiket/{number}/berkas/[^"]+', dewi.get(f"/tiket/{number}").text)[0]
    fails(FilesAway(TECHNICAL), "open", "keep", of=office.tools.files)

    fetched = dewi.get(file)
    again = dewi.send("/surat/baru", {**sent, "letter_number": "9", "scan": upload("b.png")})

    assert fetched.status_code == again.status_code == 503
    for answer in (fetched, again):
        assert "tidak dapat menyimpan atau membaca lampiran" in answer.text
        assert "db.kantor" not in answer.text
    assert typed_on(again.text)["Nomor surat"] == "9"
    assert [trace for _text, trace in log()] == [False, False]


def test_a_store_that_does_not_answer_makes_nobody_wait_long(office, monkeypatch, log):
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    answers = threading.Event()
    looks = []

    class Silent:
        def reading(self):
            looks.append(1)
            answers.wait(20)
            return office.tools.store.reading()

    watch = health.Watch(Silent())
    assert not watch.reads()
    assert not watch.reads()
    assert looks == [1]
    answers.set()
    monkeypatch.setattr(health, "PATIENCE", 20)
    assert watch.reads()
    assert [text for text, _trace in log()] == [
        "not ready: no answer in time",
        "the records are read again",
    ]
