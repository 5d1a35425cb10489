"""What people typed is what readers see."""

from __future__ import annotations

import re
import unicodedata

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from pulih.publish import literal

PLAIN = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")) | st.just("\n"), max_size=200)


def as_seen(text: str) -> str:
    """A text, spelled independently of the code: no-break spaces look like spaces."""
    return "\n".join(literal.lines(text)).replace("\u00a0", " ")


@given(text=PLAIN)
@example(text="a  b\n  - c\n\n\n1. d  \n| e |")
def test_a_paragraph_shows_every_letter_space_and_line_break(text, rendered):
    page = rendered(f"# Judul\n\n{literal.prose(text)}\n\n## Sesudah")
    typed = unicodedata.normalize("NFC", text).strip().replace("\u00a0", " ")

    assert (page.one("p").text if page.all("p") else "") == typed


@given(data=st.data())
def test_hostile_text_stays_text_wherever_it_stands(data, hostile, rendered):
    a, b, c, d, e, f = (data.draw(hostile) for _ in range(6))
    page = rendered(
        f"# {literal.heading(a) or 'x'}\n\n"
        f"**Label:** {literal.prose(b)}\n\n"
        f"- {literal.link(literal.inline(c) or 'x', 'x.md')}\n\n"
        f"| Kolom | Lain |\n| --- | --- |\n| {literal.inline(d)} | x |\n\n"
        f"Istilah\n:   {literal.inline(e) or 'x'}\n\n"
        f"{literal.prose(f)}\n"
    )

    ours = {
        "page",
        "h1",
        "a",
        "p",
        "strong",
        "br",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert page.tags <= ours | {"dl", "dt", "dd"}
    assert {key for node in page for key in node.attributes} <= {"id", "href", "class", "title"}
    assert page.one("h1").text.removesuffix("#") == (
        literal.one_line(a).replace("\u00a0", " ") or "x"
    )
    assert page.one("p").text == f"Label: {as_seen(b)}".rstrip(" ") or as_seen(b).endswith(" ")
    assert page.one("a", href="x.md").text == (as_seen(c) or "x")
    assert page.all("td")[0].text == as_seen(d)
    assert page.one("dd").text == (as_seen(e) or "x")
    assert not as_seen(f) or page.all("p")[-1].text == as_seen(f)


@given(data=st.data())
def test_front_matter_comes_back_as_it_was(data, hostile):
    text = data.draw(hostile)
    block = literal.front_matter(text, {"number": text, "inner": {"name": text}, "list": ["a"]})

    assert block.startswith(f"---\n{literal.MARK}\n")
    read = yaml.safe_load(block.removeprefix("---\n").removesuffix("---\n"))
    assert read["number"] == read["inner"]["name"] == literal.one_line(text)
    assert read["list"] == ["a"]
    assert not re.search(r"[<>\"]", read["title"])  # themes print it as it stands
    assert len(block.splitlines()) == len(block.split("\n")) - 1 == 7


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "\x00"])
def test_nothing_typed_is_nothing_shown(text):
    assert literal.prose(text) == literal.inline(text) == literal.heading(text) == ""


def test_ordinary_words_stay_readable_in_the_file():
    text = "Ping 10.20.4.1: 0 % hilang, 1,2 ms (gerbang) - port B2-14/3."

    assert literal.prose(text) == text
