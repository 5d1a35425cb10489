"""Bringing the documents of an older store to today's schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pulih.ports import Documents
from pulih.store.schema import VERSION
from pulih.store.steps import add_entries, add_logins, add_papers, add_plone, add_tables, seal_all

# Told of the old documents and the version of their schema before anything is changed; it may keep a copy of them.
Spare = Callable[[Documents, int], None]

# By the version that each leads to.
STEPS: Mapping[int, Callable[[Documents], None]] = {
    2: seal_all,
    3: add_tables,
    4: add_entries,
    5: add_logins,
    6: add_papers,
    7: add_plone,
}


def migrate(documents: Documents, found: int) -> None:
    """Take every step from the version that was found to today's, in the caller's transaction."""
    for version in range(found + 1, VERSION + 1):
        STEPS[version](documents)
