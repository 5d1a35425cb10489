"""A disk runs full while clerks work: they are refused, they read on, and nothing acknowledged is lost."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

import cluster as clusters
import disks
import pytest
from ledger import Ledger, wait_until

from pulih.domain.records import TicketFilter
from pulih.errors import Unavailable
from pulih.keeping.verify import verify

pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]

PDF = b"%PDF-1.7\n"


@pytest.fixture
def disk(tmp_path):
    """A disk of 12 MB."""
    with disks.small_disk(tmp_path / "disk", "12m") as folder:
        yield folder


def test_an_embedded_office_on_a_full_disk_refuses_reads_on_and_goes_on_when_there_is_room(
    disk, found, nursery, enter, cast, facts_for
):
    folder = found(disk / "kantor")
    office, born = enter(folder), nursery(folder)
    for _ in range(2):
        born.bear()
    wait_until(lambda: len(Ledger.read(born.logs).deeds) > 20)

    ballast = disks.fill(disk)
    wait_until(lambda: len(Ledger.read(born.logs).unsure) > 20)
    full = Ledger.read(born.logs)
    full.check(office)
    with pytest.raises(Unavailable, match=r"Ruang disk untuk pulih\.db habis.*Kosongkan ruang"):
        office.tickets.register(cast.contact, facts_for("letter"))
    with pytest.raises(Unavailable, match="Periksa ruang"):
        office.attachments.keep(cast.contact, "scan", "surat.pdf", io.BytesIO(PDF * 100_000))
    with office.tools.store.reading() as records:
        assert records.tickets.list(TicketFilter()).total > 0

    ballast.unlink()
    wait_until(lambda: len(Ledger.read(born.logs).deeds) > len(full.deeds) + 20)
    cut_off = len(born.alive)
    born.kill_all()
    after = Ledger.read(born.logs)
    kept = after.check(office)
    assert 0 <= kept.entries - len(after.deeds) <= cut_off
    assert all("ulangi" in sentence for sentence in after.unsure)
    assert list(verify(office.tools.store.documents, office.tools.files)) == []


@pytest.fixture
def small_server():
    """A PostgreSQL server on a disk of 160 MB, and the disk."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)  # the server is not root
        with (
            disks.small_disk(Path(place) / "disk", "160m") as disk,
            clusters.cluster("min_wal_size=32MB", "max_wal_size=32MB", within=disk) as server,
        ):
            yield server, disk


@pytest.mark.postgres
def test_a_large_office_on_a_full_disk_refuses_and_goes_on_when_there_is_room(
    small_server, found, nursery, enter
):
    """Where its own log cannot grow the server ends in a panic; it is started again when there is room."""
    server, disk = small_server
    with server.database() as url:
        folder = found(database=url)
        born = nursery(folder)
        for _ in range(2):
            born.bear()
        wait_until(lambda: len(Ledger.read(born.logs).deeds) > 20)

        ballast = disks.fill(disk)
        wait_until(lambda: len(Ledger.read(born.logs).unsure) > 20)
        ballast.unlink()
        if server.process.poll() is not None:
            server.start()
        full = Ledger.read(born.logs)
        wait_until(lambda: len(Ledger.read(born.logs).deeds) > len(full.deeds) + 20)

        cut_off = len(born.alive)
        born.kill_all()
        after, office = Ledger.read(born.logs), enter(folder)
        kept = after.check(office)
        assert 0 <= kept.entries - len(after.deeds) <= cut_off + len(after.unsure)
        assert all(re.search("[Uu]langi|lihat dahulu", said) for said in after.unsure)
        assert list(verify(office.tools.store.documents, office.tools.files)) == []
        office.close()
