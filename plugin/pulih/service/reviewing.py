"""Which cases should be looked at again, from the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from pulih.domain.agency import Device
from pulih.domain.article import Article
from pulih.domain.calendar import Calendar
from pulih.domain.edition import Note, Review
from pulih.domain.records import Helped
from pulih.domain.review import reviews
from pulih.errors import NotFound
from pulih.ports import Records

Added = TypeVar("Added", Helped, Note)
Due = tuple[Article, tuple[Review, ...]]


def review_of(
    records: Records, article: Article, today: date, calendar: Calendar
) -> tuple[Review, ...]:
    """Return why a case should be looked at again."""
    number = article.number
    helped, notes = records.helped.find(case=number), records.notes.find(case=number)
    return reviews(article, _device(records, article.device), helped, notes, today, calendar)


def all_due(records: Records, today: date, calendar: Calendar) -> list[Due]:
    """Return the cases on the wiki that should be looked at again, and why, the oldest first."""
    devices = {device.id: device for device in records.devices.all(active=None)}
    helped, notes = _by_case(records.helped.find()), _by_case(records.notes.find())
    off_wiki = {one.case for one in records.retracted.find()}
    found = list[Due]()
    for article in records.articles.find():
        n, device = article.number, devices.get(article.device)
        why = reviews(article, device, helped.get(n, ()), notes.get(n, ()), today, calendar)
        if why and n not in off_wiki:
            found.append((article, why))
    return sorted(found, key=lambda one: (one[0].resolved, one[0].number))


def _by_case(added: Iterable[Added]) -> Mapping[str, list[Added]]:
    found = defaultdict[str, list[Added]](list)
    for one in added:
        found[one.case].append(one)
    return found


def _device(records: Records, key: str) -> Device | None:
    try:
        return records.devices.get(key) if key else None
    except NotFound:
        return None
