"""How often the judge is right, over every recorded run of the lab, and how soon.

    python bench/diagnosis.py [--runs FOLDER] [--each] [--live] [--json]

A run is what all vantages saw of one fault (or of none, or of two at once), with the truth beside it; each folder of
runs is one topology with its own `network.json`. The judge gets the findings and the network, never the truth or a
file's name. "asked" is what the product would have been told of it: by logins that answer its questions, and by a
computer's code. `verdict_s_p95` is the recorded battery and the judging of it; with `--live`, `live_s_p95` is what the
whole command takes in the lab, from its start to its end (root). `apart` is how far the topologies differ in shares
and F1.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _asked import asked
from _scores import PARTS, Said, Score, joined, percentile

from periksa import netfile
from periksa.findings import Finding
from periksa.judge.court import judge
from periksa.judge.reach import Reach
from periksa.network import Kind, Network
from periksa.signs import signs

RUNS = Path(__file__).parent.parent / "tests" / "lab" / "runs"
DEVICES = (Kind.CORE, Kind.ROUTER, Kind.RELAY, Kind.SWITCH, Kind.AP)

Look = Callable[[Sequence[Finding]], list[Finding]]


def _from(chosen: Callable[[str], bool]) -> Look:
    return lambda findings: [one for one in findings if chosen(one.vantage)]


@dataclass(frozen=True)
class Run:
    """One recorded run: what was wrong (place and type), the wall time, and what was found."""

    name: str
    truth: Said
    seconds: float
    findings: list[Finding]


@dataclass
class Topology:
    """A network and its runs."""

    name: str
    network: Network
    runs: list[Run] = field(default_factory=list)

    def looks(self) -> dict[str, Look]:
        """What one may go by, the least first."""
        kinds = {node.name: node.kind for node in self.network.nodes}
        return {
            "server": _from(lambda vantage: vantage == ""),
            "core": _from(lambda vantage: vantage == "" or kinds.get(vantage) is Kind.CORE),
            "devices": _from(lambda vantage: vantage == "" or kinds.get(vantage) in DEVICES),
            "asked": lambda findings: asked(self.network, findings),
            "full": list,
        }

    def ordinary(self) -> set[str]:
        """Odd signs that the server sees in the healthy runs, too."""
        return {odd for run in self.runs if not run.truth for odd in self.odd(run)}

    def odd(self, run: Run) -> set[str]:
        """What is not fine, seen from the server."""
        seen = signs(Reach(self.network), [one for one in run.findings if not one.vantage])
        return {str(sign) for sign in seen if not sign.fine}


def topologies(folder: Path) -> Iterator[Topology]:
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        made = Topology(home.name, netfile.read(home / "network.json"))
        made.runs = [recorded(path) for path in sorted(home.glob("*.json.gz"))]
        yield made


def recorded(path: Path) -> Run:
    data: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    truth = {(one["place"], one["type"]) for one in data["truth"]}
    findings = [Finding.from_dict(one) for one in data["findings"]]
    return Run(path.name.removesuffix(".json.gz"), truth, float(data["seconds"]), findings)


def measured(topology: Topology, *, each: bool) -> dict[str, Any]:
    """The figures of one topology."""
    ordinary = topology.ordinary()
    looks = topology.looks()
    scores = {label: Score() for label in looks}
    pairs: dict[str, Score] = {"asked": Score(), "full": Score()}
    false_alarms, took, judged = [], [], []
    for run in topology.runs:
        for label, look in looks.items():
            findings = look(run.findings)
            began = time.perf_counter()
            verdict = judge(topology.network, findings)
            judged.append(time.perf_counter() - began)
            said = {(one.place, one.fault.value) for one in verdict.candidates}
            if each and label in ("server", "asked", "full"):
                tell(run, label, said)
            if label == "full":
                took.append(run.seconds + judged[-1])
            if not run.truth:
                false_alarms += [f"{run.name} ({label})"] if said else []
            elif len(run.truth) > 1:
                if label in pairs:
                    pairs[label].add(run.name, run.truth, said)
            elif label != "server" or topology.odd(run) - ordinary:
                scores[label].add(run.name, run.truth, said)
    return {
        "scores": scores,
        "pairs": pairs,
        "false_alarms": false_alarms,
        "took": took,
        "judged": judged,
        "healthy": sum(not run.truth for run in topology.runs),
    }


def tell(run: Run, label: str, said: Said) -> None:
    mark = "   " if run.truth <= said and (run.truth or not said) else "-- "
    print(f"{mark}{run.name:32} {label:7} {'; '.join(' '.join(one) for one in sorted(said))}")


def apart(measures: Sequence[dict[str, Any]]) -> float:
    """By how much the topologies differ at most, in any of the three figures that matter."""
    each = [figures([measure]) for measure in measures]
    keys = ("place_in_set_server", "both_in_set_full", "f1_full")
    spans = (max(one[key] for one in each) - min(one[key] for one in each) for key in keys)
    return max(map(float, spans), default=0.0)


def figures(measures: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The figures that the bars are about, over some topologies."""
    server, asked_for, full = (
        joined(measure["scores"][label] for measure in measures)
        for label in ("server", "asked", "full")
    )
    pairs = joined(measure["pairs"]["full"] for measure in measures)
    took = [seconds for measure in measures for seconds in measure["took"]]
    return {
        "place_in_set_server": round(server.share("place"), 3),
        "false_alarms": sum(len(measure["false_alarms"]) for measure in measures),
        "f1_full": round(full.measures("both")[2], 3),
        "both_in_set_full": round(full.share("both"), 3),
        "mean_set_full": round(full.size, 3),
        "f1_asked": round(asked_for.measures("both")[2], 3),
        "both_in_set_asked": round(asked_for.share("both"), 3),
        "mean_set_asked": round(asked_for.size, 3),
        "verdict_s_p95": round(percentile(took, 0.95), 2),
        "pairs_both_in_set": round(pairs.share("place"), 3),
        "faults": len(full.sizes),
        "healthy": sum(measure["healthy"] for measure in measures),
        "pairs": len(pairs.sizes),
    }


