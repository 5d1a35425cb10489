"""Technicians at work on a served desk: what `load.py` starts, because locust changes the process that it lives in.

    python _technicians.py URL SECONDS WHO

WHO is `desk`, or `bare` for readers of one page that does nothing. Ends with one line of JSON.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import sys
from datetime import UTC, datetime
from html import unescape
from typing import Any

import gevent
from _tickets import TECHNICIANS, facts
from locust import between, task
from locust.contrib.fasthttp import FastHttpUser
from locust.env import Environment
from locust.stats import StatsEntry

from pulih.demo.loading import PASSWORD
from pulih.domain.sop import STAGES

THINKING = (1.0, 3.0)  # seconds between two pages
_A_SECOND = 2  # technicians who come to work; a password costs a core a fifth of a second
_PATIENCE = 60  # seconds for whoever is in the middle of something at the end
_WORDS = ("wifi", "server", "puskesmas", "lantai 1", "kabel")
_AGENCIES = ("dukcapil", "dikbud", "dinkes", "rsud")
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_SEEN = re.compile(r'name="seen" value="(\d+)"')
_FORM = re.compile(r'action="(/tiket/[^"/]+/langkah/([a-z-]+))"')
_TICKET = re.compile(r'href="(/tiket/\d{4}-\d+)"')
_SEE_OTHER, _CONFLICT = 303, 409

comers = itertools.count(1)
answered: list[dict[str, Any]] = []  # the steps that were answered with success
beaten = 0  # steps that a colleague had taken first: refused, as they must be


class Technician(FastHttpUser):
    """Signs in, then looks around and takes steps."""

    wait_time = between(*THINKING)

    def on_start(self) -> None:
        self.name = f"teknisi-{(next(comers) - 1) % TECHNICIANS + 1:02d}"
        self.mine: list[str] = []
        fields = {
            "username": self.name,
            "password": PASSWORD,
            "csrf_token": _first(_TOKEN, self.page("/masuk")),
        }
        self.send("/masuk", "POST /masuk", fields)

    def page(self, path: str, name: str = "") -> str:
        with self.client.get(path, name=name or path, catch_response=True) as answer:
            text = answer.text or ""
            if answer.status_code == 200 and path != "/masuk" and "/keluar" not in text:  # noqa: PLR2004 - what it is called
                answer.failure("not signed in")
            return text

    def send(self, path: str, name: str, fields: dict[str, Any]) -> int:
        with self.client.post(
            path, name=name, data=fields, allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code in (_SEE_OTHER, _CONFLICT):
                answer.success()
            else:
                answer.failure(f"answered {answer.status_code}")
            return int(answer.status_code)

    @task(4)
    def desk(self) -> None:
        self.mine = _TICKET.findall(self.page("/meja"))

    @task(2)
    def filtered(self) -> None:
        wanted = random.choice(
            (
                "status=open",
                "status=closed&tahun=2025",
                f"opd={random.choice(_AGENCIES)}",
                "halaman=7",
            )
        )
        self.page(f"/tiket/?{wanted}", "/tiket/?filter")

    @task(1)
    def by_words(self) -> None:
        self.page(f"/tiket/?q={random.choice(_WORDS)}", "/tiket/?q")

    @task(1)
    def past_cases(self) -> None:
        self.page(f"/kasus/?q={random.choice(_WORDS)}", "/kasus/?q")

    @task(3)
    def ticket(self) -> None:
        if self.mine:
            self.page(random.choice(self.mine), "/tiket/NUMBER")

    @task(4)
    def step(self) -> None:
        global beaten  # noqa: PLW0603 - a tally of the process
        if not self.mine:
            return
        path = random.choice(self.mine)
        text = self.page(path, "/tiket/NUMBER")
        form = _FORM.search(text)
        if not form:
            return  # it waits for somebody else
        gevent.sleep(random.uniform(*THINKING))
        stage, seen = form[2], int(_first(_SEEN, text))
        fields = {**_typed(stage), "seen": seen, "csrf_token": _first(_TOKEN, text)}
        status = self.send(unescape(form[1]), "POST step", fields)
        if status == _CONFLICT:
            beaten += 1
        elif status == _SEE_OTHER:
            answered.append(
                {"number": path.split("/")[-1], "seen": seen, "stage": stage, "by": self.name}
            )
            self.page(path, "/tiket/NUMBER")


class Reader(FastHttpUser):
    """Reads the page that does nothing, as often as a technician reads theirs."""

    wait_time = between(*THINKING)

    @task
    def read(self) -> None:
        self.client.get("/")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return unescape(found[1]) if found else ""


def _typed(stage: str) -> dict[str, Any]:
    """Return the fields of a step's form, filled in."""
    told = facts(stage, datetime.now(UTC), random.randrange(10_000), solved=False)
    fields: dict[str, Any] = {}
    for spec in STAGES[stage].facts:
        value = told.get(spec.name, "")
        if value and isinstance(value, list) and isinstance(value[0], dict):
            fields |= {f"{spec.name}.{column}": row for column, row in value[0].items()}
        elif value:
            fields[spec.name] = value
    return fields


def _figures(entry: StatsEntry) -> dict[str, float]:
    return {
        "times": entry.num_requests,
        "p50": entry.get_response_time_percentile(0.5),
        "p95": entry.get_response_time_percentile(0.95),
        "max": entry.max_response_time,
    }


def main(url: str, seconds: float, who: str) -> None:
    environment = Environment(
        user_classes=[Technician if who == "desk" else Reader], host=url, stop_timeout=_PATIENCE
    )
    runner = environment.create_local_runner()
    runner.start(TECHNICIANS, spawn_rate=_A_SECOND)
    gevent.sleep(TECHNICIANS / _A_SECOND + seconds)
    runner.stop()
    runner.quit()
    stats = environment.stats
    pages = StatsEntry(stats, "pages", "GET")
    for entry in stats.entries.values():
        if entry.method == "GET" and entry.name != "/masuk":
            pages.extend(entry)
    print(
        json.dumps(
            {
                "pages": {entry.name: _figures(entry) for entry in stats.entries.values()},
                "desk": _figures(pages),
                "per_s": stats.total.num_requests / (TECHNICIANS / _A_SECOND + seconds),
                "errors": [f"{e.name}: {e.error} ({e.occurrences})" for e in stats.errors.values()],
                "answered": answered,
                "beaten": beaten,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3])
