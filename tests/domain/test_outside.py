"""What the office wants to reach, as it is written a thing a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.outside import MOST_LINES, Asked, Known, Outside, Tried, read


def test_nothing_is_wanted_where_nothing_is_written():
    assert read(Outside()).problems == ()


def test_resolvers_names_and_services_are_read():
    wanted = read(
        Outside(
            "10.0.0.53 > 203.0.113.53, 203.0.113.54\n\n10.1.0.1",
            "Portal.Contoh.go.id. = 10.0.0.80\nsiak.contoh.go.id",
            "www.contoh.id → 198.51.100.80",
            "https://portal.contoh.go.id/a?b=c,d besar\n10.0.0.9:3306\nhttp://[fd00::1]:8080/ 204\n"
            "https://www.contoh.id 198.51.100.80 301",
        )
    )
    assert wanted.problems == ()
    assert wanted.resolvers == (
        Asked("10.0.0.53", ("203.0.113.53", "203.0.113.54")),
        Asked("10.1.0.1"),
    )
    assert wanted.inside == (
        Known("portal.contoh.go.id", ("10.0.0.80",)),
        Known("siak.contoh.go.id"),
    )
    assert wanted.world == (Known("www.contoh.id", ("198.51.100.80",)),)
    assert wanted.services == (
        Tried("https://portal.contoh.go.id/a?b=c,d", "portal.contoh.go.id", "", 443, large=True),
        Tried("", "", "10.0.0.9", 3306),
        Tried("http://[fd00::1]:8080/", "", "fd00::1", 8080, status=204),
        Tried("https://www.contoh.id", "www.contoh.id", "198.51.100.80", 443, status=301),
    )


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("resolvers", "ns1.contoh.id"),
        ("resolvers", "10.0.0.53 > ns1.contoh.id"),
        ("inside", "10.0.0.80"),
        ("inside", "portal contoh"),
        ("inside", "-" * 3),
        ("world", "www.contoh.id = 0.0.0.0"),
        ("world", f"{'a' * 64}.id"),
        ("services", "portal.contoh.id"),
        ("services", "portal.contoh.id:80"),
        ("services", "ftp://portal.contoh.id/"),
        ("services", "https://admin:rahasia@portal.contoh.id/"),
        ("services", "https://portal.contoh.id:99999/"),
        ("services", "https://portal.contoh.id:0/"),
        ("services", "https://portal.contoh.id/berita-é"),
        ("services", "https://portal.\u212aontoh.id/"),
        ("services", "https:///"),
        ("services", "https://portal.contoh.id/ cepat"),
        ("services", "http://[::1/"),
        ("services", "10.0.0.9:3306/x"),
    ],
)
def test_a_line_that_says_nothing_is_named_at_its_field(field, line):
    wanted = read(Outside(**{field: line}))
    assert [problem.field for problem in wanted.problems] == [field]
    assert not getattr(wanted, field)


def test_too_many_lines_are_refused():
    many = "\n".join(f"10.0.0.{n}" for n in range(1, MOST_LINES + 2))
    assert [problem.field for problem in read(Outside(many)).problems] == ["resolvers"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_read_or_named(names, services):
    read(Outside(names, names, names, services))
