"""What is no fault, or not the one that it looks like: stray packets, computers that are off, dark ports."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import finding, healthy

from periksa import netfile
from periksa.judge.court import judge
from periksa.judge.verdict import Status

OFFICES = 12
FEW = 4  # echoes to one address where a whole regency is looked at
SHARED = ("node/core", "link/core--noc", "link/core--menara")


def regency():
    """Offices behind a tower; in each a router, a switch and two computers."""
    nodes = [
        {"name": "noc", "kind": "server", "addresses": ["10.0.0.10/24"]},
        {"name": "core", "kind": "core", "addresses": ["10.0.0.1/24"]},
        {"name": "menara", "kind": "relay", "addresses": ["10.9.0.2/24"], "parent": "core"},
    ]
    for number in range(OFFICES):
        lan = f"10.{number + 20}.0"
        nodes += [
            {"name": f"r{number}", "kind": "router", "addresses": [f"{lan}.1/24"]},
            {"name": f"s{number}", "kind": "switch", "addresses": [f"{lan}.2/24"]},
            {"name": f"a{number}", "kind": "pc", "addresses": [f"{lan}.11/24"]},
            {"name": f"b{number}", "kind": "pc", "addresses": [f"{lan}.12/24"]},
        ]
        for child, parent in (("r", "menara"), ("s", "r"), ("a", "s"), ("b", "s")):
            above = parent if parent == "menara" else f"{parent}{number}"
            next(n for n in nodes if n["name"] == f"{child}{number}")["parent"] = above
    return netfile.network({"nodes": nodes, "links": [{"a": "core", "b": "noc"}]})


NETWORK = regency()
ADDRESSES = {
    one.addresses[0]: one.name for one in NETWORK.nodes if one.name not in ("noc", "core", "menara")
}


def verdict(answered):
    """The verdict where these addresses answered so many of the echoes, and all others all of them."""
    return judge(
        NETWORK,
        [
            finding("ping", "", name, address, {"sent": FEW, "received": answered.get(name, FEW)})
            for address, name in ADDRESSES.items()
        ],
    )


@settings(deadline=None, max_examples=30)
@given(st.sets(st.sampled_from(range(OFFICES)), max_size=3), st.sampled_from("rsab"))
def test_a_lost_packet_here_and_there_is_no_fault(strays, where):
    found = verdict({f"{where}{number}": FEW - 1 for number in strays})
    assert found.status is Status.HEALTHY


@settings(deadline=None, max_examples=30)
@given(st.sets(st.sampled_from(range(OFFICES)), min_size=1, max_size=10))
def test_computers_that_are_off_accuse_nothing_that_others_need(off):
    found = verdict({f"a{number}": 0 for number in off})
    accused = {one.place for one in found.candidates}
    assert accused >= {f"node/a{number}" for number in off}
    assert not accused & set(SHARED)


@pytest.mark.parametrize("broken", ["r3", "s7"])
def test_what_is_broken_is_found_among_computers_that_are_off(broken):
    number = int(broken[1:])
    dark = {f"a{one}": 0 for one in (0, 2, 5, 8, 9, 10)}
    lan = "sab" if broken.startswith("s") else "rsab"
    found = verdict(dark | {f"{one}{number}": 0 for one in lan})
    assert f"node/{broken}" in {one.place for one in found.candidates}


def test_every_second_packet_lost_behind_one_link_is_loss():
    found = verdict({f"{one}4": FEW - 2 for one in "rsab"})
    assert "link/menara--r4" in {one.place for one in found.candidates}


@pytest.mark.parametrize("near", ["", "core.w1,"])
def test_a_port_that_is_dark_may_not_answer_at_its_own_address(near):
    """Linux answers there all the same; Cisco's and Huawei's do not, which is no fault of the core's."""
    scene = healthy()
    scene.change("", f"dead {near}opd1,sw1,ap1,pc1a,pc1b")
    found = judge(scene.network, scene.findings({""}))
    assert "link/core--opd1" in {one.place for one in found.candidates}
