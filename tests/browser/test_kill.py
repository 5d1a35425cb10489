"""The serving process is killed while a ticket closes; the page is published all the same, once."""

from __future__ import annotations

import contextlib
import http.client
import http.cookiejar
import os
import re
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from pulih.bootstrap import open_office
from pulih.cli import new_office
from pulih.config import read_settings
from pulih.domain.agency import Agency
from pulih.jobs import Collected
from pulih.passwords import Argon2Passwords

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

PASSWORD = "sandi yang panjang"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def closing(tmp_path, cast, facts_for):
    """An office on disk whose only ticket needs one more signature, that of the head of department."""
    folder = tmp_path / "kantor"
    new_office(folder)
    settings = read_settings(folder, {})
    moment = datetime.now(UTC) - timedelta(hours=5)

    def now():
        nonlocal moment
        moment += timedelta(minutes=5)
        return moment

    office = open_office(settings, now=now, jobs=Collected(), passwords=Argon2Passwords(1, 8, 1))
    office.accounts.first_admin(cast.admin, PASSWORD)
    office.registry.add(cast.admin, Agency("dukcapil", "Dinas Kependudukan"))
    office.registry.add(cast.admin, Agency("dikbud", "Dinas Pendidikan"))
    for person in cast:
        if person.id != cast.admin.id:
            office.accounts.add(cast.admin, person, PASSWORD)
    ticket = office.tickets.register(cast.contact, facts_for("letter"))
    while ticket.due.id != "acknowledgement-department":
        changes = {"outcome": "fixed"} if ticket.due.id == "remote-repair" else {}
        facts = facts_for(ticket.due.id, **changes)
        ticket = office.tickets.take(
            cast.actor(ticket.due.id), ticket.number, ticket.due.id, facts, seen=ticket.version
        )
    office.close()
    return folder, ticket


class Visitor:
    """The head of department, without a browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=20) as answer:
            return answer.read().decode()

    def send(self, page: str, path: str, **fields: str) -> None:
        token = _TOKEN.search(self.get(page))[1]
        data = urllib.parse.urlencode({"csrf_token": token, **fields}).encode()
        self.opener.open(self.url + path, data, timeout=20).close()

    def status(self, path: str) -> int:
        try:
            with self.opener.open(self.url + path, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code


# Seconds from the click to the kill: before the answer, right after it, while pages are written, while MkDocs builds.
@pytest.mark.parametrize("delay", [0.0, 0.02, 0.3, 1.0, 1.8])
def test_a_kill_while_closing_loses_nothing_and_publishes_once(closing, serve, delay):
    folder, ticket = closing
    path = f"/tiket/{ticket.number}"
    page = f"/wiki/kasus/{ticket.number[:4]}/{ticket.number}/"

    with serve(folder) as served:
        head = Visitor(served.url)
        head.send("/masuk", "/masuk", username="irawan", password=PASSWORD)
        assert head.status(page) in (404, 503)

        def sign() -> None:
            # It is killed before it can answer, as a rule.
            with contextlib.suppress(OSError, http.client.HTTPException):
                head.send(
                    path,
                    f"{path}/langkah/acknowledgement-department",
                    seen=str(ticket.version),
                    acknowledged="ya",
                )

        signing = threading.Thread(target=sign)
        signing.start()
        time.sleep(delay)
        os.kill(served.process.pid, signal.SIGKILL)
        served.process.wait()
        signing.join()

    with serve(folder) as served:
        head = Visitor(served.url)
        head.send("/masuk", "/masuk", username="irawan", password=PASSWORD)
        if "/langkah/acknowledgement-department" in head.get(
            path
        ):  # killed before it was acknowledged: nothing half done
            head.send(
                path,
                f"{path}/langkah/acknowledgement-department",
                seen=str(ticket.version),
                acknowledged="ya",
            )
        wait = time.monotonic() + 40
        while head.status(page) != 200 and time.monotonic() < wait:
            time.sleep(0.2)
        assert head.status(page) == 200
        listed = head.get("/wiki/kasus/")
        assert listed.count(f"{ticket.number}/") == 1
        while "sedang ditulis ke wiki" in head.get(path) and time.monotonic() < wait:
            time.sleep(0.2)  # the site is there; that it is, is written down after it

    office = open_office(read_settings(folder, {}), jobs=Collected())
    assert office.cases.waiting() == ()
    with office.tools.store.reading() as records:
        kept = records.tickets.get(ticket.number)
        assert kept.version == ticket.version + 1
        assert [done.number for done in records.published.find()] == [ticket.number]
    office.close()
