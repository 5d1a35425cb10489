"""What was said a moment ago is not asked again, nor a desk that did not answer."""

from __future__ import annotations

import pytest

from pulih_plone.desk.errors import Away, Refused, Why
from pulih_plone.desk.holding import FRESH, NO, REST, Holding


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def holding(clock):
    return Holding(clock)


def never():
    raise AssertionError("it was asked")


def away():
    raise Away(Why.SLOW)


def test_an_answer_is_held_for_a_minute(holding, clock):
    assert holding.get("a", lambda: 1) == 1
    clock.now = FRESH - 1
    assert holding.get("a", never) == 1
    clock.now = FRESH
    assert holding.get("a", lambda: 2) == 2


def test_each_question_has_its_own_answer(holding):
    holding.get("a", lambda: 1)

    assert holding.get("b", lambda: 2) == 2


def test_a_no_is_held_for_less(holding, clock):
    def refuse():
        raise Refused(404, "Tidak ada.")

    with pytest.raises(Refused):
        holding.get("a", refuse)
    clock.now = NO - 1
    with pytest.raises(Refused, match="Tidak ada"):
        holding.get("a", never)
    clock.now = NO
    assert holding.get("a", lambda: 1) == 1


def test_a_desk_that_did_not_answer_is_left_alone_for_a_while(holding, clock):
    with pytest.raises(Away):
        holding.get("a", away)
    clock.now = REST - 1

    with pytest.raises(Away) as caught:
        holding.get("b", never)
    assert caught.value.why is Why.RESTING


def test_what_is_held_is_shown_while_the_desk_rests(holding):
    holding.get("a", lambda: 1)
    with pytest.raises(Away):
        holding.get("b", away)

    assert holding.get("a", never) == 1


def test_after_its_rest_one_tries_and_the_others_go_on_without(holding, clock):
    with pytest.raises(Away):
        holding.get("a", away)
    clock.now = REST

    def try_it():
        with pytest.raises(Away) as caught:
            holding.get("b", never)
        assert caught.value.why is Why.RESTING
        return 1

    assert holding.get("a", try_it) == 1
    assert holding.get("b", lambda: 2) == 2


def test_that_we_were_busy_is_not_held_against_the_desk(holding):
    def busy():
        raise Away(Why.BUSY)

    with pytest.raises(Away):
        holding.get("a", busy)

    assert holding.get("a", lambda: 1) == 1


def test_who_asked_past_it_and_was_answered_ends_the_rest(holding):
    with pytest.raises(Away):
        holding.get("a", away)
    holding.answered()

    assert holding.get("a", lambda: 1) == 1


def test_visitors_cannot_fill_the_memory(holding):
    for number in range(2000):
        holding.get(str(number), lambda: 1)

    assert len(holding._held) < 300


def test_what_is_forgotten_is_asked_again(holding):
    holding.get("a", lambda: 1)
    holding.forget()

    assert holding.get("a", lambda: 2) == 2
