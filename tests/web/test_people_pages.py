"""Accounts: the administrator makes them, mends them and closes them; nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.people import Person, Role
from pulih.errors import NotSignedIn

pytestmark = pytest.mark.slow  # as a whole

PASSWORD = "sandi yang panjang"
OTHERS = ("dewi", "irawan", "nurhayati", "salim", "rina")
PAGES = ("/orang", "/orang/baru", "/orang/rina/ubah")
SCRIPT = '"><script>alert(1)</script>'


@pytest.fixture
def admin(client_of):
    return client_of("admin")


@pytest.fixture
def newcomer():
    """Return the fields of the form of a new account that is right."""
    return {
        "id": "lale",
        "name": "Lale Syifa",
        "role": "tim-jaringan",
        "agency": "",
        "nip": "19900101 201501 2 001",
        "position": "Teknisi jaringan",
        "password": "kuda hitam di savana",
    }


# ---- Who may -------------------------------------------------------------------------------


@pytest.mark.parametrize("person", OTHERS)
def test_only_the_administrator_keeps_accounts(client_of, office, cast, person, newcomer):
    browser = client_of(person)

    for path in PAGES:
        assert browser.get(path).status_code == 403, path
    for path in (
        "/orang/baru",
        "/orang/rina/ubah",
        "/orang/rina/kata-sandi",
        "/orang/rina/keadaan",
    ):
        answer = browser.send(path, {**newcomer, "active": "tidak", "role": "admin"})
        assert answer.status_code == 403, path
    assert office.accounts.known("rina") == cast.lead
    assert office.accounts.known("lale") is None
    assert office.accounts.sign_in("rina", PASSWORD) == cast.lead


def test_nobody_sees_accounts_without_signing_in(client_of):
    for path in PAGES:
        assert client_of().get(path).status_code == 303, path


def test_the_administrator_meets_every_page(admin):
    for path in PAGES:
        assert admin.get(path).status_code == 200, path
    for path in ("/orang/tidak-ada/ubah", "/orang/%00/ubah"):
        assert admin.get(path).status_code == 404, path
    for path in ("/orang/tidak-ada/kata-sandi", "/orang/tidak-ada/keadaan"):
        assert admin.send(path, {"password": PASSWORD, "active": "ya"}).status_code == 404, path


# ---- Adding --------------------------------------------------------------------------------


def test_a_new_person_can_sign_in(admin, office, newcomer):
    answer = admin.send("/orang/baru", newcomer)

    assert (answer.status_code, answer.location) == (303, "/orang")
    assert office.accounts.sign_in("lale", "kuda hitam di savana") == Person(
        "lale", "Lale Syifa", Role.NETWORK_TEAM, "", "199001012015012001", "Teknisi jaringan"
    )
    assert "Lale Syifa" in admin.get("/orang").text


def test_a_contact_belongs_to_an_agency_and_others_to_none(admin, office, newcomer):
    admin.send("/orang/baru", {**newcomer, "role": "opd", "agency": "dikbud"})
    admin.send("/orang/baru", {**newcomer, "id": "zul", "role": "kepala-seksi", "agency": "dikbud"})

    assert office.accounts.known("lale").agency == "dikbud"
    assert office.accounts.known("zul").agency == ""


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"id": "ab"}, 422, "Pakai 3–40 huruf kecil"),
        ({"id": "../admin"}, 422, "Pakai 3–40 huruf kecil"),
        ({"id": "rina"}, 409, "Nama pengguna rina sudah dipakai."),
        ({"id": " RINA "}, 409, "Nama pengguna rina sudah dipakai."),
        ({"name": ""}, 422, "Isi nama lengkap"),
        ({"name": "x" * 101}, 422, "Isi nama lengkap"),
        ({"role": ""}, 422, "Pilih perannya."),
        ({"role": "raja"}, 422, "Pilih perannya."),
        ({"role": "opd"}, 422, "Pilih OPD untuk kontak OPD."),
        ({"role": "opd", "agency": "tidak-ada"}, 422, "Pilih OPD untuk kontak OPD."),
        ({"nip": "123"}, 422, "NIP terdiri atas 18 angka."),
        ({"position": "x" * 121}, 422, "paling banyak 120 huruf"),
        ({"password": "xyzzy"}, 422, "Kata sandi paling sedikit 10 huruf."),
        ({"password": ""}, 422, "Kata sandi paling sedikit 10 huruf."),
        ({"password": "lale lale lale"}, 422, "mudah ditebak"),
        ({"password": "x" * 201}, 422, "paling banyak 200 huruf"),
    ],
)
def test_a_wrong_account_is_shown_again_without_its_password(
    admin, office, newcomer, typed, status, sentence
):
    answer = admin.send("/orang/baru", {**newcomer, "position": "Teknisi senior", **typed})

    assert answer.status_code == status
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    if "position" not in typed:
        assert 'value="Teknisi senior"' in answer.text
    if typed.get("password", newcomer["password"]):
        assert typed.get("password", newcomer["password"]) not in answer.text
    assert office.accounts.known("lale") is None


def test_every_field_that_is_wrong_is_told_at_once(admin, newcomer):
    answer = admin.send(
        "/orang/baru", {**newcomer, "id": "x", "name": "", "nip": "1", "password": "x"}
    )

    assert answer.text.count('class="problem"') == 4


def test_what_looks_like_html_is_shown_as_text(admin, newcomer):
    admin.send("/orang/baru", {**newcomer, "name": SCRIPT, "position": SCRIPT})

    for path in ("/orang", "/orang/lale/ubah"):
        page = admin.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


# ---- Changing ------------------------------------------------------------------------------


def test_an_account_is_changed_and_keeps_its_name_and_password(admin, office, newcomer):
    answer = admin.send(
        "/orang/bayu/ubah",
        {**newcomer, "id": "lain", "role": "kepala-seksi", "password": "diabaikan saja"},
    )

    assert (answer.status_code, answer.location) == (303, "/orang")
    kept = office.accounts.sign_in("bayu", PASSWORD)
    assert (kept.id, kept.name, kept.role) == ("bayu", "Lale Syifa", Role.SECTION_HEAD)
    assert office.accounts.known("lain") is None


def test_a_wrong_change_is_shown_again(admin, office, cast, newcomer):
    answer = admin.send("/orang/bayu/ubah", {**newcomer, "nip": "12", "position": "Jabatan baru"})

    assert answer.status_code == 422
    assert 'value="Jabatan baru"' in answer.text
    assert office.accounts.known("bayu") == cast.technician


def test_the_agency_of_a_contact_is_offered_even_out_of_use(admin, office, cast):
    admin.send("/opd/dukcapil/keadaan", {"active": "tidak"})

    page = admin.get("/orang/dewi/ubah").text
    assert '<option value="dukcapil" selected>' in page
    assert 'data-when="role" data-is="opd"' in page
    assert "Dinas Kependudukan" not in admin.get("/orang/baru").text


def test_a_forgotten_password_is_replaced(admin, office):
    answer = admin.send("/orang/rina/kata-sandi", {"password": "ombak besar di maluk"})

    assert (answer.status_code, answer.location) == (303, "/orang/rina/ubah")
    assert office.accounts.sign_in("rina", "ombak besar di maluk").id == "rina"
    with pytest.raises(NotSignedIn):
        office.accounts.sign_in("rina", PASSWORD)


@pytest.mark.parametrize("password", ["", "pendek", "rina rina rina", "aaaaaaaaaaaa"])
def test_a_bad_new_password_leaves_the_old_one(admin, office, password):
    answer = admin.send("/orang/rina/kata-sandi", {"password": password})

    assert answer.status_code == 422
    assert 'id="f-password-salah"' in answer.text
    assert office.accounts.sign_in("rina", PASSWORD).id == "rina"


def test_who_is_deactivated_is_out_at_once_and_stays_in_the_list(admin, client_of, office, cast):
    rina = client_of("rina")
    answer = admin.send("/orang/rina/keadaan", {"active": "tidak"})

    assert (answer.status_code, answer.location) == (303, "/orang")
    assert rina.get("/meja").status_code == 303
    with pytest.raises(NotSignedIn):
        office.accounts.sign_in("rina", PASSWORD)
    assert "Rina Kartika" in admin.get("/orang").text
    assert "Rina Kartika" in admin.get("/orang?status=nonaktif").text
    assert "Rina Kartika" not in admin.get("/orang?status=aktif").text

    admin.send("/orang/rina/keadaan", {"active": "ya"})
    assert office.accounts.sign_in("rina", PASSWORD) == cast.lead


def test_the_administrator_cannot_lock_themselves_out(admin, office, cast):
    assert "/orang/admin/keadaan" not in admin.get("/orang/admin/ubah").text
    assert admin.send("/orang/admin/keadaan", {"active": "tidak"}).status_code == 403
    answer = admin.send("/orang/admin/ubah", {"name": "Administrator", "role": "tim-jaringan"})

    assert answer.status_code == 403
    assert office.accounts.known("admin") == cast.admin


# ---- The list ------------------------------------------------------------------------------


def test_people_are_found_by_words_role_agency_and_state(admin):
    for query in ("q=dewi", "q=kasubbag", "peran=opd", "opd=dukcapil", "status=aktif"):
        assert "<strong>Dewi Lestari</strong>" in admin.get(f"/orang?{query}").text, query
    for query in ("q=tidakada", "peran=admin", "opd=dikbud", "status=nonaktif", "peran=x"):
        assert "<strong>Dewi Lestari</strong>" not in admin.get(f"/orang?{query}").text, query
    assert "Tidak ada yang cocok." in admin.get("/orang?q=tidakada").text


def test_the_list_is_paged(admin, office, cast, newcomer):
    for n in range(30):
        person = replace(cast.technician, id=f"teknisi-{n:02}", name=f"Teknisi {n:02}")
        office.accounts.add(cast.admin, person, PASSWORD)

    page = admin.get("/orang?q=teknisi-").text
    assert "Halaman 1 dari 2" in page
    assert "Teknisi 25" not in page
    assert "Teknisi 25" in admin.get("/orang?q=teknisi-&halaman=2").text
    assert "Teknisi 25" in admin.get("/orang?q=teknisi-&halaman=99999999999999999999").text


def test_a_draft_fills_the_form_but_never_a_password(admin, office, newcomer):
    office.drafts.keep("admin", "/orang/baru", {k: [v] for k, v in newcomer.items()})

    page = admin.get("/orang/baru").text
    assert 'value="Lale Syifa"' in page
    assert '<option value="tim-jaringan" selected>' in page
    assert newcomer["password"] not in page
