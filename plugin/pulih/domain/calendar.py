"""Working days and hours, as the office keeps them (SOP, "Waktu")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_SATURDAY = 5
_YEARS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the office works.

    Attributes:
        zone: The office's time zone; Sumbawa is on WITA.
        free: Days off and their names: public holidays, joint leave (cuti bersama), the office's own.
        start: When a working day begins, local time.
        end: When it ends, later the same day.
    """

    zone: tzinfo
    free: Mapping[date, str] = field(default_factory=dict)
    start: time = time(7, 30)
    end: time = time(16, 0)

    @property
    def day(self) -> timedelta:
        """The length of one working day."""
        return datetime.combine(date.min, self.end) - datetime.combine(date.min, self.start)

    def works(self, day: date) -> bool:
        """Tell whether the office works on `day`."""
        return day.weekday() < _SATURDAY and day not in self.free

    def hours(self, day: date) -> tuple[datetime, datetime]:
        """Return when `day` begins and ends, UTC. It does not ask whether the office works then."""
        begin, end = (
            datetime.combine(day, t, tzinfo=self.zone).astimezone(UTC)
            for t in (self.start, self.end)
        )
        return begin, end

    def local(self, moment: datetime) -> datetime:
        """Return the moment on the office's clock."""
        return moment.astimezone(self.zone)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`; zero when `end` is not later."""
        first, last = self.local(start).date(), self.local(end).date()
        if end <= start:
            return timedelta()
        if first == last:
            return self._on(first, start, end)
        between = self.working_days(first + timedelta(days=1), last - timedelta(days=1))
        return self._on(first, start, end) + between * self.day + self._on(last, start, end)

    def _on(self, day: date, start: datetime, end: datetime) -> timedelta:
        """Return the working time of one day that lies between two moments."""
        if not self.works(day):
            return timedelta()
        begin, finish = self.hours(day)
        return max(min(end, finish) - max(start, begin), timedelta())

    def working_days(self, first: date, last: date) -> int:
        """Return how many days the office works from `first` to `last`, both counted. Takes no longer for centuries."""
        weeks, rest = divmod(max((last - first).days + 1, 0), 7)
        days = weeks * _SATURDAY + sum((first.weekday() + i) % 7 < _SATURDAY for i in range(rest))
        return days - sum(first <= day <= last and day.weekday() < _SATURDAY for day in self.free)

    def add(self, start: datetime, work: timedelta) -> datetime:
        """Return the first moment, UTC, at which `work` of working time has passed since `start`.

        With no work to do that is `start` itself. `work` must not be negative.
        """
        if work <= timedelta():
            return start.astimezone(UTC)
        day, left = self.local(start).date(), work
        limit = day + timedelta(days=366 * _YEARS_AHEAD + 10 * (work // self.day))
        while day < limit:
            if self.works(day):
                begin, finish = self.hours(day)
                begin = max(start, begin)
                if begin < finish:
                    if finish - begin >= left:
                        return (begin + left).astimezone(UTC)
                    left -= finish - begin
            day += timedelta(days=1)
        raise ValueError("the calendar has no working days")
