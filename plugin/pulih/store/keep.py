"""Small records with a key, over documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pulih.errors import NotFound
from pulih.ports import Documents
from pulih.store.codec import Codec

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DocumentKeep(Generic[T]):
    """Implements `ports.Keep`."""

    documents: Documents
    table: str
    codec: Codec[T]

    def get(self, key: str) -> T | None:
        """Return a record, or None."""
        document = self.documents.get(self.table, key)
        return None if document is None else self.codec.decode(document)

    def put(self, key: str, item: T) -> None:
        """Keep a record, over an older one."""
        document = self.codec.encode(item)
        try:
            self.documents.update(self.table, key, document)
        except NotFound:
            self.documents.insert(self.table, key, document)

    def remove(self, key: str) -> None:
        """Forget a record."""
        self.documents.remove(self.table, key)

    def find(self, **equal: str | bool) -> list[T]:
        """Return the records with these indexed fields, in order of key. Raises KeyError for another field."""
        return [self.codec.decode(found) for found in self.documents.find(self.table, equal)]
