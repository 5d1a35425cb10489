"""The beginning of a hand-written guide, for what people looked for and no page answers yet."""

from __future__ import annotations

from pulih.publish.literal import heading

_BODY = """# {title}

## Gejala

Kata-kata yang dipakai orang saat mencarinya: {title}.

## Sebab yang mungkin

1. …

## Langkah

1. …

## Bila tidak menolong

…
"""


def guide(words: str) -> str:
    """Return Markdown to be written on: the words as title, and the headings of a guide."""
    return _BODY.format(title=heading(words[:1].upper() + words[1:]))
