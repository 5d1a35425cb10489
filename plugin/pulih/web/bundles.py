"""Papers put together: asked for, watched, fetched when they are there."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from pulih.errors import Invalid, Refused
from pulih.web.context import office, person, say
from pulih.web.errors import status_of

blueprint = Blueprint("bundles", __name__, url_prefix="/kumpulan")
_AGAIN = 2  # seconds, while something is under way


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """List what this person asked for."""
    return _page()


@blueprint.post("/tiket/<number>")
def of_ticket(number: str) -> ResponseReturnValue:
    """Ask for the papers of a ticket."""
    try:
        bundle = office().bundles.ticket(person(), number)
    except Refused as error:
        flash(say(error.sentence), "warn")
        return redirect(url_for("tickets.show", number=number, _anchor="dokumen"), code=303)
    return _watched(bundle.id)


@blueprint.post("/bulan")
def of_month() -> ResponseReturnValue:
    """Ask for the papers of a month."""
    month = request.form.get("month", "")[:20]
    try:
        bundle = office().bundles.month(person(), month)
    except Invalid as error:
        return _page(month, {p.field: say(p.sentence) for p in error.problems}), status_of(error)
    return _watched(bundle.id)


@blueprint.post("/formulir")
def of_forms() -> ResponseReturnValue:
    """Ask for all papers, empty."""
    return _watched(office().bundles.forms(person()).id)


@blueprint.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    """Show how far one is; only its inner part where a script asks for that."""
    bundle = office().bundles.get(person(), key)
    part = request.args.get("bagian") == "1"
    return render_template(
        "papers/bundle-part.html" if part else "papers/bundle.html",
        bundle=bundle,
        again=_AGAIN if bundle.unfinished else 0,
    )


@blueprint.get("/<key>/unduh")
def fetch(key: str) -> ResponseReturnValue:
    """Hand out the file."""
    bundle, content = office().bundles.content(person(), key)
    return send_file(
        content,
        mimetype=bundle.media_type,
        as_attachment=True,
        download_name=bundle.name,
        etag=bundle.digest,
        max_age=0,
    )


def _watched(key: str) -> ResponseReturnValue:
    return redirect(url_for(".show", key=key), code=303)


def _page(month: str = "", problems: dict[str, str] | None = None) -> str:
    by = person()
    now = office().tools.calendar.local(office().tools.now())
    return render_template(
        "papers/bundles.html",
        bundles=office().bundles.own(by),
        month=month or f"{now:%Y-%m}",
        problems=problems or {},
    )
