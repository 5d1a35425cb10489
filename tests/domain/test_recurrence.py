"""Faults that came back: the same fault, at the same agency or device, soon after it was repaired."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.article import Article
from pulih.domain.calendar import Calendar
from pulih.domain.recurrence import WORKING_DAYS, recurring, returns

CALENDAR = Calendar(ZoneInfo("Asia/Makassar"))
FRIDAY = date(2026, 3, 6)


def case(number, reported=FRIDAY, resolved=None, **changes):
    resolved = resolved or reported
    facts = {
        name: ""
        for name in Article.__dataclass_fields__
        if name not in {"checks", "tests", "related"}
    } | {
        "number": number,
        "year": reported.year,
        "agency": "rsud",
        "fault_type": "kabel-putus",
        "cause_confirmed": True,
        "checks": (),
        "tests": (),
        "related": (),
        "reported": reported,
        "resolved": resolved,
        "closed_at": datetime(resolved.year, resolved.month, resolved.day, 6, tzinfo=UTC),
        "working_hours": 1.0,
        "version": 17,
    }
    return Article(**{**facts, **changes})


def weekday(count, *, after=FRIDAY, free=()):
    """Return the so-manieth working day after a day."""
    day = after
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in free
    return day


def test_the_same_fault_at_the_same_agency_within_the_days_came_back():
    again = case("2026-0002", weekday(WORKING_DAYS))

    assert recurring([case("2026-0001"), again], CALENDAR) == {"2026-0002": ("2026-0001",)}


def test_one_working_day_later_it_is_another_fault():
    assert (
        recurring([case("2026-0001"), case("2026-0002", weekday(WORKING_DAYS + 1))], CALENDAR) == {}
    )


def test_the_days_are_counted_from_the_repair_not_from_the_report():
    slow = case("2026-0001", FRIDAY, weekday(20))

    assert recurring([slow, case("2026-0002", weekday(50))], CALENDAR)
    assert not recurring([slow, case("2026-0002", weekday(51))], CALENDAR)


def test_days_off_do_not_count():
    free = {FRIDAY + timedelta(days=n): "Cuti bersama" for n in range(1, 11)}
    calendar = Calendar(CALENDAR.zone, free)
    cases = [case("2026-0001"), case("2026-0002", weekday(WORKING_DAYS, free=free))]

    assert recurring(cases, calendar)
    assert not recurring(cases, CALENDAR)


def test_the_number_of_days_can_be_set():
    cases = [case("2026-0001"), case("2026-0002", weekday(3))]

    assert recurring(cases, CALENDAR, days=3)
    assert not recurring(cases, CALENDAR, days=2)


def test_a_fault_that_follows_its_device_to_another_agency_came_back():
    cases = [
        case("2026-0001", device="sw-2"),
        case("2026-0002", weekday(5), agency="dukcapil", device="sw-2"),
    ]

    assert recurring(cases, CALENDAR) == {"2026-0002": ("2026-0001",)}


@pytest.mark.parametrize(
    "changes", [{"fault_type": "dns"}, {"agency": "dukcapil"}, {"agency": "dukcapil", "device": ""}]
)
def test_another_fault_or_another_agency_did_not_come_back(changes):
    assert recurring([case("2026-0001"), case("2026-0002", weekday(5), **changes)], CALENDAR) == {}


def test_a_case_reported_before_the_other_was_repaired_did_not_come_back():
    cases = [case("2026-0001", FRIDAY, weekday(4)), case("2026-0002", weekday(2), weekday(5))]

    assert recurring(cases, CALENDAR) == {}


def test_what_the_letter_says_counts_at_any_distance_if_it_is_known():
    cases = [
        case("2026-0001"),
        case("2026-0900", weekday(200), agency="dukcapil", recurrence_of="2026-0001"),
        case("2026-0901", weekday(200), agency="dinkes", recurrence_of="2019-0001"),
        case("2026-0902", weekday(200), agency="dikbud", recurrence_of="2026-0902"),
    ]

    assert recurring(cases, CALENDAR) == {"2026-0900": ("2026-0001",)}


def test_all_it_came_back_from_are_told_newest_first():
    cases = [case(f"2026-000{n}", weekday(n * 10)) for n in (1, 2, 3)]

    found = recurring(cases, CALENDAR)

    assert found == {"2026-0002": ("2026-0001",), "2026-0003": ("2026-0002", "2026-0001")}
    assert returns(found) == {"2026-0001": ("2026-0002", "2026-0003"), "2026-0002": ("2026-0003",)}


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
CASES = st.lists(
    st.tuples(
        DAYS,
        st.integers(0, 20),
        st.sampled_from(["rsud", "dinkes"]),
        st.sampled_from(["", "sw-1"]),
        st.sampled_from(["dns", "loop"]),
    ),
    max_size=12,
).map(
    lambda rows: [
        case(
            f"2026-{n:04d}",
            day,
            day + timedelta(days=took),
            agency=agency,
            device=device,
            fault_type=fault,
        )
        for n, (day, took, agency, device, fault) in enumerate(rows)
    ]
)


@given(cases=CASES, free=st.lists(DAYS, max_size=40), days=st.integers(0, 60), seed=st.integers())
def test_it_finds_what_comparing_each_with_each_by_the_calendar_finds(cases, free, days, seed):
    calendar = Calendar(CALENDAR.zone, dict.fromkeys(free, "libur"))
    shuffled = random.Random(seed).sample(cases, len(cases))

    def came_back(one, other):
        between = calendar.working_days(other.resolved + timedelta(days=1), one.reported)
        alike = one.agency == other.agency or (one.device and one.device == other.device)
        return bool(
            alike
            and one.fault_type == other.fault_type
            and other.resolved <= one.reported
            and (other.resolved, other.number) < (one.resolved, one.number)
            and between <= days
        )

    expected = {
        one.number: {other.number for other in cases if came_back(one, other)} for one in cases
    }

    found = recurring(shuffled, calendar, days)

    assert {number: set(others) for number, others in found.items()} == {
        number: others for number, others in expected.items() if others
    }
    assert found == recurring(cases, calendar, days)
