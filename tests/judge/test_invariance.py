"""The judge knows networking, not names: what things are called must not matter."""

import re
from random import Random

import pytest
from decision_table import TABLE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenes import Scene, healthy, regency

from periksa import netfile
from periksa.judge.court import judge

ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+")
EVERYWHERE = ("", "core", "opd1", "sw1", "pc1a")
PORTS = (
    "lan",
    "wan",
    "wi",
    "w1",
    "w2",
    "w3",
    "wp",
    "up",
    "upl",
    "p1",
    "p2",
    "eth0",
    "wlan",
    "cust",
)

faults = st.sampled_from(sorted(TABLE))
masks = st.integers(0, 0xFFFF)
words = st.text("abcdefghijklmnopqrstuvwxyz-åßж", min_size=1, max_size=12)


class Disguise:
    """The same network under other names and numbers."""

    def __init__(self, names: dict[str, str], mask: int) -> None:
        self.names, self.mask = names, mask

    def address(self, match: re.Match[str]) -> str:
        a, b, c, d = map(int, match[0].split("."))
        return f"{a}.{b ^ (self.mask >> 8)}.{c ^ (self.mask & 255)}.{d}"

    def on(self, value):
        if isinstance(value, dict):
            return {key: self.on(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(map(self.on, value))
        if not isinstance(value, str):
            return value
        return ADDRESS.sub(self.address, self.names.get(value, value))

    def place(self, place: str) -> str:
        kind, _, name = place.partition("/")
        return f"{kind}/{'--'.join(self.names.get(end, end) for end in name.split('--'))}"


def changed(fault: str) -> Scene:
    scene, row = healthy(), TABLE[fault]
    sides = {"": row.noc, "core": row.core, "opd1": row.opd, "sw1": row.sw, "pc1a": row.pc}
    for vantage, words in sides.items():
        if words is None:
            scene.forget(vantage)
        else:
            scene.change(vantage, words)
    return scene


def told(verdict):
    return {(one.place, one.fault, round(one.confidence, 6)) for one in verdict.candidates}


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(fault=faults, mask=masks, fresh=st.lists(words, min_size=60, max_size=60, unique=True))
def test_other_names_and_other_numbers_give_the_same_verdict(fault, mask, fresh):
    scene, data = changed(fault), regency()
    old = [*(node["name"] for node in data["nodes"]), *sorted(PORTS)]
    new = [f"{word}{number}" for number, word in enumerate(fresh)]
    disguise = Disguise(dict(zip(old, new, strict=False)), mask)
    hidden = {key: disguise.on(value) for key, value in data.items() if key != "name"}
    for entry, known in zip(hidden["nodes"], data["nodes"], strict=True):
        entry["kind"] = known["kind"]
    masked = Scene(netfile.network(hidden))
    masked.seen = {
        (disguise.on(vantage), probe, disguise.on(target), disguise.on(address)): disguise.on(
            figures
        )
        for (vantage, probe, target, address), figures in scene.seen.items()
    }

    plain = judge(scene.network, scene.findings(EVERYWHERE))
    other = judge(masked.network, masked.findings(map(disguise.on, EVERYWHERE)))

    assert told(other) == {(disguise.place(p), f, share) for p, f, share in told(plain)}
    assert other.status == plain.status


@pytest.mark.parametrize(
    "fault", ["bb1_fibre_cut", "storm1", "dns_servfail", "isp_link_cut", "pc1a_off"]
)
def test_the_order_in_which_things_are_told_gives_the_same_verdict(fault):
    scene, data = changed(fault), regency()
    shuffle = Random(fault).shuffle
    findings = scene.findings(EVERYWHERE)
    plain = judge(scene.network, findings)
    for section in ("nodes", "links", "resolvers", "names", "services"):
        shuffle(data[section])
    shuffle(findings)

    assert told(judge(netfile.network(data), findings)) == told(plain)
