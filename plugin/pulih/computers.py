"""The script that an OPD's computer runs, and the code that its user reads out. Implements `ports.Computers`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pulih.domain.computer import Seat, Trials
from pulih.errors import Invalid, Problem
from pulih.wording import sentence

if TYPE_CHECKING:
    from periksa.vantage.pc import Check, Seen

_FIELD = "code"


class PeriksaComputers:
    """Scripts and codes of periksa."""

    def script(self, name: str, trials: Trials) -> str:
        """Return the text of the script of that name. Raises ValueError for another name."""
        from periksa.vantage.pc import Kind, written  # noqa: PLC0415 - most who open an office hand out none

        return written(Kind(name), _check(trials))

    def heard(self, code: str) -> str:
        """Return the computer's own address as the code tells it, empty for none. Raises Invalid (field `code`)."""
        return _seen(code).address

    def told(self, code: str, seat: Seat, trials: Trials, at: datetime) -> list[dict[str, Any]]:
        """Return the code as findings seen from that computer. Raises Invalid (field `code`)."""
        from periksa.vantage.pc_findings import findings  # noqa: PLC0415 - as above

        _seen(code)
        found = findings(code, seat.name, _check(trials), at, seat.port)
        return [finding.as_dict() for finding in found]


def _seen(code: str) -> Seen:
    from periksa.vantage.pc import PLACES, Seen  # noqa: PLC0415 - as above

    count = len(re.sub(r"[\s.,–-]", "", code))
    try:
        return Seen.from_code(code)
    except ValueError:
        pass
    if count != PLACES:
        cure = sentence("Kodenya {places} angka; yang diisi {count}.", places=PLACES, count=count)
    else:
        cure = sentence(
            "Ada angka yang salah dengar, atau kodenya dari berkas lama. Minta dibacakan sekali lagi."
        )
    raise Invalid([Problem(_FIELD, cure)])


def _check(trials: Trials) -> Check:
    """Return what the script tries: of each kind the first that it can."""
    from periksa.vantage.pc import RESOLVERS, Check  # noqa: PLC0415 - as above

    return Check(
        _first(trials.internal, lambda one: Check(internal=one)),
        _first(trials.external, lambda one: Check(external=one)),
        _first(trials.servers, lambda one: Check(server=one)),
        _first(trials.portals, lambda one: Check(portal=one)),
        trials.resolvers[:RESOLVERS],
    )


def _first(texts: Iterable[str], fits: Callable[[str], Check]) -> str:
    for text in texts:
        with suppress(ValueError):
            fits(text)
            return text
    return ""
