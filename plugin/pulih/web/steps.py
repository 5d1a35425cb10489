"""Taking a step of a ticket, or a deed beside the order."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain import sop
from pulih.domain.ticket import Entry
from pulih.errors import Conflict, Duplicate, Invalid, NotAllowed, Problem, Refused
from pulih.service.tickets import TicketView
from pulih.web.context import office, person, say
from pulih.web.reading import Typed, as_fields, from_request, happened
from pulih.web.resume import typed as typed_fields
from pulih.web.ticket_page import Lost, begun, path_of, ticket_page


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of a ticket."""
    blueprint.add_url_rule("/<number>/tindakan/<stage>", view_func=aside)
    blueprint.add_url_rule("/<number>/langkah/<stage>", view_func=take, methods=["POST"])


def aside(number: str, stage: str) -> ResponseReturnValue:
    """Show the form of a deed beside the order: withdrawing, changing the team."""
    view = office().tickets.show(person(), number)
    deed = next((s for s in view.asides if s.id == stage), None)
    if deed is None:
        raise Refused("Tindakan ini tidak tersedia sekarang. Kembali ke halaman tiket.")
    typed, kept = begun(view, deed)
    return ticket_page(view, typed, stage=deed, kept=kept)


def take(number: str, stage: str) -> ResponseReturnValue:
    """Take a step, or show the form again with what is wrong and what was typed."""
    by, deed = person(), sop.STAGES.get(stage)
    if deed is None:
        raise Refused("Langkah {stage} tidak dikenal. Kembali ke halaman tiket.", stage=stage[:40])
    home = path_of(number, deed)
    if request.form.get("drop"):
        office().drafts.drop(by, home)
        return redirect(home, code=303)
    view = office().tickets.show(by, number)
    typed = from_request(deed.facts, by, number, view.attachments)
    seen = request.form.get("seen", -1, type=int)
    try:
        typed.hold()
        ticket = office().tickets.take(
            by, number, stage, typed.values, seen=seen, on=happened(typed)
        )
    except (Invalid, Duplicate) as error:
        problems = (
            error.problems if isinstance(error, Invalid) else [Problem(error.field, error.sentence)]
        )
        typed.blame(problems)
        return _again(
            view, deed, typed, 422 if isinstance(error, Invalid) else 409, say(error.sentence)
        )
    except (Refused, NotAllowed) as error:
        moved = isinstance(error, Conflict)
        since = office().tickets.entries_since(by, number, seen) if moved else ()
        status = 403 if isinstance(error, NotAllowed) else 409
        return _again(view, deed, typed, status, say(error.sentence), since)
    office().drafts.drop(by, home)
    flash(_("Tersimpan: %(what)s.", what=say(ticket.history[-1].way.label)), "ok")
    return redirect(path_of(number, None), code=303)


def _again(
    view: TicketView,
    deed: sop.Stage,
    typed: Typed,
    status: int,
    text: str,
    since: tuple[Entry, ...] = (),
) -> ResponseReturnValue:
    """Show the page again. A form whose step has gone by is kept to be read, not to be sent."""
    by, number = person(), view.ticket.number
    fields = {**typed_fields(), "stage": [deed.id]}
    office().drafts.keep(by.id, path_of(number, deed), as_fields(typed, fields))
    flash(text, "warn")
    view = office().tickets.show(by, number)
    if deed is view.stage or deed in view.asides:
        return ticket_page(view, typed, since=since, stage=deed), status
    fresh = begun(view, view.stage)[0] if view.stage else Typed()
    return ticket_page(view, fresh, since=since, lost=Lost(deed, typed)), status
