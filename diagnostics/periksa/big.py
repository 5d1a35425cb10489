"""Big: whether packets of full size come through, which small ones never tell.

A link that swallows large packets and says nothing lets pings, names and connections through and
stalls every page (RFC 2923). So echoes that fill a frame go out with "do not fragment", and where
none comes back, a ladder of smaller ones shows where it ends.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from errno import EMSGSIZE
from time import monotonic

from periksa.addresses import Address, parse
from periksa.findings import Finding, State, Target
from periksa.gear import Gear
from periksa.icmp import HEADERS, Reply
from periksa.packet import TOO_BIG, Kind
from periksa.plan import Big
from periksa.sockets import Blocked

PROBE = "big"

STATES = {"whole": State.UP, "too_big": State.DEGRADED, "lost": State.DOWN}
SENTENCES = {
    "whole": "{name} membalas {received} dari {sent} paket besar ({size} byte).",
    "too_big": "Paket {size} byte ke {name} terlalu besar: {said_by} menyatakan batas {mtu} byte.",
    "lost": (
        "{name} membalas ping kecil, tetapi tidak satu pun dari {sent} paket besar ({size} byte);"
        " yang terbesar yang sampai: {largest}."
    ),
    "local": "Paket {size} byte lebih besar daripada yang dapat dikirim server ini.",
    "blocked": "Paket besar ke {name} tidak dapat dikirim: {blocked}.",
    "stopped": "Pemeriksaan paket besar ke {name} dihentikan sebelum selesai.",
}


@dataclass(slots=True)
class Fit:
    """What became of one target's large echoes.

    Attributes:
        address: The target's.
        sizes: Bytes of the IP packet by sequence number.
        came: Sequence numbers that were answered.
        mtu: What a router says the next link takes, 0 when none said it.
        said_by: That router.
        blocked: Why an echo could not leave this machine.
        local: Whether that was its size.
        news: Set with everything heard.
    """

    address: Address
    sizes: dict[int, int] = field(default_factory=dict)
    came: set[int] = field(default_factory=set)
    mtu: int = 0
    said_by: str = ""
    blocked: str = ""
    local: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, reply: Reply) -> None:
        """Take what came back; an answer in another's name is none."""
        if reply.kind is Kind.ECHO and reply.source == self.address:
            self.came.add(reply.sent.sequence)
        elif (self.address.version, reply.type, reply.code) in TOO_BIG:
            self.mtu, self.said_by = reply.mtu, str(reply.source)
        self.news.set()

    def count(self, size: int) -> tuple[int, int]:
        """How many echoes of that size left, and how many of them were answered."""
        sent = {number for number, length in self.sizes.items() if length == size}
        return len(sent), len(sent & self.came)

    @property
    def largest(self) -> int | None:
        """Bytes of the largest packet that was answered."""
        return max((self.sizes[number] for number in self.came), default=None)

    def result(self, size: int, *, over: bool) -> str:
        """In one word; ``over`` when there was no time to wait for answers."""
        sent, received = self.count(size)
        if received:
            return "whole"
        if self.said_by:
            return "too_big"
        if not sent:
            return "local" if self.local else "blocked" if self.blocked else "stopped"
        return "stopped" if over else "lost"


async def big(targets: Sequence[Target], how: Big, gear: Gear) -> list[Finding]:
    """Send large echoes to targets that answer small ones; return one finding each.

    Figures: ``size`` (bytes of the IP packet), ``sent``, ``received`` (of that size), ``result``
    ("whole", "too_big": a router says so, which harms nobody, "lost": silence, "local": this
    machine's own link is too small, "blocked", "stopped"), ``largest`` (bytes of the largest packet
    that was answered, of the ladder too; None when none was), ``frag_needed`` (0 or 1: a router says
    so), ``mtu``, ``said_by``, ``socket``.
    UP when one came back, DEGRADED when a router says it is too big, DOWN when all is silence.
    """
    started, begun = gear.watch.now(), monotonic()
    fits = [Fit(parse(target.address)) for target in targets]
    async with gear.watch.bounded(), asyncio.TaskGroup() as group:
        for fit in fits:
            group.create_task(_measure(fit, how, gear))
    seconds = monotonic() - begun
    blank = Finding(PROBE, "", "", State.UNKNOWN, "", {}, started, seconds)
    return [_told(blank, *pair, how, gear) for pair in zip(targets, fits, strict=True)]


async def _measure(fit: Fit, how: Big, gear: Gear) -> None:
    await _exchange(fit, (how.size,) * how.count, how, gear)
    if not (fit.came or fit.said_by or fit.local):
        await _exchange(fit, (how.size,) * how.count + how.ladder, how, gear)


async def _exchange(fit: Fit, sizes: Sequence[int], how: Big, gear: Gear) -> None:
    """Send packets of these sizes, and wait until one of the size in question came back."""
    for size in sizes:
        await gear.pacer.turn(str(fit.address), size)
        if gear.watch.over:
            return
        try:
            payload = size - HEADERS[fit.address.version]
            sent = gear.line.send(fit.address, fit.hear, payload=payload)
            fit.sizes[sent.sequence] = size
        except Blocked as refusal:
            fit.blocked, fit.local = str(refusal), refusal.number == EMSGSIZE
    async with gear.watch.bounded(how.wait):
        while len(fit.came) < len(fit.sizes) and not fit.said_by:
            fit.news.clear()
            await fit.news.wait()


def _told(blank: Finding, target: Target, fit: Fit, how: Big, gear: Gear) -> Finding:
    sent, received = fit.count(how.size)
    result = fit.result(how.size, over=gear.watch.over)
    sentence = SENTENCES[result].format(
        name=target.name,
        size=how.size,
        sent=sent,
        received=received,
        largest=f"{fit.largest} byte" if fit.largest else "tidak ada",
        mtu=fit.mtu,
        said_by=fit.said_by,
        blocked=fit.blocked,
    )
    echoes = [
        f"echo {number}: {size} byte {'answered' if number in fit.came else '-'}"
        for number, size in fit.sizes.items()
    ]
    said = [f"{fit.said_by}: too big, mtu {fit.mtu}"] if fit.said_by else []
    return Finding(
        PROBE,
        target.name,
        target.address,
        STATES.get(result, State.UNKNOWN),
        sentence,
        {
            "size": how.size,
            "sent": sent,
            "received": received,
            "result": result,
            "largest": fit.largest,
            "frag_needed": int(bool(fit.said_by)),
            "mtu": fit.mtu,
            "said_by": fit.said_by,
            "socket": gear.line.kind(fit.address.version),
        },
        blank.started,
        blank.seconds,
        raw="\n".join((*echoes, *said)),
    )
