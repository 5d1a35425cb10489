"""What each version of the schema did to the documents of the version before. A step is never changed afterwards."""

from __future__ import annotations

from pulih.domain.chain import link, sealed
from pulih.ports import Documents
from pulih.store.codec_ticket import TICKET
from pulih.store.seal import sealed as with_seal
from pulih.store.tickets import seal_of


def seal_all(documents: Documents) -> None:
    """Chain the entries of every ticket, as they stand, and seal them; seal articles and attachments (version 2).

    A ticket that cannot be read is left as it is, without a seal: nobody can go on with it, and `pulih verify` names
    it. It is no reason to keep the office from its other tickets.
    """
    for number, document in documents.scan("tickets"):
        try:
            ticket = sealed(TICKET.decode(document))
            history = TICKET.encode(ticket)["history"]
        except (AttributeError, LookupError, TypeError, ValueError):
            continue
        documents.update("tickets", number, {**document, "history": history})
        documents.insert("seals", number, seal_of(link(ticket)))
    for table in ("articles", "attachments"):
        for key, document in documents.scan(table):
            documents.update(table, key, with_seal(document))


def add_tables(_documents: Documents) -> None:
    """Leave the documents as they are (version 3): `notes`, `retracted`, `wanted` and `outgoing` begin empty.

    The version says that they are there, so that an older Pulih, which would lose them, does not open the store.
    """


def add_papers(_documents: Documents) -> None:
    """Leave the documents as they are (version 5): `papers`, `numbers` and `bundles` begin empty.

    The version says that they are there, so that an older Pulih, which would lose them, does not open the store.
    """


def add_entries(_documents: Documents) -> None:
    """Leave the documents as they are (version 4): `entries` begins empty, and is made from the cases at leisure."""


def add_logins(_documents: Documents) -> None:
    """Leave the documents as they are (version 5): `logins` begins empty.

    Runs and devices have fields that an older Pulih would drop; the version keeps it from opening the store.
    """


def add_plone(_documents: Documents) -> None:
    """Leave the documents as they are (version 7): the tables of Plone sites and of doors begin empty.

    The version says that they are there, so that an older Pulih, which would lose them, does not open the store.
    """
