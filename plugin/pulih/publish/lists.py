"""A list of cases in pages: the newest on its head, the older ones on pages that stay as they are. Pure.

Pages are filled from the oldest case on. So a case more changes the head alone; once in fifty times the head gives a
page away, and the one before learns what follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import NamedTuple

from pulih.domain.article import Article
from pulih.publish import addresses
from pulih.publish.groups import Row
from pulih.publish.literal import day, front_matter, heading, inline, link
from pulih.publish.naming import title
from pulih.publish.sheet import Sheet, made_of

FULL = 50
NOTHING_YET = (
    "Belum ada kasus. Halaman ini terisi sendiri begitu sebuah tiket selesai sampai langkah 14."
)
_MOST_EARLIER = 3
_TOLD = ("number", "agency_name", "fault_name")
_REST = "Kasus yang lebih lama ada di daftar menurut tahun, di atas."
# Not in the search: else every word of every title would find each list that it is in.
_HEAD = {"search": {"exclude": True}, "hide": ["navigation"]}


class Entry(NamedTuple):
    """A line that leads on. `words` and `note` are plain text; without an address nothing is linked."""

    words: str
    address: str = ""
    cases: int | None = None
    note: str = ""


class Section(NamedTuple):
    """Lines under a title. One without lines is not shown, unless it is the title of those below it."""

    title: str
    entries: tuple[Entry, ...] = ()
    level: int = 2
    leads: bool = False


class Chain(NamedTuple):
    """Parts that follow one another under a title: what each is called, and what stands there."""

    title: str
    parts: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of cases, or only a page that leads to lists.

    Attributes:
        address: Its head's.
        name: What it is called; plain text.
        above: The pages above it: name, address.
        rows: Newest first.
        facts: What it is a list of: label, and where that leads.
        after: What stands below the facts, above the cases.
        feed: The address of its feed, or empty.
        about: A sentence of ours, Markdown.
        empty: What is said where it has no case, and where a page that leads to lists has none.
        monthly: Whether the cases stand under their months; otherwise under their years.
        total: How many cases there are, where these are only the newest of them.
        said: What need not be said of each case, because its list has it in its name: fields of `Article`.
    """

    address: str
    name: str
    above: tuple[tuple[str, str], ...] = ()
    rows: Sequence[Row] = ()
    facts: tuple[tuple[str, Entry], ...] = ()
    after: tuple[Section | Chain, ...] = ()
    feed: str = ""
    about: str = ""
    empty: str = NOTHING_YET
    monthly: bool = False
    total: int = 0
    said: tuple[str, ...] = ()


