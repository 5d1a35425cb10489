"""Whether the tables in PostgreSQL are still as they were made: nothing missing, nothing of somebody else's added.

It asks the catalogue that every relative of PostgreSQL has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pulih.store.postgres_link import Link
from pulih.store.postgres_sql import columns, indexes, table_names, uniques
from pulih.wording import N_, Sentence, sentence

_TABLE = N_("Tabel {table} tidak ada. Pulihkan dari cadangan terakhir: pulih restore.")
_COLUMN = N_(
    "Tabel {table}: kolom {column} tidak ada atau bukan {kind}. Pulihkan dari cadangan terakhir: pulih restore."
)
_UNIQUE = N_(
    "Tabel {table}: tidak ada lagi yang menjaga agar nilai {column} hanya ada satu. "
    "Minta administrator basis data menjalankan: {statement}"
)
_INDEX = N_(
    "Tabel {table}: indeks {index} tidak ada, sehingga pencarian lambat. "
    "Minta administrator basis data menjalankan: {statement}"
)
_STRANGE = N_(
    "Tabel {table}: {name} bukan buatan Pulih dan dapat mengubah apa yang disimpan. "
    "Minta administrator basis data menghapusnya."
)

_COLUMNS = (
    "SELECT table_name, column_name, data_type FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = ANY(%(names)s)"
)
_UNIQUES = (
    "SELECT c.table_name, string_agg(k.column_name, ',' ORDER BY k.ordinal_position) "
    "FROM information_schema.table_constraints c JOIN information_schema.key_column_usage k "
    "USING (table_schema, table_name, constraint_name) WHERE c.table_schema = current_schema() "
    "AND c.table_name = ANY(%(names)s) AND c.constraint_type IN ('UNIQUE', 'PRIMARY KEY') "
    "GROUP BY c.table_name, c.constraint_name"
)
_INDEXES = (
    "SELECT tablename, indexname FROM pg_indexes "
    "WHERE schemaname = current_schema() AND tablename = ANY(%(names)s)"
)
_STRANGERS = (
    "SELECT event_object_table, trigger_name FROM information_schema.triggers "
    "WHERE event_object_schema = current_schema() AND event_object_table = ANY(%(names)s) "
    "UNION SELECT tablename, rulename FROM pg_rules "
    "WHERE schemaname = current_schema() AND tablename = ANY(%(names)s) ORDER BY 1, 2"
)
# Contents have tables only where attachments are kept in the database.
CONTENTS_THERE = (
    "SELECT count(*) = 2 FROM information_schema.tables WHERE table_schema = current_schema() "
    "AND table_name IN ('contents', 'content_parts')"
)


class Catalogue(NamedTuple):
    """What is wrong with the tables, and those whose rows can be read none the less."""

    flaws: list[Sentence]
    whole: set[str]


def catalogue(link: Link) -> Catalogue:
    """Compare the tables with what the schema has."""
    missing = list(_missing(link))
    lacking = {table for table, _said in missing}
    flaws = [*(said for _table, said in missing), *_lost(link, lacking), *_strange(link)]
    return Catalogue(flaws, set(table_names()) - lacking)


def _missing(link: Link) -> Iterator[tuple[str, Sentence]]:
    """Yield tables and columns that are not there, by table."""
    found = {(table, column): kind for table, column, kind in _asked(link, _COLUMNS)}
    tables = {table for table, _column in found}
    for table in table_names():
        if table not in tables:
            yield table, sentence(_TABLE, table=table)
            continue
        for column, kind in columns(table).items():
            if found.get((table, column)) != kind:
                yield table, sentence(_COLUMN, table=table, column=column, kind=kind)


def _lost(link: Link, lacking: set[str]) -> Iterator[Sentence]:
    """Yield what no longer keeps values apart or finds them soon, for tables that have all their columns."""
    kept, there = set(_asked(link, _UNIQUES)), set(_asked(link, _INDEXES))
    for table, column, statement in uniques():
        if table not in lacking and (table, column) not in kept:
            yield sentence(_UNIQUE, table=table, column=column, statement=statement)
    for table, index, statement in indexes():
        if table not in lacking and (table, index) not in there:
            yield sentence(_INDEX, table=table, index=index, statement=statement)


def _strange(link: Link) -> Iterator[Sentence]:
    for table, name in _asked(link, _STRANGERS):
        yield sentence(_STRANGE, table=table, name=name)


def _asked(link: Link, sql: str) -> list[tuple[str, ...]]:
    return link.run(sql, {"names": table_names()}).fetchall()
