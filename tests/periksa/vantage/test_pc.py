"""What an OPD's own computer sees: its script, and the code its user reads out."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from datetime import UTC, datetime

import pytest
import tree_sitter
import tree_sitter_powershell
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from pc_codes import code
from PIL import Image

from periksa.findings import State
from periksa.judge.reach import Reach
from periksa.network import Interface, Link, Network, Node, Resolver
from periksa.network import Kind as NodeKind
from periksa.signs import signs
from periksa.vantage.pc import PLACES, RADICES, Check, Kind, Seen, written
from periksa.vantage.pc_findings import described, findings

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
CHECKED = Check(
    "portal.test", "www.example.com", "10.0.0.80", "http://192.0.2.9/204", ("10.0.0.53",)
)


def by_probe(text, **values):
    return {(one.probe, one.target): one for one in findings(text, "pc1a", CHECKED, NOW, **values)}


def test_a_healthy_computer_says_so_of_everything():
    found = findings(code(), "pc1a", CHECKED, NOW, port="eth0")

    assert {one.state for one in found} == {State.UP}
    assert {one.vantage for one in found} == {"pc1a"}
    assert [one.probe for one in found] == [
        *("link", "route", "ping", "arp", "arp", "dns", "dns", "ping", "big", "http")
    ]


def test_the_codes_addresses_are_the_computers():
    seen = Seen.from_code(code())

    assert (seen.address, seen.gateway_address) == ("10.1.0.20", "10.1.0.1")
    assert described(seen, ()) == "10.1.0.20 · 10.1.0.1 · 10.1.0.1"


@pytest.mark.parametrize(
    ("kind", "rest", "address"),
    [(1, 0, "10.0.0.0"), (2, 2**20 - 1, "172.31.255.255"), (3, 1, "192.168.0.1"), (0, 0, "")],
)
def test_every_private_address_fits(kind, rest, address):
    assert Seen.from_code(code(kind, rest)).address == address


@given(st.integers(0, PLACES - 1), st.integers(1, 9), st.booleans())
def test_a_misheard_digit_or_an_exchanged_pair_is_noticed(place, step, exchanged):
    right = code()
    wrong = list(right)
    if exchanged and place:
        wrong[place - 1], wrong[place] = wrong[place], wrong[place - 1]
    else:
        wrong[place] = str((int(wrong[place]) + step) % 10)
    if "".join(wrong) == right:
        return
    with pytest.raises(ValueError, match=r"salah dengar|sekarang"):
        Seen.from_code("".join(wrong))


@given(st.text(max_size=40) | st.from_regex(r"[0-9 .-]{21,30}", fullmatch=True))
def test_whatever_is_typed_is_a_code_or_a_value_error(text):
    with suppress(ValueError):
        assert len(re.sub(r"\D", "", text)) == PLACES or not Seen.from_code(text)


def test_a_code_may_be_typed_with_blanks_and_dashes():
    text = " ".join(re.findall("...", code()))

    assert Seen.from_code(f" {text}\n") == Seen.from_code(code().replace("0", "0-"))


def test_a_gateway_that_is_gone_and_a_gateway_that_answers_no_ping_differ():
    silent, shy = by_probe(code(gateway=3, received=0)), by_probe(code(gateway=2, received=0))

    assert silent["arp", "10.1.0.1"].figures["macs"] == []
    assert len(shy["arp", "10.1.0.1"].figures["macs"]) == 1
    assert silent["ping", "10.1.0.1"].state is shy["ping", "10.1.0.1"].state is State.DOWN


def test_an_unplugged_computer_is_not_said_to_lack_a_dhcp_server():
    unplugged = by_probe(code(0, 0, 0, gateway=5, received=0, dhcp=2))
    without = by_probe(code(0, 0, 0, gateway=6, received=0, dhcp=2))

    assert ("dhcp", "") not in unplugged
    assert unplugged["link", ""].figures == {"carrier": 0}
    assert without["dhcp", ""].figures == {"offers": []}


def test_what_a_code_says_is_read_as_signs_of_the_network():
    network = Network(
        nodes=(
            Node("opd1", NodeKind.ROUTER, (Interface("lan", "10.1.0.1", 24),)),
            Node("pc1a", NodeKind.PC, (Interface("eth0", "10.1.0.20", 24),)),
        ),
        links=(Link("opd1", "pc1a", "lan", "eth0"),),
        resolvers=(Resolver("opd1", "10.1.0.1"),),
    )
    text = code(gateway=1, received=6, twice=2, outside=5, dhcp=2)
    seen = {
        str(one) for one in signs(Reach(network), findings(text, "pc1a", CHECKED, NOW, port="eth0"))
    }

    assert {
        "pc1a: carrier pc1a eth0: up",
        "pc1a: echo opd1 lan 10.1.0.1: lossy",
        "pc1a: arp pc1a eth0 10.1.0.20: duplicate",
        "pc1a: dns opd1 www.example.com 10.1.0.1: timeout",
        "pc1a: dhcp pc1a: none",
    } <= seen


@pytest.mark.parametrize(
    "values",
    [
        {"internal": "x'; reboot; '"},
        {"external": "$(id)"},
        {"server": "portal.test"},
        {"portal": "http://x/'; id"},
        {"portal": "file:///etc/passwd"},
        {"resolvers": ("1.1.1.1",) * 7},
    ],
)
def test_nothing_can_be_smuggled_into_a_script(values):
    with pytest.raises(ValueError, match=r"\w"):
        Check(**values)


@pytest.mark.parametrize("kind", Kind)
def test_a_script_is_filled_in_whole(kind):
    text = written(kind, CHECKED)

    assert not re.search(r"@[a-z_]+@", text)
    assert all(one in text for one in ("portal.test", "www.example.com", "10.0.0.80", "10.0.0.53"))


@pytest.mark.parametrize("kind", Kind)
def test_a_script_counts_in_the_same_radices(kind):
    text = written(kind, Check())
    pattern = r"\((\d+), \$\w+\)" if kind is Kind.WINDOWS else r"\b(\d+):\"?\$\w+"

    assert [int(found) for found in re.findall(pattern, text)] == [*RADICES.values()][1:]


def test_the_script_for_windows_is_powershell():
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    text = written(Kind.WINDOWS, CHECKED).removeprefix("\ufeff").encode()

    assert not parser.parse(text).root_node.has_error
    assert parser.parse(text.replace(b"foreach (", b"foreach ((")).root_node.has_error


def test_the_script_for_windows_starts_as_windows_expects():
    text = written(Kind.WINDOWS, Check())

    assert text.startswith("\ufeff#")
    assert "\n" not in text.replace("\r\n", "")


def run(*command):
    subprocess.run(command, check=True, capture_output=True, timeout=20)


@pytest.fixture
def computer(tmp_path):
    """Runs the script on a computer behind a router, both of the test's own."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("ip", "ping"))):
        pytest.skip("network namespaces need root and iproute2, the script needs ping")
    router, pc = f"pcr{os.getpid()}", f"pcp{os.getpid()}"
    for name in (router, pc):
        run("ip", "netns", "add", name)
    run(*f"ip link add lan netns {router} type veth peer name eth0 netns {pc}".split())
    for command in (
        f"-n {router} address add 10.1.0.1/24 dev lan",
        f"-n {router} link set lan up",
        f"-n {pc} address add 10.1.0.20/24 dev eth0",
        f"-n {pc} link set eth0 up",
        f"-n {pc} route add default via 10.1.0.1",
    ):
        run("ip", *command.split())
    script = tmp_path / "periksa.sh"
    script.write_text(written(Kind.LINUX, Check(server="10.1.0.1", resolvers=("10.0.0.53",))))

    def look(*changes, raw=False):
        for change in changes:
            run("ip", *change.format(router=router, pc=pc).split())
        command = ["ip", "netns", "exec", pc, "sh", script]
        said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        assert said.stderr == ""
        shown = said.stdout.split("bawahnya:")[1]
        return shown if raw else Seen.from_code(shown.strip().splitlines()[0])

    yield look
    for name in (router, pc):
        run("ip", "netns", "del", name)


