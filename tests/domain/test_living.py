"""A case and what came to it since: the same of it gives the same page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from pulih.domain.agency import Agency, Device, DeviceKind, FaultType
from pulih.domain.article import Surroundings, article_of
from pulih.domain.edition import Note, Picture, Review
from pulih.domain.living import Since, living
from pulih.domain.records import Helped

AT = datetime(2026, 3, 2, tzinfo=UTC)
NOTES = tuple(
    Note(key, "2026-0001", "rina", "Rina", AT + timedelta(days=days), f"Catatan {key}")
    for key, days in (("b", 0), ("a", 0), ("c", -1))
)
HELPED = tuple(
    Helped("2026-0001", ticket, "rina", AT + timedelta(days=days), helped)
    for ticket, days, helped in (("2026-0009", 1, True), ("2026-0003", 1, True),
                                 ("2026-0002", 0, False), ("2026-0008", 0, True))
)  # fmt: skip
RETIRED = Device("sw-1", "dukcapil", DeviceKind.SWITCH, "Switch", active=False)


@pytest.fixture
def case_of(story, office_calendar):
    around = Surroundings(Agency("dukcapil", "Dukcapil"), "", None, FaultType("x", "X"))
    article = article_of(story.closed, around, office_calendar, [])

    return lambda since: living(article, since, date(2026, 4, 1), office_calendar)


def test_notes_and_tickets_stand_oldest_first_in_whatever_order_they_come(case_of):
    cases = {
        case_of(Since(helped, notes))
        for helped in permutations(HELPED)
        for notes in permutations(NOTES)
    }
    [case] = cases
    assert [note.id for note in case.notes] == ["c", "a", "b"]
    assert case.helped == ("2026-0008", "2026-0003", "2026-0009")


def test_a_ticket_that_said_so_twice_is_named_once(case_of):
    twice = (HELPED[0], replace(HELPED[0], at=AT))
    assert case_of(Since(twice)).helped == ("2026-0009",)


def test_pictures_and_the_state_of_the_device_are_told(case_of):
    case = case_of(Since(device=RETIRED, pictures=(Picture("d" * 64, "Rak"),)))
    assert case.review == (Review.RETIRED,)
    assert case.pictures == (Picture("d" * 64, "Rak"),)


def test_a_case_to_which_nothing_came_shows_only_its_article(case_of):
    case = case_of(Since())
    assert (case.helped, case.notes, case.review, case.pictures) == ((), (), (), ())
