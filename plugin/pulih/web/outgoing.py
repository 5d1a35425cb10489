"""The page of a ticket that says what of it goes out to the wiki: shown, hidden more or less, pictures ticked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from pulih.domain.preview import NOTES
from pulih.domain.scrub import Kind
from pulih.errors import Conflict, Invalid
from pulih.publish.looked import drawn
from pulih.service.outgoing import OutgoingView
from pulih.web import plain
from pulih.web.context import office, person, say
from pulih.web.errors import status_of
from pulih.wording import N_

_PAGE = "outgoing.html"
_TYPED = ("passage", "text", "reason")
_MOST_TICKS = 100
LABELS = {
    "title": N_("Judul"),
    "agency_name": N_("OPD"),
    "site": N_("Lokasi"),
    "place": N_("Tempat"),
    "device_make": N_("Perangkat"),
    "fault_name": N_("Gangguan"),
    "location": N_("Lokasi gangguan"),
    "symptom": N_("Gejala"),
    "observed": N_("Menurut teknisi"),
    "cause": N_("Penyebab"),
    "actions": N_("Tindakan"),
    "remote": N_("Dari jarak jauh"),
    "on_site": N_("Di lokasi"),
    "installed": N_("Perangkat baru"),
    "settings": N_("Pengaturan"),
    "result": N_("Hasil"),
    "prevention": N_("Pencegahan"),
    "checks": N_("Pemeriksaan"),
    "tests": N_("Uji coba"),
    "way": N_("Jalur"),
    NOTES: N_("Catatan"),
}
_TABLES = ("checks", "tests", "way")
KINDS = {
    Kind.HASH: N_("Hash kata sandi"),
    Kind.COMMUNITY: N_("Community SNMP"),
    Kind.TOKEN: N_("Token"),
    Kind.PASSWORD: N_("Kata sandi"),
    Kind.KEY: N_("Kunci"),
    Kind.NIP: N_("NIP"),
    Kind.NIK: N_("NIK"),
    Kind.IDENTITY: N_("Nomor identitas"),
    Kind.CONTACT: N_("Nama atau kontak"),
    Kind.PHONE: N_("Nomor telepon"),
    Kind.MAIL: N_("Surel"),
    Kind.IP: N_("Alamat IP"),
    Kind.MAC: N_("Alamat MAC"),
    Kind.HOST: N_("Nama host"),
    Kind.CHOSEN: N_("Samaran tambahan"),
}


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of a ticket."""
    add = blueprint.add_url_rule
    add("/<number>/terbit", view_func=outgoing)
    add("/<number>/terbit/samarkan", view_func=hide, methods=["POST"])
    add("/<number>/terbit/samarkan/batal", view_func=unhide, methods=["POST"])
    add("/<number>/terbit/baca", view_func=lift, methods=["POST"])
    add("/<number>/terbit/baca/batal", view_func=unlift, methods=["POST"])
    add("/<number>/terbit/gambar", view_func=tick, methods=["POST"])


def outgoing(number: str) -> ResponseReturnValue:
    """Show what would be published of a ticket."""
    view = office().outgoing.show(person(), number)
    form = plain.opened(_TYPED, {})
    draft = office().drafts.get(person(), request.path)
    ticks = set(draft.fields.get("ticked", ())) if draft and "pictures" in draft.fields else None
    for name, values in draft.fields.items() if draft else ():
        if name.startswith("caption-"):
            form.values[name] = next(iter(values), "")
    return _page(view, form, ticks)


def hide(number: str) -> ResponseReturnValue:
    """Hide a passage."""
    deed = partial(office().outgoing.hide, person(), number, _typed("passage"))
    return _decided(number, deed, _("Disamarkan di semua tempatnya."), "tambahan")


def unhide(number: str) -> ResponseReturnValue:
    """Take back that a passage is hidden."""
    deed = partial(office().outgoing.unhide, person(), number, _typed("text"))
    return _decided(number, deed, _("Samaran tambahan dibatalkan."), "tambahan")


def lift(number: str) -> ResponseReturnValue:
    """Let something be read that was found."""
    deed = partial(office().outgoing.lift, person(), number, _typed("text"), _typed("reason"))
    told = _("Tidak disamarkan lagi. Alasan, nama Anda, dan waktunya tercatat.")
    return _decided(number, deed, told, "temuan")


def unlift(number: str) -> ResponseReturnValue:
    """Take back that something may be read."""
    deed = partial(office().outgoing.unlift, person(), number, _typed("text"))
    return _decided(number, deed, _("Disamarkan lagi."), "temuan")


def tick(number: str) -> ResponseReturnValue:
    """Choose the pictures."""
    ticked = request.form.getlist("ticked")[:_MOST_TICKS]
    captions = {key: _typed(f"caption-{key}") for key in ticked}
    deed = partial(office().outgoing.tick, person(), number, captions)
    return _decided(number, deed, _("Pilihan gambar tersimpan."), "gambar")


def _typed(field: str) -> str:
    return request.form.get(field, "")


def _decided(
    number: str, decide: Callable[..., object], told: str, place: str
) -> ResponseReturnValue:
    """Do what was decided; show the page again with what was typed where that is not possible."""
    home = url_for(".outgoing", number=number)
    try:
        decide(seen=request.form.get("seen", -1, type=int))
    except (Invalid, Conflict) as error:
        view = office().outgoing.show(person(), number)
        names = [name for name in request.form if name.startswith("caption-")]
        form = plain.typed((*_TYPED, *names))
        ticks = set(request.form.getlist("ticked")) if "pictures" in request.form else None
        if isinstance(error, Conflict):
            return _page(view, form, ticks, said=error), status_of(error)
        shown = _shown(view, ticks)
        return plain.again(_PAGE, form, error, **shown)
    office().drafts.drop(person(), home)
    return plain.done(told, f"{home}#{place}")


def _page(
    view: OutgoingView, form: plain.Form, ticks: set[str] | None, said: Conflict | None = None
) -> str:
    if said:
        flash(say(said.sentence), "warn")
    return render_template(_PAGE, form=form, **_shown(view, ticks))


def _shown(view: OutgoingView, ticks: set[str] | None) -> dict[str, object]:
    captions = {picture.digest: picture.caption for picture in view.outgoing.pictures}
    if ticks is None:
        ticks = {image.id for image in view.images if image.digest in captions}
    findings = view.preview.findings
    return {
        "view": view,
        "ticket": view.ticket,
        "labels": LABELS,
        # The picture escapes all that it is given.
        "picture": Markup(drawn(view.preview.article.way)) if view.preview.article.way else "",  # noqa: S704
        "lines": sorted(
            (line for line in view.preview.lines if line.name not in _TABLES),
            key=lambda line: list(LABELS).index(line.name),
        ),
        "kinds": KINDS,
        "captions": captions,
        "ticks": ticks,
        "hidden": [one for one in findings if one.masked and one.kind is not Kind.CHOSEN],
        "times": sum(one.times for one in findings if one.masked),
    }
