"""What the judge says: plain frozen values that survive JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from periksa.judge.ask import Question
from periksa.judge.faults import Fault


class Status(StrEnum):
    """The verdict in one word."""

    HEALTHY = "healthy"
    REMARK = "remark"
    FAULT = "fault"
    UNCLEAR = "unclear"
    UNTESTED = "untested"

    @property
    def label(self) -> str:
        """The words for people."""
        return _LABELS[self]


_LABELS = {
    Status.HEALTHY: "tidak ditemukan gangguan",
    Status.REMARK: "tidak ada gangguan, tetapi ada catatan",
    Status.FAULT: "ada gangguan",
    Status.UNCLEAR: "ada yang tidak wajar, tetapi tidak ada penjelasan yang cocok",
    Status.UNTESTED: "belum dapat diperiksa",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place and a type of fault that agree with what was seen.

    Attributes:
        place: ``node/NAME`` or ``link/A--B``.
        fault: The type.
        confidence: The share of the agreeing explanations that it is part of, 0 to 1.
        of: How many explanations agree.
        supporting: Sentences: signs that it explains.
        opposing: Sentences: signs that speak against it.
    """

    place: str
    fault: Fault
    confidence: float
    supporting: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    of: int = 1

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: place, type, label, confidence, of, for, against."""
        return {
            "place": self.place,
            "type": self.fault.value,
            "label": self.fault.label,
            "confidence": round(self.confidence, 3),
            "of": self.of,
            "for": list(self.supporting),
            "against": list(self.opposing),
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong, as far as what was seen can tell.

    Attributes:
        status: In one word.
        candidates: Best first. More than one: what was seen cannot tell them apart, or (with two
            faults at once) each is part of the explanation.
        not_tested: Sentences: what nobody looked at.
        unknown: Nodes of which nothing can be said, because they are behind what failed.
        rules_out: Sentences: what would have been seen if it were there.
        question: What to ask a person on site, None when no answer would help.
        faults: How many faults at once the best explanation has.
    """

    status: Status
    candidates: tuple[Candidate, ...] = ()
    not_tested: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    rules_out: tuple[str, ...] = ()
    question: Question | None = field(default=None)
    faults: int = 0

    @property
    def places(self) -> Sequence[str]:
        """The places of the set, best first, each once."""
        return tuple(dict.fromkeys(candidate.place for candidate in self.candidates))

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: status, candidates, not_tested, unknown, rules_out, next_question, faults."""
        asked = self.question
        return {
            "status": self.status.value,
            "candidates": [candidate.as_dict() for candidate in self.candidates],
            "not_tested": list(self.not_tested),
            "unknown": list(self.unknown),
            "rules_out": list(self.rules_out),
            "next_question": {"id": asked.id, "text": asked.text} if asked else None,
            "faults": self.faults,
        }
