"""The wiki's page about the procedure is made from the procedure."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from pulih.domain import sop
from pulih.publish import flow_style
from pulih.publish.flow import arrows, flow_svg
from pulih.publish.sop_page import PAGE, PICTURE, sop_page, steps_table_markdown, write_sop
from pulih.publish.sop_words import LAW

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_page_in_the_repository_is_the_one_the_data_gives():
    assert (ROOT / PAGE).read_text(encoding="utf-8") == sop_page(), "pulih write-sop --office ."
    assert (ROOT / PICTURE).read_text(encoding="utf-8") == flow_svg(), "pulih write-sop --office ."


def test_all_fourteen_titles_stand_in_the_table_in_order(rendered):
    rows = rendered(sop_page()).one("tbody").all("tr")
    cells = [[cell.text for cell in row.all("td")] for row in rows]

    assert [(int(row[0]), row[1]) for row in cells] == [(s.number, s.title.id) for s in sop.STEPS]
    assert len(cells) == 14
    assert [row[3] for row in cells] == [s.needs.id for s in sop.STEPS]
    assert [row[4] for row in cells] == [s.yields.id for s in sop.STEPS]


def test_spans_ways_and_laws_are_all_told(rendered):
    text = rendered(sop_page()).text

    for span, days in sop.SPAN_DAYS.items():
        assert f"{span.label}: {days} hari kerja" in text
    for step in sop.STEPS:
        targets = {way.to for stage in step.stages for way in stage.ways}
        if len(targets - {stage.id for stage in step.stages}) > 1:
            assert all(
                f"“{w.label}”" in text
                for stage in step.stages
                for w in stage.ways
                if w.to not in {s.id for s in step.stages}
            )
    assert "1–11" in text
    assert all(law in text for law in LAW)


def test_the_picture_has_the_ways_of_the_regulation():
    leaps = {(a.start, a.end) for a in arrows() if a.end != a.start + 1}

    assert leaps == {(3, 1), (6, 11), (8, 11), (11, 5), (13, 12)}
    assert {(a.start, a.end) for a in arrows()} >= {(n, n + 1) for n in range(1, 15)}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_picture_says_every_title_and_outcome_and_describes_itself(language):
    picture = ET.fromstring(flow_svg(language))
    said = " ".join(text.text or "" for text in picture.iter(f"{SVG}text"))

    assert picture.attrib["role"] == "img"
    for part in picture.attrib["aria-labelledby"].split():
        assert next(node for node in picture if node.attrib.get("id") == part).text
    assert all(step.title.say(language) in said for step in sop.STEPS)
    assert all(label in said for a in arrows() if a.end != a.start + 1 for label in a.labels)


def test_no_words_of_the_picture_leave_it():
    picture = ET.fromstring(flow_svg())
    width = int(picture.attrib["viewBox"].split()[2])
    sizes = {
        "judul": 10.0,
        "kecil": 7.9,
        "pita": 8.5,
        "nomor": 9.0,
    }  # of DejaVu Sans, the widest we expect

    for text in picture.iter(f"{SVG}text"):
        kinds = text.attrib["class"].split()
        length, x = len(text.text) * sizes[kinds[0]], int(text.attrib["x"])
        left = (
            x - length
            if "kiri" in kinds
            else x - length / 2
            if {"tengah", "nomor"} & set(kinds)
            else x
        )
        assert left >= 0, text.text
        assert left + length <= width, text.text


def test_the_picture_on_the_page_has_the_colours_of_the_wiki():
    css = (ROOT / "wiki/assets/pulih.css").read_text(encoding="utf-8")
    colours = lambda text: re.findall(r"--[a-z-]+: #[0-9a-f]{3,6}", text)  # noqa: E731 - a name for a formula
    light, _, dark = (
        css.partition(".alur {")[2].partition("}")[0],
        "",
        css.partition('"slate"] .alur {')[2].partition("}")[0],
    )

    assert "prefers-color-scheme" not in sop_page()
    assert set(colours(flow_style.LIGHT)) <= set(colours(css))
    assert set(colours(dark)) == set(colours(flow_style.DARK))
    assert light


def test_the_table_for_the_readme_is_the_table_of_the_page():
    assert steps_table_markdown() in sop_page()
    assert "Letter from the agency" in steps_table_markdown("en")


def test_writing_it_down_twice_is_the_same_as_once(tmp_path):
    write_sop(tmp_path)
    write_sop(tmp_path)

    assert (tmp_path / PAGE).read_text(encoding="utf-8") == sop_page()
    assert sorted(p.name for p in (tmp_path / "wiki/sop").iterdir()) == ["alur.svg", "index.md"]
