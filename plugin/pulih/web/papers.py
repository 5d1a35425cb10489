"""Every form, empty, for offices that write by hand."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from pulih.domain import sop
from pulih.errors import NotFound
from pulih.web.context import person

blueprint = Blueprint("papers", __name__, url_prefix="/formulir")


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """List the forms, in the order of the procedure."""
    return render_template("papers.html", person=person())


@blueprint.get("/<stage>")
def empty(stage: str) -> ResponseReturnValue:
    """Show one form, empty, laid out for A4."""
    deed = sop.STAGES.get(stage)
    if deed is None:
        raise NotFound("Formulir ini tidak ada. Pilih dari daftar formulir.")
    return render_template(
        "paper.html", stage=deed, step=None if deed.during else sop.step_of(deed)
    )
