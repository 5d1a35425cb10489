"""No page carries how to reach a person."""

from __future__ import annotations

import pytest

from pulih.domain import sop
from pulih.domain.agency import FAULT_TYPES, Agency
from pulih.domain.article import Surroundings, article_of
from pulih.domain.records import Names
from pulih.domain.ticket import Ticket
from pulih.publish.indexes import index_pages
from pulih.publish.page import case_page

SAID = "Hubungi Dewi Lestari di 0812-3456-7890 atau +62 812 3456 7890."


@pytest.fixture
def closed(story) -> Ticket:
    """A ticket whose writers put the contact into every text they could."""
    ticket = Ticket("2026-0001")
    for stage in story.way:
        told = {
            fact.name: SAID
            for fact in sop.STAGES[stage].facts
            if fact.kind in {"line", "prose"} and not fact.private and fact.limit >= len(SAID)
        }
        ticket = story.take(ticket, stage, **told)
    return ticket


def test_the_pages_of_a_ticket_do_not_carry_its_contacts(closed, office_calendar):
    around = Surroundings(Agency("dukcapil", "Dinas Dukcapil"), "", None, FAULT_TYPES[2])
    article = article_of(closed, around, office_calendar, [])
    pages = [case_page(article), *index_pages([article], Names()).values()]
    private = {
        value
        for entry in closed.history
        for fact in sop.STAGES[entry.stage].facts
        if fact.private and isinstance(value := entry.facts.get(fact.name), str)
    }

    assert private >= {"Dewi Lestari", "0812-3456-7890"}
    for page in pages:
        assert not [value for value in private if value.casefold() in page.casefold()]
        assert "7890" not in page
    assert "kontak disamarkan" in pages[0]
