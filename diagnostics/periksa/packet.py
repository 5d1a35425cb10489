"""Reading ICMP packets: which message, about which echo. Pure; any bytes may come in.

RFC 792 (ICMP), RFC 4443 (ICMPv6). icmplib's own reader does not tell where a quoted packet was
going and trips over IP options, so only its sending half is used.
"""

from dataclasses import dataclass
from enum import Enum, auto
from ipaddress import ip_address
from struct import unpack_from

from periksa.addresses import V4, V6, Address

ECHO_HEADER = 8  # type, code, checksum, identifier, sequence
IPV4_HEADER = 20
IPV6_HEADER = 40
PROTOCOL = {V4: 1, V6: 58}  # ICMP's number in the IP header
ASKED = {V4: 8, V6: 128}  # echo request


class Kind(Enum):
    """What a message means, in either family."""

    ECHO = auto()  # the answer
    UNREACHABLE = auto()
    EXPIRED = auto()  # the time to live ran out: a router on the way speaks
    OTHER = auto()


KINDS = {
    (V4, 0): Kind.ECHO,
    (V4, 3): Kind.UNREACHABLE,
    (V4, 11): Kind.EXPIRED,
    (V4, 12): Kind.OTHER,  # parameter problem
    (V6, 129): Kind.ECHO,
    (V6, 1): Kind.UNREACHABLE,
    (V6, 2): Kind.OTHER,  # packet too big
    (V6, 3): Kind.EXPIRED,
    (V6, 4): Kind.OTHER,  # parameter problem
}
TOO_BIG = {(V4, 3, 4), (V6, 2, 0)}  # fragmentation needed, packet too big


@dataclass(frozen=True, slots=True)
class Message:
    """An ICMP message that answers, or complains about, an echo request.

    Attributes:
        kind: What it means.
        type: ICMP type.
        code: ICMP code.
        identifier: Of the echo.
        sequence: Of the echo.
        payload: What came back of the echo's payload; a complaint may quote none of it.
        destination: Where the echo was going, as quoted in a complaint; None in an answer.
        mtu: The largest packet that the next link takes, where a router says so; else 0.
    """

    kind: Kind
    type: int
    code: int
    identifier: int
    sequence: int
    payload: bytes = b""
    destination: Address | None = None
    mtu: int = 0


def strip_ip(packet: bytes) -> bytes:
    """What follows the IPv4 header (a raw IPv4 socket delivers it; no other socket does)."""
    return packet[(packet[0] & 0x0F) * 4 :] if packet else b""


def read(message: bytes, family: int) -> Message | None:
    """The message from the wire, without its IP header; None when it is not about an echo.

    Args:
        message: From the ICMP type on.
        family: 4 or 6.
    """
    if len(message) < ECHO_HEADER or (family, message[0]) not in KINDS:
        return None
    kind = KINDS[family, message[0]]
    if kind is Kind.ECHO:
        identifier, sequence = unpack_from("!HH", message, 4)
        payload = message[ECHO_HEADER:]
        return Message(kind, message[0], message[1], identifier, sequence, payload)
    quote = message[ECHO_HEADER:]
    header = _quoted_header(quote, family)
    echo = quote[header:]
    if not header or len(echo) < ECHO_HEADER or echo[0] != ASKED[family]:
        return None
    identifier, sequence = unpack_from("!HH", echo, 4)
    going = quote[16:20] if family == V4 else quote[24:40]  # RFC 791, RFC 8200
    return Message(
        kind,
        message[0],
        message[1],
        identifier,
        sequence,
        echo[ECHO_HEADER:],
        ip_address(going),
        _mtu(message, family),
    )


def read_queued(echo: bytes, family: int, icmp_type: int, code: int, mtu: int) -> Message | None:
    """The message from a socket's error queue, where the kernel has taken it apart.

    Args:
        echo: Our own echo request as the complaint quoted it, from its ICMP type on.
        family: 4 or 6.
        icmp_type: Of the complaint.
        code: Of the complaint.
        mtu: As the kernel read it from the complaint; anything where that is about no size.
    """
    if len(echo) < ECHO_HEADER or (family, icmp_type) not in KINDS:
        return None
    identifier, sequence = unpack_from("!HH", echo, 4)
    told = mtu if (family, icmp_type, code) in TOO_BIG else 0
    return Message(
        KINDS[family, icmp_type],
        icmp_type,
        code,
        identifier,
        sequence,
        echo[ECHO_HEADER:],
        mtu=told,
    )


def _mtu(message: bytes, family: int) -> int:
    """What a complaint about a packet's size says of the next link (RFC 1191, RFC 4443)."""
    if (family, message[0], message[1]) not in TOO_BIG:
        return 0
    if family == V4:
        return int(unpack_from("!H", message, 6)[0])
    return int(unpack_from("!I", message, 4)[0])


def _quoted_header(quote: bytes, family: int) -> int:
    """Length of the quoted IP header; 0 when what it carried is not ICMP."""
    if family == V4:
        if len(quote) < IPV4_HEADER or quote[9] != PROTOCOL[V4]:
            return 0
        return max((quote[0] & 0x0F) * 4, IPV4_HEADER)
    if len(quote) < IPV6_HEADER or quote[6] != PROTOCOL[V6]:
        return 0
    return IPV6_HEADER
