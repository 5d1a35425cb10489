"""Who stands on a paper: parties, and places to sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pulih.domain.papers.paper import Party, Said, Signature
from pulih.domain.papers.settings import Official
from pulih.domain.papers.spelled import titled
from pulih.domain.papers.telling import BY_HAND, Telling, plain
from pulih.domain.people import HEADS, Person, Role
from pulih.domain.ticket import Entry, text
from pulih.wording import Sentence, sentence

# "…, Sekretaris Dinas" ends with a position, "…, S.Kom." with a degree.
_POSITION = re.compile(r"(?:^|\s)[^\W\d_]{4,}(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Signing:
    """Names people with what the register and the office's settings say of them."""

    telling: Telling

    def official(self, role: Role, called: str = "") -> Party:
        """Return who holds a seat of the office: who acted in this ticket, else who holds it today."""
        kept = self.telling.settings.officials.get(role, Official())
        if self.telling.blank:
            return _by_hand(called, kept.position or role.label)
        entry = self._acted(role)
        person = self._person(entry.by) if entry else self._holder(role)
        name = (entry.name if entry else kept.name) or (person.name if person else "")
        if kept.name not in ("", name):  # the settings speak of somebody else
            kept = Official()
        known = _known(person, name)
        who = Official(
            name, known.nip or kept.nip, known.rank or kept.rank, kept.position or known.position
        )
        return self._party(called, who, role)

    def technician(self, key: str, called: str = "") -> Party:
        """Return a technician; who has no NIP is no civil servant, and has no rank."""
        if self.telling.blank:
            return _by_hand(called, "")
        person = self._person(key)
        return self._party(called, _known(person, person.name if person else ""), Role.NETWORK_TEAM)

    def lead(self, called: str = "") -> Party:
        """Return who leads the team."""
        ticket = self.telling.ticket
        return self.technician(ticket.lead if ticket else "", called)

    def team(self) -> tuple[Party, ...]:
        """Return the team, who leads it first; on an empty form, places for three."""
        ticket = self.telling.ticket
        if not ticket:
            return tuple(_by_hand("", "") for _place in range(3))
        keys = dict.fromkeys((ticket.lead, *ticket.team))
        return tuple(self.technician(key) for key in keys if key) or (self.technician(""),)

    def agency(self, stage: str, typed: str, called: str = "") -> Party:
        """Return who signs for the agency; what is not known of them is left to be written by hand, but for the name.

        Args:
            stage: The stage whose facts name them.
            typed: The fact with "name, position", where it was signed on paper.
        """
        if self.telling.blank:
            return _by_hand(called, "")
        agency, entry = self.telling.material.agency, self.telling.entry(stage)
        name, position = _parted(text(entry.facts, typed) if entry else "")
        if entry and not name and entry.role is Role.OPD:
            name = entry.name
        person = self._contact(name)
        position = position or (person.position if person else "")
        return Party(
            called,
            self.telling.said(name, sentence("Nama pejabat OPD yang menandatangani")),
            Said(person.nip if person else ""),
            Said(person.rank if person else ""),
            Said(position or f"Pejabat {agency.name if agency else 'OPD'}"),
            plain(agency.name if agency else ""),
        )

    def signs(self, role: Role) -> Signature:
        """Return the place to sign of a seat of the office."""
        return signature(self.lead() if role is Role.NETWORK_TEAM else self.official(role))

    def _acted(self, role: Role) -> Entry | None:
        history = self.telling.ticket.history if self.telling.ticket else ()
        return next((entry for entry in reversed(history) if entry.role is role), None)

    def _person(self, key: str) -> Person | None:
        return self.telling.material.people.get(key)

    def _holder(self, role: Role) -> Person | None:
        """Return who holds a seat; two who do are no answer."""
        people = self.telling.material.people.values()
        holders = [person for person in people if person.role is role and person.active]
        return holders[0] if len(holders) == 1 else None

    def _contact(self, name: str) -> Person | None:
        people = self.telling.material.people.values()
        return next((p for p in people if p.role is Role.OPD and p.name == name), None)

    def _party(self, called: str, who: Official, seat: Role) -> Party:
        name, office = who.name or sentence(seat.label), self.telling.settings.name
        servant = seat in HEADS or bool(who.nip)
        return Party(
            called,
            self.telling.said(who.name, sentence("Nama {role}", role=sentence(seat.label))),
            _particular(who.nip, sentence("NIP {who}", who=name), needed=servant),
            _particular(who.rank, sentence("Pangkat dan golongan {who}", who=name), needed=servant),
            Said(who.position or seat.label),
            plain(titled(" ".join(office))),
        )


def signature(party: Party, *above: str) -> Signature:
    """Return a party's place to sign, under these lines and their position."""
    position = party.position.text
    return Signature(
        (*above, *([f"{position},"] if position else [])), party.name, party.rank, party.nip
    )


def _known(person: Person | None, name: str) -> Official:
    """Return what the register says of a person, where it is the one with that name."""
    if person is None or person.name != name:
        return Official(name)
    return Official(name, person.nip, person.rank, person.position)


def _particular(value: str, missing: Sentence, *, needed: bool) -> Said:
    return Said(missing=missing) if needed and not value else plain(value)


def _by_hand(called: str, position: str) -> Party:
    return Party(called, BY_HAND, BY_HAND, BY_HAND, Said(position), BY_HAND)


def _parted(said: str) -> tuple[str, str]:
    """Return name and position of "Hasanuddin Latief, S.Sos., Sekretaris Dinas"; a degree is no position."""
    name, comma, position = said.rpartition(",")
    if comma and _POSITION.search(position):
        return name.strip(), position.strip()
    return said.strip(), ""
