from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa.addresses import allowed, parse

texts = st.one_of(st.text(), st.ip_addresses().map(str), st.from_regex(r"[0-9.:a-f/%]{1,20}"))
networks = st.builds(
    lambda address, length: str(
        ip_network((address, min(length, address.max_prefixlen)), strict=False)
    ),
    st.ip_addresses(),
    st.integers(0, 128),
)


@pytest.mark.parametrize(
    "text",
    [
        "router.example",
        "localhost",
        "",
        " 10.0.0.1",
        "10.0.0.1\n",
        "010.0.0.1",
        "10.1",
        "0x7f000001",
        "10.0.0.0/24",
        "255.255.255.255",
        "224.0.0.1",
        "0.0.0.0",
        "::",
        "ff02::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
    ],
)
def test_what_is_not_the_plain_address_of_one_host_is_refused(text):
    with pytest.raises(ValueError, match=r"alamat|ditulis"):
        parse(text)
    assert not allowed(text, [text], ["0.0.0.0/0", "::/0"])


@given(texts, st.lists(texts), st.lists(st.one_of(texts, networks)))
def test_any_question_has_an_answer(address, registered, ranges):
    assert allowed(address, registered, ranges) in (True, False)


@given(texts, st.lists(st.ip_addresses().map(str)), st.lists(networks))
def test_what_is_allowed_is_on_record_or_in_an_opened_range(address, registered, ranges):
    if allowed(address, registered, ranges):
        host = ip_address(address)

        assert host in map(ip_address, registered) or any(
            host in ip_network(opened) for opened in ranges
        )


@given(st.ip_addresses())
def test_nothing_is_allowed_where_nothing_is_on_record(address):
    assert not allowed(str(address), [], [])


@given(st.ip_addresses(v=6, network="2001:db8::/32"))
def test_an_address_on_record_is_allowed_in_any_spelling(address):
    assert allowed(address.exploded, [str(address)], [])
    assert allowed(str(address), [address.exploded.upper()], [])


@given(st.ip_addresses(v=4), st.integers(0, 30))
def test_the_broadcast_of_an_opened_range_is_never_allowed(address, length):
    network = ip_network((address, length), strict=False)
    broadcast = str(network.broadcast_address)

    assert not allowed(broadcast, [broadcast], [str(network)])


def test_a_range_opens_its_hosts_and_no_others():
    assert allowed("10.20.0.7", [], ["10.20.0.0/24"])
    assert not allowed("10.20.1.7", [], ["10.20.0.0/24"])


def test_a_range_with_a_slip_of_the_pen_opens_nothing():
    assert not allowed("10.20.0.7", [], ["10.20.0.1/24", "10.20.0.0/240", "10.20"])


def test_an_ipv4_range_opens_no_ipv6_address():
    assert not allowed("2001:db8::1", [], ["0.0.0.0/0"])


def test_a_parsed_address_knows_its_version():
    assert parse("192.0.2.1") == IPv4Address("192.0.2.1")
    assert parse("2001:DB8::1") == IPv6Address("2001:db8::1")
