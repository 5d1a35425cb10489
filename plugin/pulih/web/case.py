"""A case's own page on the desk: what it teaches, whom it helped, what the office has added to it."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from pulih.domain.authority import Deed, require
from pulih.domain.edition import Review
from pulih.domain.scrub import MASKED
from pulih.errors import Invalid, Refused
from pulih.service.knowledge import NOTE, may_remove
from pulih.service.retracting import REASON
from pulih.web import plain
from pulih.web.context import office, person
from pulih.web.errors import status_of
from pulih.wording import N_

_PAGE, _RETRACTING = "cases/case.html", "cases/retract.html"
_REVIEWS = {
    Review.OLD: N_(
        "Kasus ini ditutup lebih dari tiga tahun lalu, dan dua tahun terakhir tidak membantu siapa pun."
    ),
    Review.RETIRED: N_("Perangkatnya tidak dipakai lagi."),
}


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of the cases."""
    add = blueprint.add_url_rule
    add("/ditarik", view_func=retracted)
    add("/tinjau", view_func=due)
    add("/<number>", view_func=show)
    add("/<number>", view_func=add_note, methods=["POST"])
    add("/<number>/catatan/<key>/hapus", view_func=ask_to_remove)
    add("/<number>/catatan/<key>/hapus", view_func=remove_note, methods=["POST"])
    add("/<number>/berlaku", view_func=confirm, methods=["POST"])
    add("/<number>/tarik", view_func=ask_to_retract)
    add("/<number>/tarik", view_func=retract, methods=["POST"])
    add("/<number>/kembalikan", view_func=put_back, methods=["POST"])


def show(number: str) -> ResponseReturnValue:
    """Show a case."""
    shown = _shown(number)
    return render_template(_PAGE, form=plain.opened((NOTE.name,), {}), **shown)


def add_note(number: str) -> ResponseReturnValue:
    """Add a note to a case."""
    form = plain.typed((NOTE.name,))
    typed = form.values[NOTE.name]
    try:
        note = office().knowledge.add_note(person(), number, typed)
    except Invalid as error:
        return plain.again(_PAGE, form, error, **_shown(number))
    hidden = len(MASKED.findall(note.text)) - len(MASKED.findall(typed))
    if hidden > 0:
        told = ngettext(
            "%(num)d bagian catatan Anda disamarkan, karena halamannya dibaca banyak orang.",
            "%(num)d bagian catatan Anda disamarkan, karena halamannya dibaca banyak orang.",
            hidden,
        )
        flash(told, "warn")
    return plain.done(_("Catatan tersimpan, dan segera ada di wiki."), _home(number, "catatan"))


def ask_to_remove(number: str, key: str) -> ResponseReturnValue:
    """Ask whether a note is to be removed."""
    note = office().knowledge.note(person(), number, key)
    return render_template("cases/remove-note.html", note=note, number=number)


def remove_note(number: str, key: str) -> ResponseReturnValue:
    """Remove a note. Its writer finds the text in the form, should it have been a mistake."""
    by = person()
    note = office().knowledge.remove_note(by, number, key)
    if note.by == by.id and not note.answers:
        page = url_for(".show", number=number)
        office().drafts.keep(by.id, page, {NOTE.name: [note.text]})
        flash(_("Catatan dihapus. Teksnya masih ada di formulir di bawah."), "ok")
    else:
        flash(_("Catatan dihapus."), "ok")
    return _back(number, "catatan")


def confirm(number: str) -> ResponseReturnValue:
    """Say that a case still holds."""
    office().knowledge.confirm(person(), number)
    flash(_("Tercatat bahwa kasus ini masih berlaku."), "ok")
    return _back(number, "catatan")


def ask_to_retract(number: str) -> ResponseReturnValue:
    """Show the form of taking a case off the wiki."""
    require(person(), Deed.RETRACT_CASE)
    view = office().knowledge.show(person(), number)
    return render_template(_RETRACTING, form=plain.opened((REASON.name,), {}), view=view)


def retract(number: str) -> ResponseReturnValue:
    """Take a case off the wiki."""
    form = plain.typed((REASON.name,))
    try:
        office().retracting.retract(person(), number, form.values[REASON.name])
    except Invalid as error:
        view = office().knowledge.show(person(), number)
        return plain.again(_RETRACTING, form, error, view=view)
    except Refused as error:  # somebody else did; the page says who
        view = office().knowledge.show(person(), number)
        return render_template(_RETRACTING, form=form, view=view), status_of(error)
    told = _("Kasus %(number)s ditarik dari wiki. Dapat dikembalikan kapan saja.", number=number)
    return plain.done(told, _home(number))


def put_back(number: str) -> ResponseReturnValue:
    """Put a case on the wiki again."""
    office().retracting.put_back(person(), number)
    flash(_("Kasus %(number)s segera ada lagi di wiki.", number=number), "ok")
    return _back(number)


def retracted() -> ResponseReturnValue:
    """List the cases that are taken off the wiki."""
    page = plain.paged(partial(office().retracting.page, person()))
    return render_template("cases/retracted.html", page=page)


def due() -> ResponseReturnValue:
    """List the cases that should be looked at again."""
    page = plain.paged(partial(office().knowledge.due, person()))
    return render_template("cases/due.html", page=page, reviews=_REVIEWS)


def _shown(number: str) -> dict[str, object]:
    view = office().knowledge.show(person(), number)
    return {
        "view": view,
        "on_wiki": view.retracted is None and office().cases.on_wiki(number),
        "may_remove": may_remove,
        "limit": NOTE.limit,
        "reviews": [] if view.retracted else [_REVIEWS[review] for review in view.review],
    }


def _home(number: str, place: str | None = None) -> str:
    return url_for(".show", number=number, _anchor=place)


def _back(number: str, place: str | None = None) -> ResponseReturnValue:
    return redirect(_home(number, place), code=303)
