"""The equipment at the agencies: pages of the registry."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.domain.authority import Deed, require
from pulih.errors import Conflict, Duplicate, Invalid, Problem
from pulih.web import plain
from pulih.web.context import office, person
from pulih.wording import sentence

_FIELDS = (
    "id",
    "agency",
    "kind",
    "name",
    "site",
    "brand",
    "model",
    "serial",
    "inventory",
    "address",
)
_PAGE = "registry/device-form.html"


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of the registry."""
    add = blueprint.add_url_rule
    add("/perangkat", view_func=devices)
    add("/perangkat/baru", view_func=new_device)
    add("/perangkat/baru", view_func=add_device, methods=["POST"])
    add("/perangkat/<key>/ubah", view_func=edit_device)
    add("/perangkat/<key>/ubah", view_func=save_device, methods=["POST"])
    add("/perangkat/<key>/keadaan", view_func=turn_device, methods=["POST"])


def devices() -> ResponseReturnValue:
    """List the devices."""
    found = plain.listed(partial(office().registry.page, person(), Device), plain.wanted())
    return render_template(
        "registry/devices.html",
        found=found,
        agencies=plain.all_agencies(),
        sites=plain.names(Site, {device.site for device in found.page.items}),
        kinds=DeviceKind,
    )


def new_device() -> ResponseReturnValue:
    """Show the form of a new device."""
    require(person(), Deed.KEEP_REGISTRY)
    form = plain.opened(_FIELDS, {"agency": request.args.get("opd", "")})
    return render_template(_PAGE, form=form, **_shown())


def add_device() -> ResponseReturnValue:
    """Add a device."""
    form = plain.typed(_FIELDS)
    require(person(), Deed.KEEP_REGISTRY)
    try:
        kept = office().registry.add(person(), _device(form))
    except (Invalid, Duplicate) as error:
        return plain.again(_PAGE, form, error, **_shown())
    return plain.done(
        _("%(name)s terdaftar.", name=kept.name), url_for(".devices", opd=kept.agency)
    )


def edit_device(key: str) -> ResponseReturnValue:
    """Show the form of a device."""
    require(person(), Deed.KEEP_REGISTRY)
    found = office().registry.get(person(), Device, key)
    form = plain.opened_on(found, _FIELDS[1:])
    return render_template(_PAGE, form=form, **_shown(found))


def save_device(key: str) -> ResponseReturnValue:
    """Change a device."""
    require(person(), Deed.KEEP_REGISTRY)
    found, form = office().registry.get(person(), Device, key), plain.typed(_FIELDS[1:])
    try:
        kept = office().registry.save(person(), _device(form, found), seen=form.seen)
    except Conflict as error:
        return plain.overtaken(_PAGE, form, error, found, **_shown(found))
    except Invalid as error:
        return plain.again(_PAGE, form, error, **_shown(found))
    return plain.done(
        _("%(name)s tersimpan.", name=kept.name), url_for(".devices", opd=kept.agency)
    )


def turn_device(key: str) -> ResponseReturnValue:
    """Put a device out of use, or back."""
    found = office().registry.get(person(), Device, key)
    return plain.turned(Device, key, url_for(".devices", opd=found.agency))


def _device(form: plain.Form, found: Device | None = None) -> Device:
    """Return the device that a form describes. Raises Invalid."""
    values = dict(form.values)
    try:
        kind = DeviceKind(values.pop("kind"))
    except ValueError:
        raise Invalid([Problem("kind", sentence("Pilih jenis perangkatnya."))]) from None
    if found is None:
        return Device(kind=kind, **values)
    return Device(id=found.id, active=found.active, kind=kind, **values)


def _shown(found: Device | None = None) -> dict[str, object]:
    """Return what the form offers: what is in use, and what the device stands at already."""
    agencies = office().registry.choices(Agency)
    sites = office().registry.choices(Site)
    if found and found.agency not in {agency.id for agency in agencies}:
        agencies.append(office().registry.get(person(), Agency, found.agency))
    if found and found.site and found.site not in {site.id for site in sites}:
        sites.append(office().registry.get(person(), Site, found.site))
    return {"device": found, "kinds": DeviceKind, "agencies": agencies, "sites": sites}
