"""What is shown of a case that was found: its title, and what it says, from which a passage is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pulih.domain.edition import Case
from pulih.publish import addresses
from pulih.publish.finding.packing import script
from pulih.publish.literal import one_line

_LONGEST_FIELD, _LONGEST = (
    600,
    2000,
)  # characters of a field and of a case: ten results stay below 100 KB
_LONGEST_TITLE = 200


def case_texts(name: str, cases: Sequence[Case]) -> str:
    """Return the script with the texts of some cases.

    Each is its number, its page without `.md`, its title, the day when it was resolved, its device and pairs of label
    and text.
    """
    return script("teks", name, [_row(case) for case in cases])


def cut(text: str, longest: int) -> str:
    """Return the beginning of a text on one line, as it may be shown."""
    whole = one_line(text[: longest * 2])
    return whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…"


def _row(case: Case) -> list[object]:
    one = case.article
    return [
        one_line(case.number),
        addresses.case(one.number, one.year).removesuffix(".md"),
        cut(one.title, _LONGEST_TITLE) or one_line(case.number),
        one.resolved.isoformat(),
        cut(one.device_make, _LONGEST_TITLE),
        list(_fields(case)),
    ]


def _fields(case: Case) -> Iterator[tuple[str, str]]:
    one = case.article
    fields = (
        ("Gejala", one.symptom),
        ("Penyebab", one.cause),
        ("Tindakan", one.actions),
        ("Menurut teknisi", one.observed),
        ("Di lokasi", one.on_site),
        ("Dari jarak jauh", one.remote),
        ("Hasil", one.result),
        ("Pengaturan", one.settings),
        ("Pencegahan", one.prevention),
        ("Tempat", " · ".join(filter(None, (one.site, one.place, one.location)))),
        ("Pemeriksaan", "; ".join(f"{r.what}: {r.value}" for r in (*one.checks, *one.tests))),
        *(("Catatan", note.text) for note in case.notes),
    )
    left = _LONGEST
    for label, text in fields:
        shown = cut(text, min(_LONGEST_FIELD, left)) if text and left else ""
        if shown:
            left -= len(shown)
            yield label, shown
