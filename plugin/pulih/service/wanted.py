"""What people looked for in the cases and did not find, until somebody writes it down."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pulih.domain.authority import Deed, require
from pulih.domain.facts import Fact
from pulih.domain.knowledge import Wanted, asked_for, key_of, sought
from pulih.domain.people import Person
from pulih.domain.reading import read
from pulih.domain.records import Page
from pulih.domain.ticket import text
from pulih.errors import Invalid, NotFound, Problem
from pulih.ports import Records, Tools
from pulih.service.tickets import visible
from pulih.wording import N_, sentence

ANSWER = Fact("answer", N_("Jawabannya ada di"), limit=200)
_MOST = 2000  # a list to work through, no log: what was looked for once and longest ago makes room
_CASE = re.compile(r"[0-9]{4}-[0-9]{4,}")
_PAGE = re.compile(r"[a-z0-9]+(?:[/-][a-z0-9]+)*/?")


@dataclass(frozen=True, slots=True)
class WantedDesk:
    """Keeps the list of what is missing."""

    tools: Tools

    def note(self, by: Person, words: str, ticket: str = "") -> Wanted | None:
        """Note that a search found nothing that fitted; None where nothing in it is a word.

        The same words in another order, or written otherwise, are the same search.

        Raises:
            NotAllowed: For people outside the office.
            NotFound: There is no such ticket.
        """
        require(by, Deed.FIND_CASES)
        asked = asked_for(words)
        key, now, calendar = key_of(asked), self.tools.now(), self.tools.calendar
        if not key:
            return None
        new = Wanted(key, asked, 1, now, now, by.id, by.name, ticket)

        def keep(records: Records) -> Wanted:
            if ticket:
                visible(records, by, ticket)
            before = records.wanted.get(key)
            same_day = before is not None and (
                calendar.local(before.last).date() == calendar.local(now).date()
            )
            if before is None:
                _make_room(records)
            wanted = sought(before, new, same_day=same_day)
            records.wanted.put(key, wanted)
            return wanted

        return self.tools.store.write(keep)

    def page(
        self, by: Person, *, settled: bool = False, page: int = 1, size: int = 25
    ) -> Page[Wanted]:
        """Return a page of what is missing, the most wanted first; or of what was settled, the last first.

        Raises:
            NotAllowed: For people outside the office.
        """
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            found = [wanted for wanted in records.wanted.find() if wanted.settled is settled]
        found.sort(key=_settled_last if settled else _most_wanted, reverse=True)
        start = (page - 1) * size
        return Page(tuple(found[start : start + size]), len(found), page, size)

    def get(self, by: Person, key: str) -> Wanted:
        """Return something that was looked for. Raises NotAllowed, NotFound."""
        require(by, Deed.FIND_CASES)
        with self.tools.store.reading() as records:
            return _wanted(records, key)

    def settle(self, by: Person, key: str, answer: str) -> Wanted:
        """Say which case or page of the wiki answers it now. Saying it again changes the answer.

        Args:
            answer: A case's number, or a page's address below the wiki's, as `panduan/wifi`.

        Raises:
            NotAllowed, NotFound: As they say.
            Invalid: It is neither, or there is no such case.
        """
        require(by, Deed.SETTLE_WANTED)
        now = self.tools.now()
        today = self.tools.calendar.local(now).date()
        told = text(read((ANSWER,), {ANSWER.name: answer}, today=today), ANSWER.name)

        def keep(records: Records) -> Wanted:
            wanted = _wanted(records, key)
            _hold_answer(records, told)
            wanted = replace(wanted, answer=told, settled_by=by.name, settled_at=now)
            records.wanted.put(key, wanted)
            return wanted

        return self.tools.store.write(keep)

    def reopen(self, by: Person, key: str) -> Wanted:
        """Take back that there is an answer. Raises NotAllowed, NotFound."""
        require(by, Deed.SETTLE_WANTED)

        def keep(records: Records) -> Wanted:
            wanted = replace(_wanted(records, key), answer="", settled_by="", settled_at=None)
            records.wanted.put(key, wanted)
            return wanted

        return self.tools.store.write(keep)


def is_case(answer: str) -> bool:
    """Tell whether an answer names a case, and no page."""
    return bool(_CASE.fullmatch(answer))


def _hold_answer(records: Records, answer: str) -> None:
    if is_case(answer):
        if records.articles.get(answer) is not None:
            return
        reason = sentence("Kasus {number} tidak ditemukan.", number=answer)
    elif _PAGE.fullmatch(answer):
        return
    else:
        reason = sentence(
            "Bukan nomor kasus dan bukan alamat halaman wiki. Contoh: 2026-0012 atau panduan/wifi."
        )
    raise Invalid([Problem(ANSWER.name, reason)])


def _make_room(records: Records) -> None:
    kept = records.wanted.find()
    kept.sort(key=lambda wanted: (wanted.settled, _most_wanted(wanted)))
    for wanted in kept[: max(0, len(kept) - _MOST + 1)]:
        records.wanted.remove(wanted.id)


def _wanted(records: Records, key: str) -> Wanted:
    wanted = records.wanted.get(key)
    if wanted is None:
        raise NotFound("Pencarian ini tidak ada dalam daftar.")
    return wanted


def _most_wanted(wanted: Wanted) -> tuple[int, datetime, str]:
    return wanted.times, wanted.last, wanted.id


def _settled_last(wanted: Wanted) -> tuple[int, datetime, str]:
    return 0, wanted.settled_at or datetime.min.replace(tzinfo=UTC), wanted.id
