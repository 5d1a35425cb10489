"""The key that an SSH server shows of itself: what is remembered of it, and what it shows now.

Knows paramiko for one thing: to listen to a server as far as its key. Nothing that could be used to
get in is ever handed to it, so a stranger in the device's place learns nothing.
"""

import base64
import binascii
import hashlib
import os
import re
import socket
from pathlib import Path
from threading import get_ident

from periksa.vantage.failing import failures

SSH = 22
KEY = re.compile(r"[A-Za-z0-9@.-]{1,60} [A-Za-z0-9+/]{16,8000}={0,2}")


def offered(address: str, port: int, seconds: float) -> str:
    """The key that a server shows, as ``ssh-ed25519 AAAA…``; nobody logs in.

    Raises:
        Failed: It shows none.
    """
    from paramiko import Transport  # noqa: PLC0415 - takes a third of a second

    with failures():
        connection = socket.create_connection((address, port), seconds)
        transport = Transport(connection)
        try:
            transport.banner_timeout = seconds
            transport.start_client(timeout=seconds)
            shown = transport.get_remote_server_key()
            return f"{shown.get_name()} {shown.get_base64()}"
        finally:
            transport.close()


def remembered(file: Path) -> str:
    """The key in a device's file (``Login.key_file``); empty where it has none."""
    try:
        lines = file.read_text("ascii").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    found = [line.split(" ", 1)[1] for line in lines if " " in line]
    return found[0] if found and KEY.fullmatch(found[0]) else ""


def put(file: Path, address: str, port: int, key: str) -> None:
    """Let this key, and no other, be the one that is known of a device at this address.

    Args:
        file: ``Login.key_file``.
        address: In canonical spelling.
        port: Where it listens.
        key: As ``offered`` has it; empty: the next one that is shown will be remembered.

    Raises:
        ValueError: That is no key.
        OSError: The file cannot be written.
    """
    if key and not KEY.fullmatch(key):
        raise ValueError("Kunci perangkat tidak terbaca.")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    host = address if port == SSH else f"[{address}]:{port}"
    draft = file.with_suffix(f".{os.getpid()}-{get_ident()}")
    draft.write_text(f"{host} {key}\n" if key else "", "ascii")
    draft.replace(file)


def fingerprint(key: str) -> str:
    """A key in short, as ``ssh-keygen -l`` tells it; empty for none."""
    _kind, _blank, body = key.partition(" ")
    try:
        digest = hashlib.sha256(base64.b64decode(body, validate=True)).digest()
    except binascii.Error:
        return ""
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}" if body else ""
