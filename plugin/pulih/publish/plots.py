"""Two plots of closed cases: how many a month, and how long they took. Pure: the same cases, the same SVG."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from statistics import median, quantiles

from pulih.domain.article import Article
from pulih.publish.chart import (
    KINDS,
    Month,
    Scale,
    box,
    dot,
    figure,
    legend,
    patterns,
    table_of,
)

_LONGEST, _SHORTEST = 24, 12  # months
_REST = "Jenis lain"
_SPREAD = 2  # cases; fewer have no spread


def month_of(day: date) -> Month:
    """Return the month of a day."""
    return day.year * 12 + day.month - 1


def months_shown(cases: Iterable[Article]) -> range:
    """Return the months of the plots: all with cases up to the newest, but a year at least and two years at most."""
    found = [month_of(case.resolved) for case in cases]
    first, last = min(found), max(found)
    return range(last + 1 - min(_LONGEST, max(_SHORTEST, last - first + 1)), last + 1)


def cases_plot(cases: Iterable[Article], months: range, names: Mapping[str, str]) -> str:
    """Return the bars of cases a month, by fault type: the most frequent by themselves, the rest together.

    Args:
        cases: Those resolved in these months.
        names: What their fault types are called, by identifier, as plain text.
    """
    found = [(month_of(case.resolved), case.fault_type) for case in cases]
    own = most_frequent((fault for _month, fault in found), names)[: KINDS - 1]
    place = {fault: kind for kind, (fault, _count) in enumerate(own)}
    counts = Counter((month, place.get(fault, len(own))) for month, fault in found)
    sums = Counter[int]()
    for (_month, kind), count in counts.items():
        sums[kind] += count
    kinds = range(len(sums))
    called = [*(names[fault] for fault, _count in own), _REST][: len(sums)]
    total = Counter(month for month, _fault in found)
    scale = Scale(months, max(total.values(), default=0))

    def bars() -> Iterator[str]:
        for month in months:
            below = 0
            for kind in (kind for kind in kinds if counts[month, kind]):
                top = scale.y(below + counts[month, kind])
                yield box(scale.left(month), top, scale.bar, scale.y(below) - top, kind)
                below += counts[month, kind]

    rows = [[*(str(counts[m, kind] or "–") for kind in kinds), str(total[m])] for m in months]
    return figure(
        "Kasus selesai per bulan, menurut jenis gangguan",
        f"{len(found)} kasus dalam {len(months)} bulan.",
        [patterns(), *scale.frame(), *bars()],
        legend(f"{name} ({sums[kind]})" for kind, name in enumerate(called)),
        table_of([*called, "Semua"], months, rows),
    )


def hours_plot(cases: Iterable[Article], months: range) -> str:
    """Return the time to repair: each month's median, and behind it a bar from the lower to the upper quarter."""
    hours: dict[Month, list[float]] = defaultdict(list)
    for case in cases:
        hours[month_of(case.resolved)].append(case.working_hours)
    spread = {month: _quarters(found) for month, found in hours.items()}
    scale = Scale(months, max((high for _low, _middle, high in spread.values()), default=0))

    def marks() -> Iterator[str]:
        for month, values in sorted(spread.items()):
            low, middle, high = map(scale.y, values)
            yield box(scale.left(month), high, scale.bar, max(1, low - high))
            yield dot(scale.left(month) + scale.bar / 2, middle)

    rows = [
        [str(len(hours[m])), *map(_hours, spread[m])] if m in spread else ["–"] * 4 for m in months
    ]
    return figure(
        "Lama perbaikan per bulan, dalam jam kerja",
        "Titik: nilai tengah. Batang: separuh kasus di sekitarnya. Menunggu OPD tidak dihitung.",
        [*scale.frame(), *marks()],
        "",
        table_of(["Kasus", "Seperempat bawah", "Nilai tengah", "Seperempat atas"], months, rows),
    )


def most_frequent(faults: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return fault types with how often they occur, the most frequent first; equals by name."""
    counts = Counter(faults).items()
    return sorted(counts, key=lambda one: (-one[1], names[one[0]].casefold(), one[0]))


def _quarters(values: Sequence[float]) -> tuple[float, float, float]:
    if len(values) < _SPREAD:
        return (values[0],) * 3
    low, _middle, high = quantiles(values, n=4, method="inclusive")
    return low, median(values), high


def _hours(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
