"""Accounts on devices, for the administrator: what is kept, trying it, and accepting a changed key."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.agency import Device
from pulih.domain.authority import Deed, require
from pulih.domain.login import ENDINGS, SSH, DeviceLogin, Platform
from pulih.errors import Invalid, Refused
from pulih.service.access import Shown, Typed
from pulih.web import plain
from pulih.web.context import office, person, say

_FIELDS = ("platform", "user", "port", "telnet", "legacy")  # never the password
_PAGE = "registry/access.html"
_OK = "ok"


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of the registry."""
    add = blueprint.add_url_rule
    add("/perangkat/akun", view_func=logins)
    add("/perangkat/<key>/akses", view_func=login)
    add("/perangkat/<key>/akses", view_func=keep_login, methods=["POST"])
    add("/perangkat/<key>/akses/uji", view_func=try_login, methods=["POST"])
    add("/perangkat/<key>/akses/hapus", view_func=forget_login, methods=["POST"])
    add("/perangkat/<key>/akses/kunci", view_func=look_at_key, methods=["POST"])
    add("/perangkat/<key>/akses/terima", view_func=accept_key, methods=["POST"])


def logins() -> ResponseReturnValue:
    """List the devices that have an account."""
    known = office().access.known(person())
    devices = [office().registry.get(person(), Device, key) for key in known]
    devices.sort(key=lambda device: (device.agency, device.name.casefold()))
    return render_template(
        "registry/logins.html",
        rows=[(device, known[device.id]) for device in devices],
        agencies=plain.all_agencies(),
        endings=ENDINGS,
    )


def login(key: str) -> ResponseReturnValue:
    """Show the account of a device."""
    shown = office().access.show(person(), key)
    return _page(shown, plain.opened(_FIELDS, _start(shown.login)))


def keep_login(key: str) -> ResponseReturnValue:
    """Keep the account of a device."""
    form, said = plain.typed(_FIELDS), request.form
    require(person(), Deed.KEEP_LOGINS)
    typed = Typed(
        form.values["platform"],
        form.values["user"],
        said.get("password", ""),
        form.values["port"],
        bool(form.values["telnet"]),
        bool(form.values["legacy"]),
    )
    try:
        office().access.keep(person(), key, typed)
    except Invalid as error:
        form.values["password"] = ""  # its problem stands beside it
        return plain.again(_PAGE, form, error, **_shown(office().access.show(person(), key)))
    return plain.done(_("Akun tersimpan. Uji sekarang apakah bisa masuk."), _home(key))


def try_login(key: str) -> ResponseReturnValue:
    """Log in once, and say how that ended."""
    ended = office().access.attempt(person(), key)
    for said in (say(ENDINGS.get(ended.ending, ENDINGS["error"])), *ended.said):
        flash(said, "ok" if ended.ending == _OK else "warn")
    return redirect(_home(key), code=303)


def forget_login(key: str) -> ResponseReturnValue:
    """Forget the account of a device."""
    office().access.forget(person(), key)
    return plain.done(_("Akun dihapus. Perangkat ini tidak didatangi lagi."), _home(key))


def look_at_key(key: str) -> ResponseReturnValue:
    """Show the key that a device shows now, beside the one that is known."""
    offered = office().access.offered(person(), key)
    if not offered:
        flash(_("Perangkat tidak menunjukkan kunci. Periksa alamat dan portnya."), "warn")
        return redirect(_home(key), code=303)
    shown = office().access.show(person(), key)
    return _page(shown, plain.opened(_FIELDS, _start(shown.login)), offered)


def accept_key(key: str) -> ResponseReturnValue:
    """Let the key that was looked at be the device's."""
    try:
        office().access.accept(person(), key, request.form.get("offered", "")[:100])
    except Refused as error:
        flash(say(error.sentence), "warn")
        return redirect(_home(key), code=303)
    return plain.done(_("Kunci baru diterima. Uji sekarang apakah bisa masuk."), _home(key))


def _home(key: str) -> str:
    return url_for(".login", key=key)


def _start(login: DeviceLogin | None) -> dict[str, object]:
    if login is None:
        return {"port": SSH}
    marks = {name: "ya" if getattr(login, name) else "" for name in ("telnet", "legacy")}
    return {"platform": login.platform.value, "user": login.user, "port": login.port, **marks}


def _page(shown: Shown, form: plain.Form, offered: str = "") -> str:
    return render_template(_PAGE, form=form, **_shown(shown, offered))


def _shown(shown: Shown, offered: str = "") -> dict[str, object]:
    return {
        "device": shown.device,
        "login": shown.login,
        "address": shown.address,
        "fingerprint": shown.fingerprint,
        "offered": offered,
        "platforms": Platform,
        "endings": ENDINGS,
    }
