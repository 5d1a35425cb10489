"""Agencies and their sites; the other lists of the registry join these pages."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Blueprint, Flask, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.agency import Agency, Device, Site
from pulih.domain.authority import Deed, require
from pulih.domain.records import RegistryFilter
from pulih.errors import Conflict, Duplicate, Invalid, NotFound
from pulih.web import access, devices, fault_types, plain
from pulih.web.context import office, person

blueprint = Blueprint("registry", __name__)
blueprint.before_request(plain.emptied)
devices.add_to(blueprint)
access.add_to(blueprint)
fault_types.add_to(blueprint)
_AGENCY = ("id", "name", "short", "address")
_SITE = ("id", "name", "address")
_FIRST_DEVICES = 10


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/opd")
def agencies() -> ResponseReturnValue:
    """List the agencies."""
    found = plain.listed(
        partial(office().registry.page, person(), Agency), replace(plain.wanted(), agency="")
    )
    return render_template("registry/agencies.html", found=found)


@blueprint.get("/opd/<key>")
def agency(key: str) -> ResponseReturnValue:
    """Show an agency: its facts, its sites, its devices."""
    by = person()
    wiki = office().tools.publisher.site / "opd" / key / "index.html"
    return render_template(
        "registry/agency.html",
        agency=office().registry.get(by, Agency, key),
        sites=plain.listed(
            partial(office().registry.page, by, Site), replace(plain.wanted(), agency=key)
        ),
        devices=office().registry.page(by, Device, RegistryFilter(agency=key), size=_FIRST_DEVICES),
        on_wiki=wiki.exists(),  # the wiki has pages of agencies with cases only
    )


@blueprint.get("/opd/baru")
def new_agency() -> ResponseReturnValue:
    """Show the form of a new agency."""
    require(person(), Deed.KEEP_REGISTRY)
    return render_template("registry/agency-form.html", form=plain.opened(_AGENCY, {}), agency=None)


@blueprint.post("/opd/baru")
def add_agency() -> ResponseReturnValue:
    """Add an agency."""
    form = plain.typed(_AGENCY)
    try:
        kept = office().registry.add(person(), Agency(**form.values))
    except (Invalid, Duplicate) as error:
        return plain.again("registry/agency-form.html", form, error, agency=None)
    return plain.done(_("%(name)s terdaftar.", name=kept.name), url_for(".agency", key=kept.id))


@blueprint.get("/opd/<key>/ubah")
def edit_agency(key: str) -> ResponseReturnValue:
    """Show the form of an agency."""
    require(person(), Deed.KEEP_REGISTRY)
    found = office().registry.get(person(), Agency, key)
    form = plain.opened_on(found, _AGENCY[1:])
    return render_template("registry/agency-form.html", form=form, agency=found)


@blueprint.post("/opd/<key>/ubah")
def save_agency(key: str) -> ResponseReturnValue:
    """Change an agency."""
    found, form = office().registry.get(person(), Agency, key), plain.typed(_AGENCY[1:])
    try:
        kept = office().registry.save(person(), replace(found, **form.values), seen=form.seen)
    except Conflict as error:
        return plain.overtaken("registry/agency-form.html", form, error, found, agency=found)
    except Invalid as error:
        return plain.again("registry/agency-form.html", form, error, agency=found)
    return plain.done(_("%(name)s tersimpan.", name=kept.name), url_for(".agency", key=key))


@blueprint.post("/opd/<key>/keadaan")
def turn_agency(key: str) -> ResponseReturnValue:
    """Put an agency out of use, or back."""
    return plain.turned(Agency, key, url_for(".agency", key=key))


@blueprint.get("/opd/<agency>/lokasi/baru")
def new_site(agency: str) -> ResponseReturnValue:
    """Show the form of a new site."""
    require(person(), Deed.KEEP_REGISTRY)
    owner = office().registry.get(person(), Agency, agency)
    form = plain.opened(_SITE, {})
    return render_template("registry/site-form.html", form=form, agency=owner, site=None)


@blueprint.post("/opd/<agency>/lokasi/baru")
def add_site(agency: str) -> ResponseReturnValue:
    """Add a site."""
    owner, form = office().registry.get(person(), Agency, agency), plain.typed(_SITE)
    try:
        kept = office().registry.add(person(), Site(agency=owner.id, **form.values))
    except (Invalid, Duplicate) as error:
        return plain.again("registry/site-form.html", form, error, agency=owner, site=None)
    return plain.done(_("%(name)s terdaftar.", name=kept.name), url_for(".agency", key=agency))


@blueprint.get("/opd/<agency>/lokasi/<key>/ubah")
def edit_site(agency: str, key: str) -> ResponseReturnValue:
    """Show the form of a site."""
    require(person(), Deed.KEEP_REGISTRY)
    owner, found = _site(agency, key)
    form = plain.opened_on(found, _SITE[1:])
    return render_template("registry/site-form.html", form=form, agency=owner, site=found)


@blueprint.post("/opd/<agency>/lokasi/<key>/ubah")
def save_site(agency: str, key: str) -> ResponseReturnValue:
    """Change a site."""
    (owner, found), form = _site(agency, key), plain.typed(_SITE[1:])
    try:
        kept = office().registry.save(person(), replace(found, **form.values), seen=form.seen)
    except Conflict as error:
        return plain.overtaken(
            "registry/site-form.html", form, error, found, agency=owner, site=found
        )
    except Invalid as error:
        return plain.again("registry/site-form.html", form, error, agency=owner, site=found)
    return plain.done(_("%(name)s tersimpan.", name=kept.name), url_for(".agency", key=agency))


@blueprint.post("/opd/<agency>/lokasi/<key>/keadaan")
def turn_site(agency: str, key: str) -> ResponseReturnValue:
    """Put a site out of use, or back."""
    _site(agency, key)
    return plain.turned(Site, key, url_for(".agency", key=agency))


def _site(agency: str, key: str) -> tuple[Agency, Site]:
    """Return an agency and a site of it. Raises NotFound."""
    owner, found = (
        office().registry.get(person(), Agency, agency),
        office().registry.get(person(), Site, key),
    )
    if found.agency != owner.id:
        raise NotFound("Lokasi {id} bukan lokasi OPD ini.", id=key[:60])
    return owner, found
