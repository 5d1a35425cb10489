"""The gate between the terminal library and a device."""

from time import monotonic

import pytest

from periksa.vantage.gate import LIMIT, SIP, Barred, Endless, Gate, Late, TwiceAsked


@pytest.fixture
def sent():
    return []


@pytest.fixture
def gate(sent):
    def make(receive=str, credentials=(), seconds=20.0):
        return Gate(sent.append, receive, {"terminal length 0"}, credentials, monotonic() + seconds)

    return make


def test_what_was_not_admitted_does_not_go_out(gate, sent):
    with pytest.raises(Barred):
        gate().write_channel("reload\n")

    assert sent == []


def test_housekeeping_and_empty_lines_may_pass_at_any_time(gate, sent):
    each = gate()
    for line in ("terminal length 0\n", "\n", "\r\n", "terminal length 0\n"):
        each.write_channel(line)

    assert len(sent) == 4


def test_only_the_last_command_admitted_may_pass(gate, sent):
    each = gate()
    each.admit("show ip arp")
    each.write_channel("show ip arp\n")
    each.admit("show ip route")
    with pytest.raises(Barred):
        each.write_channel("show ip arp\n")

    assert sent == ["show ip arp\n"]


@pytest.mark.parametrize(
    "line", ["show ip arp\nreload\n", "show ip arp;reload", "\x03", "Y\n", "enable\n"]
)
def test_an_admitted_command_carries_nothing_along(gate, sent, line):
    each = gate()
    each.admit("show ip arp")
    with pytest.raises(Barred):
        each.write_channel(line)

    assert sent == []


def test_a_password_goes_out_once(gate, sent):
    each = gate(credentials=("penjaga", "rahasia123"))
    each.write_channel("penjaga\r")
    each.write_channel("rahasia123\r")
    assert each.told
    with pytest.raises(TwiceAsked):
        each.write_channel("penjaga\r")

    assert sent == ["penjaga\r", "rahasia123\r"]


def test_no_password_goes_out_after_the_login(gate, sent):
    each = gate(credentials=("penjaga", "rahasia123"))
    each.admit("show ip arp")
    with pytest.raises(Barred):
        each.write_channel("rahasia123\r")

    assert sent == []


def test_a_device_that_prints_without_end_is_left(gate):
    each = gate(receive=lambda: "x" * 1000)
    sips = LIMIT // SIP
    for _ in range(sips):
        each.read_channel()
    with pytest.raises(Endless):
        each.read_channel()


def test_much_is_handed_over_in_sips(gate):
    assert SIP <= len(gate(receive=lambda: "x" * 1000).read_channel()) <= SIP + 1000


def test_when_the_time_is_over_nothing_more_is_read(gate):
    with pytest.raises(Late):
        gate(seconds=0).read_buffer()
