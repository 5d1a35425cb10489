"""Fifty technicians at once at a desk with 10,000 tickets, through the real web server, on both stores.

    python bench/load.py [--quick] [--json]

They sign in one after the other, two a second, and from then on each asks for a page, thinks for 1 to 3 seconds and
asks for the next: their desk, lists with filters and words, tickets, past cases; and takes steps with real forms.
Afterwards the store is asked for every step that was answered with success. The peer is an application of one page of
the desk's size that does nothing, under the same server and with as many readers. The wiki is not built meanwhile: the
background work is another process's, and no ticket closes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "tools"))

from _tickets import open_tickets, technicians, tickets  # noqa: E402 - beside the next
from cluster import cluster  # noqa: E402 - after the path that it needs

from pulih.bootstrap import Office, open_office  # noqa: E402 - as above
from pulih.cli.office import new_office  # noqa: E402 - as above
from pulih.config import read_settings  # noqa: E402 - as above
from pulih.demo.data import load  # noqa: E402 - as above
from pulih.demo.loading import PASSWORD  # noqa: E402 - as above
from pulih.domain.people import Role  # noqa: E402 - as above
from pulih.domain.ticket import State  # noqa: E402 - as above
from pulih.jobs import Collected  # noqa: E402 - as above
from pulih.service.articles import write_article  # noqa: E402 - as above

_TICKETS, _IN_HAND = 10_000, 400  # the latter are what the technicians take steps in
_BATCH = 500


def fill(office: Office) -> None:
    """Give an office its people, its registry and its tickets, with the cases that the closed ones make."""
    demo = load()
    admin = next(person for person in demo.people if person.role is Role.ADMIN)
    office.accounts.first_admin(admin, PASSWORD)
    for item in (*demo.agencies, *demo.sites, *demo.devices):
        office.registry.add(admin, item)
    heads = [person for person in demo.people if person.role.in_office and person != admin]
    for person in (*heads, *technicians()):
        office.accounts.add(admin, person, PASSWORD)
    office.cases.publish_here()  # and so is done with, as none of the cases is published
    for start in range(0, _TICKETS - _IN_HAND, _BATCH):
        _add(office, list(tickets(start, min(_BATCH, _TICKETS - _IN_HAND - start))))
    _add(office, list(open_tickets(_TICKETS - _IN_HAND, _IN_HAND)))


def _add(office: Office, batch: list[Any]) -> None:
    def keep(records: Any) -> None:  # noqa: ANN401 - ports.Records
        for ticket in batch:
            records.tickets.add(ticket)
            if ticket.state is State.CLOSED:
                write_article(records, ticket, office.tools.calendar)

    office.tools.store.write(keep)


@contextmanager
def serving(command: list[str], port: int, env: dict[str, str]) -> Iterator[str]:
    """Run a server until it is no longer needed; give its address."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **env})
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/sehat", timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def work(url: str, seconds: float, who: str) -> dict[str, Any]:
    """Let them work; return what they found."""
    command = [sys.executable, str(HERE / "_technicians.py"), url, str(seconds), who]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(said.splitlines()[-1]))


def lost_steps(office: Office, answered: list[dict[str, Any]]) -> int:
    """Return how many answered steps are not in the histories, or not once; and entries that nobody was told of."""
    places = Counter((step["number"], step["seen"]) for step in answered)
    lost = sum(times - 1 for times in places.values())
    with office.tools.store.reading() as records:
        for step in answered:
            history = records.tickets.get(step["number"]).history
            entry = history[step["seen"]] if step["seen"] < len(history) else None
            lost += entry is None or (entry.stage, entry.by) != (step["stage"], step["by"])
        grown = sum(
            records.tickets.get(before.number).version - before.version for before in _before()
        )
    return lost + abs(grown - len(answered))


def _before() -> Iterator[Any]:
    yield from tickets(0, _TICKETS - _IN_HAND)
    yield from open_tickets(_TICKETS - _IN_HAND, _IN_HAND)


def measure(folder: Path, seconds: float, database: str = "") -> dict[str, Any]:
    """Fill an office, let the technicians work at it, and look for what they did."""
    env = {"PULIH_DATABASE": database} if database else {}
    new_office(folder)
    settings = read_settings(folder, env)
    office = open_office(settings, jobs=Collected())
    fill(office)
    office.close()
    port = free_port()
    serve = [sys.executable, "-m", "pulih", "serve", "--office", str(folder), "--port", str(port)]
    with serving([*serve, "--without-worker"], port, env) as url:
        found = work(url, seconds, "desk")
    office = open_office(settings, jobs=Collected())
    found["lost"] = lost_steps(office, found["answered"])
    office.close()
    return found


def measure_bare(size: int, seconds: float) -> dict[str, Any]:
    port = free_port()
    command = [sys.executable, str(HERE / "_bare.py"), str(port), str(size)]
    with serving(command, port, {}) as url:
        return work(url, seconds, "bare")


def show(store: str, found: dict[str, Any]) -> None:
    print(f"\n{store}, ms:{'times':>24}{'p50':>8}{'p95':>8}{'max':>8}")
    for name, page in {**found["pages"], "all pages": found["desk"]}.items():
        figures = "".join(f"{page[key]:>8.0f}" for key in ("p50", "p95", "max"))
        print(f"  {name:<22}{page['times']:>10}{figures}")
    print(
        f"  steps answered: {len(found['answered'])}, refused as a colleague was first: {found['beaten']}"
    )
    for error in found["errors"]:
        print(f"  error: {error}")


def figures(runs: dict[str, dict[str, Any]], bare: dict[str, Any]) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for store in ("embedded", "postgres"):
        run = runs.get(store)
        found[f"desk_p50_ms_{store}"] = run and run["desk"]["p50"]
        found[f"desk_p95_ms_{store}"] = run and run["desk"]["p95"]
        found[f"requests_per_s_{store}"] = run and run["per_s"]
        found[f"steps_{store}"] = run and len(run["answered"])
    return {
        **found,
        "errors": sum(len(run["errors"]) for run in runs.values()),
        "lost_steps": sum(run["lost"] for run in runs.values()),
        "bare_p50_ms": bare["desk"]["p50"],
        "desk_vs_bare": runs["embedded"]["desk"]["p50"] / bare["desk"]["p50"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="20 seconds a store instead of 60")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    args = parser.parse_args()
    seconds = 20.0 if args.quick else 60.0
    root = Path(tempfile.mkdtemp())
    runs: dict[str, dict[str, Any]] = {}
    try:
        runs["embedded"] = measure(root / "embedded", seconds)
        with ExitStack() as held:
            try:
                server = held.enter_context(cluster())
            except RuntimeError as error:
                print(f"PostgreSQL is left out: {error}")
            else:
                database = held.enter_context(server.database())
                runs["postgres"] = measure(root / "postgres", seconds, database)
        bare = measure_bare(20_000, seconds / 2)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    for store, run in runs.items():
        show(store, run)
    found = figures(runs, bare)
    rounded = {name: figure and round(figure, 3) for name, figure in found.items()}
    print()
    for name, figure in rounded.items():
        print(f"{name:<28} {'-' if figure is None else f'{figure:.3f}':>10}")
    if args.json:
        print(json.dumps(rounded))


if __name__ == "__main__":
    main()
