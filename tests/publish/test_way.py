"""The picture of a way: readable on a telephone, and safe whatever stands in it."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

import pytest

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.description import describe
from pulih.domain.marking import Mark
from pulih.domain.outside import Outside, read
from pulih.domain.tree import grow
from pulih.domain.way import way_of
from pulih.domain.wiring import LinkKind, PathRole
from pulih.publish.way import told, way_svg, wire

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<script>alert(1)</script> "&\x07' + "x" * 230


def way(*devices):
    centre = Device("inti", "kominfo", DeviceKind.ROUTER, "Router inti", role=PathRole.CORE)
    network = describe(grow([centre, *devices]), read(Outside("10.0.0.53")), about="dukcapil")
    return way_of(network, "dukcapil")


ROUTER = Device(
    "rt",
    "dukcapil",
    DeviceKind.ROUTER,
    "Router Dukcapil",
    address="10.1.0.1",
    parent="inti",
    port="wan",
    link=LinkKind.RADIO,
    rate="2 Mbit/s",
)


def read_svg(text):
    return ET.fromstring(text)


def words(svg):
    return [element.text for element in svg.iter(f"{SVG}text")]


def test_it_says_each_stop_its_role_its_address_and_its_link():
    shown = words(read_svg(way_svg(way(ROUTER), "Jalur Dukcapil")))
    for text in (
        "Komputer pengguna",
        "Router Dukcapil",
        "10.1.0.1",
        "Radio · 2 Mbit/s · wan",
        "Internet",
    ):
        assert text in shown


def test_a_screen_reader_hears_the_title_and_the_whole_way():
    svg = read_svg(way_svg(way(ROUTER), "Jalur Dukcapil"))
    assert svg.get("role") == "img"
    ids = svg.get("aria-labelledby").split()
    heard = [element.text for element in svg if element.get("id") in ids]
    assert heard[0] == "Jalur Dukcapil"
    assert "Router Dukcapil → Router inti" in heard[1]


def test_a_marked_place_is_seen_and_heard():
    marks = {"node/rt": Mark("bad", "Di sini: mati"), "link/rt--inti": Mark("warn", "5 % hilang")}
    text = way_svg(way(ROUTER), "Jalur", marks)
    svg = read_svg(text)
    assert [group.get("class") for group in svg.iter(f"{SVG}g")].count("own bad") == 1
    assert 'class="radio warn"' in text
    assert {"Di sini: mati", "5 % hilang"} <= set(words(svg))
    (heard,) = [element.text for element in svg if element.get("id") == "way-desc"]
    assert "Router Dukcapil: Di sini: mati." in heard
    assert way_svg(way(ROUTER), "Jalur", {"link/inti--rt": Mark("warn", "x")}) != way_svg(
        way(ROUTER), "Jalur"
    )


def test_what_is_assumed_looks_another_way_than_what_is_known():
    guessed = Device("sw", "dukcapil", DeviceKind.SWITCH, "Switch")
    text = way_svg(way(ROUTER, guessed), "Jalur")
    assert 'class="assumed"' in text
    assert "perkiraan, belum dicatat" in text
    assert 'class="own guessed"' in text, "nobody listed the computer"


def test_a_long_and_hostile_name_stays_inside_and_does_nothing():
    nasty = Device("sw", "dukcapil", DeviceKind.SWITCH, NASTY, address="10.1.0.2", parent="rt")
    text = way_svg(way(ROUTER, nasty), NASTY, {"node/sw": Mark("bad", NASTY)})
    svg = read_svg(text)
    assert "<script" not in text
    assert max(len(line or "") for line in words(svg)) <= 50
    assert all(float(r.get("x")) + float(r.get("width")) <= 340 for r in svg.iter(f"{SVG}rect"))


def test_boxes_never_overlap():
    switches = [
        Device(f"s{n}", "dukcapil", DeviceKind.SWITCH, NASTY, parent="rt") for n in range(4)
    ]
    more = [
        Device(f"a{n}", "dukcapil", DeviceKind.ACCESS_POINT, f"AP {n}", parent=f"s{n % 4}")
        for n in range(9)
    ]
    svg = read_svg(way_svg(way(ROUTER, *switches, *more), "Jalur"))
    boxes = [(float(r.get("y")), float(r.get("height"))) for r in svg.iter(f"{SVG}rect")]
    assert all(top + high < after for (top, high), (after, _) in itertools.pairwise(boxes))
    height = float(svg.get("viewBox").split()[3])
    assert boxes[-1][0] + boxes[-1][1] < height


@pytest.mark.parametrize("printed", [True, False])
def test_only_a_picture_on_paper_brings_colours(printed):
    text = way_svg(way(ROUTER), "Jalur", printed=printed)
    assert ("<style>" in text) is printed
    assert not re.search(r"\sstyle=|url\(|href=", text)


def test_the_same_way_gives_the_same_bytes_and_one_sentence():
    assert way_svg(way(ROUTER), "Jalur") == way_svg(way(ROUTER), "Jalur")
    assert told(way(ROUTER)).startswith("Komputer pengguna → Router Dukcapil → Router inti")
    assert wire(way().stops[0]) == ""
