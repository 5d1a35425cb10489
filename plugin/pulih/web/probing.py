"""Diagnostic runs on a ticket's page: start one, watch it, read it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.errors import Invalid
from pulih.web.context import office, person, say


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of a ticket."""
    blueprint.add_url_rule("/<number>/periksa", view_func=start, methods=["POST"])
    blueprint.add_url_rule("/<number>/periksa/<key>", view_func=run)


def start(number: str) -> ResponseReturnValue:
    """Ask for a run."""
    try:
        office().probing.start(
            person(), number, request.form.getlist("addresses"), request.form.get("extra", "")[:80]
        )
    except Invalid as error:
        flash(" ".join(say(p.sentence) for p in error.problems), "warn")
    else:
        flash(_("Pemeriksaan dimulai. Hasilnya muncul di sini dalam beberapa detik."), "ok")
    return redirect(url_for(".show", number=number, _anchor="pemeriksaan"), code=303)


def run(number: str, key: str) -> ResponseReturnValue:
    """Show one run; only its inner part where a script asks for that."""
    found = office().probing.get(person(), number, key)
    part = request.args.get("bagian") == "1"
    return render_template("run-part.html" if part else "run.html", run=found, number=number)
