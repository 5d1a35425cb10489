"""What the office decides about its papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Layout, Margins, Size
from pulih.domain.people import Role
from pulih.wording import N_


class Head(StrEnum):
    """Whose letterhead a paper carries."""

    OFFICE = "office"
    AGENCY = "agency"
    NONE = "none"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _HEADS[self]


_HEADS = {
    Head.OFFICE: N_("Kop dinas"),
    Head.AGENCY: N_("Kop OPD pemohon"),
    Head.NONE: N_("Tanpa kop"),
}


@dataclass(frozen=True, slots=True)
class Official:
    """Who holds a seat, where the register does not say it or says it otherwise. Empty fields: as in the register.

    Attributes:
        position: The title over the signature: "Kepala Dinas …", "Plt. Kepala Dinas …", "a.n. Kepala Dinas …".
    """

    name: str = ""
    nip: str = ""
    rank: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class KindSettings:
    """What is decided for a kind of paper.

    Attributes:
        patterns: Year -> number pattern from that year on (`number.Pattern`); 0 is for all years before the others.
        signs: Who signs in the office's name.
        copies: "Tembusan", a line each.
    """

    layout: Layout
    patterns: Mapping[int, str]
    signs: Role
    head: Head = Head.OFFICE
    copies: tuple[str, ...] = ()

    def pattern(self, year: int) -> str:
        """Return the number pattern of a year."""
        return self.patterns[max(since for since in self.patterns if since <= year)]


_HALF = Layout(Size.HALF_FOLIO, Margins(10.0, 12.0, 14.0, 20.0), points=9.0)


def _kind(
    code: str, signs: Role, layout: Layout | None = None, head: Head = Head.OFFICE
) -> KindSettings:
    pattern = "{urut3}/" + code + "/{bulan_romawi}/{tahun}"
    return KindSettings(layout or Layout(), {0: pattern}, signs, head)


KINDS: Mapping[PaperKind, KindSettings] = {
    PaperKind.LETTER: _kind("OPD", Role.OPD, head=Head.AGENCY),
    PaperKind.RECEIPT: _kind("TT/DKISP", Role.NETWORK_TEAM, _HALF),
    PaperKind.DISPOSITION: _kind("DISP/DKISP", Role.HEAD_OF_DEPARTMENT, _HALF),
    PaperKind.ASSIGNMENT: _kind("ST/DKISP", Role.SECTION_HEAD),
    PaperKind.REPORT: _kind("LAP/DKISP", Role.SECTION_HEAD),
    PaperKind.REPLACEMENT: _kind("BAP/DKISP", Role.NETWORK_TEAM),
    PaperKind.WORK: _kind("BA/DKISP", Role.HEAD_OF_DEPARTMENT),
}


# What the name of an office begins with; "PEMERINTAH KABUPATEN" above it does not.
_OFFICES = (
    *("DINAS ", "BADAN ", "SEKRETARIAT ", "INSPEKTORAT", "KANTOR ", "KECAMATAN ", "KELURAHAN "),
    *("BAGIAN ", "BIRO ", "BALAI ", "RUMAH SAKIT ", "BIDANG ", "UPT ", "UPTD "),
)


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """All that is decided about papers. What an office has not decided yet is empty, and missing on every paper.

    Attributes:
        lines: The letterhead's lines in capitals: "PEMERINTAH KABUPATEN …", the office's name.
        address: Its small lines: street, telephone, site.
        arms: The coat of arms, as a `data:` address of a JPEG or PNG; empty for none.
        place: Where papers are signed: "Sumbawa Besar".
        officials: By seat.
        version: For who saves an older form.
    """

    lines: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    arms: str = ""
    place: str = ""
    officials: Mapping[Role, Official] = field(default_factory=dict)
    kinds: Mapping[PaperKind, KindSettings] = field(default_factory=lambda: dict(KINDS))
    version: int = 0

    @property
    def name(self) -> tuple[str, ...]:
        """The lines of the letterhead that are the office's own name: a long one goes over two."""
        begins = [n for n, line in enumerate(self.lines) if line.upper().startswith(_OFFICES)]
        return self.lines[begins[-1] :] if begins else self.lines[-1:]
