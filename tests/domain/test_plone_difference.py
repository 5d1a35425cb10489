"""Two versions of a page, line by line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.plone.difference import MOST, Line, Side, compared

lines = st.lists(st.sampled_from(("Gejala", "Mati total.", "Kabel putus.", "  ", "x")), max_size=40)


def test_what_is_the_same_gives_nothing():
    assert compared("Gejala\n\nMati  total.", "Gejala\nMati total. \n") == ()


def test_a_changed_line_stands_as_ours_and_as_theirs_with_what_is_around_it():
    ours = "a\nb\nc\nlama\nd\ne\nf\ng"
    theirs = ours.replace("lama", "baru")

    assert compared(ours, theirs) == (
        Line(Side.LEFT_OUT, count=1),
        Line(Side.BOTH, "b"),
        Line(Side.BOTH, "c"),
        Line(Side.OURS, "lama"),
        Line(Side.THEIRS, "baru"),
        Line(Side.BOTH, "d"),
        Line(Side.BOTH, "e"),
        Line(Side.LEFT_OUT, count=2),
    )


@given(lines, lines)
def test_each_version_can_be_read_off_the_comparison(ours, theirs):
    found = compared("\n".join(ours), "\n".join(theirs))
    one, other = ([line for line in version if line.strip()] for version in (ours, theirs))

    assert bool(found) == (one != other)
    if found:
        left_out = sum(line.count for line in found if line.side is Side.LEFT_OUT)
        both = [line.text for line in found if line.side is Side.BOTH]
        mine = [line.text for line in found if line.side is Side.OURS]
        assert sorted(both + mine) == sorted(_without(one, found))
        assert left_out + len(both) + len(mine) == len(one)
        assert left_out + len(both) + sum(s.side is Side.THEIRS for s in found) == len(other)


def _without(one, found):
    """Return the lines of a version that the comparison shows."""
    rest, at = [], 0
    for line in found:
        if line.side is Side.LEFT_OUT:
            at += line.count
        elif line.side is not Side.THEIRS:
            rest.append(one[at])
            at += 1
    return rest


def test_a_version_that_was_blown_up_is_compared_as_far_as_people_read():
    found = compared("Gejala", "\n".join(f"baris {n}" for n in range(10 * MOST)))

    assert len(found) == MOST + 1
