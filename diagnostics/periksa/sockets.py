"""ICMP sockets: raw where the process may, else the unprivileged kind the kernel can open to all.

The only module that knows icmplib, of which it takes the socket classes' opening and sending half
(icmplib 3.0.4 numbers echoes from a counter that forked processes share, and believes any source).
The reading half is here: kernel receive time, and the source and type of errors, in both kinds.
"""

import errno
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_address
from time import time

from icmplib import ICMPRequest, ICMPv4Socket, ICMPv6Socket
from icmplib.exceptions import ICMPSocketError, SocketPermissionError

from periksa.addresses import V4, V6, Address
from periksa.kernel import Ancillary, complaint, prepare, received_at
from periksa.packet import Message, read, read_queued, strip_ip

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
    errno.EMSGSIZE: "paket terlalu besar untuk antarmuka server ini",
    errno.EADDRNOTAVAIL: "server ini tidak punya alamat asal untuk ke sana",
}
CLASSES = {V4: ICMPv4Socket, V6: ICMPv6Socket}
BATCH = 1000  # read at most this many before looking at the clock again


class Blocked(Exception):
    """An echo cannot leave this machine; the message says why, as part of a sentence.

    Attributes:
        number: The operating system's error number, 0 when there was none.
    """

    def __init__(self, why: str, number: int = 0) -> None:
        super().__init__(why)
        self.number = number


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
    """One socket of one IP version.

    Args:
        version: 4 or 6.

    Raises:
        Blocked: Neither kind of socket may be opened.
    """

    def __init__(self, version: int) -> None:
        self.version = version
        self.raw, self._icmp = _open(version)
        self._socket: socket.socket = self._icmp.sock
        prepare(self._socket, version, raw=self.raw)

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
            raise _blocked(refusal) from refusal
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
                about = ip_address(sender[0].partition("%")[0])
                understand = self._queued if flags else self._plain
                arrival = understand(data, ancillary, about)
                if arrival is not None:
                    yield arrival

    def _plain(self, data: bytes, ancillary: Ancillary, source: Address) -> Arrival | None:
        packet = strip_ip(data) if self.raw and self.version == V4 else data
        message = read(packet, self.version)
        return None if message is None else _arrival(message, source, ancillary)

    def _queued(self, data: bytes, ancillary: Ancillary, destination: Address) -> Arrival | None:
        """From the error queue, where the address is that to which the echo was going."""
        said = complaint(ancillary)
        if said is None:
            return None
        message = read_queued(data, self.version, said.type, said.code, said.mtu)
        if message is None:
            return None
        return _arrival(replace(message, destination=destination), said.source, ancillary)


def _arrival(message: Message, source: Address, ancillary: Ancillary) -> Arrival:
    at = received_at(ancillary)
    return Arrival(message, source, time() if at is None else at, stamped=at is not None)


def _open(version: int) -> tuple[bool, ICMPv4Socket | ICMPv6Socket]:
    try:
        return True, CLASSES[version](privileged=True)
    except SocketPermissionError:
        pass
    except ICMPSocketError as error:
        raise Blocked(f"server ini tidak dapat memakai IPv{version} ({error})") from error
    try:
        return False, CLASSES[version](privileged=False)
    except ICMPSocketError as error:
        raise Blocked(PERMISSION) from error


def _blocked(refusal: ICMPSocketError) -> Blocked:
    """With the operating system's error: icmplib keeps it only as the context of its own."""
    cause = refusal.__context__
    number = cause.errno if isinstance(cause, OSError) else None
    if number is None:
        return Blocked(str(refusal))
    return Blocked(REFUSALS.get(number, os.strerror(number)), number)
