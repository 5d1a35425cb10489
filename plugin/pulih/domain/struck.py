"""What was struck: a number that was cancelled, a copy that was taken back. It is kept, with who did it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pulih.domain.reading import clean
from pulih.errors import Invalid, Problem
from pulih.wording import N_, sentence

MOST_REASON = 500  # letters
PUBLIC = N_("Tulis alasannya; alasan ini dapat dibaca pada halaman pemeriksaan dokumen.")


@dataclass(frozen=True, slots=True)
class Struck:
    """That something was struck, why, and by whom."""

    reason: str
    by: str
    name: str
    at: datetime


def reason_of(typed: str, ask: str = PUBLIC) -> str:
    """Return why something is corrected, cancelled or taken back, as it was typed.

    Args:
        ask: What is said where nothing was.

    Raises:
        Invalid: It is missing or too long; the field is `reason`.
    """
    reason = clean(typed[: MOST_REASON * 40], lines=False)
    if not reason:
        raise Invalid([Problem("reason", sentence(ask))])
    if len(reason) > MOST_REASON:
        said = sentence("Terlalu panjang: paling banyak {most} huruf.", most=MOST_REASON)
        raise Invalid([Problem("reason", said)])
    return reason
