"""How the wiki stands: for the administrator, who can have it all published again."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.web.context import office, person

blueprint = Blueprint("wiki", __name__, url_prefix="/wiki-status")
_AGAIN = 3  # seconds, while something is under way
_MOST = 50


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("")
def status() -> ResponseReturnValue:
    """Show what is on the wiki, what waits and why, and how each place stands."""
    state = office().wiki.state(person())
    moving = state.asked_at is not None or any(place.under_way for place in state.places)
    return render_template(
        "wiki-status.html", state=state, most=_MOST, again=_AGAIN if moving else 0
    )


@blueprint.post("/terbitkan")
def again() -> ResponseReturnValue:
    """Have everything published again."""
    office().wiki.ask_again(person())
    flash(_("Terbit ulang diminta. Halaman ini memuat ulang sendiri sampai selesai."), "ok")
    return redirect(url_for(".status"), code=303)
