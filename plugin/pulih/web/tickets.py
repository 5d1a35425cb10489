"""A ticket's page: where it stands, its history, the form of the step that is due."""

from __future__ import annotations

from flask import (
    Blueprint,
    Flask,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain import sop
from pulih.domain.records import TicketFilter
from pulih.domain.ticket import State
from pulih.web import computers, documents, outages, outgoing, probing, similar, steps
from pulih.web.asking import MOST_WORDS
from pulih.web.choices import offered
from pulih.web.context import office, person
from pulih.web.reading import Typed
from pulih.web.ticket_page import begun, ticket_page

blueprint = Blueprint("tickets", __name__, url_prefix="/tiket")
_MARKS = {"yes": True, "no": False}
probing.add_to(blueprint)
outages.add_to(blueprint)
computers.add_to(blueprint)
outgoing.add_to(blueprint)
documents.add_to(blueprint)
similar.add_to_tickets(blueprint)
steps.add_to(blueprint)


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
    if view.stage is None:
        return ticket_page(view, Typed())
    typed, kept = begun(view, view.stage)
    return ticket_page(view, typed, kept=kept)


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
    said, words = request.form.get("said", ""), request.form.get("kata", "")[:MOST_WORDS]
    if said == "undo":
        office().finding.unmark(person(), number, case)
        flash(_("Tanda pada kasus %(case)s dihapus.", case=case), "ok")
    elif said not in _MARKS:
        abort(400)
    else:
        office().finding.mark(person(), number, case, helped=_MARKS[said], query=words)
        flash(_("Tercatat. Terima kasih: tanda ini membantu teknisi berikutnya."), "ok")
    back = url_for(".show", number=number, kata=words or None, _anchor="temuan")
    return redirect(back, code=303)
