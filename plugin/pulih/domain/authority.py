"""Who may do what beside the steps of a ticket. `Ticket.refusal` decides the steps; this decides the rest."""

from __future__ import annotations

from enum import StrEnum

from pulih.domain.people import HEADS, Person, Role
from pulih.errors import NotAllowed


class Deed(StrEnum):
    """Something a person may want to do."""

    REGISTER_LETTER = "register-letter"
    SEE_TICKET = "see-ticket"
    SEE_QUEUE = "see-queue"
    ATTACH = "attach"
    PROBE = "probe"
    SWEEP = "sweep"
    FIND_CASES = "find-cases"
    MARK_HELPFUL = "mark-helpful"
    WRITE_NOTE = "write-note"
    KEEP_NOTES = "keep-notes"
    RETRACT_CASE = "retract-case"
    SETTLE_WANTED = "settle-wanted"
    SEE_OUTGOING = "see-outgoing"
    DECIDE_OUTGOING = "decide-outgoing"
    MEND_CASE = "mend-case"
    SEE_PAPERS = "see-papers"
    SEE_INNER_PAPERS = "see-inner-papers"
    ISSUE_PAPER = "issue-paper"
    CORRECT_PAPER = "correct-paper"
    CANCEL_PAPER = "cancel-paper"
    SEE_NUMBERS = "see-numbers"
    SEE_REGISTRY = "see-registry"
    KEEP_REGISTRY = "keep-registry"
    KEEP_LOGINS = "keep-logins"
    TELL_CODE = "tell-code"
    KEEP_PEOPLE = "keep-people"
    KEEP_OFFICE = "keep-office"
    KEEP_PLONE = "keep-plone"


_OFFICE = frozenset(role for role in Role if role.in_office)
_TEAM = frozenset({Role.NETWORK_TEAM})
_SECTION = frozenset({Role.SECTION_HEAD})
_ADMIN = frozenset({Role.ADMIN})

MAY: dict[Deed, frozenset[Role]] = {
    Deed.REGISTER_LETTER: frozenset({Role.OPD, Role.NETWORK_TEAM}),
    Deed.SEE_TICKET: frozenset(Role),
    Deed.SEE_QUEUE: HEADS | _ADMIN,
    Deed.ATTACH: frozenset(Role) - _ADMIN,
    Deed.PROBE: _TEAM,
    Deed.SWEEP: _OFFICE,
    Deed.FIND_CASES: _OFFICE,
    Deed.MARK_HELPFUL: _TEAM,
    Deed.WRITE_NOTE: _TEAM,
    Deed.KEEP_NOTES: _ADMIN,
    Deed.RETRACT_CASE: _SECTION | _ADMIN,
    Deed.SETTLE_WANTED: _TEAM | _SECTION | _ADMIN,
    Deed.SEE_OUTGOING: _OFFICE,
    Deed.DECIDE_OUTGOING: _TEAM,
    Deed.MEND_CASE: _SECTION | _ADMIN,
    Deed.SEE_PAPERS: frozenset(Role),
    Deed.SEE_INNER_PAPERS: _OFFICE,
    Deed.ISSUE_PAPER: _OFFICE - _ADMIN,
    Deed.CORRECT_PAPER: _TEAM | _SECTION,
    Deed.CANCEL_PAPER: _SECTION | _ADMIN,
    Deed.SEE_NUMBERS: _OFFICE,
    Deed.SEE_REGISTRY: _OFFICE,
    Deed.KEEP_REGISTRY: _ADMIN,
    Deed.KEEP_LOGINS: _ADMIN,
    Deed.TELL_CODE: _TEAM | {Role.OPD},
    Deed.KEEP_PEOPLE: _ADMIN,
    Deed.KEEP_OFFICE: _ADMIN,
    Deed.KEEP_PLONE: _ADMIN,
}


def may(person: Person, deed: Deed, agency: str | None = None) -> bool:
    """Tell whether `person` may do `deed`, where it concerns `agency`.

    Somebody of an agency may only touch what is that agency's.
    """
    own = person.role is not Role.OPD or agency is None or agency == person.agency
    return person.active and own and person.role in MAY[deed]


def require(person: Person, deed: Deed, agency: str | None = None) -> None:
    """Do nothing where `person` may do `deed`.

    Raises:
        NotAllowed: They may not.
    """
    if not may(person, deed, agency):
        raise NotAllowed(
            "Anda tidak berwenang melakukan ini. Bila seharusnya berwenang, hubungi administrator."
        )
