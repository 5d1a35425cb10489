import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa.findings import Finding, Run, State, Target

numbers = st.floats(allow_nan=False, allow_infinity=False)
scalars = st.one_of(st.none(), st.integers(), numbers, st.text())
moments = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001 - as above
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
)
targets = st.builds(
    Target,
    st.text(),
    st.ip_addresses(network="192.0.2.0/24").map(str),
    st.lists(st.integers(1, 65535)).map(tuple),
)
findings = st.builds(
    Finding,
    probe=st.text(),
    target=st.text(),
    address=st.text(),
    state=st.sampled_from(State),
    detail=st.text(),
    figures=st.dictionaries(st.text(), st.one_of(scalars, st.lists(scalars))),
    started=moments,
    seconds=numbers,
    raw=st.text(),
)
runs = st.builds(
    Run,
    vantage=st.text(),
    started=moments,
    seconds=numbers,
    findings=st.lists(findings, max_size=3).map(tuple),
)


def through_json(value):
    return json.loads(json.dumps(value.as_dict(), allow_nan=False))


@given(targets)
def test_a_target_survives_json(target):
    assert Target.from_dict(through_json(target)) == target


@given(findings)
def test_a_finding_survives_json(finding):
    assert Finding.from_dict(through_json(finding)) == finding


@given(runs)
def test_a_run_survives_json(run):
    assert Run.from_dict(through_json(run)) == run


@given(st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_of_another_shape_is_a_value_error(data):
    with pytest.raises(ValueError, match="hilang"):
        Run.from_dict(data)


@given(findings)
def test_moments_are_kept_in_utc(finding):
    assert finding.started.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(finding):
    with pytest.raises(ValueError, match="zona waktu"):
        finding(started=datetime(2026, 3, 2))  # noqa: DTZ001 - the point


def test_figures_do_not_change_with_the_mapping_they_came_from(finding):
    figures = {"ms": [1.0]}
    kept = finding(figures=figures)
    figures["ms"].append(2.0)

    assert kept.figures == {"ms": [1.0]}


def test_a_target_is_kept_in_canonical_spelling():
    assert Target("router", "2001:0DB8::0001").address == "2001:db8::1"


def test_a_target_has_an_address_and_no_name():
    with pytest.raises(ValueError, match="nama host"):
        Target("portal", "portal.example")


@pytest.mark.parametrize("port", [0, 65536, -1])
def test_a_port_is_between_1_and_65535(port):
    with pytest.raises(ValueError, match="Port"):
        Target("portal", "192.0.2.1", (port,))


def test_every_state_has_a_label():
    assert [state.label for state in State] == [
        "menjawab",
        "menjawab sebagian",
        "tidak menjawab",
        "tidak dapat diperiksa",
    ]


@pytest.mark.parametrize(
    ("state", "answered"),
    [(State.UP, True), (State.DEGRADED, True), (State.DOWN, False), (State.UNKNOWN, False)],
)
def test_a_host_has_answered_also_when_it_answered_in_part(finding, state, answered):
    assert finding(state=state).answered is answered
