"""Passwords, sealed with argon2id. Implements `ports.Passwords`."""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from secrets import token_bytes

from argon2 import PasswordHasher
from argon2.exceptions import HashingError, VerificationError, VerifyMismatchError
from argon2.low_level import ARGON2_VERSION
from argon2.profiles import RFC_9106_LOW_MEMORY

from pulih.errors import Unavailable

_USUAL = RFC_9106_LOW_MEMORY


class Argon2Passwords:
    """Seals with argon2id; a seal carries its own cost, so that old ones stay good when the cost changes.

    Args:
        time_cost: Passes over the memory.
        memory_cost: Memory for one seal, in KiB; every sign-in under way takes as much.
        parallelism: Lanes.
    """

    def __init__(
        self,
        time_cost: int = _USUAL.time_cost,
        memory_cost: int = _USUAL.memory_cost,
        parallelism: int = _USUAL.parallelism,
    ) -> None:
        self._hasher = PasswordHasher(time_cost, memory_cost, parallelism)
        self._nobody = _seal_of_nobody(self._hasher)

    def seal(self, password: str) -> str:
        """Return what may be stored. Raises Unavailable when there is not enough memory."""
        try:
            return self._hasher.hash(_bytes(password))
        except HashingError as error:
            raise Unavailable("Kata sandi tidak dapat diolah sekarang. Coba lagi.") from error

    def fits(self, sealed: str, password: str) -> bool:
        """Tell whether the password is the sealed one.

        It takes as long when `sealed` is empty or no seal at all, so that the clock does not tell who has an account.

        Raises:
            Unavailable: There is not enough memory.
        """
        secret = _bytes(password)
        try:
            return self._hasher.verify(sealed, secret)
        except VerifyMismatchError:
            return False
        except (ValueError, VerificationError):  # no seal, a damaged one, or no memory
            return self._waste_time(secret)

    def _waste_time(self, secret: bytes) -> bool:
        try:
            self._hasher.verify(self._nobody, secret)
        except VerifyMismatchError:
            return False
        except VerificationError as error:
            raise Unavailable("Kata sandi tidak dapat diperiksa sekarang. Coba lagi.") from error
        return False


def _seal_of_nobody(hasher: PasswordHasher) -> str:
    """Return a seal in the form of the argon2 reference implementation that costs as much to try as any other."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (
        b64encode(token_bytes(size)).decode().rstrip("=")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


def _bytes(password: str) -> bytes:
    # One password whatever keyboard it is typed on (RFC 8265), and no error for half a surrogate pair.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
