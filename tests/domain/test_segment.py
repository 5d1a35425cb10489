"""The place of a fault on the way to the service."""

from __future__ import annotations

import pytest

from pulih.domain import sop
from pulih.domain.agency import FAULT_TYPES, DeviceKind
from pulih.domain.segment import Segment, likely


def test_the_way_leads_from_the_desk_to_the_service():
    assert [*Segment] == [
        Segment.WORKSTATION, Segment.ACCESS, Segment.ROUTER, Segment.BACKBONE, Segment.CORE,
        Segment.PROVIDER, Segment.SERVICE,
    ]  # fmt: skip
    assert len({segment.label for segment in Segment}) == len(Segment)


def test_step_five_may_say_the_place_and_need_not():
    fact = next(f for f in sop.STAGES["examination"].facts if f.name == "segment")

    assert not fact.required
    assert [choice.id for choice in fact.choices] == [segment.value for segment in Segment]


@pytest.mark.parametrize(
    ("kind", "fault", "place"),
    [
        ("router", "catu-daya", Segment.ROUTER),
        ("access-point", "interferensi", Segment.ACCESS),
        ("radio-link", "interferensi", Segment.BACKBONE),
        ("router", "dns", Segment.PROVIDER),
        ("", "server-aplikasi", Segment.SERVICE),
        ("komputer", "", Segment.WORKSTATION),
        ("ups", "catu-daya", None),
        ("", "kabel-putus", None),
        ("<b>", "Jenis Baru!", None),
        ("", "", None),
    ],
)
def test_a_place_is_guessed_from_what_is_known_and_never_from_nothing(kind, fault, place):
    assert likely(kind, fault) is place


def test_every_guess_is_about_something_that_exists():
    faults = {fault.id for fault in FAULT_TYPES}
    kinds = {kind.value for kind in DeviceKind}

    assert {fault for fault in faults if likely("", fault)} == {
        "dns", "isp", "konflik-ip", "loop", "malware", "server-aplikasi",
    }  # fmt: skip
    assert kinds - {kind for kind in kinds if likely(kind, "")} == {"ups", "lainnya"}
