"""No page carries how to reach a person."""

from __future__ import annotations

import html
import re

import pytest
from editions import edition
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain import sop
from pulih.domain.agency import FAULT_TYPES, Agency, Device, DeviceKind
from pulih.domain.article import Reading, Surroundings, article_of
from pulih.domain.edition import Case
from pulih.domain.ticket import Ticket
from pulih.publish.book import Around, sheets

SAID = "Hubungi Dewi Lestari di 0812-3456-7890 atau +62 812 3456 7890."
AGENCY = Agency("dukcapil", "Dinas Dukcapil")
CONTACTS = ("Dewi Lestari", "Ibu Dewi Lestari", "DEWI LESTARI, S.E.", "Staf Umum Dewi Lestari")
PHONES = ("0812-3456-7890", "+62 812 3456 7890", "081234567890", "(0812) 34 56 78 90")
NAMED = st.sampled_from(
    [
        "Dewi Lestari",
        "dewi  lestari",
        "DEWI LESTARI",
        "Bu Dewi",
        "ibu lestari",
        "LESTARI",
        "Dewi",
        "Hj. dewi",
        "Bpk.Lestari",
        "mbak dewi lestari",
        "dewi.lestari",
        "Lestari Dewi",
    ]
)
CALLED = st.sampled_from(
    [
        "0812-3456-7890",
        "0812 34 56 78 90",
        "hp081234567890",
        "+62 (0) 812 3456-7890",
        "812-3456-7890",
        "6281234567890",
        "0812\u20113456\u20117890",
        "0812\u22123456\u22127890",
    ]
)
TOLD = st.builds("{} {}".format, NAMED, CALLED) | NAMED | CALLED


@pytest.fixture(scope="session")
def closed_saying(story):
    """Return a closed ticket whose writers put `told()` into every text they could; `facts` go before that."""

    def ticket(told, **facts):
        made = Ticket("2026-0001")
        for stage in story.way:
            texts = {
                fact.name: told()
                for fact in sop.STAGES[stage].facts
                if fact.kind in {"line", "prose"} and not fact.private and fact.limit >= len(SAID)
            } | {
                fact.name: [{column.id: told() for column in fact.choices}]
                for fact in sop.STAGES[stage].facts
                if fact.kind == "rows"
            }
            own = {f.name: facts[f.name] for f in sop.STAGES[stage].facts if f.name in facts}
            made = story.take(made, stage, **(texts | own))
        return made

    return ticket


def pages_of(ticket, around, calendar):
    """All files that carry the ticket's case: its page first, lists, feeds, and what is searched."""
    case = Case(article_of(ticket, around, calendar, []))
    made = sheets(edition([case.article]), {case.number: case.digest}, Around("", open))
    contents = [sheet.make() for sheet in made]
    return [text if isinstance(text, str) else text.decode() for text in contents]


def test_the_pages_of_a_ticket_do_not_carry_its_contacts(closed_saying, office_calendar):
    closed = closed_saying(lambda: SAID)
    around = Surroundings(AGENCY, "", None, FAULT_TYPES[2])
    pages = pages_of(closed, around, office_calendar)
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


@pytest.mark.slow
@given(data=st.data(), name=st.sampled_from(CONTACTS), phone=st.sampled_from(PHONES))
def test_no_page_front_matter_or_list_names_a_contact_however_they_are_written(
    closed_saying, office_calendar, data, name, phone
):
    def told():
        return f"Kata {data.draw(TOLD)}, putus"

    ticket = closed_saying(told, contact_name=name, contact_phone=phone)
    device = Device("x", "dukcapil", DeviceKind.SWITCH, told(), brand=told(), model=told())
    around = Surroundings(
        AGENCY,
        told(),
        data.draw(st.none() | st.just(device)),
        FAULT_TYPES[2],
        (Reading(told(), told(), told()),),
    )
    for page in pages_of(ticket, around, office_calendar):
        shown = html.unescape(page).casefold()
        assert "dewi" not in shown
        assert "lestari" not in shown
        assert "1234567890" not in re.sub(r"\D", "", shown)
