"""One vantage: a process that stays in its namespace and looks when told, so that it starts once.

Reads a job a line from standard input, writes its findings a line to standard output.
"""

import json
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any

from lab import frames, readings
from periksa import netfile
from periksa.engine import run
from periksa.examination import SOON, Order
from periksa.examine import JUDGING, LATEST, planned
from periksa.findings import Finding, State, Target
from periksa.network import Name
from periksa.pace import Links
from periksa.pages import Page, Visits
from periksa.plan import Big, Plan, Questions

WINDOW = 1.5  # seconds that counters are watched, at least
LISTEN = 2.4  # seconds to listen on a LAN
LOGIN, GREETING = 3.0, 1.5  # seconds for a device to be there, and to greet
LARGE = 8  # how many are sent large packets
DUE = SOON - JUDGING  # seconds after which there are findings, whatever has not answered


def main() -> None:
    """Work until there are no more jobs."""
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(look(job)), flush=True)  # noqa: T201 - the answer to whoever started us


def look(job: dict[str, Any]) -> list[dict[str, Any]]:
    """All findings of a job, as JSON."""
    now = datetime.now(UTC)
    before, begun = readings.counters(), monotonic()
    with ThreadPoolExecutor(4) as crew:
        probing = crew.submit(run, _plan(job), now=_now, progress=lambda *_: None)
        listening = crew.submit(_listen, job) if job["lan"] else None
        logins = crew.submit(_logins, job)
        found = [*_probed(probing)]
        sleep(max(0.0, WINDOW - (monotonic() - begun)))
        figures = [*_read(job, before), *(listening.result() if listening else ())]
        figures += logins.result()
    where = "" if job["server"] else job["node"]
    seconds = round(monotonic() - begun, 3)
    for probe, target, address, state, told in figures:
        found.append(
            Finding(probe, target, address, State(state), "", told, now, seconds).as_dict()
        )
    return [{**one, "vantage": where} for one in found]


Reading = tuple[str, str, str, str, dict[str, Any]]  # probe, target, address, state, figures


def _plan(job: dict[str, Any]) -> Plan:
    """Of the server, what an examination looks at; of others, the same in the same time."""
    order = Order(netfile.network(job["network"]), tuple(job["about"])) if job["server"] else None
    return planned(order) if order else _near(job)


def _near(job: dict[str, Any]) -> Plan:
    links = Links(
        ways={address: tuple(way) for address, way in job["ways"].items()}, rates=job["rates"]
    )
    return Plan(
        targets=tuple(Target(name, where, tuple(ports)) for name, where, ports in job["targets"]),
        servers=tuple(Target(name, where) for name, where in job["resolvers"]),
        names=tuple(Name(name, external, (where,)) for name, external, where in job["names"]),
        pages=tuple(Page(url, where, status) for url, where, status in job["pages"]),
        vantage=job["node"],
        links=links,
        big=Big(targets=LARGE),
        questions=Questions(types=("A",)),
        visits=Visits(wait=DUE - LATEST),
        cap=DUE,
    )


def _now() -> datetime:
    return datetime.now(UTC)


def _probed(probing: Future[Any]) -> Iterator[dict[str, Any]]:
    for finding in probing.result().findings:
        yield finding.as_dict()


def _read(job: dict[str, Any], before: readings.Counters) -> Iterator[Reading]:
    after = readings.counters()
    for port in job["ports"]:
        yield "link", port, "", "up", readings.between(before, after, port)
    for prefix in job["routes"]:
        told = readings.route(prefix)
        yield "route", prefix, "", "up" if told["found"] else "down", told
    mine = {address for _, address, _ in job["targets"]} - {*job["neighbours"]}
    for address, macs in readings.neighbours().items():
        if address in mine and not job["server"]:
            yield "arp", "", address, "up" if macs else "down", {"macs": macs, "own": 0}
    if job["serves"]:
        served = readings.dhcp_server()
        yield "dhcp", job["node"], "", "up" if served["listening"] else "down", served
    for port, count in readings.macs_behind().items():
        if port in job["ports"]:
            yield "mac", port, "", "up", {"macs": count}


def _listen(job: dict[str, Any]) -> list[Reading]:
    port, own = job["lan"]
    try:
        heard = frames.listen(port, own, job["neighbours"], dhcp=bool(job["dhcp"]), seconds=LISTEN)
    except OSError:  # the port has no light: nothing was heard, and nothing could be asked
        heard = frames.Heard({address: set() for address in job["neighbours"]})
    found: list[Reading] = []
    for address, macs in heard.macs.items():
        told = {"macs": sorted(macs), "own": int(address == own)}
        if macs or address != own:
            found.append(("arp", "", address, "up" if macs else "down", told))
    told = {"pps": heard.broadcasts, "looped": heard.looped}
    found.append(("broadcast", port, "", "up", told))
    if not job["serves"]:
        offers = sorted(heard.offers)
        found.append(("dhcp", job["dhcp"], "", "up" if offers else "down", {"offers": offers}))
    elif heard.offers:
        found.append(("dhcp", job["dhcp"], "", "up", {"offers": sorted(heard.offers)}))
    return found


def _logins(job: dict[str, Any]) -> list[Reading]:
    with ThreadPoolExecutor(max(1, len(job["logins"]))) as crew:
        said = crew.map(_greeted, [address for _, address in job["logins"]])
        return [
            ("login", node, address, "up" if result == "ok" else "down", {"result": result})
            for (node, address), result in zip(job["logins"], said, strict=True)
        ]


def _greeted(address: str) -> str:
    """Whether a device at an address lets one begin to log in."""
    try:
        with socket.create_connection((address, 22), timeout=LOGIN) as line:
            line.settimeout(GREETING)
            return "ok" if line.recv(64).startswith(b"SSH-") else "no-prompt"
    except TimeoutError:
        return "timeout"
    except ConnectionRefusedError:
        return "refused"
    except OSError:
        return "unreachable"


if __name__ == "__main__":
    main()
