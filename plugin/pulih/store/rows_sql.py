"""The SQL of the embedded store: its tables and indexes, and the conditions that a query becomes.

All but the documents' texts is derived from them, and made anew whenever a file is given tables that it lacks.
"""

# ruff: noqa: S608 - the names in the statements are the schema's; values are always bound

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pulih.store.schema import TABLES, WORDS, Table
from pulih.store.terms import KEY, Term, Terms

MOST = 2**62
_TRIGRAM = 3  # characters; shorter words are in no index


def _fields(table: Table) -> tuple[str, ...]:
    return ("key", *table.columns, *((WORDS,) if table.worded else ()))


def _quoted(fields: Iterable[str]) -> str:
    return ", ".join(f'"{field}"' for field in fields)


def _insert(name: str, fields: Sequence[str]) -> str:
    marks = ", ".join("?" * (len(fields) + 1))
    return f"INSERT INTO {name} (id, {_quoted(fields)}) VALUES ({marks})"


FIELDS = {name: _fields(table) for name, table in TABLES.items()}
SELECT = {n: f"SELECT {_quoted(fields)} FROM {n} WHERE id = ?" for n, fields in FIELDS.items()}
INSERT = {name: _insert(name, fields) for name, fields in FIELDS.items()}


def table_names() -> frozenset[str]:
    """Return what the tables of a file are called, and the indexes that make them quick."""
    lists = (f"{name}_{field}" for name, table in TABLES.items() for field in table.lists)
    searched = [name for name, table in TABLES.items() if table.searched]
    words = (f"{name}_{part}" for name in searched for part in ("search", "fresh"))
    indexes = (f"{name}_by_{field}" for name, table in TABLES.items() for field in table.indexed)
    return frozenset((*TABLES, *(f"{name}_text" for name in TABLES), *lists, *words, *indexes))


def statements() -> Iterator[str]:
    """Yield the statements that make the tables that a file does not have yet, and all lists and indexes anew."""
    for name, table in TABLES.items():
        unique = "".join(f', "{field}" UNIQUE' for field in table.unique)
        plain = "".join(f', "{field}"' for field in table.indexed)
        words = f", {WORDS} TEXT" if table.worded else ""
        fields = f"id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE{unique}{plain}{words}"
        yield f"CREATE TABLE IF NOT EXISTS {name} ({fields})"
        yield f"CREATE TABLE IF NOT EXISTS {name}_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"
        for field in table.indexed:
            parts = dict.fromkeys(
                part for part in (field, table.order, "key", table.beside) if part
            )
            yield f"DROP INDEX IF EXISTS {name}_by_{field}"
            yield f"CREATE INDEX {name}_by_{field} ON {name} ({_quoted(parts)})"
        for field in table.lists:
            yield from _list(name, field)
        if table.searched:
            yield from _search(name)


def _list(name: str, field: str) -> Iterator[str]:
    """By row first: a document's members are then in one place, to be written at once."""
    part = f"{name}_{field}"
    yield f"DROP TABLE IF EXISTS {part}"
    yield f"CREATE TABLE {part} (id INTEGER, value, PRIMARY KEY (id, value)) WITHOUT ROWID"
    yield (
        f"INSERT INTO {part} SELECT DISTINCT {name}_text.id, member.value "
        f"FROM {name}_text, json_each({name}_text.text, '$.{field}') AS member "
        f"WHERE json_valid({name}_text.text) AND member.atom IS NOT NULL"
    )


def _search(name: str) -> Iterator[str]:
    """Three characters in a row are a word of this index, so that it finds what is within a text.

    A document comes into it with some others, as that costs hardly more than one alone; until then it is among the
    fresh ones, which are looked through.
    """
    yield f"DROP TABLE IF EXISTS {name}_search"
    yield (
        f"CREATE VIRTUAL TABLE {name}_search USING fts5({WORDS}, content = '{name}', content_rowid = 'id', "
        "tokenize = 'trigram case_sensitive 1', columnsize = 0)"
    )
    yield f"INSERT INTO {name}_search ({name}_search) VALUES ('rebuild')"
    yield f"DROP TABLE IF EXISTS {name}_fresh"
    yield f"CREATE TABLE {name}_fresh (id INTEGER PRIMARY KEY)"


def where(name: str, terms: Terms, *, indexed: str = "") -> tuple[str, list[Any]]:
    """Return the condition and its values. One field leads: SQLite cannot guess which index is worth its while.

    Args:
        indexed: What `words_of` gives, where the index of words is to lead.
    """
    ranks = {field: rank for rank, field in enumerate((KEY, *TABLES[name].columns))}
    asked = sorted((term for term in terms.terms if term.does == "="), key=lambda t: ranks[t.field])
    held = [term for term in terms.terms if term.does == "any"]
    words = _words_in(terms)
    clauses = [_equality(term, lead=term is asked[0] and not indexed) for term in asked]
    clauses += [_member(name, term) for term in held]
    clauses += [f"instr({WORDS}, ?)" for _word in words]
    values = [scalar(v) for term in (*asked, *held) for v in term.values if v is not None]
    values += words
    if indexed:
        found = f"SELECT rowid FROM {name}_search WHERE {name}_search MATCH ?"
        clauses.append(f"id IN ({found} UNION ALL SELECT id FROM {name}_fresh)")
        values.append(indexed)
    return (f" WHERE {' AND '.join(clauses)}" if clauses else ""), values


def words_of(name: str, terms: Terms) -> str:
    """Return the words that the index of a table can answer, as it is asked for them; empty where it has none."""
    words = [word for word in _words_in(terms) if TABLES[name].searched and is_indexed(word)]
    return " ".join('"' + word.replace('"', '""') + '"' for word in words)


def is_all_indexed(terms: Terms) -> bool:
    """Tell whether nothing but words is asked that an index of words can answer."""
    return all(term.does == "in" for term in terms.terms) and all(map(is_indexed, _words_in(terms)))


def _words_in(terms: Terms) -> list[str]:
    return [str(scalar(term.values[0])) for term in terms.terms if term.does == "in"]


def is_indexed(word: str) -> bool:
    """Tell whether a word can be in an index of words."""
    return len(word) >= _TRIGRAM and "\0" not in word


def scalar(value: object) -> str | int | float | None:
    """Return what SQLite can bind, and compare with."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half a character cannot be bound
    if isinstance(value, int) and abs(value) >= MOST:
        return None
    return value if isinstance(value, int | float) else None


def _equality(term: Term, *, lead: bool) -> str:
    name = "key" if term.field == KEY else f'"{term.field}"'
    column = name if lead else f"+{name}"  # SQLite's way of saying: not by this index
    absent = f" OR {column} IS NULL" if None in term.values else ""
    return f"({column} IN ({_marks(term)}){absent})"


def _member(name: str, term: Term) -> str:
    part = f"{name}_{term.field}"
    found = f"SELECT 1 FROM {part} WHERE {part}.id = {name}.id AND value IN ({_marks(term)})"
    return f"EXISTS ({found})"


def _marks(term: Term) -> str:
    return ", ".join("?" for value in term.values if value is not None)
