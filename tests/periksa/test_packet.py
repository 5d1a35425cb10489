from ipaddress import ip_address
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa.packet import Kind, read, read_queued, strip_ip

TARGET = ip_address("192.0.2.7")
TARGET6 = ip_address("2001:db8::7")
ECHO = pack("!BBHHH", 8, 0, 0, 77, 5)
ECHO6 = pack("!BBHHH", 128, 0, 0, 77, 5)


def header(words=5, protocol=1):
    options = bytes((words - 5) * 4)
    return bytes([0x40 | words, *[0] * 8, protocol, *[0] * 6]) + TARGET.packed + options


HEADER6 = bytes([0x60, *[0] * 5, 58, *[0] * 17]) + TARGET6.packed


@given(st.binary(max_size=200), st.sampled_from([4, 6]))
def test_any_bytes_can_be_read(data, family):
    read(strip_ip(data), family)
    read(data, family)
    read_queued(data, family, 3, 1, 0)


@given(st.sampled_from([(4, 3), (4, 11), (6, 1), (6, 3)]), st.binary(max_size=120))
def test_any_quotation_can_be_read(kind, quote):
    family, number = kind
    read(bytes([number, 0, 0, 0, 0, 0, 0, 0]) + quote, family)


def test_an_answer_brings_its_numbers_and_payload_back():
    message = read(pack("!BBHHH", 0, 0, 0, 77, 5) + b"token", 4)

    assert (message.kind, message.identifier, message.sequence) == (Kind.ECHO, 77, 5)
    assert message.payload == b"token"


@pytest.mark.parametrize("words", [5, 6, 15])
def test_an_error_tells_where_the_echo_was_going_also_past_ip_options(words):
    message = read(bytes([3, 1, *[0] * 6]) + header(words) + ECHO, 4)

    assert (message.kind, message.type, message.code) == (Kind.UNREACHABLE, 3, 1)
    assert (message.identifier, message.sequence, message.destination) == (77, 5, TARGET)


def test_an_ipv6_error_tells_the_same():
    message = read(bytes([3, 0, *[0] * 6]) + HEADER6 + ECHO6, 6)

    assert (message.kind, message.sequence, message.destination) == (Kind.EXPIRED, 5, TARGET6)


def test_a_router_that_finds_a_packet_too_big_says_how_much_fits():
    said = bytes([3, 4, 0, 0, 0, 0, *pack("!H", 1400)]) + header() + ECHO
    said6 = bytes([2, 0, 0, 0, *pack("!I", 1280)]) + HEADER6 + ECHO6

    assert read(said, 4).mtu == 1400
    assert read(said6, 6).mtu == 1280
    assert read_queued(ECHO, 4, 3, 4, 1400).mtu == 1400


def test_an_error_about_something_else_says_nothing_of_sizes():
    assert read(bytes([3, 1, 0, 0, 0, 0, *pack("!H", 1400)]) + header() + ECHO, 4).mtu == 0
    assert read_queued(ECHO, 4, 3, 1, 1400).mtu == 0


def test_an_error_about_somebody_elses_tcp_is_none_of_ours():
    assert read(bytes([3, 3, *[0] * 6]) + header(protocol=6) + ECHO, 4) is None


def test_a_redirect_is_none_of_ours():
    assert read(bytes([5, 1, *[0] * 6]) + header() + ECHO, 4) is None
