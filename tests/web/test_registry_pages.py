"""Agencies, sites, devices and fault types: who sees them, who keeps them, and what is refused."""

from __future__ import annotations

import html
import re

import pytest

from pulih.domain.agency import Agency, Device, DeviceKind, FaultType, Site

pytestmark = pytest.mark.slow  # as a whole

READERS = ("irawan", "nurhayati", "salim", "rina", "joko")
LISTS = ("/opd", "/opd/dukcapil", "/perangkat", "/gangguan")
FORMS = (
    "/opd/baru",
    "/opd/dukcapil/ubah",
    "/opd/dukcapil/lokasi/baru",
    "/opd/dukcapil/lokasi/dukcapil-pusat/ubah",
    "/perangkat/baru",
    "/perangkat/sw-dukcapil/ubah",
    "/gangguan/baru",
    "/gangguan/kabel-putus/ubah",
)
TURNS = (
    "/opd/dukcapil/keadaan",
    "/opd/dukcapil/lokasi/dukcapil-pusat/keadaan",
    "/perangkat/sw-dukcapil/keadaan",
    "/gangguan/kabel-putus/keadaan",
)
SCRIPT = '"><script>alert(1)</script>'


@pytest.fixture
def admin(client_of):
    return client_of("admin")


@pytest.fixture
def device():
    """Return the fields of a device's form that is right."""
    return {
        "id": "",
        "agency": "dukcapil",
        "kind": "router",
        "name": "Router loket",
        "site": "dukcapil-pusat",
        "brand": "MikroTik",
        "model": "hEX",
        "serial": "SN-9",
        "inventory": "1.3.2",
        "address": "10.20.7.1",
    }


# ---- Who may -------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
def test_the_office_reads_and_meets_no_button_that_it_may_not_press(client_of, reader):
    browser = client_of(reader)

    for path in LISTS:
        page = browser.get(path)
        assert page.status_code == 200, path
        for button in ("/baru", "/ubah", "/keadaan", "/impor/"):
            assert f"{button}" not in page.text.partition("<main")[2], (path, button)


@pytest.mark.parametrize("reader", [*READERS, "dewi"])
def test_only_the_administrator_changes_the_registry(client_of, reader, office, cast):
    browser = client_of(reader)

    for path in FORMS:
        assert browser.get(path).status_code == 403, path
        answer = browser.send(path, {"name": "Diubah", "kind": "router", "agency": "dukcapil"})
        assert answer.status_code == 403, path
    for path in TURNS:
        assert browser.send(path, {"active": "tidak"}).status_code == 403, path
    assert office.registry.get(cast.admin, Agency, "dukcapil").name.startswith("Dinas Kependudukan")
    assert office.registry.get(cast.admin, Device, "sw-dukcapil").active


@pytest.mark.parametrize("contact", ["dewi", "hasan"])
def test_agencies_do_not_see_the_registry(client_of, contact):
    browser = client_of(contact)

    for path in LISTS:
        assert browser.get(path).status_code == 403, path


def test_nobody_sees_anything_without_signing_in(client_of):
    for path in (*LISTS, *FORMS):
        assert client_of().get(path).status_code == 303, path


def test_the_administrator_meets_every_page_and_its_buttons(admin):
    for path in (*LISTS, *FORMS):
        assert admin.get(path).status_code == 200, path
    assert "/opd/baru" in admin.get("/opd").text
    assert "/impor/opd" in admin.get("/opd").text
    assert "/impor/perangkat" in admin.get("/perangkat").text
    assert "data-confirm" in admin.get("/opd/dukcapil").text


@pytest.mark.parametrize(
    "path",
    [
        "/opd/tidak-ada/ubah",
        "/opd/tidak-ada/lokasi/baru",
        "/opd/dikbud/lokasi/dukcapil-pusat/ubah",
        "/perangkat/tidak-ada/ubah",
        "/gangguan/tidak-ada/ubah",
    ],
)
def test_what_there_is_not_is_not_found(admin, path):
    assert admin.get(path).status_code == 404
    assert admin.send(path, {"name": "x", "kind": "router"}).status_code == 404


def test_there_is_no_page_of_an_agency_that_there_is_not(admin):
    for path in ("/opd/tidak-ada", "/opd/..", "/opd/%00", f"/opd/{'x' * 500}"):
        assert admin.get(path).status_code == 404, path


def test_a_form_without_its_token_changes_nothing(admin, office, cast):
    admin.client.post("/opd/dukcapil/keadaan", data={"active": "tidak"})

    assert office.registry.get(cast.admin, Agency, "dukcapil").active


