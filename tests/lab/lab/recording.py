"""Breaks everything once, looks from everywhere, and keeps what was found for replay.

The files hold findings, the truth and the time it took; judging reads them where there are no
namespaces. See ``tests/lab/runs/README.md``.
"""

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from lab import parts
from lab.export import network
from lab.jobs import job, vantages
from lab.laboratory import Laboratory, running
from lab.namespaces import batch
from lab.shape import Topology
from lab.steps import Fault
from lab.traffic import Busy, murmur

HEALTHY = 6  # controls
PAIRS = 40
SETTLE = 3.5  # seconds from breaking to looking: long enough for a neighbour to be given up
CALM = 1.0  # seconds from mending to looking whether all is well
TRIES = 20
HERE = Path(__file__).parents[1]
DIAGNOSTICS = HERE.parents[1] / "diagnostics"
SERVED = ("core", "relay", "router", "switch")
PAIRED = ("app", "dns", "isp", "wp", "pop", "tls", "nat")  # what can be wrong elsewhere meanwhile


@dataclass(slots=True)
class Vantages:
    """The processes that look, one a node, started when first needed.

    Attributes:
        seconds: How long the last look took, from telling the first to hearing from the last.
    """

    lab: Laboratory
    stack: ExitStack
    running: dict[str, subprocess.Popen[str]]
    seconds: float = 0.0

    def look(
        self, names: Sequence[str], offices: Sequence[str], *, whole: bool = False
    ) -> dict[str, list[dict[str, Any]]]:
        """What these nodes find, all at once, while those offices complain; or all do."""
        topology = self.lab.topology
        about = [one for office in offices for one in topology.office(office).members]
        waiting = []
        for name in names:
            home = next(
                (topology.office(one) for one in offices if name in topology.office(one).members),
                topology.office(offices[0]),
            )
            asked = json.dumps(job(topology, name, home, () if whole else about).as_dict())
            waiting.append((self._process(name), asked))
        begun = monotonic()
        for process, asked in waiting:
            process.stdin.write(asked + "\n")  # type: ignore[union-attr] # both are pipes
            process.stdin.flush()  # type: ignore[union-attr] # see above
        found = {name: self._said(name) for name in names}
        self.seconds = monotonic() - begun
        return found

    def _said(self, name: str) -> list[dict[str, Any]]:
        line = self.running[name].stdout.readline()  # type: ignore[union-attr] # see above
        if not line:
            raise RuntimeError(f"The vantage {name} has ended.")
        found: list[dict[str, Any]] = json.loads(line)
        return found

    def _process(self, name: str) -> subprocess.Popen[str]:
        if name not in self.running:
            path = os.pathsep.join((str(HERE), str(DIAGNOSTICS)))
            self.running[name] = process = self.lab.popen(
                name,
                [sys.executable, "-m", "lab.vantage"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={
                    **os.environ,
                    "PYTHONPATH": path,
                    "SSL_CERT_FILE": str(self.lab.folder / "ca.pem"),
                },
            )
            self.stack.enter_context(process)
            self.stack.callback(process.kill)
        return self.running[name]


def record(
    topology: Topology, tag: str, folder: Path, only: Sequence[str], say: Callable[[str], object]
) -> None:
    """Record the healthy controls, every fault, and pairs of them; or only those named."""
    home = folder / topology.name
    home.mkdir(parents=True, exist_ok=True)
    described = json.dumps(network(topology), indent=1)
    (home / "network.json").write_text(described + "\n")
    with running(topology, tag) as lab, ExitStack() as stack:
        looking = Vantages(lab, stack, {})
        routers = [office.router for office in topology.offices]
        everybody = vantages(topology, topology.offices, ())
        looking.look(everybody, routers, whole=True)  # so that all have started
        for name in only or _all(lab):
            faults = [lab.faults[one] for one in name.split("+") if one in lab.faults]
            _until_well(lab, looking)
            run = one_run(lab, looking, name, faults)
            write(home / f"{name}.json.gz", run)
            say(f"{name}: {run['seconds']} s, {len(run['findings'])} findings")


def one_run(
    lab: Laboratory, looking: Vantages, name: str, faults: Sequence[Fault]
) -> dict[str, Any]:
    """Break it, look, mend it."""
    lab.disorder.become(faults)
    try:
        names, offices = _everybody(lab, faults)
        _live_on(lab, offices)
        found = looking.look(names, offices)
        seconds = round(looking.seconds, 2)
    finally:
        lab.become()
    server = found[lab.topology.server]
    let_in = {
        one["target"]
        for one in server
        if one["probe"] == "login" and one["figures"]["result"] == "ok"
    }
    findings = [
        one
        for node in names
        if lab.topology.node(node).kind not in SERVED or node in let_in
        for one in found[node]
    ]
    return {
        "fault": name,
        "truth": [{"place": fault.place, "type": fault.type} for fault in faults],
        "visible": {"server": any(fault.visible for fault in faults)},
        "seconds": seconds,
        "findings": findings,
    }


def write(path: Path, run: dict[str, Any]) -> None:
    """Keep a run, packed, one finding a line; the same run gives the same bytes."""
    head = {key: value for key, value in run.items() if key != "findings"}
    lines = [json.dumps(_lean(one), separators=(",", ":")) for one in run["findings"]]
    body = json.dumps(head)[:-1] + ', "findings": [\n' + ",\n".join(lines) + "\n]}\n"
    path.write_bytes(gzip.compress(body.encode(), mtime=0))


def _live_on(lab: Laboratory, offices: Sequence[str]) -> None:
    """Some minutes with the fault, made short: old neighbours are forgotten, people go on working."""
    topology, busy = lab.topology, Busy()
    for node in topology.nodes:
        batch(["neigh flush all"], lab.prefix + node.name)
    everywhere = [one for node in topology.nodes for one in topology.addresses(node.name)]
    for name in (topology.server, *(topology.office(one).pcs[0] for one in offices)):
        busy.every(*murmur(lab.prefix + name, everywhere))
    sleep(SETTLE)
    busy.stop()


def _lean(finding: dict[str, Any]) -> dict[str, Any]:
    """Without what no judgement may rest on."""
    figures = {
        key: value for key, value in finding["figures"].items() if key not in ("rtts_ms", "hops_ms")
    }
    kept = {key: finding[key] for key in ("probe", "target", "address", "state")}
    rest = {key: finding[key] for key in ("started", "seconds", "vantage")}
    return {**kept, "detail": "", "figures": figures, **rest, "raw": ""}


def _all(lab: Laboratory) -> list[str]:
    healthy = [f"healthy-{number}" for number in range(1, HEALTHY + 1)]
    return [*healthy, *lab.faults, *pairs(lab.topology, lab.faults.values())]


def pairs(topology: Topology, faults: Iterable[Fault]) -> list[str]:
    """Two faults at once: one in the office, one elsewhere. The same ones at each call."""
    home = parts.CASTS[topology.name].office
    listed = [*faults]
    elsewhere = [one for one in listed if one.name.startswith(PAIRED)]
    inside = [one for one in listed if one not in elsewhere and one.office == home]
    both = [f"{one.name}+{other.name}" for one in inside for other in elsewhere]
    return sorted(random.Random(topology.name).sample(both, PAIRS))


def _everybody(lab: Laboratory, faults: Sequence[Fault]) -> tuple[list[str], list[str]]:
    """Who can look, and which offices complain."""
    offices = [fault.office for fault in faults] or [lab.topology.offices[0].router]
    offices = [*dict.fromkeys(offices)]
    off = {node for fault in faults for node in fault.off}
    homes = [lab.topology.office(router) for router in offices]
    return vantages(lab.topology, homes, off), offices


def _natural(finding: dict[str, Any]) -> bool:
    """A provider knows no names of ours, and says so."""
    result = finding["figures"].get("result")  # none where there was no time to ask
    return finding["probe"] == "dns" and result in ("REFUSED", "NXDOMAIN")


def _until_well(lab: Laboratory, looking: Vantages) -> None:
    """Wait until the server finds nothing amiss. Raises RuntimeError when that never comes."""
    bad: list[dict[str, Any]] = []
    for _ in range(TRIES):
        sleep(CALM)
        names, offices = [lab.topology.server], [lab.topology.offices[0].router]
        (found,) = looking.look(names, offices, whole=True).values()
        bad = [one for one in found if one["state"] != "up" and not _natural(one)]
        if not bad:
            return
    said = ", ".join(f"{one['probe']} {one['target']} {one['state']}" for one in bad)
    raise RuntimeError(f"The lab does not get well: {said}")
