"""The steps of our own in Markdown do what those of Python-Markdown do, whatever they meet."""

from __future__ import annotations

import random

import pytest
from markdown import Markdown
from mkdocs.utils.meta import get_data

from pulih.publish import fronts
from pulih.publish.steps import lighten

EXTENSIONS = ["attr_list", "def_list", "fenced_code", "md_in_html", "tables", "toc"]
PIECES = (
    "*", "**", "_", "__", "`", "``", "[", "]", "(", ")", "![", "<", "</div>", "<div markdown=1>", "<div>", "<b>",
    "<br>", "&amp;", "&#42;", "\\", "\n", "\n\n", "  \n", "    ", "# ", "## ", "- ", "1. ", "> ", ":   x",
    "| a | b |\n|---|---|\n| c | d |\n", ": ", "{: .x }", "{#id}", "{.c}", "{", "}", "===\n", "---\n", "***", "kata",
    "dua kata", "<http://a.b>", "<a@b.c>", "[x]: http://e\n", "[x]", "[y](a.md)", "[y](a.md){: .k }", "![\\[y](a.md)",
    "~~~\nkode\n~~~\n", "\x02", "\x03", "klzzwxh:0000", "\u2028", "<svg><path d='x'/></svg>", "<script>a<b</script>",
    "<!-- c -->", "<?p ?>", "<p markdown=span>*x*</p>", "[TOC]", "\t", "|", '"', "'", " ",
)  # fmt: skip
SCALARS = (
    '"', "a", "1", "e5", ".", "-", ":", " ", "#", "{", "}", "[", "]", ",", "'", "null", "true", "NaN", "\\", "\x7f",
    "&", "*", "!", "|", ">", "%", "@", "`", "~", "0x1", "\n",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_any_text_becomes_the_same_html_and_headings(seed):
    theirs, ours = Markdown(extensions=EXTENSIONS), Markdown(extensions=EXTENSIONS)
    lighten(ours)
    dice = random.Random(seed)
    for _ in range(500):
        source = "".join(dice.choices(PIECES, k=dice.randrange(1, 40)))
        told = [(md.reset().convert(source), md.toc_tokens) for md in (theirs, ours)]
        assert told[0] == told[1], source


def test_a_front_matter_that_is_read_without_yaml_says_what_yaml_would():
    dice, read = random.Random(5), 0
    for _ in range(5_000):
        value = "".join(dice.choices(SCALARS, k=dice.randrange(1, 8)))
        shown = dice.choice((value, f'"{value}"', f'["{value}"]', f'{{"a": {value}}}'))
        source = f"---\npulih: generated\ntitle: {shown}\n---\n\nisi\n"
        told = fronts.read(source)
        read += told is not None
        assert told is None or repr(told) == repr(get_data(source)), source
    assert read > 500
