"""Ports on loopback for servers of the tests, and one at which nobody can answer."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager

# Below what the kernel hands out to clients, or one of them may take the port before its server does.
_FIRST, _LAST = 20_000, 32_000
_elsewhere = random.SystemRandom()


def free_port() -> int:
    """Return a port that nobody listens at, and that no client is given by chance."""
    while True:
        port = _elsewhere.randint(_FIRST, _LAST)
        with socket.socket() as probe, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
            try:
                probe.bind(("127.0.0.1", port))
                datagrams.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


@contextmanager
def closed_port() -> Iterator[int]:
    """Hold a port at which every knock is refused until the end of the block, TCP and UDP.

    A bound socket that does not listen refuses, and one that is connected elsewhere hears nobody else; what is only
    let go may be another's a moment later.
    """
    port = free_port()
    with socket.socket() as probe, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        probe.bind(("127.0.0.1", port))
        datagrams.bind(("127.0.0.1", port))
        datagrams.connect(("127.0.0.1", 9))
        yield port
