"""What a fault does to the lab, as data. ``disorder`` carries it out and puts it right again."""

from dataclasses import dataclass

from lab.wires import FINE, Impairment


@dataclass(frozen=True, slots=True)
class Bad:
    """A cable that does this to frames from its ``a`` to its ``b``, and that on the way back."""

    link: str
    there: Impairment = FINE
    back: Impairment = FINE


@dataclass(frozen=True, slots=True)
class Dark:
    """No light at these ends of a cable: "a", "b" or both."""

    link: str
    sides: str = "ab"


@dataclass(frozen=True, slots=True)
class Flap:
    """A cable that loses its light every second for a quarter of it."""

    link: str


@dataclass(frozen=True, slots=True)
class Rules:
    """A firewall on a node, in the words of nftables: a table of the family and its chains."""

    node: str
    family: str
    chains: str


@dataclass(frozen=True, slots=True)
class Ip:
    """An ``ip`` command on a node, and the one that takes it back."""

    node: str
    do: str
    undo: str


@dataclass(frozen=True, slots=True)
class Daemon:
    """A resolver or DHCP server with other arguments than usual; None: not running."""

    node: str
    arguments: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Pool:
    """An office's DHCP server whose addresses are all taken."""

    node: str


@dataclass(frozen=True, slots=True)
class NoDhcp:
    """An office's resolver that serves no addresses."""

    node: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """A daemon that hangs."""

    node: str


@dataclass(frozen=True, slots=True)
class Mood:
    """How a web server feels (``web.MOODS``)."""

    node: str
    mood: str


@dataclass(frozen=True, slots=True)
class Flood:
    """A node that sends as much to an address as that many kbit/s."""

    node: str
    address: str
    kbit: int


@dataclass(frozen=True, slots=True)
class Loop:
    """A cable from a switch to itself, that carries this many kbit/s each way."""

    switch: str
    kbit: int


@dataclass(frozen=True, slots=True)
class Announce:
    """A node that says to all its neighbours, again and again, that it has an address."""

    node: str
    port: str
    address: str


@dataclass(frozen=True, slots=True)
class Chatter:
    """A port whose hardware still says hello to the next one, as by LLDP."""

    node: str
    port: str


Step = (
    Bad
    | Dark
    | Flap
    | Rules
    | Ip
    | Daemon
    | Pool
    | NoDhcp
    | Frozen
    | Mood
    | Flood
    | Loop
    | Announce
    | Chatter
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        name: Unique in its topology; judging never sees it.
        place: The true place, as network files name it.
        type: The true type, of periksa's closed list.
        steps: What makes it so.
        office: The router of the office that complains: whose devices are asked.
        off: Nodes from where nobody can look.
        visible: Whether anything changes for the server.
    """

    name: str
    place: str
    type: str
    steps: tuple[Step, ...]
    office: str
    off: tuple[str, ...] = ()
    visible: bool = True
