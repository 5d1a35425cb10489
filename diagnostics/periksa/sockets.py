"""ICMP sockets: raw where the process may, else the unprivileged kind the kernel can open to all.

The only module that knows icmplib, of which it takes the socket classes' opening and sending half
(icmplib 3.0.4 numbers echoes from a counter that forked processes share, and believes any source).
The reading half is here: kernel receive time, and the source and type of errors, in both kinds.
"""

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from ipaddress import ip_address
from struct import Struct, pack
from time import time

from icmplib import ICMPRequest, ICMPv4Socket, ICMPv6Socket
from icmplib.exceptions import ICMPSocketError, SocketPermissionError

from periksa.addresses import Address
from periksa.packet import KINDS, Message, read, read_queued, strip_ip

PERMISSION = (
    "server ini belum boleh mengirim ICMP; administrator perlu menjalankan"
    " sysctl -w net.ipv4.ping_group_range='0 2147483647' atau memberi CAP_NET_RAW"
)
REFUSALS = {
    errno.ENETUNREACH: "server ini tidak punya jalur ke sana",
    errno.EHOSTUNREACH: "server ini tidak punya jalur ke sana",
    errno.ENETDOWN: "antarmuka jaringan server ini mati",
    errno.EACCES: "server ini dilarang mengirim ke sana",
    errno.EPERM: "server ini dilarang mengirim ke sana",
    errno.EADDRNOTAVAIL: "server ini tidak punya alamat asal untuk ke sana",
}

# Linux numbers that Python's socket module does not name.
SO_TIMESTAMPNS = 35
SOL_RAW = 255
ICMP_FILTER = 1
IP_RECVERR = 11
IPV6_RECVERR = 25
ORIGINS = {4: 2, 6: 3}  # SO_EE_ORIGIN_ICMP, _ICMP6: told by the network, not by this kernel

TIMESPEC = Struct("@ll")
EXTENDED_ERROR = Struct("=IBBBBII")  # errno, origin, type, code, pad, info, data; then who said it
SPEAKER = {4: slice(20, 24), 6: slice(24, 40)}

BATCH = 1000  # read at most this many before looking at the clock again
ROOM = 1 << 20  # bytes waiting to be read, while another thread holds the interpreter


class Blocked(Exception):
    """An echo cannot leave this machine; the message says why, as part of a sentence."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message, who sent it, and when it came in.

    Attributes:
        message: What was read.
        source: Whose address it carries.
        at: Seconds since 1970.
        stamped: Whether the kernel took the time, on receiving.
    """

    message: Message
    source: Address
    at: float
    stamped: bool


class EchoSocket:
    """One socket of one family.

    Args:
        family: 4 or 6.

    Raises:
        Blocked: Neither kind of socket may be opened.
    """

    def __init__(self, family: int) -> None:
        self.family = family
        self.raw, self._icmp = _open(family)
        self._socket: socket.socket = self._icmp.sock
        self._socket.setblocking(False)
        for option in (SO_TIMESTAMPNS, socket.SO_RCVBUF):
            with suppress(OSError):
                self._socket.setsockopt(
                    socket.SOL_SOCKET, option, ROOM if option == socket.SO_RCVBUF else 1
                )
        with suppress(OSError):
            self._filter() if self.raw else self._ask_for_errors()

    def fileno(self) -> int:
        """For poll."""
        return self._socket.fileno()

    def close(self) -> None:
        """Nothing is received after this."""
        self._icmp.close()

    def send(
        self, address: Address, identifier: int, sequence: int, payload: bytes, ttl: int
    ) -> float:
        """Send one echo request and return when, in seconds since 1970.

        Raises:
            Blocked: The kernel refused.
        """
        request = ICMPRequest(str(address), identifier, sequence, payload=payload, ttl=ttl)
        try:
            try:
                self._icmp.send(request)
            except ICMPSocketError:
                # An unprivileged socket reports an earlier echo's error on the next send; what is
                # said twice is about this one.
                self._icmp.send(request)
        except ICMPSocketError as refusal:
            raise Blocked(_why(refusal)) from refusal
        return float(request.time)

    def arrivals(self) -> Iterator[Arrival]:
        """What has come in, without waiting."""
        for flags in (0,) if self.raw else (0, socket.MSG_ERRQUEUE):
            for _ in range(BATCH):
                try:
                    data, ancillary, _, sender = self._socket.recvmsg(2048, 512, flags)
                except BlockingIOError:
                    break
                except OSError:  # an echo's error, told a second time: the queue has it in full
                    continue
                arrival = self._arrival(data, ancillary, sender, queued=bool(flags))
                if arrival is not None:
                    yield arrival

    def _arrival(
        self,
        data: bytes,
        ancillary: list[tuple[int, int, bytes]],
        sender: tuple[str, int],
        *,
        queued: bool,
    ) -> Arrival | None:
        at, stamped, complaint = time(), False, b""
        for level, kind, value in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS):
                seconds, nanoseconds = TIMESPEC.unpack_from(value)
                at, stamped = seconds + nanoseconds / 1e9, True
            elif kind in (IP_RECVERR, IPV6_RECVERR):
                complaint = value
        source = ip_address(sender[0].partition("%")[0]) if sender else None
        if not queued:
            message = read(strip_ip(data) if self.raw and self.family == 4 else data, self.family)  # noqa: PLR2004
        elif len(complaint) >= SPEAKER[self.family].stop:
            _, origin, icmp_type, code, *_ = EXTENDED_ERROR.unpack_from(complaint)
            if origin != ORIGINS[self.family]:
                return None
            message = read_queued(data, self.family, icmp_type, code)
            message = message and replace(message, destination=source)
            source = ip_address(complaint[SPEAKER[self.family]])
        else:
            return None
        return Arrival(message, source, at, stamped) if message and source else None

    def _filter(self) -> None:
        """Have the kernel drop what is not for us: a raw socket hears every ICMP packet."""
        wanted = [kind for family, kind in KINDS if family == self.family]
        if self.family == 4:  # noqa: PLR2004
            mask = ~sum(1 << kind for kind in wanted) & 0xFFFFFFFF
            self._socket.setsockopt(SOL_RAW, ICMP_FILTER, pack("=I", mask))
            return
        words = [0xFFFFFFFF] * 8
        for kind in wanted:
            words[kind >> 5] &= ~(1 << (kind & 31))
        self._socket.setsockopt(socket.IPPROTO_ICMPV6, ICMP_FILTER, pack("=8I", *words))

    def _ask_for_errors(self) -> None:
        if self.family == 4:  # noqa: PLR2004
            self._socket.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
        else:
            self._socket.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVERR, 1)


def _open(family: int) -> tuple[bool, ICMPv4Socket | ICMPv6Socket]:
    kind = ICMPv4Socket if family == 4 else ICMPv6Socket  # noqa: PLR2004
    try:
        return True, kind(privileged=True)
    except SocketPermissionError:
        pass
    except ICMPSocketError as error:
        raise Blocked(f"server ini tidak dapat memakai IPv{family} ({error})") from error
    try:
        return False, kind(privileged=False)
    except ICMPSocketError as error:
        raise Blocked(PERMISSION) from error


def _why(refusal: ICMPSocketError) -> str:
    cause = refusal.__context__
    number = cause.errno if isinstance(cause, OSError) else None
    if number is None:
        return str(refusal)
    return REFUSALS.get(number, os.strerror(number))
