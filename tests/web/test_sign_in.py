"""Getting in, staying in, and losing nothing when a session ends."""

from __future__ import annotations

import html
import re
import time
from dataclasses import replace

import pytest

PASSWORD = "sandi yang panjang"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/meja",
        "/tiket/",
        "/surat/baru",
        "/kasus/",
        "/opd",
        "/perangkat",
        "/orang",
        "/formulir/",
        "/akun",
    ],
)
def test_every_page_asks_who_is_there_and_remembers_where_one_was_going(client_of, path):
    answer = client_of().get(path)

    assert answer.status_code in (302, 303)
    assert answer.location.startswith("/masuk?next=")


def test_the_wiki_is_open_to_the_intranet(client_of):
    assert client_of().get("/wiki/").status_code == 200
    assert client_of().get("/wiki/kasus/").status_code == 200
    assert client_of().get("/wiki/kasus").status_code == 302
    assert client_of().get("/wiki/tidak-ada/").status_code == 404
    assert client_of().get("/wiki/../data/secret-key").status_code in (302, 303, 404)
    assert client_of().get("/wiki/%2e%2e/%2e%2e/pulih.toml").status_code in (302, 303, 404)


def test_a_wrong_password_and_a_wrong_name_are_one_answer(client_of):
    wrong = client_of().send("/masuk", {"username": "rina", "password": "salah sekali"})
    unknown = client_of().send("/masuk", {"username": "siapa", "password": "salah sekali"})

    assert wrong.status_code == unknown.status_code == 401
    sentence = "Nama pengguna atau kata sandi tidak cocok"
    assert sentence in wrong.text
    assert sentence in unknown.text


def test_sign_in_attempts_are_limited(client_of):
    browser = client_of()
    answers = [
        browser.send("/masuk", {"username": "rina", "password": "salah"}).status_code
        for _ in range(12)
    ]

    assert answers[0] == 401
    assert answers[-1] == 429


def test_the_session_cookie_is_not_for_scripts_or_other_sites(client_of):
    cookie = (
        client_of().send("/masuk", {"username": "rina", "password": PASSWORD}).headers["Set-Cookie"]
    )

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_form_without_its_token_is_not_taken(client_of, form_of, app):
    rina = client_of("rina")
    answer = rina.client.post("/surat/baru", data=form_of("letter"))

    assert answer.status_code == 401
    assert "Masuk" in answer.text


def test_a_session_that_ended_in_mid_form_loses_nothing(client_of, form_of):
    """The cookie is gone: what was typed travels through the sign-in form."""
    lost = client_of()
    token = lost.token()
    answer = lost.client.post(
        "/surat/baru", data={"csrf_token": token, "form_page": "/surat/baru", **form_of("letter")}
    )
    assert answer.status_code == 401
    resume = html.unescape(
        re.search(r'name="resume" hidden>(.*?)</textarea>', answer.text, re.DOTALL)[1]
    )

    entered = lost.send(
        "/masuk",
        {"username": "rina", "password": PASSWORD, "resume": resume, "resume_path": "/surat/baru"},
    )

    assert entered.location == "/surat/baru"
    page = lost.get("/surat/baru").text
    assert "Loket KTP-el tidak dapat terhubung ke pusat." in page
    assert "Yang Anda ketik sebelumnya masih ada" in page


def test_a_session_left_idle_too_long_keeps_the_form_and_asks_again(client_of, form_of):
    rina = client_of("rina")
    token = rina.token("/surat/baru")
    with rina.client.session_transaction() as session:
        session["seen"] = int(time.time()) - 100_000

    answer = rina.client.post(
        "/surat/baru", data={"csrf_token": token, "form_page": "/surat/baru", **form_of("letter")}
    )

    assert answer.status_code == 303
    assert answer.location.startswith("/masuk")
    rina.send("/masuk", {"username": "rina", "password": PASSWORD})
    assert "Loket KTP-el tidak dapat terhubung ke pusat." in rina.get("/surat/baru").text


def test_somebody_put_out_of_use_is_out_at_once(client_of, office, cast):
    rina = client_of("rina")
    office.accounts.save(cast.admin, replace(cast.lead, active=False))

    assert rina.get("/meja").status_code in (302, 303)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/%09/evil.example",
        "/%0a/evil.example",
        "/%20/evil.example/\\",
    ],
)
def test_signing_in_leads_nowhere_else(client_of, elsewhere):
    answer = client_of().send(
        f"/masuk?next={elsewhere}", {"username": "rina", "password": PASSWORD}
    )

    assert answer.location == "/meja"


def test_the_language_is_switched_and_stays(client_of):
    rina = client_of("rina")
    answer = rina.send("/bahasa", {"language": "en", "back": "/meja"})

    assert answer.location == "/meja"
    assert '<html lang="en">' in rina.get("/meja").text
    assert '<html lang="id">' in client_of("rina").get("/meja").text


def test_one_changes_ones_own_password(client_of):
    rina = client_of("rina")
    fields = {"old": PASSWORD, "password": "kalimat yang baru"}

    assert rina.send("/akun/kata-sandi", {**fields, "old": "salah"}).status_code == 422
    assert rina.send("/akun/kata-sandi", fields).status_code == 303
    assert (
        client_of()
        .send("/masuk", {"username": "rina", "password": "kalimat yang baru"})
        .status_code
        == 303
    )


def test_a_new_password_ends_the_sessions_elsewhere(client_of, office, cast):
    elsewhere, rina = client_of("rina"), client_of("rina")
    rina.send("/akun/kata-sandi", {"old": PASSWORD, "password": "kalimat yang baru"})

    assert rina.get("/meja").status_code == 200
    assert elsewhere.get("/meja").status_code in (302, 303)
    office.accounts.save(cast.admin, cast.lead, "diganti administrator")
    assert rina.get("/meja").status_code in (302, 303)


def test_pages_may_load_nothing_from_elsewhere(client_of):
    answer = client_of("rina").get("/meja")

    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
