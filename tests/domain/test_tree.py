"""What hangs off what, whatever the records hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.hanging import MOST_UP, refusal
from pulih.domain.tree import CORE, HERE, INTERNET, ISP, grow
from pulih.domain.wiring import PathRole

KINDS = list(DeviceKind)


def device(key, kind=DeviceKind.SWITCH, agency="dukcapil", **more):
    return Device(key, agency, kind, more.pop("name", key), **more)


CENTRE = device("inti", DeviceKind.ROUTER, "kominfo", role=PathRole.CORE)
TOWER = device("menara", DeviceKind.RADIO, "kominfo", role=PathRole.RELAY, parent="inti")
ROUTER = device("rt", DeviceKind.ROUTER, parent="menara")
SWITCH = device("sw", parent="rt")
AP = device("ap", DeviceKind.ACCESS_POINT)


def ups(tree):
    return {key: spot.up for key, spot in tree.spots.items()}


def test_without_any_device_there_are_a_core_a_server_a_provider_and_the_internet():
    assert ups(grow([])) == {CORE: "", HERE: CORE, ISP: CORE, INTERNET: ISP}


def test_a_device_hangs_off_what_somebody_wrote_down():
    tree = grow([SWITCH, ROUTER, TOWER, CENTRE])
    assert tree.core == "inti"
    assert tree.above("sw") == ["rt", "menara", "inti"]
    assert not any(tree.spots[key].assumed for key in ("sw", "rt", "menara"))


def test_where_nobody_wrote_it_down_the_usual_is_assumed_and_said():
    bare = [device("rt", DeviceKind.ROUTER), device("sw"), AP, device("pc", DeviceKind.COMPUTER)]
    tree = grow([*bare, CENTRE])
    assert {key: ups(tree)[key] for key in ("rt", "sw", "ap", "pc")} == {
        "rt": "inti",
        "sw": "rt",
        "ap": "sw",
        "pc": "sw",
    }
    assert all(tree.spots[key].assumed for key in ("rt", "sw", "ap", "pc"))


def test_of_two_switches_the_one_at_the_same_site_is_assumed():
    tree = grow(
        [
            device("sw1", site="a"),
            device("sw2", site="b"),
            device("pc", DeviceKind.COMPUTER, site="b"),
        ]
    )
    assert tree.spots["pc"].up == "sw2"


def test_what_is_out_of_use_or_on_no_path_is_passed_over():
    between = device("ups", DeviceKind.UPS, role=PathRole.NONE, parent="rt")
    tree = grow([CENTRE, TOWER, ROUTER, between, device("sw", parent="ups")])
    assert "ups" not in tree.spots
    assert tree.spots["sw"].up == "rt"

    gone = device("rt", DeviceKind.ROUTER, active=False)
    tree = grow([CENTRE, gone, SWITCH])
    assert tree.spots["sw"].assumed
    assert "rt" in str(tree.remarks["sw"])


def test_a_part_of_a_link_is_a_bridge_where_somebody_hung_it_in():
    radio = device("radio", DeviceKind.RADIO, parent="inti")
    tree = grow(
        [
            CENTRE,
            radio,
            device("rt", DeviceKind.ROUTER, parent="radio"),
            device("mc", DeviceKind.FIBRE_CONVERTER),
        ]
    )
    assert tree.spots["radio"].place is PathRole.SWITCH
    assert tree.spots["rt"].up == "radio"
    assert "mc" not in tree.spots


def test_a_circle_is_cut_and_said():
    tree = grow([CENTRE, device("a", parent="c"), device("b", parent="a"), device("c", parent="b")])
    assert all(tree.above(key)[-1] == "inti" for key in "abc")
    assert len(tree.remarks) == 1


def test_an_address_that_stands_twice_is_only_the_first_ones():
    tree = grow([CENTRE, device("a", address="192.168.1.1"), device("b", address="192.168.1.1")])
    assert tree.spots["a"].addresses == ("192.168.1.1",)
    assert tree.spots["b"].addresses == ()
    assert "192.168.1.1" in str(tree.remarks["b"])


def test_the_address_of_a_device_comes_first_and_once():
    tree = grow([device("a", address="10.1.0.1", interfaces="wan 10.9.0.2/30, lan 10.1.0.1/24")])
    assert tree.spots["a"].addresses == ("10.1.0.1", "10.9.0.2")


def test_what_no_longer_can_be_read_is_remarked_and_left_out():
    tree = grow([device("a", address="::ffff:10.0.0.1", interfaces="wan 10.9.1.300", rate="cepat")])
    assert tree.spots["a"].addresses == ()
    assert tree.spots["a"].kbit is None
    assert "10.9.1.300" in str(tree.remarks["a"])


def test_a_second_core_hangs_off_the_first():
    other = device("inti-2", DeviceKind.ROUTER, "kominfo", role=PathRole.CORE)
    assert grow([CENTRE, other]).spots["inti-2"].up == "inti"
    assert grow([device("x", role=PathRole.CORE, parent="y"), device("y", parent="x")]).core == "x"


KEYS = st.sampled_from("abcdefgh")
ANY = st.builds(
    Device,
    id=KEYS,
    agency=st.sampled_from(["dukcapil", "kominfo"]),
    kind=st.sampled_from(KINDS),
    name=st.text(max_size=255),
    site=st.sampled_from(["", "s"]),
    address=st.sampled_from(["", "10.0.0.1", "10.0.0.2", "x"]),
    active=st.booleans(),
    role=st.sampled_from(PathRole),
    parent=st.one_of(st.just(""), KEYS),
    interfaces=st.sampled_from(["", "wan 10.0.0.1/24", "10.0.0.2, x", "1.1.1"]),
)


@given(st.lists(ANY, unique_by=lambda one: one.id))
def test_whatever_is_kept_the_result_is_one_tree(devices):
    tree = grow(devices)
    seen = set()
    for key, spot in tree.spots.items():
        assert key == tree.core or spot.up in seen, "each stands after what it hangs off"
        seen.add(key)
    assert tree.spots[tree.core].up == ""
    addresses = [address for spot in tree.spots.values() for address in spot.addresses]
    assert len(addresses) == len(set(addresses))


# ---- May it hang there? -------------------------------------------------------------------


def refused(one, *others):
    known = {other.id: other for other in (*others, one)}
    cores = {other.agency for other in others if other.place is PathRole.CORE}
    return str(refusal(one, known.get, cores.__contains__) or "")


def test_a_device_may_hang_off_its_own_the_centre_and_a_relay_of_others():
    assert not refused(SWITCH, ROUTER, TOWER, CENTRE)
    assert not refused(ROUTER, TOWER, CENTRE)
    assert not refused(device("rt", parent="noc"), CENTRE, device("noc", agency="kominfo"))
    relay = device("r", agency="dikbud", role=PathRole.RELAY)
    assert not refused(device("rt", parent="r"), relay)


def test_it_may_not_hang_off_an_ordinary_device_of_another_agency():
    assert "relay" in refused(SWITCH, device("rt", DeviceKind.ROUTER, agency="dikbud"))


def test_it_may_not_hang_off_nothing_an_end_or_itself():
    assert "terdaftar" in refused(SWITCH)
    assert "terdaftar" in refused(SWITCH, device("rt", active=False))
    assert "bergantung" in refused(SWITCH, device("rt", DeviceKind.COMPUTER))
    assert "dirinya" in refused(device("sw", parent="sw"))


def test_it_may_not_hang_off_what_hangs_off_it_nor_too_far_away():
    assert "Melingkar" in refused(
        device("a", parent="c"), device("b", parent="a"), device("c", parent="b")
    )
    row = [device(f"d{n}", parent=f"d{n + 1}") for n in range(MOST_UP + 5)]
    assert "jauh" in refused(*row)
    assert "jauh" in refused(
        device("x", parent="p"), device("p", parent="q"), device("q", parent="p")
    )
