"""What the search answers, as plain values for programs: the same for all who ask in JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pulih.domain.agency import DeviceKind
from pulih.domain.article import Article
from pulih.domain.search import Found, Match, OpenMatch, Passage
from pulih.domain.sop_facts import REPORT
from pulih.ports import Records
from pulih.wording import Sentence

Names = Mapping[str, Mapping[str, str]]  # attribute of a case -> value -> what to write for it
Say = Callable[[Sentence | str], str]
_HOUR = 3600


def facet_names(records: Records) -> Names:
    """Return what to write for the values of facets, also of those no longer in use; a year is its own name."""
    classes = next(fact.choices for fact in REPORT if fact.name == "solution_class")
    return {
        "fault_type": {fault.id: fault.name for fault in records.fault_types.all(active=None)},
        "device_kind": {kind.value: kind.label for kind in DeviceKind},
        "agency": {agency.id: agency.name for agency in records.agencies.all(active=None)},
        "solution_class": {one.id: one.label for one in classes},
    }


def answer(found: Found, names: Names, say: Say) -> dict[str, Any]:
    """Return an answer as a member of the office may read it."""
    return {
        "total": found.total,
        "behind": found.behind,
        "instead": found.instead,
        "matches": [_match(match, say) for match in found.matches],
        "near": [_match(match, say) for match in found.near],
        "open": [_open(ticket, say) for ticket in found.open],
        **facets(found, names, say),
    }


def facets(found: Found, names: Names, say: Say) -> dict[str, Any]:
    """Return the counts of an answer, and what there would be with a filter less."""

    def named(attribute: str, value: str) -> dict[str, Any]:
        return {"value": value, "name": say(names.get(attribute, {}).get(value, value))}

    return {
        "facets": {
            attribute: [{**named(attribute, value), "count": count} for value, count in counts]
            for attribute, counts in found.facets.items()
        },
        "wider": [
            {"facet": attribute, **named(attribute, value), "more": more}
            for attribute, value, more in found.wider
        ],
    }


def case(article: Article) -> dict[str, Any]:
    """Return what a case is filed under."""
    return {
        "number": article.number,
        "title": article.title,
        "agency": article.agency,
        "agency_name": article.agency_name,
        "device_kind": article.device_kind,
        "device": article.device_make,
        "fault_type": article.fault_type,
        "fault_name": article.fault_name,
        "solution_class": article.solution_class,
        "year": article.year,
        "resolved": article.resolved.isoformat(),
    }


def _match(match: Match, say: Say) -> dict[str, Any]:
    return {
        **case(match.article),
        "cause": match.cause,
        "fix": match.fix,
        "hours": None if match.took is None else round(match.took.total_seconds() / _HOUR, 1),
        "came_back": list(match.came_back),
        "score": round(match.score, 4),
        "reasons": _said(match.reasons, say),
        "passage": match.passage and _passage(match.passage, say),
    }


def _passage(passage: Passage, say: Say) -> dict[str, Any]:
    pieces = [{"text": piece.text, "marked": piece.marked} for piece in passage.pieces]
    return {"field": say(passage.label), "pieces": pieces}


def _open(ticket: OpenMatch, say: Say) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "agency_name": ticket.agency_name,
        "subject": ticket.subject,
        "step": ticket.step,
        "received": ticket.received.isoformat(),
        "score": round(ticket.score, 4),
        "reasons": _said(ticket.reasons, say),
    }


def _said(reasons: Iterable[Sentence], say: Say) -> list[str]:
    return [say(reason) for reason in reasons]
