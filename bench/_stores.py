"""The stores that `store.py` measures, each behind the same few words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from _lists import LISTS

from pulih.domain.chain import sealed
from pulih.domain.ticket import Ticket
from pulih.store import open_postgres, open_tiny
from pulih.store.codec_ticket import TICKET


def fresh(ticket: Ticket) -> Ticket:
    """Return the ticket as it comes to be kept: every deed but the last has been kept before, and was sealed then."""
    return replace(ticket, history=(*sealed(ticket).history[:-1], ticket.history[-1]))


class Ours:
    """Pulih's own store: tickets in, tickets out."""

    def __init__(self, kind: str, place: str) -> None:
        self.store: Any = open_tiny(Path(place)) if kind == "embedded" else open_postgres(place)

    def ready(self, ticket: Ticket) -> Ticket:
        return fresh(ticket)

    def fill(self, batch: Iterable[Ticket]) -> None:
        self.store.write(lambda records: [records.tickets.add(ticket) for ticket in batch])

    def insert(self, ticket: Ticket) -> None:
        self.store.write(lambda records: records.tickets.add(ticket))

    def update(self, ticket: Ticket) -> None:
        self.store.write(lambda records: records.tickets.save(ticket, ticket.version - 1))

    def get(self, number: str) -> object:
        with self.store.reading() as records:
            return records.tickets.get(number)

    def get_by(self, agenda: str) -> object:
        with self.store.reading() as records:
            return records.documents.find("tickets", {"agenda_key": agenda}, limit=1)[0]

    def list(self, name: str, turn: int) -> object:
        with self.store.reading() as records:
            return LISTS[name](records, turn)

    def scan(self) -> int:
        with self.store.reading() as records:
            return sum(1 for _ in records.documents.scan("tickets"))


class Raw:
    """The same documents under the same unique keys, in SQL by hand."""

    insert_sql = "INSERT INTO tickets VALUES ({0}, {0}, {0}, {0}, {0}, {0})"
    update_sql = (
        "UPDATE tickets SET version = {0}, agenda_key = {0}, letter_key = {0}, state = {0}, text = {0} "
        "WHERE number = {0} AND version = {0}"
    )
    make = (
        (
            "CREATE TABLE IF NOT EXISTS tickets (number text PRIMARY KEY, version integer, agenda_key text UNIQUE, "
            "letter_key text UNIQUE, state text, text {0})"
        ),
        "CREATE INDEX IF NOT EXISTS tickets_by_state ON tickets (state)",
    )
    mark = "?"

    def ready(self, ticket: Ticket) -> dict[str, Any]:
        return TICKET.encode(sealed(ticket))

    def run(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - a cursor, of either library
        return self.connection.execute(sql.format(self.mark), values)

    def fill(self, batch: Iterable[dict[str, Any]]) -> None:
        self.run("BEGIN")
        for document in batch:
            self.insert(document)
        self.run("COMMIT")

    def insert(self, document: dict[str, Any]) -> None:
        keys = (
            document[name] for name in ("number", "version", "agenda_key", "letter_key", "state")
        )
        self.run(self.insert_sql, *keys, json.dumps(document))

    def update(self, document: dict[str, Any]) -> None:
        keys = (document[name] for name in ("version", "agenda_key", "letter_key", "state"))
        number, seen = document["number"], document["version"] - 1
        done = self.run(self.update_sql, *keys, json.dumps(document), number, seen)
        if done.rowcount != 1:
            raise RuntimeError(f"{number} has moved on")

    def get(self, number: str) -> object:
        return self._one("number", number)

    def get_by(self, agenda: str) -> object:
        return self._one("agenda_key", agenda)

    def _one(self, field: str, value: str) -> object:
        (text,) = self.run(f"SELECT text FROM tickets WHERE {field} = {{0}}", value).fetchone()
        return json.loads(text) if isinstance(text, str) else text

    def scan(self) -> int:
        rows = self.run("SELECT text FROM tickets ORDER BY number")
        return sum(1 for (text,) in rows if (json.loads(text) if isinstance(text, str) else text))


class Sqlite(Raw):
    """SQLite as a program of its own would use it, with a durable write ahead log."""

    def __init__(self, place: str) -> None:
        self.connection = sqlite3.connect(place, isolation_level=None)
        self.run("PRAGMA journal_mode = WAL")
        self.run("PRAGMA synchronous = FULL")
        for sql in self.make:
            self.connection.execute(sql.format("text"))


class Psycopg(Raw):
    """PostgreSQL without anything in between."""

    mark = "%s"

    def __init__(self, place: str) -> None:
        import psycopg  # noqa: PLC0415 - an extra, and not every kind needs it

        self.connection = psycopg.connect(place, autocommit=True)
        for sql in self.make:
            self.connection.execute(sql.format("jsonb"))


class Stock:
    """TinyDB as it comes: one JSON file, read and written whole."""

    def __init__(self, place: str) -> None:
        from tinydb import TinyDB, where  # noqa: PLC0415 - only this kind needs it

        self.where = where
        self.table = TinyDB(place).table("tickets")

    def ready(self, ticket: Ticket) -> dict[str, Any]:
        return TICKET.encode(sealed(ticket))

    def fill(self, batch: Iterable[dict[str, Any]]) -> None:
        self.table.insert_multiple(batch)

    def insert(self, document: dict[str, Any]) -> None:
        self.table.insert(document)

    def update(self, document: dict[str, Any]) -> None:
        same = (self.where("number") == document["number"]) & (
            self.where("version") == document["version"] - 1
        )
        if len(self.table.update(document, same)) != 1:
            raise RuntimeError("it has moved on")

    def get(self, number: str) -> object:
        return self.table.get(self.where("number") == number)

    def get_by(self, agenda: str) -> object:
        return self.table.get(self.where("agenda_key") == agenda)

    def list(self, _name: str, _turn: int) -> object:
        return self.table.search((self.where("state") == "open") & (self.where("step") == 5))  # noqa: PLR2004 - any step

    def scan(self) -> int:
        return len(self.table.all())


KINDS: dict[str, Callable[[str], Any]] = {
    "embedded": partial(Ours, "embedded"),
    "postgres": partial(Ours, "postgres"),
    "sqlite": Sqlite,
    "psycopg": Psycopg,
    "stock": Stock,
}
