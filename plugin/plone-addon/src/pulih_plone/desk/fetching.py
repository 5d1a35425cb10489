"""One exchange over HTTP that is over when its time is up, whatever the other side does.

A time-out of a socket begins anew with each byte, and looking up a name has none. So the
exchange runs beside the page, which waits for its outcome no longer than it may.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from pulih_plone.desk.connection import Origin
from pulih_plone.desk.errors import Away, Why

LIMIT = 1024 * 1024  # bytes of an answer; the desk's longest has some 20,000
_AT_ONCE = 4  # as many as a Zope has threads: no page waits for another page's answer
_pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="pulih-desk")
_places = BoundedSemaphore(_AT_ONCE)


@dataclass(frozen=True)
class Request:
    """What is asked.

    Args:
        method: GET or POST.
        target: Path and query as they go over the wire.
        headers: By name.
        body: Empty with GET.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What came back: whole, and no longer than `LIMIT`. Headers by their names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(where: Origin, request: Request, timeout: float) -> Answer:
    """Ask, and wait for at most `timeout` seconds.

    Raises:
        Away: There is no whole answer in that time; or too many pages are waiting already.
    """
    if not _places.acquire(blocking=False):
        raise Away(Why.BUSY)
    try:
        asked = _pool.submit(_exchange, where, request, time.monotonic() + timeout)
    except RuntimeError as error:  # the process is going down
        _places.release()
        raise Away(Why.BUSY) from error
    asked.add_done_callback(_free)
    try:
        return asked.result(timeout)
    except (NotInTime, TimeoutError) as error:  # two classes before Python 3.11
        asked.cancel()
        raise Away(Why.SLOW) from error
    except (OSError, http.client.HTTPException) as error:
        raise Away(Why.UNREACHABLE, type(error).__name__) from error


def _free(_asked: Future[Answer]) -> None:
    _places.release()


def _exchange(where: Origin, request: Request, deadline: float) -> Answer:
    scheme, host, port = where
    kind = _Tls if scheme == "https" else _Plain
    connection = kind(host, port, timeout=_left(deadline))
    connection.deadline = deadline
    try:
        connection.request(
            request.method, request.target, body=request.body or None, headers=dict(request.headers)
        )
        response = connection.getresponse()
        body = response.read(LIMIT + 1)
        if len(body) > LIMIT:
            raise Away(Why.NOT_THE_DESK, "too long")
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, body)
    finally:
        connection.close()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Clocked(io.RawIOBase):
    """What a socket says, as long as there is time."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        super().__init__()
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401  whatever can be written to
        self._sock.settimeout(_left(self._deadline))
        return self._sock.recv_into(buffer)


class _Answering:
    """A socket as `http.client` uses it once a request is on its way."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(_left(self._deadline))
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Clocked(self._sock, self._deadline))

    def close(self) -> None:
        self._sock.close()


class _Plain(http.client.HTTPConnection):
    deadline = 0.0

    def connect(self) -> None:
        super().connect()
        self.sock = _Answering(self.sock, self.deadline)


class _Tls(http.client.HTTPSConnection):
    deadline = 0.0

    def connect(self) -> None:
        super().connect()
        self.sock = _Answering(self.sock, self.deadline)
