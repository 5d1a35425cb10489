"""The page of a case: what it looked like, what it was, what helped. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pulih.domain.article import Article, Reading
from pulih.domain.edition import Case
from pulih.publish import addresses, later
from pulih.publish.literal import front_matter, heading, inline, link, prose
from pulih.publish.looked import looked_picture
from pulih.publish.naming import case_link, title
from pulih.publish.panel import panel
from pulih.publish.path import path_picture


def case_page(
    case: Case,
    others: Mapping[str, Article] | None = None,
    came_from: Sequence[str] = (),
    came_back: Sequence[str] = (),
) -> str:
    """Return the Markdown of a case's page. The same arguments give the same text.

    Args:
        case: None of its texts is trusted; each is shown letter by letter.
        others: The cases that have a page, by number: only those are linked, with their titles. Without it, every
            number that begins with its year is linked.
        came_from: Numbers of the cases that this one came back from, newest first.
        came_back: Numbers of the cases that came back from this one.
    """
    article = case.article
    came_from = _once(article.recurrence_of, *came_from)
    parts = (
        _head(article) + _trail(article),
        f"# {title(article)}",
        '<div class="pulih-kasus" markdown="1">',
        '<div class="pulih-cerita" markdown="1">',
        *_story(case),
        "</div>",
        '<div class="pulih-tepi" markdown="1">',
        '<section class="pulih-fakta" aria-label="Data kasus" markdown="1">',
        panel(case, others, came_from, _once(*came_back)),
        "</section>",
        *_related(article, others, came_from, _once(*came_back)),
        "</div>",
        "</div>",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _once(*numbers: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, numbers)))


def _head(article: Article) -> str:
    return front_matter(
        article.title or article.number,
        {
            "number": article.number,
            "agency": {"id": article.agency, "name": article.agency_name},
            "device": {"kind": article.device_kind, "make": article.device_make},
            "fault": {"id": article.fault_type, "name": article.fault_name},
            "reported": article.reported.isoformat(),
            "resolved": article.resolved.isoformat(),
            "solution": article.solution_class,
            "version": article.version,
            "search": {"boost": 2},
            "hide": ["navigation", "toc"],
        },
    )


def _trail(article: Article) -> str:
    """Return the way up, and the way to the ticket: `pulih.js` shows that to who is signed in at the desk."""
    year, number = link(str(article.year), "index.md"), heading(article.number)
    ticket = f'<a hidden class="pulih-tiket" data-number="{number}">Buka tiketnya</a>'
    return f"{link('Kasus', '../index.md')} › {year} › {number} {ticket}\n{{: .pulih-jejak }}"


def _story(case: Case) -> Iterator[str]:
    article = case.article
    here = addresses.case(article.number, article.year)
    sure = "**Terbukti.**" if article.cause_confirmed else "**Dugaan.**"
    yield later.review(case.review)
    yield from _section("Gejala", prose(article.symptom), _observed(article))
    yield from _section(
        "Penyebab", f"{sure} {prose(article.cause)}" if article.cause else "", path_picture(article)
    )
    yield from _section("Tindakan", *_actions(article))
    yield from _section("Hasil", prose(article.result))
    yield from _section("Pencegahan", prose(article.prevention))
    yield from later.photographs(case.pictures, here)
    yield from _section("Jalur yang diperiksa", looked_picture(article))
    yield from _figures(article)
    yield from later.notes(case.notes)


def _observed(article: Article) -> str:
    """What the technician says of the symptom, where it is not what the reporter said."""
    same = article.observed.split() == article.symptom.split()
    return "" if same or not article.observed else f"**Menurut teknisi:** {prose(article.observed)}"


def _actions(article: Article) -> Iterator[str]:
    """The report's own words first; what it merely repeats is not said twice."""
    yield prose(article.actions)
    parts = {
        "Dari jarak jauh": article.remote,
        "Di lokasi": article.on_site,
        "Perangkat baru": article.installed,
        "Pengaturan": article.settings,
    }
    for label, text in parts.items():
        if text and text not in article.actions:
            yield f"**{label}:** {prose(text)}"


def _figures(article: Article) -> Iterator[str]:
    """Yield what was measured before and after: side by side, where there is room."""
    checks = _table(("Yang diperiksa", "Hasil", "Catatan"), article.checks)
    tests = _table(("Yang diuji", "Hasil", "Sebelumnya"), article.tests)
    if not (checks or tests):
        return
    yield '<div class="pulih-angka" markdown="1">'
    for name, table in (("Pemeriksaan", checks), ("Uji coba", tests)):
        if table:
            yield from ('<div markdown="1">', f"## {name}", table, "</div>")
    yield "</div>"


def _related(
    article: Article,
    others: Mapping[str, Article] | None,
    came_from: Sequence[str],
    came_back: Sequence[str],
) -> Iterator[str]:
    here = addresses.case(article.number, article.year)
    said = dict.fromkeys(article.related, "")
    said |= dict.fromkeys(came_from, "kasus ini kambuh darinya")
    said |= dict.fromkeys(came_back, "kambuh dari kasus ini")
    first = sorted(said.items(), key=lambda one: not one[1])
    rows = (
        f"- {case_link(number, here, others)}{f' – {why}' if why else ''}" for number, why in first
    )
    yield from _section("Kasus terkait", "\n".join(rows))


def _section(name: str, *paragraphs: str) -> Iterable[str]:
    kept = [paragraph for paragraph in paragraphs if paragraph]
    return (f"## {name}", *kept) if kept else ()


def _table(columns: Sequence[str], readings: Sequence[Reading]) -> str:
    if not readings:
        return ""
    width = 3 if any(reading.note for reading in readings) else 2
    cells = [
        columns[:width],
        ["---"] * width,
        *((inline(r.what), inline(r.value), inline(r.note))[:width] for r in readings),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
