"""An office whose records are not where its settings say does not begin anew over them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import offices
import pytest
from commands import WORDS, pulih, refused

from pulih.bootstrap import open_office
from pulih.cli import new_office
from pulih.config import read_settings
from pulih.jobs import Collected

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def folder(tmp_path, cast) -> Path:
    """An office with people in it, closed; its records are in its folder."""
    offices.found(tmp_path / "kantor", cast).close()
    return tmp_path / "kantor"


def move(folder: Path, to: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pulih", "move-store", "--office", str(folder), "--to", to],
        env={**os.environ, "LANG": "id_ID.UTF-8", **env}, capture_output=True, text=True,
        timeout=100, check=False,
    )  # fmt: skip


def test_an_empty_database_does_not_hide_the_records_in_the_folder(folder, database):
    place = database.rpartition("@")[2]
    for name in WORDS:
        refused(pulih(folder, name, PULIH_DATABASE=database), "pulih.db", place, "move-store")

    assert move(folder, database).returncode == 0
    with_people = open_office(read_settings(folder, {"PULIH_DATABASE": database}), jobs=Collected())
    with with_people.tools.store.reading() as records:
        assert records.people.get("rina")
    with_people.close()


def test_an_office_that_moved_does_not_begin_anew_in_a_third_place(folder, database, cluster):
    assert move(folder, database).returncode == 0
    with cluster.database() as other:
        refused(pulih(folder, "serve", PULIH_DATABASE=other), "sudah dipindahkan", "masih kosong")


def test_a_second_machine_and_a_new_office_begin_in_an_empty_database(tmp_path, database):
    new_office(tmp_path / "baru")
    for _machine in range(2):
        office = open_office(
            read_settings(tmp_path / "baru", {"PULIH_DATABASE": database}), jobs=Collected()
        )
        office.close()
