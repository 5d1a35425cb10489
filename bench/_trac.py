"""Trac's own ticket search, over the same cases as tickets of a Trac."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from _peers import texts

from pulih.domain.article import Article

_MICRO = 1_000_000


def trac(archive: Sequence[Article], folder: Path) -> Callable[[str], int]:
    """Return a search that tells how many tickets it found. Raises ImportError where there is no Trac."""
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # of its pkg_resources
        from trac.env import Environment  # noqa: PLC0415 - a peer, not installed everywhere
        from trac.test import MockRequest  # noqa: PLC0415 - as above
        from trac.ticket.web_ui import TicketModule  # noqa: PLC0415 - as above

    environment = Environment(str(folder), create=True)
    sql = (
        "INSERT INTO ticket (id, type, time, changetime, reporter, status, summary, description) "
        "VALUES (%s, 'defect', %s, %s, 'opd', 'closed', %s, %s)"
    )
    with environment.db_transaction as rows:
        for at, one in enumerate(archive, 1):
            closed = int(one.closed_at.timestamp() * _MICRO)
            rows(sql, (at, closed, closed, *texts(one)))
    module, request = TicketModule(environment), MockRequest(environment, authname="admin")

    def search(words: str) -> int:
        return len(list(module.get_search_results(request, words.split(), ["ticket"])))

    return search
