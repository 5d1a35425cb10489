"""Tickets in every store: kept whole, refused twice, found by what the desks ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.records import TicketFilter
from pulih.domain.ticket import Ticket
from pulih.errors import Conflict, Duplicate, NotFound


def add(store, *tickets):
    with store.writing() as records:
        for ticket in tickets:
            records.tickets.add(ticket)


def listed(store, page=1, size=25, **wanted):
    with store.reading() as records:
        return records.tickets.list(TicketFilter(**wanted), page=page, size=size)


def numbers(store, **wanted):
    return [ticket.number for ticket in listed(store, **wanted).items]


# ---- Keeping ----------------------------------------------------------------------------------


def test_a_ticket_comes_back_with_its_whole_history(store, story):
    add(store, story.closed)

    with store.reading() as records:
        assert records.tickets.get("2026-0001") == story.closed


def test_an_unknown_number_is_refused_by_name(store):
    with store.reading() as records, pytest.raises(NotFound, match="2026-0009"):
        records.tickets.get("2026-0009")


def test_a_ticket_that_has_grown_is_kept_over_the_version_that_was_seen(store, story):
    ticket = story.at("disposition")
    add(store, ticket)

    with store.writing() as records:
        records.tickets.save(story.take(ticket, "disposition"), seen=1)

    with store.reading() as records:
        assert records.tickets.get(ticket.number).version == 2


def test_whoever_saw_an_older_version_is_refused_and_told_which_stands(store, story):
    grown = story.at("appointment")
    add(store, grown)

    with store.writing() as records, pytest.raises(Conflict) as caught:
        records.tickets.save(story.take(grown, "appointment"), seen=2)

    assert caught.value.now == 3
    assert "2026-0001" in str(caught.value)
    with store.reading() as records:
        assert records.tickets.get(grown.number) == grown


def test_a_ticket_that_was_never_added_cannot_be_saved(store, letter):
    with store.writing() as records, pytest.raises(NotFound):
        records.tickets.save(letter(1), seen=0)


# ---- Once only --------------------------------------------------------------------------------


@pytest.mark.parametrize("again", ["005/1/SK", " 005/1/sk", "005/1/SK "])
def test_an_agency_cannot_send_the_same_letter_twice(store, letter, again):
    add(store, letter(1, letter_number="005/1/SK"))

    with store.writing() as records, pytest.raises(Duplicate) as caught:
        records.tickets.add(letter(2, letter_number=again))

    assert caught.value.field == "letter_number"
    assert "2026-0001" in str(caught.value)
    assert numbers(store) == ["2026-0001"]


def test_two_agencies_may_number_their_letters_alike(store, letter):
    add(store, letter(1, letter_number="005/1"), letter(2, letter_number="005/1", agency="dikbud"))

    assert listed(store).total == 2


def test_an_agenda_number_stands_only_once_among_all_agencies(store, letter):
    add(store, letter(1, agenda_number="017/2026"))

    with store.writing() as records, pytest.raises(Duplicate) as caught:
        records.tickets.add(letter(2, agency="dikbud", agenda_number="017/2026"))

    assert caught.value.field == "agenda_number"
    assert "017/2026" in str(caught.value)
    assert "2026-0001" in str(caught.value)


def test_letters_without_an_agenda_number_do_not_collide(store, letter):
    add(store, letter(1), letter(2))

    assert listed(store).total == 2


def test_a_number_of_a_ticket_stands_only_once(store, letter):
    add(store, letter(1))

    with store.writing() as records, pytest.raises(Duplicate) as caught:
        records.tickets.add(replace(letter(2), number="2026-0001"))

    assert caught.value.field == ""


def test_a_letter_that_returns_is_known_by_its_newest_number(store, story):
    ticket = story.returned
    add(store, ticket)
    again = story.take(ticket, "letter", letter_number="005/115/DUKCAPIL/2026")
    other = story.take(Ticket("2026-0002"), "letter")

    with store.writing() as records:
        records.tickets.save(again, seen=ticket.version)
        records.tickets.add(other)

    assert numbers(store, words="005/115") == ["2026-0001"]
    assert numbers(store, words="005/114") == ["2026-0002"]


def test_a_letter_cannot_return_under_the_number_of_another(store, story, letter):
    ticket = story.returned
    add(store, ticket, letter(2))
    again = story.take(ticket, "letter", letter_number="005/2")

    with store.writing() as records, pytest.raises(Duplicate) as caught:
        records.tickets.save(again, seen=ticket.version)

    assert caught.value.field == "letter_number"


# ---- Lists ------------------------------------------------------------------------------------


@pytest.fixture
def many(store, story, letter):
    """Tickets in five states, of two agencies and two years."""
    renumbered = {
        "2026-0011": story.at("disposition"),
        "2026-0012": story.at("examination"),
        "2026-0013": story.returned,
        "2026-0014": story.closed,
        "2026-0015": story.withdrawn,
    }
    kept = [replace(ticket, number=number) for number, ticket in renumbered.items()]
    for n, ticket in enumerate(kept):
        first = replace(
            ticket.history[0], facts={**ticket.history[0].facts, "letter_number": f"{n}"}
        )
        kept[n] = replace(ticket, history=(first, *ticket.history[1:]))
    old = replace(letter(16, agency="dikbud", subject="Wi-Fi aula lambat"), number="2025-0016")
    add(store, *kept, old)
    return store


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [11, 12, 13, 14, 15, 16]),
        ({"agency": "dikbud"}, [16]),
        ({"states": ("open",)}, [11, 12, 16]),
        ({"states": ("open", "returned")}, [11, 12, 13, 16]),
        ({"states": ("closed",)}, [14]),
        ({"step": 1}, [13]),
        ({"step": 2}, [11, 16]),
        ({"stages": ("examination", "letter")}, [12, 13]),
        ({"member": "bayu"}, [12, 14]),
        ({"member": "joko"}, []),
        ({"member": "bayu", "states": ("open", "returned")}, [12]),
        ({"person": "bayu"}, [12, 14]),  # is appointed
        ({"person": "irawan"}, [12, 13, 14]),  # has disposed
        ({"person": "rina", "states": ("open", "returned")}, [12, 16]),  # has registered 16
        ({"person": "joko"}, []),
        ({"year": "2025"}, [16]),
        ({"words": "WI-FI"}, [16]),
        ({"words": "lambat aula"}, [16]),
        ({"words": "aula cepat"}, []),
        ({"words": "2026-0012"}, [12]),
        ({"words": "dukcapil", "states": ("withdrawn",)}, [15]),
        ({"words": "%_"}, []),
    ],
)
def test_a_filter_keeps_exactly_what_it_says(many, wanted, expected):
    page = listed(many, **wanted)

    assert sorted(int(ticket.number[-4:]) for ticket in page.items) == expected
    assert page.total == len(expected)


def test_the_newest_letter_comes_first_and_pages_follow(store, letter):
    add(store, *(letter(n) for n in range(1, 8)))

    pages = [listed(store, page, size=3) for page in (1, 2, 3, 4)]

    assert [[t.number[-1] for t in page.items] for page in pages] == [
        ["7", "6", "5"],
        ["4", "3", "2"],
        ["1"],
        [],
    ]
    assert {(page.total, page.size, page.pages) for page in pages} == {(7, 3, 3)}
    assert [page.number for page in pages] == [1, 2, 3, 4]


@pytest.mark.parametrize("page", [0, -5])
def test_a_page_before_the_first_is_the_first(store, letter, page):
    add(store, letter(1))

    assert len(listed(store, page).items) == 1


def test_counts_tell_how_many_wait_at_each_step(many):
    with many.reading() as records:
        counts = records.tickets.counts(TicketFilter())

    assert list(counts) == list(range(1, 15))
    assert {step: count for step, count in counts.items() if count} == {1: 1, 2: 2, 5: 1}


def test_counts_are_of_the_wanted_tickets_only(many):
    with many.reading() as records:
        assert sum(records.tickets.counts(TicketFilter(agency="dikbud")).values()) == 1
        assert sum(records.tickets.counts(TicketFilter(words="wi-fi")).values()) == 1
        assert sum(records.tickets.counts(TicketFilter(step=5)).values()) == 1
        assert sum(records.tickets.counts(TicketFilter(states=("closed",))).values()) == 0


def test_versions_of_the_wanted_tickets_are_told_without_reading_them(store, story, letter):
    add(store, story.closed, letter(2, letter_number="005/2"))

    with store.reading() as records:
        versions = records.tickets.versions
        assert versions(TicketFilter()) == {"2026-0001": story.closed.version, "2026-0002": 1}
        assert versions(TicketFilter(states=("open", "returned"))) == {"2026-0002": 1}
        assert versions(TicketFilter(agency="tidak-ada")) == {}
