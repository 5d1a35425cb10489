"""The address of a database, read by the driver's own rules, and the settings that go with it."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg.conninfo import conninfo_to_dict

from pulih.errors import Unavailable
from pulih.wording import N_, sentence

_BEGINNINGS = ("postgresql://", "postgres://")
# A server that has gone without a word is noticed within half a minute; the address may say otherwise.
_USUAL = {
    "application_name": "pulih",
    "connect_timeout": "5",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
_OURS = {"client_encoding": "utf8"}  # whatever the address says: names are of every script
_NO_ADDRESS = N_(
    "Setelan database bukan alamat basis data. Isi postgresql://pengguna@host/nama; "
    "tanda khusus di dalam kata sandi ditulis sebagai kode persen."
)
_UNREADABLE = N_(
    "Alamat di setelan database memuat parameter atau kode persen yang tidak dikenal. "
    "Periksa penulisannya, terutama di belakang tanda tanya."
)


def parameters(url: str) -> dict[str, str]:
    """Return what the driver is told to connect with.

    Raises:
        Unavailable: It is no address. It does not repeat what was typed, nor has it a cause that would: passwords
            that were typed wrongly stand in the oddest places.
    """
    if not url.startswith(_BEGINNINGS):
        raise _refused(_NO_ADDRESS)
    try:
        told = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except psycopg.Error:
        raise _refused(_UNREADABLE) from None
    ports = told.get("port", "").split(",")
    names = told.get("dbname", "") + told.get("host", "")
    if (
        not told.get("dbname")
        or "@" in names
        or any(port and not port.isdecimal() for port in ports)
    ):
        raise _refused(_NO_ADDRESS)
    return {**_USUAL, **told, **_OURS}


def place(address: Mapping[str, str]) -> str:
    """Return what people call the database: its name and server, without account and password."""
    return f"{address['dbname']} di {address.get('host') or 'mesin ini'}"


def _refused(text: str) -> Unavailable:
    return Unavailable(sentence(text))
