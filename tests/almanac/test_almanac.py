from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pulih import almanac
from pulih.almanac import days_off, joint_leave_until
from pulih.domain.calendar import Calendar


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 8, 17), "Hari Kemerdekaan Republik Indonesia"),
        (date(2026, 3, 19), "Hari Suci Nyepi"),
        (date(2026, 3, 21), "Hari Raya Idul Fitri"),
        (date(2020, 12, 9), "Hari Pemilihan Kepala Daerah"),
    ],
)
def test_public_holidays_are_off_and_have_their_indonesian_name(day, name):
    assert days_off([2020, 2026])[day] == name


def test_joint_leave_of_2026_is_off():
    joint = [day for day, name in days_off([2026]).items() if name.startswith("Cuti Bersama")]

    assert joint == [
        date(2026, 2, 16),
        date(2026, 3, 18),
        date(2026, 3, 20),
        date(2026, 3, 23),
        date(2026, 3, 24),
        date(2026, 5, 15),
        date(2026, 5, 28),
        date(2026, 12, 24),
    ]


def test_joint_leave_is_known_as_far_as_it_was_decreed():
    last = joint_leave_until()

    assert last >= 2027
    assert any("Cuti Bersama" in name for name in days_off([last]).values())
    assert not any("Cuti Bersama" in name for name in days_off([last + 1]).values())


def test_feasts_beyond_the_decrees_are_marked_as_estimates():
    feasts = [name for name in days_off([2030]).values() if "Idul Fitri" in name]

    assert feasts
    assert all("perkiraan" in name for name in feasts)


def test_only_the_years_that_were_asked_for_are_there_in_order():
    days = list(days_off(range(2025, 2028)))

    assert {day.year for day in days} == {2025, 2026, 2027}
    assert days == sorted(days)


def test_the_office_adds_its_own_days():
    jubilee = date(2027, 1, 22)

    assert days_off([2027], {jubilee: "Hari jadi kabupaten"})[jubilee] == "Hari jadi kabupaten"


def test_the_office_can_work_on_a_day_off_and_rename_one():
    eve, feast = date(2026, 12, 24), date(2026, 12, 25)

    days = days_off([2026], {eve: "", feast: "Natal"})

    assert eve not in days
    assert days[feast] == "Natal"


def test_nobody_is_harmed_by_an_answer_that_is_changed():
    days_off([2026]).clear()

    assert days_off([2026])


def test_the_calendar_takes_it_as_it_is():
    calendar = Calendar(ZoneInfo("Asia/Makassar"), days_off([2026]))

    assert not calendar.works(date(2026, 12, 24))
    assert calendar.works(date(2026, 12, 23))


def test_what_is_kept_is_read_in_place_of_the_package(tmp_path, monkeypatch):
    kept = tmp_path / "holidays.json"
    days = days_off([2026, 2027], kept=kept)

    monkeypatch.setattr(almanac, "_nation", None)

    assert days_off([2026, 2027], kept=kept) == days


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"holidays": "0.1", "years": [2026], "days": {}}',
        b'{"holidays": null, "years": 1, "days": 1}',
    ],
)
def test_what_is_kept_and_odd_or_of_another_package_is_made_anew(tmp_path, odd):
    kept = tmp_path / "holidays.json"
    kept.write_bytes(odd)

    assert days_off([2026], kept=kept) == days_off([2026])
    assert days_off([2026, 2027], kept=kept) == days_off([2026, 2027])
    assert len(kept.read_bytes()) > 1000


def test_who_cannot_keep_them_computes_them(tmp_path):
    assert days_off([2026], kept=tmp_path / "none" / "holidays.json") == days_off([2026])
