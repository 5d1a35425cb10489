"""The page of a case: what it looked like, what it was, what helped. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pulih.domain import sop
from pulih.domain.agency import DeviceKind
from pulih.domain.article import Article, Reading
from pulih.publish import addresses
from pulih.publish.literal import day, front_matter, heading, inline, link, prose

_NUMBER = re.compile(r"(\d{4})-[\w-]+")
_KINDS = {kind.value: kind.label for kind in DeviceKind}
_CLASSES = {
    choice.id: choice.label
    for fact in sop.STAGES["report"].facts
    if fact.name == "solution_class"
    for choice in fact.choices
}


def case_page(article: Article, others: Mapping[str, Article] | None = None) -> str:
    """Return the Markdown of a case's page. The same article and others give the same text.

    Args:
        article: The case. None of its texts is trusted; each is shown letter by letter.
        others: The cases that have a page, by number: only those are linked, with their titles. Without it, every
            number that begins with its year is linked.
    """
    parts = (
        _head(article) + _trail(article),
        f"# {title(article)}",
        "\n\n".join(_facts(article, others)),
        *_story(article),
        *_related(article, others),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def title(article: Article) -> str:
    """Return the case's title as Markdown; its number when it has none."""
    return heading(article.title) or heading(article.number)


def kind_label(identifier: str) -> str:
    """Return what a device kind is called; an unknown one is its own name."""
    return (
        "Tanpa perangkat"
        if identifier == addresses.NO_DEVICE
        else _KINDS.get(identifier, identifier)
    )


def model_name(article: Article) -> str:
    """Return the make under which the case is listed; empty when only the kind is known."""
    return "" if article.device_make == _KINDS.get(article.device_kind) else article.device_make


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
    year = link(str(article.year), "index.md")
    return (
        f"{link('Kasus', '../index.md')} › {year} › {heading(article.number)}\n{{: .pulih-jejak }}"
    )


def _facts(article: Article, others: Mapping[str, Article] | None) -> Iterator[str]:
    here = addresses.case(article.number, article.year)

    def to(target: str, words: str) -> str:
        return link(inline(words) or "–", addresses.relative(here, target))

    kind, model = addresses.kind_of(article), model_name(article)
    device = [to(addresses.kind(kind), kind_label(kind))]
    if model:
        device.append(to(addresses.model(kind, model), model))
    fault = [
        to(addresses.fault(article.fault_type), article.fault_name or article.fault_type),
        inline(article.location),
    ]
    rows = {
        "OPD": to(addresses.agency(article.agency), article.agency_name or article.agency),
        "Tempat": inline(article.place or article.site),
        "Perangkat": " · ".join(device),
        "Gangguan": " – ".join(filter(None, fault)),
        "Dilaporkan": day(article.reported),
        "Selesai": day(article.resolved),
        "Lama kerja": f"{article.working_hours:.1f} jam kerja".replace(".", ","),
        "Penyelesaian": inline(_CLASSES.get(article.solution_class, article.solution_class)),
        "Kambuh dari": _case_link(article.recurrence_of, here, others)
        if article.recurrence_of
        else "",
    }
    return (f"{name}\n:   {value}" for name, value in rows.items() if value)


def _story(article: Article) -> Iterator[str]:
    sure = "**Terbukti.**" if article.cause_confirmed else "**Dugaan.**"
    yield from _section("Gejala", prose(article.symptom), _observed(article))
    yield from _section("Penyebab", f"{sure} {prose(article.cause)}" if article.cause else "")
    yield from _section("Tindakan", *_actions(article))
    yield from _section("Hasil", prose(article.result))
    yield from _section("Pencegahan", prose(article.prevention))
    yield from _section("Lingkungan", _environment(article))
    yield from _section(
        "Pemeriksaan", _table(("Yang diperiksa", "Hasil", "Catatan"), article.checks)
    )
    yield from _section("Uji coba", _table(("Yang diuji", "Hasil", "Sebelumnya"), article.tests))


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


def _environment(article: Article) -> str:
    device = " ".join(filter(None, (_KINDS.get(article.device_kind), model_name(article))))
    rows = {"Lokasi": article.site, "Tempat": article.place, "Perangkat": device}
    return " · ".join(f"{label}: {inline(text)}" for label, text in rows.items() if text)


def _related(article: Article, others: Mapping[str, Article] | None) -> Iterator[str]:
    here = addresses.case(article.number, article.year)
    links = (_case_link(number, here, others) for number in article.related)
    yield from _section("Kasus terkait", "\n".join(f"- {item}" for item in links))


def _case_link(number: str, here: str, others: Mapping[str, Article] | None) -> str:
    if others is not None:
        other = others.get(number)
        if other is None:
            return inline(number)
        target = addresses.relative(here, addresses.case(other.number, other.year))
        return f"{link(title(other), target)} ({heading(number)})"
    year = _NUMBER.fullmatch(number)
    return (
        link(inline(number), addresses.relative(here, addresses.case(number, int(year[1]))))
        if year
        else inline(number)
    )


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
