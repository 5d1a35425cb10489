"""Which pages are to stand on a Plone site, from an edition and what the target shows of it. Pure.

No page's text is made here, and a page's digest is worked out from those of its parts: of ten thousand pages, only
those are made that are to be written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import quote

from pulih.domain.article import Article
from pulih.domain.edition import Case, Edition
from pulih.domain.plone.page import Attached, PageKind, Wanted
from pulih.domain.plone.target import Target
from pulih.domain.recurrence import returns
from pulih.domain.scrub import Audience
from pulih.publish import addresses
from pulih.publish.groups import Groups, grouped
from pulih.publish.literal import one_line
from pulih.publish.plone.atlas import Atlas, atlas_of
from pulih.publish.plone.body import Elsewhere, body
from pulih.publish.plone.lists import LOOK, list_pages
from pulih.publish.plone.panel import Ties
from pulih.publish.sheet import made_of

_MOST_DESCRIBED = 200
_JPEG, _PDF = "image/jpeg", "application/pdf"


@dataclass(frozen=True, slots=True)
class Around:
    """What pages are made of beside the edition.

    Attributes:
        wiki: The wiki's address as people open it; empty where nobody knows it.
        desk: The desk's, likewise.
        shorts: Agency -> its short name, where it has one.
        printer: What PDFs are printed with: of another one, they are made again.
    """

    wiki: str = ""
    desk: str = ""
    shorts: Mapping[str, str] = field(default_factory=dict)
    printer: str = ""


def pages(
    edition: Edition, digests: Mapping[str, str], target: Target, around: Around
) -> list[Wanted]:
    """Return all pages of a target, each after the one that it stands in.

    Args:
        edition: As the target's audience may read it.
        digests: Case number -> `Case.digest`.
    """
    chosen = tuple(case for case in edition.cases if target.shows(case.article))
    shown = replace(edition, cases=chosen)
    groups = grouped(shown, digests)
    atlas = atlas_of(shown, groups, around.shorts)
    return [
        *list_pages(target, groups, atlas),
        *_cases(shown, digests, target, around, groups, atlas),
    ]


def _cases(
    edition: Edition,
    digests: Mapping[str, str],
    target: Target,
    around: Around,
    groups: Groups,
    atlas: Atlas,
) -> Iterator[Wanted]:
    back = returns(edition.recurring)
    for row in groups.all:
        case, number = row.case, row.case.number
        article = case.article
        came_from = _once(article.recurrence_of, *edition.recurring.get(number, ()))
        ties = Ties(atlas, atlas.cases[number].path, came_from, _once(*back.get(number, ())))
        elsewhere = _elsewhere(case, target, around)
        subjects = atlas.subjects(article)
        of = made_of(
            LOOK,
            digests[number],
            subjects,
            (elsewhere.wiki, elsewhere.ticket),
            ties.leads_to(case),
            "pdf" if target.printed else "",
        )
        attached = tuple(_attached(case, atlas, of, target, around))
        yield Wanted(
            key=f"kasus/{number}",
            kind=PageKind.CASE,
            parent=f"opd/{article.agency}",
            id=ties.here.rpartition("/")[2],
            title=atlas.cases[number].title,
            description=_described(article),
            digest=of,
            subjects=subjects,
            case=case,
            attached=attached,
            effective=article.resolved,
            agency=article.agency,
            made=partial(body, case, ties, elsewhere, attached),
        )


def _attached(
    case: Case, atlas: Atlas, of: str, target: Target, around: Around
) -> Iterator[Attached]:
    name = atlas.cases[case.number].path.rpartition("/")[2]
    for place, picture in enumerate(case.pictures, 1):
        title = f"Foto {place}: {picture.caption}" if picture.caption else f"Foto {place}"
        of_it = picture.digest
        yield Attached(
            f"{name}-{place}.jpg",
            image=True,
            title=title,
            media_type=_JPEG,
            digest=of_it,
            source=of_it,
        )
    if target.printed:
        said = f"Kasus {one_line(case.number)} untuk dicetak (PDF)"
        made = made_of(of, around.printer)
        yield Attached(f"{name}.pdf", image=False, title=said, media_type=_PDF, digest=made)


def _elsewhere(case: Case, target: Target, around: Around) -> Elsewhere:
    wiki = ticket = ""
    if around.wiki:
        page = addresses.case(case.number, case.article.year).removesuffix(".md")
        wiki = f"{around.wiki.rstrip('/')}/{page}/"
    if around.desk and target.audience is Audience.INTRANET:
        ticket = f"{around.desk.rstrip('/')}/tiket/{quote(case.number, safe='')}"
    return Elsewhere(wiki, ticket)


def _once(*numbers: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, numbers)))


def _described(article: Article) -> str:
    """Return what lists say of a case below its title, which is about the symptom: the cause."""
    cause = one_line(article.cause)
    if cause and not article.cause_confirmed:
        cause = f"Dugaan: {cause}"
    told = cause or one_line(article.symptom)
    if len(told) <= _MOST_DESCRIBED:
        return told
    whole, _, _ = told[:_MOST_DESCRIBED].rpartition(" ")
    return f"{whole or told[:_MOST_DESCRIBED]} …"
