"""Registering a letter (step 1)."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain import sop
from pulih.domain.records import TicketFilter
from pulih.errors import Duplicate, Invalid, Problem
from pulih.service.tickets import register_allowed
from pulih.web import similar
from pulih.web.choices import offered
from pulih.web.context import office, person, say
from pulih.web.reading import Typed, as_fields, from_fields, from_request, happened
from pulih.web.resume import typed as typed_fields

blueprint = Blueprint("letters", __name__, url_prefix="/surat")
similar.add_to_letters(blueprint)
_YEARS = 6


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


def _form(typed: Typed, *, kept: bool = False) -> str:
    by = person()
    return render_template(
        "letter.html",
        stage=sop.FIRST,
        typed=typed,
        kept=kept,
        offered=offered(sop.FIRST.facts, by),
        form_page=url_for(".new"),
        open=similar.open_like(typed.values),
        followed=" ".join(similar.LETTER),
    )


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """List the letters as the agenda book does, with search and filters."""
    arg = request.args
    wanted = TicketFilter(
        words=arg.get("q", "")[:200], agency=arg.get("opd", ""), year=arg.get("tahun", "")[:4]
    )
    page = office().work.tickets(person(), wanted, page=max(1, arg.get("halaman", 1, type=int)))
    agencies = offered(sop.FIRST.facts, person())["agency"]
    this_year = office().tools.calendar.local(office().tools.now()).year
    years = [str(year) for year in range(this_year, this_year - _YEARS, -1)]
    return render_template("letters.html", page=page, wanted=wanted, agencies=agencies, years=years)


@blueprint.get("/baru")
def new() -> ResponseReturnValue:
    """Show an empty letter, or the one that was being typed."""
    register_allowed(person())
    draft = office().drafts.get(person(), url_for(".new"))
    if draft:
        return _form(from_fields(sop.FIRST.facts, draft.fields, person()), kept=True)
    start = {
        "agency": person().agency,
        **{
            name: request.args[name] for name in ("agency", "recurrence_of") if name in request.args
        },
    }
    return _form(Typed(values=start))


@blueprint.post("/baru")
def register() -> ResponseReturnValue:
    """Open a ticket, or show the form again with what is wrong."""
    by = person()
    register_allowed(by)
    if request.form.get("drop"):
        office().drafts.drop(by, url_for(".new"))
        return redirect(url_for(".new"), code=303)
    typed = from_request(sop.FIRST.facts, by)
    try:
        typed.hold()
        ticket = office().tickets.register(by, typed.values, on=happened(typed))
    except Invalid as error:
        typed.blame(error.problems)
        status = 422
    except Duplicate as error:
        typed.blame([Problem(error.field, error.sentence)])
        status = 409
    else:
        office().drafts.drop(by, url_for(".new"))
        flash(
            _(
                "Surat tercatat sebagai tiket %(number)s; menunggu disposisi Kepala Dinas.",
                number=ticket.number,
            ),
            "ok",
        )
        return redirect(url_for("tickets.show", number=ticket.number), code=303)
    office().drafts.keep(by.id, url_for(".new"), as_fields(typed, typed_fields()))
    flash(say("Surat belum tersimpan. Perbaiki isian yang ditandai."), "warn")
    return _form(typed), status
