"""The key that signs sessions."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pulih.config.settings import Settings
from pulih.errors import Unavailable
from pulih.ports import Records, Store

_SHORTEST = 32
_RECORD = "session-key"


def secret_key(settings: Settings) -> str:
    """Return the office's key, made on first use and readable by this account only.

    Two processes that ask for the first time at once get the same key.

    Raises:
        Unavailable: It cannot be read or written, or it is too short to be one.
    """
    path = settings.data / "secret-key"
    try:
        if not path.exists():
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(
            "{path} tidak dapat dibaca atau dibuat. Periksa izin dan ruang disknya, lalu ulangi.",
            path=path,
        ) from error
    if len(key) < _SHORTEST:
        raise Unavailable(
            "{path} rusak. Hapus berkas itu; semua orang lalu masuk kembali.", path=path
        )
    return key


def shared_key(store: Store) -> str:
    """Return the key of an office on several machines, made on first use: who signed in at one is known at all.

    All who ask for the first time at once get the same key.

    Raises:
        Unavailable: The store cannot be reached.
    """
    new = _new_key()

    def agree(records: Records) -> str:
        kept = records.settings.get(_RECORD)
        if kept is None:
            records.settings.put(_RECORD, {"key": new})
            return new
        return str(kept["key"])

    return store.write(agree)


def _new_key() -> str:
    return secrets.token_urlsafe(48)


def _make(path: Path) -> None:
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        with os.fdopen(os.open(draft, flags, 0o600), "w", encoding="ascii") as file:
            file.write(_new_key())
            file.flush()
            os.fsync(file.fileno())
        # A link, not a rename: it fails where another process was quicker, and never shows half a key.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
