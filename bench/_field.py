"""The stores that `store.py` compares, each at work in a process of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from cluster import Cluster

SERVED = ("postgres", "psycopg")  # kinds that a server keeps
_WORKER = Path(__file__).parent / "_worker.py"


class Peer:
    """A store at work in a process of its own."""

    def __init__(self, kind: str, place: str, size: int) -> None:
        self.kind, self.place, self.size = kind, place, size
        self.taken: dict[str, list[float]] = {}
        self.process = subprocess.Popen(
            [sys.executable, _WORKER, kind, place, str(size)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, do: str, **how: object) -> None:
        print(json.dumps({"do": do, **how}), file=self.process.stdin, flush=True)

    def answer(self) -> Any:  # noqa: ANN401 - whatever was asked
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise SystemExit(f"{self.kind} with {self.size} tickets has failed")
        return json.loads(line)

    def ask(self, do: str, **how: object) -> Any:  # noqa: ANN401 - as above
        self.tell(do, **how)
        return self.answer()

    def take(self, do: str, times: int, **how: object) -> None:
        """Do something so often, and remember how long each took, in milliseconds."""
        name = str(how.get("name", do))
        self.taken.setdefault(name, []).extend(self.ask(do, times=times, **how))

    def median(self, name: str) -> float:
        return statistics.median(self.taken[name])

    def end(self) -> None:
        self.process.communicate()


class Field:
    """The stores, by kind and size, and where they are kept."""

    def __init__(self, root: Path, server: Cluster | None, held: ExitStack) -> None:
        self.root, self.server, self.held = root, server, held
        self.places: dict[tuple[str, int], str] = {}
        self.peers: dict[tuple[str, int], Peer] = {}

    def fill(self, size: int, kinds: list[str]) -> None:
        """Fill stores with the same tickets: those on the server, and beside them the others."""
        for kind in kinds:
            self.places[kind, size] = self._place(kind, size)
        served = [kind for kind in kinds if kind in SERVED]
        groups = [
            group for group in (served, [kind for kind in kinds if kind not in SERVED]) if group
        ]
        hands = [subprocess.Popen(self._filling(group, size)) for group in groups]
        if sum(hand.wait() for hand in hands):
            raise SystemExit(f"{', '.join(kinds)} could not be filled with {size} tickets")

    def _filling(self, kinds: list[str], size: int) -> list[str]:
        places = json.dumps({kind: self.places[kind, size] for kind in kinds})
        return [sys.executable, str(_WORKER), "fill", places, str(size)]

    def _place(self, kind: str, size: int) -> str:
        if kind in SERVED and self.server:
            return self.held.enter_context(self.server.database())
        return str(self.root / f"{kind}-{size}")

    def open(self, kind: str, size: int) -> Peer:
        """Return one more process with this store."""
        peer = Peer(kind, self.places[kind, size], size)
        self.held.callback(peer.end)
        return peer

    def at(self, kind: str, size: int) -> Peer:
        if (kind, size) not in self.peers:
            self.peers[kind, size] = self.open(kind, size)
        return self.peers[kind, size]
