"""Sentences of Periksa with the names that people know."""

from __future__ import annotations

import pytest

from pulih.domain.calling import Called
from pulih.domain.wiring import PathRole

CALLED = Called(
    {
        "rt-1": "Router Dukcapil",
        "rt-12": "Router Dikbud",
        "ap2": "AP loket",
        "gateway": "Router inti",
    }
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Apakah lampu daya rt-1 menyala?", "Apakah lampu daya Router Dukcapil menyala?"),
        ("Dari Pulih: rt-12 (10.1.0.1) mati.", "Dari Pulih: Router Dikbud (10.1.0.1) mati."),
        ("Ruas rt-1--ap2 lebih baik.", "Ruas Router Dukcapil – AP loket lebih baik."),
        ("Dari rt-1: port eth0 mati.", "Dari Router Dukcapil: port eth0 mati."),
        ("PC dukcapil tidak diperiksa.", "Komputer pengguna tidak diperiksa."),
    ],
)
def test_identifiers_become_names(text, told):
    assert CALLED.told(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Apakah gateway menjawab ping?",  # an identifier that is a word
        "Dari Pulih: https://rt-1.kab.go.id/ terbuka.",
        "Dari Pulih: xrt-1 dan rt-1x hidup.",
        "port rt-123 di sana",
    ],
)
def test_what_only_looks_like_one_stays(text):
    assert CALLED.told(text) == text


def test_a_place_is_a_node_or_the_link_between_two():
    assert str(CALLED.place("node/rt-1")) == "Router Dukcapil"
    assert str(CALLED.place("link/gateway--rt-1")) == "ruas Router inti – Router Dukcapil"
    assert str(CALLED.place("node/Internet")) == "Internet"
    assert str(CALLED.place("node/PC dukcapil")) == PathRole.PC.label
    assert str(CALLED.place("di mana-mana")) == "di mana-mana"


def test_a_name_is_no_template():
    assert str(Called({"rt-1": "{name} %s"}).node("rt-1")) == "{name} %s"
    assert Called({"rt-1": r"\1 {0}"}).told("Di rt-1.") == r"Di \1 {0}."
