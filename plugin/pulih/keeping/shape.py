"""Whether a document is one that its record gives, and stands under the right key."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pulih.keeping.flaw import BROKEN
from pulih.ports import Document
from pulih.store import codec, codec_paper, codec_plone
from pulih.store.codec import Codec
from pulih.store.codec_ticket import TICKET
from pulih.store.schema import TABLES
from pulih.store.seal import SEAL, seal_of
from pulih.wording import Sentence, sentence


def _counted(document: Document) -> Document:
    if type(document["value"]) is not int or document["value"] < 1:
        raise ValueError(document["value"])
    return document


def _linked(document: Document) -> Document:
    if type(document["version"]) is not int or not isinstance(document["digest"], str):
        raise TypeError(document)
    return document


CODECS: Mapping[str, Codec[Any]] = {
    "tickets": TICKET,
    "people": codec.PERSON,
    "agencies": codec.AGENCY,
    "sites": codec.SITE,
    "devices": codec.DEVICE,
    "fault_types": codec.FAULT_TYPE,
    "articles": codec.ARTICLE,
    "entries": Codec(dict, dict),
    "published": codec.PUBLISHED,
    "attachments": codec.ATTACHMENT,
    "runs": codec.RUN,
    "outages": codec.OUTAGE,
    "helped": codec.HELPED,
    "notes": codec.NOTE,
    "retracted": codec.RETRACTED,
    "wanted": codec.WANTED,
    "outgoing": codec.OUTGOING,
    "logins": codec.LOGIN,
    "papers": codec_paper.ISSUED,
    "numbers": codec_paper.NUMBERED,
    "bundles": codec_paper.BUNDLE,
    "plone_targets": codec_plone.TARGET,
    "plone_pages": codec_plone.PLACED,
    "plone_passes": codec_plone.PASS,
    "doors": codec_plone.DOOR,
    "door_requests": codec_plone.HEARD,
    "drafts": codec.DRAFT,
    "secrets": codec.SECRET,
    "settings": codec.SETTING,
    "counters": Codec(dict, _counted),
    "seals": Codec(dict, _linked),
    "store": Codec(dict, dict),
}

_EXACT = frozenset({"tickets"})  # nothing may stand beside what the record gives
SEALED = ("articles", "attachments", "papers")

# Where a record knows its own key.
_KEYS: Mapping[str, Callable[[Any], str]] = {
    "tickets": lambda ticket: ticket.number,
    "articles": lambda article: article.number,
    "published": lambda published: published.number,
    "helped": lambda helped: f"{helped.ticket}:{helped.case}",
    "retracted": lambda retracted: retracted.case,
    "outgoing": lambda outgoing: outgoing.ticket,
    "logins": lambda login: login.device,
    "plone_pages": lambda placed: f"{placed.target}/{placed.key}",
    "plone_passes": lambda state: state.target,
    "drafts": lambda draft: f"{draft.person}:{draft.path}",
    **dict.fromkeys(
        (
            "people",
            "agencies",
            "sites",
            "devices",
            "fault_types",
            "attachments",
            "runs",
            "outages",
            "notes",
            "papers",
            "numbers",
            "bundles",
            "wanted",
            "plone_targets",
            "doors",
            "door_requests",
        ),
        lambda item: item.id,
    ),
}


def read(table: str, key: str, document: Document) -> tuple[Any, list[Sentence]]:
    """Return the record, or None where there is none to be read, and what is wrong with the document."""
    kept_by = CODECS[table]
    if not _is_json(document):
        return None, [sentence("Memuat bilangan yang bukan bilangan JSON, seperti tak hingga.")]
    try:
        record = kept_by.decode(document)
        again = json.loads(json.dumps(kept_by.encode(record)))
        named = _KEYS[table](record) if table in _KEYS else key
    except BROKEN as error:
        return None, [sentence("Isinya tidak dapat dibaca ({error}).", error=repr(error))]
    wrong = []
    if named != key:
        wrong.append(
            sentence(
                "Dokumen ini berisi data {named}, padahal disimpan dengan kunci lain.", named=named
            )
        )
    if table in SEALED and document.get(SEAL) != seal_of(document):
        wrong.append(
            sentence("Isinya bukan yang dulu disimpan; segelnya tidak cocok atau tidak ada.")
        )
    if fields := _differing(table, document, again):
        wrong.append(sentence("Isinya tidak cocok satu sama lain: {fields}.", fields=fields))
    return record, wrong


def _is_json(document: Document) -> bool:
    """Tell whether an export could say it: some stores keep numbers that JSON does not have."""
    try:
        json.dumps(document, allow_nan=False)
    except ValueError:
        return False
    return True


def _differing(table: str, document: Document, again: Document) -> list[str]:
    """Return the fields that are not as the record gives them.

    A record may have gained or lost a field since; what it is found by was always there.
    """
    kept = TABLES[table]
    always = {*kept.columns, *kept.lists}
    missing = (name for name in again.keys() - document.keys() if name in always)
    both = again.keys() & document.keys() - {SEAL}
    changed = (name for name in both if again[name] != document[name])
    foreign = document.keys() - again.keys() if table in _EXACT else ()
    return sorted((*missing, *changed, *foreign))