# ---- Agencies ------------------------------------------------------------------------------


def test_an_agency_is_added_and_gets_its_code_from_its_name(admin, office, cast):
    answer = admin.send("/opd/baru", {"name": "  Dinas   Kesehatan ", "short": "Dinkes", "id": ""})

    assert (answer.status_code, answer.location) == (303, "/opd/dinas-kesehatan")
    assert office.registry.get(cast.admin, Agency, "dinas-kesehatan") == Agency(
        "dinas-kesehatan", "Dinas Kesehatan", "Dinkes"
    )
    assert "Dinas Kesehatan terdaftar." in admin.get(answer.location).text


def test_no_agency_takes_the_address_of_the_form(admin):
    assert admin.send("/opd/baru", {"name": "Baru"}).location == "/opd/baru-2"
    assert admin.send("/opd/baru", {"name": "Baru", "id": "baru"}).status_code == 422


def test_an_agency_is_changed_and_keeps_its_code(admin, office, cast):
    answer = admin.send(
        "/opd/dukcapil/ubah",
        {"id": "lain", "name": "Dukcapil Sumbawa", "short": "", "address": "Jl. Garuda"},
    )

    assert (answer.status_code, answer.location) == (303, "/opd/dukcapil")
    kept = office.registry.get(cast.admin, Agency, "dukcapil")
    assert kept == Agency("dukcapil", "Dukcapil Sumbawa", "", "Jl. Garuda")


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"name": ""}, 422, "Isian ini wajib."),
        ({"name": "x" * 161}, 422, "Terlalu panjang; paling banyak 160 huruf."),
        ({"name": "Dinas", "short": "x" * 31}, 422, "paling banyak 30 huruf"),
        ({"name": "Dinas", "id": "Dengan Spasi"}, 422, "Pakai huruf kecil"),
        ({"name": "Dinas", "id": "../../etc"}, 422, "Pakai huruf kecil"),
        ({"name": "Dinas", "id": "dukcapil"}, 409, "Kode dukcapil sudah dipakai."),
    ],
)
def test_a_wrong_agency_is_shown_again_as_it_was_typed(admin, typed, status, sentence):
    answer = admin.send("/opd/baru", {"address": "Jl. Kebayan No. 11", **typed})

    assert answer.status_code == status
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "Belum tersimpan." in answer.text
    assert "Jl. Kebayan No. 11" in answer.text
    for value in typed.values():
        assert f'value="{value}"' in answer.text


def test_what_was_typed_with_a_wrong_change_is_kept_too(admin, office, cast):
    answer = admin.send("/opd/dukcapil/ubah", {"name": "", "address": "Alamat baru"})

    assert answer.status_code == 422
    assert 'value="Alamat baru"' in answer.text
    assert office.registry.get(cast.admin, Agency, "dukcapil").address == ""


def test_an_agency_out_of_use_stays_with_all_that_is_its_own(admin, office, cast, client_of, desk):
    number = desk("disposition")
    answer = admin.send("/opd/dukcapil/keadaan", {"active": "tidak"})

    assert (answer.status_code, answer.location) == (303, "/opd/dukcapil")
    assert not office.registry.get(cast.admin, Agency, "dukcapil").active
    assert "Riwayatnya tetap ada." in admin.get("/opd/dukcapil").text
    page = admin.get("/opd").text
    assert "Dinas Kependudukan" in page
    assert "tidak dipakai" in page
    assert "Switch lantai 2" in admin.get("/perangkat").text
    assert number in client_of("rina").get("/tiket/").text
    assert "Dinas Kependudukan" not in admin.get("/perangkat/baru").text

    admin.send("/opd/dukcapil/keadaan", {"active": "ya"})
    assert office.registry.get(cast.admin, Agency, "dukcapil").active
    assert "Dinas Kependudukan" in admin.get("/perangkat/baru").text


def test_an_agency_shows_its_places_its_devices_and_the_way_to_its_tickets(client_of, office):
    page = client_of("rina").get("/opd/dukcapil").text

    assert "Kantor pusat" in page
    assert "Switch lantai 2" in page
    assert 'href="/tiket/?opd=dukcapil"' in page
    assert "/wiki/opd/dukcapil/" not in page
    assert "Kantor pusat" not in client_of("rina").get("/opd/dikbud").text

    folder = office.tools.publisher.site / "opd" / "dukcapil"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<p>", encoding="utf-8")
    assert 'href="/wiki/opd/dukcapil/"' in client_of("rina").get("/opd/dukcapil").text


