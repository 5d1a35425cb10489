"""What must not go out, found in prose and in the output of devices, and what may be read instead.

Each family of rules is a module: `prose`, `settings`, `devices`, `columns`, `keys` and `blocks`, `persons`, `places`.
"""

from __future__ import annotations

from pulih.domain.scrub.cells import under as cells_under
from pulih.domain.scrub.chosen import NONE, Choices, look, look_beyond
from pulih.domain.scrub.kinds import MASKED, NOBODY, Audience, House, Kind
from pulih.domain.scrub.scan import Decision, Finding, beyond, findings, masked, scrubbed

__all__ = [
    "MASKED",
    "NOBODY",
    "NONE",
    "Audience",
    "Choices",
    "Decision",
    "Finding",
    "House",
    "Kind",
    "beyond",
    "cells_under",
    "findings",
    "look",
    "look_beyond",
    "masked",
    "scrubbed",
]
