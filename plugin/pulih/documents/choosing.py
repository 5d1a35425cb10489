"""Which engine prints: the one that the office asks for, or the first that works on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from pulih.documents.engine import Engine, Sheet
from pulih.errors import Unavailable
from pulih.wording import sentence


def _weasyprint() -> Engine:
    from pulih.documents.apart import open_apart  # noqa: PLC0415 - for those who print

    return open_apart()


def _pdfkit() -> Engine:
    from pulih.documents.kit import open_kit  # noqa: PLC0415 - as above

    return open_kit()


ENGINES: dict[str, Callable[[], Engine]] = {"weasyprint": _weasyprint, "pdfkit": _pdfkit}
AUTO = "auto"


@dataclass(slots=True)
class Chosen:
    """The engine of an office, opened when something is to be printed: what only reads needs none.

    Attributes:
        choice: `weasyprint`, `pdfkit`, or `auto`, which takes the first of them that works.
    """

    choice: str = AUTO
    _open: Engine | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def name(self) -> str:
        """The engine and its version. Raises Unavailable where none works."""
        return self._engine().name

    def render(self, sheet: Sheet) -> bytes:
        """As `Engine.render`."""
        return self._engine().render(sheet)

    def _engine(self) -> Engine:
        with self._lock:
            if self._open is None:
                self._open = _first(self.choice)
            return self._open


def _first(choice: str) -> Engine:
    names = list(ENGINES) if choice == AUTO else [choice]
    refused = []
    for name in names:
        try:
            return ENGINES[name]()
        except Unavailable as error:
            refused.append(error)
    if len(refused) == 1:
        raise refused[0]
    raise Unavailable(
        sentence(
            "Mesin ini belum dapat mencetak dokumen. {first} {second}",
            first=refused[0].sentence,
            second=refused[1].sentence,
        )
    )
