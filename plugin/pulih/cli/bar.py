"""How far a long work is, for whoever looks at the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from pulih.cli.base import say
from pulih.keeping.progress import Tell, silent
from pulih.wording import Sentence

_LONG = 1.0  # seconds; what is done sooner needs no bar
_PAUSE = 0.1


@contextmanager
def shown(what: Sentence) -> Iterator[Tell]:
    """Give a `Tell` that shows a bar on standard error once the work takes long; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    with ExitStack() as held:
        bar: Any = None
        due = time.monotonic() + _LONG

        def tell(done: int, of: int) -> None:
            nonlocal bar, due
            if time.monotonic() < due and not (bar and done == of):
                return
            if bar is None:
                bar = held.enter_context(
                    click.progressbar(length=of, label=say(what), file=sys.stderr)
                )
            bar.length, due = of, time.monotonic() + _PAUSE
            bar.update(done - bar.pos)

        yield tell
