"""Names of interfaces and ranges of addresses, in the ways in which they are written."""

from __future__ import annotations

import pytest

from pulih.domain.words.names import other_names, range_of


@pytest.mark.parametrize(
    ("one", "other"),
    [("eth5", "ether5"), ("ether12", "eth12"), ("gi0/1", "gigabitethernet0/1"), ("fa0/24", "fastethernet0/24")],
)  # fmt: skip
def test_an_interface_has_the_names_that_makers_give_it(one, other):
    assert other in set(other_names(one))


@pytest.mark.parametrize("name", ["rb750", "eth", "eth5x", "", "10.20.4.1", "0/1", "a" * 10_000])
def test_what_is_no_interface_has_no_other_name(name):
    assert not list(other_names(name))


def test_a_range_is_told_from_an_address():
    assert range_of("192.168.10.x") == "192.168.10."
    assert range_of("10.20.x.x") == "10.20."
    assert not range_of("192.168.10.1")
    assert not range_of("x.x.x.x")
