"""Pages as they are wanted on a Plone site, and what the office notes of them, made up for tests."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from PIL import Image

from pulih.domain.plone.page import (
    Body,
    Kept,
    PageKind,
    Photo,
    Placed,
    Shown,
    Standing,
    Wanted,
)


def telling(page: Wanted, like: Wanted | str) -> Wanted:
    """Return a page whose text is a sentence, or that of another page, with its photographs in between."""
    told = like if isinstance(like, str) else like.made({}).words

    def made(shown: Mapping[str, Shown]) -> Body:
        photos = tuple(Photo(one.id, one.title) for one in page.attached if one.id in shown)
        return Body(f"<p>{told}</p>", photos=photos, words=told)

    return replace(page, made=made)


def case_page(number: str = "tkt-2026-0001", text: str = "Switch lantai dua terbakar.") -> Wanted:
    """Return the page of a case; another text makes another digest."""
    page = Wanted(
        key=f"kasus/{number}", kind=PageKind.CASE, parent="opd/dukcapil", id=number,
        title="Loket perekaman putus", description="Switch lantai dua diganti.",
        digest=hashlib.sha256(text.encode()).hexdigest()[:32], subjects=("switch", "perangkat-rusak"),
        effective=date(2026, 3, 2), agency="dukcapil",
    )  # fmt: skip
    return telling(page, text)


def noted(page: Wanted, kept: Kept, **other: Any) -> Placed:
    """Return what the office notes of a page that was kept."""
    placed = Placed(
        target="sasaran", key=page.key, uid=kept.uid, path=kept.path, digest=page.digest,
        modified=kept.modified, standing=Standing.PUBLISHED, at=datetime(2026, 3, 2, tzinfo=UTC),
        files=kept.files, state=kept.state, head=kept.head,
    )  # fmt: skip
    return replace(placed, **other)


def picture(colour: str = "teal") -> bytes:
    """Return a photograph."""
    file = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(file, "JPEG")
    return file.getvalue()
