"""Verifying a store: that it says nothing it should not, and that nobody rewrote what was written down elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pulih.domain.chain import link
from pulih.keeping.checks import Checks
from pulih.keeping.flaw import BROKEN, Flaw
from pulih.keeping.progress import Tell, silent
from pulih.ports import Document, Documents, Files
from pulih.store.codec_ticket import TICKET
from pulih.store.office import DocumentStore
from pulih.wording import sentence

__all__ = ["Flaw", "Head", "against", "heads", "verify"]


class Head(NamedTuple):
    """Where a ticket's chain stood: so many entries, the last with this digest."""

    number: str
    version: int
    digest: str


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


def against(documents: Documents, recorded: Iterable[Head]) -> Iterator[Flaw]:
    """Yield a flaw for each recorded ticket that is gone, or has not just grown since it was recorded.

    It finds whoever rewrote a history with its digests and its seal, which `verify` cannot. It takes the digests by
    their word, which is what `verify` is for: neither does without the other.
    """
    for number, version, digest in recorded:
        document = documents.get("tickets", number)
        if document is None:
            yield Flaw(
                "tickets", number, sentence("Tiket ini pernah dicatat, tetapi sudah tidak ada.")
            )
        elif not _goes_on(document, version, digest):
            said = sentence(
                "Riwayatnya bukan lanjutan dari {version} langkah yang pernah dicatat; ada yang ditulis ulang.",
                version=version,
            )
            yield Flaw("tickets", number, said)


def _goes_on(document: Document, version: int, digest: str) -> bool:
    try:
        return link(TICKET.decode(document), version) == (version, digest)
    except BROKEN:
        return False
