"""The facts of a case in a panel: who, what, when, and where they lead. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pulih.domain import sop
from pulih.domain.article import Article
from pulih.domain.edition import Case
from pulih.publish import addresses
from pulih.publish.literal import day, inline, link
from pulih.publish.naming import case_link, kind_label, model_name

_MOST = 6  # links in a line
_CLASSES = {
    choice.id: choice.label
    for fact in sop.STAGES["report"].facts
    if fact.name == "solution_class"
    for choice in fact.choices
}


def panel(
    case: Case,
    others: Mapping[str, Article] | None,
    came_from: Sequence[str],
    came_back: Sequence[str],
) -> str:
    """Return the panel as Markdown: a list of terms. What is not known has no line.

    Args:
        case: None of its texts is trusted.
        others, came_from, came_back: As for `page.case_page`.
    """
    article = case.article
    here = addresses.case(article.number, article.year)

    def to(target: str, words: str) -> str:
        return link(inline(words) or "–", addresses.relative(here, target))

    def numbers(listed: Iterable[str]) -> str:
        return _shortened([case_link(number, here, others, short=True) for number in listed])

    fault = to(addresses.fault(article.fault_type), article.fault_name or article.fault_type)
    used = f"{len(case.helped)} tiket: {numbers(reversed(case.helped))}" if case.helped else ""
    rows = {
        "OPD": to(addresses.agency(article.agency), article.agency_name or article.agency),
        "Tempat": _joined(" · ", dict.fromkeys((article.place, article.site))),
        "Perangkat": " · ".join(_device(article, to)),
        "Gangguan": fault,
        "Titik": inline(article.location),
        "Dilaporkan": day(article.reported),
        "Selesai": day(article.resolved),
        "Lama kerja": f"{article.working_hours:.1f} jam kerja".replace(".", ","),
        "Penyelesaian": inline(_CLASSES.get(article.solution_class, article.solution_class)),
        "Kambuh dari": numbers(came_from),
        "Kambuh lagi": numbers(came_back),
        "Membantu": used,
    }
    return "\n\n".join(f"{name}\n:   {value}" for name, value in rows.items() if value)


def _device(article: Article, to: Callable[[str, str], str]) -> Iterator[str]:
    kind, model = addresses.kind_of(article), model_name(article)
    yield to(addresses.kind(kind), kind_label(kind))
    if model:
        yield to(addresses.model(kind, model), model)
    if article.device:
        yield to(addresses.device(article.device), "riwayat unit ini")


def _joined(sign: str, texts: Iterable[str]) -> str:
    return sign.join(filter(None, map(inline, texts)))


def _shortened(links: Sequence[str]) -> str:
    more = len(links) - _MOST
    return ", ".join(links[:_MOST]) + (f", dan {more} lagi" if more > 0 else "")
