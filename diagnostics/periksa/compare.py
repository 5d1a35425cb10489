"""The same battery before and after a repair: does it work, is it better, or not? SOP step 11.

Pure. What was odd is looked for again, thing by thing; losses and delays, which are never the same
twice, are compared over all addresses behind each link.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from periksa.changed import PortChange, SegmentChange, ports, stretches
from periksa.findings import Finding
from periksa.holding import Hold, hold
from periksa.judge.court import judge
from periksa.judge.faults import Fault
from periksa.judge.reach import Reach
from periksa.judge.verdict import Status, Verdict
from periksa.judge.words import sentence
from periksa.network import Network
from periksa.sign import Seen, Sign
from periksa.signs import signs
from periksa.wording import number

WRONG = (Status.FAULT, Status.UNCLEAR)
VARYING = (Seen.DELAY,)  # told by the segments
HINTS = {
    (Seen.FLAP, "flapping"): Fault.FLAPPING,
    (Seen.BROADCAST, "storm"): Fault.STORM,
    (Seen.ARP, "duplicate"): Fault.DUPLICATE_ADDRESS,
}
MOOT = (Seen.TRACE,)  # only the silent are traced: that there is none any more is no gap


class Outcome(StrEnum):
    """Of a repair, in one word."""

    WORKS = "works"
    BETTER = "better"
    NOT = "not"
    OPEN = "open"

    @property
    def label(self) -> str:
        """The words for people."""
        return _LABELS[self]


_LABELS = {
    Outcome.WORKS: "berfungsi kembali",
    Outcome.BETTER: "membaik, tetapi belum pulih",
    Outcome.NOT: "belum membaik",
    Outcome.OPEN: "belum dapat dipastikan",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        outcome: In a word.
        before: The verdict on the run of step 5.
        after: The verdict on this one.
        mended: Sentences: what was odd, as it is now: in order.
        remaining: Sentences: what was odd and still is, as it is now.
        new: Sentences: what is odd only now.
        unseen: Sentences: what was odd, and nobody could look at it this time.
        segments: Losses, delays and large packets, the nearest links first.
        ports: Counters and carrier of the devices' ports.
        hold: When to look again.
        again_s: Seconds after the repair at which to look again before this stands; None: it stands.
    """

    outcome: Outcome
    before: Verdict
    after: Verdict
    mended: tuple[str, ...]
    remaining: tuple[str, ...]
    new: tuple[str, ...]
    unseen: tuple[str, ...]
    segments: tuple[SegmentChange, ...]
    ports: tuple[PortChange, ...]
    hold: Hold
    again_s: float | None

    @property
    def said(self) -> tuple[str, ...]:
        """Sentences for people, the outcome first."""
        return tuple(_sentences(self))

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: the attributes; of the verdicts, their status."""
        return {
            "outcome": self.outcome.value,
            "label": self.outcome.label,
            "before": self.before.status.value,
            "after": self.after.status.value,
            "mended": list(self.mended),
            "remaining": list(self.remaining),
            "new": list(self.new),
            "unseen": list(self.unseen),
            "segments": [one.as_dict() for one in self.segments],
            "ports": [one.as_dict() for one in self.ports],
            "again_s": self.again_s,
            "why_again": self.hold.why if self.again_s is not None else "",
        }


def compare(
    network: Network,
    before: Iterable[Finding],
    after: Iterable[Finding],
    waited: float = 0.0,
) -> Comparison:
    """Compare the run of step 5 with one after the repair.

    Args:
        network: As it is now.
        before: What was found then.
        after: What was found now, by the same battery.
        waited: Seconds since the repair, or since the first run after it.
    """
    before, after = tuple(before), tuple(after)
    was, now = judge(network, before), judge(network, after)
    reach = Reach(network)
    then = {sign.key: sign for sign in signs(reach, before)}
    here = {sign.key: sign for sign in signs(reach, after)}
    odd = [sign for sign in then.values() if not sign.fine and sign.seen not in MOOT]
    mended = [sign for sign in odd if sign.key in here and here[sign.key].fine]
    remaining = [here[sign.key] for sign in odd if sign.key in here and not here[sign.key].fine]
    changed = tuple(stretches(network, before, after))
    alive = {(sign.vantage, sign.address) for sign in here.values() if sign.got}
    unseen = [
        sign for sign in odd if sign.key not in here and not _elsewhere(reach, sign, changed, alive)
    ]
    new = [
        sign
        for key, sign in here.items()
        if not sign.fine and sign.seen not in MOOT and (key not in then or then[key].fine)
    ]
    outcome = _outcome(
        now,
        unseen,
        gains=_weight(mended) + sum(one.better for one in changed),
        losses=_weight(new) + sum(one.worse for one in changed),
    )
    watch = hold({*(one.fault for one in was.candidates), *_hinted(odd)})
    return Comparison(
        outcome=outcome,
        before=was,
        after=now,
        mended=_told(here[sign.key] for sign in mended),
        remaining=_told(remaining),
        new=_told(new),
        unseen=_told(unseen),
        segments=changed,
        ports=tuple(ports(before, after)),
        hold=watch,
        again_s=_again(outcome, watch, waited),
    )


def _outcome(now: Verdict, unseen: Sequence[Sign], gains: int, losses: int) -> Outcome:
    if now.status is Status.UNTESTED:
        return Outcome.OPEN
    if now.status in WRONG:
        return Outcome.BETTER if gains > losses else Outcome.NOT
    return Outcome.OPEN if unseen else Outcome.WORKS


def _hinted(odd: Iterable[Sign]) -> Iterator[Fault]:
    """What comes back by itself and was seen, even where the verdict is another."""
    for sign in odd:
        if (sign.seen, sign.value) in HINTS:
            yield HINTS[sign.seen, sign.value]


def _elsewhere(
    reach: Reach,
    sign: Sign,
    changed: Iterable[SegmentChange],
    alive: Collection[tuple[str, str]],
) -> bool:
    """What need not be seen again, as something else was that tells as much.

    Only the silent are knocked at. Large packets go to a few, not to the same each time: it is
    enough that their way was tried.
    """
    if sign.seen is Seen.TCP:
        return (sign.vantage, sign.address) in alive
    trip = reach.trip(sign.vantage, sign.node)
    if sign.seen is not Seen.BIG or sign.vantage != reach.network.server or trip is None:
        return False
    tried = {one.place for one in changed if one.big_after[1]}
    return all(f"link/{link.name}" in tried for link in trip.links[:-1] or trip.links)


def _weight(changed: Iterable[Sign]) -> int:
    """How many of them are more than chance: a stray lost packet is not."""
    return sum(
        sign.seen not in VARYING and not (sign.seen is Seen.ECHO and sign.sent > 1 and sign.got)
        for sign in changed
    )


def _again(outcome: Outcome, watch: Hold, waited: float) -> float | None:
    """A repair that may not last is looked at up to the end; one that has not shown yet, again."""
    if outcome is Outcome.WORKS and not watch.lasting:
        return None
    return watch.next(waited)


def _told(seen: Iterable[Sign]) -> tuple[str, ...]:
    return tuple(sentence(sign) for sign in seen)


def _sentences(found: Comparison) -> Iterable[str]:
    yield f"Hasil: {found.outcome.label}."
    if found.again_s is not None:
        seconds = number(found.again_s)
        yield f"Periksa lagi {seconds} detik setelah perbaikan: {found.hold.why}."
    yield from (one.sentence for one in found.segments if one.better or one.worse)
    for words, several in (
        ("Sudah pulih", found.mended),
        ("Masih sama", found.remaining),
        ("Baru muncul", found.new),
        ("Tidak dapat dilihat lagi", found.unseen),
    ):
        yield from (f"{words}: {one}" for one in several)
    if found.outcome is Outcome.WORKS:
        yield from (f"Yang dapat dipastikan: {one}" for one in found.after.rules_out)
