"""Plain values."""

from __future__ import annotations

import pytest

from pulih.domain.agency import FAULT_TYPES, Device, DeviceKind
from pulih.domain.records import Page


@pytest.mark.parametrize(
    ("total", "size", "pages"), [(0, 25, 1), (1, 25, 1), (25, 25, 1), (26, 25, 2), (7, 3, 3)]
)
def test_a_list_has_at_least_one_page(total, size, pages):
    assert Page((), total, size=size).pages == pages


@pytest.mark.parametrize(
    ("brand", "model", "make"),
    [
        ("MikroTik", "CRS326", "MikroTik CRS326"),
        ("MikroTik", "", "MikroTik"),
        ("", "CRS326", "CRS326"),
        ("", "", "Switch"),
    ],
)
def test_a_device_is_called_by_its_label_or_by_its_kind(brand, model, make):
    device = Device("sw", "dukcapil", DeviceKind.SWITCH, "Switch loket", brand=brand, model=model)
    assert device.make == make


def test_every_kind_of_device_has_a_name_on_screen():
    assert all(kind.label for kind in DeviceKind)


def test_fault_types_have_names_explanations_and_one_for_the_rest():
    assert len({fault.id for fault in FAULT_TYPES}) == len(FAULT_TYPES)
    assert all(fault.name and fault.description and fault.active for fault in FAULT_TYPES)
    assert FAULT_TYPES[-1].id == "lainnya"