@pytest.mark.lab
def test_the_script_sees_a_healthy_network(computer):
    seen = computer()

    assert (seen.address, seen.gateway_address) == ("10.1.0.20", "10.1.0.1")
    assert (seen.gateway, seen.received, seen.dhcp, seen.reach, seen.big) == (1, 10, 3, 1, 1)


@pytest.mark.lab
@pytest.mark.parametrize(
    ("change", "gateway"),
    [
        ("-n {router} address del 10.1.0.1/24 dev lan", 3),
        ("-n {pc} route del default", 4),
        ("-n {router} link set lan down", 5),
        ("-n {pc} address del 10.1.0.20/24 dev eth0", 6),
    ],
)
def test_the_script_tells_what_is_missing_apart(computer, change, gateway):
    assert computer(change).gateway == gateway


@pytest.mark.lab
def test_the_script_sees_a_path_that_is_too_narrow(computer):
    seen = computer("-n {pc} link set eth0 mtu 1400")

    assert (seen.reach, seen.big) == (1, 3)


@pytest.mark.lab
def test_the_picture_under_the_code_is_read_as_the_same_code(computer):
    shown = computer(raw=True)
    lines = [re.findall("\x1b\\[(40|107)m  ", line) for line in shown.splitlines()]
    cells = [line for line in lines if line]
    picture = Image.new("L", (25, 25), 255)
    picture.putdata([0 if cell == "40" else 255 for line in cells for cell in line])
    (found,) = zxingcpp.read_barcodes(picture.resize((200, 200), Image.Resampling.NEAREST))

    assert len(cells) == 25
    assert found.text == re.sub(r"\D", "", shown.strip().splitlines()[0])
    assert Seen.from_code(found.text).gateway == 1
