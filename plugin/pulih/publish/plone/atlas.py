"""Where each page stands below the root, and under which keywords it is found. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pulih.domain.agency import DeviceKind
from pulih.domain.article import Article
from pulih.domain.edition import Edition
from pulih.publish import addresses
from pulih.publish.groups import Groups, agency_name
from pulih.publish.literal import one_line
from pulih.publish.naming import kind_label, model_name
from pulih.publish.plone.reserved import RESERVED
from pulih.publish.plone.slugs import numbered, slugs

DEVICES, FAULTS = "perangkat", "gangguan"
_ALONE = {
    DeviceKind.OTHER.value: "Perangkat lainnya"
}  # a keyword stands among those of other pages
_KINDS = frozenset(kind.label.casefold() for kind in DeviceKind)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a case stands: its path below the root, and what its page is called."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """The addresses of a target, and its keywords.

    Attributes:
        agencies: Identifier -> slug, of all agencies, so that none gets another's address when a case is taken back.
        kinds: Identifier -> slug; `models`: address of the wiki's list -> slug; `faults`: identifier -> slug.
        cases: By number: those that stand there.
        fault_words: Identifier -> keyword; `model_words`: address of the wiki's list -> keyword, as the newest case
            spells it.
    """

    agencies: Mapping[str, str]
    kinds: Mapping[str, str]
    models: Mapping[str, str]
    faults: Mapping[str, str]
    cases: Mapping[str, Spot]
    fault_words: Mapping[str, str]
    model_words: Mapping[str, str]

    def subjects(self, article: Article) -> tuple[str, ...]:
        """Return the keywords of a case: kind and make of its device, and its fault type."""
        kind, make = addresses.kind_of(article), model_name(article)
        told = (
            kind_word(kind),
            self.model_words[addresses.model(kind, make)] if make else "",
            self.fault_words[article.fault_type],
        )
        return tuple(dict.fromkeys(filter(None, told)))


def atlas_of(edition: Edition, groups: Groups, shorts: Mapping[str, str]) -> Atlas:
    """Return the addresses of all pages of an edition.

    Args:
        groups: Of the edition's cases.
        shorts: Agency -> its short name, where it has one.
    """
    names = edition.names.agencies
    called = {
        a: shorts.get(a) or agency_name(names, a, rows) for a, rows in groups.agencies.items()
    }
    agencies = slugs(called, "opd", {*RESERVED, DEVICES, FAULTS})
    things = {kind: kind for kind in groups.kinds}
    words = {}
    for address, rows in groups.models.items():
        if rows:
            kind, make = (read(rows[0].case.article) for read in (addresses.kind_of, model_name))
            things[address], words[address] = f"{kind} {make}", _model_word(kind, make)
    devices = slugs(things, "jenis")
    cases = {
        case.number: Spot(
            f"{agencies[case.article.agency]}/{numbered(case.number)}", title_of(case.article)
        )
        for case in edition.cases
    }
    return Atlas(
        agencies=agencies,
        kinds={kind: devices[kind] for kind in groups.kinds},
        models={address: devices[address] for address in words},
        faults=slugs(dict(zip(groups.faults, groups.faults, strict=True)), "jenis"),
        cases=cases,
        fault_words={fault: _fault_word(name) for fault, name in groups.fault_names.items()},
        model_words=words,
    )


def title_of(article: Article) -> str:
    """Return what the page of a case is called."""
    return one_line(article.title) or one_line(article.number)


@lru_cache(maxsize=1 << 10)
def kind_word(kind: str) -> str:
    """Return the keyword of a device's kind."""
    return _ALONE.get(kind, one_line(kind_label(kind)))


def _model_word(kind: str, make: str) -> str:
    """Return the keyword of a model: the same make may be that of two kinds."""
    between = ": " if kind in _ALONE else " "
    return f"{kind_word(kind)}{between}{one_line(make)}"


def _fault_word(name: str) -> str:
    """Return the keyword of a fault type, which no kind of device has."""
    return f"Gangguan {name[:1].lower()}{name[1:]}" if name.casefold() in _KINDS else name
