"""What the engine promises whatever the probes do: here they do it on command."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa.engine import run
from periksa.findings import State, Target
from periksa.pages import Page
from periksa.plan import Big, Plan, plan_for
from periksa.replay import Replay

pytestmark = pytest.mark.slow

NAMES = ("router", "switch", "ap", "pc")
TARGETS = [Target(name, f"192.0.2.{number}") for number, name in enumerate(NAMES, 1)]
PORTAL = Target("portal", "192.0.2.80", (80, 443))
NAMESERVER = Target("dns", "192.0.2.53")
PAGE = Page("http://portal.test/", "192.0.2.80")


WITHOUT_FILES = """
import json, os, resource, sys
from dataclasses import replace
from datetime import UTC, datetime
from periksa.engine import run
from periksa.findings import Target
from periksa.pages import Page
from periksa.plan import plan_for

here = Target("server", "127.0.0.1", (9,))
plan = replace(plan_for([here], [here], ["a.test"]), pages=(Page("http://127.0.0.1:9/"),))
first = os.open("/dev/null", os.O_RDONLY)  # the lowest that is free
os.close(first)
resource.setrlimit(resource.RLIMIT_NOFILE, (first + int(sys.argv[1]), first + 64))
found = run(plan, now=lambda: datetime.now(UTC), progress=lambda share, sentence: None)
resource.setrlimit(resource.RLIMIT_NOFILE, (first + 64, first + 64))
print(json.dumps([one.as_dict() for one in found.findings]))
"""


@dataclass
class Scripted:
    """Answers as told; may also fail, or never come back."""

    finding: object
    states: dict = field(default_factory=dict)
    failing: str = ""
    hanging: str = ""
    slow: str = ""
    blocking: str = ""
    asked: dict = field(default_factory=dict)
    release: threading.Event = field(default_factory=threading.Event)

    async def say(self, probe, targets):
        self.asked[probe] = list(targets)
        if probe == self.failing:
            raise RuntimeError("kabel putus")
        if probe == self.hanging:
            await asyncio.Event().wait()
        if probe == self.slow:
            await asyncio.sleep(0.7)
        if probe == self.blocking:
            self.release.wait(30)  # as a probe with a fault might: nothing else on the loop runs
        return [
            self.finding(
                probe=probe,
                target=target.name,
                address=target.address,
                state=self.states.get((probe, target.name), State.UP),
            )
            for target in targets
        ]

    async def ping(self, plan, gear, heard):
        found = await self.say("ping", plan.targets)
        heard(found)
        return await self.say("again", []) or found

    async def big(self, targets, plan, gear):
        return await self.say("big", targets)

    async def trace(self, targets, plan, gear):
        return await self.say("trace", targets)

    async def port(self, plan, gear):
        return await self.say("port", [target for target in plan.targets for _ in target.ports])

    async def knock(self, targets, plan, gear):
        return await self.say("knock", targets)

    async def dns(self, plan, gear):
        asked = [one for one in plan.servers for _ in plan.names for _ in "46"]
        return await self.say("dns", asked)

    async def http(self, plan, gear):
        return await self.say("http", [Target(page.url, page.address) for page in plan.pages])


def whole(**others):
    """A plan that asks for everything there is."""
    plan = plan_for([*TARGETS, PORTAL], [NAMESERVER], ["a.test"])
    return replace(plan, pages=(PAGE,), big=Big(targets=2), **others)


@pytest.fixture
def scripted(finding):
    probes = Scripted(finding)
    yield probes
    probes.release.set()


def go(plan, probes, progress=lambda share, sentence: None, **others):
    return run(plan, now=lambda: datetime.now(UTC), progress=progress, probes=probes, **others)


def states(found):
    return {(one.probe, one.target): one.state for one in found.findings}


def silent(*names):
    return {("ping", name): State.DOWN for name in names}


def test_the_silent_are_traced_and_knocked_and_one_that_answers_is_traced_to_compare(scripted):
    scripted.states = silent("ap", "pc")
    go(plan_for(TARGETS), scripted)

    assert [target.name for target in scripted.asked["trace"]] == ["router", "ap", "pc"]
    assert [target.name for target in scripted.asked["knock"]] == ["ap", "pc"]


def test_a_silent_target_with_ports_on_record_is_not_knocked(scripted):
    scripted.states = silent("portal")
    go(plan_for([PORTAL]), scripted)

    assert "knock" not in scripted.asked
    assert len(scripted.asked["port"]) == 2


def test_where_ping_is_not_permitted_tcp_is_tried(scripted):
    scripted.states = {("ping", "router"): State.UNKNOWN}
    go(plan_for(TARGETS[:1]), scripted)

    assert [target.name for target in scripted.asked["knock"]] == ["router"]


def test_nothing_is_asked_that_was_not_planned(scripted):
    go(plan_for(TARGETS), scripted)

    assert set(scripted.asked) == {"ping", "again", "trace"}


@pytest.mark.parametrize("probe", ["ping", "big", "trace", "port", "knock", "dns", "http"])
def test_a_probe_that_fails_leaves_a_finding_for_each_target_and_the_others_alone(scripted, probe):
    scripted.failing, scripted.states = probe, silent("ap")
    found = go(whole(), scripted)
    failed = [one for one in found.findings if one.probe == probe]

    assert failed
    assert {one.state for one in failed} == {State.UNKNOWN}
    assert "kabel putus" in failed[0].raw
    assert any(one.state is State.UP for one in found.findings)


@pytest.mark.parametrize("probe", ["ping", "again", "big", "trace", "port", "knock", "dns", "http"])
def test_a_probe_that_never_comes_back_does_not_hold_the_result_up(scripted, probe):
    scripted.hanging, scripted.states = probe, silent("ap")
    found = go(whole(cap=0.5), scripted)
    missing = [one for one in found.findings if one.probe == probe.replace("again", "ping")]

    assert missing
    assert {one.state for one in missing} == {State.UNKNOWN}


@pytest.mark.parametrize("probe", ["ping", "dns"])
def test_a_probe_that_blocks_the_loop_does_not_hold_the_result_up(scripted, probe):
    scripted.blocking = probe
    found = go(whole(cap=0.5), scripted)

    assert {one.probe for one in found.findings} >= {"ping", "port", "dns", "http"}
    assert states(found)["http", PAGE.url] is State.UNKNOWN


@pytest.mark.parametrize("left", [0, 3])
def test_a_machine_without_files_to_open_blames_nobody(left):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_FILES, str(left)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found = json.loads(done.stdout)

    assert {one["probe"] for one in found} >= {"ping", "port", "dns", "http"}
    assert {one["state"] for one in found} == {"unknown"}


def test_large_packets_go_to_the_first_and_the_last_that_answer(scripted):
    scripted.states = silent("router")
    go(whole(), scripted)

    assert [target.name for target in scripted.asked["big"]] == ["switch", "portal"]


def test_large_packets_go_first_to_those_who_tell_most(scripted):
    scripted.states = silent("router")
    plan = whole()
    addresses = {target.name: target.address for target in plan.targets}
    telling = tuple(addresses[name] for name in ("portal", "router", "switch"))
    go(replace(plan, big=replace(plan.big, order=telling)), scripted)

    assert [target.name for target in scripted.asked["big"]] == ["portal", "switch"]


def test_a_cancelled_run_ends_soon_with_what_there_is(scripted):
    scripted.hanging = "port"
    plan = replace(plan_for([*TARGETS, PORTAL]), cap=3600.0)
    found = go(plan, scripted, cancelled=lambda: True)

    assert states(found)["ping", "router"] is State.UP
    assert states(found)["port", "portal"] is State.UNKNOWN


def test_progress_never_falls_and_ends_at_one(scripted):
    told = []
    scripted.slow = "port"
    go(plan_for([*TARGETS, PORTAL]), scripted, lambda *said: told.append(said))
    shares = [share for share, _ in told]

    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert all(0 <= share < 1 for share in shares[:-1])
    assert told[-1][1] == "Selesai: 5 dari 5 alamat menjawab."


def test_progress_is_told_in_the_callers_thread(scripted):
    threads = set()
    go(plan_for(TARGETS), scripted, lambda *_: threads.add(threading.get_ident()))

    assert threads == {threading.get_ident()}


def test_an_empty_plan_has_an_empty_result(scripted):
    assert go(plan_for([]), scripted).findings == ()


def test_a_recorded_run_replayed_finds_the_same(scripted):
    scripted.states = silent("ap", "portal")
    plan = whole()
    recorded = go(plan, scripted)

    assert go(plan, Replay(recorded)).findings == recorded.findings


def test_what_a_recording_does_not_hold_is_unknown(scripted):
    recorded = go(plan_for(TARGETS[:1]), scripted)
    found = go(plan_for(TARGETS[:2]), Replay(recorded))

    assert states(found)["ping", "router"] is State.UP
    assert states(found)["ping", "switch"] is State.UNKNOWN


@given(st.integers(0, 300), st.integers(0, 3), st.integers(0, 3))
def test_no_plan_is_estimated_to_take_longer_than_its_cap(count, ports, names):
    targets = [
        Target(str(number), f"10.0.{number // 200}.{number % 200 + 1}", (80, 443, 22)[:ports])
        for number in range(count)
    ]
    plan = plan_for(targets, [NAMESERVER], [f"{number}.test" for number in range(names)])

    assert 0 < plan.seconds <= Plan(()).cap


def test_an_address_named_twice_is_looked_at_once_with_all_its_ports():
    again = Target("gerbang", PORTAL.address, (443, 8080))

    assert plan_for([PORTAL, again]).targets == (replace(PORTAL, ports=(80, 443, 8080)),)


def test_a_dead_agency_of_twelve_is_estimated_well_under_ten_seconds():
    targets = [Target(str(number), f"192.0.2.{number}", (80,)) for number in range(1, 13)]

    assert plan_for(targets, [NAMESERVER], ["a.test"]).seconds < 6
