"""Addresses in Plone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.publish.plone.reserved import RESERVED
from pulih.publish.plone.slugs import numbered, slug, slugs

_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
names = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.sampled_from(("Dinkes", "DINKES", "Dinas Kesehatan", "view", "?", "", "dinkes-dinkes")) | st.text(max_size=90),
    max_size=8,
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Satpol PP", "satpol-pp"),
        ("Kecamatan Alas", "kecamatan-alas"),
        ("UKM & Perindustrian", "ukm-dan-perindustrian"),
        ("CRS326-24G-2S+RM", "crs326-24g-2s-plus-rm"),
        ("Ruteng – Mbay (é)", "ruteng-mbay-e"),
        ("@@login", "di-di-login"),
        ("漢字", ""),
        ("kata " * 30, ("kata-" * 12).rstrip("-")),
    ],
)
def test_a_name_becomes_an_address(name, expected):
    assert slug(name) == expected


@given(names)
def test_addresses_are_plain_and_no_two_the_same(called):
    found = slugs(called, "opd")

    assert found.keys() == called.keys()
    assert len(set(found.values())) == len(found)
    assert all(_ADDRESS.fullmatch(one) for one in found.values())
    assert not RESERVED & set(found.values())


@given(names, st.randoms())
def test_addresses_do_not_depend_on_the_order(called, random):
    keys = list(called)
    random.shuffle(keys)

    assert slugs({key: called[key] for key in keys}, "opd") == slugs(called, "opd")


def test_agencies_of_one_name_are_told_apart_by_their_identifiers():
    called = {"dinkes": "Dinkes", "dinkes-kota": "DINKES", "rsud": "RSUD"}

    assert slugs(called, "opd") == {
        "dinkes": "dinkes", "dinkes-kota": "dinkes-dinkes-kota", "rsud": "rsud",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["View", "search", "Login", "sitemap", "Edit"])
def test_what_plone_has_at_every_address_is_left_to_plone(name):
    assert slugs({"x": name}, "opd") == {"x": f"opd-{name.lower()}"}


def test_a_tickets_number_is_its_address_and_no_other_number_has_it():
    assert numbered("2026-0012") == "2026-0012"
    assert numbered("P-2026-0012") == "p-2026-0012"
    assert numbered("2026/0012") != numbered("2026-0012")
    assert _ADDRESS.fullmatch(numbered("2026/0012"))
