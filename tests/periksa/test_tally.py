from collections import Counter
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa.findings import State
from periksa.icmp import Reply, Sent
from periksa.packet import Kind
from periksa.reading import ping_says
from periksa.tally import Tally, errors_in, figures

ROUTER = ip_address("192.0.2.1")
OTHER = ip_address("192.0.2.2")

milliseconds = st.floats(0, 9999)
rtts = st.lists(st.one_of(st.none(), milliseconds), max_size=30)
errors = st.dictionaries(
    st.tuples(st.ip_addresses().map(str), st.integers(0, 255), st.integers(0, 255)),
    st.integers(1, 9),
).map(Counter)


def sent(sequence):
    return Sent(ROUTER, sequence, 0.0, 0.0)


def reply(sequence, source=ROUTER, kind=Kind.ECHO, numbers=(0, 0), ms=1.5):
    return Reply(sent(sequence), source, kind, *numbers, ms=ms, stamped=True)


@pytest.fixture
def tally():
    """Five echoes have left: a warm-up and four that count."""
    tally = Tally(ROUTER)
    for sequence in range(5):
        tally.sent(sent(sequence))
    return tally


def test_a_warm_up_lost_to_arp_is_no_loss(tally):
    for sequence in range(1, 5):
        tally.heard(reply(sequence))

    assert tally.figures(cut_short=False)["loss"] == 0
    assert tally.figures(cut_short=False)["first_ms"] is None


def test_a_slow_warm_up_does_not_make_the_link_slow(tally):
    tally.heard(reply(0, ms=900.0))
    for sequence in range(1, 5):
        tally.heard(reply(sequence, ms=2.0))

    assert tally.figures(cut_short=False)["max_ms"] == 2.0
    assert tally.figures(cut_short=False)["first_ms"] == 900.0


def test_an_answer_in_anothers_name_is_no_answer(tally):
    tally.heard(reply(1, source=OTHER))
    counted = tally.figures(cut_short=False)

    assert (counted["received"], counted["strangers"]) == (0, [str(OTHER)])
    assert ping_says("router", counted, 3)[0] is State.DOWN


def test_a_second_answer_is_a_duplicate_and_no_second_arrival(tally):
    tally.heard(reply(1))
    tally.heard(reply(1))
    counted = tally.figures(cut_short=False)

    assert (counted["received"], counted["duplicates"]) == (1, 1)


def test_an_error_keeps_who_said_what_and_how_often(tally):
    for sequence in (1, 2):
        tally.heard(reply(sequence, source=OTHER, kind=Kind.UNREACHABLE, numbers=(3, 1)))
    counted = tally.figures(cut_short=False)

    assert errors_in(counted) == {(str(OTHER), 3, 1): 2}
    assert "192.0.2.2 menyatakan perangkat tidak terjangkau" in ping_says("router", counted, 3)[1]


def test_what_only_a_second_look_was_answered_counts_by_that_look_alone(tally):
    tally.begin_again()
    for sequence in range(5, 9):
        tally.sent(sent(sequence))
        tally.heard(reply(sequence))
    counted = tally.figures(cut_short=False)

    assert (counted["sent"], counted["received"], counted["loss"]) == (3, 3, 0)
    assert tally.late == 5


def test_answers_that_were_only_slow_count_where_the_second_look_had_none(tally):
    tally.begin_again()
    tally.sent(sent(5))
    for sequence in range(5):
        tally.heard(reply(sequence, ms=3000.0))
    counted = tally.figures(cut_short=False)

    assert (counted["sent"], counted["received"]) == (5, 4)
    assert not tally.silent
    assert tally.late == 0


def test_answers_in_one_lump_were_waiting_for_a_router_to_find_the_way():
    lumped, steady = Tally(ROUTER), Tally(ROUTER)
    for sequence in range(5):
        left = Sent(ROUTER, sequence, 0.0, ticks=sequence * 0.04)
        for one, ms in ((lumped, 1000.0 - sequence * 40), (steady, 1000.0 + sequence)):
            one.sent(left)
            one.heard(Reply(left, ROUTER, Kind.ECHO, 0, 0, ms=ms, stamped=True))

    assert lumped.queued
    assert not steady.queued


def test_echoes_that_had_no_time_to_be_answered_are_not_lost(tally):
    for sequence in range(3):
        tally.heard(reply(sequence))

    assert tally.figures(cut_short=True)["loss"] == 0
    assert tally.figures(cut_short=False)["loss"] == 0.5


def test_a_second_look_without_time_takes_nothing_from_what_the_first_found(tally):
    first = len(tally.rtts)
    tally.begin_again()
    tally.sent(sent(5))
    counted = tally.figures(cut_short=True)

    assert tally.silent
    assert (counted["sent"], counted["received"]) == (first - 1, 0), "all but the warm-up"


@given(st.one_of(st.none(), milliseconds), rtts, errors)
def test_figures_agree_with_each_other(first, times, said):
    counted = figures(first, times, said)
    came = [time for time in times if time is not None]

    assert counted["sent"] == len(times)
    assert counted["received"] == len(came)
    assert errors_in(counted) == said
    if came:
        assert counted["min_ms"] <= counted["median_ms"] + 0.001
        assert counted["median_ms"] <= counted["p90_ms"] + 0.001
        assert counted["p90_ms"] <= counted["max_ms"]
        assert counted["min_ms"] - 0.001 <= counted["avg_ms"] <= counted["max_ms"] + 0.001


@given(st.one_of(st.none(), milliseconds), rtts, errors)
def test_a_host_is_silent_only_when_nothing_came_at_all(first, times, said):
    state, sentence = ping_says("router", figures(first, times, said), 4.0)
    answered = [time for time in (first, *times) if time is not None]

    assert (state is State.DOWN) == (not answered)
    assert sentence.startswith("router ")
    assert sentence.endswith(".")


def test_p90_is_the_ninth_of_ten():
    assert figures(None, [float(ms) for ms in range(1, 11)], Counter())["p90_ms"] == 9
