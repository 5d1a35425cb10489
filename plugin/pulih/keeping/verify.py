"""Verifying a store: that it says nothing it should not, and that nobody rewrote what was written down elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pulih.domain.chain import link
from pulih.keeping.checks import Checks
from pulih.keeping.flaw import BROKEN, Flaw
from pulih.keeping.progress import Tell, silent
from pulih.keeping.shape import SEALED
from pulih.ports import Document, Documents, Files
from pulih.store.codec_ticket import TICKET
from pulih.store.office import DocumentStore
from pulih.store.seal import SEAL
from pulih.wording import Sentence, sentence

__all__ = ["Flaw", "Head", "Sealed", "against", "heads", "seals", "verify"]


class Head(NamedTuple):
    """Where a ticket's chain stood: so many entries, the last with this digest."""

    number: str
    version: int
    digest: str

    @property
    def place(self) -> tuple[str, str]:
        """Table and key of the ticket."""
        return "tickets", self.number

    def missed(self, document: Document | None) -> Sentence | None:
        """Return what is wrong where the ticket is gone, or has not just grown since."""
        if document is None:
            return sentence("Tiket ini pernah dicatat, tetapi sudah tidak ada.")
        try:
            if link(TICKET.decode(document), self.version) == (self.version, self.digest):
                return None
        except BROKEN:
            pass
        return sentence(
            "Riwayatnya bukan lanjutan dari {version} langkah yang pernah dicatat; ada yang ditulis ulang.",
            version=self.version,
        )


class Sealed(NamedTuple):
    """What an article or an attachment was sealed with."""

    table: str
    key: str
    seal: str

    @property
    def place(self) -> tuple[str, str]:
        """Table and key of the document."""
        return self.table, self.key

    def missed(self, document: Document | None) -> Sentence | None:
        """Return what is wrong where the document is gone, or has another seal."""
        if document is None:
            return sentence("Dokumen ini pernah dicatat, tetapi sudah tidak ada.")
        if document.get(SEAL) != self.seal:
            return sentence("Isinya bukan yang pernah dicatat; ada yang ditulis ulang.")
        return None


def verify(
    store: DocumentStore, files: Files, *, contents: bool = True, tell: Tell = silent
) -> Iterator[Flaw]:
    """Yield everything that is wrong with a store, as it is found; nothing, when all is well.

    It sees the documents as they are when it begins; others go on working meanwhile.

    Args:
        store: Where the documents are kept.
        files: Where the contents of attachments are kept.
        contents: Whether to read those, too. It takes as long as it takes to read all of them.
        tell: Told documents and contents done, and how many there are.

    Raises:
        Unavailable: The store or the contents cannot be reached.
    """
    for said in store.flaws():
        yield Flaw("", "", said)
    checks = Checks(tell, contents=contents)
    with store.reading() as documents:
        yield from checks.documents(documents)
    if contents:
        yield from checks.files(files)


def heads(documents: Documents) -> Iterator[Head]:
    """Yield where the chain of each ticket stands, to be written down where nobody who can write the store can.

    A ticket that cannot be read is left out; `verify` names it.
    """
    for number, document in documents.scan("tickets"):
        try:
            version, digest = link(TICKET.decode(document))
        except BROKEN:
            continue
        yield Head(number, version, digest)


def seals(documents: Documents) -> Iterator[Sealed]:
    """Yield the seals of articles, and of the attachments that histories refer to, to be written down likewise."""
    for table in SEALED:
        for key, document in documents.scan(table):
            if document.get("used", True):
                yield Sealed(table, key, str(document.get(SEAL, "")))


def against(documents: Documents, recorded: Iterable[Head | Sealed]) -> Iterator[Flaw]:
    """Yield a flaw for each recorded ticket that is gone or has not just grown since, and each seal that is not there.

    It finds whoever rewrote a history with its digests and its seal, which `verify` cannot. It takes the digests by
    their word, which is what `verify` is for: neither does without the other.
    """
    for one in recorded:
        table, key = one.place
        if said := one.missed(documents.get(table, key)):
            yield Flaw(table, key, said)
