"""The same office from a terminal."""

from __future__ import annotations

from pulih.cli.base import EXIT, main, say
from pulih.cli.office import new_office

__all__ = ["EXIT", "main", "new_office", "say"]
