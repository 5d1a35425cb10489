"""Clerks are killed at random moments, again and again; what was acknowledged is there, once, and nothing is half."""

from __future__ import annotations

import random
import re
import time

import pytest
from ledger import Ledger, wait_until, written

from pulih.keeping.verify import verify

pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]

KILLS = 100
CLERKS = 2
SERVER_KILLS = 12
NEXT = re.compile(r"[Uu]langi|lihat dahulu")  # each sentence says what to do
LOOK = 20  # kills until the office is looked at while its clerks work on


def go_on(logs):
    """Wait until something more has been acknowledged, or refused."""
    before = written(logs)
    wait_until(lambda: written(logs) > before, nap=0.005)


def torment(office, nursery, seconds):
    """Kill clerks, bear others in their place, and look at the office meanwhile; return how many were killed."""
    chance, kills, end = random.Random(20260302), 0, time.monotonic() + seconds
    while kills < KILLS or time.monotonic() < end:
        while len(nursery.alive) < CLERKS:
            nursery.bear()
        go_on(nursery.logs)
        time.sleep(chance.uniform(0.0, 0.1))
        nursery.kill(chance.choice(nursery.alive))
        kills += 1
        if kills % LOOK == 0:
            Ledger.read(nursery.logs).check(office)
    return kills


def settle(office, nursery, kills):
    """Look at the office when all clerks are gone: what nobody was told of is no more than was cut off."""
    kills += len(nursery.alive)
    nursery.kill_all()
    ledger = Ledger.read(nursery.logs)
    kept = ledger.check(office)
    assert len(ledger.deeds) > kills / 2
    assert 0 <= kept.entries - len(ledger.deeds) <= kills + len(ledger.unsure)
    assert list(verify(office.tools.store.documents, office.tools.files)) == []
    return ledger


def test_killed_clerks_of_an_embedded_office_lose_nothing(found, nursery, enter, seconds):
    folder = found()
    office, born = enter(folder), nursery(folder)

    ledger = settle(office, born, torment(office, born, seconds))

    assert ledger.unsure == ()


def test_five_clerks_who_never_rest_all_get_on(found, nursery, enter):
    folder = found()
    office, born = enter(folder), nursery(folder)
    for _ in range(5):
        born.bear()

    for number in range(1, 6):
        wait_until(lambda log=f"{number:04d}.log": len(Ledger.read(born.logs, log).deeds) > 60)

    assert settle(office, born, 0).unsure == ()


@pytest.mark.postgres
def test_killed_clerks_of_a_large_office_lose_nothing(found, nursery, enter, seconds, database):
    folder = found(database=database)
    office, born = enter(folder), nursery(folder)

    ledger = settle(office, born, torment(office, born, seconds))

    assert ledger.unsure == ()


@pytest.mark.postgres
def test_a_database_server_that_is_killed_again_and_again_loses_nothing(
    found, nursery, enter, seconds, own_cluster
):
    """Clerks live on: what nobody answered may be done or not, and all else is as they were told."""
    with own_cluster.database() as url:
        folder = found(database=url)
        office, born = enter(folder), nursery(folder)
        for _ in range(CLERKS):
            born.bear()
        chance, kills, end = random.Random(20260303), 0, time.monotonic() + seconds
        while kills < SERVER_KILLS or time.monotonic() < end:
            go_on(born.logs)
            time.sleep(chance.uniform(0.0, 0.2))
            own_cluster.kill()
            own_cluster.start()
            kills += 1
            Ledger.read(born.logs).check(office)
        ledger = settle(office, born, 0)
        office.close()

    assert ledger.unsure
    assert all(NEXT.search(sentence) for sentence in ledger.unsure), set(ledger.unsure)
