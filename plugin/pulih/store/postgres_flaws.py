"""What is wrong in PostgreSQL: with the tables, with what documents are found by, with the parts of contents."""

# ruff: noqa: S608 - the names in the statements are the schema's; values are always bound

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pulih.errors import Damaged
from pulih.store.contents import BLOCK
from pulih.store.postgres_catalogue import CONTENTS_THERE, catalogue
from pulih.store.postgres_link import Link
from pulih.store.postgres_values import fields
from pulih.store.postgres_values import found as read
from pulih.store.refusals import astray
from pulih.store.schema import TABLES, WORDS, Table
from pulih.wording import N_, Sentence, sentence

_BATCH = 200
_DAMAGED = N_(
    "Tabel {table}, kunci {key}: isinya rusak. Pulihkan dari cadangan terakhir: pulih restore."
)
_STRAY = N_("Isi lampiran {digest}: {count} bagian tersimpan bukan bagian dari isi itu.")


_STRAY_PARTS = (
    "SELECT p.digest, count(*) FROM content_parts p LEFT JOIN contents c USING (digest) "
    f"WHERE c.digest IS NULL OR p.part < 0 OR p.part * CAST({BLOCK} AS bigint) >= c.size "
    "GROUP BY p.digest ORDER BY p.digest"
)


def flaws(link: Link) -> Iterator[Sentence]:
    """Yield what is wrong, the tables first; then by table and key."""
    found = catalogue(link)
    yield from found.flaws
    for name, table in TABLES.items():
        parts = {f"{name}_{field}" for field in table.lists}
        if {name, *parts} <= found.whole:
            yield from _astray(link, name, table)
    if link.run(CONTENTS_THERE).fetchone() == (True,):
        for digest, count in link.run(_STRAY_PARTS):
            yield sentence(_STRAY, digest=digest, count=count)


def _astray(link: Link, name: str, table: Table) -> Iterator[Sentence]:
    plain = ("version", *table.columns, *((WORDS,) if table.worded else ()))
    for row in _rows(link, name, table, plain):
        try:
            key, document = read(row["key"], row["document"])
        except Damaged:
            yield sentence(_DAMAGED, table=name, key=row["key"])
            continue
        for field, value in fields(table, key, document).items():
            if row[field] != value:
                yield astray(name, key, field)
    for field in table.lists:
        part = f"{name}_{field}"
        known = f"SELECT 1 FROM {name} WHERE {name}.key = {part}.key"
        lost = f"SELECT DISTINCT key FROM {part} WHERE NOT EXISTS ({known})"
        for (key,) in link.run(lost).fetchall():
            yield astray(name, key, field)


def _rows(link: Link, name: str, table: Table, plain: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield every row by the names of its columns, lists among them; a batch at a time."""
    lists = [
        f"ARRAY(SELECT value FROM {name}_{field} p WHERE p.key = {name}.key ORDER BY value)"
        for field in table.lists
    ]
    names = ("key", "document", *plain, *table.lists)
    columns = ", ".join(("key", "document", *(f'"{field}"' for field in plain), *lists))
    last = ""
    while True:
        sql = f"SELECT {columns} FROM {name} WHERE key > %(last)s ORDER BY key LIMIT {_BATCH}"
        rows = link.run(sql, {"last": last}).fetchall()
        yield from (dict(zip(names, row, strict=True)) for row in rows)
        if len(rows) < _BATCH:
            return
        last = rows[-1][0]
