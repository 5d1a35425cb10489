"""How a paper lies on its sheet: millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pulih.wording import N_


class Size(StrEnum):
    """The sheets that offices print on."""

    F4 = "f4"
    A4 = "a4"
    HALF_FOLIO = "half-folio"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _LABELS[self]

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height."""
        return _MILLIMETRES[self]


_LABELS = {
    Size.F4: N_("F4 (215 × 330 mm)"),
    Size.A4: N_("A4 (210 × 297 mm)"),
    Size.HALF_FOLIO: N_("Setengah folio (165 × 215 mm)"),
}
_MILLIMETRES = {Size.F4: (215.0, 330.0), Size.A4: (210.0, 297.0), Size.HALF_FOLIO: (165.0, 215.0)}


class Corner(StrEnum):
    """Where "Halaman x dari y" stands."""

    BOTTOM_RIGHT = "bottom-right"
    BOTTOM_CENTRE = "bottom-center"
    BOTTOM_LEFT = "bottom-left"
    TOP_RIGHT = "top-right"
    TOP_CENTRE = "top-center"
    NONE = "none"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _CORNERS[self]


_CORNERS = {
    Corner.BOTTOM_RIGHT: N_("Kanan bawah"),
    Corner.BOTTOM_CENTRE: N_("Tengah bawah"),
    Corner.BOTTOM_LEFT: N_("Kiri bawah"),
    Corner.TOP_RIGHT: N_("Kanan atas"),
    Corner.TOP_CENTRE: N_("Tengah atas"),
    Corner.NONE: N_("Tanpa nomor halaman"),
}


@dataclass(frozen=True, slots=True)
class Margins:
    """The white around the text, in millimetres."""

    top: float = 15.0
    right: float = 20.0
    bottom: float = 25.0
    left: float = 30.0  # holes are punched there


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet.

    Attributes:
        points: The size of the letters.
    """

    size: Size = Size.F4
    margins: Margins = Margins()
    pages: Corner = Corner.BOTTOM_RIGHT
    points: float = 11.0
