"""Trace: all hops of several paths at once, on one socket, without losing the silent ones.

Echoes leave with a rising time to live; where it runs out, the router says so (RFC 792, type 11).
A silent hop is asked a second time: routers ration such messages, and links lose them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from periksa.addresses import Address, parse
from periksa.findings import Finding, State, Target
from periksa.hops import Path
from periksa.icmp import Line
from periksa.plan import Hops
from periksa.reading import trace_says
from periksa.sockets import Blocked
from periksa.watch import Watch

PROBE = "trace"


def trace(targets: Sequence[Target], hops: Hops, watch: Watch) -> list[Finding]:
    """Trace the path to each of the first ``hops.targets`` targets; the others stay UNKNOWN.

    Figures, lists with an entry a hop and None for a silent one: ``hops`` (who spoke), ``types``
    and ``codes`` (ICMP), ``hops_ms``; and ``end`` ("destination", "unreachable", "stranger" or
    "silence"), ``last_hop``, ``last_address``, ``loop`` (routers that spoke at several hops).
    UP when the target itself answered, DOWN when it did not; UNKNOWN when nothing could be sent,
    or when the watch was over too early to say.
    """
    started, begun = watch.now(), monotonic()
    traced = {parse(target.address) for target in targets[: hops.targets]}
    paths = {address: Path(address) for address in traced}
    with Line(watch) as line:
        _Tracer(line, paths, hops, watch).run()
    finding = Finding(PROBE, "", "", State.UNKNOWN, "", {}, started, monotonic() - begun)
    return [
        _told(
            replace(finding, target=target.name, address=target.address),
            paths.get(parse(target.address)),
            watch,
        )
        for target in targets
    ]


@dataclass(slots=True)
class _Tracer:
    line: Line
    paths: dict[Address, Path]
    hops: Hops
    watch: Watch
    due: float = field(default_factory=monotonic)

    def run(self) -> None:
        for hop in range(1, self.hops.limit + 1):
            for path in self.paths.values():
                self.send(path, hop)
        self.listen(self.watch.until(self.hops.gap))
        self.due = monotonic()
        for path in self.paths.values():
            for hop in path.silent(self.hops.limit):
                self.send(path, hop)
        self.listen(self.watch.until(self.hops.wait))

    def send(self, path: Path, hop: int) -> None:
        self.listen(self.due)
        if path.beyond(hop) or self.watch.over:
            return
        try:
            path.sent(self.line.send(path.address, ttl=hop), hop)
        except Blocked as refusal:
            path.blocked = str(refusal)
        self.due += 1 / self.hops.rate

    def listen(self, until: float) -> None:
        """Until that moment, or until no hop is missing."""
        if self.complete:
            return
        for reply in self.line.receive(until):
            self.paths[reply.sent.address].hear(reply)
            if self.complete:
                return

    @property
    def complete(self) -> bool:
        return all(path.complete for path in self.paths.values())


def _told(finding: Finding, path: Path | None, watch: Watch) -> Finding:
    name = finding.target
    if path is None:
        detail = f"Jalur ke {name} tidak ditelusuri: sudah cukup banyak jalur ditelusuri sekaligus."
        return replace(finding, detail=detail)
    figures = path.figures()
    if path.blocked and not path.asked:
        detail = f"Jalur ke {name} tidak dapat ditelusuri: {path.blocked}."
        return replace(finding, figures=figures, detail=detail)
    if watch.over and path.end is None:
        detail = f"Penelusuran jalur ke {name} dihentikan sebelum selesai."
        return replace(finding, figures=figures, detail=detail)
    state, detail = trace_says(name, figures)
    return replace(finding, figures=figures, state=state, detail=detail, raw=_raw(path))


def _raw(path: Path) -> str:
    lines = []
    for hop in range(1, path.last + 1):
        reply = path.heard.get(hop)
        if reply is None:
            lines.append(f"{hop}: -")
        else:
            said = f"type {reply.type} code {reply.code} {reply.ms:.3f} ms"
            lines.append(f"{hop}: {reply.source} {said}")
    return "\n".join(lines)
