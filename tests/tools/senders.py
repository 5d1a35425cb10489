"""A site that comes in by a door: signs as it was agreed, and hands in letters. Written without the desk's own code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass(frozen=True)
class Site:
    """A site with its door and token; `at` is what its clock shows, in Unix seconds."""

    door: str
    token: str
    at: float

    def clocked(self, moment: datetime) -> Site:
        return replace(self, at=moment.timestamp())

    def headers(
        self, method: str, target: str, body: bytes = b"", key: str | None = None
    ) -> dict[str, str]:
        """The headers of a request; `key` is its identifier, a new one where none is given."""
        key, at = key or secrets.token_hex(16), str(int(self.at))
        told = ["v1", method, target, self.door, key, at, hashlib.sha256(body).hexdigest()]
        signed = hmac.new(self.token.encode(), "\n".join(told).encode(), hashlib.sha256)
        return {
            "Pulih-Door": self.door,
            "Pulih-Id": key,
            "Pulih-Time": at,
            "Pulih-Signature": f"v1={signed.hexdigest()}",
        }


def letter(**changes: Any) -> dict[str, Any]:
    """A letter as a site sends it; `None` takes a field away."""
    said = {
        "submission": secrets.token_hex(16),
        "agency": "dukcapil",
        "sender": "Budi Santoso",
        "position": "Kasubbag Umum",
        "phone": "0812-3456-7890",
        "letter_number": "005/77/DUKCAPIL/2026",
        "letter_date": "2026-02-27",
        "subject": "Jaringan loket perekaman putus",
        "disturbed": "Loket KTP-el tidak dapat terhubung ke pusat.",
        "place": "Lantai 2, ruang perekaman",
        "since": "2026-02-27T08:15",
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def file(name: str = "surat.pdf", content: bytes = PDF) -> dict[str, str]:
    """A file as a letter carries it."""
    return {"name": name, "content": base64.b64encode(content).decode()}


def written(said: Any) -> bytes:
    """A letter as it goes over the wire."""
    return json.dumps(said).encode()
