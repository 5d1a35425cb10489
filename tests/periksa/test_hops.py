from ipaddress import ip_address

import pytest

from periksa.findings import State
from periksa.hops import Path
from periksa.icmp import Reply, Sent
from periksa.packet import Kind
from periksa.reading import trace_says

TARGET, NEAR, FAR, STRANGER = map(
    ip_address, ("192.0.2.9", "192.0.2.1", "192.0.2.2", "203.0.113.1")
)
SAYS = {Kind.EXPIRED: (11, 0), Kind.UNREACHABLE: (3, 1), Kind.ECHO: (0, 0)}


def path_of(*replies):
    """A path on which (hop, who, what) was heard."""
    path = Path(TARGET)
    for sequence, (hop, source, kind) in enumerate(replies):
        sent = Sent(TARGET, sequence, 0.0, 0.0)
        path.sent(sent, hop)
        path.hear(Reply(sent, source, kind, *SAYS[kind], ms=1.0, stamped=True))
    return path


def test_a_path_is_whole_when_the_target_itself_answers():
    path = path_of((1, NEAR, Kind.EXPIRED), (2, TARGET, Kind.ECHO), (3, TARGET, Kind.ECHO))

    assert path.complete
    assert trace_says("portal", path.figures()) == (
        State.UP,
        "Jalur ke portal utuh: 2 lompatan.",
    )


def test_silent_hops_keep_their_place():
    path = path_of((1, NEAR, Kind.EXPIRED), (3, TARGET, Kind.ECHO))

    assert path.figures()["hops"] == ["192.0.2.1", None, "192.0.2.9"]
    assert path.silent(20) == [2]
    assert not path.complete


def test_a_router_that_says_no_at_every_hop_from_its_own_on_is_no_loop():
    path = path_of((1, NEAR, Kind.EXPIRED), (4, FAR, Kind.UNREACHABLE), (2, FAR, Kind.UNREACHABLE))
    counted = path.figures()

    assert (counted["hops"], counted["end"], counted["loop"]) == (
        ["192.0.2.1", "192.0.2.2"],
        "unreachable",
        [],
    )
    assert trace_says("portal", counted)[0] is State.DOWN


def test_routers_that_speak_at_several_hops_are_a_loop():
    path = path_of((1, NEAR, Kind.EXPIRED), (2, FAR, Kind.EXPIRED), (3, NEAR, Kind.EXPIRED))

    assert path.figures()["loop"] == ["192.0.2.1"]
    assert "berputar" in trace_says("portal", path.figures())[1]


@pytest.mark.parametrize(
    ("replies", "word"),
    [
        ([], "tidak terlihat"),
        ([(1, NEAR, Kind.EXPIRED)], "lompatan 1"),
        ([(2, STRANGER, Kind.ECHO)], "203.0.113.1"),
    ],
    ids=["nobody speaks", "one speaks", "a stranger answers"],
)
def test_a_path_without_an_answer_of_the_target_is_not_whole(replies, word):
    state, sentence = trace_says("portal", path_of(*replies).figures())

    assert state is State.DOWN
    assert word in sentence


def test_only_hops_near_the_last_that_spoke_are_asked_again():
    assert path_of((2, NEAR, Kind.EXPIRED)).silent(20) == [1, 3, 4, 5]
    assert path_of((2, NEAR, Kind.EXPIRED)).silent(3) == [1, 3]
