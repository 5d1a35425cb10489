"""What a past case has in common with the case at hand, beyond its words."""

from __future__ import annotations

from collections.abc import Iterator

from pulih.domain.agency import DeviceKind
from pulih.domain.search import Entry, Query
from pulih.wording import Sentence, sentence

# What each adds to what the words say, as a share of it: so a case rises above those whose words fit a little better.
_DEVICE, _FAULT, _MAKE, _AGENCY, _KIND = 0.5, 0.35, 0.25, 0.2, 0.15


def has_context(query: Query) -> bool:
    """Tell whether anything is known of the case besides words."""
    return any((query.agency, query.device, query.device_kind, query.device_make, query.fault_type))


def worth(query: Query, card: Entry) -> float:
    """Return the share that all that is in common adds."""
    return sum(share for share, _reason in in_common(query, card))


def in_common(query: Query, card: Entry) -> Iterator[tuple[float, Sentence]]:
    """Yield what each thing in common adds and how to say it, the weightiest first.

    Of device, make and kind only the closest counts.
    """
    if query.device and query.device == card.device:
        yield _DEVICE, sentence("Perangkat yang sama: {make}", make=card.device_make)
    if query.fault_type and query.fault_type == card.fault_type:
        yield _FAULT, sentence("Jenis gangguan sama: {name}", name=card.fault_name)
    if not query.device or query.device != card.device:
        if query.device_make and query.device_make.casefold() == card.device_make.casefold():
            yield _MAKE, sentence("Merek dan tipe sama: {make}", make=card.device_make)
        elif query.device_kind and query.device_kind == card.device_kind:
            yield _KIND, sentence("Jenis perangkat sama: {kind}", kind=_kind(card.device_kind))
    if query.agency and query.agency == card.agency:
        yield _AGENCY, sentence("OPD yang sama")


def _kind(kind: str) -> Sentence | str:
    try:
        return sentence(DeviceKind(kind).label)
    except ValueError:  # typed by hand, in an older case
        return kind
