"""The page on which an OPD's own computer takes part: the script to run, and the code that it shows."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.errors import Invalid
from pulih.service.computers import MOST_PHOTO, SCRIPTS
from pulih.web import plain
from pulih.web.context import office, person, say

_FIELDS = ("code",)
_PAGE = "computer.html"


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of a ticket."""
    add = blueprint.add_url_rule
    add("/<number>/komputer", view_func=computer)
    add("/<number>/komputer", view_func=receive_code, methods=["POST"])
    add("/<number>/komputer/<name>", view_func=script)


def computer(number: str) -> ResponseReturnValue:
    """Show how a computer of the OPD takes part."""
    return _page(number, plain.opened(_FIELDS, {}))


def script(number: str, name: str) -> ResponseReturnValue:
    """Give out a script."""
    text = office().computers.script(person(), number, name)
    head = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(text.encode(), content_type="application/octet-stream", headers=head)


def receive_code(number: str) -> ResponseReturnValue:
    """Take in the code that a computer shows, typed or photographed."""
    form = plain.typed(_FIELDS)
    photo = request.files.get("photo")
    try:
        received = office().computers.receive(
            person(), number, form.values["code"], photo.read(MOST_PHOTO + 1) if photo else b""
        )
    except Invalid as error:
        for problem in error.problems:
            form.problems.setdefault(problem.field, say(problem.sentence))
        return _page(number, form), 422
    office().drafts.drop(person(), request.path)
    where = received.address or _("tanpa alamat")
    flash(_("Kode diterima: komputer %(where)s. Terima kasih.", where=where), "ok")
    if received.remark:
        flash(say(received.remark), "warn")
    return redirect(url_for(".show", number=number, _anchor="pemeriksaan"), code=303)


def _page(number: str, form: plain.Form) -> str:
    ticket, trials = office().computers.trials(person(), number)
    return render_template(
        _PAGE,
        ticket=ticket,
        trials=trials,
        form=form,
        scripts=SCRIPTS,
        own=not person().role.in_office,
    )
