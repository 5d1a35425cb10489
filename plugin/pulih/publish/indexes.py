"""The lists that lead to the cases: by year, by agency, by device and by fault. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pulih.domain.article import Article
from pulih.domain.records import Names
from pulih.publish import addresses
from pulih.publish.literal import day, front_matter, heading, inline, link
from pulih.publish.page import kind_label, model_name, title

_NEWEST = 50
# Not in the search: else every word of every title would find each list that it is in.
_HEAD = {"search": {"exclude": True}, "hide": ["navigation"]}
_EMPTY = (
    "Belum ada kasus. Halaman ini terisi sendiri begitu sebuah tiket selesai sampai langkah 14."
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Cases that belong together: what they are called, where their list stands."""

    name: str
    address: str
    cases: tuple[Article, ...]


def index_pages(articles: Iterable[Article], names: Names) -> dict[str, str]:
    """Return every list: address under `wiki/` -> Markdown. Each case is in a list of all four kinds.

    Args:
        articles: The cases that have a page.
        names: What agencies and fault types are called today; where one is missing, the newest
            case's word counts.
    """
    cases = sorted(articles, key=lambda a: (a.year, a.closed_at, a.number), reverse=True)
    return {
        **_by_year(cases),
        **_by_agency(cases, names),
        **_by_device(cases),
        **_by_fault(cases, names),
    }


def _by_year(cases: Sequence[Article]) -> dict[str, str]:
    here = addresses.CASES
    about = "Gangguan yang selesai ditangani: gejalanya, penyebabnya, tindakannya."
    years = _groups(cases, lambda a: addresses.year_of_cases(a.year), lambda a: f"Kasus {a.year}")
    body = ["## Menurut tahun", _links(here, years), "## Terbaru", _rows(here, cases[:_NEWEST])]
    pages = {year.address: _list(year, (("Kasus", here),)) for year in years}
    return pages | {here: _page("Kasus", ["# Kasus", about, *(body if cases else [_EMPTY])])}


def _by_agency(cases: Sequence[Article], names: Names) -> dict[str, str]:
    def name(article: Article) -> str:
        return names.agencies.get(article.agency) or article.agency_name or article.agency

    top = ("OPD", addresses.AGENCIES)
    agencies = _groups(cases, lambda a: addresses.agency(a.agency), name)
    pages = {}
    for agency in agencies:
        faults = _links(agency.address, _most_first(_faults(agency.cases, names)))
        pages[agency.address] = _list(agency, (top,), "## Gangguan di sini", faults)
    return pages | _overview(*top, "Semua kasus, menurut OPD yang melaporkannya.", agencies)


def _by_fault(cases: Sequence[Article], names: Names) -> dict[str, str]:
    top, faults = ("Gangguan", addresses.FAULTS), _faults(cases, names)
    pages = {fault.address: _list(fault, (top,)) for fault in faults}
    return pages | _overview(*top, "Semua kasus, menurut jenis gangguannya.", faults)


def _by_device(cases: Sequence[Article]) -> dict[str, str]:
    top = ("Perangkat", addresses.DEVICES)
    kinds = _groups(
        cases,
        lambda a: addresses.kind(addresses.kind_of(a)),
        lambda a: kind_label(addresses.kind_of(a)),
    )
    pages: dict[str, str] = {}
    for kind in kinds:
        models = _models(kind.cases)
        pages |= {model.address: _list(model, (top, (kind.name, kind.address))) for model in models}
        listed = ("## Merek dan model", _links(kind.address, _most_first(models))) if models else ()
        pages[kind.address] = _list(kind, (top,), *listed)
    return pages | _overview(*top, "Semua kasus, menurut perangkat yang terlibat.", kinds)


def _faults(cases: Iterable[Article], names: Names) -> list[_Group]:
    def name(article: Article) -> str:
        return names.fault_types.get(article.fault_type) or article.fault_name or article.fault_type

    return _groups(cases, lambda a: addresses.fault(a.fault_type), name)


def _models(cases: Iterable[Article]) -> list[_Group]:
    known = [article for article in cases if model_name(article)]
    return _groups(
        known, lambda a: addresses.model(addresses.kind_of(a), model_name(a)), model_name
    )


def _most_first(groups: Iterable[_Group]) -> list[_Group]:
    return sorted(groups, key=lambda g: (-len(g.cases), g.name.casefold(), g.address))


def _groups(
    cases: Iterable[Article], address: Callable[[Article], str], name: Callable[[Article], str]
) -> list[_Group]:
    """Return the cases by address, each group called as its first case says."""
    found: dict[str, list[Article]] = {}
    for article in cases:
        found.setdefault(address(article), []).append(article)
    return [_Group(name(same[0]), at, tuple(same)) for at, same in found.items()]


def _list(group: _Group, above: Sequence[tuple[str, str]], *extra: str) -> str:
    body = [_trail(group.address, above), f"# {heading(group.name) or '–'}", _count(group.cases)]
    return _page(group.name, [*body, *extra, *_years(group.address, group.cases)])


def _overview(name: str, here: str, about: str, groups: Sequence[_Group]) -> dict[str, str]:
    ordered = sorted(groups, key=lambda g: (g.name.casefold(), g.address))
    return {here: _page(name, [f"# {name}", about, _links(here, ordered) or _EMPTY])}


def _page(name: str, body: Iterable[str]) -> str:
    return front_matter(name or "–", _HEAD) + "\n\n".join(body) + "\n"


def _trail(here: str, above: Iterable[tuple[str, str]]) -> str:
    steps = (link(heading(name), addresses.relative(here, target)) for name, target in above)
    return " › ".join(steps) + "\n{: .pulih-jejak }"


def _years(here: str, cases: Sequence[Article]) -> Iterator[str]:
    for year, found in groupby(cases, key=lambda a: a.year):
        same = list(found)
        yield f"## {year} ({len(same)})"
        yield _rows(here, same)


def _rows(here: str, cases: Sequence[Article]) -> str:
    return "\n".join(_row(here, article) for article in cases)


def _row(here: str, article: Article) -> str:
    target = addresses.relative(here, addresses.case(article.number, article.year))
    said = (
        article.number,
        article.agency_name,
        article.fault_name,
        f"selesai {day(article.resolved)}",
    )
    details = " · ".join(inline(word) for word in said if word)
    return f"- {link(title(article), target)}<br><small>{details}</small>"


def _links(here: str, groups: Iterable[_Group]) -> str:
    rows = (
        (heading(g.name) or "–", addresses.relative(here, g.address), _count(g.cases))
        for g in groups
    )
    return "\n".join(f"- {link(words, target)} – {count}" for words, target, count in rows)


def _count(cases: Sequence[Article]) -> str:
    return f"{len(cases)} kasus"
