"""The signature by which the desk knows that a request comes through one of its doors."""

from __future__ import annotations

import hashlib
import hmac

VERSION = "v1"


def signature(
    token: str, method: str, target: str, *, door: str, request: str, at: int, body: bytes
) -> str:
    """Return the value of `Pulih-Signature`.

    Args:
        token: The door's secret.
        method: GET or POST.
        target: Path and query exactly as they are sent.
        door: The door's identifier.
        request: 32 hexadecimal digits, others for each request.
        at: Seconds since 1970.
        body: What is sent; empty with GET.
    """
    digest = hashlib.sha256(body).hexdigest()
    message = "\n".join([VERSION, method, target, door, request, str(at), digest])
    return f"{VERSION}={hmac.new(token.encode(), message.encode(), hashlib.sha256).hexdigest()}"


def headers(
    token: str, method: str, target: str, *, door: str, request: str, at: int, body: bytes
) -> dict[str, str]:
    """Return the four headers of a signed request."""
    return {
        "Pulih-Door": door,
        "Pulih-Id": request,
        "Pulih-Time": str(at),
        "Pulih-Signature": signature(
            token, method, target, door=door, request=request, at=at, body=body
        ),
    }
