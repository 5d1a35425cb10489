"""Work that need not be done while a person waits. Implements `ports.Jobs`; what the work is, is told by `bind`."""

from __future__ import annotations

from pulih.jobs.background import HueyJobs, open_jobs
from pulih.jobs.direct import Collected, InlineJobs

__all__ = ["Collected", "HueyJobs", "InlineJobs", "open_jobs"]
