"""What a past case has in common with the case at hand, beyond its words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from pulih.domain.agency import DeviceKind
from pulih.domain.search import Entry, Query
from pulih.wording import Sentence, sentence


def has_context(query: Query) -> bool:
    """Tell whether anything is known of the case besides words."""
    return any((query.agency, query.device, query.device_kind, query.device_make, query.fault_type))


class Common(Enum):
    """A thing that two cases may have in common."""

    DEVICE = auto()
    FAULT = auto()
    MAKE = auto()
    KIND = auto()
    AGENCY = auto()


_SHARES = {
    Common.DEVICE: 0.5,
    Common.FAULT: 0.35,
    Common.MAKE: 0.25,
    Common.AGENCY: 0.2,
    Common.KIND: 0.15,
}


def worth(query: Query, card: Entry) -> float:
    """Return the share of what the words say that all that is in common adds."""
    return sum(_SHARES[one] for one in _shared(query, card))


def in_common(query: Query, card: Entry) -> Iterator[Sentence]:
    """Yield each thing in common as it is told, the weightiest first."""
    return (_told(one, card) for one in _shared(query, card))


def _shared(query: Query, card: Entry) -> Iterator[Common]:
    """Yield what is in common; of device, make and kind only the closest."""
    same_device = bool(query.device) and query.device == card.device
    if same_device:
        yield Common.DEVICE
    if query.fault_type and query.fault_type == card.fault_type:
        yield Common.FAULT
    if not same_device:
        if query.device_make and query.device_make.casefold() == card.device_make.casefold():
            yield Common.MAKE
        elif query.device_kind and query.device_kind == card.device_kind:
            yield Common.KIND
    if query.agency and query.agency == card.agency:
        yield Common.AGENCY


def _told(one: Common, card: Entry) -> Sentence:
    match one:
        case Common.DEVICE:
            return sentence("Perangkat yang sama: {make}", make=card.device_make)
        case Common.FAULT:
            return sentence("Jenis gangguan sama: {name}", name=card.fault_name)
        case Common.MAKE:
            return sentence("Merek dan tipe sama: {make}", make=card.device_make)
        case Common.KIND:
            return sentence("Jenis perangkat sama: {kind}", kind=_kind(card.device_kind))
        case Common.AGENCY:
            return sentence("OPD yang sama")


def _kind(kind: str) -> Sentence | str:
    try:
        return sentence(DeviceKind(kind).label)
    except ValueError:  # typed by hand, in an older case
        return kind
