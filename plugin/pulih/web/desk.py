"""My desk, and the office's queue."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulih.web.context import office, person
from pulih.web.resume import is_local, typed

blueprint = Blueprint("desk", __name__)


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def root() -> ResponseReturnValue:
    """Send people to their desk."""
    return redirect(url_for(".mine"))


@blueprint.get("/meja")
def mine() -> ResponseReturnValue:
    """Show what waits for the person, what they are in, and the queue to heads."""
    step = request.args.get("langkah", type=int)
    page = max(1, request.args.get("halaman", 1, type=int))
    queue = office().work.queue(person(), step=step, page=page)
    return render_template(
        "desk.html", person=person(), mine=office().work.mine(person()), queue=queue, step=step
    )


@blueprint.post("/konsep")
def keep_draft() -> ResponseReturnValue:
    """Keep what is being typed on a page that is left by another way than its button."""
    path = request.form.get("form_page", "")
    if is_local(path):
        office().drafts.keep(person().id, path, typed())
    return "", 204
