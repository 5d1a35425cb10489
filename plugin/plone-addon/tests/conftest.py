"""Tests of what talks with the desk need no Plone. Those in `within/` do, and are left out without."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from small_desk import DOOR, TOKEN, Desk, running

from pulih_plone.desk import client
from pulih_plone.desk.connection import Connection

collect_ignore = [] if find_spec("Products") else ["within"]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with running() as desk:
        yield desk


@pytest.fixture
def connection(desk) -> Connection:
    return Connection(desk.url, DOOR, TOKEN, timeout=1.0)


@pytest.fixture
def asking(connection) -> client.Desk:
    return client.Desk(connection)
