"""What a TinyDB query asks for, as far as an index can answer it.

A query keeps a description of itself for TinyDB's cache (`Query._hash`); what it says of equality is read from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tinydb.queries import QueryInstance, QueryLike, where

from pulih.ports import Equal
from pulih.store.schema import WORDS, Table

KEY = "_key"
Scalar = str | int | float | None


@dataclass(frozen=True, slots=True)
class Term:
    """A field and the values of which it must have one (`=`), hold one (`any`) or contain the one (`in`)."""

    field: str
    does: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms that must all hold. `whole` when they are all that the query asks."""

    terms: tuple[Term, ...] = ()
    whole: bool = True


def has_word(text: str, word: str) -> bool:
    """Tell whether a text has a word; the test of a query that SQL knows too."""
    return word in text


def query_of(table: Table, equal: Equal, words: Sequence[str] = ()) -> QueryInstance:
    """Return the TinyDB query for what `Documents.find` is asked."""
    query = where(KEY).noop()
    for field, wanted in equal.items():
        several = list(wanted) if isinstance(wanted, list | tuple) else [wanted]
        asked = where(field).any(several) if field in table.lists else where(field).one_of(several)
        query &= asked
    for word in words:
        query &= where(WORDS).test(has_word, word)  # type: ignore[arg-type] # tests take values too
    return query


def terms_of(table: Table, query: QueryLike) -> Terms:
    """Return what an index can answer of a query. Everything it leaves out is asked of each document."""
    told = getattr(query, "_hash", None)
    terms = _read(table, told) if isinstance(told, tuple) else Terms(whole=False)
    return Terms(tuple(sorted(terms.terms, key=lambda t: (t.field, t.does))), terms.whole)


def _read(table: Table, told: tuple[Any, ...]) -> Terms:
    match told:
        case ():
            return Terms()
        case ("and", parts):
            both = [_read(table, part) for part in parts]
            terms = tuple(term for one in both for term in one.terms)
            return Terms(terms, all(one.whole for one in both))
        case ("test", ("words",), function, (str(word),)) if function is has_word and table.worded:
            return _term(WORDS, "in", (word,))
        case (test, (str(field),), asked):
            return _equality(table, str(test), field, asked)
        case _:
            return Terms(whole=False)


def _equality(table: Table, test: str, field: str, asked: object) -> Terms:
    if test == "==" and field in (KEY, *table.columns):
        return _term(field, "=", (asked,))
    if test == "one_of" and field in (KEY, *table.columns) and isinstance(asked, tuple):
        return _term(field, "=", asked)
    if test == "any" and field in table.lists and isinstance(asked, tuple):
        return _term(field, "any", asked)
    return Terms(whole=False)


def _term(field: str, does: str, values: tuple[Any, ...]) -> Terms:
    if all(value is None or isinstance(value, str | int | float) for value in values):
        return Terms((Term(field, does, values),))
    return Terms(whole=False)