# ---- Sites ---------------------------------------------------------------------------------


def test_a_site_is_added_changed_and_put_out_of_use(admin, office, cast):
    answer = admin.send("/opd/dikbud/lokasi/baru", {"name": "SMPN 1", "address": "Jl. Cendrawasih"})
    assert (answer.status_code, answer.location) == (303, "/opd/dikbud")
    key = "dikbud-smpn-1"
    assert office.registry.get(cast.admin, Site, key).agency == "dikbud"

    answer = admin.send(f"/opd/dikbud/lokasi/{key}/ubah", {"name": "SMPN 1 Sumbawa", "address": ""})
    assert answer.status_code == 303
    assert office.registry.get(cast.admin, Site, key) == Site(key, "dikbud", "SMPN 1 Sumbawa")

    admin.send(f"/opd/dikbud/lokasi/{key}/keadaan", {"active": "tidak"})
    assert not office.registry.get(cast.admin, Site, key).active
    assert "SMPN 1 Sumbawa" in admin.get("/opd/dikbud").text
    assert "SMPN 1 Sumbawa" not in admin.get("/perangkat/baru").text


def test_a_wrong_site_is_shown_again(admin):
    answer = admin.send("/opd/dikbud/lokasi/baru", {"name": "", "address": "Jl. Cendrawasih"})
    assert answer.status_code == 422
    assert "Jl. Cendrawasih" in answer.text

    answer = admin.send("/opd/dikbud/lokasi/baru", {"name": "Lain", "id": "dukcapil-pusat"})
    assert answer.status_code == 409
    assert "Kode dukcapil-pusat sudah dipakai." in answer.text

    answer = admin.send("/opd/dukcapil/lokasi/dukcapil-pusat/ubah", {"name": ""})
    assert answer.status_code == 422


def test_a_site_is_only_turned_under_its_own_agency(admin, office, cast):
    answer = admin.send("/opd/dikbud/lokasi/dukcapil-pusat/keadaan", {"active": "tidak"})

    assert answer.status_code == 404
    assert office.registry.get(cast.admin, Site, "dukcapil-pusat").active


# ---- Devices -------------------------------------------------------------------------------


def test_a_device_is_added_and_found(admin, office, cast, device):
    answer = admin.send("/perangkat/baru", device)

    assert (answer.status_code, answer.location) == (303, "/perangkat?opd=dukcapil")
    kept = office.registry.get(cast.admin, Device, "dukcapil-router-loket")
    assert (kept.kind, kept.address, kept.serial) == (DeviceKind.ROUTER, "10.20.7.1", "SN-9")
    page = admin.get(answer.location).text
    assert "Router loket" in page
    assert "Kantor pusat" in page


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"agency": "tidak-ada"}, 422, "OPD tidak-ada tidak dikenal."),
        ({"agency": ""}, 422, "OPD – tidak dikenal."),
        ({"kind": ""}, 422, "Pilih jenis perangkatnya."),
        ({"kind": "toaster"}, 422, "Pilih jenis perangkatnya."),
        ({"site": "tidak-ada"}, 422, "Lokasi tidak-ada bukan lokasi OPD ini."),
        ({"agency": "dikbud"}, 422, "Lokasi dukcapil-pusat bukan lokasi OPD ini."),
        ({"address": "10.20.7.999"}, 422, "10.20.7.999 bukan alamat IP sebuah perangkat."),
        ({"address": "10.20.7.0/24"}, 422, "bukan alamat IP"),
        ({"address": "255.255.255.255"}, 422, "bukan alamat IP"),
        ({"address": "0.0.0.0"}, 422, "bukan alamat IP"),
        ({"address": "224.0.0.1"}, 422, "bukan alamat IP"),
        ({"address": "; rm -rf /"}, 422, "bukan alamat IP"),
        ({"name": ""}, 422, "Isian ini wajib."),
        ({"serial": "S" * 61}, 422, "paling banyak 60 huruf"),
        ({"id": "sw-dukcapil"}, 409, "Kode sw-dukcapil sudah dipakai."),
    ],
)
def test_a_wrong_device_is_shown_again_as_it_was_typed(admin, device, typed, status, sentence):
    answer = admin.send("/perangkat/baru", {**device, **typed})

    assert answer.status_code == status
    assert sentence in answer.text
    assert 'value="1.3.2"' in answer.text
    if "kind" not in typed:
        assert '<option value="router" selected>' in answer.text


