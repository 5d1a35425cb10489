"""What hangs off what in the whole network: the inventory's devices, and what must be there though nobody lists it.

A device hangs off the one that somebody wrote down. Where nobody did, it hangs off what devices of its kind usually
hang off, and says that this is assumed. Whatever the records hold, the result is one tree without a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pulih.domain.agency import Device
from pulih.domain.wiring import LinkKind, PathRole, Port, Said, host, kbit_of, ports_of
from pulih.wording import Sentence, sentence

# They stand beside identifiers, which have no capitals.
HERE, CORE, ISP, INTERNET = "Pulih", "Inti", "ISP", "Internet"


@dataclass(frozen=True, slots=True)
class Spot:
    """A device in the tree, or what stands for one that nobody listed.

    Attributes:
        key: The device's identifier, or a word with a capital where it is none.
        up: The key of what it hangs off, towards the core; empty for the core. The provider hangs off the core too,
            and the internet off the provider.
        assumed: Nobody wrote down what it hangs off.
        port, up_port: What the link is plugged into, here and there.
        kbit: What the link carries, None where unknown.
        nat, dhcp, backup, spare: As of the device; see `domain.uplinks`.
    """

    key: str
    name: str
    place: PathRole
    agency: str = ""
    ports: tuple[Port, ...] = ()
    up: str = ""
    assumed: bool = False
    port: str = ""
    up_port: str = ""
    link: LinkKind = LinkKind.UNKNOWN
    kbit: int | None = None
    listed: bool = True
    nat: Said = Said.NOT
    dhcp: Said = Said.NOT
    backup: Said = Said.NOT
    spare: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """All its addresses."""
        return tuple(port.address for port in self.ports if port.address)


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole.

    Attributes:
        spots: By key: the core first, then each after what it hangs off.
        remarks: What the records say and the tree could not follow, by the key of the device.
    """

    spots: Mapping[str, Spot]
    remarks: Mapping[str, Sentence] = field(default_factory=dict)

    @property
    def core(self) -> str:
        """The key of the core that everything hangs off."""
        return next(iter(self.spots))

    def above(self, key: str) -> list[str]:
        """Return what stands between a spot and the core, the core included, the nearest first."""
        found = []
        while key := self.spots[key].up:
            found.append(key)
        return found

    def of(self, agency: str) -> list[Spot]:
        """Return what stands at an agency."""
        return [spot for spot in self.spots.values() if spot.agency == agency]


def grow(devices: Iterable[Device]) -> Tree:
    """Return the tree of these devices; those out of use, and those that are on no path, are left out."""
    return _Growing(devices).tree()


def placed(device: Device) -> PathRole:
    """Return the place of a device that somebody hung into the tree: a part of a link is a bridge there."""
    if device.place is PathRole.NONE and not device.role:
        return PathRole.SWITCH
    return device.place


