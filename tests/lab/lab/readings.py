"""What a device says of itself, read with ``ip``: light and counters, routes, its DHCP server."""

import json
import re
import subprocess
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path
from time import monotonic
from typing import Any

DHCP = "0043"  # port 67, as /proc/net/udp writes it
RANGE = re.compile(rb"--dhcp-range=([\d.]+),([\d.]+),")
LEASES = re.compile(rb"--dhcp-leasefile=([^\0]+)")


@dataclass(frozen=True, slots=True)
class Counters:
    """The ports of a device at one moment (monotonic)."""

    at: float
    ports: dict[str, dict[str, Any]]


def counters() -> Counters:
    """All ports now."""
    found = json.loads(_ip("-s", "-s", "link", "show"))
    return Counters(monotonic(), {one["ifname"]: one for one in found})


def between(first: Counters, last: Counters, port: str) -> dict[str, float | int | str | None]:
    """A port's light, and what it did from one moment to the other."""
    window = last.at - first.at
    before, after = first.ports[port], last.ports[port]
    told: dict[str, float | int | str | None] = {
        "admin": int("UP" in after["flags"]),
        "carrier": int("LOWER_UP" in after["flags"]),
        "carrier_changes": _grown(before, after, "tx", "carrier_changes"),
        "window_s": round(window, 3),
    }
    told["link_downs"] = int(told["carrier_changes"] or 0) // 2
    for way in ("rx", "tx"):
        told[f"{way}_pps"] = round(_grown(before, after, way, "packets") / window, 2)
        told[f"{way}_bps"] = round(_grown(before, after, way, "bytes") * 8 / window)
        told[f"{way}_errors"] = _grown(before, after, way, "errors")
    return told


def route(prefix: str) -> dict[str, int | str]:
    """Whether there is a way to a prefix of its own, and which."""
    ways = json.loads(_ip("-4", "route", "show", prefix))
    ways = [one for one in ways if "linkdown" not in one.get("flags", [])] or ways
    if not ways:
        return {"found": 0, "via": "", "port": ""}
    return {"found": 1, "via": ways[0].get("gateway", ""), "port": ways[0].get("dev", "")}


def dhcp_server() -> dict[str, int | None]:
    """Whether one listens here, how many addresses it has, and how many are taken."""
    rows = Path("/proc/thread-self/net/udp").read_text(encoding="ascii").splitlines()[1:]
    listening = any(row.split()[1].endswith(f":{DHCP}") for row in rows)
    told: dict[str, int | None] = {"listening": int(listening), "leases": None, "pool": None}
    for command in _commands():
        pool, leases = RANGE.search(command), LEASES.search(command)
        if pool and leases:
            first, last = (IPv4Address(one.decode()) for one in pool.groups())
            told["pool"] = int(last) - int(first) + 1
            told["leases"] = len(Path(leases[1].decode()).read_text().splitlines())
    return told


def neighbours() -> dict[str, list[str]]:
    """Address to the MAC that was found for it, or to none where the search was in vain.

    What is neither certain nor given up yet is left out.
    """
    found = {}
    for one in json.loads(_ip("-4", "neigh", "show")):
        states = {*one.get("state", ())}
        if states & {"REACHABLE", "PERMANENT"}:
            found[one["dst"]] = [one["lladdr"]]
        elif states & {"FAILED", "INCOMPLETE"}:
            found[one["dst"]] = []
    return found


def macs_behind() -> dict[str, int]:
    """How many addresses a bridge has learnt at each port; nothing where there is no bridge."""
    if "br0" not in counters().ports:
        return {}
    found = json.loads(_run("bridge", "-j", "fdb", "show", "br", "br0"))
    told: dict[str, int] = {}
    for one in found:
        if one.get("state") != "permanent":
            told[one["ifname"]] = told.get(one["ifname"], 0) + 1
    return told


def _commands() -> list[bytes]:
    """The command lines of what runs in this namespace."""
    here = Path("/proc/thread-self/ns/net").readlink()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "ns/net").readlink() == here:
                found.append((process / "cmdline").read_bytes())
        except OSError:  # it has ended meanwhile
            continue
    return found


def _grown(before: dict[str, Any], after: dict[str, Any], way: str, what: str) -> int:
    return int(after["stats64"][way].get(what, 0)) - int(before["stats64"][way].get(what, 0))


def _ip(*arguments: str) -> str:
    return _run("ip", "-j", *arguments)


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=20)
    return done.stdout or "[]"
