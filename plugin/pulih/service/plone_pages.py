"""What is to stand on a Plone site, from the records, and what of it waits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pulih.domain.edition import Edition
from pulih.domain.plone.page import PageKind, Placed, Standing
from pulih.domain.plone.page import Wanted as WantedPage
from pulih.domain.plone.passing import WAITS
from pulih.domain.plone.target import Target
from pulih.domain.scrub import Audience
from pulih.ports import PloneSites, Tools
from pulih.service.cases import CaseDesk
from pulih.service.publishing import Binder
from pulih.service.verifying import VerifyDesk

_TRIED = (Standing.LOCKED, Standing.FAILED)


@dataclass(frozen=True, slots=True)
class PloneBook:
    """Binds editions for whoever reads a site, and remembers what need not be looked into again."""

    tools: Tools
    cases: CaseDesk
    sites: PloneSites
    _binders: dict[Audience, Binder] = field(default_factory=dict, compare=False, repr=False)

    def wanted(self, target: Target) -> Sequence[WantedPage]:
        """Return the pages that are to stand on a site now, parents before children."""
        with self.tools.store.reading() as records:
            agencies = records.agencies.all(active=None)
        desk = VerifyDesk(self.tools).checking.address
        shorts = {agency.id: agency.short for agency in agencies if agency.short}
        return self.sites.wanted(self._edition(target.audience), target, desk=desk, shorts=shorts)

    def _edition(self, audience: Audience) -> Edition:
        if audience is self.tools.audience:
            return self.cases.edition()  # what the wiki binds is kept in memory once
        binder = self._binders.setdefault(audience, Binder(self.tools.calendar, audience))
        with self.tools.store.reading() as records:
            return binder.edition(records, self.tools.now())


def due(wanted: Sequence[WantedPage], placed: Mapping[str, Placed], now: datetime) -> Iterator[str]:
    """Yield the keys of the pages for which there is something to do, as far as the records know."""
    keys = set()
    for page in wanted:
        keys.add(page.key)
        noted = placed.get(page.key)
        if noted is None or _waits(page, noted, now):
            yield page.key
    for key, noted in placed.items():
        if key not in keys and leaves(key, noted):
            yield key


def leaves(key: str, noted: Placed) -> bool:
    """Tell whether a page that nobody wants any more is still to be withdrawn."""
    return key != PageKind.ROOT.value and noted.standing is not Standing.WITHDRAWN


def retry_at(noted: Placed) -> datetime | None:
    """Return when a page is tried again that could not be written; None for others.

    One that was never tried waits for the folder that it belongs in, which is tried by itself.
    """
    if noted.standing not in _TRIED or not noted.tries:
        return None
    return noted.at + WAITS[min(noted.tries, len(WAITS)) - 1]


def next_try(placed: Collection[Placed], now: datetime) -> timedelta | None:
    """Return how long it is until the first of those that could not be written is tried again; None for none."""
    moments = [at for at in map(retry_at, placed) if at is not None]
    return max(min(moments) - now, timedelta()) if moments else None


def _waits(page: WantedPage, noted: Placed, now: datetime) -> bool:
    at = retry_at(noted)
    if at is not None:
        return at <= now
    if noted.standing in (Standing.WRITING, Standing.WITHDRAWN):
        return True
    return noted.standing in (Standing.PUBLISHED, Standing.KEPT) and noted.digest != page.digest
