"""The way of an agency on its page, a device's place in its form, and what the office wants to reach."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from periksa.netfile import parse
from pulih.domain.agency import Device, DeviceKind
from pulih.domain.outside import Outside
from pulih.domain.wiring import LinkKind, PathRole
from pulih.publish.way_style import RULES

pytestmark = pytest.mark.slow  # as a whole

SCRIPT = '"><script>alert(1)</script>'
READERS = ("irawan", "nurhayati", "salim", "rina", "joko")


@pytest.fixture
def admin(client_of):
    return client_of("admin")


@pytest.fixture
def paths(office, cast):
    """A core, a relay of another agency, and a router that hangs off it."""
    for device in (
        Device("inti", "dikbud", DeviceKind.ROUTER, "Router inti", role=PathRole.CORE),
        Device("menara", "dikbud", DeviceKind.RADIO, "Menara", role=PathRole.RELAY, parent="inti"),
        Device("rt", "dukcapil", DeviceKind.ROUTER, "Router Dukcapil", parent="menara"),
    ):
        office.registry.add(cast.admin, device)


@pytest.fixture
def form():
    """Return the fields of a device's form that is right."""
    return {
        "agency": "dukcapil",
        "kind": "switch",
        "name": "Switch lantai 2",
        "role": "switch",
        "parent": "rt",
        "port": "ether24",
        "parent_port": "lan",
        "interfaces": "bridge 10.1.0.2/24",
        "link": "kabel",
        "rate": "1 Gbit/s",
    }


@pytest.mark.parametrize("reader", READERS)
def test_the_office_sees_the_way_and_no_button_that_it_may_not_press(client_of, reader, paths):
    browser = client_of(reader)
    for path in ("/opd/dukcapil/jalur", "/jaringan"):
        page = browser.get(path)
        assert page.status_code == 200, path
        main = page.text.partition("<main")[2]
        assert not re.search(r'/baru|/ubah|/impor/|method="post"', main), path


def test_people_of_agencies_see_neither_and_the_office_changes_nothing(client_of, paths):
    for path in ("/opd/dukcapil/jalur", "/jaringan", "/jaringan/periksa.json"):
        assert client_of("dewi").get(path).status_code == 403, path
        assert client_of().get(path).status_code == 303, path
    for person in (*READERS, "dewi"):
        assert client_of(person).send("/jaringan", {"resolvers": ""}).status_code == 403


def test_the_way_is_a_picture_and_a_list(admin, paths):
    page = admin.get("/opd/dukcapil/jalur").text
    assert 'class="way"' in page
    listed = page.partition('class="hops"')[2].partition("</ol>")[0]
    names = re.findall(r"<li>(?:<a [^>]+>)?([^<\n]+)", listed)
    assert names[:5] == [
        "Komputer pengguna",
        "Switch lantai 2",
        "Router Dukcapil",
        "Menara",
        "Router inti",
    ]
    assert "/perangkat/menara/ubah#jalur" in listed
    assert "/opd/dukcapil/jalur" in admin.get("/opd/dukcapil").text


def test_a_way_of_no_agency_is_not_there(admin):
    assert admin.get("/opd/tidak-ada/jalur").status_code == 404


def test_what_could_not_be_followed_is_said_on_the_way(admin, office, cast):
    office.registry.add(
        cast.admin, Device("lain", "dukcapil", DeviceKind.SWITCH, "Kembar", address="127.0.0.1")
    )
    assert "Alamat 127.0.0.1 juga tercatat" in admin.get("/opd/dukcapil/jalur").text
    assert "Alamat 127.0.0.1 juga tercatat" in admin.get("/jaringan").text


def test_names_are_only_shown(admin, office, cast):
    office.registry.add(cast.admin, Device("x", "dukcapil", DeviceKind.SWITCH, SCRIPT))
    for path in ("/opd/dukcapil/jalur", "/jaringan", "/perangkat/sw-dukcapil/ubah"):
        assert "<script>alert" not in admin.get(path).text


def test_a_devices_place_is_kept_from_its_form(admin, office, cast, paths, form):
    answer = admin.send("/perangkat/sw-dukcapil/ubah", form)
    assert answer.status_code == 303, answer.text
    kept = office.registry.get(cast.admin, Device, "sw-dukcapil")
    assert (kept.role, kept.parent, kept.link) == (PathRole.SWITCH, "rt", LinkKind.CABLE)
    assert (kept.port, kept.parent_port, kept.rate) == ("ether24", "lan", "1 Gbit/s")
    page = admin.get("/perangkat/sw-dukcapil/ubah").text
    assert '<option value="rt" selected>' in page
    assert "bridge 10.1.0.2/24</textarea>" in page


