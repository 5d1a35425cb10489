"""Working days and hours in Sumbawa: 07:30-16:00 WITA, weekends and free days off."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.calendar import Calendar

WITA = ZoneInfo("Asia/Makassar")
HOUR = timedelta(hours=1)
DAY = timedelta(hours=8, minutes=30)


def at(text):
    """A moment on the office's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - the zone is beside it
    datetime(2027, 1, 31),  # noqa: DTZ001 - as above
    timezones=st.sampled_from([UTC, WITA, ZoneInfo("Asia/Jayapura")]),
)
WORK = st.timedeltas(timedelta(microseconds=1), 30 * DAY)
CALENDARS = st.builds(
    lambda free, start, length: Calendar(
        WITA,
        dict.fromkeys(free, "libur"),
        time(start),
        time(start + length),
    ),
    st.lists(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=40),
    st.integers(0, 12),
    st.integers(1, 11),
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-03-02", True),  # Monday
        ("2026-03-07", False),  # Saturday
        ("2026-03-08", False),  # Sunday
        ("2026-03-19", False),  # Nyepi
        ("2026-03-20", False),  # joint leave
        ("2026-03-23", True),
    ],
)
def test_weekends_holidays_and_joint_leave_are_no_working_days(office_calendar, day, works):
    assert office_calendar.works(date.fromisoformat(day)) is works


def test_a_working_day_has_eight_and_a_half_hours(office_calendar):
    assert office_calendar.day == DAY


def test_the_office_is_on_the_clock_of_sumbawa(office_calendar):
    begin, end = office_calendar.hours(date(2026, 3, 2))
    assert begin == datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert end == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert office_calendar.local(begin).isoformat() == "2026-03-02T07:30:00+08:00"


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-02 08:00", "2026-03-02 10:00", 2),
        ("2026-03-02 06:00", "2026-03-02 08:30", 1),  # before the doors open
        ("2026-03-02 15:00", "2026-03-02 23:00", 1),  # after they close
        ("2026-03-02 15:00", "2026-03-03 08:30", 2),  # over night
        ("2026-03-06 15:00", "2026-03-09 08:30", 2),  # over a weekend
        ("2026-03-18 15:00", "2026-03-23 08:30", 2),  # over Nyepi, joint leave and a weekend
        ("2026-03-07 08:00", "2026-03-08 20:00", 0),  # a weekend
        ("2026-03-02 10:00", "2026-03-02 10:00", 0),
        ("2026-03-03 10:00", "2026-03-02 10:00", 0),  # backwards
    ],
)
def test_only_working_hours_count(office_calendar, start, end, hours):
    assert office_calendar.between(at(start), at(end)) == hours * HOUR


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02 08:00", 2, "2026-03-02 10:00"),
        ("2026-03-02 08:00", 8, "2026-03-02 16:00"),
        ("2026-03-02 15:00", 2, "2026-03-03 08:30"),
        ("2026-03-06 15:00", 8.5, "2026-03-09 15:00"),  # Friday: one working day is Monday
        ("2026-03-18 15:00", 2, "2026-03-23 08:30"),
        ("2026-03-07 11:00", 1, "2026-03-09 08:30"),  # a Saturday
        ("2026-08-14 15:00", 8.5, "2026-08-18 15:00"),  # Independence Day is a Monday
        ("2026-12-23 12:00", 17, "2026-12-29 12:00"),
    ],
)
def test_work_ends_when_so_many_working_hours_have_passed(office_calendar, start, hours, end):
    assert office_calendar.add(at(start), hours * HOUR) == at(end)


def test_no_work_ends_where_it_starts_even_on_a_sunday(office_calendar):
    sunday = at("2026-03-08 11:00")
    assert office_calendar.add(sunday, timedelta()) == sunday
    assert office_calendar.add(sunday, timedelta()).tzinfo is UTC


def test_an_office_that_never_works_says_so_instead_of_counting_for_ever():
    free = {date(2026, 1, 1) + timedelta(days=n): "libur" for n in range(366 * 4)}
    with pytest.raises(ValueError, match="no working days"):
        Calendar(WITA, free).add(at("2026-01-01 08:00"), HOUR)


@given(CALENDARS, MOMENTS, WORK)
def test_as_much_work_is_between_as_was_added(calendar, start, work):
    assert calendar.between(start, calendar.add(start, work)) == work


@given(CALENDARS, MOMENTS, WORK)
def test_work_never_ends_outside_working_hours(calendar, start, work):
    end = calendar.add(start, work)
    day = calendar.local(end).date()
    begin, finish = calendar.hours(day)
    assert calendar.works(day)
    assert begin < end <= finish
    assert end > start


@given(CALENDARS, MOMENTS, WORK)
def test_a_moment_earlier_the_work_is_not_done(calendar, start, work):
    end = calendar.add(start, work)
    assert calendar.between(start, end - timedelta(microseconds=1)) < work


@given(CALENDARS, MOMENTS, WORK, WORK)
def test_more_work_ends_later(calendar, start, less, more):
    if less > more:
        less, more = more, less
    assert calendar.add(start, less) <= calendar.add(start, more)


@given(CALENDARS, st.lists(MOMENTS, min_size=3, max_size=3))
def test_time_that_follows_on_adds_up_and_never_runs_backwards(calendar, moments):
    one, two, three = sorted(moments)
    assert calendar.between(one, two) + calendar.between(two, three) == calendar.between(one, three)
    assert timedelta() <= calendar.between(one, two) <= two - one
    assert calendar.between(three, one) == timedelta()


@given(CALENDARS, MOMENTS, WORK)
def test_the_zone_in_which_a_moment_is_written_makes_no_difference(calendar, start, work):
    elsewhere = start.astimezone(ZoneInfo("America/Lima"))
    assert calendar.add(elsewhere, work) == calendar.add(start, work)
    assert calendar.between(elsewhere, start + work) == calendar.between(start, start + work)
