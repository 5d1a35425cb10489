"""What is found wrong in a store."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.errors import Damaged
from pulih.wording import Sentence


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that no store should say, whoever wrote it there.

    Attributes:
        table: A key of `store.schema.TABLES`; empty where it is about the store itself.
        key: Of the document; empty where it is about more than one.
        sentence: What is wrong, without the place.
    """

    table: str
    key: str
    sentence: Sentence


# What reading a document raises that something other than Pulih wrote.
BROKEN = (Damaged, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
