"""Beside `mkdocs serve`: a bell is rung when there is something new, and looking goes on whatever a look met."""

from __future__ import annotations

import time

import pytest

from pulih.errors import Unavailable
from pulih.wiki.watch import Watch


@pytest.mark.parametrize(
    "trouble", [Unavailable("Basis data mati."), FileNotFoundError("kasus/1.md")]
)
def test_a_look_that_fails_does_not_end_the_looking(trouble, caplog):
    looks = iter([trouble, False, True])

    def changed() -> bool:
        look = next(looks, False)
        if isinstance(look, Exception):
            raise look
        return look

    watch = Watch(changed, every=0.01)
    try:
        end = time.monotonic() + 10
        while watch.bell.read_text() != "1":
            assert time.monotonic() < end
            time.sleep(0.01)
    finally:
        watch.stop()

    assert [str(trouble) in record.getMessage() for record in caplog.records] == [True]
