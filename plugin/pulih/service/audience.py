"""What the wiki shows, as those who can open it may read it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from pulih.domain.agency import Device, Site
from pulih.domain.article import TEXTS, hidden, rows_of
from pulih.domain.called import knowing
from pulih.domain.edition import Case, Edition, Note, Picture
from pulih.domain.mask import PublicMask
from pulih.domain.people import Role
from pulih.domain.records import Names
from pulih.domain.scrub import NOBODY, NONE, Audience, Choices, House, scrubbed
from pulih.ports import Records

_HOST = re.compile(
    r"(?=.*[-_.\d])[\w.-]{3,63}"
)  # one word with more than letters in it: no "Switch"
_ONE_WORD = re.compile(r"[A-Za-z0-9]+(?:[./-][A-Za-z0-9]+)*")
_LABEL = re.compile(
    r"(?=.*[-_\d])(?=.*[a-z])[\w-]{4,}"
)  # stands for a host by itself: no "www", no "10"
_TEAM = Role.NETWORK_TEAM.label


@dataclass(frozen=True, slots=True)
class Circle:
    """Who reads the wiki, and what of the office's own must not reach them.

    Attributes:
        house: Names and addresses of its devices, and its people; empty for the office itself.
        choices: What was decided of the texts of single tickets, by number.
    """

    audience: Audience = Audience.INTRANET
    house: House = NOBODY
    choices: Mapping[str, Choices] = field(default_factory=dict)

    def mask(self, number: str = "") -> PublicMask:
        """Return what takes out of texts what is not for them."""
        return PublicMask(self.house, self.choices.get(number, NONE))


def circle_of(records: Records, audience: Audience) -> Circle:
    """Return an audience with what the records know of what it may not read."""
    if audience is Audience.INTRANET:
        return Circle()
    devices = records.devices.all(active=None)
    called = {name for d in devices if _HOST.fullmatch(d.name) for name in _called(d.name)}
    addresses = {d.address.casefold() for d in devices if d.address}
    people = (person.name for person in records.people.all(active=None))
    decided = {o.ticket: o.choices for o in records.outgoing.find() if o.more or o.less}
    return Circle(audience, _house(frozenset(called | addresses), frozenset(people)), decided)


def _called(host: str) -> Iterator[str]:
    """Yield what a device is called that is registered by the name of its host."""
    yield host.casefold()
    label, _, zone = host.casefold().partition(".")
    if zone and _LABEL.fullmatch(label):
        yield label


@lru_cache(maxsize=8)
def _house(hosts: frozenset[str], people: frozenset[str]) -> House:
    return knowing(House(hosts=hosts), sorted(people))


@dataclass(slots=True)
class Readers:
    """Shows editions to an audience. What was worked out for one is taken over into the next where nothing changed.

    Articles, notes and captions are kept as the office itself may read them; for it, cases stay as they are.
    """

    _known: dict[str, _Known] = field(default_factory=dict)
    _compared: tuple[House, House, frozenset[str] | None] | None = None

    def edition(self, whole: Edition, circle: Circle) -> Edition:
        """Return what the audience may read of an edition."""
        cases = whole.cases
        if circle.audience is Audience.PUBLIC:
            shown = {case.number: self._shown(case, circle) for case in cases}
            self._known = shown
            cases = tuple(known.shown for known in shown.values())
        return replace(
            whole,
            cases=cases,
            names=_names(whole.names, circle),
            sites={key: _site(site, circle) for key, site in whole.sites.items()},
            devices=dict(_devices(whole.devices.values(), circle)),
        )

    def case(self, case: Case, circle: Circle) -> Case:
        """Return what the audience may read of a case, as it is in `edition`."""
        return case if circle.audience is Audience.INTRANET else self._shown(case, circle).shown

    def _shown(self, case: Case, circle: Circle) -> _Known:
        choices = circle.choices.get(case.number, NONE)
        known = self._known.get(case.number)
        if known and known.choices == choices and _same(case, known):
            if known.house is circle.house:
                return known
            if not _touched(case, self._changed(known.house, circle.house)):
                return replace(known, house=circle.house)
        return _Known(case, circle.house, choices, _public(case, circle))

    def _changed(self, before: House, now: House) -> frozenset[str] | None:
        """Return what `_changed` does; nearly all cases ask for the same two."""
        if (
            self._compared is None
            or self._compared[0] is not before
            or self._compared[1] is not now
        ):
            self._compared = before, now, _changed(before, now)
        return self._compared[2]


@dataclass(frozen=True, slots=True)
class _Known:
    """A case, and what of it was shown to the public by what was known of the house."""

    case: Case
    house: House
    choices: Choices
    shown: Case


def _same(case: Case, known: _Known) -> bool:
    return case is known.case or case == known.case


def _changed(before: House, now: House) -> frozenset[str] | None:
    """Return the names of devices in which two houses differ; None where they differ in more."""
    if (before.people, before.zones) != (now.people, now.zones):
        return None
    return before.hosts ^ now.hosts


def _touched(case: Case, changed: frozenset[str] | None) -> bool:
    """Tell whether what the office knows of itself changed in a way that a case may show."""
    if not changed:
        return changed is None
    told = "\n".join(_told(case)).casefold()
    return any(word in told for word in changed)


def _told(case: Case) -> Iterator[str]:
    """Yield every text of a case in which a name may stand."""
    article = case.article
    yield from (getattr(article, name) for name in TEXTS)
    yield from (cell for _name, cells in rows_of(article) for cell in cells)
    yield from (note.text for note in case.notes)
    yield from (picture.caption for picture in case.pictures)


def _public(case: Case, circle: Circle) -> Case:
    mask = circle.mask(case.number)
    article = hidden(case.article, mask)
    return replace(
        case,
        article=replace(article, device=_unnamed(article.device)),
        notes=tuple(_note(note, mask) for note in case.notes),
        pictures=tuple(Picture(p.digest, mask(p.caption)) for p in case.pictures),
    )


def _note(note: Note, mask: PublicMask) -> Note:
    """Return a note as the public may read it: it is the team's, not a person's."""
    return replace(note, by="", name=_TEAM, text=mask(note.text))


def _names(names: Names, circle: Circle) -> Names:
    return Names(
        {key: _plain(name, circle) for key, name in names.agencies.items()},
        {key: _plain(name, circle) for key, name in names.fault_types.items()},
    )


def _site(site: Site, circle: Circle) -> Site:
    return replace(site, name=_plain(site.name, circle), address=_plain(site.address, circle))


def _devices(devices: Iterable[Device], circle: Circle) -> Iterator[tuple[str, Device]]:
    public = circle.audience is Audience.PUBLIC
    for device in devices:
        key = _unnamed(device.id) if public else device.id
        yield key, replace(_device(device, circle), id=key)


@cache
def _unnamed(key: str) -> str:
    """Return what stands for a device's identifier, which its name was made into, in addresses that all can read."""
    return hashlib.sha256(f"device {key}".encode()).hexdigest()[:16] if key else ""


def _device(device: Device, circle: Circle) -> Device:
    public = circle.audience is Audience.PUBLIC
    return replace(
        device,
        name=_plain(device.name, circle),
        brand=_plain(device.brand, circle),
        model=_plain(device.model, circle),
        serial="" if public else _number(device.serial, circle),
        inventory="" if public else _number(device.inventory, circle),
        address="" if public else _plain(device.address, circle),
    )


def _number(text: str, circle: Circle) -> str:
    """Return a serial or inventory number; as one word it is what it says, though it may look like a telephone's."""
    return text if _ONE_WORD.fullmatch(text) else _plain(text, circle)


def _plain(text: str, circle: Circle) -> str:
    return _masked(text, circle.audience, circle.house) if text else ""


@lru_cache(maxsize=100_000)
def _masked(text: str, audience: Audience, house: House) -> str:
    return scrubbed(text, audience, house=house)
