"""What can be asked of the desk."""

from __future__ import annotations

import json
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import quote

from pulih_plone.desk import reading
from pulih_plone.desk.answers import Agency, Found, Overview, Receipt
from pulih_plone.desk.connection import Connection
from pulih_plone.desk.errors import Away, NotConnected, Refused, Why
from pulih_plone.desk.fetching import Answer, Request, fetch
from pulih_plone.desk.holding import Holding
from pulih_plone.desk.signing import headers

T = TypeVar("T")
QUERY = 300  # characters of a search that are sent
_HOLDINGS = 8  # connections remembered: one a Plone site, and those of a moment ago
_GOOD, _NEW, _CONFLICT = 200, 201, 409
_MOVED, _NO = range(300, 400), range(400, 600)
_PROXY = {502, 503, 504}  # what stands before a desk says so where it does not find it


class _Remembered:
    """What is held for each connection, in the memory of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._all: OrderedDict[str, Holding[Any]] = OrderedDict()

    def of(self, key: str) -> Holding[Any]:
        with self._lock:
            holding = self._all.pop(key, None) or Holding(time.monotonic)
            self._all[key] = holding
            while len(self._all) > _HOLDINGS:
                self._all.popitem(last=False)
            return holding


_remembered = _Remembered()


@dataclass(frozen=True)
class Desk:
    """The desk, over one connection.

    Args:
        connection: Where and as whom.
        language: In which the desk shall say its sentences.
        clock: Gives seconds since 1970, for the signature.
    """

    connection: Connection
    language: str = "id"
    clock: Callable[[], float] = time.time

    def overview(self, agency: str) -> Overview:
        """Return what concerns one OPD. Raises `DeskError`, as all of these do."""
        return self._get(f"/pintu/opd/{quote(agency, safe='')}", reading.overview)

    def search(self, query: str) -> Found:
        return self._get(f"/pintu/cari?q={quote(query[:QUERY], safe='')}", reading.found)

    def agencies(self) -> tuple[Agency, ...]:
        return self._get("/pintu/opd", reading.agencies)

    def attempt(self) -> tuple[Agency, ...]:
        """Return the agencies as the desk says them now, whatever it said a moment ago."""
        self._whole()
        answer = self._ask("GET", "/pintu/opd", b"", self.connection.timeout)
        said = reading.agencies(self._said(answer))
        self._holding.answered()
        self._holding.forget()
        return said

    def hand_in(self, letter: Mapping[str, Any]) -> Receipt:
        """Give the desk a letter.

        Asked past what is held, as somebody waits who has typed all this. The same `submission`
        may be sent again: a connection that breaks is tried once more.

        Args:
            letter: As `/pintu/surat` wants it.

        Raises:
            DeskError: It was not taken in, or nobody knows.
        """
        self._whole()
        try:
            answer = self._send(json.dumps(letter, ensure_ascii=False).encode())
            receipt = reading.receipt(self._said(answer))
        except Away as error:
            self._holding.failed(error)
            raise
        except Refused as error:
            if error.status != _CONFLICT or not error.receipt:
                raise
            receipt = Receipt(error.receipt, "", None, "", other=True)
        self._holding.answered()
        self._holding.forget()
        return receipt

    def _send(self, body: bytes) -> Answer:
        until = time.monotonic() + self.connection.patience
        try:
            return self._ask("POST", "/pintu/surat", body, self.connection.patience)
        except Away as error:
            left = until - time.monotonic()
            if error.why is not Why.UNREACHABLE or left <= 0:
                raise
            return self._ask("POST", "/pintu/surat", body, left)

    @property
    def _holding(self) -> Holding[Any]:
        return _remembered.of(self.connection.key)

    def _whole(self) -> None:
        if not self.connection.whole:
            raise NotConnected

    def _get(self, target: str, read: Callable[[Mapping[str, Any]], T]) -> T:
        self._whole()

        def ask() -> T:
            return read(self._said(self._ask("GET", target, b"", self.connection.timeout)))

        held: T = self._holding.get(f"{self.language} {target}", ask)
        return held

    def _ask(self, method: str, target: str, body: bytes, timeout: float) -> Answer:
        signed = headers(
            self.connection.token,
            method,
            target,
            door=self.connection.door,
            request=secrets.token_hex(16),
            at=int(self.clock()),
            body=body,
        )
        told = {"Accept": "application/json", "Accept-Language": self.language, **signed}
        if body:
            told["Content-Type"] = "application/json"
        return fetch(self.connection.origin, Request(method, target, told, body), timeout)

    def _said(self, answer: Answer) -> Mapping[str, Any]:
        """Return what a good answer says.

        Raises:
            Refused: The desk says no.
            Away: It is no answer of a desk.
        """
        if answer.status in _MOVED:
            raise Away(Why.ELSEWHERE, answer.headers.get("location", "")[:200])
        if not _is_json(answer):
            why = Why.UNREACHABLE if answer.status in _PROXY else Why.NOT_THE_DESK
            raise Away(why, str(answer.status))
        said = reading.parsed(answer.body)
        if answer.status in {_GOOD, _NEW}:
            return said
        if answer.status in _NO:
            raise reading.refusal(answer.status, said, self._skew(answer))
        raise Away(Why.NOT_THE_DESK, str(answer.status))

    def _skew(self, answer: Answer) -> float | None:
        try:
            theirs = parsedate_to_datetime(answer.headers.get("date", "")).timestamp()
        except (TypeError, ValueError, OverflowError):
            return None
        return theirs - self.clock()


def _is_json(answer: Answer) -> bool:
    kind = answer.headers.get("content-type", "")
    return kind.split(";")[0].strip().lower() == "application/json"
