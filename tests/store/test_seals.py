"""The chain and the seals, as every store keeps them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.chain import flaw, link, sealed
from pulih.domain.records import Attachment
from pulih.domain.ticket import Ticket
from pulih.errors import Conflict, Duplicate, Unavailable
from pulih.store.codec_ticket import TICKET
from pulih.store.migrate import migrate
from pulih.store.schema import VERSION
from pulih.store.seal import SEAL
from pulih.store.seal import seal_of as seal_of_document
from pulih.store.seal import sealed as document_sealed
from pulih.store.tickets import seal_of

LITERAL = "f4c91784f22fcbaa458ae40fba9e5d1b2407fad95947cece88c238c28eee5b06"


def kept(documents, number="2026-0001"):
    """A ticket and its seal, as they stand in the documents."""
    with documents.reading() as view:
        return TICKET.decode(view.get("tickets", number)), view.get("seals", number)


def test_a_new_ticket_is_sealed(store, documents, story):
    with store.writing() as records:
        records.tickets.add(story.at("verification"))

    ticket, seal = kept(documents)
    assert flaw(ticket) is None
    assert seal == {"version": 2, "digest": ticket.history[-1].digest}


def test_each_step_goes_on_from_the_one_before(store, documents, story):
    ticket = story.at("disposition")
    with store.writing() as records:
        records.tickets.add(ticket)
    first, _ = kept(documents)
    for stage in ("disposition", "verification"):
        with store.writing() as records:
            before = records.tickets.get(ticket.number)
            records.tickets.save(story.take(before, stage), before.version)

    ticket, seal = kept(documents)
    assert link(ticket, 1) == link(first)
    assert flaw(ticket) is None
    assert seal == seal_of(link(ticket))


def test_a_step_that_comes_too_late_leaves_the_seal(store, documents, story):
    ticket = story.at("verification")
    with store.writing() as records:
        records.tickets.add(ticket)
    before = kept(documents)

    with pytest.raises(Conflict), store.writing() as records:
        records.tickets.save(story.take(ticket, "verification"), seen=1)

    assert kept(documents) == before


def test_a_letter_that_is_refused_leaves_no_seal(store, documents, letter):
    with store.writing() as records:
        records.tickets.add(letter(1, letter_number="005/1"))

    with pytest.raises(Duplicate), store.writing() as records:
        records.tickets.add(letter(2, letter_number="005/1"))

    with documents.reading() as view:
        assert [key for key, _ in view.scan("seals")] == ["2026-0001"]


def test_a_step_on_a_ticket_without_a_seal_is_refused(store, documents, story):
    ticket = story.at("disposition")
    with documents.writing() as view:
        view.insert("tickets", ticket.number, TICKET.encode(sealed(ticket)))

    with pytest.raises(Unavailable, match="2026-0001"), store.writing() as records:
        records.tickets.save(story.take(ticket, "disposition"), seen=1)

    with documents.reading() as view:
        assert view.get("tickets", ticket.number)["version"] == 1


# ---- Histories from before there was a chain ----------------------------------------------------


@pytest.fixture
def old(documents, story):
    """A store whose tickets were kept in version 1 of the schema; one of them is unreadable."""
    tickets = [story.closed, replace(story.at("report"), number="2026-0002")]
    first = replace(
        tickets[1].history[0], facts={**tickets[1].history[0].facts, "letter_number": "9"}
    )
    tickets[1] = replace(tickets[1], history=(first, *tickets[1].history[1:]))
    with documents.writing() as view:
        for ticket in tickets:
            document = TICKET.encode(ticket)
            for entry in document["history"]:
                del entry["digest"]
            view.insert("tickets", ticket.number, document)
        view.insert("tickets", "2026-0003", {"number": "2026-0003", "history": [{}]})
    return tickets


def test_the_histories_of_an_older_store_are_chained_as_they_stand(documents, old):
    with documents.writing() as view:
        migrate(view, 1)

    for before in old:
        ticket, seal = kept(documents, before.number)
        assert ticket == before
        assert ticket.history == sealed(before).history
        assert [e.digest for e in ticket.history] == [e.digest for e in sealed(before).history]
        assert seal == seal_of(link(ticket))


def test_nothing_else_of_an_older_ticket_is_touched(documents, old):
    with documents.reading() as view:
        before = dict(view.scan("tickets"))

    with documents.writing() as view:
        migrate(view, 1)

    with documents.reading() as view:
        for number, document in view.scan("tickets"):
            assert {**document, "history": 0} == {**before[number], "history": 0}


def test_articles_and_attachments_of_an_older_store_are_sealed_as_they_stand(documents, old):
    kept = {"articles": {"number": "2026-0001", "title": "Siak"}, "attachments": {"id": "a"}}
    with documents.writing() as view:
        for table, document in kept.items():
            view.insert(table, "x", document)
        migrate(view, 1)

    with documents.reading() as view:
        for table, document in kept.items():
            assert view.get(table, "x") == {**document, SEAL: seal_of_document(document)}


def test_an_unreadable_ticket_does_not_keep_a_store_from_being_brought_up(documents, old, store):
    with documents.writing() as view:
        migrate(view, 1)

    with documents.reading() as view:
        assert [key for key, _ in view.scan("seals")] == ["2026-0001", "2026-0002"]
        assert view.get("tickets", "2026-0003")["history"] == [{}]


def test_a_store_of_today_is_not_brought_up_again(documents, old):
    with documents.writing() as view:
        migrate(view, VERSION)
        assert view.count("seals") == 0


def test_what_was_chained_afterwards_goes_on(documents, old, store, story):
    with documents.writing() as view:
        migrate(view, 1)
    ticket: Ticket = old[1]

    with store.writing() as records:
        before = records.tickets.get(ticket.number)
        records.tickets.save(story.take(before, "report"), before.version)

    assert flaw(kept(documents, ticket.number)[0]) is None


# ---- Documents that are written once ------------------------------------------------------------


def test_what_an_article_and_an_attachment_say_is_sealed_however_they_are_kept(
    store, documents, clock
):
    kept = Attachment(
        "a" * 32, "2026-0001", "foto 📷.jpg", "image/jpeg", 7, "0" * 64, "rina", clock()
    )
    with store.writing() as records:
        records.attachments.put(kept.id, kept)
    with store.writing() as records:
        records.attachments.put(kept.id, replace(kept, used=True))

    with documents.reading() as view:
        document = view.get("attachments", kept.id)
    assert document[SEAL] == seal_of_document(document)
    assert document["used"]


def test_a_seal_is_the_same_in_every_version_of_pulih():
    document = {"number": "2026-0001", "title": "Siak “☕” 𝒟", "hours": 7.5, "related": ("a", "b")}

    assert seal_of_document(document) == LITERAL
    assert seal_of_document(document_sealed(document)) == LITERAL
    assert seal_of_document({**document, "title": "Siak"}) != LITERAL
