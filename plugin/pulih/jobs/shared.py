"""The queue of an office on many machines: huey's tables in their common PostgreSQL."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
import weakref
from datetime import datetime
from typing import Any

import psycopg
from huey import PostgresHuey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import PostgresStorage

from pulih.errors import Unavailable
from pulih.jobs.queue import Queue
from pulih.jobs.rowturn import MADE_BY, RowTurns, connect

log = logging.getLogger(__name__)

_MOMENTS = ("eta", "expires", "expires_resolved")
_TRIES = 5
_TOGETHER = (  # what those who make the same table at once are told, each by another check
    psycopg.errors.UniqueViolation,
    psycopg.errors.DuplicateTable,
    psycopg.errors.InternalError_,
)


def shared_queue(url: str) -> Queue:
    """Open the queue in a database, or make it. Raises Unavailable."""
    try:
        huey = PostgresHuey(
            "pulih",
            results=False,
            serializer=PlainSerializer(),
            storage_class=SharedStorage,
            connection=lambda: connect(url),
            blocking=False,  # it would LISTEN, which not every database of the kind knows
            table_prefix="jobs",
        )
    except psycopg.Error as error:
        raise _unopened(error) from error
    return Queue(huey, RowTurns(url), (psycopg.Error,), tries=2)


def _unopened(error: psycopg.Error) -> Unavailable:
    """Return the refusal. What the driver says is its cause: it may repeat what stands in the address."""
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return Unavailable(
            "Basis data pekerjaan latar hanya dapat dibaca. Tunjuk server utamanya di setelan database, lalu ulangi."
        )
    return Unavailable(
        "Basis data pekerjaan latar tidak dapat dibuka. Periksa setelan database dan server basis datanya, lalu ulangi."
    )


class PlainSerializer(Serializer):
    """Messages as JSON. Huey's own are pickles: who may write to the database could make a worker run anything."""

    def _serialize(self, data: object) -> bytes:
        told = {"message": data._asdict()} if isinstance(data, Message) else {"value": data}
        return json.dumps(told, default=datetime.isoformat).encode()

    def _deserialize(self, data: bytes) -> object:
        told = json.loads(data)
        if "message" not in told:
            return told["value"]
        message: dict[str, Any] = told["message"]
        for name in _MOMENTS:
            if isinstance(message[name], str):
                message[name] = datetime.fromisoformat(message[name])
        return Message(**message)


class SharedStorage(PostgresStorage):
    """Huey's tables without notices between connections, and without alarm while the database is away."""

    ddl: list[str]
    lock: threading.Lock
    _away = False
    _conn: object = None

    def __init__(self, *args: object, **settings: object) -> None:
        super().__init__(*args, **settings)
        _all.add(self)

    def forget(self) -> None:
        """Leave the connection to the parent process, and whatever a thread of it was doing there."""
        _inherited.append(self._conn)
        self._conn, self.lock = None, threading.Lock()

    def initialize_schema(self) -> None:
        """Make the tables, and that of the turns. Two who do so at once may be in each other's way."""
        self.ddl = [*self.ddl, MADE_BY]
        for left in reversed(range(_TRIES)):
            try:
                super().initialize_schema()
            except _TOGETHER:
                if not left:
                    raise
                time.sleep(0.05)
            else:
                return

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        """Add a task."""
        self.sql(
            f"insert into {self.table_task} (queue, data, priority) values (%s, %s, %s)",  # noqa: S608 - our own name
            (self.name, data, priority or 0),
        )

    def dequeue(self) -> bytes | None:
        """Take a task away, or None; None too while the database is away, which the log says once."""
        try:
            data: bytes | None = super().dequeue()
        except psycopg.Error as error:
            if not self._away:
                log.warning("the queue cannot be reached: %s", error)
            self._away = True
            return None
        if self._away:
            log.warning("the queue is reached again")
        self._away = False
        return data

    def read_schedule(self, ts: datetime) -> list[bytes]:
        """Take the tasks away whose time has come; none while the database is away."""
        try:
            due: list[bytes] = super().read_schedule(ts)
        except psycopg.Error:
            log.debug("the schedule cannot be read", exc_info=True)
            return []
        return due


_all: weakref.WeakSet[SharedStorage] = weakref.WeakSet()
_inherited: list[object] = []  # never to be closed here


def _in_child() -> None:
    for storage in list(_all):
        storage.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
