"""Records of which most questions want all: kept in memory between transactions, while nobody changes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pulih.ports import Document
from pulih.store.codec import SETTING
from pulih.store.keep import DocumentKeep

T = TypeVar("T")
State = tuple[str, int]  # the mark that the last change left, and how many records there are


@dataclass(slots=True)
class Archive:
    """What a store last had of some tables: the records by key, in order of key, and the state that they are of.

    Both change in one go, as several threads share it.
    """

    last: dict[str, tuple[State, Mapping[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArchiveKeep(DocumentKeep[T]):
    """Implements `ports.Keep` for records whose key is told by `key`.

    Every change leaves a mark, in the same transaction, that is made of the mark before and of what has changed: one
    mark stands for the same records in every process, and also where a transaction was taken back and done again.
    """

    archive: Archive
    mark: str

    def put(self, key: str, item: T) -> None:
        """Keep a record, over an older one."""
        known = self._known()
        DocumentKeep.put(self, key, item)
        self._mark(key, self.codec.encode(item))
        if known is not None:
            behind = key not in known and known and key < next(reversed(known))
            known = {**known, key: item}
            self._remember(dict(sorted(known.items())) if behind else known)

    def remove(self, key: str) -> None:
        """Forget a record."""
        known = self._known()
        DocumentKeep.remove(self, key)
        self._mark(key, {})
        if known is not None:
            self._remember({name: item for name, item in known.items() if name != key})

    def find(self, **equal: str | bool) -> list[T]:
        """Return the records with these indexed fields, in order of key. Raises KeyError for another field."""
        if equal:
            return DocumentKeep.find(self, **equal)
        known = self._known()
        if known is None:
            known = {
                key: self.codec.decode(document)
                for key, document in self.documents.scan(self.table)
            }
            self._remember(known)
        return list(known.values())

    def _known(self) -> dict[str, T] | None:
        """Return the records where they are still those in memory."""
        state, known = self.archive.last.get(self.table, (None, {}))
        return dict(known) if state == self._state() else None

    def _remember(self, known: Mapping[str, T]) -> None:
        self.archive.last[self.table] = self._state(), known

    def _state(self) -> State:
        return self._last(), self.documents.count(self.table)

    def _last(self) -> str:
        return str((self.documents.get("settings", self.mark) or {"mark": ""})["mark"])

    def _mark(self, key: str, document: Document) -> None:
        changed = json.dumps([self._last(), key, document])
        mark = {"mark": hashlib.sha256(changed.encode()).hexdigest()}
        DocumentKeep(self.documents, "settings", SETTING).put(self.mark, mark)
