"""The picture of the way from the computer to the service."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.segment import Segment
from pulih.publish.path import path_picture


@pytest.fixture(scope="session")
def drawn(seen):
    """Return the picture as a reader meets it."""
    return lambda case, **changes: seen(path_picture(replace(case, **changes)))


@pytest.mark.parametrize("segment", Segment)
def test_the_place_that_the_technicians_named_is_marked_and_no_other(drawn, case, segment):
    stops = drawn(case, segment=segment.value).one("ol").all("li")

    assert [stop.text for stop in stops if "gangguannya" in stop.text] == [
        f"{segment.label} Di sini gangguannya"
    ]
    assert [*Segment].index(segment) == next(
        i for i, stop in enumerate(stops) if stop.attributes.get("class") == "pulih-putus"
    )
    assert len(stops) == len(Segment)


@pytest.mark.parametrize("segment", ["", "lantai dua", "<script>"])
def test_a_guess_is_called_one(drawn, case, segment):
    picture = drawn(case, segment=segment, device_kind="radio-link", fault_type="interferensi")

    assert "Jalur backbone Perkiraan: di sini gangguannya" in picture.text
    assert "pulih-perkiraan" in picture.one("ol").attributes["class"]


def test_nothing_is_drawn_where_nobody_knows_the_place(case):
    assert path_picture(replace(case, device_kind="", fault_type="kabel-putus")) == ""
