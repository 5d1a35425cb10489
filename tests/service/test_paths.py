"""The ways of the agencies, kept: what hangs off what, and what the office wants to reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.outside import Outside
from pulih.domain.records import mark_of
from pulih.domain.wiring import LinkKind, PathRole
from pulih.errors import Conflict, Invalid, NotAllowed, NotFound
from pulih.service.importing import Sheet
from pulih.service.placing import parents_first

CORE = Device("inti", "dikbud", DeviceKind.ROUTER, "Router inti", role=PathRole.CORE)
SHEET = """opd,jenis,nama,kode,peran,induk,port,port_induk,antarmuka,sambungan,laju
dukcapil,switch,Switch baru,sw-baru,,rt-baru,p1,lan,,kabel,1 gbit/s
dukcapil,router,Router baru,rt-baru,,menara,wan,eth3,"wan 10.9.1.2/30; lan 10.1.0.1/24",Radio,20
dikbud,radio-link,Menara,menara,relay,inti,,,,serat optik,
"""


@pytest.fixture
def add(office, cast):
    return lambda device: office.registry.add(cast.admin, device)


@pytest.fixture
def get(office, cast):
    return lambda key: office.registry.get(cast.admin, Device, key)


@pytest.fixture
def take(office, cast):
    return lambda text, sheet=Sheet.DEVICES: office.importing.take(cast.admin, sheet, text.encode())


def told(error):
    return {problem.field: str(problem.sentence) for problem in error.value.problems}


# ---- A device's place ---------------------------------------------------------------------


def test_a_device_keeps_its_place_in_one_spelling(add, get):
    add(CORE)
    add(
        Device(
            "rt",
            "dukcapil",
            DeviceKind.ROUTER,
            "Router",
            parent="inti",
            port=" wan ",
            interfaces="wan 10.9.1.2/30\nlan 10.1.0.1/24",
            link=LinkKind.FIBRE,
            rate="100",
        )
    )
    kept = get("rt")
    assert (kept.parent, kept.port, kept.link) == ("inti", "wan", LinkKind.FIBRE)
    assert kept.interfaces == "wan 10.9.1.2/30, lan 10.1.0.1/24"
    assert kept.rate == "100 Mbit/s"


def test_what_does_not_fit_is_told_at_its_field(add):
    wrong = Device(
        "rt",
        "dukcapil",
        DeviceKind.ROUTER,
        "Router",
        parent="tidak-ada",
        port="ether 1",
        parent_port="x" * 61,
        interfaces="wan 10.9.1.300/30",
        rate="cepat",
    )
    with pytest.raises(Invalid) as error:
        add(wrong)
    assert told(error).keys() == {"parent", "port", "parent_port", "interfaces", "rate"}
    assert "10.9.1.300" in told(error)["interfaces"]


def test_another_agencys_device_may_be_hung_off_only_where_it_is_a_relay_or_the_core_is_there(add):
    add(replace(CORE, role=PathRole.BY_KIND))
    hung = Device("rt", "dukcapil", DeviceKind.ROUTER, "Router", parent="inti")
    with pytest.raises(Invalid) as error:
        add(hung)
    assert "relay" in told(error)["parent"]
    add(replace(CORE, id="inti-2"))
    assert add(hung).parent == "inti"
    add(Device("menara", "dikbud", DeviceKind.RADIO, "Menara", role=PathRole.RELAY))
    assert add(replace(hung, id="rt-2", parent="menara")).parent == "menara"


def test_a_circle_is_refused(add, office, cast, get):
    add(Device("a", "dukcapil", DeviceKind.SWITCH, "A"))
    add(Device("b", "dukcapil", DeviceKind.SWITCH, "B", parent="a"))
    with pytest.raises(Invalid) as error:
        office.registry.save(cast.admin, replace(get("a"), parent="b"))
    assert "Melingkar" in told(error)["parent"]


def test_a_device_can_go_out_of_use_and_be_renamed_whatever_became_of_its_parent(
    add, office, cast, get
):
    add(Device("a", "dukcapil", DeviceKind.SWITCH, "A"))
    add(Device("b", "dukcapil", DeviceKind.SWITCH, "B", parent="a"))
    office.registry.save(cast.admin, replace(get("a"), active=False))
    office.registry.save(cast.admin, replace(get("b"), name="B lama"))
    assert not office.registry.save(cast.admin, replace(get("b"), active=False)).active


# ---- Ways ---------------------------------------------------------------------------------


def test_the_office_sees_the_way_of_any_agency(office, cast):
    way, network = office.paths.way(cast.lead, "dukcapil")
    keys = [stop.spot.key for stop in way.stops]
    assert {"sw-loket", "rt-dukcapil", "ap-loket"} <= set(keys)
    assert network.data["name"] == "Kabupaten"
    assert [one["address"] for one in network.data["resolvers"]] == ["10.0.0.53"]


def test_a_way_of_no_agency_is_not_found(office, cast):
    with pytest.raises(NotFound):
        office.paths.way(cast.lead, "tidak-ada")


def test_devices_out_of_use_are_on_no_way(office, cast, get):
    office.registry.save(cast.admin, replace(get("sw-loket"), active=False))
    way, _network = office.paths.way(cast.lead, "dukcapil")
    assert "sw-loket" not in {stop.spot.key for stop in way.stops}


# ---- What is to be reached ------------------------------------------------------------------


def test_before_anybody_writes_the_settings_file_holds(office, cast):
    assert office.paths.outside(cast.lead) == Outside("10.0.0.53", "sumbawakab.go.id")


def test_what_is_written_is_tidied_and_kept(office, cast):
    written = Outside(" 10.0.0.53\r\n\r\n10.0.0.54 ", "", "www.contoh.id", "https://contoh.id/")
    kept = office.paths.keep_outside(cast.admin, written)
    assert kept.resolvers == "10.0.0.53\n10.0.0.54"
    assert office.paths.outside(cast.lead) == kept


def test_what_cannot_be_read_is_refused_and_nothing_is_kept(office, cast):
    with pytest.raises(Invalid) as error:
        office.paths.keep_outside(cast.admin, Outside("ns1.contoh.id", services="ftp://x/"))
    assert told(error).keys() == {"resolvers", "services"}
    assert office.paths.outside(cast.lead).resolvers == "10.0.0.53"


def test_who_saves_over_what_another_saved_meanwhile_is_told(office, cast):
    seen = mark_of(office.paths.outside(cast.admin))
    office.paths.keep_outside(cast.admin, Outside("10.0.0.54"), seen=seen)
    with pytest.raises(Conflict):
        office.paths.keep_outside(cast.admin, Outside("10.0.0.55"), seen=seen)


def test_only_the_administrator_writes_it(office, cast):
    for person in cast:
        if person.id != cast.admin.id:
            with pytest.raises(NotAllowed):
                office.paths.keep_outside(person, Outside())


# ---- From a spreadsheet -------------------------------------------------------------------


def test_devices_come_in_with_their_places_in_any_order_of_rows(add, take, get):
    add(CORE)
    taken = take(SHEET)
    assert [line.number for line in taken.lines] == [2, 3, 4]
    assert get("sw-baru").parent == "rt-baru"
    assert get("rt-baru").link is LinkKind.RADIO
    assert get("rt-baru").interfaces == "wan 10.9.1.2/30, lan 10.1.0.1/24"
    assert (get("menara").role, get("menara").link) == (PathRole.RELAY, LinkKind.FIBRE)
    assert (get("sw-baru").rate, get("rt-baru").rate) == ("1 Gbit/s", "20 Mbit/s")


def test_a_wrong_place_keeps_the_whole_sheet_out(office, cast, take):
    wrong = SHEET.replace(",relay,inti,", ",menara,tidak-ada,")
    with pytest.raises(Invalid):
        take(wrong)
    shown = office.importing.preview(cast.admin, Sheet.DEVICES, wrong.encode())
    said = " ".join(str(p) for line in shown.lines for p in line.problems)
    assert "menara tidak dikenal. Pakai: pulih, inti, relay" in said
    assert shown.wrong == 3, "what hangs off a row that is wrong cannot hang there"


def test_rows_that_hang_off_each_other_are_refused(take, office, cast):
    circle = "opd,jenis,nama,kode,induk\ndukcapil,switch,A,a,b\ndukcapil,switch,B,b,a\n"
    assert office.importing.preview(cast.admin, Sheet.DEVICES, circle.encode()).wrong == 2
    assert parents_first([{"kode": "a", "induk": "b"}, {"kode": "b", "induk": "a"}]) == [1, 0]


def test_the_places_of_devices_on_record_come_from_a_sheet_of_their_own(add, take, get, office):
    add(CORE)
    asked = office.tools.jobs.published
    before = get("sw-loket")
    take("kode;induk;laju\nsw-loket;rt-dukcapil;100\nrt-dukcapil;inti;20 mbit/s\n", Sheet.PATHS)
    after = get("sw-loket")
    assert (after.parent, after.rate) == ("rt-dukcapil", "100 Mbit/s")
    assert replace(after, parent="", rate="") == before
    assert get("rt-dukcapil").parent == "inti"
    assert office.tools.jobs.published == asked + 1


def test_an_empty_cell_changes_nothing_and_a_hyphen_takes_away(add, take, get):
    add(CORE)
    take("kode,peran,induk,sambungan\nrt-dukcapil,relay,inti,radio\n", Sheet.PATHS)
    take("kode,peran,induk,sambungan\nrt-dukcapil,,,\n", Sheet.PATHS)
    assert (get("rt-dukcapil").role, get("rt-dukcapil").parent) == (PathRole.RELAY, "inti")
    take("kode,peran,induk,sambungan\nrt-dukcapil,-,-,-\n", Sheet.PATHS)
    kept = get("rt-dukcapil")
    assert (kept.role, kept.parent, kept.link) == (PathRole.BY_KIND, "", LinkKind.UNKNOWN)


def test_a_sheet_tells_of_second_ways_and_who_translates(add, take, get):
    add(CORE)
    take(
        "opd;jenis;nama;kode;induk;jalur_cadangan;nat;dhcp;cadangan\n"
        "dukcapil;router;Router;rt;rt-dukcapil;menara;ya;YA;tidak\n"
        "dikbud;router;Menara;menara;inti;;;;ya\n"
    )
    kept = get("rt")
    assert (kept.spare, kept.nat, kept.dhcp, kept.backup) == ("menara", "ya", "ya", "")
    assert get("menara").backup == "ya"
    take("kode;jalur_cadangan;nat;dhcp\nrt;;-;tidak\n", Sheet.PATHS)
    assert (get("rt").spare, get("rt").nat, get("rt").dhcp) == ("menara", "", "")
    take("kode;jalur_cadangan\nrt;-\n", Sheet.PATHS)
    assert get("rt").spare == ""


@pytest.mark.parametrize(
    "row",
    [
        "rt-dukcapil;inti;mungkin;",
        "rt-dukcapil;inti;;rt-dukcapil",
        "rt-dukcapil;inti;;inti",
        "rt-dukcapil;inti;;hilang",
        "sw-loket;rt-dukcapil;;pc",
    ],
)
def test_what_a_sheet_says_of_second_ways_is_checked(add, office, cast, row):
    add(CORE)
    add(Device("pc", "dukcapil", DeviceKind.COMPUTER, "PC"))
    sheet = f"kode;induk;nat;jalur_cadangan\n{row}\n"
    found = office.importing.preview(cast.admin, Sheet.PATHS, sheet.encode())
    assert [len(line.problems) for line in found.lines] == [1]


def test_a_place_of_a_device_that_nobody_listed_is_told_at_its_row(office, cast):
    shown = office.importing.preview(cast.admin, Sheet.PATHS, b"kode,induk\ntidak-ada,sw-loket\n")
    assert "tidak-ada" in str(shown.lines[0].problems[0])


# ---- Replaced by a ticket -----------------------------------------------------------------


def test_what_hung_off_a_replaced_device_hangs_off_its_successor(office, cast, get):
    office.registry.save(cast.admin, replace(get("sw-loket"), parent="rt-dukcapil", rate="100"))
    office.registry.save(cast.admin, replace(get("ap-loket"), parent="sw-loket"))
    ticket = office.at("damage")
    photo = office.photo(ticket.number)
    ticket = office.take(ticket, "damage", device="sw-loket", photos=[photo.id])
    for stage in ("replacement-notice", "replacement-record", "installation"):
        ticket = office.take(ticket, stage)
    successor = get(get("ap-loket").parent)
    assert successor.serial == "SN-B2"
    assert (successor.parent, successor.rate) == ("rt-dukcapil", "100 Mbit/s")


def test_a_successor_that_was_on_record_takes_over_the_place(office, cast, add, get):
    office.registry.save(cast.admin, replace(get("sw-loket"), parent="rt-dukcapil"))
    add(Device("cadangan", "dukcapil", DeviceKind.SWITCH, "Cadangan", serial="SN-B2"))
    ticket = office.at("damage")
    photo = office.photo(ticket.number)
    ticket = office.take(ticket, "damage", device="sw-loket", photos=[photo.id])
    for stage in ("replacement-notice", "replacement-record", "installation"):
        ticket = office.take(ticket, stage)
    assert get("cadangan").parent == "rt-dukcapil"
