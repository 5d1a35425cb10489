"""Who may come in by a door, and when."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import senders
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.door import (
    LASTING,
    STALE,
    Door,
    Heard,
    Signed,
    door_of,
    hold,
    over,
    signature,
    writer,
)
from pulih.domain.scrub import Audience
from pulih.errors import NotAllowed, NotSignedIn, PulihError

NOW = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
DOOR = Door("portal", "Portal Kabupaten", "tersegel", Audience.PUBLIC, "Administrator", NOW)
TOKEN = "kunci yang panjang"
BODY = b'{"agency": "dukcapil"}'


def asked(method="POST", target="/pintu/surat", body=BODY, **changes):
    """A request as a site sends it, changed on its way."""
    site = senders.Site("portal", changes.pop("token", TOKEN), changes.pop("at", NOW.timestamp()))
    headers = site.headers(method, target, body, "0" * 32)
    said = Signed(
        method,
        target,
        hashlib.sha256(body).hexdigest(),
        *(headers[f"Pulih-{name}"] for name in ("Door", "Id", "Time", "Signature")),
    )
    return replace(said, **changes)


def test_a_site_that_signs_as_it_was_agreed_comes_in():
    assert hold(DOOR, TOKEN, asked(), NOW) is DOOR
    assert hold(DOOR, TOKEN, asked("GET", "/pintu/cari?q=wifi%20putus", b""), NOW) is DOOR


@pytest.mark.parametrize(
    "said",
    [
        asked(digest=hashlib.sha256(b"{}").hexdigest()),
        replace(asked(), target="/pintu/opd"),
        replace(asked(), target="/pintu/surat?x=1"),
        replace(asked(), method="GET"),
        asked(id="1" * 32),
        asked(door="lain"),
        asked(time=str(int(NOW.timestamp()) + 1)),
        asked(token="kunci lain"),
        asked(signature="v1=" + "0" * 64),
        asked(signature=""),
        asked(signature="v1=é"),
        asked(time="besok"),
        asked(time="-1"),
        asked(time="9" * 400),
    ],
)
def test_whatever_is_altered_is_refused_in_the_same_words(said):
    with pytest.raises(NotSignedIn) as altered:
        hold(DOOR, TOKEN, said, NOW)
    with pytest.raises(NotSignedIn) as stranger:
        hold(None, "", asked(), NOW)

    assert str(altered.value) == str(stranger.value)


def test_a_door_without_a_token_lets_nobody_in():
    with pytest.raises(NotSignedIn):
        hold(DOOR, "", asked(token=""), NOW)


@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_clocks_may_differ_by_five_minutes(seconds):
    assert hold(DOOR, TOKEN, asked(at=NOW.timestamp() + seconds), NOW) is DOOR


@pytest.mark.parametrize("seconds", [-86400, -301, 301, 86400])
def test_a_request_of_another_time_is_told_by_how_much(seconds):
    with pytest.raises(NotSignedIn, match=f"berselisih {round(abs(seconds) / 60)} menit"):
        hold(DOOR, TOKEN, asked(at=NOW.timestamp() + seconds), NOW)


def test_who_cannot_sign_is_not_told_that_the_door_is_closed():
    closed = replace(DOOR, active=False)

    with pytest.raises(NotAllowed, match="sudah ditutup"):
        hold(closed, TOKEN, asked(), NOW)
    with pytest.raises(NotSignedIn):
        hold(closed, TOKEN, asked(token="lain"), NOW)


def test_the_signature_is_the_one_that_sites_are_told_to_make():
    said = asked()

    assert signature(TOKEN, said) == said.signature


@given(
    st.builds(
        Signed,
        *(st.text(max_size=40) for _ in range(5)),
        time=st.one_of(st.text(max_size=12), st.integers(0, 10**11).map(str)),
        signature=st.one_of(
            st.text(max_size=70), st.from_regex(r"v1=[0-9a-f]{64}", fullmatch=True)
        ),
    )
)
def test_nothing_that_is_made_up_comes_in_or_breaks_anything(said):
    with pytest.raises(PulihError):
        hold(DOOR, TOKEN, said, NOW)


def test_what_was_heard_is_forgotten_when_nobody_can_ask_for_it_any_more():
    def heard(kind, age):
        return Heard("x", "portal", kind, NOW - age)

    moment = timedelta(seconds=1)
    assert not over(heard("request", STALE), NOW)
    assert over(heard("request", STALE + moment), NOW)
    assert not over(heard("submission", LASTING), NOW)
    assert over(heard("submission", LASTING + moment), NOW)
    assert not over(heard("use", timedelta(days=4000)), NOW)


def test_a_used_id_is_kept_for_as_long_as_its_request_could_be_sent_again():
    early = asked(
        at=(NOW + timedelta(seconds=300)).timestamp()
    )  # a clock that runs five minutes fast
    last = NOW + timedelta(seconds=600)

    assert hold(DOOR, TOKEN, early, last) is DOOR
    assert not over(Heard("x", "portal", "request", NOW), last)


def test_whoever_writes_through_a_door_is_no_account():
    assert door_of(writer("portal")) == "portal"
    assert door_of("dewi") == ""
