"""What Linux offers on ICMP sockets that Python's socket module has no names for.

See socket(7), ip(7), icmp(7) and raw(7). Where an option is missing, a probe does without.
"""

import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from struct import Struct, pack

from periksa.addresses import V4, Address
from periksa.packet import KINDS

Ancillary = Sequence[tuple[int, int, bytes]]

SO_TIMESTAMPNS = 35
SOL_RAW = 255
ICMP_FILTER = 1  # of both SOL_RAW and IPPROTO_ICMPV6
IP_RECVERR = 11
IPV6_RECVERR = 25
IP_MTU_DISCOVER = 10
IPV6_MTU_DISCOVER = 23
IPV6_DONTFRAG = 62
PROBE = 3  # IP_PMTUDISC_PROBE: never in fragments, whatever is remembered of the path
FROM_NETWORK = (2, 3)  # SO_EE_ORIGIN_ICMP, _ICMP6; other origins are this machine itself

TIMESPEC = Struct("@ll")
EXTENDED_ERROR = Struct("=IBBBBII")  # errno, origin, type, code, pad, info, data; then who said it
SPEAKER = {IP_RECVERR: slice(20, 24), IPV6_RECVERR: slice(24, 40)}

ROOM = 1 << 20  # bytes that may wait to be read while another thread holds the interpreter


@dataclass(frozen=True, slots=True)
class Complaint:
    """An ICMP error that the kernel took apart: who said what, and of which size."""

    source: Address
    type: int
    code: int
    mtu: int


def prepare(opened: socket.socket, version: int, *, raw: bool) -> None:
    """Have the kernel take times, send whole, and deliver what concerns echoes and nothing else."""
    opened.settimeout(0)
    stamp(opened)
    with suppress(OSError):
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
    with suppress(OSError):
        if version == V4:
            opened.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, PROBE)
        else:
            opened.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, PROBE)
            opened.setsockopt(socket.IPPROTO_IPV6, IPV6_DONTFRAG, 1)
    with suppress(OSError):
        if raw:
            _drop_others(opened, version)
        elif version == V4:
            opened.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
        else:
            opened.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVERR, 1)


def stamp(opened: socket.socket) -> None:
    """Have the kernel say when it received each packet."""
    with suppress(OSError):
        opened.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)


def _drop_others(opened: socket.socket, version: int) -> None:
    """A raw socket hears every ICMP packet of the machine; let it not."""
    wanted = [kind for family, kind in KINDS if family == version]
    words = [0xFFFFFFFF] * 8  # a bit for each type; one that is set keeps the type out
    for kind in wanted:
        words[kind >> 5] &= ~(1 << (kind & 31))
    if version == V4:
        opened.setsockopt(SOL_RAW, ICMP_FILTER, pack("=I", words[0]))
    else:
        opened.setsockopt(socket.IPPROTO_ICMPV6, ICMP_FILTER, pack("=8I", *words))


def received_at(ancillary: Ancillary) -> float | None:
    """When the kernel received the packet, in seconds since 1970; None when it does not say."""
    for level, kind, value in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS) and len(value) >= TIMESPEC.size:
            seconds, nanoseconds = TIMESPEC.unpack_from(value)
            return float(seconds + nanoseconds / 1e9)
    return None


def complaint(ancillary: Ancillary) -> Complaint | None:
    """What came with a packet from the error queue; None when the network did not say it."""
    for _, kind, value in ancillary:
        if kind in SPEAKER and len(value) >= SPEAKER[kind].stop:
            _, origin, icmp_type, code, _, mtu, _ = EXTENDED_ERROR.unpack_from(value)
            if origin in FROM_NETWORK:
                return Complaint(ip_address(value[SPEAKER[kind]]), icmp_type, code, mtu)
    return None
