"""Carries out faults, and puts everything right again: from any set of faults to any other."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from fcntl import ioctl
from ipaddress import IPv4Network
from itertools import cycle
from struct import pack, unpack

from lab.daemons import Daemons
from lab.namespaces import batch, inside, run, whole_frames
from lab.shape import Topology
from lab.steps import (
    Announce,
    Bad,
    Chatter,
    Daemon,
    Dark,
    Fault,
    Flap,
    Flood,
    Frozen,
    Ip,
    Loop,
    Mood,
    NoDhcp,
    Pool,
    Rules,
    Step,
)
from lab.traffic import Busy, announcement, chatter, flood
from lab.web import Web
from lab.wires import FINE, Impairment, Wires

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
LOOP_PORTS = "p7", "p8"
OFF_AND_ON = 0.25, 0.75  # seconds without and with light, of a cable that flaps


@dataclass(slots=True)
class Disorder:
    """What is wrong in one lab."""

    topology: Topology
    prefix: str
    wires: Wires
    daemons: Daemons
    web: Web
    _undo: list[tuple[str, str]] = field(default_factory=list)
    _ruled: set[tuple[str, str]] = field(default_factory=set)
    _dark: set[str] = field(default_factory=set)
    _loops: set[str] = field(default_factory=set)
    _busy: Busy = field(default_factory=Busy)

    def become(self, faults: Iterable[Fault]) -> None:
        """Exactly these faults from now on; none: all is well."""
        steps = [step for fault in faults for step in fault.steps]
        self._busy.stop()
        self._busy = Busy()
        self._put_back()
        self._cables(steps)
        self._nodes(steps)
        self._services(steps)
        self._traffic(steps)

    def _put_back(self) -> None:
        for node, command in reversed(self._undo):
            batch([command], self.prefix + node)
        self._undo.clear()
        for node, family in self._ruled:
            with inside(self.prefix + node):
                run("nft", "delete", "table", family, "fault")
        self._ruled.clear()
        for switch in self._loops:
            batch([f"link del {port}" for port in LOOP_PORTS], self.prefix + switch)
            del self.wires.ends[_loop(switch)]
        self._loops.clear()

    def _cables(self, steps: list[Step]) -> None:
        bad = dict(self._long())
        for step in steps:
            if isinstance(step, Bad):
                there, back = bad.get(step.link, (FINE, FINE))
                bad[step.link] = there.joined(step.there), back.joined(step.back)
            elif isinstance(step, Loop):
                self._close_loop(step.switch)
                limit = Impairment(kbit=step.kbit, queue_s=0.05)
                bad[_loop(step.switch)] = limit, limit
        self.wires.impair(bad)
        dark = {
            self.wires.ends[step.link][side == "b"]
            for step in steps
            if isinstance(step, Dark)
            for side in step.sides
        }
        self._light(self._dark - dark, on=True)
        self._light(dark, on=False)
        self._dark = dark

    def _long(self) -> Iterator[tuple[str, tuple[Impairment, Impairment]]]:
        """Cables that take their time also when nothing is wrong."""
        for link in self.topology.links:
            if link.delay_ms:
                usual = Impairment(delay_s=link.delay_ms / 1000)
                yield link.name, (usual, usual)

    def _close_loop(self, switch: str) -> None:
        number = len(self.wires.ends)
        ends = f"x{number}a", f"x{number}b"
        here, there = self.prefix + switch, self.wires.namespace
        batch(
            f"link add {port} mtu 1500 netns {here} type veth peer name {end} netns {there}"
            for port, end in zip(LOOP_PORTS, ends, strict=True)
        )
        whole_frames(here, LOOP_PORTS)
        batch((f"link set {port} master br0 up" for port in LOOP_PORTS), here)
        batch((f"link set {end} up" for end in ends), there)
        self.wires.ends[_loop(switch)] = ends
        self._loops.add(switch)

    def _light(self, ends: Iterable[str], *, on: bool) -> None:
        with inside(self.wires.namespace), socket.socket() as handle:
            for end in ends:
                name = end.encode()
                flags = unpack("16sh", ioctl(handle, SIOCGIFFLAGS, pack("16sh", name, 0)))[1]
                flags = flags | IFF_UP if on else flags & ~IFF_UP
                ioctl(handle, SIOCSIFFLAGS, pack("16sh", name, flags))

    def _nodes(self, steps: list[Step]) -> None:
        for step in steps:
            if isinstance(step, Ip):
                # Two faults may want the same gone.
                with suppress(RuntimeError):
                    batch([step.do], self.prefix + step.node)
                    self._undo.append((step.node, step.undo))
            elif isinstance(step, Rules):
                with inside(self.prefix + step.node):
                    run("nft", "-f", "-", script=f"table {step.family} fault {{\n{step.chains}\n}}")
                self._ruled.add((step.node, step.family))

    def _services(self, steps: list[Step]) -> None:
        wanted: dict[str, tuple[str, ...] | None] = dict(self.daemons.usual())
        for step in steps:
            match step:
                case Daemon(node, arguments):
                    wanted[node] = arguments
                case NoDhcp(node):
                    wanted[node] = tuple(
                        one for one in self.daemons.resolver(node) if "dhcp" not in one
                    )
                case Pool(node):
                    lan = IPv4Network(self.topology.office(node).lan)
                    upstream = (one for one in self.daemons.resolver(node) if "dhcp" not in one)
                    wanted[node] = (*upstream, *self.daemons.dhcp(node, lan, last=True))
                case _:  # no service's
                    pass
        self.daemons.run({node: how for node, how in wanted.items() if how is not None})
        self.daemons.freeze([step.node for step in steps if isinstance(step, Frozen)])
        self.web.behave({step.node: step.mood for step in steps if isinstance(step, Mood)})

    def _traffic(self, steps: list[Step]) -> None:
        for step in steps:
            match step:
                case Flood(node, address, kbit):
                    self._busy.every(*flood(self.prefix + node, address, kbit))
                case Announce(node, port, address):
                    self._busy.every(*announcement(self.prefix + node, port, address))
                case Chatter(node, port):
                    self._busy.every(*chatter(self.prefix + node, port))
                case Flap(link):
                    self._flap(self.wires.ends[link])
                case _:  # nobody's traffic
                    pass

    def _flap(self, ends: tuple[str, str]) -> None:
        self._dark |= {*ends}  # so that whatever comes next finds it lit
        turns = cycle((False, True))

        def turn() -> None:
            on = next(turns)
            self._light(ends, on=on)
            self._busy.pause(OFF_AND_ON[on])

        self._busy.every(0, turn)

    def end(self) -> None:
        """Stop what runs in this process."""
        with ExitStack() as stack:
            stack.callback(self.wires.stop)
            stack.callback(self.web.stop)
            stack.callback(self.daemons.run, {})
            self._busy.stop()


def _loop(switch: str) -> str:
    return f"loop {switch}"
