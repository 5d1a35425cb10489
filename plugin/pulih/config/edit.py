"""Changing single keys of a `pulih.toml` and nothing else of it: the comments are the office's own."""

from __future__ import annotations

import json
import os
import re
import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pulih.config.address import has_password, masked
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


def stand_on(folder: Path, database: str, *, elsewhere: bool = False) -> bool:
    """Change the office's file to settings as `standing_on` gives.

    A key is changed in its line, in the one that shows its usual value, or in a new first one. A file that gets a
    password is from then on its owner's only, unless it was kept from others before.

    Args:
        elsewhere: The address is not written, since the environment says it; the file only must not contradict it.

    Returns:
        Whether there is a password in what was written.

    Raises:
        Refused: It is written in a way that a line cannot be changed; the sentence says which lines to write.
        Unavailable: The file cannot be read or written.
    """
    path = folder / FILE
    draft = path.with_name(f".{path.name}-baru")
    secret = has_password(database) and not elsewhere
    try:
        text = path.read_bytes().decode("utf-8-sig")
        values = {} if elsewhere else {"database": database}
        if _read(text).get("files") == ("folder" if database else "database"):
            values["files"] = ""
        changed = text
        for name, value in values.items():
            changed = _changed(changed, name, f"{name} = {json.dumps(value)}")
        if _read(changed) != _read(text) | values:
            shown = [f"{name} = {json.dumps(masked(value))}" for name, value in values.items()]
            raise Refused("Tulis sendiri di {file}: {lines}", file=FILE, lines=shown)
        draft.touch(0o600)
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(changed)
            file.flush()
            os.fsync(file.fileno())
        _hand_over(draft, path.stat(), secret=secret)
        draft.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(
            "{path} tidak dapat diubah. Periksa izinnya, lalu ulangi.", path=path
        ) from error
    return secret


def _hand_over(draft: Path, old: os.stat_result, *, secret: bool) -> None:
    """Give a new file the owner and the mode of the old one, or a stricter one."""
    with suppress(PermissionError):  # then it is its own owner's already, or cannot be given away
        os.chown(draft, old.st_uid, old.st_gid)
    mode = old.st_mode & 0o777
    draft.chmod(0o600 if secret and mode & 0o007 else mode)


def _changed(text: str, name: str, line: str) -> str:
    for mark in ("", "# ?"):
        pattern = re.compile(rf"""(?m)^{mark}[ \t]*(["']?){name}\1[ \t]*=[^\r\n]*""")
        if pattern.search(text):
            return pattern.sub(lambda _found: line, text, count=1)
    return f"{line}\n{text}"


def _read(text: str) -> dict[str, object]:
    """Return what a file says; nothing, where that is no TOML."""
    try:
        return tomllib.loads(text)
    except ValueError:
        return {}
