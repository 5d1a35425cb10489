"""What a ticket replaces, the list of devices knows."""

from __future__ import annotations

import pytest

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.records import RegistryFilter
from pulih.errors import Invalid


@pytest.fixture
def devices(office, cast):
    """Return the agency's devices by whether they are in use."""

    def listed(active=True):
        wanted = RegistryFilter(agency="dukcapil", active=active)
        return {d.id: d for d in office.registry.page(cast.admin, Device, wanted).items}

    return listed


def install(office, *, device="sw-loket", **new):
    ticket = office.at("damage")
    photo = office.photo(ticket.number)
    ticket = office.take(ticket, "damage", device=device, photos=[photo.id])
    for stage in ("replacement-notice", "replacement-record"):
        ticket = office.take(ticket, stage)
    return office.take(ticket, "installation", **new)


def test_the_old_device_goes_out_of_use_and_its_successor_takes_its_place_and_address(
    office, devices
):
    install(office, new_kind="switch", new_make="MikroTik", new_model="CRS328", new_serial="SN-B2")

    assert "sw-loket" in devices(active=False)
    (new,) = [d for d in devices().values() if d.serial == "SN-B2"]
    assert (new.kind, new.make, new.name, new.address) == (
        DeviceKind.SWITCH,
        "MikroTik CRS328",
        "Switch loket",
        "10.12.7.2",
    )
    assert new.inventory == "", "a dash on the form means none"


def test_a_successor_that_is_on_record_already_is_not_listed_twice(office, cast, devices):
    spare = Device("cadangan", "dukcapil", DeviceKind.SWITCH, "Cadangan", serial="SN-B2")
    office.registry.add(cast.admin, spare)
    install(office, new_serial="sn-b2")

    assert [d.id for d in devices().values() if d.serial == "SN-B2"] == ["cadangan"]
    assert "sw-loket" in devices(active=False)


def test_a_device_that_is_not_on_record_changes_nothing(office, devices):
    before = devices()
    install(office, device=None, device_note="Switch tanpa nama")

    assert devices() == before


def test_a_step_that_is_refused_changes_no_device(office, devices):
    before = devices()
    with pytest.raises(Invalid):
        install(office, new_serial=None)

    assert devices() == before


def test_a_device_that_was_only_suspected_from_afar_stays_in_use(office, devices):
    ticket = office.at("examination")
    ticket = office.take(ticket, "examination", device="ap-loket")
    for stage in ("remote-repair", "coordination"):
        ticket = office.take(ticket, stage)
    photo = office.photo(ticket.number)
    ticket = office.take(
        ticket, "damage", device=None, device_note="UPS tanpa nama", photos=[photo.id]
    )
    for stage in ("replacement-notice", "replacement-record", "installation"):
        ticket = office.take(ticket, stage)

    assert "ap-loket" in devices()
