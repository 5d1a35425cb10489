"""What the desk said a moment ago, and whether it is worth asking it again already.

In memory, so each process of Plone has its own. A page that many look at asks the desk once a
minute; a desk that does not answer costs one visitor its time-out, and then nobody for a while.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from pulih_plone.desk.errors import Away, Refused, Why

T = TypeVar("T")
FRESH = 60.0  # seconds for which an answer is good
NO = 15.0  # seconds for which a no is
REST = 30.0  # seconds for which a desk that did not answer is left alone
_MOST = 256  # answers; visitors choose what is searched for, and shall not fill the memory


@dataclass(frozen=True)
class _Held(Generic[T]):
    until: float
    said: T | Refused


class Holding(Generic[T]):
    """Answers by what was asked, over one connection."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Begin with nothing. `now` gives seconds that only grow."""
        self._now = now
        self._lock = Lock()
        self._held: OrderedDict[str, _Held[T]] = OrderedDict()
        self._rest_until = 0.0

    def get(self, asked: str, ask: Callable[[], T]) -> T:
        """Return what is held for `asked`, or ask.

        Raises:
            Away: The desk does not answer, or did not a moment ago.
            Refused: The desk says no, or did a moment ago.
        """
        with self._lock:
            held = self._held.get(asked)
            if held and self._now() < held.until:
                return _tell(held.said)
            if self._now() < self._rest_until:
                raise Away(Why.RESTING)
            if self._rest_until:  # it rested: this one tries, the others go on without
                self._rest_until = self._now() + REST
        try:
            said: T | Refused = ask()
        except Away as error:
            self.failed(error)
            raise
        except Refused as error:
            said = error
        with self._lock:
            self._rest_until = 0.0
            self._held[asked] = _Held(
                self._now() + (NO if isinstance(said, Refused) else FRESH), said
            )
            self._held.move_to_end(asked)
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return _tell(said)

    def failed(self, error: Away) -> None:
        """Leave the desk alone for a while, unless it was us who were busy."""
        if error.why is not Why.BUSY:
            with self._lock:
                self._rest_until = self._now() + REST

    def answered(self) -> None:
        """Note that the desk answers, as somebody found who asked past this."""
        with self._lock:
            self._rest_until = 0.0

    def forget(self) -> None:
        """Forget all answers: something has changed at the desk."""
        with self._lock:
            self._held.clear()


def _tell(said: T | Refused) -> T:
    if isinstance(said, Refused):
        raise Refused(said.status, said.sentence, said.fields, said.receipt, said.skew)
    return said
