"""The state of the whole network on one page: every agency, after one look at all of them."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.calling import Called
from pulih.domain.records import ProbeRun
from pulih.domain.swept import counted, swept
from pulih.web.asking import names
from pulih.web.context import office, person
from pulih.web.looks import shown_of

blueprint = Blueprint("sweeping", __name__)
_PATH = "/jaringan/keadaan"


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get(_PATH)
def index() -> ResponseReturnValue:
    """Show the newest state, and a look that is under way."""
    sweeps = office().sweeping.latest(person())
    running = next((run for run in sweeps if run.going), None)
    done = [run for run in sweeps if not run.going]
    return _page(done[0] if done else None, running, done)


@blueprint.post(_PATH)
def start() -> ResponseReturnValue:
    """Ask for a look at the whole network."""
    office().sweeping.start(person())
    flash(_("Seluruh jaringan sedang diperiksa. Hasilnya muncul di sini."), "ok")
    return redirect(url_for(".index"), code=303)


@blueprint.get(f"{_PATH}/<key>")
def one(key: str) -> ResponseReturnValue:
    """Show an earlier state; only how far it is where a script asks for that."""
    run = office().sweeping.get(person(), key)
    if request.args.get("bagian") == "1":
        return render_template("run-part.html", run=run) if run.going else "<p data-done></p>"
    sweeps = office().sweeping.latest(person())
    running = next((run for run in sweeps if run.going), None)
    return _page(None if run.going else run, running, [one for one in sweeps if not one.going])


def _page(run: ProbeRun | None, running: ProbeRun | None, done: list[ProbeRun]) -> str:
    rows = swept(run.offices) if run else ()
    return render_template(
        "sweep.html",
        run=run,
        running=running,
        done=done,
        rows=rows,
        counts=counted(rows),
        look=shown_of(run) if run else None,
        called=Called(run.labels if run else {}),
        agencies=names()["agency"] if rows else {},
    )
