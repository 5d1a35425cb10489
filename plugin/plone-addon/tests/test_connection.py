"""Where the desk is, and which addresses are followed."""

from __future__ import annotations

import pytest

from pulih_plone.desk.connection import Connection, is_door, is_root, origin

HERE = Connection("https://meja.go.id", "portal", "rahasia", wiki="http://wiki.go.id:8080/pulih")


@pytest.mark.parametrize(
    "url",
    [
        "https://meja.go.id/tiket/2026-0001",
        "https://meja.go.id:443/",
        "https://MEJA.go.id/wiki/",
        "http://wiki.go.id:8080/kasus/2026/",
    ],
)
def test_an_address_at_the_desk_or_the_wiki_is_followed(url):
    assert HERE.link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//jahat.example/x",
        "/tiket/2026-0001",
        "http://meja.go.id/",  # not by the same way
        "https://meja.go.id:8443/",
        "https://meja.go.id@jahat.example/",
        "https://nama:sandi@meja.go.id/",
        "https://meja.go.id.jahat.example/",
        "https://jahat.example\\@meja.go.id/",
        "https://meja.go.id/\nx",
        "https://meja.go.id:99999/",
        "https://[::1/",
        "https://wiki.go.id/",
    ],
)
def test_no_other_address_is(url):
    assert HERE.link(url) == ""


def test_without_a_wiki_of_its_own_nothing_empty_is_followed():
    assert Connection("https://meja.go.id", "portal", "rahasia").link("") == ""


@pytest.mark.parametrize("url", ["https://meja.go.id", "http://127.0.0.1:5000", "http://[::1]:80/"])
def test_a_desk_has_an_address_with_nothing_behind_it(url):
    assert is_root(url)


@pytest.mark.parametrize(
    "url", ["meja.go.id", "ftp://meja.go.id", "https://meja.go.id/desk", "https://m.go.id/?q=1", ""]
)
def test_anything_else_is_no_address_of_a_desk(url):
    assert not is_root(url)


@pytest.mark.parametrize(
    ("text", "fits"),
    [("portal", True), ("portal-2", True), ("-x", False), ("Portal", False), ("a/b", False)],
)
def test_a_door_has_a_plain_name(text, fits):
    assert is_door(text) is fits


def test_ports_that_go_without_saying_are_known():
    assert origin("https://meja.go.id") == ("https", "meja.go.id", 443)
    assert origin("http://meja.go.id") == ("http", "meja.go.id", 80)


def test_nobody_reads_the_token_off_a_connection():
    assert "rahasia" not in repr(HERE)
    assert "rahasia" not in HERE.key


def test_a_connection_is_whole_with_address_door_and_token():
    assert HERE.whole
    assert not Connection("", "portal", "rahasia").whole
    assert not Connection("https://meja.go.id", "", "rahasia").whole
    assert not Connection("https://meja.go.id", "portal", "").whole
