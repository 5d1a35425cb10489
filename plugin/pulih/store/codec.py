"""Records as JSON documents and back, but for tickets.

A document has the record's fields under their own names, and beside them what lists are found and ordered by. Fields
that a document does not have take the record's default, so that a record may gain fields.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from pulih.domain.agency import Agency, Device, DeviceKind, FaultType, Site
from pulih.domain.article import Article, Reading
from pulih.domain.edition import Note, Picture, Review
from pulih.domain.knowledge import Retracted, Wanted
from pulih.domain.login import DeviceLogin, Platform
from pulih.domain.outage import Outage, OutageDeed
from pulih.domain.outgoing import Lifted, Outgoing
from pulih.domain.passed import Passed
from pulih.domain.people import Person, Role
from pulih.domain.records import Attachment, Draft, Helped, ProbeRun, Published, RunKind, Told
from pulih.domain.wiring import LinkKind, PathRole, Said
from pulih.ports import Document
from pulih.store.seal import sealed

T = TypeVar("T")
Change = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How a kind of record is kept.

    Attributes:
        encode: From the record to a document that JSON can hold, with what it is found by.
        decode: From the document to an equal record.
    """

    encode: Callable[[T], Document]
    decode: Callable[[Document], T]


@dataclass(frozen=True, slots=True)
class _Plain(Generic[T]):
    """A flat record: what JSON holds by itself, and a pair of changes for each field that it does not."""

    kind: type[T]
    out: Mapping[str, Change] = field(default_factory=dict)
    back: Mapping[str, Change] = field(default_factory=dict)
    found_by: Callable[[T], Document] = lambda _item: {}
    _names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Look once what fields there are."""
        names = tuple(f.name for f in fields(self.kind))  # type: ignore[arg-type] # they are dataclasses
        object.__setattr__(self, "_names", names)

    def encode(self, item: T) -> Document:
        document = {name: getattr(item, name) for name in self._names}
        for name, change in self.out.items():
            document[name] = change(document[name])
        return document | self.found_by(item)

    def decode(self, document: Document) -> T:
        known = {name: document[name] for name in self._names if name in document}
        for name, change in self.back.items():
            if name in known:
                known[name] = change(known[name])
        return self.kind(**known)

    def codec(self) -> Codec[T]:
        return Codec(self.encode, self.decode)


def folded(text: str) -> str:
    """Return a text as it is compared: one form of each letter, no capitals, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def wording(*texts: str) -> str:
    """Return the text that words are looked for in; no word spans two of the texts."""
    return "\n".join(folded(text) for text in texts if text)


def _listed(item: Person | Agency | Site | Device | FaultType) -> Document:
    """What every registry item is found by: its name's place in a list, and its texts."""
    values = [getattr(item, f.name) for f in fields(item)]
    return {
        "sort": folded(item.name),
        "words": wording(*(value for value in values if isinstance(value, str))),
    }


_MOMENT: Mapping[str, Change] = {"at": datetime.isoformat}
_MOMENT_BACK: Mapping[str, Change] = {"at": datetime.fromisoformat}


