"""Publishing as its keeper sees it: what waits and why, what failed, and everything once more when asked."""

from __future__ import annotations

import pytest

from pulih.domain.agency import Agency
from pulih.errors import NotAllowed, Unavailable


def test_only_an_administrator_may_have_everything_published_again(office, cast):
    for person in cast:
        if person.id != cast.admin.id:
            with pytest.raises(NotAllowed):
                office.wiki.ask_again(person)
            with pytest.raises(NotAllowed):
                office.wiki.state(person)
    assert office.wiki.known().asked_at is None


def test_a_page_waits_for_a_reason(office, cast):
    new = office.closed().number
    assert [(p.number, str(p.why)) for p in office.wiki.state(cast.admin).waiting] == [
        (new, "belum pernah terbit")
    ]

    office.wiki.publish_due()
    assert office.wiki.state(cast.admin).waiting == ()
    assert office.wiki.state(cast.admin).cases == 1

    other = office.closed(related=[new])
    office.finding.mark(cast.lead, other.number, new, helped=True)
    assert {p.number: str(p.why) for p in office.wiki.state(cast.admin).waiting} == {
        new: "berubah sejak terbit",
        other.number: "belum pernah terbit",
    }


def test_a_failure_is_kept_until_a_publishing_succeeds(office, cast, clock):
    office.closed()
    office.tools.publisher.broken = True
    with pytest.raises(Unavailable):
        office.wiki.publish_due()

    state = office.wiki.state(cast.admin)
    assert (str(state.why), state.failed_at) == ("Situs wiki tidak dapat dibangun.", clock())

    office.tools.publisher.broken = False
    office.wiki.publish_due()
    assert office.wiki.state(cast.admin).why is None


def test_who_asks_for_everything_gets_it_once_also_after_a_failure(office, cast):
    office.wiki.ask_again(cast.admin)
    assert office.tools.jobs.published == 1
    office.tools.publisher.broken = True
    with pytest.raises(Unavailable):
        office.wiki.publish_due()
    state = office.wiki.state(cast.admin)
    assert state.asked_at
    assert state.why

    office.tools.publisher.broken = False
    calls = len(office.tools.publisher.calls)
    office.wiki.publish_due()
    office.wiki.publish_due()

    state = office.wiki.state(cast.admin)
    assert len(office.tools.publisher.calls) == calls + 1
    assert (state.asked_at, state.why) == (None, None)
    assert {"check": True} in office.wiki.places.asked


def test_carrying_waits_for_nobody_unless_it_is_told_to(office):
    office.wiki.carry()
    office.wiki.carry(anyway=True, wait=True)

    assert office.wiki.places.asked == [
        {"anyway": False, "wait": False},
        {"anyway": True, "wait": True},
    ]


def test_a_new_name_is_published_although_no_case_has_changed(office, cast):
    office.closed()
    office.wiki.publish_due()
    office.registry.save(cast.admin, Agency("dukcapil", "Dinas Dukcapil"))

    assert office.wiki.publish_due() == 0

    assert office.tools.publisher.names.agencies["dukcapil"] == "Dinas Dukcapil"


def test_an_office_without_a_case_has_a_wiki_too(office):
    assert office.wiki.publish_due() == 0
    assert office.tools.publisher.calls == [()]
    office.wiki.publish_due()
    assert office.tools.publisher.calls == [()]
