"""The same office from a terminal."""

from __future__ import annotations

from pulih.cli import (
    carrying,
    keeping,
    moving,
    publishing,
    scrub,
    searching,
    serving,
    shipped,
    verifying,
)
from pulih.cli.base import EXIT, main, say
from pulih.cli.office import new_office

__all__ = [
    "EXIT",
    "carrying",
    "keeping",
    "main",
    "moving",
    "new_office",
    "publishing",
    "say",
    "scrub",
    "searching",
    "serving",
    "shipped",
    "verifying",
]
