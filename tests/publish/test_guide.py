"""The beginning of a guide: plain Markdown, whatever was looked for."""

from __future__ import annotations

import html

import markdown

from pulih.publish.guide import guide


def test_a_guide_begins_with_what_was_looked_for():
    assert guide("telepon IP bisu").startswith("# Telepon IP bisu\n\n## Gejala\n")


def test_what_was_looked_for_is_shown_letter_by_letter():
    page = markdown.markdown(guide("<script>alert(1)</script> *tebal* `{{ x }}`"))
    assert "<script" not in page
    assert "<em>" not in page
    assert "<script>alert(1)</script> *tebal* `{{ x }}`" in html.unescape(page)
