"""Looking through one PDF for signatures, with pyHanko: a program of its own, that reads a file and prints JSON.

It says what it found and judges no certificate: it knows none that it could trust, and asks nobody.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from pulih.domain.reading import clean
from pulih.domain.signed import FoundSignature

MOST = 20  # signatures
_LONGEST = 200
_MEMORY = 1 << 30
_SECONDS = 10  # of the processor: twenty megabytes take three
# What a damaged or hostile file makes the reader stumble over; nothing of it is worth telling apart.
_BROKEN = (
    PdfError,
    SignatureValidationError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


def found_in(content: bytes) -> list[FoundSignature]:
    """Return what is found of the signatures in a PDF, in the order in which they were made.

    Raises:
        ValueError: It cannot be read, or has more signatures than any paper would.
    """
    try:
        signatures = _opened(content).embedded_regular_signatures
        if len(signatures) > MOST:
            raise ValueError(len(signatures))
        return [_found(one) for one in signatures]
    except _BROKEN as error:
        raise ValueError(type(error).__name__) from error


def _opened(content: bytes) -> PdfFileReader:
    """Return the reader of a PDF; one that asks for a password to be read cannot be told to have no signatures."""
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if reader.encrypted and reader.decrypt(b"").status is AuthStatus.FAILED:
        raise ValueError("password")
    return reader


def _found(signature: EmbeddedPdfSignature) -> FoundSignature:
    """Return what is found of one signature; one that cannot be checked is neither intact nor valid."""
    certificate = signature.signer_cert
    signer, issuer = _name(certificate.subject), _name(certificate.issuer)
    try:
        nobody = ValidationContext(trust_roots=[], allow_fetching=False)
        status = validate_pdf_signature(signature, nobody)
    except _BROKEN:
        return FoundSignature(signer, issuer, intact=False, valid=False, whole=False)
    covers = status.coverage or SignatureCoverageLevel.UNCLEAR
    stamp = status.timestamp_validity
    stamped = bool(stamp and stamp.intact and stamp.valid)
    return FoundSignature(
        signer,
        issuer,
        intact=bool(status.intact),
        valid=bool(status.valid),
        whole=covers is SignatureCoverageLevel.ENTIRE_FILE,
        changed=_changed(status, covers),
        at=_aware(stamp.timestamp if stamp and stamped else status.signer_reported_dt),
        stamped=stamped,
    )


def _changed(status: PdfSignatureStatus, covers: SignatureCoverageLevel) -> bool:
    """Tell whether what came after the signature is more than a further one would bring along."""
    if covers is SignatureCoverageLevel.ENTIRE_FILE:
        return False
    level = status.modification_level
    return (
        covers < SignatureCoverageLevel.ENTIRE_REVISION
        or level is None
        or level > ModificationLevel.FORM_FILLING
    )


def _aware(at: datetime | None) -> datetime | None:
    """Return a moment, and none where it does not say of which clock."""
    return at if at and at.tzinfo else None


def _name(name: Any) -> str:  # noqa: ANN401 - a name of asn1crypto, which has no types
    """Return a certificate's name for somebody, as a line that shows what it is: it may hold anything."""
    native = name.native.get("common_name") or name.human_friendly
    text = ", ".join(map(str, native)) if isinstance(native, list) else str(native)
    return clean(text[: _LONGEST * 10], lines=False)[:_LONGEST] or "–"


def _limited() -> None:
    """Take no more memory and time than looking at a paper needs, where the system has such limits."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - there is none elsewhere

        for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
            with suppress(ValueError, OSError):  # macOS has not both; or less is allowed already
                resource.setrlimit(what, (most, most))


def main() -> None:
    """Read a PDF and print what was found in it; exit with 1 where it cannot be read."""
    _limited()
    try:
        found = found_in(sys.stdin.buffer.read())
    except (ValueError, MemoryError):
        sys.exit(1)
    json.dump([asdict(one) for one in found], sys.stdout, default=lambda at: at.isoformat())


if __name__ == "__main__":
    main()
