"""A letter as a site of others hands it in: JSON that anybody may have written, read into the facts of step 1."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import accumulate

from pulih.domain.door import ONCE
from pulih.domain.reading import clean
from pulih.errors import Invalid, Problem
from pulih.wording import Sentence, sentence

MOST_FILES = 5
MOST_FILE_BYTES = 10 * 1024 * 1024
MOST_FILES_BYTES = 20 * 1024 * 1024  # of all of them together
MOST_BYTES = MOST_FILES_BYTES // 3 * 4 + 512 * 1024  # base64 is longer by a third
_MOST_POSITION, _MOST_NAME = 100, 200
_MOST_UNKNOWN = 5  # fields that are named in an answer
# What the site calls a field -> the fact of step 1, in both directions: its problems are told under the site's name.
_FACTS: Mapping[str, str] = {
    "agency": "agency",
    "sender": "contact_name",
    "phone": "contact_phone",
    "letter_number": "letter_number",
    "letter_date": "letter_date",
    "subject": "subject",
    "disturbed": "disturbed",
    "place": "place",
    "since": "since",
    "site": "site",
    "recurrence_of": "recurrence_of",
}
_SAID = {**{fact: name for name, fact in _FACTS.items()}, "scan": "attachments"}
_KNOWN = frozenset({*_FACTS, "submission", "position", "attachments"})
_NO_TEXT = sentence("Nilai ini harus berupa teks.")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came with a letter; neither name nor content is believed yet."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter, as far as it can be read by itself.

    Attributes:
        submission: 32 hexadecimal digits, the same where the same form is sent again.
        facts: Of step 1, as they were typed; `domain.reading` has not read them yet.
        sender, position: Who sends it, by the site's word.
    """

    submission: str
    facts: Mapping[str, str]
    sender: str
    position: str = ""
    files: tuple[Enclosed, ...] = ()

    @property
    def agency(self) -> str:
        """The agency that reports, as the site names it."""
        return self.facts.get("agency", "")

    @property
    def told_by(self) -> str:
        """Name and position of the sender."""
        return ", ".join(filter(None, (self.sender, self.position)))

    @property
    def digest(self) -> str:
        """A digest of all that it says; of the same letter the same, however its JSON was written."""
        files = [(file.name, hashlib.sha256(file.content).hexdigest()) for file in self.files]
        told = json.dumps([self.facts, self.position, files], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def read_posted(body: bytes, zone: tzinfo) -> Posted:
    """Return the letter that a site sends.

    Args:
        body: As it came.
        zone: Where a moment is meant that names no zone.

    Raises:
        ValueError: It is no JSON object.
        Invalid: A field is of another kind than it should be, or is not known.
    """
    said, problems = _object(body), list[Problem]()
    texts = {name: _text(said, name, problems) for name in (*_FACTS, "submission", "position")}
    if not ONCE.fullmatch(texts["submission"]):
        cure = sentence("Isi 32 angka heksadesimal, dibuat sekali untuk tiap formulir.")
        problems.append(Problem("submission", cure))
    if len(texts["position"]) > _MOST_POSITION:
        cure = sentence("Terlalu panjang; paling banyak {limit} huruf.", limit=_MOST_POSITION)
        problems.append(Problem("position", cure))
    files = tuple(_enclosed(said.get("attachments"), problems))
    problems += [
        Problem(clean(name, lines=False)[:40], sentence("Isian ini tidak dikenal."))
        for name in [name for name in said if name not in _KNOWN][:_MOST_UNKNOWN]
    ]
    if problems:
        raise Invalid(problems)
    texts["since"] = _zoned(texts["since"], zone)
    facts = {fact: texts[name] for name, fact in _FACTS.items() if texts[name]}
    return Posted(texts["submission"], facts, texts["sender"], texts["position"], files)


def under_its_names(problems: tuple[Problem, ...]) -> list[Problem]:
    """Return what is wrong with facts of step 1 as what is wrong with the fields that the site sent."""
    return [Problem(_SAID.get(one.field, one.field), one.sentence) for one in problems]


def _object(body: bytes) -> Mapping[str, object]:
    try:
        said = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except RecursionError as error:  # nested a thousand deep
        raise ValueError("nested too deep") from error
    if not isinstance(said, dict):
        raise ValueError("no object")  # noqa: TRY004 - of what came, not of how we call this
    return said


def _no_number(name: str) -> object:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _text(said: Mapping[str, object], name: str, problems: list[Problem]) -> str:
    value = said.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        problems.append(Problem(name, _NO_TEXT))
        return ""
    return clean(value, lines=name == "disturbed")


def _enclosed(said: object, problems: list[Problem]) -> Iterator[Enclosed]:
    """Yield the files, as long as nothing is wrong with one."""

    def wrong(cure: Sentence) -> None:
        problems.append(Problem("attachments", cure))

    if said is None:
        return
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        wrong(sentence("Lampiran harus berupa daftar nama dan isi."))
        return
    if len(said) > MOST_FILES:
        wrong(sentence("Paling banyak {most} berkas sekali kirim.", most=MOST_FILES))
        return
    files = [_file(one, wrong) for one in said]
    sizes = accumulate(len(file.content) for file in files if file)
    if any(total > MOST_FILES_BYTES for total in sizes):
        wrong(_too_large(MOST_FILES_BYTES))
        return
    yield from filter(None, files)


def _file(said: Mapping[str, object], wrong: Callable[[Sentence], None]) -> Enclosed | None:
    name, content = said.get("name"), said.get("content")
    if not isinstance(name, str) or not isinstance(content, str) or len(name) > _MOST_NAME:
        wrong(sentence("Tiap lampiran memerlukan nama dan isi, dua-duanya teks."))
        return None
    try:
        decoded = base64.b64decode(content.encode("ascii"), validate=True)
    except ValueError:
        wrong(sentence("Isi lampiran {name} bukan base64.", name=clean(name, lines=False)))
        return None
    if len(decoded) > MOST_FILE_BYTES:
        wrong(_too_large(MOST_FILE_BYTES))
        return None
    return Enclosed(clean(name, lines=False), decoded)


def _too_large(most: int) -> Sentence:
    return sentence(
        "Lampiran terlalu besar: paling banyak {most} MB. Kecilkan pindaian atau fotonya.",
        most=most // (1024 * 1024),
    )


def _zoned(text: str, zone: tzinfo) -> str:
    """Return a moment with the office's zone where it names none; what is no moment as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return text if moment.tzinfo else moment.replace(tzinfo=zone).isoformat()
