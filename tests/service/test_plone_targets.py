"""Plone sites as targets: typed, sealed, tried, paused and forgotten, by administrators only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.plone.page import Placed, Standing
from pulih.domain.scrub import Audience
from pulih.errors import Conflict, Invalid, NotAllowed, NotFound, Refused, Unavailable
from pulih.service.plone_typed import TypedTarget

TYPED = TypedTarget(
    "Portal",
    " https://portal.contoh.go.id/ ",
    "penerbit",
    "rahasia",
    "basis/kasus",
    "public",
    ["dukcapil"],
    ["dns"],
    printed=True,
)


@pytest.fixture
def keep(office):
    def keep(key="", seen=0, by=None, **changes):
        typed = replace(TYPED, **changes)
        return office.plone_targets.keep(by or office.cast.admin, typed, key, seen)

    return keep


def test_what_was_typed_is_kept_and_the_password_sealed(office, keep):
    target = keep()

    assert target.secret == office.vault.seal("rahasia")
    assert "rahasia" not in repr(target)
    assert (target.url, target.audience) == ("https://portal.contoh.go.id", Audience.PUBLIC)
    assert (target.agencies, target.fault_types, target.printed) == (("dukcapil",), ("dns",), True)
    assert office.plone_targets.all(office.cast.admin) == (target,)
    assert office.tools.jobs.passes == [target.id]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"url": "portal"}, "url"),
        ({"url": "https://a:b@portal.go.id"}, "url"),
        ({"user": "a\nb"}, "user"),
        ({"password": ""}, "password"),
        ({"root": "Basis Pengetahuan"}, "root"),
        ({"audience": "semua"}, "audience"),
        ({"agencies": ["tidak-ada"]}, "agencies"),
        ({"fault_types": ["tidak-ada"]}, "fault_types"),
    ],
)
def test_what_does_not_fit_is_told_by_its_field(office, keep, changes, field):
    with pytest.raises(Invalid) as caught:
        keep(**changes)

    assert [problem.field for problem in caught.value.problems] == [field]
    assert office.plone_targets.all(office.cast.admin) == ()


def test_everything_that_does_not_fit_is_told_at_once(keep):
    with pytest.raises(Invalid) as caught:
        keep(name="", url="", root="", audience="", password="")

    assert {problem.field for problem in caught.value.problems} == {
        "name",
        "url",
        "root",
        "audience",
        "password",
    }


def test_a_changed_target_keeps_its_password_where_none_was_typed(keep):
    old = keep()

    new = keep(old.id, old.version, name="Portal baru", password="")

    assert (new.secret, new.version, new.name) == (old.secret, 2, "Portal baru")


def test_a_password_is_not_sent_to_another_server_without_being_typed_again(keep):
    old = keep()

    with pytest.raises(Invalid) as caught:
        keep(old.id, old.version, url="https://lain.contoh.go.id", password="")
    assert [problem.field for problem in caught.value.problems] == ["password"]

    new = keep(old.id, old.version, url="https://lain.contoh.go.id", password="lain")
    assert new.secret != old.secret


def test_of_two_who_change_a_target_the_second_is_told(keep):
    old = keep()
    keep(old.id, old.version, name="Satu")

    with pytest.raises(Conflict):
        keep(old.id, old.version, name="Dua")


def test_the_folder_stays_while_pages_stand_in_it(office, keep):
    old, at = keep(), office.tools.now()
    page = Placed(old.id, "root", "u", "basis/kasus", "", "", Standing.PUBLISHED, at)
    with office.tools.store.writing() as records:
        records.plone_pages.put(f"{old.id}/root", page)

    with pytest.raises(Invalid) as caught:
        keep(old.id, old.version, root="lain")
    assert [problem.field for problem in caught.value.problems] == ["root"]

    with office.tools.store.writing() as records:
        withdrawn = replace(page, standing=Standing.WITHDRAWN)
        records.plone_pages.put(f"{old.id}/root", withdrawn)
    assert keep(old.id, old.version, root="lain").root == "lain"


def test_a_target_is_tried_and_what_was_learned_is_kept(office, keep):
    target = keep()

    contact = office.plone_targets.attempt(office.cast.admin, target.id)

    state = office.plone.show(office.cast.admin, target.id).state
    assert (contact.user, state.contact["user"]) == ("penerbit", "penerbit")
    assert state.contact_at == office.tools.now()

    office.server.known = False
    with pytest.raises(Refused):
        office.plone_targets.attempt(office.cast.admin, target.id)


def test_a_password_that_cannot_be_sealed_is_told_and_nothing_kept(office, keep):
    class NoVault:
        def seal(self, plain):
            raise Unavailable("Kunci brankas rusak.")

    broken = replace(office.plone_targets, vault=NoVault())
    with pytest.raises(Unavailable):
        broken.keep(office.cast.admin, TYPED)
    assert office.plone_targets.all(office.cast.admin) == ()


def test_a_paused_target_is_left_alone(office, keep):
    target = keep()

    office.plone_targets.pause(office.cast.admin, target.id)
    assert office.plone_passes.targets() == ()
    assert office.plone_passes.perform(target.id) is None

    office.plone_targets.resume(office.cast.admin, target.id)
    assert office.plone_passes.targets() == (target.id,)


def test_a_target_that_is_not_there_is_told(office, keep):
    desk, admin = office.plone_targets, office.cast.admin
    for ask in (
        lambda: desk.get(admin, "x"),
        lambda: keep("x", 1),
        lambda: desk.attempt(admin, "x"),
        lambda: desk.pause(admin, "x"),
        lambda: desk.empty(admin, "x"),
        lambda: desk.remove(admin, "x", withdraw=True),
        lambda: office.plone.show(admin, "x"),
        lambda: office.plone.again(admin, "x"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_only_administrators_keep_targets(office, keep):
    for person in office.cast:
        if person != office.cast.admin:
            with pytest.raises(NotAllowed):
                keep(by=person)
