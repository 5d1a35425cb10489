"""The equipment at the agencies: pages of the registry."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.domain.authority import Deed, require
from pulih.domain.tree import placed
from pulih.domain.wiring import LinkKind, PathRole, Said
from pulih.errors import Conflict, Duplicate, Invalid, Problem
from pulih.service.placing import ROLES, YES_NO
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
    "role",
    "parent",
    "port",
    "parent_port",
    "interfaces",
    "link",
    "rate",
    "nat",
    "dhcp",
    "backup",
    "spare",
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
    return render_template(_PAGE, form=form, **_shown(form))


def add_device() -> ResponseReturnValue:
    """Add a device."""
    form = plain.typed(_FIELDS)
    require(person(), Deed.KEEP_REGISTRY)
    try:
        kept = office().registry.add(person(), _device(form))
    except (Invalid, Duplicate) as error:
        return plain.again(_PAGE, form, error, **_shown(form))
    return plain.done(
        _("%(name)s terdaftar.", name=kept.name), url_for(".devices", opd=kept.agency)
    )


def edit_device(key: str) -> ResponseReturnValue:
    """Show the form of a device."""
    require(person(), Deed.KEEP_REGISTRY)
    found = office().registry.get(person(), Device, key)
    form = plain.opened_on(found, _FIELDS[1:])
    return render_template(_PAGE, form=form, **_shown(form, found))


def save_device(key: str) -> ResponseReturnValue:
    """Change a device."""
    require(person(), Deed.KEEP_REGISTRY)
    found, form = office().registry.get(person(), Device, key), plain.typed(_FIELDS[1:])
    try:
        kept = office().registry.save(person(), _device(form, found), seen=form.seen)
    except Conflict as error:
        return plain.overtaken(_PAGE, form, error, found, **_shown(form, found))
    except Invalid as error:
        return plain.again(_PAGE, form, error, **_shown(form, found))
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
    for name, kind, cure in (
        ("kind", DeviceKind, sentence("Pilih jenis perangkatnya.")),
        ("role", PathRole, sentence("Pilih perannya di jalur.")),
        ("link", LinkKind, sentence("Pilih jenis sambungannya.")),
        *((name, Said, sentence("Centang, atau biarkan kosong.")) for name in YES_NO),
    ):
        try:
            values[name] = kind(values[name])
        except ValueError:
            raise Invalid([Problem(name, cure)]) from None
    if found is None:
        return Device(**values)
    return Device(id=found.id, active=found.active, **values)


def _shown(form: plain.Form, found: Device | None = None) -> dict[str, object]:
    """Return what the form offers: what is in use, and what the device stands at already."""
    agencies = office().registry.choices(Agency)
    sites = office().registry.choices(Site)
    if found and found.agency not in {agency.id for agency in agencies}:
        agencies.append(office().registry.get(person(), Agency, found.agency))
    if found and found.site and found.site not in {site.id for site in sites}:
        sites.append(office().registry.get(person(), Site, found.site))
    shown = {agency.id for agency in agencies}
    agency = form.values["agency"]
    return {
        "device": found,
        "kinds": DeviceKind,
        "agencies": agencies,
        "sites": sites,
        "roles": [PathRole.BY_KIND, *ROLES],
        "links": LinkKind,
        "parents": _parents(shown, agency, form.values["parent"], found),
        "spares": _parents(shown, "", form.values["spare"], found),
        "owners": plain.all_agencies(),
    }


def _parents(shown: set[str], agency: str, chosen: str, found: Device | None) -> list[Device]:
    """Return what a device may hang off: of its agency, where that is known, and what many share.

    Args:
        shown: The agencies that the form offers.
        agency, chosen: What stands in the form.
    """
    devices = [
        d
        for d in office().registry.choices(Device)
        if (d.agency in shown or d.id == chosen) and (found is None or d.id != found.id)
    ]
    central = {d.agency for d in devices if d.place is PathRole.CORE}
    return [
        d
        for d in devices
        if d.id == chosen
        or (placed(d).carries and (not agency or d.agency in (agency, *central) or d.place.shared))
    ]
