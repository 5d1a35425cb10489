"""When a case should be looked at again, and what puts an end to that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pulih.domain.agency import Agency, Device, DeviceKind, FaultType
from pulih.domain.article import Surroundings, article_of
from pulih.domain.edition import Note, Review
from pulih.domain.records import Helped
from pulih.domain.review import reviews

SWITCH = Device("sw-1", "dukcapil", DeviceKind.SWITCH, "Switch loket")
RETIRED = replace(SWITCH, active=False)
OLD = (Review.OLD,)


@pytest.fixture(scope="session")
def article(story, office_calendar):
    around = Surroundings(Agency("dukcapil", "Dukcapil"), "", None, FaultType("x", "X"))
    return replace(
        article_of(story.closed, around, office_calendar, []), resolved=date(2020, 2, 29)
    )


@pytest.fixture
def review(article, office_calendar):
    """Return what is to be said of the case on a day."""

    def on(today, device=SWITCH, helped=(), notes=()):
        day = date.fromisoformat(today)
        return reviews(article, device, helped, notes, day, office_calendar)

    return on


def helped(on, *, said=True):
    return Helped("2020-0001", "2022-0001", "rina", moment(on), said)


def note(on, *answers):
    return Note("n", "2020-0001", "rina", "Rina", moment(on), "Masih berlaku.", answers)


def moment(on):
    return datetime.fromisoformat(on).replace(tzinfo=UTC)


def test_a_case_of_three_years_is_not_old_and_a_day_later_it_is(review):
    assert review("2023-02-28") == ()
    assert review("2023-03-01") == OLD


def test_a_case_that_helped_within_two_years_is_not_old(review):
    assert review("2024-02-01", helped=[helped("2022-02-01")]) == ()
    assert review("2024-02-02", helped=[helped("2022-02-01")]) == OLD
    assert review("2024-02-01", helped=[helped("2022-02-01", said=False)]) == OLD


def test_who_says_that_it_still_holds_begins_the_years_anew(review):
    said = [note("2024-05-05", Review.OLD)]
    assert review("2027-05-05", notes=said) == ()
    assert review("2027-05-06", notes=said) == OLD


def test_a_note_that_answers_nothing_does_not_make_a_case_young(review):
    assert review("2024-05-06", notes=[note("2024-05-05")]) == OLD


def test_the_days_are_those_of_the_office(review):
    late = [Helped("2020-0001", "2022-0001", "rina", datetime(2022, 1, 31, 17, tzinfo=UTC))]
    assert review("2024-02-01", helped=late) == ()  # in Sumbawa it was 1 February


def test_a_case_of_a_device_that_is_used_no_more_is_to_be_looked_at(review):
    assert review("2021-01-01", device=RETIRED) == (Review.RETIRED,)
    assert review("2023-03-01", device=RETIRED) == (Review.OLD, Review.RETIRED)
    assert review("2021-01-01", device=None) == ()


def test_what_was_said_before_the_device_was_retired_does_not_answer_that(review):
    before, after = note("2020-05-05", Review.OLD), note("2020-06-06", Review.RETIRED)
    assert review("2021-01-01", RETIRED, notes=[before]) == (Review.RETIRED,)
    assert review("2021-01-01", RETIRED, notes=[before, after]) == ()
