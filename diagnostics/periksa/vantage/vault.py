"""Passwords of devices at rest: sealed with a key that is kept elsewhere.

The only module that knows ``cryptography``.
"""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from cryptography.fernet import Fernet, InvalidToken


class Unsealable(Exception):
    """The key is missing, unfit, or not the one it was sealed with; the message says which."""


class Vault:
    """Seals and unseals with one key. Shows neither in its representation."""

    def __init__(self, key: bytes) -> None:
        try:
            self._fernet = Fernet(key)
        except ValueError as error:
            raise Unsealable("Kunci brankas rusak.") from error

    @classmethod
    def at(cls, file: Path, store: Path) -> "Vault":
        """With the key in a file of its own, made on first use and readable by its owner only.

        Args:
            file: The key.
            store: The folder whose sealed passwords it opens. Whoever copies the store must not
                get the key as well.

        Raises:
            Unsealable: The key would lie in the store, others may read it, or it is damaged.
        """
        if file.resolve().is_relative_to(store.resolve()):
            raise Unsealable(f"Kunci {file} tidak boleh tersimpan di dalam {store}.")
        if not file.exists():
            _make(file)
        if file.stat().st_mode & 0o077:
            raise Unsealable(f"Kunci {file} dapat dibaca orang lain (chmod 600).")
        return cls(file.read_bytes().strip())

    def seal(self, secret: str) -> str:
        """What may be stored."""
        return self._fernet.encrypt(secret.encode()).decode("ascii")

    def unseal(self, token: str) -> str:
        """The secret again. Raises Unsealable."""
        try:
            return self._fernet.decrypt(token.encode("ascii")).decode()
        except (InvalidToken, UnicodeError) as error:
            raise Unsealable("Kata sandi tersimpan tidak dapat dibuka dengan kunci ini.") from error


def _make(file: Path) -> None:
    """Make a key, whole from the moment it is there; where another process was quicker, its key stays."""
    draft = file.with_name(f".{file.name}-{token_hex(8)}")
    try:
        fresh = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fresh, "wb") as new:
            new.write(Fernet.generate_key())
            new.flush()
            os.fsync(new.fileno())
        with suppress(FileExistsError):
            file.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
