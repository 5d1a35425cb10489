"""A deed of a ticket's history as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pulih.domain import sop
from pulih.domain.facts import REFERENCES, Fact, Kind, Value
from pulih.domain.ticket import Entry, text
from pulih.wording import Sentence, sentence


def told(entry: Entry, names: Mapping[str, str]) -> Sentence:
    """Return the entry as a sentence that a citizen could read.

    Args:
        entry: A deed.
        names: What to write for an identifier of a person, device or fault type.
    """
    values: dict[str, object] = {"who": _who(entry)}
    for fact in sop.STAGES[entry.stage].facts:
        values[fact.name] = _spoken(fact, entry.facts.get(fact.name), names)
    return Sentence(entry.way.said, values)


def _who(entry: Entry) -> str | Sentence:
    """Return who did it; of what came through a site of others, that this is only by the site's word."""
    site = text(entry.facts, "through")
    return (
        sentence("{name}, lewat situs {site},", name=entry.name, site=site) if site else entry.name
    )


def _spoken(fact: Fact, value: Value | None, names: Mapping[str, str]) -> object:
    if isinstance(value, str) and fact.kind is Kind.MOMENT:
        return datetime.fromisoformat(value)
    if isinstance(value, str):
        return names.get(value, value) if fact.kind in REFERENCES else value
    if isinstance(value, list):
        return [names.get(item, item) for item in value if isinstance(item, str)]
    return "" if value is None else value
