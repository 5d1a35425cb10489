"""Signing in to a Plone, and staying signed in: against a server of the test's own words."""

from __future__ import annotations

import base64
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from plone_front import conflict, front, giving

from pulih.errors import Refused, Unavailable
from pulih.publish.plone.link import Link, Patience
from pulih.publish.plone.signed import Account, SignedLink

_JSON = "application/json"
_NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def way():
    """A server of the test's own words."""
    with front() as made:
        yield made


@pytest.fixture
def link(way):
    """A link to it."""
    with closing(Link(f"http://127.0.0.1:{way.port}/situs", Patience(5, 1, 2))) as made:
        yield made


def _token(sub: object = "penerbit", **claims: object) -> str:
    told = (
        base64.urlsafe_b64encode(json.dumps({"sub": sub, **claims}).encode()).decode().rstrip("=")
    )
    return f"kepala.{told}.segel"


def _told(body: object) -> object:
    return giving(200, _JSON, json.dumps(body).encode())


def test_signing_in_takes_only_a_token_that_stands_for_us(way, link):
    way.once("POST", "/@login", _told({"token": _token()}))
    way.once("GET", "/@users/penerbit", _told({"id": "penerbit", "fullname": "Penerbit"}))
    signed = SignedLink(link, Account("penerbit", "rahasia"), lambda: _NOW)
    assert (signed.me, signed.name) == ("penerbit", "Penerbit")

    way.once("POST", "/@login", _told({"token": _token()}))
    way.once("GET", "/@users/penerbit", giving(401, _JSON, b"{}"))
    with pytest.raises(Refused, match="tidak mengenali pengguna penerbit"):
        SignedLink(link, Account("penerbit", "rahasia"), lambda: _NOW)


@pytest.mark.parametrize(
    ("status", "kind", "body", "sentence"),
    [
        (401, _JSON, b'{"error": {"message": "Wrong login and/or password."}}', "menolak nama atau kata sandi"),
        (501, _JSON, b"{}", "plone.restapi belum aktif"),
        (401, _JSON, b'{"error": {"message": "JWT authentication plugin not installed."}}', "belum aktif"),
        (404, _JSON, b"{}", "tidak ada situs Plone"),
        (401, _JSON, b'{"message": "Missing \'plone.restapi: Use REST API\' permission"}', "tidak ada situs Plone"),
        (200, "text/html", b"<html>", "halaman web, bukan data"),
        (200, _JSON, b'{"token": 7}', "dimintai tanda masuk"),
        (200, _JSON, b'{"token": "bukan.jwt"}', "bukan token JWT"),
        (500, _JSON, b"[]", "dimintai tanda masuk"),
    ],
)  # fmt: skip
def test_each_refusal_to_sign_in_says_what_to_do(way, link, status, kind, body, sentence):
    way.once("POST", "/@login", giving(status, kind, body))

    with pytest.raises((Refused, Unavailable), match=sentence):
        SignedLink(link, Account("penerbit", "rahasia"), lambda: _NOW)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "rahasia",
        "a.b.c",
        _token(7),
        _token(""),
        _token("../x"),
        _token()[:-6] + "\nX: 1",
        "a" * 9000,
    ],
)
def test_a_given_token_that_is_none_is_not_even_sent(way, link, token):
    with pytest.raises(Refused, match="bukan token JWT"):
        SignedLink(link, Account("", token), lambda: _NOW)
    assert not way.heard


def test_a_token_is_renewed_before_it_ends(way, link):
    now = [_NOW]
    end = (_NOW + timedelta(hours=12)).timestamp()
    first, second = _token(exp=end), _token(exp=end + 36_000)
    known = _told({"id": "penerbit"})
    way.once("GET", "/@users/penerbit", known)
    signed = SignedLink(link, Account("", f" {first}\n"), lambda: now[0])

    now[0] = _NOW + timedelta(hours=10)
    way.once("GET", "/situs/a", _told({}))
    signed.get("a")
    now[0] = _NOW + timedelta(hours=11, minutes=30)
    way.once("POST", "/@login-renew", _told({"token": second}))
    way.once("GET", "/@users/penerbit", known)
    way.once("GET", "/situs/b", _told({}))
    signed.get("b")

    sent = [(one.path, one.headers["Authorization"].removeprefix("Bearer ")) for one in way.heard]
    assert sent[1:3] == [("/situs/a", first), ("/situs/@login-renew", first)]
    assert sent[-1] == ("/situs/b", second)


def test_a_token_that_is_not_taken_any_more_is_told(way, link):
    way.once("GET", "/@users/penerbit", _told({"id": "penerbit"}))
    signed = SignedLink(link, Account("", _token()), lambda: _NOW)
    way.once("PATCH", "/situs/a", giving(401, _JSON, b"{}"))
    way.once("GET", "/@users/penerbit", giving(401, _JSON, b"{}"))

    with pytest.raises(Refused, match="tidak berlaku lagi"):
        signed.patch("a", {})


def test_with_a_password_one_signs_in_again_and_the_work_goes_on(way, link):
    known = _told({"id": "penerbit"})
    for _ in range(2):
        way.once("POST", "/@login", _told({"token": _token()}))
        way.once("GET", "/@users/penerbit", known)
    signed = SignedLink(link, Account("penerbit", "rahasia"), lambda: _NOW)
    way.planned.insert(0, ("GET", "/@users/penerbit", giving(401, _JSON, b"{}")))
    way.once("PATCH", "/situs/a", giving(401, _JSON, b"{}"))
    way.once("PATCH", "/situs/a", _told({}))

    assert signed.patch("a", {}).good


def test_a_conflict_that_does_not_end_is_given_up(way, link, monkeypatch):
    monkeypatch.setattr("pulih.publish.plone.signed._FIRST_WAIT", 0)
    way.once("GET", "/@users/penerbit", _told({"id": "penerbit"}))
    signed = SignedLink(link, Account("", _token()), lambda: _NOW)
    for _ in range(9):
        way.once("POST", "/situs/a", conflict)

    assert signed.post("a", {}).status == 500
    assert len(way.planned) == 9 - 6
