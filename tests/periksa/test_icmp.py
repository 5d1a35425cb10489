from ipaddress import ip_address
from types import SimpleNamespace

import pytest
from loops import finished

from periksa.icmp import Line, Sent
from periksa.packet import Kind, Message

ROUTER, OTHER = ip_address("192.0.2.1"), ip_address("192.0.2.2")
RAW = SimpleNamespace(version=4, raw=True)


@pytest.fixture
def line():
    async def open_one():
        return Line()

    return finished(open_one())


def echo(line, number, **others):
    payload = line._mark(number) + b"filling"
    return Message(
        **{
            "kind": Kind.ECHO,
            "type": 0,
            "code": 0,
            "identifier": line._identifier,
            "sequence": number & 0xFFFF,
            "payload": payload,
            **others,
        }
    )


def error(line, number, **others):
    said = {"kind": Kind.UNREACHABLE, "type": 3, "code": 1, "destination": ROUTER}
    return echo(line, number, **{**said, **others})


def sent(number):
    return Sent(ROUTER, number, 0.0, 0.0)


def test_an_answer_and_an_error_are_known_by_what_they_bring_back(line):
    assert line._about(sent(5), RAW, echo(line, 5))
    assert line._about(sent(5), RAW, error(line, 5))


def test_a_router_need_not_quote_the_payload(line):
    assert line._about(sent(5), RAW, error(line, 5, payload=b""))
    assert line._about(sent(5), RAW, error(line, 5, payload=line._mark(5)[:3]))


@pytest.mark.parametrize(
    "others",
    [
        {"payload": b""},
        {"payload": b"\0" * 56},
        {"identifier": 70_000},
    ],
)
def test_anothers_answer_is_none_of_ours(line, others):
    assert not line._about(sent(5), RAW, echo(line, 5, **others))


@pytest.mark.parametrize("others", [{"destination": OTHER}, {"payload": b"\0" * 20}])
def test_an_error_about_anothers_echo_is_none_of_ours(line, others):
    assert not line._about(sent(5), RAW, error(line, 5, **others))


def test_a_late_answer_is_not_taken_for_one_to_the_number_that_came_round_again(line):
    assert not line._about(sent(5 + 0x10000), RAW, echo(line, 5))


def test_an_unprivileged_socket_leaves_the_identifier_to_the_kernel(line):
    assert line._about(sent(5), SimpleNamespace(version=4, raw=False), echo(line, 5, identifier=1))


def test_an_answer_in_the_other_family_is_none(line):
    assert not line._about(sent(5), SimpleNamespace(version=6, raw=True), echo(line, 5))


def test_two_lines_share_no_secret():
    async def open_two():
        return Line(), Line()

    one, other = finished(open_two())

    assert one._mark(0) != other._mark(0)
