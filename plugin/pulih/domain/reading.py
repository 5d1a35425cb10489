"""The only reading of what was typed.

Every door (browser, command line, import) hands its raw values to `read`, so that none of them can bring less than the
specification in `facts.py` asks for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

from pulih.domain.facts import LISTS, Fact, Facts, Kind, Value
from pulih.errors import Invalid, Problem
from pulih.wording import Sentence, sentence

MOST_ITEMS = 40
EARLIEST = date(2000, 1, 1)
_PHONE = re.compile(r"^(?=(?:[^0-9]*[0-9]){5})[+(0-9][0-9 ().\-/]{4,29}$")
# Marks that reorder or hide text: a sentence must read the same on screen, on paper and in a search.
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_YES = frozenset({"ya", "yes", "true", "1", "on"})
_NO = frozenset({"tidak", "no", "false", "0"})


class Unreadable(Exception):
    """One value does not fit its field; `read` turns it into a `Problem`."""

    def __init__(self, reason: Sentence) -> None:
        """Take the sentence for the person who typed it."""
        super().__init__(str(reason))
        self.reason = reason


def read(
    specs: Sequence[Fact],
    raw: Mapping[str, object],
    *,
    today: date,
    one_of: Sequence[Sequence[str]] = (),
) -> dict[str, Value]:
    """Return the facts in the shape that is kept. Reading what was read gives the same.

    Args:
        specs: The fields of the step. What is not in them is ignored.
        raw: Strings, lists, or values already read.
        today: The date in the office, against which `past` is held.
        one_of: Groups of fields; of each that counts here, at least one must be there.

    Raises:
        Invalid: With a problem for every field that is missing or does not fit.
    """
    facts: dict[str, Value] = {}
    problems: list[Problem] = []
    for spec in specs:
        if not _counts(spec, facts):
            continue
        try:
            value = read_value(spec, raw.get(spec.name), today=today)
            if value is None and spec.required:
                problems.append(Problem(spec.name, sentence("Isian ini wajib.")))
            elif value is not None:
                _belongs(spec, value, facts)
                facts[spec.name] = value
        except Unreadable as error:
            problems.append(Problem(spec.name, error.reason))
    blamed = {problem.field for problem in problems}
    for group in one_of:
        members = [spec for spec in specs if spec.name in group and _counts(spec, facts)]
        if members and not any(spec.name in facts or spec.name in blamed for spec in members):
            labels = [sentence("“{label}”", label=sentence(spec.label)) for spec in members]
            said = sentence("Isi paling sedikit satu dari: {labels}.", labels=labels)
            problems.append(Problem(members[0].name, said))
    if problems:
        raise Invalid(problems)
    return facts


def _counts(spec: Fact, facts: Facts) -> bool:
    return spec.when is None or facts.get(spec.when[0]) == spec.when[1]


def _belongs(spec: Fact, value: Value, facts: Facts) -> None:
    group = facts.get(spec.among) if spec.among else None
    if isinstance(group, list) and value not in group:
        raise Unreadable(sentence("Pilih salah satu dari orang yang ditunjuk di atas."))


def read_value(spec: Fact, raw: object, *, today: date) -> Value | None:
    """Return one value in the shape that is kept, or None when nothing was typed.

    Raises:
        Unreadable: The value does not fit.
    """
    if spec.kind in LISTS:
        return _items(spec, raw)
    if spec.kind is Kind.ROWS:
        return _rows(spec, raw)
    if isinstance(raw, bool):
        raw = "ya" if raw else "tidak"
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise Unreadable(sentence("Nilai ini tidak dapat dibaca; ketik ulang."))
    text = clean(raw, lines=spec.kind is Kind.PROSE)
    return _READERS.get(spec.kind, _text)(spec, text, today) if text else None


def clean(text: str, *, lines: bool) -> str:
    """Return `text` in one Unicode form, without control or invisible characters, and without space at its ends."""
    if text.isascii() and text.replace("\n", "").isprintable():  # most texts; the rest takes longer
        return text.strip() if lines else " ".join(text.split())
    # Taken out first: a mark between a letter and its accent would keep the two from becoming one.
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text)
    kept = "\n\t" if lines else ""
    text = "".join(c if c in kept or unicodedata.category(c)[0] != "C" else " " for c in text)
    return text.strip() if lines else " ".join(text.split())


def _text(spec: Fact, text: str, _today: date) -> str:
    if len(text) > spec.limit:
        raise Unreadable(
            sentence(
                "Terlalu panjang: {length} huruf, paling banyak {limit}. Ringkas isian ini.",
                length=len(text),
                limit=spec.limit,
            )
        )
    return text


def _phone(_spec: Fact, text: str, _today: date) -> str:
    if not _PHONE.match(text):
        raise Unreadable(sentence("Bukan nomor telepon. Contoh: 0812-3456-7890."))
    return text


def _date(spec: Fact, text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unreadable(sentence("Bukan tanggal yang ada. Contoh: 2026-03-31.")) from None
    _within(spec, day, today)
    return day.isoformat()


def _moment(spec: Fact, text: str, today: date) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(
            sentence("Bukan tanggal dan jam yang ada. Contoh: 2026-03-31 09:30.")
        ) from None
    if moment.tzinfo is None:
        raise Unreadable(sentence("Jam ini tidak menyebut zona waktu."))
    _within(spec, moment.date(), today)
    kept = moment.astimezone(UTC)
    _within(spec, kept.date(), today)
    return kept.isoformat(timespec="minutes")


def _within(spec: Fact, day: date, today: date) -> None:
    if day < EARLIEST or day.year > today.year + 5:
        raise Unreadable(sentence("Tahun {year} tidak masuk akal di sini.", year=day.year))
    if spec.past and day > today:
        raise Unreadable(sentence("Tanggal ini belum terjadi; paling akhir hari ini."))


def _yes_no(_spec: Fact, text: str, _today: date) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise Unreadable(sentence("Pilih ya atau tidak."))
    return word in _YES


def _choice(spec: Fact, text: str, _today: date) -> str:
    if text not in {choice.id for choice in spec.choices}:
        raise Unreadable(sentence("Pilih salah satu jawaban yang tersedia."))
    return text


def _items(spec: Fact, raw: object) -> list[str] | None:
    items = [raw] if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else []
    if not all(isinstance(item, str) for item in items):
        raise Unreadable(sentence("Nilai ini tidak dapat dibaca; pilih ulang."))
    kept = list(dict.fromkeys(text for item in items if (text := clean(item, lines=False))))
    if len(kept) > MOST_ITEMS or any(len(item) > spec.limit for item in kept):
        raise Unreadable(sentence("Terlalu banyak; paling banyak {most}.", most=MOST_ITEMS))
    if spec.choices and not set(kept) <= {choice.id for choice in spec.choices}:
        raise Unreadable(sentence("Pilih dari jawaban yang tersedia."))
    return kept or None


def _rows(spec: Fact, raw: object) -> list[dict[str, str]] | None:
    if raw is None:
        return None
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        raise Unreadable(sentence("Daftar ini tidak dapat dibaca; isi ulang."))
    columns = [column.id for column in spec.choices]
    rows = [{name: clean(_cell(row.get(name)), lines=False) for name in columns} for row in raw]
    rows = [row for row in rows if any(row.values())]
    if len(rows) > MOST_ITEMS:
        raise Unreadable(sentence("Terlalu banyak; paling banyak {most}.", most=MOST_ITEMS))
    for row in rows:
        if any(len(text) > spec.limit for text in row.values()):
            raise Unreadable(
                sentence(
                    "Satu baris terlalu panjang; paling banyak {limit} huruf.", limit=spec.limit
                )
            )
        if not row[columns[0]] or not row[columns[1]]:
            raise Unreadable(sentence("Tiap baris memerlukan dua kolom pertama."))
    return rows or None


def _cell(raw: object) -> str:
    if raw is None or isinstance(raw, str):
        return raw or ""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return repr(raw)
    raise Unreadable(sentence("Daftar ini tidak dapat dibaca; isi ulang."))


_READERS: dict[Kind, Callable[[Fact, str, date], Value]] = {
    Kind.PHONE: _phone,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
}
