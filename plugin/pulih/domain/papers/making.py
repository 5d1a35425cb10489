"""Makes any of the papers from the facts of a ticket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pulih.domain.papers.disposing import assignment, disposition
from pulih.domain.papers.frame import Issue
from pulih.domain.papers.incoming import letter, receipt
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.material import Material
from pulih.domain.papers.minutes import replacement, work
from pulih.domain.papers.paper import Paper
from pulih.domain.papers.reporting import report
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.papers.telling import Telling

_MAKERS: Mapping[PaperKind, Callable[[Telling, Issue], Paper]] = {
    PaperKind.LETTER: letter,
    PaperKind.RECEIPT: receipt,
    PaperKind.DISPOSITION: disposition,
    PaperKind.ASSIGNMENT: assignment,
    PaperKind.REPORT: report,
    PaperKind.REPLACEMENT: replacement,
    PaperKind.WORK: work,
}


def make(  # noqa: PLR0913 - what is decided about an issue, each by its name
    kind: PaperKind,
    material: Material,
    settings: PaperSettings,
    on: date | None,
    *,
    number: str = "",
    address: str = "",
    replaces: str = "",
    reason: str = "",
) -> Paper:
    """Return a paper; the same facts and decisions give the same paper.

    Args:
        material: Its facts; without a ticket it is an empty form.
        on: The day it is issued, on the office's clock; None for an empty form.
        number: Empty for a draft.
        address: Where it can be checked: what its QR code holds.
        replaces: "Nomor … tanggal …" of the paper that it corrects; `reason` says why.
    """
    return _MAKERS[kind](Telling(material, settings), Issue(on, number, address, replaces, reason))
