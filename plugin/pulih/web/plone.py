"""Plone sites that cases are published to: how each stands, and what the administrator decides about it."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.plone.difference import Line, Side, compared
from pulih.domain.plone.page import Standing
from pulih.domain.records import Page
from pulih.errors import Refused, Unavailable
from pulih.service.plone_view import Foreseen
from pulih.web import door_keeping, plain, plone_forms, plone_words
from pulih.web.context import office, person, say

blueprint = Blueprint("plone", __name__, url_prefix="/plone")
plone_forms.add_to(blueprint)
door_keeping.add_to(blueprint)
T = TypeVar("T")
_AGAIN = 5  # seconds, while something is under way, for browsers without scripts
_SIZE = 50


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.app_context_processor
def _words() -> dict[str, object]:
    return {
        "Standing": Standing,
        "plone_words": plone_words,
    }


@blueprint.get("")
def index() -> ResponseReturnValue:
    """List the sites, and the doors for sites."""
    seen = office().plone.overview(person())
    return render_template(
        "plone/index.html",
        seen=seen,
        doors=office().doors.all(person()),
        again=_AGAIN if any(one.under_way or one.state.asked_at for one in seen) else 0,
    )


@blueprint.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    """Show how a site stands; only how far its pass is, where a script asks for that."""
    if request.args.get("bagian") == "1":
        state = office().plone.passes(person(), key)
        return render_template(
            "plone/pass-part.html", state=state, under_way=state.under_way(office().tools.now())
        )
    seen = office().plone.show(person(), key)
    waiting = plain.paged(partial(_page, seen.waiting))
    moving = seen.under_way or seen.state.asked_at
    return render_template(
        "plone/target.html",
        seen=seen,
        waiting=waiting,
        most=_SIZE,
        again=_AGAIN if moving else 0,
    )


@blueprint.get("/<key>/rencana")
def plan(key: str) -> ResponseReturnValue:
    """Show what the next pass would do; nothing is asked of the site."""
    foreseen = office().plone.foresee(person(), key)
    return render_template(
        "plone/plan.html",
        target=office().plone_targets.get(person(), key),
        page=plain.paged(partial(_page, foreseen)),
        counts=_counted(foreseen),
    )


@blueprint.get("/<key>/halaman")
def both(key: str) -> ResponseReturnValue:
    """Show a page as it stands in Plone beside ours, and the two decisions."""
    target, found, why = office().plone_targets.get(person(), key), None, ""
    try:
        found = office().plone.both(person(), key, request.args.get("kunci", ""))
    except (Unavailable, Refused) as error:
        why = plone_forms.sentence_about(error)
    lines: tuple[Line, ...] = ()
    if found and found.ours and found.theirs:
        lines = compared(found.ours.text, found.theirs.text)
    return render_template(
        "plone/both.html", target=target, both=found, why=why, lines=lines, Side=Side
    )


@blueprint.post("/<key>/halaman/timpa")
def overwrite(key: str) -> ResponseReturnValue:
    """Let ours stand in place of the version that was looked at."""
    office().plone.overwrite(person(), key, _chosen(), request.form.get("seen", ""))
    return _done(_("Versi kita akan ditulis. Versi di Plone tetap ada di riwayat halamannya."), key)


@blueprint.post("/<key>/halaman/biarkan")
def keep_theirs(key: str) -> ResponseReturnValue:
    """Let stand what somebody did there."""
    office().plone.keep_theirs(person(), key, _chosen())
    return _done(_("Dibiarkan seperti di Plone, sampai kasusnya berubah lagi di sini."), key)


@blueprint.post("/<key>/halaman/buat-lagi")
def make_again(key: str) -> ResponseReturnValue:
    """Make a page again that was deleted there, or all of them."""
    office().plone.make_again(person(), key, _chosen())
    return _done(_("Yang dihapus akan dibuat lagi."), key)


@blueprint.post("/<key>/terbitkan-lagi")
def again(key: str) -> ResponseReturnValue:
    """Write a page again, or all of them."""
    page = _chosen()
    office().plone.again(person(), key, (page,) if page else ())
    return _done(_("Terbit ulang diminta. Halaman ini memuat ulang sendiri sampai selesai."), key)


@blueprint.post("/<key>/sekarang")
def look(key: str) -> ResponseReturnValue:
    """Look the site through now, whatever went wrong before."""
    office().plone.look(person(), key)
    return _done(_("Situsnya akan diperiksa sekarang."), key)


@blueprint.post("/<key>/jeda")
def pause(key: str) -> ResponseReturnValue:
    """Leave a site as it is."""
    target = office().plone_targets.pause(person(), key)
    return _done(
        _("%(name)s dijeda: yang ada di sana tetap, yang baru menunggu.", name=target.name), key
    )


@blueprint.post("/<key>/lanjutkan")
def resume(key: str) -> ResponseReturnValue:
    """Keep a site true again."""
    target = office().plone_targets.resume(person(), key)
    office().plone.look(person(), key)
    return _done(_("%(name)s diterbitkan lagi.", name=target.name), key)


@blueprint.get("/<key>/hapus")
def ask_to_remove(key: str) -> ResponseReturnValue:
    """Ask what shall become of the pages there."""
    return render_template("plone/remove.html", seen=office().plone.show(person(), key))


@blueprint.post("/<key>/hapus")
def remove(key: str) -> ResponseReturnValue:
    """Withdraw all pages of a site, forget it, or both."""
    target, way = office().plone_targets.get(person(), key), request.form.get("cara", "")
    if way == "tarik":
        office().plone_targets.empty(person(), key)
        return _done(_("Semua halaman di %(name)s akan ditarik.", name=target.name), key)
    if way not in ("tarik-hapus", "hapus"):
        flash(_("Pilih dahulu apa yang terjadi dengan halamannya."), "warn")
        return redirect(url_for(".ask_to_remove", key=key), code=303)
    office().plone_targets.remove(person(), key, withdraw=way == "tarik-hapus")
    if any(one.id == key for one in office().plone_targets.all(person())):
        return _done(_("Halamannya ditarik dahulu; sesudah itu tujuannya terhapus sendiri."), key)
    flash(_("%(name)s dihapus dari daftar.", name=target.name), "ok")
    return redirect(url_for(".index"), code=303)


def _chosen() -> str:
    return request.form.get("kunci", "")


def _done(text: str, key: str) -> ResponseReturnValue:
    return plain.done(text, url_for("plone.show", key=key))


def _page(items: tuple[T, ...], *, page: int) -> Page[T]:
    start = (page - 1) * _SIZE
    return Page(items[start : start + _SIZE], len(items), page, _SIZE)


def _counted(foreseen: tuple[Foreseen, ...]) -> dict[str, int]:
    """Return how many pages there are of each deed, in the order in which they are done."""
    counts: dict[str, int] = {}
    for one in foreseen:
        label = say(plone_words.ACTS[one.act])
        counts[label] = counts.get(label, 0) + 1
    return counts
