"""What a fault does to one exchange of packets, and how surprising a sign then is.

A surprise is counted in nats: 0 for what was to be expected, SURE for what cannot be. Echoes are
counted, not named: a link that loses one packet in twenty shows in the sum over all that is behind
it, and hardly in any single target.
"""

from collections.abc import Mapping
from enum import IntEnum
from math import log

from periksa.sign import Seen, Sign

Costs = Mapping[str, float]

SURE = 8.0
STRANGE = 5.0
STRAY_LOSS = 0.004  # share of echoes that a network in order loses
A_STRAY = 2.5  # one echo lost of several, however few: less than any fault's rarity
LEAST_LOSS, MOST_LOSS = 0.02, 0.6
CHANCE: Costs = {"fine": 0.4, "lossy": 0.6, "none": 1.0}  # where anything may be
FITTED = 0.15  # … and yet all targets lose alike
IN_BURSTS = 2.5  # losses come in bursts: one target may see far more of them than another
ALL_LOST = 4.0  # a link that loses some, and yet all: ARP gave up in the first second


class Effect(IntEnum):
    """What becomes of an exchange, the worse the higher."""

    FINE = 0
    SLOW = 1
    LOSSY = 2
    FULL = 3
    SHAKY = 4
    LOST = 5

    def joined(self, other: "Effect") -> "Effect":
        """The effect of both."""
        if {self, other} == {Effect.SLOW, Effect.LOSSY}:
            return Effect.FULL
        return max(self, other)


OTHERWISE = "*"

HUSH = 2.1  # a box that lets packets in refuses at a port where nothing listens

# Where a value is not listed, it costs what OTHERWISE says, else nothing.
USUAL: Mapping[Seen, Mapping[Effect, Costs]] = {
    Seen.DELAY: {
        Effect.FINE: {"slow": 3},
        Effect.SLOW: {"fine": 3},
        Effect.LOSSY: {"slow": 2},
        Effect.FULL: {"fine": 1.5},
        Effect.SHAKY: {"slow": 0.3, "fine": 0.1},
        Effect.LOST: {},
    },
    Seen.BIG: {
        Effect.FINE: {"lost": 4, "told": 1},
        Effect.SLOW: {"lost": 3, "told": 1},
        Effect.LOSSY: {"lost": 1.2, "told": 2},
        Effect.FULL: {"lost": 1, "told": 2},
        Effect.SHAKY: {"lost": 0.4, "told": 2},
        Effect.LOST: {"fine": SURE, "told": SURE},
    },
    Seen.TRACE: {
        Effect.FINE: {"loop": SURE, "short": 1},
        Effect.SLOW: {"loop": SURE, "short": 1},
        Effect.LOSSY: {"loop": SURE, "short": 0.5},
        Effect.FULL: {"loop": SURE, "short": 0.5},
        Effect.SHAKY: {"loop": SURE, "short": 0.3},
        Effect.LOST: {"loop": STRANGE, "fine": STRANGE},
    },
    Seen.TCP: {
        Effect.FINE: {"silent": 4, "unreachable": 4, "refused": 6, "hush": HUSH},
        Effect.SLOW: {"silent": 3, "unreachable": 4, "refused": 6, "hush": HUSH},
        Effect.LOSSY: {"silent": 1, "unreachable": 3, "refused": 6, "hush": 0.8},
        Effect.FULL: {"silent": 0.8, "unreachable": 3, "refused": 6, "hush": 0.6},
        Effect.SHAKY: {"silent": 0.5, "unreachable": 0.8, "refused": 6, "open": 0.1, "hush": 0.5},
        Effect.LOST: {"open": SURE, "refused": SURE, "answers": SURE},
    },
    Seen.DNS: {
        Effect.FINE: {"timeout": 5, "servfail": 4, "fine": 0, "odd": 3, OTHERWISE: 6},
        Effect.SLOW: {"timeout": 2.5, "servfail": 3, "fine": 0, OTHERWISE: 6},
        Effect.LOSSY: {"timeout": 1.5, "servfail": 2.5, "fine": 0, OTHERWISE: 6},
        Effect.FULL: {"timeout": 1, "servfail": 1.5, "fine": 0, OTHERWISE: 6},
        Effect.SHAKY: {"timeout": 0.5, "servfail": 1, "fine": 0.1, OTHERWISE: 6},
        Effect.LOST: {"timeout": 0, OTHERWISE: SURE},
    },
    Seen.HTTP: {
        Effect.FINE: {"silent": 4, "stall": 4, "fine": 0, OTHERWISE: 7},
        Effect.SLOW: {"silent": 2.5, "stall": 2.5, "fine": 0, OTHERWISE: 7},
        Effect.LOSSY: {"silent": 1.5, "stall": 1.5, "fine": 0, OTHERWISE: 7},
        Effect.FULL: {"silent": 0.7, "stall": 0.7, "fine": 0, OTHERWISE: 7},
        Effect.SHAKY: {"silent": 0.5, "stall": 0.5, "fine": 0.1, OTHERWISE: 7},
        Effect.LOST: {"silent": 0, "stall": 2.5, OTHERWISE: SURE},
    },
    Seen.ARP: {
        Effect.FINE: {"none": 3, "duplicate": 7},
        Effect.SLOW: {"none": 3, "duplicate": 7},
        Effect.LOSSY: {"none": 1, "duplicate": 7},
        Effect.FULL: {"none": 1, "duplicate": 7},
        Effect.SHAKY: {"none": 0.9, "duplicate": 4},
        Effect.LOST: {"one": 3, "duplicate": SURE},  # a neighbour table remembers for a while
    },
    Seen.DHCP: {
        Effect.FINE: {"none": 5, "rogue": SURE},
        Effect.SLOW: {"none": 4, "rogue": SURE},
        Effect.LOSSY: {"none": 1.5, "rogue": SURE},
        Effect.FULL: {"none": 1.5, "rogue": SURE},
        Effect.SHAKY: {"none": 0.5, "rogue": SURE},
        Effect.LOST: {"offer": SURE, "rogue": SURE},
    },
}

