"""The lists that the web asks the store for, with the filters of `service/work.py`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pulih.domain.records import TicketFilter
from pulih.domain.sop import STAGES
from pulih.ports import Records
from pulih.service.work import OPEN

_AGENCIES = ("dukcapil", "dikbud", "dinkes", "bkpsdm", "bappeda", "rsud")
_WORDS = ("wifi", "server tidak", "gedung lantai", "puskesmas utan", "tidakada")
_TEAMS_OWN = tuple(stage.id for stage in STAGES.values() if stage.appointed)


def _list(size: int, page: int, records: Records, turn: int, **wanted: object) -> object:
    told = {
        name: each[turn % len(each)] if isinstance(each, list) else each
        for name, each in wanted.items()
    }
    return records.tickets.list(TicketFilter(**told), page=page, size=size)


def _asked(*, size: int = 25, page: int = 1, **wanted: object) -> Callable[[Records, int], object]:
    """Return a list; where a filter has several values, each time asks for the next."""
    return partial(_list, size, page, **wanted)


_SOMEBODY = [f"teknisi-{n:02d}" for n in range(1, 51)]

LISTS: dict[str, Callable[[Records, int], object]] = {
    "queue, counted by step": lambda records, _turn: records.tickets.counts(TicketFilter(states=OPEN)),
    "queue": _asked(states=OPEN),
    "queue of a step": _asked(states=OPEN, step=list(range(1, 15))),
    "waiting for a head": _asked(size=2000, states=OPEN, stages=("verification", "acceptance-division")),
    "waiting for a technician": _asked(size=2000, states=OPEN, stages=_TEAMS_OWN, member=_SOMEBODY),
    "a technician's": _asked(size=100, states=OPEN, person=_SOMEBODY),
    "an agency's": _asked(agency=list(_AGENCIES)),
    "an agency's open ones": _asked(states=OPEN, agency=list(_AGENCIES)),
    "closed in a year": _asked(states=("closed",), year=["2022", "2023", "2024", "2025", "2026"]),
    "by words": _asked(words=list(_WORDS)),
    "all, page 30": _asked(page=30),
}  # fmt: skip
