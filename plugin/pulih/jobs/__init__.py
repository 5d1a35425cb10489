"""Work that need not be done while a person waits. Implements `ports.Jobs`; what the work is, is told by `bind`.

`background` is not imported here: it brings a queue along, and the drivers of the databases that it could stand on.
"""

from __future__ import annotations

from pulih.jobs.collected import Collected
from pulih.jobs.turn import turns_of

__all__ = ["Collected", "turns_of"]
