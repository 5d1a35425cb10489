"""How soon a closed case is on the wiki, and how the desk answers meanwhile, on the demo office.

    python bench/desk.py [--quick] [--json]

The peer of publishing is `mkdocs build --strict` on the same folder; the peer of a desk page is the desk's own health
page, which does nothing, in the same run.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from pulih.bootstrap import Office, open_office
from pulih.config import read_settings
from pulih.demo.loading import PASSWORD
from pulih.domain.records import TicketFilter
from pulih.domain.ticket import Ticket
from pulih.jobs import Collected

PORT = 18_431
URL = f"http://127.0.0.1:{PORT}"


def seconds(what: list[str], **more: object) -> float:
    began = time.perf_counter()
    subprocess.run(what, check=True, capture_output=True, **more)
    return time.perf_counter() - began


def last_signature(office: Office) -> Ticket:
    """Return the demo's ticket that stands before its last signatures, brought to the very last."""
    people = {person.id: person for person in _people(office)}
    with office.tools.store.reading() as records:
        found = records.tickets.list(TicketFilter(states=("open",), step=14)).items
    ticket = next(t for t in found if t.due and t.due.id.startswith("acknowledgement"))
    while ticket.due and ticket.due.id != "acknowledgement-department":
        facts = {"acknowledged": "ya", "signed_by": "Sekretaris"}
        by = people[ticket.lead]
        ticket = office.tickets.take(by, ticket.number, ticket.due.id, facts, seen=ticket.version)
    return ticket


def _people(office: Office) -> list:
    with office.tools.store.reading() as records:
        return records.people.all()


class Head:
    """The head of department, in a session of their own."""

    def __init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        with self.opener.open(URL + path, timeout=30) as answer:
            return answer.read().decode()

    def send(self, page: str, path: str, **fields: str) -> None:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page))
        data = urllib.parse.urlencode({"csrf_token": token[1] if token else "", **fields}).encode()
        self.opener.open(URL + path, data, timeout=30).close()

    def milliseconds(self, path: str, times: int) -> list[float]:
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            self.get(path)
            taken.append((time.perf_counter() - began) * 1000)
        return taken


def measure(folder: Path, requests: int) -> dict[str, float]:
    made = seconds([sys.executable, "-m", "pulih", "demo", str(folder)])
    office = open_office(read_settings(folder, {}), jobs=Collected())
    ticket = last_signature(office)
    office.close()
    serve = [sys.executable, "-m", "pulih", "serve", "--office", str(folder), "--port", str(PORT)]
    server = subprocess.Popen(serve, stdout=subprocess.DEVNULL)
    try:
        head = Head()
        for _ in range(200):
            try:
                head.get("/sehat")
                break
            except OSError:
                time.sleep(0.1)
        head.send("/masuk", "/masuk", username="kadis", password=PASSWORD)
        idle, health = head.milliseconds("/meja", requests), head.milliseconds("/sehat", requests)
        page = f"/wiki/kasus/{ticket.number[:4]}/{ticket.number}/"
        busy: list[float] = []
        watch = threading.Event()

        def look() -> None:
            while not watch.is_set():
                busy.extend(head.milliseconds("/meja", 1))

        path = f"/tiket/{ticket.number}"
        began = time.perf_counter()
        head.send(
            path,
            f"{path}/langkah/acknowledgement-department",
            seen=str(ticket.version),
            acknowledged="ya",
        )
        looking = threading.Thread(target=look)
        looking.start()
        while True:
            try:
                Head().get(page)
                break
            except OSError:
                time.sleep(0.05)
        published = time.perf_counter() - began
        watch.set()
        looking.join()
    finally:
        server.terminate()
        server.wait()
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(folder / "mkdocs.yml")]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    peer = seconds([*build, "-d", str(folder / "peer")], env=env)
    return {
        "demo_s": made,
        "published_s": published,
        "published_vs_mkdocs_build": published / peer,
        "desk_ms": statistics.median(idle),
        "desk_vs_health": statistics.median(idle) / statistics.median(health),
        "desk_while_publishing_ms": statistics.median(busy),
        "desk_while_publishing_max_ms": max(busy),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="one run instead of three")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    args = parser.parse_args()
    runs = []
    for _ in range(1 if args.quick else 3):
        root = Path(tempfile.mkdtemp())
        try:
            runs.append(measure(root / "demo", 20 if args.quick else 60))
        finally:
            shutil.rmtree(root, ignore_errors=True)
    figures = {name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0]}
    for name, figure in figures.items():
        print(f"{name:<32} {figure:>10.3f}")
    if args.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
