"""What of a ticket goes out to the wiki, as its technician decided: what else is hidden, what is not, the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pulih.domain.edition import Picture
from pulih.domain.preview import Preview
from pulih.domain.reading import clean
from pulih.domain.records import Attachment
from pulih.domain.scrub import Choices, Kind
from pulih.domain.scrub.chosen import same
from pulih.errors import Invalid, Problem
from pulih.wording import sentence

MOST_LETTERS = 300  # of a passage, a reason, a caption
MOST = 100  # passages of one ticket
_LEAST = 2  # letters and digits of a passage: fewer stand in every sentence


@dataclass(frozen=True, slots=True)
class Lifted:
    """A text that is found to be secret and may be read all the same.

    Attributes:
        text: As it stands in the ticket.
        reason: Why it may be read.
        by: The identifier of who said so; `name` is what they were called on that day.
    """

    text: str
    reason: str
    by: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What was decided of a ticket.

    Attributes:
        ticket: Its number.
        more: Texts that are hidden although nothing was found in them.
        less: Texts that stay readable.
        pictures: Those that were ticked, in the order in which they are shown.
        version: How often it was decided; who decides on an older one is told.
        past: Texts that stayed readable for a time, and are hidden again.
    """

    ticket: str
    more: tuple[str, ...] = ()
    less: tuple[Lifted, ...] = ()
    pictures: tuple[Picture, ...] = ()
    version: int = 0
    past: tuple[Lifted, ...] = ()

    @property
    def choices(self) -> Choices:
        """What it says of the ticket's texts."""
        return Choices(self.more, tuple((one.text, one.reason) for one in self.less))

    def hiding(self, typed: str, shown: Preview) -> Outgoing:
        """Return it with one more passage to be hidden wherever it stands.

        Args:
            typed: A word or a passage, as somebody typed or copied it.
            shown: The page as it would go out now.

        Raises:
            Invalid: It is empty, too short or too long, in no text, or hidden already.
        """
        passage = clean(typed[: MOST_LETTERS * 40], lines=False)
        if not passage:
            raise _wrong("passage", "Tulis kata atau kalimat yang harus disamarkan.")
        if len(passage) > MOST_LETTERS:
            raise _wrong(
                "passage",
                "Terlalu panjang; paling banyak {limit} huruf. Samarkan bagian demi bagian.",
                limit=MOST_LETTERS,
            )
        if sum(map(str.isalnum, passage)) < _LEAST:
            raise _wrong(
                "passage", "Terlalu pendek: tulis paling sedikit {least} huruf.", least=_LEAST
            )
        if not shown.has(passage):
            raise _wrong(
                "passage",
                "Tidak ada di halaman ini. Salin persis dari teksnya, tanpa tanda samaran di dalamnya.",
            )
        if same(passage) in map(same, self.more) or not shown.shows(passage):
            raise _wrong("passage", "Ini sudah disamarkan di semua tempatnya.")
        if len(self.more) >= MOST:
            raise _wrong(
                "passage",
                "Sudah {most} yang disamarkan tambahan. Batalkan yang tidak perlu.",
                most=MOST,
            )
        return replace(self, more=(*self.more, passage), version=self.version + 1)

    def unhiding(self, passage: str) -> Outgoing:
        """Return it without a passage that somebody had hidden; itself where nobody had."""
        more = tuple(one for one in self.more if same(one) != same(passage))
        return self if more == self.more else replace(self, more=more, version=self.version + 1)

    def lifting(self, lifted: Lifted, shown: Preview) -> Outgoing:
        """Return it with something that was found and may be read all the same.

        Raises:
            Invalid: There is no reason, or nothing of the kind is found, or it is a secret, which never goes out.
        """
        reason = clean(lifted.reason[: MOST_LETTERS * 40], lines=False)
        kinds = {one.kind for one in shown.findings if one.masked and one.is_(lifted.text)}
        if not kinds - {Kind.CHOSEN}:
            raise _wrong(
                "finding", "Ini tidak sedang disamarkan. Muat ulang halamannya, lalu lihat lagi."
            )
        if any(kind.secret for kind in kinds):
            raise _wrong(
                "finding",
                "Kata sandi, kunci, dan sejenisnya tidak pernah terbit, dengan alasan apa pun.",
            )
        if not any(map(str.isalnum, reason)):
            raise _wrong("reason", "Tulis alasannya: mengapa ini boleh dibaca semua orang.")
        if len(reason) > MOST_LETTERS:
            raise _wrong(
                "reason", "Terlalu panjang; paling banyak {limit} huruf.", limit=MOST_LETTERS
            )
        others = (one for one in self.less if same(one.text) != same(lifted.text))
        less = (*others, replace(lifted, reason=reason))
        return replace(self, less=less, version=self.version + 1)

    def unlifting(self, text: str) -> Outgoing:
        """Return it without the word that a text may be read; itself where nobody gave it."""
        gone = tuple(one for one in self.less if same(one.text) == same(text))
        if not gone:
            return self
        less = tuple(one for one in self.less if one not in gone)
        return replace(self, less=less, past=(*self.past, *gone), version=self.version + 1)

    def showing(self, pictures: Iterable[Picture]) -> Outgoing:
        """Return it with these pictures and no others; itself where it has them."""
        pictures = tuple(pictures)
        if pictures == self.pictures:
            return self
        return replace(self, pictures=pictures, version=self.version + 1)


def caption(typed: str) -> str:
    """Return what stands below a picture, and is read to whoever cannot see it. Raises Invalid."""
    told = clean(typed[: MOST_LETTERS * 40], lines=False)
    if not any(map(str.isalnum, told)):
        raise _wrong("caption", "Tulis apa yang tampak di gambar ini; pembaca layar membacakannya.")
    if len(told) > MOST_LETTERS:
        raise _wrong("caption", "Terlalu panjang; paling banyak {limit} huruf.", limit=MOST_LETTERS)
    return told


def chosen(images: Sequence[Attachment], captions: Mapping[str, str]) -> tuple[Picture, ...]:
    """Return the pictures of a ticket that were ticked.

    Args:
        images: All that it has.
        captions: By the identifier of the attachment, as they were typed.

    Raises:
        Invalid: One is none of them, or a caption is no good; its field is `caption-` and the identifier.
    """
    known = {image.id: image for image in images}
    problems, pictures = [], []
    for key, typed in captions.items():
        if key not in known:
            raise _wrong("pictures", "Gambar ini bukan gambar tiket ini. Muat ulang halamannya.")
        try:
            pictures.append(Picture(known[key].digest, caption(typed)))
        except Invalid as error:
            problems += [Problem(f"caption-{key}", p.sentence) for p in error.problems]
    if problems:
        raise Invalid(problems)
    return tuple(pictures)


def _wrong(field: str, text: str, **values: object) -> Invalid:
    return Invalid([Problem(field, sentence(text, **values))])
