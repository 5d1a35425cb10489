"""What can be wrong with a network: pages of the registry."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.agency import FaultType
from pulih.domain.authority import Deed, require
from pulih.errors import Conflict, Duplicate, Invalid
from pulih.web import plain
from pulih.web.context import office, person

_FIELDS = ("id", "name", "description")
_PAGE = "registry/fault-type-form.html"


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of the registry."""
    add = blueprint.add_url_rule
    add("/gangguan", view_func=fault_types)
    add("/gangguan/baru", view_func=new_fault_type)
    add("/gangguan/baru", view_func=add_fault_type, methods=["POST"])
    add("/gangguan/<key>/ubah", view_func=edit_fault_type)
    add("/gangguan/<key>/ubah", view_func=save_fault_type, methods=["POST"])
    add("/gangguan/<key>/keadaan", view_func=turn_fault_type, methods=["POST"])


def fault_types() -> ResponseReturnValue:
    """List the fault types."""
    found = plain.listed(partial(office().registry.page, person(), FaultType), plain.wanted())
    return render_template("registry/fault-types.html", found=found)


def new_fault_type() -> ResponseReturnValue:
    """Show the form of a new fault type."""
    require(person(), Deed.KEEP_REGISTRY)
    return render_template(_PAGE, form=plain.opened(_FIELDS, {}), fault_type=None)


def add_fault_type() -> ResponseReturnValue:
    """Add a fault type."""
    form = plain.typed(_FIELDS)
    try:
        kept = office().registry.add(person(), FaultType(**form.values))
    except (Invalid, Duplicate) as error:
        return plain.again(_PAGE, form, error, fault_type=None)
    return plain.done(_("%(name)s terdaftar.", name=kept.name), url_for(".fault_types"))


def edit_fault_type(key: str) -> ResponseReturnValue:
    """Show the form of a fault type."""
    require(person(), Deed.KEEP_REGISTRY)
    found = office().registry.get(person(), FaultType, key)
    form = plain.opened_on(found, _FIELDS[1:])
    return render_template(_PAGE, form=form, fault_type=found)


def save_fault_type(key: str) -> ResponseReturnValue:
    """Change a fault type."""
    found, form = office().registry.get(person(), FaultType, key), plain.typed(_FIELDS[1:])
    try:
        kept = office().registry.save(person(), replace(found, **form.values), seen=form.seen)
    except Conflict as error:
        return plain.overtaken(_PAGE, form, error, found, fault_type=found)
    except Invalid as error:
        return plain.again(_PAGE, form, error, fault_type=found)
    return plain.done(_("%(name)s tersimpan.", name=kept.name), url_for(".fault_types"))


def turn_fault_type(key: str) -> ResponseReturnValue:
    """Put a fault type out of use, or back."""
    return plain.turned(FaultType, key, url_for(".fault_types"))
