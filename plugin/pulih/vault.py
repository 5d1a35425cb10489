"""Passwords that the office must be able to read again, sealed with a key that is kept elsewhere.

Implements `ports.Vault` over periksa's vault, with the same key as the devices' passwords.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pulih.errors import Unavailable

if TYPE_CHECKING:
    from periksa.vantage.vault import Vault


@dataclass(frozen=True, slots=True)
class KeyVault:
    """Seals with the key in a file of this machine.

    Attributes:
        key: The file, made on first use.
        data: The folder of the office's records, in which it must not lie.
    """

    key: Path
    data: Path

    def seal(self, plain: str) -> str:
        """Return what may be stored. Raises Unavailable when there is no key and none can be made."""
        from periksa.vantage.vault import Unsealable  # noqa: PLC0415 - most who open an office seal nothing

        try:
            return self._vault().seal(plain)
        except (Unsealable, OSError) as error:
            raise Unavailable(
                "Kunci brankas {path} tidak dapat dipakai: {why} Perbaiki berkas atau setelan device_key, lalu ulangi.",
                path=self.key,
                why=error,
            ) from error

    def unseal(self, sealed: str) -> str:
        """Return what was sealed. Raises Unavailable when the key is missing, unfit or another one."""
        from periksa.vantage.vault import Unsealable  # noqa: PLC0415 - as above

        if not self.key.exists():  # a new one would open nothing, and hide that the old one is lost
            raise Unavailable(
                "Kunci brankas {path} tidak ada, jadi kata sandi tersimpan tidak dapat dibuka. "
                "Kembalikan berkas itu, atau isi lagi kata sandinya.",
                path=self.key,
            )
        try:
            return self._vault().unseal(sealed)
        except (Unsealable, OSError) as error:
            raise Unavailable(
                "Kata sandi tersimpan tidak dapat dibuka: {why} Kembalikan berkas kuncinya, "
                "atau isi lagi kata sandinya.",
                why=error,
            ) from error

    def _vault(self) -> Vault:
        from periksa.vantage.vault import Vault  # noqa: PLC0415 - as above

        return Vault.at(self.key, self.data)
