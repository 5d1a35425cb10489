"""Agencies, sites, devices, fault types and people in every store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.agency import FAULT_TYPES, Agency, Device, DeviceKind, FaultType, Site
from pulih.domain.people import Role
from pulih.domain.records import RegistryFilter
from pulih.errors import Duplicate, NotFound

DUKCAPIL = Agency("dukcapil", "Dinas Kependudukan", "Dukcapil", "Jl. Garuda 1")
DIKBUD = Agency("dikbud", "dinas pendidikan", "Dikbud", active=False)
SWITCH = Device(
    "sw-1", "dukcapil", DeviceKind.SWITCH, "Switch lantai 2", serial="SN-A1", address="10.12.7.2"
)


@pytest.fixture
def filled(store, cast):
    """A small regency."""
    with store.writing() as records:
        for agency in (DUKCAPIL, DIKBUD, Agency("bappeda", "Bappeda")):
            records.agencies.add(agency)
        records.sites.add(Site("loket", "dukcapil", "Loket KTP-el"))
        records.sites.add(Site("aula", "dikbud", "Aula"))
        records.devices.add(SWITCH)
        records.devices.add(Device("ap-1", "dikbud", DeviceKind.ACCESS_POINT, "AP aula"))
        for fault in FAULT_TYPES:
            records.fault_types.add(fault)
        for person in cast:
            records.people.add(person)
    return store


def ids(items):
    return [item.id for item in items]


@pytest.mark.parametrize(
    ("registry", "item"),
    [
        ("agencies", DUKCAPIL),
        ("sites", Site("loket", "dukcapil", "Loket KTP-el")),
        ("devices", SWITCH),
        ("fault_types", FAULT_TYPES[0]),
    ],
)
def test_an_item_comes_back_as_it_was(filled, registry, item):
    with filled.reading() as records:
        assert getattr(records, registry).get(item.id) == item


def test_every_person_of_the_cast_comes_back(filled, cast):
    with filled.reading() as records:
        assert {records.people.get(person.id) for person in cast} == set(cast)


def test_an_identifier_stands_only_once(filled):
    with filled.writing() as records, pytest.raises(Duplicate, match="dukcapil") as caught:
        records.agencies.add(Agency("dukcapil", "Yang lain"))

    assert caught.value.field == "id"


def test_what_is_not_registered_can_be_neither_read_nor_changed(filled):
    with filled.writing() as records:
        with pytest.raises(NotFound, match="bkd"):
            records.agencies.get("bkd")
        with pytest.raises(NotFound, match="bkd"):
            records.agencies.save(Agency("bkd", "BKD"))


def test_a_change_is_kept_and_moves_the_item_in_lists(filled):
    with filled.writing() as records:
        records.agencies.save(replace(DUKCAPIL, name="Arsip"))
    with filled.reading() as records:
        assert ids(records.agencies.all()) == ["dukcapil", "bappeda"]


def test_lists_are_by_name_whatever_the_capitals(filled):
    with filled.reading() as records:
        assert ids(records.agencies.all(active=None)) == ["bappeda", "dukcapil", "dikbud"]


@pytest.mark.parametrize(
    ("active", "expected"),
    [
        (True, ["bappeda", "dukcapil"]),
        (False, ["dikbud"]),
        (None, ["bappeda", "dukcapil", "dikbud"]),
    ],
)
def test_items_may_be_asked_for_by_whether_they_are_active(filled, active, expected):
    with filled.reading() as records:
        assert ids(records.agencies.all(active=active)) == expected
        assert ids(records.agencies.list(RegistryFilter(active=active)).items) == expected


def test_items_of_an_agency(filled):
    with filled.reading() as records:
        assert ids(records.sites.all("dukcapil")) == ["loket"]
        assert ids(records.devices.all("dikbud")) == ["ap-1"]
        assert ids(records.people.all("dukcapil")) == ["dewi"]
        assert ids(records.agencies.all("dukcapil")) == ["dukcapil"]


def test_fault_types_belong_to_no_agency_and_are_there_for_all(filled):
    with filled.reading() as records:
        assert len(records.fault_types.all("dukcapil")) == len(FAULT_TYPES)


@pytest.mark.parametrize("words", ["10.12.7", "sn-a1", "LANTAI switch", "sw-1"])
def test_devices_are_found_by_whatever_is_written_on_them(filled, words):
    with filled.reading() as records:
        assert ids(records.devices.list(RegistryFilter(words=words)).items) == ["sw-1"]


def test_a_word_does_not_span_two_texts(filled):
    with filled.reading() as records:
        assert records.agencies.list(RegistryFilter(words="dukcapiljl.")).total == 0


def test_devices_by_kind_and_people_by_role(filled):
    with filled.reading() as records:
        devices = records.devices.list(RegistryFilter(kind=DeviceKind.SWITCH.value))
        people = records.people.list(RegistryFilter(kind=Role.NETWORK_TEAM.value))
        opd = records.people.list(RegistryFilter(kind=Role.OPD.value, agency="dikbud"))

    assert ids(devices.items) == ["sw-1"]
    assert ids(people.items) == ["bayu", "joko", "rina"]
    assert ids(opd.items) == ["hasan"]


def test_a_kind_does_not_filter_what_has_none(filled):
    with filled.reading() as records:
        assert records.agencies.list(RegistryFilter(kind="switch")).total == 3


def test_pages_say_how_many_there_are_in_all(filled):
    with filled.reading() as records:
        page = records.fault_types.list(RegistryFilter(), page=4, size=5)

    assert len(page.items) == 1
    assert (page.total, page.pages, page.number) == (16, 4, 4)


def test_the_office_may_add_a_fault_type_of_its_own(filled):
    with filled.writing() as records:
        records.fault_types.add(FaultType("tikus", "Tikus", active=False))
    with filled.reading() as records:
        assert records.fault_types.get("tikus").active is False
        assert "tikus" not in ids(records.fault_types.all())
