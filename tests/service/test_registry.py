"""Agencies, sites, devices and fault types."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.agency import FAULT_TYPES, Agency, Device, DeviceKind, FaultType, Site
from pulih.domain.records import RegistryFilter
from pulih.errors import Duplicate, Invalid, NotAllowed, NotFound
from pulih.service.registry import is_host, slug

DEVICE = Device("", "dukcapil", DeviceKind.SWITCH, "Switch arsip", "dukcapil-pusat")


def fields(error):
    return [problem.field for problem in error.value.problems]


@pytest.fixture
def add(office, cast):
    return lambda item: office.registry.add(cast.admin, item)


# ---- Identifiers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "key"),
    [
        (Agency("", "Dinas Kesehatan"), "dinas-kesehatan"),
        (Agency("", "RSUD  Sumbawa (Besar)"), "rsud-sumbawa-besar"),
        (Agency("", "Kecamatan Labuhan Badas"), "kecamatan-labuhan-badas"),
        (Agency("", "県庁"), "tanpa-nama"),
        (Site("", "dukcapil", "Gudang Arsip"), "dukcapil-gudang-arsip"),
        (DEVICE, "dukcapil-switch-arsip"),
        (FaultType("", "Petir & lonjakan"), "petir-lonjakan"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_item_without_an_identifier_gets_one_from_its_name(add, office, cast, item, key):
    made = add(item)
    assert made.id == key
    assert office.registry.get(cast.admin, type(item), key) == made


def test_the_same_name_again_gets_the_next_number(add):
    assert [add(Agency("", "Kecamatan Alas")).id for _ in range(5)] == [
        "kecamatan-alas",
        "kecamatan-alas-2",
        "kecamatan-alas-3",
        "kecamatan-alas-4",
        "kecamatan-alas-5",
    ]


def test_an_identifier_that_is_taken_is_told_at_its_field(add):
    with pytest.raises(Duplicate) as error:
        add(Agency("dukcapil", "Dukcapil lagi"))
    assert error.value.field == "id"


@pytest.mark.parametrize(
    "key", ["Dinas", "dinas kesehatan", "-dinas", "dinas-", "dinas_a", "d/n", "dïnas", "baru"]
)
def test_an_identifier_is_lower_case_letters_digits_and_hyphens(add, key):
    with pytest.raises(Invalid) as error:
        add(Agency(key, "Dinas Kesehatan"))
    assert fields(error) == ["id"]


def test_an_identifier_that_a_name_gives_is_never_one_that_is_refused(add):
    assert add(Agency("", "Baru")).id != "baru"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Dinas  Kesehatan!", "dinas-kesehatan"), ("Café", "cafe"), ("---", ""), ("a" * 80, "a" * 50)],
)
def test_a_name_becomes_an_identifier(name, expected):
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("item", "secret"),
    [
        (Agency("", "OPD pass: Kopi#Susu88"), "susu88"),
        (replace(DEVICE, name="AP loket (pass: Soto#Ayam55)"), "ayam55"),
        (Site("", "dukcapil", "Gudang, password: Teh#Manis66"), "manis66"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_identifier_that_a_name_gives_has_no_secret_of_it(add, item, secret):
    assert secret not in add(item).id


# ---- What fits --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Agency("a", ""), ["name"]),
        (Agency("a", "   "), ["name"]),
        (Agency("a", "x" * 161), ["name"]),
        (Agency("a" * 61, "A"), ["id"]),
        (Agency("a", "A", "x" * 31), ["short"]),
        (Agency("a", "A", "a", "x" * 201), ["address"]),
        (Site("a", "nowhere", "A"), ["agency"]),
        (Site("a", "", "A"), ["agency"]),
        (FaultType("a", "A", "x" * 401), ["description"]),
        (replace(DEVICE, agency="nowhere", site=""), ["agency"]),
        (replace(DEVICE, site="dikbud-pusat"), ["site"]),
        (replace(DEVICE, site="nowhere"), ["site"]),
        (replace(DEVICE, brand="x" * 61), ["brand"]),
        (
            replace(DEVICE, model="x" * 61, serial="x" * 61, inventory="x" * 61),
            ["model", "serial", "inventory"],
        ),
        (replace(DEVICE, address="10.12.7.300"), ["address"]),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, list) else "",
)
def test_what_does_not_fit_is_told_at_each_field(add, item, expected):
    with pytest.raises(Invalid) as error:
        add(item)
    assert fields(error) == expected


@pytest.mark.parametrize("address", ["10.12.7.1", "2001:db8::1", ""])
def test_a_device_has_the_address_of_a_host_or_none(add, address):
    assert add(replace(DEVICE, address=address)).address == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.12.7",
        "10.12.7.0/24",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "ff02::1",
        "::",
        "contoh.go.id",
        "fe80::1%eth0",
        "10.1.1.1;ls",
    ],
)
def test_what_is_no_hosts_address(text):
    assert not is_host(text)


def test_texts_are_tidied(add):
    made = add(Agency(" dinkes ", " Dinas \n Kesehatan\u200b", " Din kes ", "Jl.  Garuda "))
    assert made == Agency("dinkes", "Dinas Kesehatan", "Din kes", "Jl. Garuda")


# ---- Changing ---------------------------------------------------------------------------------


def test_an_item_is_changed_and_put_out_of_use_but_never_removed(office, cast):
    changed = Agency("dukcapil", "Dinas Dukcapil", active=False)
    assert office.registry.save(cast.admin, changed) == changed
    assert office.registry.get(cast.head, Agency, "dukcapil") == changed
    assert "dukcapil" not in [agency.id for agency in office.registry.choices(Agency)]
    assert not hasattr(office.registry, "remove")


def test_what_is_new_and_a_name_that_has_changed_ask_for_publishing(office, cast):
    asked = office.tools.jobs.published
    agency = office.registry.get(cast.admin, Agency, "dukcapil")
    office.registry.save(cast.admin, replace(agency, name="Dinas Dukcapil"))
    assert office.tools.jobs.published == asked + 1
    office.registry.add(cast.admin, Agency("", "Dinas Baru"))
    assert office.tools.jobs.published == asked + 2


def test_a_change_that_does_not_fit_changes_nothing(office, cast):
    with pytest.raises(Invalid):
        office.registry.save(cast.admin, Agency("dukcapil", ""))
    assert office.registry.get(cast.admin, Agency, "dukcapil").name


def test_what_does_not_exist_is_not_changed(office, cast):
    with pytest.raises(NotFound):
        office.registry.save(cast.admin, Agency("dinkes", "Dinas Kesehatan"))
    with pytest.raises(NotFound):
        office.registry.get(cast.admin, Device, "nothing")


@pytest.mark.parametrize("who", ["contact", "head", "division", "section", "lead"])
def test_only_the_administrator_keeps_the_registry(office, cast, who):
    with pytest.raises(NotAllowed):
        office.registry.add(getattr(cast, who), Agency("", "Baru Sekali"))
    with pytest.raises(NotAllowed):
        office.registry.save(getattr(cast, who), Agency("dukcapil", "Lain"))


# ---- Lists ------------------------------------------------------------------------------------


def test_a_form_offers_what_is_in_use_of_one_agency(office):
    assert [a.id for a in office.registry.choices(Agency)] == ["dukcapil", "dikbud"]
    assert [d.id for d in office.registry.choices(Device, "dikbud")] == ["rt-dikbud"]
    assert [s.id for s in office.registry.choices(Site, "dukcapil")] == ["dukcapil-pusat"]
    assert len(office.registry.choices(FaultType)) == len(FAULT_TYPES)


def test_the_office_looks_things_up(office, cast):
    page = office.registry.page(cast.lead, Device, RegistryFilter(agency="dukcapil"), size=2)
    assert (page.total, page.pages, [d.id for d in page.items]) == (
        3,
        2,
        ["ap-loket", "rt-dukcapil"],
    )
    routers = office.registry.page(cast.lead, Device, RegistryFilter(kind="router"))
    assert {device.id for device in routers.items} == {"rt-dukcapil", "rt-dikbud"}
    found = office.registry.page(cast.lead, Device, RegistryFilter(words="crs326"))
    assert [device.id for device in found.items] == ["sw-loket"]
    gone = office.registry.page(cast.lead, Agency, RegistryFilter(active=False))
    assert [agency.id for agency in gone.items] == ["bappeda-lama"]
