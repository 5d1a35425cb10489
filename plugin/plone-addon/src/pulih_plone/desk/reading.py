"""What the desk says, taken apart. Whatever does not fit is not the desk's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from pulih_plone.desk.answers import (
    Agency,
    Case,
    Found,
    Hit,
    OpenTicket,
    Overview,
    Receipt,
    Site,
)
from pulih_plone.desk.errors import Away, Refused, Why

T = TypeVar("T")
_MOST = 200  # of anything in one answer
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


def parsed(body: bytes) -> Mapping[str, Any]:
    """Read a JSON object.

    Raises:
        Away: It is not one.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Away(Why.NOT_THE_DESK, "not JSON") from error
    return _object(said)


def agencies(said: Mapping[str, Any]) -> tuple[Agency, ...]:
    return _each(said, "agencies", lambda one: Agency(_text(one, "id"), _text(one, "name")))


def overview(said: Mapping[str, Any]) -> Overview:
    agency = _object(said.get("agency"))
    shown = _each(said, "open", _open)
    return Overview(
        agency=Agency(_text(agency, "id"), _text(agency, "name")),
        waiting=_number(said, "waiting") if "waiting" in said else len(shown),
        open=shown,
        cases=_each(said, "cases", _case),
        sites=_each(
            said, "sites", lambda one: Site(_text(one, "id"), _text(one, "name")), missing=True
        ),
    )


def found(said: Mapping[str, Any]) -> Found:
    return Found(_each(said, "results", _hit), _number(said, "more"))


def receipt(said: Mapping[str, Any]) -> Receipt:
    return Receipt(
        number=_text(said, "receipt"),
        agenda=_text(said, "agenda", missing=True),
        registered=_moment(said, "registered"),
        url=_text(said, "url", 2000, missing=True),
    )


def refusal(status: int, said: Mapping[str, Any], skew: float | None) -> Refused:
    fields = said.get("fields", {})
    if not isinstance(fields, Mapping):
        raise _odd("fields")
    return Refused(
        status,
        _text(said, "error", 500),
        {name[:40]: _text(fields, name, 500) for name in list(fields)[:_MOST]},
        _text(said, "receipt", missing=True),
        skew,
    )


def _open(one: Mapping[str, Any]) -> OpenTicket:
    return OpenTicket(
        number=_text(one, "number"),
        subject=_text(one, "subject"),
        step=_number(one, "step"),
        step_name=_text(one, "step_name", missing=True),
        since=_day(one, "since"),
        url=_text(one, "url", 2000, missing=True),
    )


def _case(one: Mapping[str, Any]) -> Case:
    return Case(
        number=_text(one, "number"),
        title=_text(one, "title"),
        resolved=_day(one, "resolved"),
        fault=_text(one, "fault", missing=True),
        url=_text(one, "url", 2000, missing=True),
    )


def _hit(one: Mapping[str, Any]) -> Hit:
    return Hit(
        case=_case(one),
        agency=_text(one, "agency", missing=True),
        passage=_text(one, "passage", 1000, missing=True),
    )


def _odd(name: str) -> Away:
    return Away(Why.NOT_THE_DESK, name)


def _number(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _odd(name)
    return value


def _object(said: object) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise _odd("no object")
    return said


def _each(
    said: Mapping[str, Any],
    name: str,
    read: Callable[[Mapping[str, Any]], T],
    *,
    missing: bool = False,
) -> tuple[T, ...]:
    items = said.get(name, [] if missing else None)
    if not isinstance(items, list) or len(items) > _MOST:
        raise _odd(name)
    return tuple(read(_object(item)) for item in items)


def _text(said: Mapping[str, Any], name: str, limit: int = 300, *, missing: bool = False) -> str:
    value = said.get(name)
    if value is None and missing:
        return ""
    if not isinstance(value, str) or not (value or missing):
        raise _odd(name)
    seen = " ".join(_UNSEEN.sub(" ", value).split())
    return seen if len(seen) <= limit else seen[: limit - 1] + "…"


def _day(said: Mapping[str, Any], name: str) -> date | None:
    moment = _moment(said, name)
    return moment.date() if moment else None


def _moment(said: Mapping[str, Any], name: str) -> datetime | None:
    value = said.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _odd(name)
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError as error:
        raise _odd(name) from error