def test_every_field_that_is_wrong_is_told_at_once(admin, device):
    answer = admin.send(
        "/perangkat/baru", {**device, "name": "", "address": "x", "site": "y", "serial": "S" * 61}
    )

    assert answer.text.count('class="problem"') == 4


@pytest.mark.parametrize("address", ["", "10.20.7.1", "fd00::1", "127.0.0.1"])
def test_a_device_has_one_address_or_none(admin, device, address):
    assert admin.send("/perangkat/baru", {**device, "address": address}).status_code == 303


def test_a_device_moves_to_another_agency(admin, office, cast, device):
    answer = admin.send(
        "/perangkat/sw-dukcapil/ubah", {**device, "agency": "dikbud", "site": "", "id": "lain"}
    )

    assert (answer.status_code, answer.location) == (303, "/perangkat?opd=dikbud")
    kept = office.registry.get(cast.admin, Device, "sw-dukcapil")
    assert (kept.agency, kept.kind, kept.active) == ("dikbud", DeviceKind.ROUTER, True)


def test_the_form_of_a_device_offers_where_it_stands_already(admin, office, cast):
    admin.send("/opd/dukcapil/keadaan", {"active": "tidak"})
    admin.send("/opd/dukcapil/lokasi/dukcapil-pusat/keadaan", {"active": "tidak"})

    page = admin.get("/perangkat/sw-dukcapil/ubah").text
    assert '<option value="dukcapil" selected>' in page
    assert '<option value="dukcapil-pusat" selected>' in page


def test_a_device_out_of_use_stays_in_the_list_and_out_of_use_when_changed(
    admin, office, cast, device
):
    admin.send("/perangkat/sw-dukcapil/keadaan", {"active": "tidak"})
    admin.send("/perangkat/sw-dukcapil/ubah", device)

    assert not office.registry.get(cast.admin, Device, "sw-dukcapil").active
    assert "Router loket" in admin.get("/perangkat").text
    assert "Router loket" in admin.get("/perangkat?status=nonaktif").text
    assert "Router loket" not in admin.get("/perangkat?status=aktif").text


def test_devices_are_found_by_words_agency_kind_and_state(client_of):
    rina = client_of("rina")

    for query in ("q=lantai", "q=127.0.0.1", "opd=dukcapil", "jenis=switch", "status=aktif"):
        assert "Switch lantai 2" in rina.get(f"/perangkat?{query}").text, query
    for query in (
        "q=tidakada",
        "opd=dikbud",
        "jenis=router",
        "status=nonaktif",
        "jenis=x",
        "opd=x",
    ):
        page = rina.get(f"/perangkat?{query}").text
        assert "<strong>Switch lantai 2</strong>" not in page, query
        assert "Tidak ada yang cocok." in page, query


# ---- Fault types ---------------------------------------------------------------------------


def test_a_fault_type_is_added_changed_and_put_out_of_use(admin, office, cast):
    answer = admin.send("/gangguan/baru", {"name": "Petir", "description": "Induksi petir."})
    assert (answer.status_code, answer.location) == (303, "/gangguan")
    assert office.registry.get(cast.admin, FaultType, "petir").description == "Induksi petir."

    admin.send("/gangguan/petir/ubah", {"name": "Sambaran petir", "description": ""})
    assert office.registry.get(cast.admin, FaultType, "petir") == FaultType(
        "petir", "Sambaran petir"
    )

    admin.send("/gangguan/petir/keadaan", {"active": "tidak"})
    assert "Sambaran petir" in admin.get("/gangguan?status=nonaktif").text
    assert "petir" not in {one.id for one in office.registry.choices(FaultType)}


def test_a_wrong_fault_type_is_shown_again(admin):
    answer = admin.send("/gangguan/baru", {"name": "x" * 161, "description": "Gejalanya begini."})
    assert answer.status_code == 422
    assert "Gejalanya begini.</textarea>" in answer.text

    answer = admin.send("/gangguan/baru", {"name": "Putus", "id": "kabel-putus"})
    assert answer.status_code == 409

    answer = admin.send("/gangguan/kabel-putus/ubah", {"name": "Putus", "description": "x" * 401})
    assert answer.status_code == 422


# ---- Lists ---------------------------------------------------------------------------------


