"""A store at work, on its own, for `store.py`: it takes orders from its input.

    python _worker.py KIND PLACE SIZE

reads an order a line (`{"do": "insert", "times": 30}`) and answers each with a line of JSON: milliseconds, mostly.
`python _worker.py fill PLACES SIZE` fills empty stores, given as JSON (kind -> place), with the same tickets.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from _stores import KINDS
from _tickets import number_of, tickets

from pulih.domain.ticket import Ticket
from pulih.ports import Records
from pulih.store.codec_ticket import agenda_key

UPDATED = 500  # tickets, spread over the store, that stand one deed before their last
_BATCH = 10_000  # in one go, as TinyDB writes its whole file again at each


def updated(size: int) -> range:
    """Return the places of the tickets that `update` takes one deed further."""
    return range(1, size, max(2, size // UPDATED))  # of which all are at their end


def earlier(ticket: Ticket) -> Ticket:
    """Return the ticket before its last deed."""
    return replace(ticket, history=ticket.history[:-1])


class Measured:
    """A store that orders are given to."""

    def __init__(self, kind: str, place: str, size: int) -> None:
        self.size = size
        began = time.perf_counter()
        self.store = KINDS[kind](place)
        if size:
            self.store.get(number_of(size // 2))
        self.opened = (time.perf_counter() - began) * 1000
        self.dice = random.Random(size)
        self.fresh = size  # the place of the next new ticket
        self.further = iter(updated(size)) if size else iter(())
        self.turn = 0

    def do(self, do: str, **how: Any) -> Any:  # noqa: ANN401 - whatever was asked
        return getattr(self, f"do_{do}")(**how)

    def do_open(self) -> float:
        return self.opened

    def do_prepare(self, times: int, start: int) -> None:
        self.fresh = start + times
        self.stock = [self.store.ready(ticket) for ticket in tickets(start, times)]

    def do_insert(self, times: int) -> list[float]:
        new = [self.store.ready(ticket) for ticket in tickets(self.fresh, times)]
        self.fresh += times
        return [_timed(self.store.insert, one) for one in new]

    def do_update(self, times: int) -> list[float]:
        places = [place for place, _ in zip(self.further, range(times), strict=False)]
        grown = [self.store.ready(ticket) for place in places for ticket in tickets(place, 1)]
        return [_timed(self.store.update, one) for one in grown]

    def do_get(self, times: int) -> list[float]:
        numbers = [number_of(self.dice.randrange(self.size)) for _ in range(times)]
        return [_timed(self.store.get, number) for number in numbers]

    def do_get_by(self, times: int) -> list[float]:
        some = [t for _ in range(times) for t in tickets(self.dice.randrange(self.size), 1)]
        return [_timed(self.store.get_by, str(agenda_key(ticket))) for ticket in some]

    def do_list(self, name: str, times: int) -> list[float]:
        self.turn += times
        return [_timed(self.store.list, name, turn) for turn in range(self.turn, self.turn + times)]

    def do_scan(self, times: int) -> list[float]:
        return [_timed(self.store.scan) for _ in range(times)]

    def do_rewrite(self, times: int) -> list[float]:
        """Write without making tickets, which takes memory of its own."""

        def keep(records: Records) -> None:
            records.settings.put("bench", {"text": "x" * 3000})

        return [_timed(self.store.store.write, keep) for _ in range(times)]

    def do_saturate(self, seconds: float, threads: int = 1) -> list[float]:
        """Insert what was prepared, without a pause and from so many threads; return how long each took."""
        taken: list[float] = []
        last = time.perf_counter() + seconds

        def insert() -> None:
            while self.stock and time.perf_counter() < last:
                taken.append(_timed(self.store.insert, self.stock.pop()))

        hands = [threading.Thread(target=insert) for _ in range(threads)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        return taken

    def do_memory(self) -> float:
        """Return the most memory that this process has had, in MB."""
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _timed(deed: Callable[..., object], *args: object) -> float:
    began = time.perf_counter()
    deed(*args)
    return (time.perf_counter() - began) * 1000


def fill(places: dict[str, str], size: int) -> None:
    """Fill empty stores with the same tickets."""
    stores = [KINDS[kind](place) for kind, place in places.items()]
    young = set(updated(size))
    for start in range(0, size, _BATCH):
        batch = list(_standing(start, min(_BATCH, size - start), young))
        for store in stores:
            store.fill([store.ready(ticket) for ticket in batch])


def _standing(start: int, count: int, young: set[int]) -> Iterator[Ticket]:
    for place, ticket in enumerate(tickets(start, count), start):
        yield earlier(ticket) if place in young else ticket


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(json.loads(sys.argv[2]), int(sys.argv[3]))
    else:
        measured = Measured(sys.argv[1], sys.argv[2], int(sys.argv[3]))
        for line in sys.stdin:
            print(json.dumps(measured.do(**json.loads(line))), flush=True)
