"""Whether what a record refers to is there, and says the same of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulih.domain import sop
from pulih.domain.article import Article
from pulih.domain.door import door_of
from pulih.domain.facts import Kind
from pulih.domain.issued import Issued, Numbered
from pulih.domain.outage import Outage
from pulih.domain.outgoing import Outgoing
from pulih.domain.people import Person
from pulih.domain.records import Attachment, Published
from pulih.domain.ticket import Entry, State, Ticket
from pulih.keeping.histories import missteps, touched
from pulih.ports import Document, Documents
from pulih.service.references import referred
from pulih.store.codec_ticket import TICKET
from pulih.store.refusals import closed
from pulih.store.schema import CLOSED
from pulih.wording import Sentence, sentence

_REGISTRIES = frozenset({"people", "agencies", "sites", "devices", "fault_types"})
_SHARED = {
    Kind.PERSON: "people",
    Kind.PEOPLE: "people",
    Kind.AGENCY: "agencies",
    Kind.SITE: "sites",
    Kind.DEVICE: "devices",
    Kind.FAULT_TYPE: "fault_types",
    Kind.TICKET: "tickets",
}
_OWN = {Kind.FILES: "attachments", Kind.RUNS: "runs"}


@dataclass(slots=True)
class Around:
    """What records may refer to. It holds the keys of the registries, which are small."""

    documents: Documents
    _keys: dict[str, frozenset[str]] = field(default_factory=dict)

    def missing(self, **wanted: str) -> Iterator[Sentence]:
        """Yield a sentence for each table that has no document of this key; empty keys refer to nothing."""
        for table, key in wanted.items():
            if key and not self._has(table, key):
                yield sentence("{key} tidak ada di {table}.", key=key, table=table)

    def _has(self, table: str, key: str) -> bool:
        if table == "people" and (door := door_of(key)):
            return self._has("doors", door)
        if table not in _REGISTRIES:
            return self.documents.get(table, key) is not None
        if table not in self._keys:
            self._keys[table] = frozenset(name for name, _ in self.documents.scan(table))
        return key in self._keys[table]


# Settings say nothing that could be wrong: also the mark of the archive there is but a hint whether to read it again.
# A page that is noted in `published` and is not that any more, or not noted at all, is due again.
def meaning(around: Around, table: str, key: str, record: Any) -> Iterator[Sentence]:  # noqa: ANN401 - of any table
    """Yield what is wrong with what a record means. Raises `flaw.BROKEN` where it refers to something unreadable."""
    if table in _MEANINGS:
        yield from _MEANINGS[table](around, key, record)


def _ticket(around: Around, key: str, ticket: Ticket) -> Iterator[Sentence]:
    yield from missteps(ticket)
    yield from touched(ticket, around.documents.get("seals", key))
    yield from _archived(ticket, around.documents.get("articles", key))
    for entry in ticket.history:
        yield from around.missing(people=entry.by)
        for kind, table in _SHARED.items():
            for other in _referred(entry, kind):
                yield from around.missing(**{table: other})
        for kind, table in _OWN.items():
            for other in _referred(entry, kind):
                kept = around.documents.get(table, other) or {}
                if kept.get("ticket") != key or kept.get("used") is False:
                    yield sentence(
                        "{key} di {table} tidak ada, atau bukan milik tiket ini.",
                        key=other,
                        table=table,
                    )


def _archived(ticket: Ticket, article: Document | None) -> Iterator[Sentence]:
    if ticket.state is not State.CLOSED:
        if article is not None:
            yield sentence("Tiketnya belum selesai, tetapi artikelnya sudah ada.")
    elif article is None:
        yield sentence("Tiketnya selesai, tetapi artikelnya tidak ada.")
    elif (article["agency"], article["version"]) != (ticket.agency, ticket.version):
        yield sentence("Artikelnya bukan dari riwayat ini.")


def _referred(entry: Entry, kind: Kind) -> list[str]:
    stage = sop.STAGES.get(entry.stage)
    return list(referred(entry.facts, stage.facts, kind)) if stage else []


def _attachment(around: Around, key: str, kept: Attachment) -> Iterator[Sentence]:
    yield from around.missing(tickets=kept.ticket, people=kept.by)
    if kept.used:
        document = around.documents.get("tickets", kept.ticket)
        history = TICKET.decode(document).history if document else ()
        if not any(key in _referred(entry, Kind.FILES) for entry in history):
            yield sentence("Ditandai terpakai, tetapi riwayat tiketnya tidak menyebutnya.")


def _outage(around: Around, _key: str, outage: Outage) -> Iterator[Sentence]:
    yield from around.missing(runs=outage.run, people=outage.by)
    for ticket in outage.tickets:
        yield from around.missing(tickets=ticket)


def _article(around: Around, key: str, article: Article) -> Iterator[Sentence]:
    document = around.documents.get("tickets", key)
    if document is None or document["state"] != State.CLOSED.value:
        yield sentence("Artikel ini tanpa tiket yang selesai.")
    for other in dict.fromkeys((article.recurrence_of, *article.related)):
        yield from around.missing(tickets=other)


def _published(around: Around, key: str, published: Published) -> Iterator[Sentence]:
    article = around.documents.get("articles", key)
    if article is None or article["version"] < published.version:
        yield sentence("Yang diterbitkan bukan dari artikel yang ada.")


def _outgoing(around: Around, key: str, outgoing: Outgoing) -> Iterator[Sentence]:
    yield from around.missing(tickets=key)
    for lifted in (*outgoing.less, *outgoing.past):
        yield from around.missing(people=lifted.by)
    handed_in = around.documents.find("attachments", {"ticket": key}) if outgoing.pictures else []
    digests = {document["digest"] for document in handed_in}
    if any(picture.digest not in digests for picture in outgoing.pictures):
        yield sentence("Sebuah foto yang diterbitkan bukan lampiran tiket ini.")


def _paper(around: Around, key: str, paper: Issued) -> Iterator[Sentence]:
    yield from around.missing(
        tickets=paper.ticket, people=paper.by, numbers=key, papers=paper.replaces
    )
    kept = around.documents.get("attachments", paper.file) or {}
    if (kept.get("ticket"), kept.get("digest")) != (paper.ticket, paper.digest):
        yield sentence("Berkas dokumen ini bukan yang dulu diterbitkan.")


def _number(around: Around, key: str, line: Numbered) -> Iterator[Sentence]:
    yield from around.missing(tickets=line.ticket, papers=line.replaced_by)
    paper = around.documents.get("papers", key)
    if paper is None or any(
        paper[name] != getattr(line, name) for name in ("ticket", "series", "serial", "number")
    ):
        yield sentence("Nomor ini bukan nomor dokumen yang diterbitkan.")
    if line.replaced_by:
        later = around.documents.get("papers", line.replaced_by) or {}
        if later.get("replaces") != key:
            yield sentence("Dokumen penggantinya tidak menyebut dokumen ini.")
    if line.struck:
        yield from around.missing(people=line.struck.by)
    for signed in line.signed:
        yield from around.missing(attachments=signed.file, people=signed.by)
        if signed.withdrawn:
            yield from around.missing(people=signed.withdrawn.by)
        kept = around.documents.get("attachments", signed.file) or {}
        if kept.get("digest") != signed.digest:
            yield sentence("Salinan bertanda tangan ini bukan yang dulu diserahkan.")


def _refers(**fields: str) -> Callable[[Around, str, Any], Iterator[Sentence]]:
    """Return the meaning of records that only refer to others: table -> the field that has a key of it."""

    def missing(around: Around, _key: str, record: Any) -> Iterator[Sentence]:  # noqa: ANN401 - of any table
        return around.missing(**{table: getattr(record, name) for table, name in fields.items()})

    return missing


def _secret(around: Around, key: str, _secret: str) -> Iterator[Sentence]:
    return around.missing(people=key)


def _person(around: Around, _key: str, person: Person) -> Iterator[Sentence]:
    yield from around.missing(agencies=person.agency)
    if person.active and around.documents.get("secrets", person.id) is None:
        yield sentence(
            "Akun ini aktif, tetapi kata sandinya tidak ada. Beri yang baru lewat halaman Orang."
        )


def _seal(around: Around, key: str, _seal: Document) -> Iterator[Sentence]:
    return around.missing(tickets=key)


def _mark(_around: Around, key: str, mark: Document) -> Iterator[Sentence]:
    if key == CLOSED:
        yield closed(mark).sentence


_MEANINGS: Mapping[str, Callable[[Around, str, Any], Iterator[Sentence]]] = {
    "tickets": _ticket,
    "people": _person,
    "sites": _refers(agencies="agency"),
    "devices": _refers(agencies="agency", sites="site"),
    "articles": _article,
    "published": _published,
    "attachments": _attachment,
    "runs": _refers(tickets="ticket", people="by"),
    "outages": _outage,
    "helped": _refers(tickets="ticket", articles="case", people="by"),
    "notes": _refers(articles="case", people="by"),
    "retracted": _refers(articles="case", people="by"),
    "wanted": _refers(tickets="ticket", people="by"),
    "outgoing": _outgoing,
    "logins": _refers(devices="device", people="by"),
    "papers": _paper,
    "numbers": _number,
    "bundles": _refers(people="by"),  # its file may be gone: it is made again
    "plone_pages": _refers(plone_targets="target"),
    "plone_passes": _refers(plone_targets="target"),
    "door_requests": _refers(doors="door", tickets="ticket"),
    "drafts": _refers(people="person"),
    "secrets": _secret,
    "seals": _seal,
    "store": _mark,
}
