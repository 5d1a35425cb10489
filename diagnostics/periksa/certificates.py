"""Why a certificate was not believed, in the words of this package, and TLS as the system has it."""

import asyncio
import ssl
from time import time

# X509_V_ERR_… of OpenSSL, which Python hands on as numbers.
REASONS = {
    9: "not_yet",
    10: "expired",
    18: "self_signed",
    19: "issuer",  # at its end stands a certificate that signed itself and that nobody here knows
    20: "issuer",
    21: "issuer",
    62: "name",
    64: "name",
}
DAY = 86_400


async def context() -> ssl.SSLContext:
    """TLS that believes whom the system believes; reading its list takes a moment, off the loop."""
    return await asyncio.to_thread(ssl.create_default_context)


def reason(error: ssl.SSLCertVerificationError) -> str:
    """Return "expired", "not_yet", "name", "self_signed", "issuer" or "other"."""
    return REASONS.get(error.verify_code, "other")


def days_left(secured: object) -> int | None:
    """Days until a believed certificate expires."""
    if not isinstance(secured, (ssl.SSLObject, ssl.SSLSocket)):
        return None
    ends = (secured.getpeercert() or {}).get("notAfter")
    return int((ssl.cert_time_to_seconds(ends) - time()) // DAY) if isinstance(ends, str) else None