def _moment_out(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment_back(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


PERSON = _Plain(
    Person,
    back={"role": Role},
    found_by=lambda person: _listed(person) | {"kind": person.role.value},
).codec()
AGENCY = _Plain(Agency, found_by=lambda agency: _listed(agency) | {"agency": agency.id}).codec()
SITE = _Plain(Site, found_by=_listed).codec()
DEVICE = _Plain(
    Device,
    back={
        "kind": DeviceKind,
        "role": PathRole,
        "link": LinkKind,
        **dict.fromkeys(("nat", "dhcp", "backup"), Said),
    },
    found_by=_listed,
).codec()
FAULT_TYPE = _Plain(FaultType, found_by=_listed).codec()


def _readings_out(readings: tuple[Reading | Passed, ...]) -> list[Document]:
    return [asdict(reading) for reading in readings]


def _readings_back(rows: list[Document]) -> tuple[Reading, ...]:
    return tuple(Reading(**row) for row in rows)


def _sealing(plain: Codec[T]) -> Codec[T]:
    """Return the codec of what is sealed however it is kept, so that nobody can forget to."""
    return Codec(lambda item: sealed(plain.encode(item)), plain.decode)


ARTICLE = _sealing(
    _Plain(
        Article,
        out={
            "checks": _readings_out,
            "tests": _readings_out,
            "way": _readings_out,
            "reported": date.isoformat,
            "resolved": date.isoformat,
            "closed_at": datetime.isoformat,
        },
        back={
            "checks": _readings_back,
            "tests": _readings_back,
            "way": lambda rows: tuple(Passed(**row) for row in rows),
            "related": tuple,
            "reported": date.fromisoformat,
            "resolved": date.fromisoformat,
            "closed_at": datetime.fromisoformat,
        },
    ).codec()
)
PUBLISHED = _Plain(Published, _MOMENT, _MOMENT_BACK).codec()
ATTACHMENT = _sealing(_Plain(Attachment, _MOMENT, _MOMENT_BACK).codec())
TOLD = _Plain(
    Told,
    {**_MOMENT, "withdrawn_at": _moment_out},
    {**_MOMENT_BACK, "findings": tuple, "withdrawn_at": _moment_back},
).codec()
RUN = _Plain(
    ProbeRun,
    {
        **_MOMENT,
        **dict.fromkeys(("since", "again_at"), _moment_out),
        "told": lambda told: [TOLD.encode(one) for one in told],
    },
    {
        **_MOMENT_BACK,
        **dict.fromkeys(("targets", "findings", "names", "about", "offices", "remarks"), tuple),
        "kind": RunKind,
        **dict.fromkeys(("since", "again_at"), _moment_back),
        "told": lambda rows: tuple(TOLD.decode(row) for row in rows),
    },
).codec()
OUTAGE_DEED = _Plain(
    OutageDeed, _MOMENT, {**_MOMENT_BACK, **dict.fromkeys(("joined", "left"), tuple)}
).codec()
OUTAGE = _Plain(
    Outage,
    {
        **_MOMENT,
        "tickets": list,
        "deeds": lambda deeds: [OUTAGE_DEED.encode(deed) for deed in deeds],
    },
    {
        **_MOMENT_BACK,
        "tickets": tuple,
        "deeds": lambda rows: tuple(OUTAGE_DEED.decode(row) for row in rows),
    },
).codec()
HELPED = _Plain(Helped, _MOMENT, _MOMENT_BACK).codec()
NOTE = _Plain(
    Note,
    {**_MOMENT, "answers": list},
    {**_MOMENT_BACK, "answers": lambda names: tuple(map(Review, names))},
).codec()
RETRACTED = _Plain(Retracted, _MOMENT, _MOMENT_BACK).codec()
WANTED = _Plain(
    Wanted,
    dict.fromkeys(("first", "last", "settled_at"), lambda at: at and at.isoformat()),
    dict.fromkeys(
        ("first", "last", "settled_at"), lambda text: text and datetime.fromisoformat(text)
    ),
).codec()
LIFTED = _Plain(Lifted, _MOMENT, _MOMENT_BACK).codec()
OUTGOING = _Plain(
    Outgoing,
    {
        "more": list,
        **dict.fromkeys(("less", "past"), lambda lifted: [LIFTED.encode(one) for one in lifted]),
        "pictures": lambda pictures: [asdict(picture) for picture in pictures],
    },
    {
        "more": tuple,
        **dict.fromkeys(("less", "past"), lambda rows: tuple(LIFTED.decode(row) for row in rows)),
        "pictures": lambda rows: tuple(Picture(**row) for row in rows),
    },
).codec()
LOGIN = _Plain(
    DeviceLogin,
    {**_MOMENT, "tried_at": lambda at: at and at.isoformat(), "weak": list},
    {
        **_MOMENT_BACK,
        "weak": tuple,
        "platform": Platform,
        "tried_at": lambda text: text and datetime.fromisoformat(text),
    },
).codec()
DRAFT = _Plain(Draft, {**_MOMENT, "fields": dict}, _MOMENT_BACK).codec()
SECRET: Codec[str] = Codec(lambda value: {"value": value}, lambda document: str(document["value"]))
SETTING: Codec[Document] = Codec(dict, dict)
