"""What stands on a case's page beside its story: photographs, later notes, the word to look at it again. Pure.

A note is kept apart from the official record, on the page as in the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pulih.domain.edition import Note, Picture, Review
from pulih.publish import addresses
from pulih.publish.literal import day, heading, inline, link, prose

_REASONS = {
    Review.OLD: "Kasus ini sudah lama, dan belakangan tidak tercatat membantu tiket mana pun.",
    Review.RETIRED: "Perangkatnya tidak dipakai lagi; penggantinya mungkin berbeda.",
}


def review(reasons: Sequence[Review]) -> str:
    """Return the warning that a page should be looked at again; empty for no reason."""
    if not reasons:
        return ""
    said = " ".join(_REASONS[reason] for reason in reasons)
    return _block(
        "admonition warning",
        "Perlu ditinjau\n{: .admonition-title }",
        f"{said} Periksa dahulu sebelum caranya dipakai.",
    )


def notes(added: Sequence[Note]) -> Iterator[str]:
    """Yield the section of the notes, each with its name and date."""
    if not added:
        return
    yield "## Catatan kemudian"
    about = "Ditambahkan teknisi sesudah tiket selesai; bukan bagian dari catatan resmi."
    said = (f"**{heading(one.name) or '–'}, {day(one.at)}**\n\n{prose(one.text)}" for one in added)
    yield _block("pulih-kemudian", about, *said)


def photographs(pictures: Sequence[Picture], here: str) -> Iterator[str]:
    """Yield the section of the photographs: small, each a link to the large one."""
    if not pictures:
        return
    yield "## Foto"
    rows = (_photograph(number, one, here) for number, one in enumerate(pictures, 1))
    yield _block("pulih-foto", "\n".join(rows))


def _photograph(number: int, picture: Picture, here: str) -> str:
    small = addresses.relative(here, addresses.thumbnail(picture.digest))
    large = addresses.relative(here, addresses.picture(picture.digest))
    caption = inline(picture.caption)
    image = link(f"![Foto {number}, buka ukuran besar]({small})", large)
    return f"- {image}<br>{caption}" if caption else f"- {image}"


def _block(kind: str, *paragraphs: str) -> str:
    return "\n\n".join((f'<div class="{kind}" markdown="1">', *paragraphs, "</div>"))
