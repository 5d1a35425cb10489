"""Accounts on devices: the administrator's pages, over a device on this machine that really asks for a password."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import paramiko
import pytest
from devices import PASSWORD, USER, listening
from devices import Device as Simulated

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.wiring import PathRole

pytestmark = pytest.mark.slow  # as a whole

PATH = "/perangkat/sw-dukcapil/akses"
SCRIPT = '"><script>alert(1)</script>'
READERS = ("irawan", "nurhayati", "salim", "rina", "joko", "dewi")
_HIDDEN = re.compile(r'name="offered" value="([^"]+)"')


@pytest.fixture
def admin(client_of):
    return client_of("admin")


@pytest.fixture
def device():
    with listening(Simulated("SW-OPD1#")) as device:
        yield device


@pytest.fixture
def form(device):
    """The fields of an account that is right."""
    return {
        "platform": "cisco_ios",
        "user": USER,
        "password": PASSWORD,
        "port": str(device.port),
    }


def relay(key):
    return Device(key, "dukcapil", DeviceKind.ROUTER, key, role=PathRole.RELAY)


def stands(office):
    with office.tools.store.reading() as records:
        return records.logins.get("sw-dukcapil")


@pytest.mark.parametrize("reader", READERS)
def test_nobody_but_the_administrator_comes_here(client_of, office, reader):
    browser = client_of(reader)
    for path in (PATH, "/perangkat/akun"):
        assert browser.get(path).status_code == 403, path
    for path in ("", "/uji", "/hapus", "/kunci", "/terima"):
        assert browser.send(PATH + path, {"platform": "linux"}).status_code == 403, path
    assert stands(office) is None


def test_before_there_is_an_account_the_pages_say_so(admin):
    assert "belum punya akun" in admin.get(PATH).text
    assert "Belum ada perangkat yang punya akun" in admin.get("/perangkat/akun").text
    assert PATH in admin.get("/perangkat/sw-dukcapil/ubah").text
    assert "/perangkat/akun" in admin.get("/perangkat").text


def test_a_password_is_kept_sealed_and_never_shown_again(admin, office, form):
    answer = admin.send(PATH, form)

    assert (answer.status_code, answer.location) == (303, PATH)
    assert PASSWORD not in stands(office).sealed
    for path in (PATH, "/perangkat/akun", "/perangkat/sw-dukcapil/ubah", "/perangkat"):
        assert PASSWORD not in admin.get(path).text, path
        assert stands(office).sealed not in admin.get(path).text, path


def test_what_was_typed_is_kept_on_error_but_for_the_password(admin, office, form):
    answer = admin.send(PATH, {**form, "port": "besar", "user": SCRIPT, "telnet": "ya"})

    assert answer.status_code == 422
    assert "&lt;script&gt;alert(1)" in answer.text
    assert SCRIPT not in answer.text
    assert 'value="besar"' in answer.text
    assert 'value="telnet"' not in answer.text
    assert re.search(r'name="telnet" type="checkbox" value="ya" checked', answer.text)
    assert PASSWORD not in answer.text
    assert stands(office) is None


@pytest.mark.parametrize("odd", ["", "windows", "x" * 10_000, "linux\n", "../linux"])
def test_a_platform_of_nobody_is_refused(admin, office, form, odd):
    assert admin.send(PATH, {**form, "platform": odd}).status_code == 422
    assert stands(office) is None


@pytest.mark.slow
def test_a_login_is_tried_and_how_it_ended_stands_on_the_page(admin, device, form):
    admin.send(PATH, form)
    answer = admin.send(PATH + "/uji")

    assert answer.status_code == 303
    page = admin.get(PATH).text
    assert "Berhasil masuk." in page
    assert "SHA256:" in page
    assert "Berhasil masuk." in admin.get("/perangkat/akun").text
    assert device.tried == [PASSWORD]


@pytest.mark.slow
def test_a_wrong_password_is_tried_once(admin, device, form):
    admin.send(PATH, {**form, "password": "salah sandi"})
    admin.send(PATH + "/uji")

    assert "Tidak dicoba lagi" in admin.get(PATH).text
    assert device.tried == ["salah sandi"]


@pytest.mark.slow
def test_a_changed_key_is_refused_until_it_was_looked_at_and_accepted(admin, office, device, form):
    admin.send(PATH, form)
    other = paramiko.ECDSAKey.generate()
    known = f"{other.get_name()} {other.get_base64()}"
    kept = replace(stands(office), key=known)
    office.tools.store.write(lambda records: records.logins.put(kept.device, kept))
    admin.send(PATH + "/uji")
    assert "Kuncinya bukan yang dikenal" in admin.get(PATH).text
    assert device.tried == []

    assert admin.send(PATH + "/terima", {"offered": "SHA256:lain"}).status_code == 303
    assert stands(office).key == known
    page = admin.send(PATH + "/kunci").text
    assert device.tried == []
    answer = admin.send(PATH + "/terima", {"offered": html.unescape(_HIDDEN.search(page)[1])})
    assert answer.status_code == 303
    admin.send(PATH + "/uji")

    assert stands(office).tried == "ok"
    assert stands(office).key == f"{device.key.get_name()} {device.key.get_base64()}"
    assert device.tried == [PASSWORD]


def test_a_device_that_shows_no_key_is_told_as_such(admin, office, form):
    admin.send(PATH, {**form, "telnet": "ya"})
    admin.send(PATH + "/kunci")

    page = admin.get(PATH).text
    assert "tidak menunjukkan kunci" in page
    assert "telnet" in page


def test_an_account_can_be_forgotten(admin, office, form):
    admin.send(PATH, form)
    admin.send(PATH + "/hapus")

    assert stands(office) is None
    assert "belum punya akun" in admin.get(PATH).text


def test_a_device_that_there_is_not_is_not_found(admin):
    assert admin.get("/perangkat/tidak-ada/akses").status_code == 404
    assert admin.send("/perangkat/tidak-ada/akses/uji").status_code == 404


def test_trying_without_an_account_is_refused_in_words(admin):
    answer = admin.send(PATH + "/uji")

    assert answer.status_code == 409
    assert "belum punya akun" in answer.text


def test_a_form_without_its_token_changes_nothing(admin, office, form):
    answer = admin.client.post(PATH, data=form)

    assert answer.status_code == 401  # to sign in, and go on with what was typed
    assert PASSWORD not in answer.text
    assert stands(office) is None


def test_a_session_that_ended_in_mid_form_keeps_all_but_the_password(client_of, office, form):
    nobody = client_of()
    page = nobody.send(PATH, {**form, "form_page": PATH}).text

    assert form["user"] in page
    assert PASSWORD not in page


def test_nat_dhcp_and_a_second_way_are_kept_from_the_form(admin, office, cast):
    for key in ("menara-1", "menara-2"):
        office.registry.add(cast.admin, relay(key))
    path = "/perangkat/sw-dukcapil/ubah"
    form = {
        "agency": "dukcapil",
        "kind": "router",
        "name": "Router",
        "parent": "menara-1",
        "spare": "menara-2",
        "nat": "ya",
        "backup": "ya",
    }
    assert admin.send(path, form).status_code == 303

    kept = office.registry.get(cast.admin, Device, "sw-dukcapil")
    assert (kept.nat, kept.dhcp, kept.backup, kept.spare) == ("ya", "", "ya", "menara-2")
    page = admin.get(path).text
    assert re.search(r'name="nat" type="checkbox" value="ya" checked', page)
    assert not re.search(r'name="dhcp" type="checkbox" value="ya" checked', page)


@pytest.mark.parametrize("spare", ["menara-1", "sw-dukcapil", "tidak-ada"])
def test_a_second_way_that_is_none_is_refused_beside_its_field(admin, office, cast, spare):
    office.registry.add(cast.admin, relay("menara-1"))
    form = {
        "agency": "dukcapil",
        "kind": "router",
        "name": "Router",
        "parent": "menara-1",
        "spare": spare,
    }
    answer = admin.send("/perangkat/sw-dukcapil/ubah", form)

    assert answer.status_code == 422
    assert 'id="f-spare-salah"' in answer.text


@pytest.mark.parametrize("name", ["nat", "dhcp", "backup"])
def test_a_tick_that_is_none_is_refused(admin, name):
    form = {"agency": "dukcapil", "kind": "router", "name": "Router", name: SCRIPT}
    answer = admin.send("/perangkat/sw-dukcapil/ubah", form)

    assert answer.status_code == 422
    assert SCRIPT not in answer.text


@pytest.mark.slow
def test_an_examination_visits_the_device_and_tells_its_password_to_nobody(
    admin, client_of, office, desk, device, form, capfd
):
    admin.send(PATH, form)
    number = desk("examination")
    technician = client_of("rina")
    technician.send(f"/tiket/{number}/periksa")
    with office.tools.store.reading() as records:
        (run,) = records.runs.find(ticket=number)
    office.probing.perform(run.id)

    pages = [
        technician.get(path).text
        for path in (
            f"/tiket/{number}",
            f"/tiket/{number}/periksa/{run.id}",
            "/jaringan/periksa.json",
            "/opd/dukcapil/jalur",
        )
    ]
    with office.tools.store.reading() as records:
        kept = records.runs.get(run.id)
        told = repr([kept, *records.logins.find()])
    (entry,) = [one for one in kept.findings if one["probe"] == "login"]
    assert (entry["figures"]["result"], stands(office).tried) == ("ok", "ok")
    assert stands(office).key == f"{device.key.get_name()} {device.key.get_base64()}"
    assert device.tried == [PASSWORD]
    for text in (*pages, told, *capfd.readouterr()):
        assert PASSWORD not in text
    assert USER not in json.dumps(kept.network) + pages[2]
