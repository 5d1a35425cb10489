"""An exchange is over when its time is up, and gives nothing that is not whole."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import pytest
from small_desk import broken, dripping, elsewhere, half, saying, silent

from pulih_plone.desk import fetching
from pulih_plone.desk.client import Desk
from pulih_plone.desk.connection import Connection
from pulih_plone.desk.errors import Away, NotConnected, Refused, Why

pytestmark = pytest.mark.slow  # as a whole


@contextmanager
def away(why):
    with pytest.raises(Away) as caught:
        yield
    assert caught.value.why is why


def test_what_the_desk_says_arrives(asking):
    assert [one.name for one in asking.agencies()] == [
        "Dinas Pendidikan & Kebudayaan",
        "Dinas Kesehatan",
    ]


def test_a_desk_that_says_nothing_is_given_up(desk, asking):
    desk.manner = silent(desk)

    with away(Why.SLOW):
        asking.agencies()


def test_a_desk_that_says_a_letter_at_a_time_is_given_up(desk, asking):
    desk.manner = dripping(desk)

    with away(Why.SLOW):
        asking.agencies()


def test_those_who_were_given_up_do_not_wait_for_ever(desk, connection):
    desk.manner = dripping(desk)
    for timeout in (0.20, 0.21, 0.22, 0.23, 0.24, 0.25):  # more than can ask at once
        with away(Why.SLOW):
            Desk(Connection(desk.url, connection.door, connection.token, timeout)).agencies()
    desk.manner = None

    assert Desk(connection).agencies()


def test_pages_do_not_queue_up_behind_a_slow_desk(desk, connection):
    desk.manner = silent(desk)
    many = [
        Desk(Connection(desk.url, connection.door, connection.token, timeout=30 + extra))
        for extra in range(fetching._AT_ONCE)
    ]
    threads = [threading.Thread(target=_until_away, args=[one]) for one in many]
    for thread in threads:
        thread.start()
    while len(desk.heard) < len(many):
        threading.Event().wait(0.01)

    with away(Why.BUSY):
        Desk(connection).agencies()

    desk.released.set()
    for thread in threads:
        thread.join()


def _until_away(asking):
    with pytest.raises(Away):
        asking.agencies()


def test_nobody_there_is_unreachable(connection):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}"

        with away(Why.UNREACHABLE):
            Desk(Connection(url, connection.door, connection.token)).agencies()


@pytest.mark.parametrize(
    ("manner", "why"),
    [
        (broken, Why.UNREACHABLE),
        (half, Why.NOT_THE_DESK),
        (elsewhere, Why.ELSEWHERE),
        (saying(b"<html>Selamat datang</html>", kind="text/html"), Why.NOT_THE_DESK),
        (saying(b"<html>Bad Gateway</html>", 502, "text/html"), Why.UNREACHABLE),
        (saying(b'{"agencies": [', 200), Why.NOT_THE_DESK),
        (saying(b"[" * 100_000), Why.NOT_THE_DESK),
        (saying(b'"' + b"x" * (fetching.LIMIT + 10) + b'"'), Why.NOT_THE_DESK),
        (saying(["agencies"]), Why.NOT_THE_DESK),
        (saying({"agencies": None}), Why.NOT_THE_DESK),
        (saying({"agencies": [["dikbud"]]}), Why.NOT_THE_DESK),
        (saying({"agencies": [{"id": 7, "name": "x"}]}), Why.NOT_THE_DESK),
        (saying({"agencies": [{"id": "x"}]}), Why.NOT_THE_DESK),
        (saying({"agencies": [{"id": "x", "name": "y"}] * 1000}), Why.NOT_THE_DESK),
        (saying({"error": ["x"]}, 403), Why.NOT_THE_DESK),
        (saying({"error": "x", "fields": []}, 422), Why.NOT_THE_DESK),
        (saying({"agencies": []}, 203), Why.NOT_THE_DESK),
    ],
)
def test_what_is_no_answer_of_a_desk_is_none(desk, asking, manner, why):
    desk.manner = manner

    with away(why):
        asking.agencies()


def test_where_a_redirection_leads_nobody_goes(desk, asking):
    desk.manner = elsewhere

    with away(Why.ELSEWHERE):
        asking.agencies()
    assert desk.heard == ["GET /pintu/opd"]


def test_a_wrong_token_is_refused_with_the_desks_own_sentence(desk, connection):
    with pytest.raises(Refused, match="Tanda tangan") as caught:
        Desk(Connection(desk.url, connection.door, "lain")).agencies()

    assert caught.value.status == 401
    assert caught.value.skew is not None


def test_without_settings_nothing_is_asked(desk):
    with pytest.raises(NotConnected):
        Desk(Connection(desk.url, "", "")).agencies()
    assert desk.heard == []
