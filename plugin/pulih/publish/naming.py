"""What the pages call a case, its device, and the cases that it names. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pulih.domain.agency import DeviceKind
from pulih.domain.article import Article
from pulih.publish import addresses
from pulih.publish.literal import heading, inline, link

_NUMBER = re.compile(r"(\d{4})-[\w-]+")
_KINDS = {kind.value: kind.label for kind in DeviceKind}


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


def case_link(
    number: str, here: str, others: Mapping[str, Article] | None, *, short: bool = False
) -> str:
    """Return a link to a case, or its number where it has no page.

    Args:
        here: The address of the page that the link stands on.
        others: The cases that have a page; without it, every number that begins with its year is linked.
        short: Whether the number is enough.
    """
    if others is not None:
        other = others.get(number)
        if other is None:
            return inline(number)
        target = addresses.relative(here, addresses.case(other.number, other.year))
        shown = heading(number)
        return link(shown, target) if short else f"{link(title(other), target)} ({shown})"
    year = _NUMBER.fullmatch(number)
    return (
        link(inline(number), addresses.relative(here, addresses.case(number, int(year[1]))))
        if year
        else inline(number)
    )
