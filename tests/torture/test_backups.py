"""A backup is made while clerks work, and restored: what was acknowledged before it began is in it, and it is whole."""

from __future__ import annotations

import subprocess
import sys

import pytest
from ledger import Ledger, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]


def pulih(*words):
    done = subprocess.run(
        [sys.executable, "-m", "pulih", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, (done.stdout, done.stderr)


def back_up_and_restore(born, folder, tmp_path, *how):
    """Make a backup while clerks work and restore it beside; return the new folder and what must be in it."""
    for _ in range(2):
        born.bear()
    wait_until(lambda: len(Ledger.read(born.logs).deeds) > 100)
    before = Ledger.read(born.logs)
    pulih("backup", "--office", folder, tmp_path / "cadangan")
    meanwhile = Ledger.read(born.logs)
    born.kill_all()
    assert len(meanwhile.deeds) > len(before.deeds)
    pulih("restore", tmp_path / "cadangan", tmp_path / "baru", *how)
    return tmp_path / "baru", before, meanwhile


def compare(kept, before, meanwhile):
    """See that the copy holds no more than had been begun when the backup was through."""
    assert len(before.deeds) <= kept.entries <= len(meanwhile.deeds) + 2


def test_a_backup_of_an_embedded_office_at_work_is_whole(found, nursery, enter, tmp_path):
    folder = found()

    copy, before, meanwhile = back_up_and_restore(nursery(folder), folder, tmp_path)

    pulih("verify", "--office", copy)
    compare(before.check(enter(copy)), before, meanwhile)


@pytest.mark.postgres
def test_a_backup_of_a_large_office_at_work_is_whole(
    found, nursery, enter, tmp_path, cluster, database, monkeypatch
):
    folder = found(database=database)
    with cluster.database() as other:
        how = ("--database", other)
        copy, before, meanwhile = back_up_and_restore(nursery(folder), folder, tmp_path, *how)
        pulih("verify", "--office", copy)
        office = enter(copy)
        compare(before.check(office), before, meanwhile)
        office.close()
