"""Agencies, sites, devices, fault types and people, over documents."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pulih.domain.records import Page, RegistryFilter
from pulih.errors import Duplicate, NotFound
from pulih.ports import Document, Documents, Equal
from pulih.store.codec import Codec, folded
from pulih.store.schema import TABLES


class _Item(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Item)


@dataclass(frozen=True, slots=True)
class DocumentRegistry(Generic[T]):
    """Implements `ports.Registry`."""

    documents: Documents
    table: str
    codec: Codec[T]

    def add(self, item: T) -> None:
        """Keep a new item. Raises Duplicate when its identifier is taken."""
        try:
            self.documents.insert(self.table, item.id, self.codec.encode(item))
        except Duplicate as error:
            raise Duplicate(
                "Kode {key} sudah dipakai. Pilih kode lain, atau ubah data yang sudah ada.",
                field="id",
                key=item.id,
            ) from error

    def get(self, key: str) -> T:
        """Return an item. Raises NotFound."""
        document = self.documents.get(self.table, key)
        if document is None:
            raise _unknown(key)
        return self.codec.decode(document)

    def save(self, item: T) -> None:
        """Replace an item. Raises NotFound."""
        try:
            self.documents.update(self.table, item.id, self.codec.encode(item))
        except NotFound as error:
            raise _unknown(item.id) from error

    def all(self, agency: str = "", *, active: bool | None = True) -> builtins.list[T]:
        """Return the items by name; those of an agency, and those active (or not, or both: None)."""
        equal = self._equal(agency=agency, active=active)
        return self._read(self.documents.find(self.table, equal, order="sort"))

    def list(self, wanted: RegistryFilter, *, page: int = 1, size: int = 25) -> Page[T]:
        """Return a page of items by name. A page before the first is the first."""
        equal = self._equal(agency=wanted.agency, kind=wanted.kind, active=wanted.active)
        words, page = folded(wanted.words).split(), max(1, page)
        total = self.documents.count(self.table, equal, words=words)
        found = self.documents.find(
            self.table, equal, words=words, order="sort", limit=size, start=(page - 1) * size
        )
        return Page(tuple(self._read(found)), total, page, size)

    def _equal(self, **wanted: str | bool | None) -> Equal:
        """What does not filter is left out, as is what items of this kind do not have."""
        known = TABLES[self.table].columns
        return {k: v for k, v in wanted.items() if v not in ("", None) and k in known}

    def _read(self, found: builtins.list[Document]) -> builtins.list[T]:
        return [self.codec.decode(document) for document in found]


def _unknown(key: str) -> NotFound:
    return NotFound("Tidak ada data dengan kode {key}. Pilih dari daftar.", key=key)
