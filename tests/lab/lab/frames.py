"""What only whole frames can tell, on one LAN: who has an address, who hands them out, who shouts.

RFC 826 and 5227 (ARP), RFC 2131 (DHCP).
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from secrets import randbits
from struct import pack, unpack_from
from time import monotonic

from lab.wires import PACKET_IGNORE_OUTGOING, SOL_PACKET

ETH_P_ALL, ETH_P_ARP, ETH_P_IP = 3, 0x0806, 0x0800
EVERYBODY = b"\xff" * 6
PACKET_BROADCAST = 1
UDP = 17
SERVER, CLIENT = 67, 68
MAGIC = b"\x63\x82\x53\x63"
DISCOVER, OFFER = 1, 2
TYPE, IDENTIFIER = 53, 54
ROUNDS = (0.0, 0.6, 1.2)  # seconds at which ARP is asked
BOOTP = 236  # bytes before the options


@dataclass(slots=True)
class Heard:
    """What a LAN let us hear.

    Attributes:
        macs: Address to the MAC addresses that claim it.
        offers: DHCP servers that offered an address.
        broadcasts: Broadcast frames of others a second.
        looped: Frames of our own that came back.
    """

    macs: dict[str, set[str]] = field(default_factory=dict)
    offers: set[str] = field(default_factory=set)
    broadcasts: float = 0.0
    looped: int = 0


def listen(port: str, own: str, ask: Iterable[str], *, dhcp: bool, seconds: float) -> Heard:
    """Ask who has these addresses, and who hands some out, and listen that long.

    Raises:
        OSError: The port is down.
    """
    heard = Heard({address: set() for address in ask})
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as line:
        line.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 21)
        line.bind((port, ETH_P_ALL))
        mac = line.getsockname()[4]
        transaction = randbits(32)
        begun, rounds, shouts = monotonic(), [*ROUNDS], 0
        while (now := monotonic() - begun) < seconds:
            if rounds and now >= rounds[0]:
                del rounds[0]
                _ask(line, mac, own, heard.macs)
                if dhcp:
                    line.send(_discover(mac, transaction))
            line.settimeout(min(seconds - now, 0.1))
            try:
                frame, (_, _, kind, _, _) = line.recvfrom(2048)
            except TimeoutError:
                continue
            source = frame[6:12]
            heard.looped += source == mac
            shouts += kind == PACKET_BROADCAST and source != mac
            _arp(frame, heard.macs, mac)
            if server := _offer(frame, transaction):
                heard.offers.add(server)
        heard.broadcasts = round(shouts / seconds, 1)
    return heard


def _ask(line: socket.socket, mac: bytes, own: str, whom: Iterable[str]) -> None:
    for address in whom:
        # Whoever asks for its own address must not claim it in the same breath.
        source = bytes(4) if address == own else IPv4Address(own).packed
        ask = pack("!HHBBH", 1, ETH_P_IP, 6, 4, 1) + mac + source + bytes(6)
        line.send(EVERYBODY + mac + pack("!H", ETH_P_ARP) + ask + IPv4Address(address).packed)


def _arp(frame: bytes, macs: dict[str, set[str]], own: bytes) -> None:
    """Note who claims an address, in an answer or an announcement."""
    if frame[12:14] != pack("!H", ETH_P_ARP) or len(frame) < 42:
        return
    sender, address = frame[22:28], str(IPv4Address(frame[28:32]))
    if sender != own and address in macs:
        macs[address].add(sender.hex(":"))


def _discover(mac: bytes, transaction: int) -> bytes:
    head = pack("!BBBBIHH", 1, 1, 6, 0, transaction, 0, 0x8000)  # answer by broadcast
    body = (head + bytes(16) + mac).ljust(BOOTP, b"\0") + MAGIC
    body += bytes((TYPE, 1, DISCOVER, 255))
    body = body.ljust(300, b"\0")
    udp = pack("!HHHH", CLIENT, SERVER, 8 + len(body), 0)
    packet = pack(
        "!BBHHHBBH4s4s", 0x45, 0, 28 + len(body), 0, 0, 64, UDP, 0, bytes(4), EVERYBODY[:4]
    )
    packet = packet[:10] + pack("!H", _checksum(packet)) + packet[12:]
    return EVERYBODY + mac + pack("!H", ETH_P_IP) + packet + udp + body


def _offer(frame: bytes, transaction: int) -> str:
    """The server of an offer to us; empty when it is none."""
    if frame[12:14] != pack("!H", ETH_P_IP) or frame[23:24] != bytes((UDP,)):
        return ""
    start = 14 + (frame[14] & 0x0F) * 4
    body = frame[start + 8 :]
    if frame[start : start + 2] != pack("!H", SERVER) or len(body) < BOOTP + 4:
        return ""
    if unpack_from("!I", body, 4) != (transaction,) or body[BOOTP : BOOTP + 4] != MAGIC:
        return ""
    options = _options(body[BOOTP + 4 :])
    if options.get(TYPE) != bytes((OFFER,)) or len(options.get(IDENTIFIER, b"")) != 4:
        return ""
    return str(IPv4Address(options[IDENTIFIER]))


def _options(data: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at + 1 < len(data) and data[at] != 255:
        if data[at]:
            found[data[at]] = data[at + 2 : at + 2 + data[at + 1]]
            at += 1 + data[at + 1]
        at += 1
    return found


def _checksum(data: bytes) -> int:
    total: int = sum(unpack_from(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF
