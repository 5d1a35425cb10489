"""Jobs without a queue: done at once, or only written down."""

from __future__ import annotations

from collections.abc import Callable

Publish = Callable[[], object]
Probe = Callable[[str], object]
Resume = Callable[[], object]
Here = Callable[[], object]
Carry = Callable[[], object]


def nothing() -> None:
    """Do nothing: there is nothing to resume."""


class _Held:
    """Holds nothing that would have to be let go of."""

    def close(self) -> None:
        """Do nothing."""


class InlineJobs(_Held):
    """Does each job in the caller, who also gets its errors: for tests and for loading a demonstration."""

    def __init__(self) -> None:
        self._publish: Publish | None = None
        self._probe: Probe | None = None

    def bind(
        self,
        publish: Publish,
        probe: Probe,
        resume: Resume = nothing,  # noqa: ARG002 - bound like the others; here nothing is left undone
    ) -> None:
        """Say what the jobs are."""
        self._publish, self._probe = publish, probe

    def publish(self, *, soon: bool = False) -> None:  # noqa: ARG002 - here it is never put off
        """Publish. Raises RuntimeError before `bind`, else what publishing raises."""
        if self._publish is None:
            raise RuntimeError("bind first")
        self._publish()

    def probe(self, run: str) -> None:
        """Do a diagnostic run. Raises RuntimeError before `bind`, else what the run raises."""
        if self._probe is None:
            raise RuntimeError("bind first")
        self._probe(run)


class Collected(_Held):
    """Does nothing and remembers what was asked.

    Attributes:
        publishing: How often publishing was asked for.
        runs: The diagnostic runs that were asked for, in order.
    """

    def __init__(self) -> None:
        self.publishing = 0
        self.runs: list[str] = []

    def publish(self, *, soon: bool = False) -> None:  # noqa: ARG002 - as above
        """Remember that publishing was asked for."""
        self.publishing += 1

    def probe(self, run: str) -> None:
        """Remember a diagnostic run."""
        self.runs.append(run)
