"""A copy of a paper that came back signed, and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pulih.domain.struck import Struck


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """What was found of a signature within a PDF. Whether its certificate is to be trusted is not asked.

    Attributes:
        signer: The name in the certificate; whoever made the certificate wrote it there.
        issuer: The name of who issued the certificate, as it says itself.
        intact: Whether the bytes that were signed are those in the file.
        valid: Whether the signature was made with the key of the certificate.
        whole: Whether what was signed is the whole file, so that nothing was added afterwards.
        changed: Whether something was added afterwards that is more than a further signature or the like.
        at: The time it gives itself, if any.
        stamped: Whether that time was given by a time-stamping service rather than by the signer's own clock.
    """

    signer: str
    issuer: str
    intact: bool
    valid: bool
    whole: bool
    changed: bool = False
    at: datetime | None = None
    stamped: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing was found that speaks against it."""
        return self.intact and self.valid and not self.changed


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a file that came back signed.

    Attributes:
        readable: Whether it could be looked through; a picture need not be.
        signatures: In the order in which they were made.
    """

    readable: bool = True
    signatures: tuple[FoundSignature, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """A copy that came back signed: a scan, or a PDF that was signed outside. Kept as it came.

    Attributes:
        file: The attachment that keeps it.
        digest: SHA-256 of its bytes.
        contains: Whether the file begins with every byte of the paper that was issued, as signing a PDF leaves them.
        found: What was found of signatures within it; of a picture nothing.
        withdrawn: That it was handed in by mistake, as somebody said later; None where it stands.
    """

    file: str
    file_name: str
    media_type: str
    size: int
    digest: str
    by: str
    name: str
    at: datetime
    contains: bool = False
    found: Examined = Examined()
    withdrawn: Struck | None = None
