"""What each table of a store holds, in a few letters that can be compared with those of another store."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pulih.keeping.export import EXPORTED, in_order
from pulih.keeping.lines import canonical
from pulih.keeping.progress import Tell, silent
from pulih.ports import Documents


@dataclass(frozen=True, slots=True)
class Held:
    """How many documents a table has, and the SHA-256 of all of them in order of key."""

    count: int
    digest: str


def held(view: Documents, tell: Tell = silent) -> dict[str, Held]:
    """Return what every table holds; the same for the same documents in whatever store."""
    of = sum(view.count(table) for table in EXPORTED)
    done, found = 0, {}
    for table in EXPORTED:
        seen, before = hashlib.sha256(), done
        for key, document in in_order(view, table):
            seen.update(canonical({"key": key, "document": document}) + b"\n")
            done += 1
            tell(done, of)
        found[table] = Held(done - before, seen.hexdigest())
    return found
