"""Checking a paper that somebody holds in their hand: where its QR code leads."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from pulih.domain.authority import Deed, require
from pulih.domain.issued import Issued, Numbered, Standing
from pulih.domain.people import Person
from pulih.errors import Conflict, Invalid, NotFound, NotSignedIn, Problem, TooLarge
from pulih.ports import Records, Tools
from pulih.service.attachments import MOST_BYTES
from pulih.wording import N_, sentence

SETTINGS = "papers-check"
FIELD = "copy"
_KEY = re.compile(r"[a-z2-7]{26}")
_ADDRESS = re.compile(r"https?://[a-z0-9.\-]+(:[0-9]{1,5})?(/[A-Za-z0-9_\-/]*)?")
_HOST = re.compile(r"^[^/]*(//[^/]*)?")  # what may be written in capitals; a path may not
_MOST_ADDRESS = 200
_BLOCK = 1 << 20


class Match(StrEnum):
    """How a copy that somebody brings stands to a paper that was issued."""

    SAME = "same"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"
    CONTAINS = "contains"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What is said of it, in Bahasa Indonesia."""
        return _MATCHES[self]


_MATCHES = {
    Match.SAME: N_("Salinan ini sama persis, bita demi bita, dengan dokumen yang diterbitkan."),
    Match.SIGNED: N_(
        "Salinan ini sama persis dengan salinan bertanda tangan yang disimpan di bawah dokumen ini."
    ),
    Match.WITHDRAWN: N_(
        "Salinan ini pernah disimpan sebagai salinan bertanda tangan dokumen ini, lalu ditarik karena keliru."
    ),
    Match.CONTAINS: N_(
        "Salinan ini diawali seluruh dokumen yang diterbitkan, lalu ditambahi sesuatu, seperti pada penandatanganan "
        "elektronik. Yang ditambahkan tidak diperiksa di sini."
    ),
    Match.OTHER: N_(
        "Salinan ini lain dari dokumen yang diterbitkan. Berkas hasil pindai, cetak ulang, atau simpan ulang memang "
        "selalu lain; bandingkan isinya dengan mata, atau minta berkas aslinya."
    ),
}


@dataclass(frozen=True, slots=True)
class Checking:
    """How papers are checked, as the office decided.

    Attributes:
        public: Whether whoever has the address may look, without signing in.
        address: The desk's address, as QR codes name it; empty for the one at which a paper is issued.
        version: For who saves an older form.
    """

    public: bool = True
    address: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What the page of a paper says: nothing that is not on the paper itself, and how it stands now.

    Attributes:
        earlier, later: The paper that it corrects, and the one that corrects it.
    """

    paper: Issued
    line: Numbered
    earlier: Issued | None
    later: Issued | None

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.line.standing

    @property
    def struck_at(self) -> datetime | None:
        """When it was cancelled, if it was."""
        return self.line.struck.at if self.line.struck else None


@dataclass(frozen=True, slots=True)
class VerifyDesk:
    """Tells whoever has a paper's address what the office knows of it."""

    tools: Tools

    def look(self, by: Person | None, key: str) -> Checked:
        """Return how a paper stands.

        Args:
            by: Who asks; None where nobody is signed in.
            key: What the paper's address ends with; whoever types it may have used capitals.

        Raises:
            NotSignedIn: Nobody is, and the office asks for it.
            NotFound: There is no such paper.
        """
        with self.tools.store.reading() as records:
            if by is None and not _checking(records).public:
                raise NotSignedIn("Masuk dahulu untuk memeriksa dokumen.")
            key = key.lower()
            paper = records.papers.get(key) if _KEY.fullmatch(key) else None
            line = records.numbers.get(key) if paper else None
            if paper is None or line is None:
                raise NotFound(
                    "Tidak ada dokumen dengan alamat ini. Ketik alamatnya persis seperti di bawah kode QR, "
                    "atau tanyakan kepada dinas."
                )
            return Checked(
                paper,
                line,
                records.papers.get(paper.replaces) if paper.replaces else None,
                records.papers.get(line.replaced_by) if line.replaced_by else None,
            )

    def compare(self, by: Person | None, key: str, content: BinaryIO) -> Match:
        """Compare a copy with a paper; the copy is not kept.

        Raises:
            TooLarge, Invalid: The copy is over the limit, or empty; the field is `copy`. Else as `look`.
        """
        found = self.look(by, key)
        digest, begins = _digests(content, found.paper.size)
        if digest == found.paper.digest:
            return Match.SAME
        if any(signed.digest == digest for signed in found.line.copies):
            return Match.SIGNED
        if any(signed.digest == digest for signed in found.line.signed):
            return Match.WITHDRAWN
        return Match.CONTAINS if begins == found.paper.digest else Match.OTHER

    @property
    def checking(self) -> Checking:
        """What the office decided."""
        with self.tools.store.reading() as records:
            return _checking(records)

    def chosen(self, by: Person) -> Checking:
        """Return what the office decided, to who may decide otherwise. Raises NotAllowed."""
        require(by, Deed.KEEP_OFFICE)
        return self.checking

    def decide(self, by: Person, *, public: bool, address: str, seen: int) -> Checking:
        """Decide who may check papers, and which address QR codes name.

        Raises:
            NotAllowed: It is not theirs to decide.
            Invalid: The address is none; the field is `address`.
            Conflict: Somebody else decided meanwhile.
        """
        require(by, Deed.KEEP_OFFICE)
        told = _HOST.sub(lambda host: host[0].lower(), address.strip().rstrip("/"))
        if told and (len(told) > _MOST_ADDRESS or not _ADDRESS.fullmatch(told)):
            said = sentence(
                "Isi alamat meja ini seperti diketik di peramban, misalnya https://meja.sumbawakab.go.id; "
                "atau kosongkan."
            )
            raise Invalid([Problem("address", said)])

        def keep(records: Records) -> Checking:
            before = _checking(records)
            if before.version != seen:
                raise Conflict(
                    "Setelan ini sudah diubah orang lain sejak Anda membukanya. Lihat yang sekarang, lalu simpan lagi.",
                    now=before.version,
                )
            after = Checking(public, told, seen + 1)
            records.settings.put(
                SETTINGS, {"public": public, "address": told, "version": after.version}
            )
            return after

        return self.tools.store.write(keep)


def _checking(records: Records) -> Checking:
    kept = records.settings.get(SETTINGS) or {}
    return Checking(
        bool(kept.get("public", True)), str(kept.get("address", "")), int(kept.get("version", 0))
    )


def _digests(content: BinaryIO, size: int) -> tuple[str, str]:
    """Return the digest of a whole content, and of its first bytes. Raises TooLarge, Invalid."""
    whole, start, read = hashlib.sha256(), hashlib.sha256(), 0
    while block := content.read(_BLOCK):
        if read + len(block) > MOST_BYTES:
            raise TooLarge(
                [
                    Problem(
                        FIELD,
                        sentence(
                            "Berkas ini lebih dari 20 MB; dokumen dari sini tidak sebesar itu."
                        ),
                    )
                ]
            )
        whole.update(block)
        start.update(block[: max(0, size - read)])
        read += len(block)
    if not read:
        raise Invalid([Problem(FIELD, sentence("Pilih berkas PDF yang hendak diperiksa."))])
    return whole.hexdigest(), start.hexdigest() if read > size else ""
