"""What the wiki is to show, from the records; and how it is told whether it shows that."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from pulih.domain.agency import Device
from pulih.domain.article import Article
from pulih.domain.calendar import Calendar
from pulih.domain.edition import Case, Edition
from pulih.domain.living import Since, hushed, living
from pulih.domain.records import Names, Published
from pulih.domain.recurrence import recurring
from pulih.domain.scrub import NONE, Audience, scrubbed
from pulih.errors import NotFound
from pulih.ports import Records
from pulih.service.audience import Readers, circle_of

T = TypeVar("T")


@dataclass(slots=True)
class Binder:
    """Makes editions of the office, the next one out of what has not changed since the one before.

    Whoever is handed the same object as before need not look into it again.
    """

    calendar: Calendar
    audience: Audience = Audience.INTRANET
    _readers: Readers = field(default_factory=Readers)
    _bound: Mapping[str, _Bound] = field(default_factory=dict)
    _recurring: tuple[tuple[Case, ...], Mapping[str, tuple[str, ...]]] = ((), {})

    def edition(self, records: Records, now: datetime) -> Edition:
        """Return everything that the wiki is to show of the office."""
        devices = {device.id: device for device in records.devices.all(active=None)}
        helped = _by(records.helped.find(), lambda h: h.case)
        notes = _by(records.notes.find(), lambda n: n.case)
        decided = {o.ticket: o for o in records.outgoing.find()}
        retracted = {one.case for one in records.retracted.find()}
        today, before, bound = self.calendar.local(now).date(), self._bound, dict[str, _Bound]()
        for article in records.articles.find():
            number = article.number
            if number in retracted:
                continue
            said = decided.get(number)
            since = Since(
                helped.get(number, ()),
                hushed(notes.get(number, ()), said.choices if said else NONE),
                devices.get(article.device),
                said.pictures if said else (),
            )
            bound[number] = _bind(article, since, today, self.calendar, before.get(number))
        self._bound = bound
        cases = tuple(one.case for one in bound.values())
        whole = Edition(
            cases=cases,
            names=Names(
                {a.id: scrubbed(a.name) for a in records.agencies.all(active=None)},
                {f.id: scrubbed(f.name) for f in records.fault_types.all(active=None)},
            ),
            sites={site.id: site for site in records.sites.all(active=None)},
            devices=devices,
            recurring=self._recurring_in(cases),
        )
        return self._readers.edition(whole, circle_of(records, self.audience))

    def case(self, records: Records, number: str, now: datetime) -> Case | None:
        """Return a case as it is in an edition, without making the others; None where it is not in it."""
        case = case_of(records, self.calendar, number, now)
        return case and self._readers.case(case, circle_of(records, self.audience))

    def _recurring_in(self, cases: tuple[Case, ...]) -> Mapping[str, tuple[str, ...]]:
        known, found = self._recurring
        if len(known) != len(cases) or any(a is not b for a, b in zip(known, cases, strict=True)):
            found = recurring((case.article for case in cases), self.calendar)
            self._recurring = cases, found
        return found


def case_of(records: Records, calendar: Calendar, number: str, now: datetime) -> Case | None:
    """Return a case as the office itself may read it; None where it is not on the wiki."""
    article = records.articles.get(number)
    if article is None or records.retracted.get(number):
        return None
    outgoing = records.outgoing.get(number)
    since = Since(
        records.helped.find(case=number),
        hushed(records.notes.find(case=number), outgoing.choices if outgoing else NONE),
        _device(records, article.device),
        outgoing.pictures if outgoing else (),
    )
    return _bind(article, since, calendar.local(now).date(), calendar).case


def world_of(edition: Edition) -> str:
    """Return a digest of what a wiki shows beside its cases."""
    names = edition.names
    told = [
        sorted(names.agencies.items()),
        sorted(names.fault_types.items()),
        *(sorted(map(repr, things.values())) for things in (edition.sites, edition.devices)),
        sorted(edition.recurring.items()),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def stamp_of(edition: Edition, published: Iterable[Published], version: str) -> str:
    """Return a digest of what a wiki shows.

    Args:
        published: What was last put on it for each case.
        version: What it is made with.
    """
    shown = sorted((p.number, p.version, p.publisher, p.digest) for p in published)
    told = json.dumps([version, shown, world_of(edition)])
    return hashlib.sha256(told.encode()).hexdigest()


class _Bound(NamedTuple):
    """A case, and what it was made of."""

    article: Article
    since: Since
    today: date
    case: Case


def _bind(
    article: Article, since: Since, today: date, calendar: Calendar, before: _Bound | None = None
) -> _Bound:
    if before is not None and before.article is article and before.since == since:
        if before.today == today:
            return before
        case = living(article, since, today, calendar)
        same = (case.review, case.notes) == (before.case.review, before.case.notes)
        return _Bound(article, since, today, before.case if same else case)
    return _Bound(article, since, today, living(article, since, today, calendar))


def _device(records: Records, key: str) -> Device | None:
    try:
        return records.devices.get(key) if key else None
    except NotFound:
        return None


def _by(things: Iterable[T], of: Callable[[T], str]) -> dict[str, list[T]]:
    """Return the things by the case that they belong to."""
    found = defaultdict[str, list[T]](list)
    for thing in things:
        found[of(thing)].append(thing)
    return found
