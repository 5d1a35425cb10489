"""What a step must be told: the specification of a field.

A specification is data (see `sop.py`). Forms are drawn from it, empty papers are printed from it, and `reading.py`
reads what was typed by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pulih.domain.people import Role

Value = str | bool | list[str] | list[dict[str, str]]
Facts = Mapping[str, Value]


class Kind(StrEnum):
    """How a fact is typed, and in which shape it is kept.

    Text, dates (`YYYY-MM-DD`), moments (ISO 8601, UTC) and references are strings; ticks, people, files and runs are
    lists of strings; rows are lists of column -> string.
    """

    LINE = "line"
    PROSE = "prose"
    PHONE = "phone"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes-no"
    CHOICE = "choice"
    TICKS = "ticks"
    ROWS = "rows"
    PERSON = "person"
    PEOPLE = "people"
    AGENCY = "agency"
    SITE = "site"
    DEVICE = "device"
    FAULT_TYPE = "fault-type"
    TICKET = "ticket"
    FILES = "files"
    RUNS = "runs"


REFERENCES = frozenset(
    {
        Kind.PERSON,
        Kind.PEOPLE,
        Kind.AGENCY,
        Kind.SITE,
        Kind.DEVICE,
        Kind.FAULT_TYPE,
        Kind.TICKET,
        Kind.FILES,
        Kind.RUNS,
    }
)
LISTS = frozenset({Kind.TICKS, Kind.PEOPLE, Kind.FILES, Kind.RUNS})


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that may be given."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """The specification of one field.

    Attributes:
        name: The key under which the value is kept.
        label: The words before the field, in Bahasa Indonesia.
        required: Whether the step is refused without it.
        when: Another field and the value it must have for this one to count; otherwise it is dropped.
        limit: The most characters, for text.
        choices: The answers, for `CHOICE` and `TICKS`; the columns, for `ROWS`.
        role: Whose name may be picked, for `PERSON` and `PEOPLE`.
        among: The `PEOPLE` field from which a `PERSON` must come.
        past: Whether a date or moment must not lie after today.
        hint: A sentence under the field.
        private: Whether the value names a person's contact, and must never reach a page of the wiki.
        prefill: `stage.name` of an earlier fact that the form starts from.
        typed: Whether people type it in; otherwise the entrance tells it, and no form asks.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    required: bool = True
    when: tuple[str, Value] | None = None
    limit: int = 200
    choices: tuple[Choice, ...] = ()
    role: Role | None = None
    among: str = ""
    past: bool = False
    hint: str = ""
    private: bool = False
    prefill: str = ""
    typed: bool = True
