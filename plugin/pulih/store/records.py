"""Typed records over documents: the one place where the two are brought together."""

from __future__ import annotations

from pulih.ports import Documents, Records
from pulih.store import codec, codec_paper, codec_plone
from pulih.store.archive import Archive, ArchiveKeep
from pulih.store.entries import ArticleKeep, DocumentEntries
from pulih.store.keep import DocumentKeep
from pulih.store.registry import DocumentRegistry
from pulih.store.tickets import DocumentTickets


def records_over(documents: Documents, archive: Archive | None = None) -> Records:
    """Return the records that a transaction's documents hold.

    Args:
        archive: What the store keeps in memory between transactions.
    """
    archive = archive or Archive()
    return Records(
        tickets=DocumentTickets(documents),
        people=DocumentRegistry(documents, "people", codec.PERSON),
        agencies=DocumentRegistry(documents, "agencies", codec.AGENCY),
        sites=DocumentRegistry(documents, "sites", codec.SITE),
        devices=DocumentRegistry(documents, "devices", codec.DEVICE),
        fault_types=DocumentRegistry(documents, "fault_types", codec.FAULT_TYPE),
        articles=ArticleKeep(documents, "articles", codec.ARTICLE, archive, "archive"),
        entries=DocumentEntries(documents),
        published=ArchiveKeep(
            documents, "published", codec.PUBLISHED, archive, "archive-published"
        ),
        attachments=DocumentKeep(documents, "attachments", codec.ATTACHMENT),
        runs=DocumentKeep(documents, "runs", codec.RUN),
        outages=DocumentKeep(documents, "outages", codec.OUTAGE),
        helped=ArchiveKeep(documents, "helped", codec.HELPED, archive, "archive-helped"),
        notes=DocumentKeep(documents, "notes", codec.NOTE),
        retracted=DocumentKeep(documents, "retracted", codec.RETRACTED),
        wanted=DocumentKeep(documents, "wanted", codec.WANTED),
        outgoing=ArchiveKeep(documents, "outgoing", codec.OUTGOING, archive, "archive-outgoing"),
        logins=DocumentKeep(documents, "logins", codec.LOGIN),
        papers=DocumentKeep(documents, "papers", codec_paper.ISSUED),
        numbers=DocumentKeep(documents, "numbers", codec_paper.NUMBERED),
        bundles=DocumentKeep(documents, "bundles", codec_paper.BUNDLE),
        plone_targets=DocumentKeep(documents, "plone_targets", codec_plone.TARGET),
        plone_pages=DocumentKeep(documents, "plone_pages", codec_plone.PLACED),
        plone_passes=DocumentKeep(documents, "plone_passes", codec_plone.PASS),
        doors=DocumentKeep(documents, "doors", codec_plone.DOOR),
        door_requests=DocumentKeep(documents, "door_requests", codec_plone.HEARD),
        drafts=DocumentKeep(documents, "drafts", codec.DRAFT),
        secrets=DocumentKeep(documents, "secrets", codec.SECRET),
        settings=DocumentKeep(documents, "settings", codec.SETTING),
        next_number=documents.next_number,
        last_number=lambda series: _last(documents, series),
    )


def _last(documents: Documents, series: str) -> int:
    """Return the number of a series that was given out last; 0 where none was."""
    last = documents.get("counters", series)
    return int(last["value"]) if last else 0
