"""The last gate: whatever comes, nothing leaves for Plone that runs, frames, styles or loads."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.publish.plone.cleaning import ATTRIBUTES, CLASSES, TAGS, VALUES, cleaned
from pulih.publish.plone.plain import plain

EVIL = (
    "<script>alert(1)</script>",
    "<ScRiPt/src=//x>",
    "<script",
    "</script>",
    "<iframe src=https://x>",
    "<iframe",
    "<img src=x onerror=alert(1)>",
    "<img/src='data:image/png;base64,AAAA'>",
    "<svg/onload=alert(1)>",
    "<math><mi//x",
    '<a href="javascript:alert(1)">',
    '<a href="jav&#x09;ascript:alert(1)">',
    "<a href=' \x01javascript:1'>",
    '<a href="JaVaScRiPt&colon;alert(1)">',
    '<a href="data:text/html,<script>1</script>">',
    "<a href=vbscript:x>",
    '<a href="//jahat.example">',
    "<p style='background:url(javascript:1)'>",
    "<p onclick=alert(1)>",
    "<style>*{}</style>",
    "<object data=x>",
    "<embed src=x>",
    "<form action=x><input name=y>",
    "<base href=//x>",
    "<meta http-equiv=refresh>",
    "<link rel=stylesheet href=//x>",
    "<noscript><p title='</noscript><img src=x onerror=1>'>",
    "<template><img onload=1>",
    "<table><td><style><img title='</style><img src onerror=1>'>",
    "<!-- <script> -->",
    "<![CDATA[<script>]]>",
    "<?php x?>",
    "<textarea><img onerror=1></textarea>",
    "<title><img onerror=1>",
    "<xmp><script>",
    "<div class='x table-responsive'>",
    "<th scope=evil>",
    "<details ontoggle=alert(1) open>",
    "<video src=x onerror=1>",
    "<svg><style><img onerror=1></style>",
    "&lt;script&gt;",
    "\x00",
    "<\x00script>",
    "<p>",
    "</p>",
    "<b>",
    "<pre>",
    "'\"><script>",
    "<a id=location name=x>",
)
pieces = st.lists(st.sampled_from(EVIL) | st.text(max_size=12), max_size=8).map("".join)
fragments = pieces | st.builds(lambda a, b: a[: len(a) // 2] + b, pieces, pieces)


class Eyes(HTMLParser):
    """Collects what a browser would be given."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, attrs))


def seen(html):
    eyes = Eyes()
    eyes.feed(html)
    eyes.close()
    return eyes.seen


@given(fragments)
def test_nothing_passes_that_is_not_on_the_list(html):
    for tag, attributes in seen(cleaned(html)):
        assert tag in TAGS
        for name, value in attributes:
            if name == "class":
                assert set(value.split()) <= CLASSES[tag]
            elif name in VALUES.get(tag, {}):
                assert value in VALUES[tag][name]
            else:
                assert name in ATTRIBUTES[tag]
            if name in ("href", "src"):
                scheme = value.partition(":")[0] if ":" in value.split("/")[0] else ""
                assert scheme in ("", "http", "https")
                assert not value.strip().startswith(("//", "\\"))


@given(fragments)
def test_cleaning_what_was_cleaned_gives_the_same(html):
    once = cleaned(html)

    assert cleaned(once) == once


@given(fragments)
def test_words_of_what_was_cleaned_are_plain(html):
    told = plain(cleaned(html))

    assert "\x00" not in told
    assert all(line.strip() for line in told.split("\n")) or told == ""


@given(st.text(max_size=200))
def test_any_text_can_be_read_as_html(html):
    assert isinstance(plain(html), str)


@pytest.mark.parametrize("html", EVIL)
def test_each_known_trick_is_disarmed(html):
    left = cleaned(f"<p>a</p>{html}<p>b</p>").lower()

    assert not any(
        sign in left
        for sign in (
            "<script",
            "<iframe",
            "<svg",
            "<style",
            "<object",
            "<form",
            " on",
            "javascript:",
            "data:",
            "style=",
        )
    )


def test_what_a_page_needs_passes_as_it_is():
    html = (
        '<h2>Foto</h2><p><img class="img-fluid" src="resolveuid/1f/@@images/image/large" alt="Kabel"></p>'
        '<div class="table-responsive"><table class="table"><tbody><tr><th scope="row">a</th><td>b<br>c</td></tr>'
        '</tbody></table></div><pre>a  b\nc</pre><p><a href="../rsud/2026-0001">x</a> <a href="https://w.id/">y</a></p>'
    )

    assert cleaned(html) == html


def test_lines_of_a_page_are_kept_apart():
    html = "<h2>Uji</h2><table><tr><th>a</th><td>b</td></tr></table><pre>1  2\n3</pre><ul><li>x</li></ul><img alt=Foto>"

    assert plain(html).split("\n") == ["Uji", "a | b", "1 2", "3", "x", "Foto"]
