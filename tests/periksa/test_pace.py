import asyncio
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loops import finished

from periksa.pace import FRAME, SLACK, Links, Pacer

NEAR, FAR = "10.0.0.1", "10.0.9.1"
RADIO = Links(
    ways={NEAR: ("fibre",), FAR: ("fibre", "radio")}, rates={"fibre": 10_000_000, "radio": 200_000}
)


@given(st.lists(st.integers(28, 1500), min_size=2, max_size=40))
def test_a_link_never_carries_more_than_its_share(sizes):
    pacer = Pacer(Links(rates={"radio": 200_000}, share=0.5))
    moments = [pacer._reserve("radio", size) for size in sizes]

    for size, (before, after) in zip(sizes[:-1], pairwise(moments), strict=True):
        assert after - before >= size * 8 / 100_000 - 1e-6


def test_what_was_not_used_is_not_saved_up_for_a_burst():
    pacer = Pacer(Links(rates={"radio": 200_000}, share=0.5))
    first = pacer._reserve("radio", 1250)
    pacer._free["radio"] -= 3600  # an hour goes by
    second, third = pacer._reserve("radio", 1250), pacer._reserve("radio", 1250)

    assert second >= first - SLACK
    assert third - second == pytest.approx(0.1)


def test_who_waits_for_a_slow_link_holds_up_nobody_on_another():
    order = []

    async def send(pacer, address):
        await pacer.turn(address, 1500)
        order.append(address)

    async def all_at_once():
        pacer = Pacer(RADIO)
        await asyncio.gather(*(send(pacer, FAR) for _ in range(3)), send(pacer, NEAR))

    finished(all_at_once())

    assert order.index(NEAR) < 2


def test_a_packet_counts_on_each_link_there_and_back():
    async def send():
        pacer = Pacer(RADIO)
        await pacer.turn(FAR, 84)
        await pacer.turn(NEAR, 60, 1500)
        return pacer.carried

    there_and_back = 2 * (84 + FRAME)
    page = 60 + 1500 + 2 * FRAME

    assert finished(send()) == Counter(
        {"radio": there_and_back, "fibre": there_and_back + page, "*": there_and_back + page}
    )


def test_an_address_that_nobody_placed_lies_behind_the_narrowest_link_there_might_be():
    assert Links().way("192.0.2.1") == ("", "*")
    assert Links().allowance("") == 100_000


def test_the_narrowest_link_is_waited_for_first():
    assert RADIO.way(FAR) == ("radio", "fibre", "*")
