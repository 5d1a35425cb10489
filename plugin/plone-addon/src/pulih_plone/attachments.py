"""Files that come with a letter: how many, how large, of what kind, before they go to the desk."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from zope.i18nmessageid import Message

from pulih_plone.words import _

MEGABYTE = 1024 * 1024
TOGETHER = 20 * MEGABYTE  # what the desk takes of one letter
_ENDINGS = {"pdf": (".pdf",), "jpeg": (".jpg", ".jpeg"), "png": (".png",)}
_NOT_IN_A_NAME = re.compile(r"[^\w.() -]+")
_NAME = 100


@runtime_checkable
class Upload(Protocol):
    """A file as a form brings it."""

    filename: str

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Attachment:
    """A file that may go to the desk."""

    name: str
    content: bytes

    def told(self) -> dict[str, str]:
        """Return it as the desk wants it."""
        return {"name": self.name, "content": base64.b64encode(self.content).decode()}


class Unfit(Exception):
    """A file must not be sent; its one argument says why."""

    @property
    def sentence(self) -> Message:
        """Why, for people."""
        return self.args[0]


def uploads(given: object) -> list[Upload]:
    """Return the files of a form's field: none, one or several, without the empty ones."""
    several = given if isinstance(given, list | tuple) else [given]
    return [one for one in several if isinstance(one, Upload) and one.filename]


def accepted(files: Sequence[Upload], most: int, megabytes: int) -> list[Attachment]:
    """Return the files as they may be sent.

    Args:
        files: Of one letter.
        most: How many may come.
        megabytes: How large each may be.

    Raises:
        Unfit: One of them is not, or all together are not.
    """
    if len(files) > most:
        raise Unfit(_("Paling banyak ${n} lampiran.", mapping={"n": str(most)}))
    kept = [_accepted(file, megabytes) for file in files]
    if sum(len(one.content) for one in kept) > TOGETHER:
        raise Unfit(_("Semua lampiran bersama-sama paling besar 20 MB."))
    return kept


def _accepted(file: Upload, megabytes: int) -> Attachment:
    name = _NOT_IN_A_NAME.sub("_", re.split(r"[/\\]", file.filename)[-1]).strip(" .") or "lampiran"
    content = file.read(megabytes * MEGABYTE + 1)
    if len(content) > megabytes * MEGABYTE:
        raise Unfit(
            _("${name}: paling besar ${n} MB.", mapping={"name": name, "n": str(megabytes)})
        )
    kind = _kind(content)
    if kind is None:
        raise Unfit(_("${name}: hanya PDF, JPEG, atau PNG.", mapping={"name": name}))
    endings = _ENDINGS[kind]
    if not name.lower().endswith(endings):
        name = f"{name[: _NAME - 5]}{endings[0]}"
    stem, dot, ending = name.rpartition(".")
    return Attachment(f"{stem[: _NAME - 5]}{dot}{ending}", content)


def _kind(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return None