def test_what_is_wrong_with_a_place_stands_beside_its_field_and_nothing_typed_is_lost(
    admin, paths, form
):
    wrong = form | {"interfaces": "wan 10.9.1.300/30", "rate": "cepat", "parent": "sw-dukcapil"}
    answer = admin.send("/perangkat/sw-dukcapil/ubah", wrong)
    assert answer.status_code == 422
    page = html.unescape(answer.text)
    for name in ("interfaces", "rate", "parent"):
        assert f'aria-describedby="f-{name}-salah"' in page
    assert "wan 10.9.1.300/30</textarea>" in page
    assert 'value="cepat"' in page


@pytest.mark.parametrize("field", ["role", "link"])
def test_a_role_that_there_is_not_is_refused(admin, paths, form, field):
    assert admin.send("/perangkat/sw-dukcapil/ubah", form | {field: "toaster"}).status_code == 422


def test_a_device_is_offered_what_it_may_hang_off(admin, office, cast, paths):
    office.registry.add(cast.admin, Device("rt-dikbud", "dikbud", DeviceKind.ROUTER, "Router lain"))
    office.registry.add(cast.admin, Device("pc", "dukcapil", DeviceKind.COMPUTER, "PC loket"))
    page = admin.get("/perangkat/sw-dukcapil/ubah").text
    offered = page.partition('id="f-parent"')[2].partition("</select>")[0]
    keys = re.findall(r'<option value="([^"]+)"', offered)
    assert set(keys) == {"inti", "menara", "rt", "rt-dikbud"}, "of the centre's agency everything"
    assert admin.get("/perangkat/baru?opd=dukcapil").status_code == 200


# ---- What is to be reached ------------------------------------------------------------------

WANTED = {
    "resolvers": "10.0.0.53",
    "inside": "portal.contoh.go.id = 10.0.0.80",
    "world": "www.contoh.id",
    "services": "https://portal.contoh.go.id/ besar",
}


def seen(browser):
    return {"seen": re.search(r'name="seen" value="([^"]+)"', browser.get("/jaringan").text)[1]}


def test_what_is_to_be_reached_is_kept(admin, office, cast):
    answer = admin.send("/jaringan", WANTED | seen(admin))
    assert answer.status_code == 303, answer.text
    assert office.paths.outside(cast.admin) == Outside(**WANTED)
    assert "portal.contoh.go.id = 10.0.0.80" in admin.get("/jaringan").text


def test_a_line_that_cannot_be_read_stands_beside_its_field(admin):
    answer = admin.send("/jaringan", WANTED | seen(admin) | {"services": f"ftp://x/{SCRIPT}"})
    assert answer.status_code == 422
    assert 'aria-describedby="f-services-salah"' in answer.text
    assert "portal.contoh.go.id = 10.0.0.80" in answer.text
    assert "<script>alert" not in answer.text


def test_who_comes_second_sees_what_stands(admin, client_of, office, cast):
    before = seen(admin)
    office.paths.keep_outside(cast.admin, Outside("10.0.0.99"))
    answer = admin.send("/jaringan", WANTED | before)
    assert answer.status_code == 409
    assert "10.0.0.99" in answer.text
    again = {"seen": re.search(r'name="seen" value="([^"]+)"', answer.text)[1]}
    assert admin.send("/jaringan", WANTED | again).status_code == 303


def test_the_network_can_be_taken_along_for_periksa(admin, paths):
    admin.send("/jaringan", WANTED | seen(admin))
    answer = admin.get("/jaringan/periksa.json")
    network = parse(answer.text, "json")
    assert "rt" in network.by_name
    assert [one.address for one in network.resolvers] == ["10.0.0.53"]
    assert json.loads(answer.text)["name"]


# ---- Spreadsheets, and the look -----------------------------------------------------------


def test_places_come_from_a_spreadsheet(admin, upload, office, cast, paths):
    content = b"kode;induk;laju\nsw-dukcapil;rt;100\n"
    page = admin.send("/impor/jalur", {"file": upload("jalur.csv", content)}).text
    assert "1 baris benar" in page
    carried = re.search(r'name="content" hidden>([^<]+)<', page)[1]
    assert admin.send("/impor/jalur/simpan", {"content": carried}).status_code == 303
    assert office.registry.get(cast.admin, Device, "sw-dukcapil").parent == "rt"


@pytest.mark.parametrize("sheet", ["perangkat", "jalur"])
def test_an_example_has_every_column_filled_in_somewhere(admin, sheet):
    text = admin.get(f"/impor/{sheet}/contoh.csv").text
    rows = [line.split(";") for line in text.lstrip("\ufeff").split("\r\n") if line]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert {"induk", "peran", "laju"} <= set(rows[0])


def test_the_desk_has_the_rules_of_the_picture(app):
    assert RULES in (Path(app.static_folder) / "pulih.css").read_text(encoding="utf-8")
