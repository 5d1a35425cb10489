"""Who can sign in, in which seat of the procedure."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.agency import Agency
from pulih.domain.authority import Deed, require
from pulih.domain.people import Person, Role
from pulih.domain.records import mark_of
from pulih.errors import Conflict, Duplicate, Invalid, Problem
from pulih.web import plain
from pulih.web.context import office, person
from pulih.wording import sentence

blueprint = Blueprint("people", __name__, url_prefix="/orang")
blueprint.before_request(plain.emptied)
_FIELDS = ("id", "name", "role", "agency", "nip", "position", "rank")
_PAGE = "people/form.html"


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("")
def index() -> ResponseReturnValue:
    """List the people."""
    found = plain.listed(partial(office().accounts.page, person()), plain.wanted("peran"))
    return render_template("people/index.html", found=found, agencies=plain.all_agencies())


@blueprint.get("/baru")
def new() -> ResponseReturnValue:
    """Show the form of a new account."""
    require(person(), Deed.KEEP_PEOPLE)
    form = plain.opened(_FIELDS, {"agency": request.args.get("opd", "")})
    return render_template(_PAGE, form=form, **_shown())


@blueprint.post("/baru")
def add() -> ResponseReturnValue:
    """Make an account."""
    require(person(), Deed.KEEP_PEOPLE)
    form = plain.typed(_FIELDS)
    try:
        who = _person(form)
        office().accounts.add(person(), who, request.form.get("password", ""))
    except (Invalid, Duplicate) as error:
        return plain.again(_PAGE, form, error, **_shown())
    return plain.done(
        _("Akun %(name)s dibuat. Beri tahu kata sandinya secara langsung.", name=who.name),
        url_for(".index"),
    )


@blueprint.get("/<key>/ubah")
def edit(key: str) -> ResponseReturnValue:
    """Show the form of an account."""
    found = office().accounts.get(person(), key)
    form = plain.opened_on(found, _FIELDS[1:])
    return render_template(_PAGE, form=form, **_shown(found))


@blueprint.post("/<key>/ubah")
def save(key: str) -> ResponseReturnValue:
    """Change an account."""
    found, form = office().accounts.get(person(), key), plain.typed(_FIELDS[1:])
    try:
        office().accounts.save(person(), _person(form, found), seen=form.seen)
    except Conflict as error:
        return plain.overtaken(_PAGE, form, error, found, **_shown(found))
    except Invalid as error:
        return plain.again(_PAGE, form, error, **_shown(found))
    return plain.done(_("Akun %(name)s tersimpan.", name=found.name), url_for(".index"))


@blueprint.post("/<key>/kata-sandi")
def new_password(key: str) -> ResponseReturnValue:
    """Give somebody who forgot theirs a new password."""
    found = office().accounts.get(person(), key)
    values = {name: str(getattr(found, name)) for name in _FIELDS[1:]}
    form = plain.Form(values, seen=mark_of(found))
    # What is empty would leave the old one; a single letter gets the sentence about the length.
    password = request.form.get("password") or "-"
    try:
        office().accounts.save(person(), found, password, seen=mark_of(found))
    except Invalid as error:
        return plain.again(_PAGE, form, error, **_shown(found))
    return plain.done(
        _("Kata sandi %(name)s diganti. Beri tahu secara langsung.", name=found.name),
        url_for(".edit", key=key),
    )


@blueprint.post("/<key>/keadaan")
def turn(key: str) -> ResponseReturnValue:
    """Let somebody in no longer, or again."""
    found = office().accounts.get(person(), key)
    active = request.form.get("active") == "ya"
    office().accounts.save(person(), replace(found, active=active), seen=mark_of(found))
    text = _("%(name)s dapat masuk lagi.") if active else _("%(name)s tidak dapat masuk lagi.")
    return plain.done(text % {"name": found.name}, url_for(".index"))


def _person(form: plain.Form, found: Person | None = None) -> Person:
    """Return the account that a form describes. Raises Invalid."""
    values = dict(form.values)
    try:
        role = Role(values.pop("role"))
    except ValueError:
        raise Invalid([Problem("role", sentence("Pilih perannya."))]) from None
    if found is None:
        return Person(role=role, **values)
    return Person(id=found.id, active=found.active, role=role, **values)


def _shown(found: Person | None = None) -> dict[str, object]:
    """Return what the form offers: agencies in use, and the one that the person is of already."""
    agencies = office().registry.choices(Agency)
    if found and found.agency and found.agency not in {agency.id for agency in agencies}:
        agencies.append(office().registry.get(person(), Agency, found.agency))
    return {"found": found, "agencies": agencies}
