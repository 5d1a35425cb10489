"""How a Plone site stands, in the shape in which people are shown it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pulih.domain.plone.page import Placed, Seen, Standing, Theirs, Wanted
from pulih.domain.plone.passing import PassState
from pulih.domain.plone.plan import Act, Step
from pulih.domain.plone.saying import sentence_of
from pulih.domain.plone.target import Target
from pulih.service.plone_pages import due
from pulih.wording import Sentence

ASKING = (Standing.EDITED, Standing.GONE, Standing.TAKEN)  # what somebody has to decide about
HELD = (*ASKING, Standing.FAILED, Standing.LOCKED)
_CASE = "kasus/"


@dataclass(frozen=True, slots=True)
class Line:
    """A page on a site, or one that should be there.

    Attributes:
        number: Of the case; empty for pages of another kind.
        title: What it is called; the key of a page that nobody wants any more.
        url: Where it stands; empty where it does not.
        standing: None where it was never put there.
        why: What is to be known of it; None for nothing.
        at: When that was noted.
        tries: How often in a row it could not be written.
    """

    key: str
    number: str
    title: str
    url: str
    standing: Standing | None
    why: Sentence | None
    at: datetime | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """How a site stands, as far as the records know.

    Attributes:
        state: Of the passes over it.
        published: How many pages stand there as they should.
        waiting: Pages that the next pass writes or withdraws.
        held: Pages that stand otherwise than they should: edited, gone, taken, locked or failed.
        kept: Pages that are somebody else's by decision.
        resting: For how long no pass begins by itself.
    """

    target: Target
    state: PassState
    published: int
    waiting: tuple[Line, ...]
    held: tuple[Line, ...]
    kept: tuple[Line, ...]
    resting: timedelta
    under_way: bool

    @property
    def why(self) -> Sentence | None:
        """Why the last pass was given up; None where it was not."""
        return sentence_of(self.state.why)

    def of(self, standing: Standing) -> tuple[Line, ...]:
        """Return the held pages of one standing."""
        return tuple(line for line in self.held if line.standing is standing)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a pass would do to a page.

    Attributes:
        why: What is only to be told of it, where nothing would be done.
    """

    act: Act
    line: Line
    why: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Both:
    """A page as we would write it, and as it stands there; None where it is not wanted, or not there."""

    line: Line
    ours: Theirs | None
    theirs: Theirs | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What the records have of a site.

    Attributes:
        wanted, placed: By key.
    """

    target: Target
    state: PassState
    wanted: Mapping[str, Wanted]
    placed: Mapping[str, Placed]

    @property
    def pages(self) -> tuple[Wanted, ...]:
        """What is to stand there, parents before children; nothing where all is to be withdrawn."""
        return () if self.state.emptying else tuple(self.wanted.values())

    def line(self, key: str) -> Line:
        """Return what is known of a page."""
        noted, wanted = self.placed.get(key), self.wanted.get(key)
        there = noted is not None and noted.uid and noted.standing is not Standing.GONE
        return Line(
            key=key,
            number=key.removeprefix(_CASE) if key.startswith(_CASE) else "",
            title=wanted.title if wanted else key,
            url=f"{self.target.url}/{noted.path}" if noted and there else "",
            standing=noted.standing if noted else None,
            why=sentence_of(noted.why) if noted else None,
            at=noted.at if noted else None,
            tries=noted.tries if noted else 0,
        )

    def overview(self, now: datetime) -> Overview:
        """Return how the site stands."""
        by = defaultdict[Standing, list[str]](list)
        for key, noted in self.placed.items():
            by[noted.standing].append(key)
        held = (key for standing in HELD for key in by[standing])
        return Overview(
            target=self.target,
            state=self.state,
            published=len(by[Standing.PUBLISHED]),
            waiting=tuple(map(self.line, due(self.pages, self.placed, now))),
            held=tuple(map(self.line, held)),
            kept=tuple(map(self.line, by[Standing.KEPT])),
            resting=self.state.resting(now),
            under_way=self.state.under_way(now),
        )

    def seen(self) -> dict[str, Seen]:
        """Return what a walk would see where nobody did anything since."""
        return {
            one.uid: Seen(one.uid, one.path, one.modified, one.state)
            for one in self.placed.values()
            if one.uid and one.standing is not Standing.GONE
        }

    def undecided(self, step: Step) -> bool:
        """Tell whether a step is about a page that waits for a person."""
        noted = step.placed or step.note
        return (
            noted is not None
            and noted.key not in self.state.again
            and noted.key in self.placed
            and self.placed[noted.key].standing in (*ASKING, Standing.KEPT)
        )

    def foreseen(self, step: Step) -> Foreseen:
        """Return what a step would do."""
        of = step.page or step.placed or step.note
        if of is None:
            raise ValueError(step)
        return Foreseen(
            step.act, self.line(of.key), sentence_of(step.note.why) if step.note else None
        )


def ours_of(page: Wanted) -> Theirs:
    """Return a page as we would write it."""
    return Theirs(page.title, page.description, page.subjects, page.made({}).words, "", "")
