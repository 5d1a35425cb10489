"""Ping: many targets at once on one socket, paced, and a second pass for the silent.

RFC 792 (echo), RFC 4443 (ICMPv6). No answer from a host is a finding, never an exception.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import Any

from periksa.addresses import Address, parse
from periksa.findings import Finding, State, Target
from periksa.icmp import Line
from periksa.plan import Echoes
from periksa.reading import ping_says
from periksa.sockets import Blocked
from periksa.tally import Figures, Tally, errors_in, joined
from periksa.watch import Watch

PROBE = "ping"
Tallies = dict[Address, Tally]


def ping(targets: Sequence[Target], echoes: Echoes, watch: Watch) -> list[Finding]:
    """Ping all targets; return one finding each, in their order.

    Figures: see ``tally.figures``; and ``socket``, "raw" or "dgram".
    UP when each echo was answered, DEGRADED when some were, DOWN when none was; UNKNOWN when none
    could be sent, or when the watch was over before an answer could have come.
    """
    started, begun = watch.now(), monotonic()
    tallies: Tallies = {address: Tally(address) for address in map(_address, targets)}
    with Line(watch) as line:
        _exchange(line, tallies, echoes, watch)
        kinds = {address: line.kind(address.version) for address in tallies}
    finding = Finding(PROBE, "", "", State.UNKNOWN, "", {}, started, monotonic() - begun)
    return [
        _told(
            replace(finding, target=target.name, address=target.address),
            tallies[_address(target)],
            kinds[_address(target)],
            cut_short=watch.over,
        )
        for target in targets
    ]


def recheck(silent: Sequence[Finding], echoes: Echoes, watch: Watch) -> list[Finding]:
    """Ping once more what did not answer the first time; return one finding of both passes each.

    A router that must first find its neighbour, or a lossy link that swallowed the first second,
    must not make a live host look dead.
    """
    targets = [Target(finding.target, finding.address) for finding in silent]
    return list(map(_joined, silent, ping(targets, echoes, watch)))


def _exchange(line: Line, tallies: Tallies, echoes: Echoes, watch: Watch) -> None:
    gap = max(echoes.spacing / max(len(tallies), 1), 1 / echoes.rate)
    due = monotonic()
    for _ in range(echoes.count + 1):
        for tally in tallies.values():
            _listen(line, tallies, due)
            if watch.over:
                return
            if not tally.hopeless:
                _send(line, tally)
                due += gap
    end = watch.until(echoes.wait)
    # Looks again after each reply, to leave as soon as nobody is awaited.
    while any(tally.waiting for tally in tallies.values()) and monotonic() < end and not watch.over:
        for reply in line.receive(end):
            tallies[reply.sent.address].heard(reply)
            break


def _listen(line: Line, tallies: Tallies, until: float) -> None:
    for reply in line.receive(until):
        tallies[reply.sent.address].heard(reply)


def _send(line: Line, tally: Tally) -> None:
    try:
        tally.sent(line.send(tally.address))
    except Blocked as refusal:
        tally.blocked = str(refusal)


def _told(finding: Finding, tally: Tally, kind: str, *, cut_short: bool) -> Finding:
    name, cut_short = finding.target, cut_short and tally.waiting
    figures: Figures = {**tally.figures(cut_short=cut_short), "socket": kind}
    silent = not figures["received"] and figures["first_ms"] is None
    finding = replace(finding, figures=figures, raw=_raw(figures))
    if not tally.rtts and tally.blocked:
        return replace(finding, detail=f"{name} tidak dapat di-ping: {tally.blocked}.")
    if not tally.rtts or (silent and cut_short):
        return replace(finding, detail=f"Ping ke {name} dihentikan sebelum selesai.")
    state, detail = ping_says(name, figures, finding.seconds)
    return replace(finding, state=state, detail=detail)


def _joined(early: Finding, late: Finding) -> Finding:
    if late.state is State.UNKNOWN:
        return replace(early, state=State.UNKNOWN, detail=late.detail)
    figures: Figures = {**joined(early.figures, late.figures), "socket": late.figures["socket"]}
    seconds = (late.started - early.started).total_seconds() + late.seconds
    state, detail = ping_says(early.target, figures, seconds)
    return replace(
        early, state=state, detail=detail, figures=figures, seconds=seconds, raw=_raw(figures)
    )


def _raw(figures: Mapping[str, Any]) -> str:
    times = (figures["first_ms"], *figures["rtts_ms"])
    echoes = [f"echo {i}: {'-' if ms is None else f'{ms} ms'}" for i, ms in enumerate(times)]
    errors = [
        f"{source}: type {kind} code {code}, {count}x"
        for (source, kind, code), count in sorted(errors_in(figures).items())
    ]
    return "\n".join((*echoes, *errors))


def _address(target: Target) -> Address:
    return parse(target.address)
