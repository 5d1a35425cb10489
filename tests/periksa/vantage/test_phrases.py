"""What may be said to a device."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa.vantage.phrases import FORBIDDEN, Phrase, Unspeakable
from periksa.vantage.platforms import PLATFORMS

PHRASES = sorted(
    {
        way.phrase
        for platform in PLATFORMS.values()
        for ways in platform.ways.values()
        for way in ways
    },
    key=lambda phrase: phrase.text,
)
PING = Phrase("ping -c 3 {address}")
MONITOR = Phrase("/interface monitor-traffic {port} once")
GOOD = {"address": "192.0.2.1", "port": "GigabitEthernet0/0/1"}


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.text)
def test_each_phrase_is_one_line_that_begins_no_second(phrase):
    command = phrase.said(**{name: GOOD[name] for name in phrase.blanks})

    assert not FORBIDDEN.intersection(command.text)
    assert command.text.isascii()
    assert command.seconds <= 15


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.text)
def test_no_phrase_changes_anything(phrase):
    words = set(phrase.text.replace("/", " ").split())

    assert not words & {
        *("add", "set", "remove", "enable", "disable", "reset", "clear", "reboot", "reload"),
        *("configure", "system-view", "write", "copy", "delete", "export", "import"),
        *("virtual-cable-test", "shutdown", "debug", "tee", "sudo", "rm", "sh", "sysctl"),
    }


@pytest.mark.parametrize(
    "value",
    [
        "192.0.2.1\ntouch /tmp/x",
        "192.0.2.1\r",
        "192.0.2.1; reboot",
        "192.0.2.1 | sh",
        "$(reboot)",
        "`reboot`",
        "192.0.2.1 > /etc/passwd",
        "[find]",
        "{ :execute x }",
        '"192.0.2.1"',
        "-f 192.0.2.1",
        "portal.example",
        "224.0.0.1",
        "",
    ],
)
def test_only_one_hosts_address_is_an_address(value):
    with pytest.raises(Unspeakable):
        PING.said(address=value)


@pytest.mark.parametrize(
    "value",
    [
        "ether1\n/system reboot",
        "ether1 once do={",
        "eth0;id",
        "-a",
        "../../etc",
        "a b",
        "",
        "x" * 80,
        "é",
    ],
)
def test_only_a_ports_name_is_a_port(value):
    with pytest.raises(Unspeakable):
        MONITOR.said(port=value)


@pytest.mark.parametrize(
    "value", ["ether1", "Gi0/1", "GigabitEthernet0/0/1", "eth0.100", "br-lan", "eth0@if7"]
)
def test_ports_are_called_many_things(value):
    assert MONITOR.said(port=value).text == f"/interface monitor-traffic {value} once"


def test_an_address_is_said_in_its_canonical_spelling():
    assert PING.said(address="2001:0DB8::0001").text == "ping -c 3 2001:db8::1"


def test_a_phrase_is_filled_in_whole_and_with_nothing_else():
    with pytest.raises(Unspeakable):
        PING.said()
    with pytest.raises(Unspeakable):
        PING.said(address="192.0.2.1", port="eth0")


@given(st.text(max_size=80))
def test_whatever_is_put_into_a_blank_one_line_comes_out_or_none(value):
    for phrase, name in ((PING, "address"), (MONITOR, "port")):
        try:
            text = phrase.said(**{name: value}).text
        except Unspeakable:
            continue
        assert not FORBIDDEN.intersection(text)
        assert text.count(" ") == phrase.text.count(" ")
