"""Diagnostic runs on a ticket's page: start one, watch it, read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.errors import Invalid
from pulih.web.context import language, office, person, say


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


def result(finding: Mapping[str, Any]) -> str:
    """Return what a finding says: its own sentence in Bahasa Indonesia, its figures in another language."""
    if language() == "id":
        return str(finding["detail"])
    figures = finding["figures"]
    if finding["probe"] == "ping" and figures.get("sent"):
        answered = _(
            "%(received)s dari %(sent)s ping dijawab",
            received=figures["received"],
            sent=figures["sent"],
        )
        usual = figures.get("median_ms")
        return (
            f"{answered}, " + _("biasanya %(ms)s ms", ms=usual) if usual is not None else answered
        )
    if finding["probe"] == "trace" and figures.get("last_hop"):
        where = {"hops": figures["last_hop"], "address": figures.get("last_address") or "?"}
        if figures.get("end") == "destination":
            return _("sampai tujuan, lompatan %(hops)s", **where)
        return _("berhenti di lompatan %(hops)s, %(address)s", **where)
    if finding["probe"] == "dns" and figures.get("result"):
        return f"{figures.get('name')} {figures.get('type')}: {figures['result']}"
    return _("Lihat angka mentah.")