def list_sheets(listing: Listing) -> Iterator[Sheet]:
    """Yield a list's pages, its head first."""
    rows, older = listing.rows, max(0, len(listing.rows) // FULL - 1)
    newest = rows[: len(rows) - FULL * older]
    shown = (listing.facts, listing.after, listing.feed, listing.about)
    total = max(listing.total, len(rows))
    told = (
        listing.name,
        listing.above,
        *shown,
        listing.empty,
        listing.monthly,
        total,
        listing.said,
    )
    yield Sheet(
        listing.address,
        made_of("head", repr(told), "\n".join([row.key for row in newest])),
        partial(_head, listing, newest, older),
    )
    for page in range(older, 0, -1):
        some = rows[len(rows) - FULL * page : len(rows) - FULL * (page - 1)]
        around = (listing.name, listing.above, listing.monthly, listing.said, page, page == older)
        yield Sheet(
            addresses.older(listing.address, page),
            made_of("older", repr(around), "\n".join([row.key for row in some])),
            partial(_older, listing, some, page, last=page == older),
        )


def overview(name: str, address: str, about: str, entries: Iterable[Entry]) -> Listing:
    """Return a page that leads to lists, by their names."""
    listed = tuple(sorted(entries, key=lambda e: (e.words.casefold(), e.address)))
    return Listing(
        address,
        name,
        about=about,
        after=(Section("", listed),),
        empty="" if listed else NOTHING_YET,
    )


def most_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries by their counts."""
    return tuple(sorted(entries, key=lambda e: (-(e.cases or 0), e.words.casefold(), e.address)))


def page(name: str, body: Iterable[str], **head: object) -> str:
    """Return a page that is not searched."""
    return front_matter(name or "–", {**_HEAD, **head}) + "\n\n".join(filter(None, body)) + "\n"


def trail(here: str, above: Iterable[tuple[str, str]]) -> str:
    """Return the pages above a page as links; empty for none."""
    steps = (link(words(name), addresses.relative(here, target)) for name, target in above)
    said = " › ".join(steps)
    return f"{said}\n{{: .pulih-jejak }}" if said else ""


def words(name: str) -> str:
    """Return a name as Markdown; a dash for one of which nothing can be seen."""
    return heading(name) or "–"


def _head(listing: Listing, rows: Sequence[Row], older: int) -> str:
    here = listing.address
    body = [trail(here, listing.above), f"# {words(listing.name)}", listing.about]
    body.append("\n".join(f"- {label}: {_entry(here, entry)}" for label, entry in listing.facts))
    total = max(listing.total, len(listing.rows))
    line = [f"{total} kasus"] if total else []
    if listing.feed:
        line.append(
            f"{link('Umpan RSS', addresses.relative(here, listing.feed))}{{: .pulih-umpan }}"
        )
    body.append(" · ".join(line))
    for section in listing.after:
        body += _section(here, section) if isinstance(section, Section) else _chain(here, section)
    body += _cases(here, rows, listing) if rows else [listing.empty]
    if total > len(listing.rows):
        body.append(_REST)
    ways = []
    if older:
        ways.append(("Kasus yang lebih lama", addresses.older(here, older)))
    if older > 1:
        ways.append(("Yang tertua", addresses.older(here, 1)))
    return page(listing.name, [*body, _ways(here, ways)])


def _older(listing: Listing, rows: Sequence[Row], number: int, *, last: bool) -> str:
    here = addresses.older(listing.address, number)
    name = f"{listing.name or '–'}: halaman {number}"
    later = listing.address if last else addresses.older(listing.address, number + 1)
    ways = [("Kasus yang lebih baru", later)]
    if number > 1:
        ways.append(("Kasus yang lebih lama", addresses.older(listing.address, number - 1)))
    first = FULL * (number - 1)
    about = f"Kasus ke-{first + 1} sampai ke-{first + FULL}, dihitung dari yang tertua."
    above = (*listing.above, (listing.name, listing.address))
    body = [trail(here, above), f"# {words(name)}", about]
    return page(name, [*body, *_cases(here, rows, listing), _ways(here, ways)])


def _ways(here: str, ways: Iterable[tuple[str, str]]) -> str:
    said = " · ".join(link(name, addresses.relative(here, target)) for name, target in ways)
    return f"{said}\n{{: .pulih-halaman }}" if said else ""


def _cases(here: str, rows: Sequence[Row], listing: Listing) -> Iterator[str]:
    when: Callable[[Article], str] = _month if listing.monthly else _year
    for period, found in groupby(rows, key=lambda row: when(row.case.article)):
        yield f"## {period}"
        yield "\n".join(_row(here, row, listing.said) for row in found)


def _year(article: Article) -> str:
    return str(article.resolved.year)


def _month(article: Article) -> str:
    return day(article.resolved).partition(" ")[2]


def _row(here: str, row: Row, said: tuple[str, ...]) -> str:
    case, article = row.case, row.case.article
    told = [getattr(article, name) for name in _TOLD if name not in said]
    details = [inline(word) for word in told if word]
    details.append(f"selesai {day(article.resolved)}")
    if row.earlier:
        earlier = row.earlier[:_MOST_EARLIER]
        links = (
            link(inline(n), addresses.relative(here, at)) if at else inline(n) for n, at in earlier
        )
        details.append(f"**kambuh** dari {', '.join(links)}")
    if case.helped:
        details.append(f"membantu {len(case.helped)} kali")
    if case.review:
        details.append("perlu ditinjau")
    target = addresses.relative(here, addresses.case(article.number, article.year))
    return f"- {link(title(article), target)}<br><small>{' · '.join(details)}</small>"


def _section(here: str, section: Section) -> Iterator[str]:
    if section.title and (section.entries or section.leads):
        yield f"{'#' * section.level} {words(section.title)}"
    yield "\n".join(f"- {_entry(here, entry)}" for entry in section.entries)


def _entry(here: str, entry: Entry) -> str:
    name = words(entry.words)
    said = link(name, addresses.relative(here, entry.address)) if entry.address else name
    if entry.cases is not None:
        said += f" – {entry.cases} kasus" if entry.cases else " – belum ada kasus"
    return f"{said} · {inline(entry.note)}" if entry.note else said


def _chain(here: str, chain: Chain) -> Iterator[str]:
    yield f"## {words(chain.title)}"
    parts = (
        f"1. {words(name)}{': ' if entries else ''}"
        f"{', '.join(_entry(here, entry) for entry in entries)}"
        for name, entries in chain.parts
    )
    yield '<div class="pulih-lintasan" markdown="block">\n\n{}\n\n</div>'.format("\n".join(parts))
