"""A ticket's page: where it stands, its history, the form of the step that is due."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain import sop
from pulih.domain.people import Role
from pulih.domain.prefill import start_of
from pulih.domain.records import TicketFilter
from pulih.domain.search import Found
from pulih.domain.ticket import Entry, State, told
from pulih.errors import Conflict, Duplicate, Invalid, Problem, Refused
from pulih.service.cases import FIRST_STEP_WITH_CASES
from pulih.service.tickets import TicketView
from pulih.web import probing
from pulih.web.choices import offered
from pulih.web.context import office, person, say
from pulih.web.reading import Typed, as_fields, from_facts, from_fields, from_request, happened
from pulih.web.resume import typed as typed_fields

blueprint = Blueprint("tickets", __name__, url_prefix="/tiket")
probing.add_to(blueprint)


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """List the tickets, with search and filters."""
    arg = request.args
    wanted = TicketFilter(
        words=arg.get("q", "")[:200],
        agency=arg.get("opd", ""),
        states=tuple(s for s in arg.getlist("status") if s in set(State)),
        step=arg.get("langkah", type=int),
        year=arg.get("tahun", ""),
    )
    page = office().work.tickets(person(), wanted, page=max(1, arg.get("halaman", 1, type=int)))
    agencies = offered(tuple(f for f in sop.FIRST.facts if f.name == "agency"), person())["agency"]
    return render_template(
        "tickets.html", page=page, wanted=wanted, agencies=agencies, states=State
    )


@blueprint.get("/<number>")
def show(number: str) -> ResponseReturnValue:
    """Show a ticket."""
    by = person()
    view = office().tickets.show(by, number)
    typed, kept = Typed(), False
    if view.stage:
        draft = office().drafts.get(by, url_for(".show", number=number))
        kept = draft is not None and draft.fields.get("stage") == [view.stage.id]
        typed = (
            from_fields(view.stage.facts, draft.fields, by)
            if draft and kept
            else from_facts(start_of(view.ticket, view.stage))
        )
    return _page(view, typed, kept=kept)


def _page(
    view: TicketView,
    typed: Typed,
    *,
    kept: bool = False,
    since: tuple[Entry, ...] = (),
    stage: sop.Stage | None = None,
    lost: Typed | None = None,
) -> str:
    by, ticket = person(), view.ticket
    stage = stage or view.stage
    similar = _similar(view)
    return render_template(
        "ticket.html",
        view=view,
        ticket=ticket,
        person=by,
        stage=stage,
        typed=typed,
        kept=kept,
        since=since,
        lost=lost,
        told=told,
        offered=offered(stage.facts, by, ticket) if stage else {},
        similar=similar,
        marks=office().cases.marks(by, ticket.number) if similar else {},
        words=request.args.get("kata", ""),
        targets=office().probing.targets(by, ticket.number) if by.role is Role.NETWORK_TEAM else (),
        running=next((run for run in view.runs if run.state in ("waiting", "running")), None),
        on_wiki=ticket.state is not State.CLOSED or office().cases.on_wiki(ticket.number),
        form_page=url_for(".show", number=ticket.number),
    )


def _similar(view: TicketView) -> Found | None:
    reached = view.ticket.step is not None and view.ticket.step.number >= FIRST_STEP_WITH_CASES
    if not reached or not person().role.in_office:
        return None
    return office().cases.similar(person(), view.ticket, words=request.args.get("kata", "")[:2000])


@blueprint.get("/<number>/tindakan/<stage>")
def aside(number: str, stage: str) -> ResponseReturnValue:
    """Show the form of a deed beside the order: withdrawing, changing the team."""
    view = office().tickets.show(person(), number)
    deed = next((s for s in view.asides if s.id == stage), None)
    if deed is None:
        raise Refused("Tindakan ini tidak tersedia sekarang. Kembali ke halaman tiket.")
    start = view.ticket.facts_of("appointment") if deed.id == "reappointment" else {}
    return _page(view, from_facts(start), stage=deed)


@blueprint.post("/<number>/langkah/<stage>")
def take(number: str, stage: str) -> ResponseReturnValue:
    """Take a step, or show the form again with what is wrong and what was typed."""
    by, home = person(), url_for(".show", number=number)
    if request.form.get("drop"):
        office().drafts.drop(by, home)
        return redirect(home, code=303)
    deed = sop.STAGES.get(stage)
    if deed is None:
        raise Refused("Langkah {stage} tidak dikenal. Kembali ke halaman tiket.", stage=stage[:40])
    view = office().tickets.show(by, number)
    if refusal := view.ticket.refusal(deed, by):
        raise refusal
    typed = from_request(deed.facts, by, number)
    seen = request.form.get("seen", -1, type=int)
    try:
        typed.hold()
        ticket = office().tickets.take(
            by, number, stage, typed.values, seen=seen, on=happened(typed)
        )
    except Invalid as error:
        typed.blame(error.problems)
        return _again(view, deed, typed, 422, say(error.sentence))
    except Duplicate as error:
        typed.blame([Problem(error.field, error.sentence)])
        return _again(view, deed, typed, 409, say(error.sentence))
    except Conflict as error:
        return _again(
            view,
            deed,
            typed,
            409,
            say(error.sentence),
            since=office().tickets.entries_since(by, number, seen),
        )
    except Refused as error:
        return _again(view, deed, typed, 409, say(error.sentence))
    office().drafts.drop(by, home)
    flash(_("Tersimpan: %(what)s.", what=say(ticket.history[-1].way.label)), "ok")
    return redirect(home, code=303)


def _again(
    view: TicketView,
    deed: sop.Stage,
    typed: Typed,
    status: int,
    text: str,
    *,
    since: tuple[Entry, ...] = (),
) -> ResponseReturnValue:
    """Show the page again. A form whose step has gone by is kept to be read, not to be sent."""
    by, home = person(), url_for(".show", number=view.ticket.number)
    office().drafts.keep(by.id, home, as_fields(typed, {**typed_fields(), "stage": [deed.id]}))
    flash(text, "warn")
    view = office().tickets.show(by, view.ticket.number)
    if deed is view.stage or deed in view.asides:
        return _page(view, typed, since=since, stage=deed), status
    fresh = from_facts(start_of(view.ticket, view.stage)) if view.stage else Typed()
    return _page(view, fresh, since=since, lost=typed), status


@blueprint.get("/<number>/berkas/<key>")
def attachment(number: str, key: str) -> ResponseReturnValue:
    """Give out a file of a ticket."""
    kept, content = office().attachments.get(person(), number, key)
    response = send_file(
        content, mimetype=kept.media_type, download_name=kept.name, as_attachment=False
    )
    # Browsers show a PDF in a part of their own, which a sandbox would shut out.
    shown = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    pdf = kept.media_type == "application/pdf"
    response.headers["Content-Security-Policy"] = shown if pdf else f"{shown}; sandbox"
    return response


@blueprint.post("/<number>/temuan/<case>")
def mark(number: str, case: str) -> ResponseReturnValue:
    """Record that a past case helped, did not, or take that back."""
    said = request.form.get("said", "")
    if said == "undo":
        office().cases.unmark(person(), number, case)
        flash(_("Tanda pada kasus %(case)s dihapus.", case=case), "ok")
    else:
        office().cases.mark(person(), number, case, helped=said != "no")
        flash(_("Tercatat. Terima kasih: tanda ini membantu teknisi berikutnya."), "ok")
    return redirect(url_for(".show", number=number, _anchor="temuan"), code=303)