def test_lists_are_paged_and_say_how_many_there_are(admin, office, cast):
    for n in range(30):
        office.registry.add(cast.admin, Agency(f"kec-{n:02}", f"Kecamatan {n:02}"))

    page = admin.get("/opd?q=kecamatan").text
    assert '<span class="count">30</span>' in page
    assert "Halaman 1 dari 2" in page
    assert "Kecamatan 24" in page
    assert "Kecamatan 25" not in page
    assert "q=kecamatan" in page.partition('rel="next"')[2][:200]
    assert "Kecamatan 25" in admin.get("/opd?q=kecamatan&halaman=2").text
    assert "Dipakai (32)" in admin.get("/opd").text


@pytest.mark.parametrize("page", ["0", "-3", "99", "x", "9" * 30, "9" * 5000, "1e3", "%00"])
def test_an_odd_page_number_is_still_a_page(admin, page):
    for path in ("/opd", "/perangkat", "/gangguan", "/opd/dukcapil"):
        answer = admin.get(f"{path}?halaman={page}&q=")
        assert answer.status_code == 200
    assert "Switch lantai 2" in admin.get(f"/perangkat?halaman={page}").text


@pytest.mark.parametrize(
    "words", [SCRIPT, "%", "_", "'; DROP TABLE devices; --", "\0", "x" * 3000, "{{7*7}}"]
)
def test_odd_words_are_only_words(admin, words):
    for path in ("/opd", "/perangkat", "/gangguan", "/opd/dukcapil"):
        answer = admin.get(
            path, query_string={"q": words, "opd": words, "jenis": words, "status": words}
        )
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_what_looks_like_html_is_shown_as_text(admin, device, client_of):
    admin.send(
        "/opd/baru", {"name": SCRIPT, "id": "jahat", "short": SCRIPT[:30], "address": SCRIPT}
    )
    admin.send("/opd/jahat/lokasi/baru", {"name": SCRIPT, "id": "jahat-1", "address": SCRIPT})
    admin.send(
        "/perangkat/baru",
        {
            **device,
            "agency": "jahat",
            "site": "jahat-1",
            "name": SCRIPT,
            "id": "jahat-2",
            "serial": SCRIPT,
        },
    )
    admin.send("/gangguan/baru", {"name": SCRIPT, "id": "jahat", "description": SCRIPT})

    for path in (
        "/opd",
        "/opd/jahat",
        "/opd/jahat/ubah",
        "/opd/jahat/lokasi/jahat-1/ubah",
        "/perangkat",
        "/perangkat/jahat-2/ubah",
        "/perangkat/baru",
        "/gangguan",
        "/gangguan/jahat/ubah",
    ):
        page = admin.get(path).text
        assert "<script>alert" not in page, path
        assert "&lt;script&gt;alert(1)" in page, path
    answer = admin.send("/opd/baru", {"name": SCRIPT, "id": SCRIPT})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


# ---- Nothing typed is lost -----------------------------------------------------------------


def test_what_was_typed_when_a_session_ended_is_there_again(admin, office, cast):
    office.drafts.keep("admin", "/opd/baru", {"name": ["Dinas Sosial"], "short": []})

    page = admin.get("/opd/baru").text
    assert 'value="Dinas Sosial"' in page
    assert "Yang Anda ketik sebelumnya masih ada di sini." in page

    admin.send("/opd/baru", {"name": "Dinas Sosial"})
    assert 'value="Dinas Sosial"' not in admin.get("/opd/baru").text


def test_what_was_sent_without_a_session_is_in_the_form_after_signing_in(client_of):
    browser = client_of()
    answer = browser.send("/opd/baru", {"name": "Dinas Sosial", "form_page": "/opd/baru"})
    assert answer.status_code == 401
    carried = re.search(r'<textarea name="resume" hidden>([^<]*)<', answer.text)

    who = {"username": "admin", "password": "sandi yang panjang"}
    resume = {"resume": html.unescape(carried[1]), "resume_path": "/opd/baru"}
    answer = browser.send("/masuk", {**who, **resume})

    assert (answer.status_code, answer.location) == (303, "/opd/baru")
    assert 'value="Dinas Sosial"' in browser.get("/opd/baru").text


def test_what_was_typed_may_be_dropped(admin, office):
    office.drafts.keep("admin", "/perangkat/baru", {"name": ["Router lama"]})

    answer = admin.send("/perangkat/baru", {"name": "Router lama", "drop": "1"})
    assert (answer.status_code, answer.location) == (303, "/perangkat/baru")
    assert "Router lama" not in admin.get("/perangkat/baru").text
