"""What a past case has in common with the case at hand, beyond its words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from pulih.domain.agency import DeviceKind
from pulih.domain.search import Entry, Query
from pulih.wording import N_, Sentence, sentence


def has_context(query: Query) -> bool:
    """Tell whether anything is known of the case besides words."""
    return any(
        (
            query.agency,
            query.device,
            query.device_kind,
            query.device_make,
            query.fault_type,
            query.findings,
        )
    )


class Common(Enum):
    """A thing that two cases may have in common."""

    DEVICE = auto()
    FAULT = auto()
    MAKE = auto()
    KIND = auto()
    AGENCY = auto()
    SITE = auto()
    POSSIBLE = auto()


_SHARES = {
    Common.DEVICE: 0.5,
    Common.FAULT: 0.35,
    Common.MAKE: 0.4,
    Common.AGENCY: 0.3,
    Common.KIND: 0.3,
    Common.POSSIBLE: 0.15,
    Common.SITE: 0.1,
}

_WORDS = {
    Common.DEVICE: N_("Perangkat yang sama: {make}"),
    Common.FAULT: N_("Jenis gangguan sama: {name}"),
    Common.MAKE: N_("Merek dan tipe sama: {make}"),
    Common.KIND: N_("Jenis perangkat sama: {kind}"),
    Common.POSSIBLE: N_("Mungkin menurut pemeriksaan: {name}"),
    Common.AGENCY: N_("OPD yang sama"),
    Common.SITE: N_("Lokasi yang sama: {site}"),
}
_OFTEN = N_("OPD yang sama, {count} kali dalam 12 bulan: {name}")


# Of what is kept in lists, by the name of the attribute
SHARES = {
    "device": _SHARES[Common.DEVICE],
    "fault_type": _SHARES[Common.FAULT],
    "device_make": _SHARES[Common.MAKE],
    "device_kind": _SHARES[Common.KIND],
    "agency": _SHARES[Common.AGENCY],
    "findings": _SHARES[Common.POSSIBLE],
}


def worth(query: Query, card: Entry) -> float:
    """Return the share of what the words say that all that is in common adds."""
    return sum(_SHARES[one] for one in _shared(query, card))


def in_common(query: Query, card: Entry, times: int = 0) -> Iterator[Sentence]:
    """Yield each thing in common as it is told, the weightiest first.

    Args:
        times: How often the agency had this fault lately.
    """
    return (_told(one, card, times) for one in _shared(query, card))


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
        if query.site and query.site.casefold() == card.site.casefold():
            yield Common.SITE
    if card.fault_type in query.findings and card.fault_type != query.fault_type:
        yield Common.POSSIBLE


def _told(one: Common, card: Entry, times: int) -> Sentence:
    return sentence(
        _OFTEN if one is Common.AGENCY and times > 1 else _WORDS[one],
        make=card.device_make,
        kind=_kind(card.device_kind),
        name=card.fault_name,
        site=card.site,
        count=times,
    )


def _kind(kind: str) -> Sentence | str:
    try:
        return sentence(DeviceKind(kind).label)
    except ValueError:  # typed by hand, in an older case
        return kind
