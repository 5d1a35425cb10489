"""What is looked at for one agency, out of a network of many."""

from __future__ import annotations

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.description import describe
from pulih.domain.look import about_of, addressed, labels_of, narrowed
from pulih.domain.outside import Outside, read
from pulih.domain.tree import grow
from pulih.domain.wiring import PathRole


def device(key, agency, kind=DeviceKind.ROUTER, **more):
    return Device(key, agency, kind, more.pop("name", key), **more)


DEVICES = (
    device("inti", "kominfo", role=PathRole.CORE, address="10.0.0.1"),
    device("inti-sw", "kominfo", DeviceKind.SWITCH, parent="inti", address="10.0.0.2"),
    device("app", "kominfo", DeviceKind.SERVER, parent="inti-sw", address="10.0.0.80"),
    device("menara", "kecamatan", DeviceKind.RADIO, role=PathRole.RELAY, address="10.9.0.2"),
    device("rt-kec", "kecamatan", parent="menara", address="10.9.1.1"),
    device("rt-desa", "desa", parent="menara", address="10.9.2.1"),
    device("sw-desa", "desa", DeviceKind.SWITCH, parent="rt-desa"),
    device("rt-jauh", "jauh", parent="rt-desa", address="10.9.3.1"),
    device("rt-lain", "lain", address="10.9.4.1"),
    device("rt-kosong", "kosong"),
)
OUTSIDE = Outside("10.0.0.80", "portal.contoh", "", "http://10.0.0.80/")


def found(about="desa", devices=DEVICES):
    return describe(grow(devices), read(OUTSIDE), "Kabupaten", about=about)


def names(network):
    return {node["name"] for node in network["nodes"]}


def test_the_way_is_kept_with_what_hangs_off_it_and_what_everybody_needs():
    network = narrowed(found(), about_of(found().tree, "desa"))
    assert names(network) == {
        *("rt-desa", "sw-desa", "PC desa"),  # its own
        *("menara", "inti"),  # on the way
        "rt-jauh",  # behind it
        *("app", "inti-sw"),  # a service, and the way to it
        *("Pulih", "ISP", "Internet"),
    }
    ends = {end for link in network["links"] for end in (link["a"], link["b"])}
    assert ends <= names(network)
    assert network["services"] == found().data["services"]


def test_a_relay_at_an_agency_is_on_its_way_but_not_looked_behind():
    about = about_of(found("kecamatan").tree, "kecamatan")
    assert about == ("rt-kec", "PC kecamatan")
    assert "rt-desa" not in names(narrowed(found("kecamatan"), about))


def test_the_agency_that_keeps_the_core_is_not_the_whole_network():
    about = about_of(found("kominfo").tree, "kominfo")
    assert set(about) == {"inti-sw", "app", "PC kominfo"}
    assert "rt-lain" not in names(narrowed(found("kominfo"), about))


def test_a_second_way_of_what_is_looked_at_is_kept():
    second = (*DEVICES, device("rt-dua", "dua", parent="rt-lain", spare="rt-kec"))
    network = narrowed(found("dua", second), ("rt-dua",))
    assert {"rt-kec", "menara"} <= names(network)
    assert {"a": "rt-kec", "b": "rt-dua", "backup": True} in network["links"]


def test_an_agency_nobody_listed_anything_of_still_has_its_way():
    about = about_of(found("baru").tree, "baru")
    assert about == ("PC baru",)
    assert "inti" in names(narrowed(found("baru"), about))


def test_whether_anything_at_an_agency_can_be_tried_is_known():
    assert addressed(found("desa").tree, "desa")
    assert not addressed(found("kosong").tree, "kosong")
    assert not addressed(found("baru").tree, "baru")


def test_two_devices_of_one_name_are_told_apart():
    twins = (
        device("rt-1", "desa", name="Router"),
        device("rt-2", "lain", name="Router"),
        device("rt-3", "lain", name="Router tua"),
    )
    whole = found("", twins)
    labels = labels_of(whole.tree, whole.data)
    assert labels["rt-1"] == "Router (rt-1)"
    assert labels["rt-3"] == "Router tua"
    assert labels["Host 10.0.0.80"] == "10.0.0.80"
    assert "Inti" not in labels  # in the reader's language
