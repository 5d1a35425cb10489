"""Everything below the root in a few requests, so that unchanged pages need none of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pulih.domain.plone.page import Seen, head_of
from pulih.errors import Unavailable
from pulih.publish.plone import reading
from pulih.publish.plone.ground import EVER, Ground
from pulih.wording import N_

_BATCH = 1000
_TIMES = 3
_MOST = 1_000_000
_FIELDS = ("UID", "modified", "review_state", "title", "description")
_MOVING = N_("Isi {root} di {url} berubah terus selagi dibaca. Dicoba lagi pada putaran berikut.")


def walk(ground: Ground) -> Mapping[str, Seen]:
    """Return everything below the root, and the root itself, by its identifier; nothing where there is no root.

    It is read as ourselves from beginning to end: to a stranger, what is private would look as if it were gone.

    Raises:
        Unavailable: It is not to be had, or changes all the time.
        Refused: The site does not know us any more.
    """
    for _ in range(_TIMES):
        seen, total = _read(ground)
        ground.link.make_sure()
        if len(seen) >= total:
            return {one.uid: one for one in seen.values()}
    raise Unavailable(_MOVING, root=ground.root, url=ground.link.url)


def _read(ground: Ground) -> tuple[dict[str, Seen], int]:
    """Return what was seen, by path, and how many the site said there are."""
    seen: dict[str, Seen] = {}
    outside, start, total = 0, 0, 1
    while start < total:
        query = [
            *(("metadata_fields", name) for name in _FIELDS),
            EVER,
            ("b_size", str(_BATCH)),
            ("b_start", str(start)),
            ("sort_on", "created"),  # what is new comes last, and moves nothing to another batch
            ("sort_order", "ascending"),
        ]
        answer = ground.link.get(f"{ground.root}/@search", query)
        if not answer.good:
            if ground.at(ground.root) is None:
                return {}, 0
            raise reading.odd(answer.said)
        told = reading.table(answer.body, "@search")
        count = told.get("items_total")
        if not isinstance(count, int) or not 0 <= count <= _MOST:
            raise reading.odd("items_total")
        total = count
        for hit in reading.rows(told.get("items"), "@search"):
            one = reading.seen(hit, ground.base, ground.root)
            if one is None:
                outside += 1
                continue
            head = head_of(reading.clean(hit.get("title")), reading.clean(hit.get("description")))
            seen[one.path] = replace(one, head=head)
        start += _BATCH
    return seen, total - outside
