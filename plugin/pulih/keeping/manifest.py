"""A backup as a file: a ZIP archive of which every byte is accounted for.

    store.jsonl        the records, as an export without contents
    files/<SHA-256>    the contents of attachments
    wiki/…             the pages, hand-written and generated
    mkdocs.yml  pulih.toml  data/secret-key
    manifest.json      name, size and SHA-256 of each of these; written last

The archive's comment is the SHA-256 of everything before it, so that damage where no member lies is found as well.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

FORMAT, FORMAT_VERSION = "pulih-backup", 1
STORE, MANIFEST = "store.jsonl", "manifest.json"
FILES, WIKI, SECRET = "files/", "wiki/", "data/secret-key"
SINGLE = ("pulih.toml", "mkdocs.yml", SECRET)
SEAL = 64  # bytes of the comment
# Halves of letters are what a name that is no UTF-8 is read as.
_UNFIT = re.compile("[\\\\\0\ud800-\udfff]")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Member:
    """What the manifest says of a member."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup has in it.

    Attributes:
        made: When, in ISO 8601.
        tickets: How many tickets.
        lost: Digests of contents that were lost when it was made.
    """

    made: str
    tickets: int
    lost: tuple[str, ...]
    members: dict[str, Member]

    @property
    def size(self) -> int:
        """How many bytes the members have, unpacked."""
        return sum(member.size for member in self.members.values())

    @property
    def files(self) -> int:
        """How many contents of attachments there are."""
        return sum(name.startswith(FILES) for name in self.members)

    def dump(self) -> bytes:
        """Return it as it is kept."""
        members = {
            name: {"size": member.size, "sha256": member.sha256}
            for name, member in self.members.items()
        }
        document = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "made": self.made,
            "tickets": self.tickets,
            "lost": self.lost,
            "members": members,
        }
        return json.dumps(document, indent=1, ensure_ascii=True).encode("ascii")


def fits(name: str) -> bool:
    """Tell whether a backup may have a member of this name: nothing that leads out of a folder."""
    if name in (STORE, *SINGLE):
        return True
    if name.startswith(FILES):
        return bool(_DIGEST.fullmatch(name.removeprefix(FILES)))
    plain = PurePosixPath(name).as_posix() == name and not _UNFIT.search(name)
    return name.startswith(WIKI) and plain and ".." not in name.split("/")


def read_manifest(document: dict[str, Any]) -> Manifest:
    """Return a manifest. Raises ValueError for anything else."""
    members: dict[str, Member] = {}
    listed = document.get("members")
    if not isinstance(listed, dict):
        raise ValueError  # noqa: TRY004 - what a file says is a value here
    for name, said in listed.items():
        match said:
            case {"size": int(size), "sha256": str(digest)} if size >= 0:
                members[name] = Member(size, digest)
            case _:
                raise ValueError
    match document:
        case {"made": str(made), "tickets": int(tickets), "lost": [*lost]}:
            return Manifest(made, tickets, tuple(map(str, lost)), members)
        case _:
            raise ValueError
