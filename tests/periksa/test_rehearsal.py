from datetime import UTC, datetime

from periksa.engine import run
from periksa.findings import State, Target
from periksa.plan import plan_for
from periksa.rehearsal import SENT, Rehearsal

HERE, THERE, GONE = (Target(name, f"10.0.0.{n}") for n, name in enumerate(("a", "b", "c"), 1))


def seen(place, *targets):
    plan = plan_for(targets, [], [])
    found = run(plan, now=lambda: datetime.now(UTC), progress=lambda *_: None, probes=place)
    return {one.target: one for one in found.findings if one.probe == "ping"}


def test_everybody_answers_but_who_was_told_not_to():
    found = seen(Rehearsal(silent={GONE.address}), HERE, GONE)

    assert (found["a"].state, found["c"].state) == (State.UP, State.DOWN)
    assert found["c"].detail == "c tidak menjawab 11 ping selama 1,0 detik."


def test_as_many_pings_come_back_as_was_told_and_as_late():
    place = Rehearsal(lossy={THERE.address: 7}, ms={HERE.address: 12.0})
    found = seen(place, HERE, THERE)

    assert (found["a"].figures["sent"], found["a"].figures["received"]) == (SENT, SENT)
    assert 11 < found["a"].figures["median_ms"] < 13
    assert found["b"].figures["received"] == 7
    assert found["b"].detail == "b menjawab 7 dari 10 ping (hilang 30 %)."


def test_the_service_of_a_resolver_may_be_down():
    place = Rehearsal(mute={HERE.address})
    plan = plan_for([], [HERE, THERE], ["portal.example"])
    found = run(plan, now=lambda: datetime.now(UTC), progress=lambda *_: None, probes=place)

    said = {one.target: one.figures["result"] for one in found.findings if one.probe == "dns"}
    assert said == {"a": "TIMEOUT", "b": "NOERROR"}
