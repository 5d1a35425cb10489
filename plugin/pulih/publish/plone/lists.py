"""The pages that lead to cases: the root, an OPD's, and those of devices and fault types. Pure.

How many cases there are stands in their descriptions; the lists themselves are Plone's, and always true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from pulih.domain.plone.page import Body, PageKind, Shown, Wanted
from pulih.domain.plone.target import Target
from pulih.publish import addresses
from pulih.publish.groups import Groups, Rows
from pulih.publish.literal import day
from pulih.publish.plone.atlas import DEVICES, FAULTS, Atlas, kind_word
from pulih.publish.plone.body import written
from pulih.publish.plone.typed import words
from pulih.publish.sheet import made_of

LOOK = "1"
"""Another one when the same case gives another page: every page is then written anew, once."""

_ROOT = "root"
_TITLE = "Kasus gangguan jaringan"
_ABOUT = "Gangguan jaringan yang sudah selesai ditangani di setiap OPD: gejalanya, penyebabnya, dan yang menolong."
_HELP = (
    "Setiap kasus di sini adalah gangguan yang pernah dilaporkan sebuah OPD dan sudah selesai ditangani. "
    "Buka OPD Anda, atau cari menurut perangkat atau jenis gangguannya, sebelum melaporkan gangguan yang serupa."
)
_SECTIONS = {
    DEVICES: (
        "Menurut perangkat",
        "Kasus menurut jenis, merek, dan model perangkat yang terganggu.",
    ),
    FAULTS: ("Menurut jenis gangguan", "Kasus menurut jenis gangguannya."),
}


def list_pages(target: Target, groups: Groups, atlas: Atlas) -> Iterator[Wanted]:
    """Yield the pages that lead to cases, each after the one that it stands in; those without cases are left out."""
    yield _page(_ROOT, PageKind.ROOT, "", target.root, (_TITLE, _ABOUT), _HELP)
    for section, said in _SECTIONS.items():
        yield _page(section, PageKind.SECTION, _ROOT, section, said)
    for agency in _called(groups.agencies, groups.agency_names):
        name, rows = groups.agency_names[agency], groups.agencies[agency]
        said = name, _count(rows, "kasus gangguan jaringan")
        page = _page(f"opd/{agency}", PageKind.AGENCY, _ROOT, atlas.agencies[agency], said)
        yield replace(page, agency=agency)
    yield from sorted(_devices(groups, atlas), key=lambda page: page.title.casefold())
    for fault in _called(groups.faults, groups.fault_names):
        name, rows = groups.fault_names[fault], groups.faults[fault]
        word = atlas.fault_words[fault]
        yield _index(addresses.fault(fault), FAULTS, atlas.faults[fault], name, word, rows)


def _devices(groups: Groups, atlas: Atlas) -> Iterator[Wanted]:
    for kind, rows in groups.kinds.items():
        if rows:
            word = kind_word(kind)
            yield _index(addresses.kind(kind), DEVICES, atlas.kinds[kind], word, word, rows)
    for address, rows in groups.models.items():
        if rows:
            word = atlas.model_words[address]
            yield _index(address, DEVICES, atlas.models[address], word, word, rows)


def _index(address: str, section: str, slug: str, name: str, word: str, rows: Rows) -> Wanted:
    key, about = address.removesuffix(".md"), _count(rows)
    page = _page(key, PageKind.INDEX, section, slug, (name, about), subject=word)
    return replace(page, subject=word)


def _page(
    key: str,
    kind: PageKind,
    parent: str,
    slug: str,
    said: tuple[str, str],
    told: str = "",
    subject: str = "",
) -> Wanted:
    title, description = said
    return Wanted(
        key=key,
        kind=kind,
        parent=parent,
        id=slug,
        title=title,
        description=description,
        digest=made_of(LOOK, kind.value, title, description, told, subject),
        made=partial(_body, told),
    )


def _body(told: str, _shown: Mapping[str, Shown]) -> Body:
    return written([f"<p>{words(told)}</p>"] if told else [])


def _called(groups: Mapping[str, Rows], names: Mapping[str, str]) -> list[str]:
    """Return those that have cases, in the order of their names."""
    return sorted(
        (one for one, rows in groups.items() if rows), key=lambda one: names[one].casefold()
    )


def _count(rows: Rows, what: str = "kasus") -> str:
    newest = max(row.case.article.resolved for row in rows)
    return f"{len(rows)} {what}, yang terbaru selesai {day(newest)}."
