"""Where a Plone site is, as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.plone.target import Target, parse_root, parse_url
from pulih.domain.scrub import Audience
from pulih.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://portal.sumbawakab.go.id", "https://portal.sumbawakab.go.id"),
        (" https://Portal.Sumbawakab.go.id/ ", "https://portal.sumbawakab.go.id"),
        ("http://10.1.2.3:8080/Plone/", "http://10.1.2.3:8080/Plone"),
        ("http://[::1]:8080/a/b", "http://[::1]:8080/a/b"),
        ("https://portal.id/++api++", "https://portal.id/++api++"),
    ],
)
def test_an_address_is_kept_in_one_form(typed, kept):
    assert parse_url(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "portal", "ftp://portal.id", "https://", "https://admin:rahasia@portal.id", "https://portal.id/?a=b",
        "https://portal.id/#x", "https://portal.id/a?", "https://portal.id:0", "https://portal.id:99999",
        "https://portal.id/../x", "https://portal.id/a b", "javascript://portal.id/x", "https://portal.id/" + "a" * 300,
        "https://[::1", "https://por tal.id", "http://portal.id\\@evil.id/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        parse_url(typed)

    assert [problem.field for problem in refused.value.problems] == ["url"]


@given(
    st.text(max_size=60)
    | st.text(alphabet="htps:/.@a1?#[]%\\ ", max_size=40).map("http://".__add__)
)
def test_whatever_is_typed_is_an_address_or_refused(typed):
    try:
        kept = parse_url(typed)
    except Invalid:
        return
    assert parse_url(kept) == kept
    assert not set(kept) & set(" @?#\\\n")


@pytest.mark.parametrize(
    ("typed", "kept"), [(" /Layanan/kasus-1/ ", "layanan/kasus-1"), ("kasus", "kasus")]
)
def test_a_root_is_a_path_below_the_site(typed, kept):
    assert parse_root(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "/", "a//b", "a b", "@@x", "-a", "kasus_x", "../x", "é", "a" * 121]
)
def test_what_is_no_root_is_refused(typed):
    with pytest.raises(Invalid):
        parse_root(typed)


def test_a_secret_does_not_show_itself():
    target = Target("1", "n", "http://a", "u", "sangat-rahasia", "kasus", Audience.PUBLIC)

    assert "rahasia" not in repr(target)
