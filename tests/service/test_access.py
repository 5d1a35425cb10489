"""Accounts on devices: who may keep them, what is kept, and what a look learns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.login import Platform
from pulih.errors import Invalid, NotAllowed, NotFound, Refused
from pulih.service.access import Typed
from pulih.service.visiting import given, remember

RIGHT = Typed("cisco_ios", " penjaga ", "rahasia123", "2222")
SECRET = "rahasia123"


@pytest.fixture
def kept(office, cast):
    return office.access.keep(cast.admin, "sw-loket", RIGHT)


def stands(office, device="sw-loket"):
    with office.tools.store.reading() as records:
        return records.logins.get(device)


def test_an_account_is_kept_with_a_sealed_password(office, cast, kept):
    assert stands(office) == kept
    assert (kept.user, kept.port, kept.platform) == ("penjaga", 2222, Platform.IOS)
    assert (kept.by, kept.key, kept.tried) == (cast.admin.id, "", "")
    assert SECRET not in repr((kept, RIGHT)) + kept.sealed


@pytest.mark.parametrize("who", ["lead", "section", "division", "contact"])
def test_only_the_administrator_sees_accounts(office, cast, kept, who):
    by = getattr(cast, who)
    for ask in (
        lambda: office.access.show(by, "sw-loket"),
        lambda: office.access.keep(by, "sw-loket", RIGHT),
        lambda: office.access.attempt(by, "sw-loket"),
        lambda: office.access.accept(by, "sw-loket", "x"),
        lambda: office.access.forget(by, "sw-loket"),
        lambda: office.access.known(by),
    ):
        with pytest.raises(NotAllowed):
            ask()
    assert stands(office) == kept
    assert office.visits.tried == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"platform": ""}, "platform"),
        ({"platform": "windows"}, "platform"),
        ({"user": "  "}, "user"),
        ({"user": "a\nb"}, "user"),
        ({"user": "x" * 61}, "user"),
        ({"password": ""}, "password"),
        ({"password": "a\x07b"}, "password"),
        ({"password": "x" * 201}, "password"),
        ({"port": "0"}, "port"),
        ({"port": "65536"}, "port"),
        ({"port": "1e3"}, "port"),
        ({"port": "9" * 5000}, "port"),
        ({"port": "\u0662\u0662"}, "port"),
        ({"platform": "linux", "telnet": True}, "telnet"),
    ],
)
def test_what_does_not_fit_is_told_by_its_field_and_nothing_is_kept(office, cast, change, field):
    with pytest.raises(Invalid) as refused:
        office.access.keep(cast.admin, "sw-loket", replace(RIGHT, **change))
    assert [problem.field for problem in refused.value.problems] == [field]
    assert stands(office) is None


def test_a_device_that_is_not_there_has_no_account(office, cast):
    with pytest.raises(NotFound):
        office.access.keep(cast.admin, "tidak-ada", RIGHT)
    with pytest.raises(NotFound):
        office.access.show(cast.admin, "tidak-ada")


def test_an_empty_password_leaves_the_one_that_is_kept(office, cast, kept):
    office.access.keep(cast.admin, "sw-loket", Typed("ruijie_os", "lain", "", " "))

    assert stands(office).sealed == kept.sealed
    assert (stands(office).user, stands(office).port) == ("lain", 22)


def test_a_first_attempt_learns_the_devices_key(office, cast, kept):
    assert office.access.attempt(cast.admin, "sw-loket").ending == "ok"

    assert stands(office).key == office.visits.shown
    assert (stands(office).tried, stands(office).tried_at) == ("ok", office.tools.now())
    office.access.keep(cast.admin, "sw-loket", replace(RIGHT, password="baru"))
    assert stands(office).key == office.visits.shown  # a new password is no new device


def test_a_changed_key_stays_refused_until_the_administrator_accepts_what_he_saw(
    office, cast, kept
):
    office.access.attempt(cast.admin, "sw-loket")
    known, office.visits.shown = office.visits.shown, "ssh-ed25519 QkJCQg=="
    assert office.access.attempt(cast.admin, "sw-loket").ending == "key-changed"
    seen = office.access.offered(cast.admin, "sw-loket")

    office.visits.shown = "ssh-ed25519 Q0NDQw=="  # and yet another one
    with pytest.raises(Refused):
        office.access.accept(cast.admin, "sw-loket", seen)
    assert stands(office).key == known

    office.visits.shown = "ssh-ed25519 QkJCQg=="
    assert office.access.accept(cast.admin, "sw-loket", seen) == seen
    assert (stands(office).key, stands(office).tried) == (office.visits.shown, "")
    assert office.access.attempt(cast.admin, "sw-loket").ending == "ok"


def test_a_device_that_shows_no_key_has_none_accepted(office, cast, kept):
    office.visits.shown = ""
    with pytest.raises(Refused):
        office.access.accept(cast.admin, "sw-loket", "")
    assert stands(office).key == ""


@pytest.mark.parametrize("device", ["rt-dukcapil", "ap-loket"])
def test_nothing_is_tried_without_an_account_or_an_address(office, cast, device):
    if device == "ap-loket":
        office.access.keep(cast.admin, device, RIGHT)
    for ask in (office.access.attempt, office.access.offered):
        with pytest.raises(Refused):
            ask(cast.admin, device)
    assert office.visits.tried == []


def test_a_forgotten_account_is_gone_with_its_key(office, cast, kept):
    office.access.forget(cast.admin, "sw-loket")
    office.access.forget(cast.admin, "sw-loket")

    assert stands(office) is None
    with pytest.raises(Invalid):
        office.access.keep(cast.admin, "sw-loket", replace(RIGHT, password=""))


def ended(device, result):
    return {"probe": "login", "target": device, "figures": {"result": result, "weak": ["kex"]}}


def test_what_a_look_learned_is_kept(office, cast, kept):
    at = office.tools.now()
    with office.tools.store.reading() as records:
        access = given(records)
    odd = [{"probe": "login"}, ended("tidak-ada", "ok"), ended("sw-loket", "meledak"), {}]
    office.tools.store.write(
        lambda records: remember(
            records, access, {"sw-loket": "k 1", "x": "k 2"}, [ended("sw-loket", "ok"), *odd], at
        )
    )

    assert access.vantages[0]["address"] == "10.12.7.2"
    assert (stands(office).key, stands(office).tried, stands(office).weak) == (
        "k 1",
        "ok",
        ("kex",),
    )


def test_a_key_that_is_known_is_never_replaced_by_a_look(office, cast, kept):
    with office.tools.store.reading() as records:
        access = given(records)
    office.access.attempt(cast.admin, "sw-loket")  # meanwhile it was met
    known = stands(office)
    at = office.tools.now()
    office.tools.store.write(
        lambda records: remember(records, access, {"sw-loket": "k other"}, [], at)
    )

    assert stands(office) == known


def test_no_password_is_in_what_the_store_keeps(office, cast, kept):
    with office.tools.store.reading() as records:
        told = repr([*records.logins.find(), *records.devices.all(), given(records)])
    assert SECRET not in told
