"""Each impairment of a cable does what it says: worked out frame by frame, and on a real cable."""

import json
import random
import socket
import subprocess
from collections import Counter
from contextlib import contextmanager
from itertools import pairwise
from time import monotonic, sleep

import pytest
from lab.namespaces import inside
from lab.readings import between, counters
from lab.wires import ETHERNET, FINE, Impairment, Way

LINK, HERE, THERE = "core--opd1", ("core", "10.20.101.1"), ("opd1", "10.20.101.2")
DEAD = Impairment(dead=True)
SO_RCVBUFFORCE = 33  # what was sent is read later, all of it
PATIENCE = 20  # seconds for what must come


def way(**what):
    return Way(None, Impairment(**what), random.Random(1))


def frame(length=100):
    return bytes(ETHERNET) + bytes(length)


def test_a_whole_cable_hands_each_frame_over_at_once():
    assert way().carry(frame(), 5.0) == [(5.0, frame())]


def test_a_dead_cable_hands_nothing_over():
    assert way(dead=True).carry(frame(), 5.0) == []


def test_loss_takes_its_share_of_frames():
    lossy = way(loss=0.2)
    lost = sum(not lossy.carry(frame(), 0.0) for _ in range(10_000))

    assert 1_850 < lost < 2_150


def test_a_small_mtu_swallows_longer_packets_only():
    narrow = way(mtu=1400)

    assert narrow.carry(frame(1400), 0.0)
    assert not narrow.carry(frame(1401), 0.0)


def test_a_bit_error_turns_one_bit_over_and_spares_the_ethernet_header():
    ((_, changed),) = way(corrupt=1.0).carry(frame(), 0.0)
    turned = [one for one, other in zip(changed, frame(), strict=True) if one != other]

    assert [byte.bit_count() for byte in turned] == [1]
    assert changed[:ETHERNET] == frame()[:ETHERNET]


def test_a_duplicate_comes_with_its_original():
    assert way(duplicate=1.0).carry(frame(), 5.0) == [(5.0, frame())] * 2


def test_delay_holds_a_frame_back_and_jitter_a_little_more():
    slow = way(delay_s=0.1, jitter_s=0.05)
    due = [slow.carry(frame(), now / 10)[0][0] - now / 10 for now in range(200)]

    assert min(due) >= 0.1
    assert max(due) <= 0.15 + 1e-9
    assert max(due) - min(due) > 0.04


def test_two_troubles_of_one_cable_are_both_there_and_their_delays_add_up():
    both = Impairment(loss=0.2, delay_s=0.27).joined(Impairment(mtu=1400, delay_s=0.15))

    assert (both.loss, both.mtu, both.delay_s) == (0.2, 1400, pytest.approx(0.42))
    assert FINE.joined(FINE) == FINE


def test_jitter_keeps_frames_in_order():
    slow = way(delay_s=0.1, jitter_s=0.05)
    due = [slow.carry(frame(), now / 1000)[0][0] for now in range(200)]

    assert all(one <= other for one, other in pairwise(due))


def test_a_rate_spaces_frames_and_a_full_queue_throws_them_away():
    narrow = way(kbit=1000, queue_s=0.1)
    size = 1250 - ETHERNET  # 10 ms each
    due = [out[0][0] for out in (narrow.carry(frame(size), 0.0) for _ in range(50)) if out]

    assert due == pytest.approx([0.01 * number for number in range(1, 12)])


@contextmanager
def ears(node, address):
    with inside(node), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 22)
        receiver.bind((address, 0))
        receiver.settimeout(PATIENCE)
        yield receiver


def shout(lab, source, receiver, count, size=100):
    """Send numbered datagrams from a node."""
    with (
        inside(lab.prefix + source[0]),
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
    ):
        for number in range(count):
            sender.sendto(number.to_bytes(4, "big").ljust(size, b"x"), receiver.getsockname())


