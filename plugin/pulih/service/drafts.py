"""What somebody typed and could not save: kept until they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulih.domain.people import Person
from pulih.domain.records import Draft
from pulih.ports import Tools

_MOST_FIELDS = 300
_MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class DraftDesk:
    """Keeps one draft a person and page."""

    tools: Tools

    def keep(self, person: str, path: str, fields: Mapping[str, list[str]]) -> bool:
        """Keep what was typed on a page; return whether it was small enough to keep."""
        size = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
        if len(fields) > _MOST_FIELDS or size > _MOST_CHARACTERS:
            return False
        draft = Draft(person, path, dict(fields), self.tools.now())
        self.tools.store.write(lambda records: records.drafts.put(_key(person, path), draft))
        return True

    def get(self, by: Person, path: str) -> Draft | None:
        """Return what the person typed on a page, if it is kept."""
        with self.tools.store.reading() as records:
            return records.drafts.get(_key(by.id, path))

    def drop(self, by: Person, path: str) -> None:
        """Forget a draft, once it is saved for good."""
        self.tools.store.write(lambda records: records.drafts.remove(_key(by.id, path)))


def _key(person: str, path: str) -> str:
    return f"{person}:{path}"
