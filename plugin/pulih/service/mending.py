"""Bringing what the index keeps of the cases to the cases as they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pulih.ports import Records, Store

_PART = 200  # cases in one transaction, so that others may write in between


def mend(store: Store, *, doubted: bool = False) -> int:
    """Weigh the cases anew that the index lacks or has as they were before; return how many those were.

    Args:
        doubted: Look at every entry, though there seems to be one for each case: who searched found some torn.
    """
    with store.reading() as records:
        entries = records.entries
        whole = entries.standing().current and entries.count() == entries.cases()
        if whole and not doubted:
            return 0
        stale = [entry.number for entry in entries.stale()]
    for start in range(0, max(len(stale), 1), _PART):
        part, last = stale[start : start + _PART], start + _PART >= len(stale)
        store.write(partial(_mend, part, last=last))
    return len(stale)


def _mend(numbers: Sequence[str], records: Records, *, last: bool) -> None:
    records.entries.mend(numbers, last=last)