# A resolver that cannot reach those it asks: some say so, some say nothing, some remember.
ASKING_IN_VAIN: Costs = {
    "timeout": 0,
    "servfail": 0,
    "refused": 0.5,
    "fine": 2.5,
    "odd": 2,
    OTHERWISE: 6,
}

# What no exchange of packets decides.
ELSE: Mapping[Seen, Costs] = {
    Seen.CARRIER: {"down": 6},
    Seen.RX: {"silent": 3},
    Seen.FLAP: {"flapping": 7},
    Seen.LOAD: {"busy": 1},
    Seen.ERRORS: {"rising": 1.5},
    Seen.ROUTE: {"missing": 6},
    Seen.DHCPD: {"stopped": 6},
    Seen.POOL: {"full": STRANGE},
    Seen.BROADCAST: {"storm": 6},
    Seen.TALKS: {},
    Seen.ANSWER: {},
}


def surprise(sign: Sign, effect: Effect, loss: float = LEAST_LOSS) -> float:
    """How surprising a sign is where its exchange suffers that effect.

    Args:
        sign: What was seen.
        effect: What becomes of its packets.
        loss: The share of echoes that a lossy place loses.
    """
    if sign.seen is Seen.ECHO:
        return _echoes(sign, effect, loss)
    usual = USUAL.get(sign.seen)
    return cost(ELSE[sign.seen] if usual is None else usual[effect], sign.value)


def cost(costs: Costs, value: str) -> float:
    """What a value costs in a table."""
    return costs.get(value, costs.get(OTHERWISE, 0.0))


def _echoes(sign: Sign, effect: Effect, loss: float) -> float:
    lost = sign.sent - sign.got
    match effect:
        case Effect.LOST:
            return SURE if sign.got else 0.0
        case Effect.SHAKY:
            return min(CHANCE[sign.value], _deviance(lost, sign.sent, loss) + FITTED)
        case Effect.LOSSY | Effect.FULL:
            return min(_deviance(lost, sign.sent, loss), IN_BURSTS if sign.got else ALL_LOST)
        case Effect.FINE | Effect.SLOW:
            most = A_STRAY if lost == 1 and sign.got else SURE
            return min(_deviance(lost, sign.sent, STRAY_LOSS), most)


def _deviance(lost: int, sent: int, expected: float) -> float:
    """How much likelier so many lost of so many are with the loss seen than with that expected."""
    kept = sent - lost
    nats = 0.0
    if lost:
        nats += lost * log(lost / sent / expected)
    if kept:
        nats += kept * log(kept / sent / (1 - expected))
    return nats


def pooled_loss(seen: list[Sign]) -> float:
    """The share of echoes lost over several targets, within what a lossy link may lose."""
    sent, got = sum(sign.sent for sign in seen), sum(sign.got for sign in seen)
    share = 1 - got / sent if sent else 0.0
    return min(max(share, LEAST_LOSS), MOST_LOSS)