def lived(*, each: bool) -> dict[str, Any]:
    """How long a person waits."""
    from _clicks import clicks  # noqa: PLC0415 - the lab is there in a checkout only

    took = [one for name in ("bintang", "gugus") for one in clicks(name)]
    for fault, wall, seconds in took if each else ():
        print(f"   {fault:32} {wall:6.2f} s for the command, {seconds:6.2f} s for the verdict")
    return {
        "live_s_p95": round(percentile([wall for _, wall, _ in took], 0.95), 2),
        "live_verdict_s_p95": round(percentile([seconds for *_, seconds in took], 0.95), 2),
        "live": len(took),
    }


def table(name: str, measure: dict[str, Any]) -> None:
    print(
        f"\n{name}: {measure['healthy']} healthy runs, false alarms: {measure['false_alarms'] or 'none'}"
    )
    head = (
        "seen from",
        "runs",
        "place",
        "both",
        "set",
        "P/R/F1 place",
        "P/R/F1 type",
        "P/R/F1 both",
    )
    print(
        f"{head[0]:10}{head[1]:>5}{head[2]:>8}{head[3]:>8}{head[4]:>7}"
        + "".join(f"{x:>18}" for x in head[5:])
    )
    twice = (("two, asked", measure["pairs"]["asked"]), ("two, full", measure["pairs"]["full"]))
    for label, score in (*measure["scores"].items(), *twice):
        if not score.sizes:
            continue
        shares = f"{score.share('place'):8.1%}{score.share('both'):8.1%}{score.size:7.2f}"
        three = "".join(
            f"{'/'.join(f'{x:.2f}' for x in score.measures(part)):>18}" for part in PARTS
        )
        print(f"{label:10}{len(score.sizes):5}{shares}{three}")
        if score.wrong:
            print(f"{'':10}place missed: {', '.join(score.wrong)}")
    judged = measure["judged"]
    print(
        f"judging: median {statistics.median(judged):.3f} s, 95 % within {percentile(judged, 0.95):.3f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=Path, default=RUNS)
    parser.add_argument("--each", action="store_true", help="print every verdict")
    parser.add_argument(
        "--live", action="store_true", help="build the lab, and time the command in it"
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.runs.is_dir():
        sys.exit(f"no recorded runs in {options.runs}")
    measures = {one.name: measured(one, each=options.each) for one in topologies(options.runs)}
    result = figures(list(measures.values()))
    result["apart"] = round(apart(list(measures.values())), 3)
    if options.live:
        result |= lived(each=options.each)
    if options.json:
        per = {name: figures([measure]) for name, measure in measures.items()}
        print(json.dumps({**result, "topologies": per}, indent=2))
        return
    for name, measure in measures.items():
        table(name, measure)
    print("\n" + "\n".join(f"{key:22}{value}" for key, value in result.items()))


if __name__ == "__main__":
    main()
