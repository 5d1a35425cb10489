"""Parts of pages that follow what is being typed: past cases like a ticket, open tickets like a letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from pulih.domain import sop
from pulih.domain.authority import Deed, may, require
from pulih.domain.search import Found, OpenMatch
from pulih.domain.ticket import Ticket, text
from pulih.service.finding import FIRST_STEP_WITH_CASES
from pulih.service.tickets import TicketView, register_allowed
from pulih.web.asking import MOST_WORDS
from pulih.web.context import office, person
from pulih.web.reading import raw

# What of step 5's form, and of a letter's, another answer may follow from.
FINDINGS = ("fault_type", "device", "device_note", "readings")
LETTER = ("agency", "subject", "disturbed")
_SPECS = {spec.name: spec for spec in sop.STAGES["examination"].facts if spec.name in FINDINGS}
_MOST_TYPED = 4000  # characters


def add_to_tickets(blueprint: Blueprint) -> None:
    """Add the part of a ticket's page to the pages of tickets."""
    blueprint.add_url_rule("/<number>/temuan", view_func=like_ticket, methods=["POST"])


def add_to_letters(blueprint: Blueprint) -> None:
    """Add the part of the letter's form to the pages of letters."""
    blueprint.add_url_rule("/serupa", view_func=like_letter, methods=["POST"])


def like_ticket(number: str) -> str:
    """Return the cases that are like a ticket, with what is chosen in its form and not saved yet.

    Nothing of it is noted as looked for in vain: words may be half typed.

    Raises:
        NotAllowed, NotFound: As they say.
    """
    require(person(), Deed.FIND_CASES)
    view = office().tickets.show(person(), number)
    typed = {name: raw(spec, request.form) for name, spec in _SPECS.items()}
    part = shown(view, typed=typed, words=request.form.get("kata", "")[:MOST_WORDS])
    if part["similar"] is None:  # it is not so far, or over
        return ""
    return render_template("similar-cases.html", ticket=view.ticket, **part)


def shown(view: TicketView, *, typed: Mapping[str, Any], words: str) -> dict[str, Any]:
    """Return what a page about a ticket shows of similar cases.

    Args:
        typed: What the form of step 5 holds, as far as it goes.
        words: What somebody looks for in place of the ticket's own words.
    """
    by, ticket = person(), view.ticket
    found = None
    if ticket.step and ticket.step.number >= FIRST_STEP_WITH_CASES and may(by, Deed.FIND_CASES):
        found = _like(ticket, typed, words)
    marks = office().finding.marks(by, ticket.number) if found else {}
    return {"similar": found, "marks": marks, "words": words, "followed": " ".join(FINDINGS)}


def _like(ticket: Ticket, typed: Mapping[str, Any], words: str) -> Found:
    return office().finding.similar(
        person(),
        ticket,
        words=words or _with_findings(ticket, typed),
        fault_type=_plain(typed, "fault_type"),
        device=_plain(typed, "device"),
    )


def _with_findings(ticket: Ticket, typed: Mapping[str, Any]) -> str:
    """Return the letter's words with what was found since; nothing where nothing was."""
    cells = [cell for row in typed.get("readings") or () for cell in row.values()]
    found = [one for one in (_plain(typed, "device_note"), *cells) if one.strip()]
    if not found:
        return ""
    letter = ticket.letter
    return " ".join((text(letter, "subject"), text(letter, "disturbed"), *found))[:_MOST_TYPED]


def _plain(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name)
    return value if isinstance(value, str) else ""


def like_letter() -> str:
    """Return the open tickets that are like the letter that is being typed."""
    register_allowed(person())
    return render_template("similar-open.html", open=open_like(request.form))


def open_like(typed: Mapping[str, Any]) -> tuple[OpenMatch, ...]:
    """Return the open tickets of an agency that are like its letter, as far as that is typed."""
    by = person()
    agency = by.agency or _plain(typed, "agency")
    words = " ".join((_plain(typed, "subject"), _plain(typed, "disturbed"))).strip()
    if not (agency and words):
        return ()
    return office().finding.similar_open(by, agency, words[:_MOST_TYPED])
