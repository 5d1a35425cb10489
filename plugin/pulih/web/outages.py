"""Several tickets with one cause, on the page of one of them: noted, and taken back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.web.context import office, person

_MOST = 100


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of a ticket."""
    blueprint.add_url_rule("/<number>/bersama", view_func=join, methods=["POST"])
    blueprint.add_url_rule("/<number>/bersama/lepas", view_func=part, methods=["POST"])


def join(number: str) -> ResponseReturnValue:
    """Note that other tickets have the cause of this one."""
    chosen = request.form.getlist("tickets")[:_MOST]
    if chosen:
        office().outages.join(person(), number, chosen)
        flash(_("Tercatat sebagai satu gangguan."), "ok")
    else:
        flash(_("Pilih dahulu tiket yang penyebabnya sama."), "warn")
    return _back(number)


def part(number: str) -> ResponseReturnValue:
    """Take back that a ticket has the same cause as the others."""
    office().outages.leave(person(), number, request.form.get("ticket", "")[:40])
    flash(_("Tiket dilepaskan dari gangguan bersama."), "ok")
    return _back(number)


def _back(number: str) -> ResponseReturnValue:
    return redirect(url_for(".show", number=number, _anchor="bersama"), code=303)
