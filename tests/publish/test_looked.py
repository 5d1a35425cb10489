"""The way that was looked at, on the page of a case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.edition import Case
from pulih.domain.passed import Passed
from pulih.publish.looked import looked_picture
from pulih.publish.page import case_page
from pulih.publish.way_style import DARK, LIGHT, RULES

WAY = (
    Passed("PC loket 1", "komputer", to=1, tone="unknown", said="tidak menjawab"),
    Passed("Router RSUD", "router", to=2, link="radio", tone="bad", said="Di sini: mati"),
    Passed("Router inti", "inti", tone="good", said="menjawab, 1,2 ms"),
)


def test_the_picture_is_on_the_page_with_the_place_that_failed(case, seen):
    page = seen(case_page(Case(replace(case, way=WAY))))

    assert "Jalur yang diperiksa" in page.text
    picture = page.one("svg")
    assert "Di sini: mati" in picture.text
    assert "Router RSUD → Router inti" in picture.text, "a screen reader hears the way"


def test_without_a_look_there_is_no_heading(case, seen):
    assert looked_picture(case) == ""
    assert "Jalur yang diperiksa" not in seen(case_page(Case(case))).text


@given(data=st.data())
def test_whatever_a_stop_is_called_it_is_only_shown(case, seen, hostile, data):
    name, said = data.draw(hostile), data.draw(hostile)
    way = (replace(WAY[0], name=name, said=said, link_said=said), *WAY[1:])

    page = seen(case_page(Case(replace(case, way=way))))

    assert not page.all("script")
    assert not page.all("img")
    assert len(page.all("svg")) == 1
    assert "Router RSUD" in page.one("svg").text
    assert "Yang diperiksa" in page.text, "what follows is still a table"


def test_the_wiki_has_the_rules_of_the_picture_in_both_schemes():
    sheet = (Path(__file__).parents[2] / "wiki/assets/pulih.css").read_text(encoding="utf-8")
    for part in (LIGHT, DARK, RULES):
        assert part in sheet
