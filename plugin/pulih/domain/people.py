"""Who takes part in the procedure (SOP, "Pelaksana")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pulih.wording import N_


class Role(StrEnum):
    """A seat in the procedure. A person has exactly one."""

    OPD = "opd"
    HEAD_OF_DEPARTMENT = "kepala-dinas"
    HEAD_OF_DIVISION = "kepala-bidang"
    SECTION_HEAD = "kepala-seksi"
    NETWORK_TEAM = "tim-jaringan"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The title on screen, in Bahasa Indonesia."""
        return _LABELS[self]

    @property
    def in_office(self) -> bool:
        """Whether this seat is in the communication office, not in an agency."""
        return self is not Role.OPD


_LABELS = {
    Role.OPD: N_("OPD pelapor"),
    Role.HEAD_OF_DEPARTMENT: N_("Kepala Dinas"),
    Role.HEAD_OF_DIVISION: N_("Kepala Bidang TI"),
    Role.SECTION_HEAD: N_("Kepala Seksi Aplikasi & E-Government"),
    Role.NETWORK_TEAM: N_("Tim Jaringan"),
    Role.ADMIN: N_("Administrator"),
}

HEADS = frozenset({Role.HEAD_OF_DEPARTMENT, Role.HEAD_OF_DIVISION, Role.SECTION_HEAD})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in.

    Attributes:
        id: The sign-in name: lower case letters, digits, dot and hyphen.
        agency: The agency's identifier, for `Role.OPD` only; empty otherwise.
        nip: The 18 digits of a civil servant's number, or empty.
        position: The title printed under a signature.
        rank: A civil servant's pangkat and golongan: "Penata Tk. I (III/d)", or empty.
    """

    id: str
    name: str
    role: Role
    agency: str = ""
    nip: str = ""
    position: str = ""
    active: bool = True
    rank: str = ""
