"""Changing single keys of a `pulih.toml` and nothing else of it: the comments are the office's own."""

from __future__ import annotations

import json
import os
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from pulih.config.file import FILE
from pulih.config.keys import KEYS
from pulih.config.settings import Settings
from pulih.errors import Invalid, Problem, Refused, Unavailable
from pulih.wording import sentence


def standing_on(settings: Settings, database: str) -> Settings:
    """Return the settings with the records elsewhere, and attachments beside them where they cannot stay.

    Raises:
        Invalid: That is no address of a database.
    """
    key = KEYS["database"]
    try:
        key.fit(database)
    except ValueError as error:
        raise Invalid([Problem("database", sentence(key.cure))]) from error
    unfit = "folder" if database else "database"
    files = "" if settings.files == unfit else settings.files
    return replace(settings, database=database, files=files)


def place_of(database: str) -> str:
    """Return what people call a store: host and name without account and password, or `embedded`."""
    parts = urlsplit(database)
    return f"{parts.netloc.rpartition('@')[2]}{parts.path}" if database else "embedded"


def stand_on(folder: Path, database: str) -> None:
    """Change the office's file to settings as `standing_on` gives.

    A key is changed in its line, in the one that shows its usual value, or in a new first one.

    Raises:
        Refused: It is written in a way that a line cannot be changed; the sentence says which lines to write.
        Unavailable: The file cannot be read or written.
    """
    path = folder / FILE
    draft = path.with_name(f".{path.name}-baru")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        values = {"database": database}
        if _read(text).get("files") == ("folder" if database else "database"):
            values["files"] = ""
        lines = {name: f"{name} = {json.dumps(value)}" for name, value in values.items()}
        changed = text
        for name, line in lines.items():
            changed = _changed(changed, name, line)
        if _read(changed) != _read(text) | values:
            raise Refused("Tulis sendiri di {file}: {lines}", file=FILE, lines=[*lines.values()])
        draft.touch(0o600)  # there may be a password in it
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(changed)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(path.stat().st_mode & 0o777)
        draft.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(
            "{path} tidak dapat diubah. Periksa izinnya, lalu ulangi.", path=path
        ) from error


def _changed(text: str, name: str, line: str) -> str:
    for mark in ("", "# ?"):
        pattern = re.compile(rf"(?m)^{mark}{name} *=[^\r\n]*")
        if pattern.search(text):
            return pattern.sub(lambda _found: line, text, count=1)
    return f"{line}\n{text}"


def _read(text: str) -> dict[str, object]:
    """Return what a file says; nothing, where that is no TOML."""
    try:
        return tomllib.loads(text)
    except ValueError:
        return {}
