"""Doors for Plone sites, as the administrator keeps them. What goes through them is in `doors`."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.authority import Deed, require
from pulih.domain.scrub import Audience
from pulih.errors import Invalid
from pulih.service.doors import Opened, Opening, Seen
from pulih.web import plain
from pulih.web.context import office, person

_LINES = ("name", "audience")
_PAGE, _TOKEN = "plone/door.html", "plone/token.html"
_ONCE = "door"  # in the session: a form of a new door that was not sent yet


def add_to(blueprint: Blueprint) -> None:
    """Add these pages."""
    add = blueprint.add_url_rule
    add("/pintu/baru", view_func=new_door)
    add("/pintu/baru", view_func=open_door, methods=["POST"])
    add("/pintu/<key>", view_func=door)
    add("/pintu/<key>", view_func=change_door, methods=["POST"])
    add("/pintu/<key>/token", view_func=renew_door, methods=["POST"])
    add("/pintu/<key>/tutup", view_func=close_door, methods=["POST"])


def new_door() -> ResponseReturnValue:
    """Show the form of a new door."""
    require(person(), Deed.KEEP_PLONE)
    return _form(_opened({"audience": Audience.PUBLIC.value}))


def open_door() -> ResponseReturnValue:
    """Open a door, and show its token this once. The same form, sent again, opens no second one."""
    require(person(), Deed.KEEP_PLONE)
    once = session.pop(_ONCE, "")
    if not once or once != request.form.get("once"):
        flash(
            _(
                "Formulir itu sudah dikirim. Tokennya hanya ditampilkan sekali; bila terlewat, buat token baru."
            ),
            "warn",
        )
        return redirect(url_for("plone.index"), code=303)
    form = _typed()
    try:
        opened = office().doors.open(person(), _opening(form))
    except Invalid as error:
        session[_ONCE] = secrets.token_hex(8)
        return plain.again(_PAGE, form, error, **_choices(None))
    return _token(opened)


def door(key: str) -> ResponseReturnValue:
    """Show a door."""
    seen = office().doors.get(person(), key)
    start = {
        "name": seen.door.name,
        "audience": seen.door.audience.value,
        "agencies": list(seen.door.agencies),
    }
    return _form(_opened(start), seen)


def change_door(key: str) -> ResponseReturnValue:
    """Change what a door is open to."""
    form, seen = _typed(), office().doors.get(person(), key)
    try:
        changed = office().doors.change(person(), key, _opening(form), seen=_version())
    except Invalid as error:
        return plain.again(_PAGE, form, error, **_choices(seen))
    return plain.done(_("%(name)s tersimpan.", name=changed.name), url_for("plone.door", key=key))


def renew_door(key: str) -> ResponseReturnValue:
    """Give a door another token, and show it this once."""
    return _token(office().doors.renew(person(), key, seen=_version()))


def close_door(key: str) -> ResponseReturnValue:
    """Close a door."""
    closed = office().doors.close(person(), key, seen=_version())
    text = _(
        "%(name)s ditutup. Situs itu tidak dapat bertanya atau mengirim surat lagi.",
        name=closed.name,
    )
    return plain.done(text, url_for("plone.door", key=key))


def _token(opened: Opened) -> ResponseReturnValue:
    office().drafts.drop(person(), request.path)
    return render_template(
        _TOKEN, door=opened.door, token=opened.token, address=request.host_url.rstrip("/")
    )


def _opened(start: Mapping[str, object]) -> plain.Form:
    form = plain.opened(_LINES, start)
    draft = office().drafts.get(person(), request.path) if form.kept else None
    form.values["agencies"] = (
        draft.fields.get("agencies", []) if draft else start.get("agencies", [])
    )
    return form


def _typed() -> plain.Form:
    form = plain.typed(_LINES)
    form.values["agencies"] = request.form.getlist("agencies")
    return form


def _opening(form: plain.Form) -> Opening:
    return Opening(form.values["name"], form.values["audience"], tuple(form.values["agencies"]))


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _form(form: plain.Form, seen: Seen | None = None) -> str:
    if seen is None:
        session[_ONCE] = secrets.token_hex(8)
    return render_template(_PAGE, form=form, **_choices(seen))


def _choices(seen: Seen | None) -> dict[str, object]:
    return {
        "seen": seen,
        "once": session.get(_ONCE, ""),
        "agencies": list(plain.all_agencies().items()),
        "address": request.host_url.rstrip("/"),
    }
