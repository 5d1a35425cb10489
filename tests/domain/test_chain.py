"""The chain of a history: nothing in it can be changed afterwards without being found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pprint import pformat

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pulih.domain.chain import flaw, link, sealed
from pulih.domain.people import Role
from pulih.domain.ticket import Entry, Ticket

TEXT = some.text(max_size=8)
VALUE = (
    TEXT
    | some.booleans()
    | some.lists(TEXT, max_size=3)
    | some.lists(some.dictionaries(TEXT, TEXT, max_size=2), max_size=2)
)
MOMENT = some.datetimes(timezones=some.just(UTC))
ENTRY = some.builds(
    Entry,
    stage=TEXT,
    to=TEXT,
    by=TEXT,
    name=TEXT,
    role=some.sampled_from(Role),
    at=MOMENT,
    on=MOMENT,
    facts=some.dictionaries(TEXT, VALUE, max_size=3),
    digest=some.just(""),
)
TICKET = some.builds(Ticket, TEXT, some.lists(ENTRY, min_size=1, max_size=5).map(tuple))


def spelled(entry):
    """What an entry says, whatever the order of its facts."""
    return pformat(replace(entry, digest=""))


@given(TICKET)
def test_a_sealed_history_has_no_flaw(ticket):
    assert flaw(sealed(ticket)) is None
    assert sealed(ticket) == ticket


@given(ticket=TICKET, data=some.data())
def test_any_change_of_any_entry_is_found_there(ticket, data):
    kept = sealed(ticket)
    place = data.draw(some.integers(0, kept.version - 1))
    entry = kept.history[place]
    name, values = data.draw(
        some.sampled_from(
            [
                ("stage", TEXT),
                ("to", TEXT),
                ("by", TEXT),
                ("name", TEXT),
                ("role", some.sampled_from(Role)),
                ("at", MOMENT),
                ("on", MOMENT),
                ("facts", some.dictionaries(TEXT, VALUE, max_size=3)),
            ]
        )
    )
    other = replace(entry, **{name: data.draw(values)})
    history = (*kept.history[:place], other, *kept.history[place + 1 :])

    changed = spelled(other) != spelled(entry)

    assert flaw(replace(kept, history=history)) == (place + 1 if changed else None)


@given(ticket=TICKET, data=some.data())
def test_any_other_order_is_found(ticket, data):
    kept = sealed(ticket)
    history = tuple(data.draw(some.permutations(kept.history)))

    assert (flaw(replace(kept, history=history)) is None) == (
        [e.digest for e in history] == [e.digest for e in kept.history]
    )


@given(ticket=TICKET, data=some.data())
def test_whatever_is_taken_out_before_the_end_is_found(ticket, data):
    kept = sealed(ticket)
    place = data.draw(some.integers(0, kept.version - 1))
    fewer = replace(kept, history=(*kept.history[:place], *kept.history[place + 1 :]))

    assert flaw(fewer) == (None if place == kept.version - 1 else place + 1)
    assert link(fewer) != link(kept)


def test_a_history_belongs_to_its_ticket(story):
    kept = sealed(story.closed)

    assert flaw(replace(kept, number="2026-0002")) == 1


def test_the_next_step_seals_only_itself(story):
    kept = sealed(story.at("disposition"))

    grown = sealed(story.take(kept, "disposition"))

    assert link(grown, 1) == link(kept)
    assert flaw(grown) is None


def test_the_next_step_does_not_make_a_changed_history_good(story):
    kept = sealed(story.at("verification"))
    touched = replace(kept.history[0], name="Orang Lain")
    changed = replace(kept, history=(touched, *kept.history[1:]))

    grown = sealed(story.take(changed, "verification"))

    assert flaw(grown) == 1


def test_a_digest_that_was_taken_away_is_not_made_anew_before_those_that_are_there(story):
    kept = sealed(story.at("appointment"))
    bare = replace(kept.history[1], digest="", name="Orang Lain")

    again = sealed(replace(kept, history=(kept.history[0], bare, kept.history[2])))

    assert again.history[1].digest == ""
    assert flaw(again) == 2


def test_a_digest_is_the_same_in_every_version_and_on_every_machine():
    """Were this to change, every history that was ever kept would look changed."""
    at = datetime(2026, 3, 2, 0, 30, 0, 250, tzinfo=UTC)
    first = Entry(
        "letter",
        "disposition",
        "dewi",
        "Dewi “Déwi” Lestari",
        Role.OPD,
        at,
        at - timedelta(minutes=5),
        {"subject": "Jaringan\nputus", "agency": "dukcapil", "list": ["b", "a"], "yes": True},
    )
    second = replace(first, stage="disposition", to="verification", facts={"rows": [{"b": "1"}]})

    kept = sealed(Ticket("2026-0001", (first, second)))

    assert [entry.digest for entry in kept.history] == [
        "74dd8b370526a1aa89cc4a880eb81fc37ed65d3093a60d7aaa0fd9b505bf8080",
        "8b50a9849eb2fde25a7e1818bdafbebfc88d4718470baf5ac7e28f9c0e557038",
    ]


def test_the_order_in_which_facts_were_told_does_not_count(story):
    kept = sealed(story.at("disposition"))
    turned = dict(reversed(kept.history[0].facts.items()))

    assert flaw(replace(kept, history=(replace(kept.history[0], facts=turned),))) is None


def test_half_a_character_can_be_sealed_too(story):
    odd = replace(story.at("disposition").history[0], name="\ud800")

    assert flaw(sealed(Ticket("2026-0001", (odd,)))) is None


def test_a_ticket_that_nothing_happened_to_has_an_empty_chain():
    assert sealed(Ticket("2026-0001")) == Ticket("2026-0001")
    assert link(Ticket("2026-0001")) == (0, "")
    assert flaw(Ticket("2026-0001")) is None


@pytest.mark.parametrize("version", [-1, 2])
def test_a_chain_never_stood_where_the_ticket_never_was(story, version):
    with pytest.raises(IndexError):
        link(story.at("disposition"), version)
