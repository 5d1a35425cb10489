"""Ping: many targets at once on one socket, paced, and a second pass for the silent.

RFC 792 (echo), RFC 4443 (ICMPv6). No answer from a host is a finding, never an exception.
"""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any

from periksa.addresses import Address, parse
from periksa.findings import Finding, State, Target
from periksa.icmp import Line
from periksa.plan import Echoes
from periksa.reading import ping_says
from periksa.sockets import Blocked
from periksa.tally import Figures, Tally, errors_in
from periksa.watch import Watch

PROBE = "ping"


def ping(
    targets: Sequence[Target],
    passes: tuple[Echoes, Echoes],
    watch: Watch,
    heard: Callable[[list[Finding]], None] = lambda _: None,
) -> list[Finding]:
    """Ping all targets, then once more those that did not answer; return one finding each.

    A router that must first find its neighbour, or a lossy link that swallowed the first second,
    must not make a live host look dead. What comes late for the first pass counts in the second.

    Figures: see ``tally.figures``; and ``socket``, "raw", "dgram" or "none".
    UP when each echo was answered, DEGRADED when some were, DOWN when none was; UNKNOWN when none
    could be sent, or when the watch was over before an answer could have come.

    Args:
        targets: Each address once.
        passes: How to ping all of them, and then the silent.
        watch: When to stop.
        heard: Told the findings of the first pass, in this thread, as soon as there are some.
    """
    with Line(watch) as line:
        pinger = _Pinger(line, targets, watch)
        pinger.exchange(targets, passes[0])
        early = pinger.findings(targets)
        heard(early)
        silent = [
            target
            for target, finding in zip(targets, early, strict=True)
            if finding.state is State.DOWN
        ]
        if silent:
            watch.pause(pinger.begun + passes[1].after - monotonic())
            pinger.exchange(silent, passes[1])
        again = dict(zip(silent, pinger.findings(silent), strict=True))
    return [again.get(target, finding) for target, finding in zip(targets, early, strict=True)]


class _Pinger:
    def __init__(self, line: Line, targets: Sequence[Target], watch: Watch) -> None:
        self._line, self._watch = line, watch
        self._tallies = {address: Tally(address) for address in map(_address, targets)}
        self._started, self.begun = watch.now(), monotonic()

    def exchange(self, targets: Sequence[Target], echoes: Echoes) -> None:
        tallies = [self._tallies[_address(target)] for target in targets]
        gap = max(echoes.spacing / max(len(tallies), 1), 1 / echoes.rate)
        due = monotonic()
        for _ in range(echoes.count + 1):
            for tally in tallies:
                self._listen(due)
                if self._watch.over:
                    return
                if _wanted(tally, echoes):
                    self._send(tally)
                    due += gap
        end = self._watch.until(echoes.wait)
        while any(tally.waiting and _wanted(tally, echoes) for tally in tallies):
            if not self._listen(end, at_most=1):
                return

    def findings(self, targets: Sequence[Target]) -> list[Finding]:
        return list(map(self._told, targets))

    def _listen(self, until: float, at_most: int = 0) -> int:
        """Take replies until that moment, or that many; return how many."""
        heard = 0
        for reply in self._line.receive(until):
            self._tallies[reply.sent.address].heard(reply)
            heard += 1
            if heard == at_most:
                break
        return heard

    def _send(self, tally: Tally) -> None:
        try:
            tally.sent(self._line.send(tally.address))
        except Blocked as refusal:
            tally.blocked = str(refusal)

    def _told(self, target: Target) -> Finding:
        tally, name = self._tallies[_address(target)], target.name
        cut_short = self._watch.over and tally.waiting
        figures: Figures = {
            **tally.figures(cut_short=cut_short),
            "socket": self._line.kind(tally.address.version),
        }
        seconds = monotonic() - self.begun
        if not tally.rtts and tally.blocked:
            state, detail = State.UNKNOWN, f"{name} tidak dapat di-ping: {tally.blocked}."
        elif tally.silent and (cut_short or not tally.rtts):
            state, detail = State.UNKNOWN, f"Ping ke {name} dihentikan sebelum selesai."
        else:
            state, detail = ping_says(name, figures, seconds)
        return Finding(
            PROBE,
            name,
            target.address,
            state,
            detail,
            figures,
            self._started,
            seconds,
            raw=_raw(figures),
        )


def _wanted(tally: Tally, echoes: Echoes) -> bool:
    return not (echoes.yielding and tally.silent and tally.errors)


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
