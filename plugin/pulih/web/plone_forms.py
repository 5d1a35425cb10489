"""The form of a Plone site: added, changed, and tried before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.agency import Agency, FaultType
from pulih.domain.authority import Deed, require
from pulih.domain.plone.target import Target
from pulih.domain.records import RegistryFilter
from pulih.domain.scrub import Audience
from pulih.errors import Conflict, FilesAway, Invalid, Refused, StoreAway, Unavailable
from pulih.service.plone_typed import TypedTarget
from pulih.web import plain
from pulih.web.context import office, person, say

_LINES = ("name", "url", "user", "root", "audience", "printed")  # never the password
_LISTS = ("agencies", "fault_types")
_PAGE, _FOUND = "plone/form.html", "plone/found-part.html"
_MOST = 2000  # of a registry


def add_to(blueprint: Blueprint) -> None:
    """Add these pages."""
    add = blueprint.add_url_rule
    add("/baru", view_func=new)
    add("/baru", view_func=add_target, methods=["POST"])
    add("/baru/uji", view_func=try_new, methods=["POST"])
    add("/<key>/ubah", view_func=edit)
    add("/<key>/ubah", view_func=save, methods=["POST"])
    add("/<key>/ubah/uji", view_func=try_changed, methods=["POST"])
    add("/<key>/uji", view_func=attempt, methods=["POST"])


def new() -> ResponseReturnValue:
    """Show the form of a new site."""
    require(person(), Deed.KEEP_PLONE)
    start = {"root": "gangguan-jaringan", "audience": Audience.PUBLIC.value}
    return _shown(_opened(start))


def edit(key: str) -> ResponseReturnValue:
    """Show the form of a site."""
    target = office().plone_targets.get(person(), key)
    return _shown(_opened(_start(target), str(target.version)), target)


def add_target() -> ResponseReturnValue:
    """Keep a new site."""
    require(person(), Deed.KEEP_PLONE)
    form = _typed()
    try:
        target = office().plone_targets.keep(person(), _target(form))
    except Invalid as error:
        return _again(form, error)
    office().plone.look(person(), target.id)  # its page then says that it waits for its turn
    return plain.done(
        _("%(name)s tersimpan; penerbitannya dimulai.", name=target.name), _home(target.id)
    )


def save(key: str) -> ResponseReturnValue:
    """Change a site."""
    form, target = _typed(), office().plone_targets.get(person(), key)
    try:
        office().plone_targets.keep(person(), _target(form), key, _seen())
    except Invalid as error:
        return _again(form, error, target)
    except Conflict as error:
        flash(say(error.sentence), "warn")
        form.seen = str(error.now)
        return _shown(form, office().plone_targets.get(person(), key)), 409
    return plain.done(_("%(name)s tersimpan.", name=target.name), _home(key))


def try_new() -> ResponseReturnValue:
    """Sign in with what is typed of a new site, and show what was found; nothing is kept."""
    require(person(), Deed.KEEP_PLONE)
    return _tried(None)


def try_changed(key: str) -> ResponseReturnValue:
    """Sign in with what is typed of a site, and show what was found; nothing is kept."""
    return _tried(office().plone_targets.get(person(), key))


def attempt(key: str) -> ResponseReturnValue:
    """Sign in as it is kept, and note what was found."""
    try:
        office().plone_targets.attempt(person(), key)
    except (Unavailable, Refused) as error:
        flash(sentence_about(error), "warn")
    else:
        flash(_("Berhasil masuk. Yang ditemukan ada di bawah."), "ok")
    return redirect(_home(key), code=303)


def _tried(target: Target | None) -> ResponseReturnValue:
    """Answer with what was found: in the form, or only that part where a script asks."""
    form, contact, why = _typed(), None, ""
    try:
        found = office().plone_targets.probe(person(), _target(form), target.id if target else "")
        contact = asdict(found)
    except Invalid as error:
        form.problems = {p.field: say(p.sentence) for p in error.problems}
        why = _("Belum dapat diuji. Perbaiki isian yang ditandai.")
    except (Unavailable, Refused) as error:
        why = sentence_about(error)
    if request.args.get("bagian") == "1":
        return render_template(_FOUND, contact=contact, why=why, problems=form.problems, tried=True)
    return _shown(form, target, contact, why), 422 if form.problems else 200


def sentence_about(error: Unavailable | Refused) -> str:
    """Return why a site could not be tried. Raises what is not about the site."""
    if isinstance(error, StoreAway | FilesAway):
        raise error
    return say(error.sentence)


def _opened(start: Mapping[str, object], seen: str = "") -> plain.Form:
    form = plain.opened(_LINES, start)
    draft = office().drafts.get(person(), request.path) if form.kept else None
    for name in _LISTS:
        form.values[name] = draft.fields.get(name, []) if draft else start.get(name, [])
    form.seen = next(iter(draft.fields.get("seen", ())), "") if draft else seen
    return form


def _typed() -> plain.Form:
    form = plain.typed(_LINES)
    form.values.update({name: request.form.getlist(name) for name in _LISTS})
    return form


def _start(target: Target) -> dict[str, object]:
    return {
        "name": target.name,
        "url": target.url,
        "user": target.user,
        "root": target.root,
        "audience": target.audience.value,
        "printed": "ya" if target.printed else "",
        "agencies": list(target.agencies),
        "fault_types": list(target.fault_types),
    }


def _target(form: plain.Form) -> TypedTarget:
    values = form.values
    return TypedTarget(
        name=values["name"],
        url=values["url"],
        user=values["user"],
        password=request.form.get("password", ""),
        root=values["root"],
        audience=values["audience"],
        agencies=tuple(values["agencies"]),
        fault_types=tuple(values["fault_types"]),
        printed=values["printed"] == "ya",
    )


def _seen() -> int:
    return request.form.get("seen", 0, type=int)


def _again(form: plain.Form, error: Invalid, target: Target | None = None) -> ResponseReturnValue:
    form.values["password"] = ""  # its problem stands beside it
    return plain.again(_PAGE, form, error, **_choices(target))


def _shown(
    form: plain.Form,
    target: Target | None = None,
    contact: dict[str, object] | None = None,
    why: str = "",
) -> str:
    return render_template(
        _PAGE, form=form, contact=contact, why=why, tried=True, **_choices(target)
    )


def _choices(target: Target | None) -> dict[str, object]:
    faults = office().registry.page(person(), FaultType, RegistryFilter(), size=_MOST)
    agencies = office().registry.page(person(), Agency, RegistryFilter(), size=_MOST)
    return {
        "target": target,
        "agencies": [(one.id, one.name) for one in agencies.items],
        "fault_types": [(one.id, one.name) for one in faults.items],
    }


def _home(key: str) -> str:
    return url_for("plone.show", key=key)
