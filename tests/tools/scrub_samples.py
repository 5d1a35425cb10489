"""Reading the samples of tests/recorded/scrub."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pulih.domain.scrub import Audience

_HEAD = re.compile(r"^%% (?P<family>[\w-]+)(?: (?P<audience>\w+))?\n", re.MULTILINE)
_MARKED = re.compile(r"⟦(?P<secret>.*?)⟧", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, what is secret in it, and what must stand around the masks."""

    family: str
    audience: Audience
    text: str
    secrets: tuple[str, ...]
    around: tuple[str, ...]

    @property
    def places(self) -> Iterator[tuple[int, int]]:
        """Where the secrets are in the text."""
        at = 0
        for before, secret in zip(self.around, self.secrets, strict=False):
            at += len(before)
            yield at, at + len(secret)
            at += len(secret)


def samples_in(file: Path) -> Iterator[Sample]:
    """Yield the samples of a file: `%% family [audience]`, then the text with its secrets in ⟦ ⟧."""
    told = file.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(told))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = told[head.end() : following.start() if following else len(told)].rstrip("\n")
        yield Sample(
            family=head["family"],
            audience=Audience(head["audience"] or "intranet"),
            text=_MARKED.sub(lambda m: m["secret"], body),
            secrets=tuple(m["secret"] for m in _MARKED.finditer(body)),
            around=tuple(_MARKED.split(body)[::2]),
        )