class _Growing:
    """The devices on the way, and what each hangs off as far as that is known."""

    def __init__(self, devices: Iterable[Device]) -> None:
        self.known = {device.id: device for device in devices if device.active}
        self.remarks: dict[str, Sentence] = {}
        parents = {device.parent for device in self.known.values()}
        self.spots = {
            device.id: self._spot(device, hung=bool(device.parent) or device.id in parents)
            for device in self.known.values()
            if device.place is not PathRole.NONE
            or (not device.role and (device.parent or device.id in parents))
        }
        self.core = self._core()
        self._at: dict[str, list[Device]] = {}
        for device in self.known.values():
            if device.id in self.spots:
                self._at.setdefault(device.agency, []).append(device)

    def tree(self) -> Tree:
        """Hang everything, and put it into order."""
        self._add(HERE, PathRole.HERE, self.core)
        self._hold_one_here()
        self._add(ISP, PathRole.ISP, self.core)
        providers = [spot for spot in self.spots.values() if spot.place is PathRole.ISP]
        isp = min(providers, key=lambda spot: bool(spot.backup)).key
        self.spots[INTERNET] = Spot(
            INTERNET, INTERNET, PathRole.INTERNET, up=isp, assumed=True, listed=False
        )
        self._hold_addresses()
        for key, spot in self.spots.items():
            if key != self.core and not spot.up:
                self.spots[key] = self._hung(spot)
        for key in list(self.spots):
            self._cut_circle(key)
        return Tree(self._ordered(), self.remarks)

    def _spot(self, device: Device, *, hung: bool) -> Spot:
        return Spot(
            key=device.id,
            name=device.name,
            place=placed(device) if hung else device.place,
            agency=device.agency,
            ports=self._ports(device),
            port=device.port,
            up_port=device.parent_port,
            link=device.link,
            kbit=_rate(device.rate),
            nat=device.nat,
            dhcp=device.dhcp,
            backup=device.backup,
            spare=device.spare,
        )

    def _ports(self, device: Device) -> tuple[Port, ...]:
        try:
            ports = ports_of(device.interfaces)
        except ValueError as error:  # kept by an import of another hand
            self.remarks[device.id] = sentence(
                "Antarmuka tidak terbaca: {part}", part=str(error)[:60]
            )
            ports = ()
        own = host(device.address)
        first = tuple(port for port in ports if own and port.address == own)
        rest = tuple(port for port in ports if port not in first)
        return (first or ((Port(address=own),) if own else ())) + rest

    def _hold_addresses(self) -> None:
        """Give each address to the first who has it: two with one cannot be told apart from afar."""
        owner: dict[str, str] = {}
        for key, spot in self.spots.items():
            for address in spot.addresses:
                if owner.setdefault(address, key) != key:
                    self.remarks[key] = sentence(
                        "Alamat {address} juga tercatat pada {name}; di sini tidak diperiksa.",
                        address=address,
                        name=self.spots[owner[address]].name,
                    )
            kept = tuple(
                replace(port, address="", prefix=None)
                if owner.get(port.address, key) != key
                else port
                for port in spot.ports
            )
            self.spots[key] = replace(spot, ports=tuple(p for p in kept if p.name or p.address))

    def _core(self) -> str:
        cores = [spot for spot in self.spots.values() if spot.place is PathRole.CORE]
        top = next((spot for spot in cores if not self.known[spot.key].parent), None)
        if top is None and cores:
            top = cores[0]
        if top is None:
            top = self.spots[CORE] = Spot(CORE, CORE, PathRole.CORE, assumed=True, listed=False)
        return top.key

    def _add(self, key: str, place: PathRole, up: str) -> None:
        """Put in what must be there, where nobody listed it."""
        if not any(spot.place is place for spot in self.spots.values()):
            self.spots[key] = Spot(key, key, place, up=up, assumed=True, listed=False)

    def _hold_one_here(self) -> None:
        first, *others = (key for key, spot in self.spots.items() if spot.place is PathRole.HERE)
        for key in others:
            self.spots[key] = replace(self.spots[key], place=PathRole.HOST)
            name = self.spots[first].name
            self.remarks[key] = sentence("Pulih sudah dicatat berjalan di {name}.", name=name)

    def _hung(self, spot: Spot) -> Spot:
        up = self._written(spot.key)
        if up:
            return replace(spot, up=up)
        return replace(spot, up=self._usual(spot), assumed=True)

    def _written(self, key: str) -> str:
        """Return what a device hangs off by its record, past those that are on no path; empty where that ends."""
        device, seen = self.known[key], {key}
        while device.parent:
            if device.parent in seen or device.parent not in self.known:
                if device.id == key:
                    name = device.parent[:60]
                    self.remarks[key] = sentence(
                        "Bergantung pada {id}, yang tidak dipakai.", id=name
                    )
                return ""
            device = self.known[device.parent]
            seen.add(device.id)
            spot = self.spots.get(device.id)
            if spot and spot.place.carries:
                return spot.key
        return ""

    def _usual(self, spot: Spot) -> str:
        """Return what a device of its kind usually hangs off."""
        core = self.spots[self.core]
        if spot.place in (PathRole.CORE, PathRole.RELAY, PathRole.ROUTER, PathRole.ISP):
            return core.key
        if spot.place not in (PathRole.SWITCH, PathRole.HERE) and (
            near := self._only(spot, PathRole.SWITCH)
        ):
            return near
        routers = self._only(spot, PathRole.ROUTER) or self._only(spot, PathRole.RELAY)
        return routers or core.key

    def _only(self, spot: Spot, place: PathRole) -> str:
        """Return the agency's only device at such a place, or the only one at the same site; empty without any."""
        own = [one for one in self._at.get(spot.agency, ()) if one.id != spot.key]
        own = [one for one in own if self.spots[one.id].place is place]
        site = self.known[spot.key].site if spot.key in self.known else ""
        near = [one for one in own if site and one.site == site]
        for found in (near, own):
            if len(found) == 1:
                return found[0].id
        return (near or own)[0].id if place is PathRole.ROUTER and own else ""

    def _cut_circle(self, key: str) -> None:
        seen: dict[str, None] = {}
        at = key
        while at != self.core and at not in seen:
            seen[at] = None
            at = self.spots[at].up
        if at in seen:
            self.remarks[at] = sentence("Jalurnya melingkar; dianggap bergantung pada inti.")
            self.spots[at] = replace(self.spots[at], up=self.core, assumed=True)

    def _ordered(self) -> dict[str, Spot]:
        below: dict[str, list[str]] = {}
        for key, spot in self.spots.items():
            if key != self.core:
                below.setdefault(spot.up, []).append(key)
        order, waiting = {}, [self.core]
        while waiting:
            key = waiting.pop()
            order[key] = self.spots[key]
            waiting += reversed(below.get(key, ()))
        order[self.core] = replace(order[self.core], up="")
        return order


def _rate(text: str) -> int | None:
    try:
        return kbit_of(text)
    except ValueError:
        return None
