"""What publishing to a Plone site costs, beside bare requests that make the same pages there.

    python bench/plone.py [--quick] [--json]

A real Plone is started from the tests' environment (`make .venv/plone-6.2/.ready`), with an empty folder for each of
the two. `publish_vs_bare` is how fast ours is beside bare requests that send the same fields of the same pages, and no
more: a POST for each, and one that publishes it. They take turns page by page, so that whatever else the machine does
is the same for both, and the median of those pairs counts. Ours also notes each page before and after in a store on
disk, and reads back what was written. `unchanged_pages_per_s` is the median of whole passes with nothing changed: what
is wanted is bound from the records, the site is signed in to and looked through, and all pages are compared. `--quick`
takes fewer cases.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import requests
from _cases import cases

from pulih.bootstrap import Office, open_office
from pulih.cli import new_office
from pulih.config import read_settings
from pulih.domain.agency import Agency
from pulih.domain.people import Person, Role
from pulih.domain.plone.page import Held, Kept, Wanted
from pulih.domain.plone.target import Target
from pulih.jobs import Collected
from pulih.ports import PloneSites
from pulih.publish.plone.site import RestSite
from pulih.publish.plone.writing import content_of, kind_of, name_of
from pulih.service.plone_typed import TypedTarget

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "tools"))

import plone as plones

_CASES, _QUICK_CASES = 200, 40
_PASSES = 5
_ADMIN = Person("admin", "Admin", Role.ADMIN)
_PATIENCE = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told = sys.stderr if asked.json else sys.stdout
    figures = measured(
        _QUICK_CASES if asked.quick else _CASES, lambda text: print(text, file=told, flush=True)
    )
    if asked.json:
        print(json.dumps(figures))


def measured(count: int, tell: Callable[[str], None]) -> dict[str, float]:
    """Publish so many cases, beside bare requests, and then nothing, a few times."""
    with tempfile.TemporaryDirectory() as within, plones.plone(Path(within)) as server:
        roots = [server.root("klasik", name) for name in ("kami", "polos")]
        with office(Path(within) / "kantor", count) as desk:
            typed = TypedTarget(
                "Portal", server.url("klasik"), *plones.PUBLISHER, roots[0], "intranet"
            )
            key = desk.plone_targets.keep(_ADMIN, typed).id
            race = Race(desk, Bare(server.url("klasik"), *roots))
            race.run(key)
            unchanged = [again(desk, key) for _ in range(_PASSES)]
    of_bare = statistics.median(bare / ours for ours, bare in race.turns)
    ours, bare = (sum(column) for column in zip(*race.turns, strict=True))
    pages = len(race.turns)
    tell(f"{pages} pages: ours {pages / ours:.1f} a second, bare requests {pages / bare:.1f}")
    tell(f"page by page, ours goes {of_bare:.2f} times as fast (median)")
    tell(f"nothing changed: {statistics.median(unchanged):.0f} pages a second")
    return {
        "publish_vs_bare": round(of_bare, 3),
        "unchanged_pages_per_s": round(statistics.median(unchanged), 1),
    }


@contextmanager
def office(folder: Path, count: int) -> Iterator[Office]:
    """Open an office on disk with so many cases."""
    new_office(folder)
    desk = open_office(read_settings(folder, {}), jobs=Collected())
    made = cases(count)
    with desk.tools.store.writing() as records:
        for agency in {(case.agency, case.agency_name) for case in made}:
            records.agencies.add(Agency(*agency))
        for case in made:
            records.articles.put(case.number, case)
    yield desk
    desk.close()


def again(desk: Office, key: str) -> float:
    """Make a pass with nothing changed; return how many pages a second it compared."""
    began = time.perf_counter()
    desk.plone_passes.perform(key, look=True, most=None)
    took = time.perf_counter() - began
    counts = desk.plone.show(_ADMIN, key).state.counts
    if counts.written or counts.held:
        raise SystemExit(f"something was written: {counts}")
    return counts.same / took


@dataclass
class Bare:
    """Requests that make pages below one root as they were made below another."""

    url: str
    ours: str
    theirs: str
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.trust_env = False
        self.session.headers["Accept"] = "application/json"
        name, password = plones.PUBLISHER
        token = self._post("@login", {"login": name, "password": password})["token"]
        self.session.cookies.clear()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def make(self, path: str, told: dict[str, Any]) -> None:
        there = f"{self.theirs}{path.removeprefix(self.ours)}"
        self._post(there.rpartition("/")[0], told)
        self._post(f"{there}/@workflow/publish", {})

    def _post(self, path: str, body: object) -> dict[str, Any]:
        answer = self.session.post(f"{self.url}/{path}", json=body, timeout=_PATIENCE)
        answer.raise_for_status()
        return dict(answer.json())


@dataclass
class Race:
    """A first pass, with a bare copy of each page right after it.

    Attributes:
        turns: Seconds of each page: ours, bare.
    """

    desk: Office
    bare: Bare
    turns: list[tuple[float, float]] = field(default_factory=list)
    _made: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _since: float = 0.0

    def run(self, key: str) -> None:
        passes = self.desk.plone_passes
        watched = replace(passes, sites=Watched(passes.sites, self._note))
        self._since = time.perf_counter()
        watched.perform(key, self._turn, look=True, most=None)
        overview = self.desk.plone.show(_ADMIN, key)
        if overview.held or overview.waiting or overview.why:
            raise SystemExit(f"not everything was published: {overview.why or overview.held[:1]}")

    def _note(self, site: RestSite, page: Wanted, path: str) -> None:
        """Keep a page for the other's turn; that takes none of our time."""
        began = time.perf_counter()
        told = {"@type": kind_of(site.ground, page), "id": name_of(page)}
        self._made.append((path, {**told, **content_of(site.ground, page)}))
        self._since += time.perf_counter() - began

    def _turn(self, _done: int, _of: int) -> None:
        """Take the bare requests' turn; the root was there, and is no page of this race."""
        ours = time.perf_counter() - self._since
        if self._made:
            began = time.perf_counter()
            self.bare.make(*self._made.pop())
            self.turns.append((ours, time.perf_counter() - began))
        self._since = time.perf_counter()


@dataclass(frozen=True)
class Watched:
    """The sites, telling of each page that they made."""

    sites: PloneSites
    note: Callable[[RestSite, Wanted, str], None]

    @contextmanager
    def open(self, target: Target) -> Iterator[WatchedSite]:
        with self.sites.open(target) as site:
            yield WatchedSite(site.ground, site.contact, self.note)


@dataclass(frozen=True)
class WatchedSite(RestSite):
    """A site of ours that tells of each page that it made."""

    note: Callable[[RestSite, Wanted, str], None]

    def create(self, page: Wanted, parent: str, *, over: bool = False) -> Kept | Held:
        kept = super().create(page, parent, over=over)
        if page.parent and isinstance(kept, Kept):
            self.note(self, page, kept.path)
        return kept


if __name__ == "__main__":
    main()
