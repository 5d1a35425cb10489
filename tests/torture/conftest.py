"""An office at whose desks processes work that may be killed at any moment."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import clerks
import cluster as clusters
import offices
import pytest

from pulih.bootstrap import Office, open_office
from pulih.config import read_settings
from pulih.jobs import Collected


@pytest.fixture(scope="session")
def seconds(request) -> float:
    """How long a test of torture goes on, where it is not through with what it must do before."""
    return request.config.getoption("--torture-seconds")


@pytest.fixture
def found(tmp_path, cast, facts_for, story) -> Callable[..., Path]:
    """Found an office with the cast and its agencies in a folder; return the folder. Settings come by name."""

    def make(folder: Path = tmp_path / "kantor", **settings: Any) -> Path:
        offices.found(folder, cast, **settings).close()
        told = {
            stage: {"by": cast.actor(stage).id, "facts": facts_for(stage)} for stage in story.way
        }
        (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
        return folder

    return make


@pytest.fixture
def nursery(tmp_path):
    """Open a nursery of clerks for an office; it is closed with the test."""
    with ExitStack() as opened:
        yield lambda folder: opened.enter_context(clerks.nursery(folder, tmp_path / "logs"))


@pytest.fixture
def own_cluster():
    """A PostgreSQL server that no other test uses: it may be killed."""
    with clusters.cluster() as running:
        yield running


@pytest.fixture
def enter():
    """Open an office as this process; it is closed with the test."""
    entered: list[Office] = []

    def open_it(folder: Path) -> Office:
        entered.append(open_office(read_settings(folder, {}), jobs=Collected()))
        return entered[-1]

    yield open_it
    for office in entered:
        office.close()
