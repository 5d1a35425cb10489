"""Typed records over documents: the one place where the two are brought together."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.domain.agency import Agency, Device, FaultType, Site
from pulih.domain.article import Article
from pulih.domain.edition import Note
from pulih.domain.knowledge import Retracted, Wanted
from pulih.domain.outgoing import Outgoing
from pulih.domain.people import Person
from pulih.domain.records import Attachment, Draft, Helped, ProbeRun, Published
from pulih.ports import Document, Documents, Keep, Records, Registry, Tickets
from pulih.store import codec
from pulih.store.archive import Archive, ArchiveKeep
from pulih.store.keep import DocumentKeep
from pulih.store.registry import DocumentRegistry
from pulih.store.tickets import DocumentTickets


@dataclass(slots=True)
class DocumentRecords:
    """Implements `ports.Records` within one transaction."""

    documents: Documents
    tickets: Tickets
    people: Registry[Person]
    agencies: Registry[Agency]
    sites: Registry[Site]
    devices: Registry[Device]
    fault_types: Registry[FaultType]
    articles: Keep[Article]
    published: Keep[Published]
    attachments: Keep[Attachment]
    runs: Keep[ProbeRun]
    helped: Keep[Helped]
    notes: Keep[Note]
    retracted: Keep[Retracted]
    wanted: Keep[Wanted]
    outgoing: Keep[Outgoing]
    drafts: Keep[Draft]
    secrets: Keep[str]
    settings: Keep[Document]

    def next_number(self, series: str) -> int:
        """Return the next number of a series, in this same transaction."""
        return self.documents.next_number(series)


def records_over(documents: Documents, archive: Archive | None = None) -> Records:
    """Return the records that a transaction's documents hold.

    Args:
        archive: What the store keeps in memory between transactions.
    """
    archive = archive or Archive()
    return DocumentRecords(
        documents,
        tickets=DocumentTickets(documents),
        people=DocumentRegistry(documents, "people", codec.PERSON),
        agencies=DocumentRegistry(documents, "agencies", codec.AGENCY),
        sites=DocumentRegistry(documents, "sites", codec.SITE),
        devices=DocumentRegistry(documents, "devices", codec.DEVICE),
        fault_types=DocumentRegistry(documents, "fault_types", codec.FAULT_TYPE),
        articles=ArchiveKeep(documents, "articles", codec.ARTICLE, archive, "archive"),
        published=ArchiveKeep(
            documents, "published", codec.PUBLISHED, archive, "archive-published"
        ),
        attachments=DocumentKeep(documents, "attachments", codec.ATTACHMENT),
        runs=DocumentKeep(documents, "runs", codec.RUN),
        helped=ArchiveKeep(documents, "helped", codec.HELPED, archive, "archive-helped"),
        notes=DocumentKeep(documents, "notes", codec.NOTE),
        retracted=DocumentKeep(documents, "retracted", codec.RETRACTED),
        wanted=DocumentKeep(documents, "wanted", codec.WANTED),
        outgoing=ArchiveKeep(documents, "outgoing", codec.OUTGOING, archive, "archive-outgoing"),
        drafts=DocumentKeep(documents, "drafts", codec.DRAFT),
        secrets=DocumentKeep(documents, "secrets", codec.SECRET),
        settings=DocumentKeep(documents, "settings", codec.SETTING),
    )
