"""Every way in which the desk does not answer what was asked.

DeskError
├── NotConnected   nobody has said yet where the desk is
├── Away           no answer that can be used: down, slow, or not the desk
└── Refused        the desk itself said no, in a sentence
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class DeskError(Exception):
    """The desk did not give what was asked."""


class NotConnected(DeskError):
    """The control panel has not been filled in."""


class Why(Enum):
    """Why there is no answer. The control panel tells it; visitors need not know."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    NOT_THE_DESK = "not-the-desk"
    ELSEWHERE = "elsewhere"
    RESTING = "resting"
    BUSY = "busy"


class Away(DeskError):
    """There is no answer that can be used."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why.value}: {detail}" if detail else why.value)
        self.why = why
        self.detail = detail


@dataclass(eq=False)  # each is its own, as errors are
class Refused(DeskError):
    """The desk said no.

    Args:
        status: 400 to 599.
        sentence: What the desk says about it; plain text, maybe empty.
        fields: What is wrong with each field of a letter, by its name.
        receipt: The ticket of an earlier letter with the same submission, if that is why.
        skew: By how many seconds the desk's clock is ahead of ours, if it told its time.
    """

    status: int
    sentence: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    receipt: str = ""
    skew: float | None = None

    def __str__(self) -> str:
        return f"{self.status} {self.sentence}"
