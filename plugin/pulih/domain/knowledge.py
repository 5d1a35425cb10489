"""What the office knows about its cases as a whole: which are taken off the wiki, and what was looked for in vain."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from pulih.domain.reading import clean
from pulih.domain.scrub import scrubbed

_LONGEST = 200
_MOST_READ = 4000  # scrubbed before it is cut: a secret cut in two is found no more


@dataclass(frozen=True, slots=True)
class Retracted:
    """A case that is taken off the wiki; the ticket and what it teaches stay.

    Attributes:
        case: The ticket's number.
        by: The identifier of who took it off; `name` is what they were called on that day.
    """

    case: str
    by: str
    name: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that people looked for in the cases, and found nothing or nothing that fitted.

    Attributes:
        id: The digest of its words, whatever their order and writing.
        words: As they were typed last.
        times: How often; the same person counts once in a row and day.
        by: The identifier of who looked last; `name` is what they were called then.
        ticket: The number of the ticket that they had at hand last, or empty.
        answer: The case or page that answers it now; empty while there is none.
        settled_by: The name of who said so.
    """

    id: str
    words: str
    times: int
    first: datetime
    last: datetime
    by: str
    name: str
    ticket: str = ""
    answer: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None

    @property
    def settled(self) -> bool:
        """Whether there is an answer by now."""
        return bool(self.answer)


def asked_for(typed: str) -> str:
    """Return what somebody typed into a search as it may be kept: without secrets, and not longer than a line."""
    return scrubbed(clean(typed, lines=False)[:_MOST_READ])[:_LONGEST]


def key_of(words: str) -> str:
    """Return what two searches for the same words have in common; empty where nothing in it is a word."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    kept = (c for c in plain if not unicodedata.combining(c))
    parts = groupby(kept, str.isalnum)
    found = {"".join(letters) for is_word, letters in parts if is_word}
    told = " ".join(sorted(found))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32] if told else ""


def sought(before: Wanted | None, now: Wanted, *, same_day: bool) -> Wanted:
    """Return what is known of a search after somebody has made it.

    Args:
        before: What was known until now.
        now: The search, once.
        same_day: Whether both were made on one day of the office.
    """
    if before is None:
        return now
    again = before.by == now.by and same_day
    return replace(
        before,
        words=now.words,
        times=before.times + (0 if again else now.times),
        last=now.last,
        by=now.by,
        name=now.name,
        ticket=now.ticket or before.ticket,
    )
