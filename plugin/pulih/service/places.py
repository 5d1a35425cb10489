"""The wiki as its keeper sees it: what is on it, what waits and why, and how its copies elsewhere stand."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.domain.place import PlaceState, WaitingPage, WikiState
from pulih.errors import PulihError, Unavailable
from pulih.ports import Document, Places, Records, Tools
from pulih.service.cases import CaseDesk
from pulih.wording import Sentence, sentence

_KEY = "wiki"  # the setting in the records: the same on every machine of the office
_MOST_CAUSE = 2000


@dataclass(frozen=True, slots=True)
class WikiDesk:
    """Publishes, carries the site to its places, and says how both went."""

    tools: Tools
    cases: CaseDesk
    places: Places

    def state(self, by: Person) -> WikiState:
        """Return how the wiki stands. Raises NotAllowed for all but administrators."""
        require(by, Deed.KEEP_OFFICE)
        return self.known()

    def known(self) -> WikiState:
        """Return the same to whoever sits at the server's terminal."""
        waiting = self.cases.waiting()
        with self.tools.store.reading() as records:
            published = {one.number: one.at for one in records.published.find()}
            here = {article.number for article in records.articles.find()}
            gone = {one.case for one in records.retracted.find()}
            kept = records.settings.get(_KEY) or {}
        return WikiState(
            cases=len(published),
            published_at=max(published.values(), default=None),
            waiting=tuple(
                WaitingPage(n, _why(published=n in published, belongs=n in here and n not in gone))
                for n in waiting
            ),
            failed_at=_moment(kept.get("failed_at")),
            why=_sentence(kept.get("why")),
            cause=str(kept.get("cause", "")),
            asked_at=_moment(kept.get("asked_at")),
            asked_by=str(kept.get("asked_by", "")),
            places=tuple(self._states()),
        )

    def ask_again(self, by: Person) -> None:
        """Ask for everything to be published again, and all places to be looked through.

        Raises:
            NotAllowed: For all but administrators.
        """
        require(by, Deed.KEEP_OFFICE)
        asked = {"asked_at": self.tools.now().isoformat(), "asked_by": by.name}

        def keep(records: Records) -> None:
            records.settings.put(_KEY, {**(records.settings.get(_KEY) or {}), **asked})

        self.tools.store.write(keep)
        self.tools.jobs.publish(soon=True)
        self.places.bring(self.tools.publisher.site, anyway=True)

    def publish_due(self) -> int:
        """Publish what is due, and everything where that was asked for; return how many pages were due.

        Raises:
            Unavailable: The site could not be built. `state` then says why.
        """
        with self.tools.store.reading() as records:
            kept = records.settings.get(_KEY) or {}
        return self.publish(anyway="asked_at" in kept, kept=kept)

    def publish(self, *, anyway: bool, kept: Mapping[str, Any] | None = None) -> int:
        """Publish what is due, or everything; as `publish_due`."""
        try:
            count = self.cases.publish_due(anyway=anyway)
            self.cases.publish_here()  # where only a name has changed, or the site is not here yet
        except Unavailable as error:
            with suppress(PulihError):  # whatever kept it from being published
                self._note(
                    failed_at=self.tools.now().isoformat(),
                    why=_told(error.sentence),
                    cause=str(error.__cause__ or "")[:_MOST_CAUSE],
                )
            raise
        if kept is None:
            with self.tools.store.reading() as records:
                kept = records.settings.get(_KEY) or {}
        if kept and (anyway or count or "asked_at" not in kept):
            self._forget(kept)
        if anyway:
            self.places.bring(self.tools.publisher.site, check=True)
        return count

    def carry(self, *, anyway: bool = False, wait: bool = False) -> tuple[PlaceState, ...]:
        """Carry the site to the places that do not hold it yet, and return how they stand; see `Places.bring`."""
        self.places.bring(self.tools.publisher.site, anyway=anyway, wait=wait)
        return tuple(self._states())

    def _states(self) -> tuple[PlaceState, ...]:
        return tuple(self.places.states(self.tools.publisher.site))

    def _note(self, **told: object) -> None:
        def keep(records: Records) -> None:
            records.settings.put(_KEY, {**(records.settings.get(_KEY) or {}), **told})

        self.tools.store.write(keep)

    def _forget(self, seen: Mapping[str, Any]) -> None:
        """Forget what was noted; but who asked again meanwhile is answered by the next publishing."""

        def forget(records: Records) -> None:
            now: Document = records.settings.get(_KEY) or {}
            asked: Document = {n: now[n] for n in ("asked_at", "asked_by") if n in now}
            if asked.get("asked_at") == seen.get("asked_at"):
                records.settings.remove(_KEY)
            else:
                records.settings.put(_KEY, asked)

        self.tools.store.write(forget)


def _why(*, published: bool, belongs: bool) -> Sentence:
    if not belongs:
        return sentence("ditarik, dan masih tampil")
    if published:
        return sentence("berubah sejak terbit")
    return sentence("belum pernah terbit")


def _told(said: Sentence) -> list[object]:
    return [said.text, {name: str(value) for name, value in said.values.items()}]


def _sentence(told: Any) -> Sentence | None:  # noqa: ANN401 - as it was kept
    return Sentence(str(told[0]), dict(told[1])) if told else None


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
