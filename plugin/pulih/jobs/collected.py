"""Jobs that are only written down: for tests, and for loading a demonstration."""

from __future__ import annotations


class Collected:
    """Does nothing and remembers what was asked.

    Attributes:
        publishing: How often publishing was asked for.
        runs, bundles: The diagnostic runs and the bundles of papers that were asked for, in order.
        passes: The Plone sites that a pass was asked for, in order; empty for each of them.
    """

    def __init__(self) -> None:
        self.publishing = 0
        self.runs: list[str] = []
        self.bundles: list[str] = []
        self.passes: list[str] = []

    def publish(self, *, soon: bool = False) -> None:  # noqa: ARG002 - `ports.Jobs` names it
        """Remember that publishing was asked for."""
        self.publishing += 1

    def probe(self, run: str, *, delay: float = 0) -> None:  # noqa: ARG002 - as above
        """Remember a diagnostic run."""
        self.runs.append(run)

    def bundle(self, key: str) -> None:
        """Remember what is to be put together."""
        self.bundles.append(key)

    def plone(self, target: str = "") -> None:
        """Remember a pass."""
        self.passes.append(target)

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
