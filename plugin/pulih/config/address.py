"""The address of a database: what it must look like, so that no two readers see different parts in it.

A sign that parts the address may stand in a name or a password as %XX only. Whoever finds another address here would
not know where the password ends, and say half of it aloud.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

_PART = r"(?:%[0-9A-Fa-f]{2}|[^%/?#@\s])"
_VALUE = r"(?:%[0-9A-Fa-f]{2}|[^%&?#@\s])*"
_SERVER = r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]*)(?::\d+)?"
_ADDRESS = re.compile(
    rf"""(?x)
    postgres(?:ql)?://
    (?:(?P<user>(?:(?!:){_PART})*)(?::(?P<password>{_PART}*))?@)?
    (?P<server>{_SERVER}(?:,{_SERVER})*)
    /(?P<name>(?:(?!:){_PART})+)
    (?:\?(?P<query>[a-z_]+={_VALUE}(?:&[a-z_]+={_VALUE})*))?
    """,
    re.ASCII,
)
_SECRETS = ("password", "sslpassword")


def fits(url: str) -> bool:
    """Tell whether this is the address of a PostgreSQL database."""
    return bool(_ADDRESS.fullmatch(url))


def place_of(url: str) -> str:
    """Return what people call a store: server and name without account and password, or `embedded` for no address."""
    if not url:
        return "embedded"
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return "PostgreSQL"
    elsewhere = [value for name, value in parse_qsl(found["query"] or "") if name == "host"]
    return f"{found['server'] or ','.join(elsewhere)}/{found['name']}"


def has_password(url: str) -> bool:
    """Tell whether an address tells a password too."""
    return masked(url) != url


def masked(url: str) -> str:
    """Return an address that may be shown: `***` stands for each password."""
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return place_of(url) if url else ""
    start, end = found.span("password")
    if end > start:
        url = f"{url[:start]}***{url[end:]}"
    return re.sub(rf"([?&](?:{'|'.join(_SECRETS)})=)[^&]+", r"\1***", url)