def arrived(lab, source, target, count=200, size=100):
    """How often each of so many datagrams comes; a last one, over a whole cable, ends the count."""
    with ears(lab.prefix + target[0], target[1]) as receiver:
        shout(lab, source, receiver, count, size)
        sleep(0.5)
        lab.disorder.wires.impair({})
        with inside(lab.prefix + source[0]), socket.socket(type=socket.SOCK_DGRAM) as sender:
            sender.sendto(b"end", receiver.getsockname())
        heard = Counter()
        while (data := receiver.recv(2048)) != b"end":
            assert set(data[4:]) == {ord("x")}
            heard[int.from_bytes(data[:4], "big")] += 1
    return heard


@pytest.mark.lab
@pytest.mark.slow
class TestOnARealCable:
    @pytest.fixture
    def impair(self, lab):
        def make(there=FINE, back=FINE):
            # First the ends get to know each other: datagrams are counted here, not ARP.
            arrived(lab, HERE, THERE, 1)
            arrived(lab, THERE, HERE, 1)
            lab.disorder.wires.impair({LINK: (there, back)})

        return make

    def test_whole_it_carries_everything_once(self, lab, impair):
        impair()

        assert arrived(lab, HERE, THERE) == dict.fromkeys(range(200), 1)

    def test_dead_one_way_it_still_carries_the_other(self, lab, impair):
        impair(there=DEAD)
        assert not arrived(lab, HERE, THERE)
        impair(there=DEAD)
        assert len(arrived(lab, THERE, HERE)) == 200

    def test_lossy_it_carries_some(self, lab, impair):
        impair(there=Impairment(loss=0.5))

        assert 50 < len(arrived(lab, HERE, THERE)) < 150

    def test_with_a_hole_for_large_packets_it_carries_the_small_ones(self, lab, impair):
        hole = Impairment(mtu=1400)
        impair(there=hole)
        assert not arrived(lab, HERE, THERE, size=1472)
        impair(there=hole)
        assert len(arrived(lab, HERE, THERE, size=1372)) == 200

    def test_frames_with_bit_errors_are_not_believed_at_the_far_end(self, lab, impair):
        impair(there=Impairment(corrupt=0.5))

        assert 50 < len(arrived(lab, HERE, THERE)) < 150

    def test_duplicates_arrive(self, lab, impair):
        impair(there=Impairment(duplicate=1.0))

        assert set(arrived(lab, HERE, THERE).values()) == {2}

    def test_a_full_queue_drops_what_comes_too_fast(self, lab, impair):
        impair(there=Impairment(kbit=1000, queue_s=0.05))

        assert 0 < len(arrived(lab, HERE, THERE, size=1000)) < 100

    def test_a_delayed_frame_is_still_the_frame(self, lab, impair):
        impair(there=Impairment(delay_s=0.1))

        assert len(arrived(lab, HERE, THERE)) == 200

    def test_flapping_it_loses_its_light_again_and_again(self, lab):
        lab.become("bb1_flap")
        with inside(lab.prefix + HERE[0]):
            first, end = counters(), monotonic() + PATIENCE
            while between(first, counters(), "w1")["carrier_changes"] < 3 and monotonic() < end:
                sleep(0.2)
            changes = between(first, counters(), "w1")["carrier_changes"]
        lab.become()

        assert changes >= 3
        assert "LOWER_UP" in light(lab)

    def test_a_loop_in_a_switch_floods_its_lan_and_ends_with_the_fault(self, lab):
        quiet = broadcasts(lab)
        lab.become("storm1")
        stormy = broadcasts(lab)
        lab.become()
        sleep(1)

        assert quiet["rx_pps"] < 100 < stormy["rx_pps"]
        assert broadcasts(lab)["rx_pps"] < 100


def light(lab):
    with inside(lab.prefix + HERE[0]):
        done = subprocess.run(
            ["ip", "-j", "link", "show", "w1"], capture_output=True, text=True, check=True
        )
    return json.loads(done.stdout)[0]["flags"]


def broadcasts(lab):
    with inside(lab.prefix + "pc1b"):
        first = counters()
        sleep(1.5)
        return between(first, counters(), "eth0")
