"""The register of numbers: every paper that was issued, by kind and year; and how papers are checked."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Flask, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.authority import Deed, may
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.records import Page
from pulih.errors import Conflict, Invalid
from pulih.service.slips import Slip
from pulih.service.verifying import Checking
from pulih.web import plain
from pulih.web.context import office, person, say
from pulih.web.errors import status_of

blueprint = Blueprint("numbers", __name__, url_prefix="/nomor")
_FIELDS = ("public", "address")
_SIZE = 50
_CHECKING = "papers/checking.html"


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """List the numbers of a kind and a year."""
    years = office().papers.years(person())
    asked_year = request.args.get("tahun", 0, type=int)
    year = asked_year if asked_year in years else next(iter(years))
    kinds = list(years[year])
    asked = request.args.get("jenis", "")
    kind = next((k for k in kinds if k == asked), _busiest(kinds, years[year]))
    slips = office().papers.register(person(), kind, year)
    page = plain.paged(lambda *, page: _part(slips, page))
    return render_template(
        "papers/register.html",
        years=years,
        year=year,
        kind=kind,
        page=page,
        may_decide=may(person(), Deed.KEEP_OFFICE),
    )


@blueprint.get("/pemeriksaan")
def checking() -> ResponseReturnValue:
    """Show how papers are checked."""
    now = office().verifying.chosen(person())
    return _form(plain.opened(_FIELDS, _shown(now)), now.version)


@blueprint.post("/pemeriksaan")
def decide() -> ResponseReturnValue:
    """Decide how papers are checked."""
    form = plain.typed(_FIELDS)
    seen = request.form.get("seen", -1, type=int)
    try:
        office().verifying.decide(
            person(),
            public=form.values["public"] == "ya",
            address=form.values["address"],
            seen=seen,
        )
    except Invalid as error:
        return plain.again(_CHECKING, form, error, seen=seen)
    except Conflict as error:
        flash(say(error.sentence), "warn")
        return _form(form, error.now), status_of(error)
    return plain.done(
        _("Tersimpan. Berlaku bagi dokumen yang terbit sesudah ini."), url_for(".index")
    )


def _form(form: plain.Form, seen: int) -> str:
    return render_template(_CHECKING, form=form, seen=seen)


def _shown(now: Checking) -> dict[str, object]:
    return {"public": "ya" if now.public else "tidak", "address": now.address}


def _busiest(kinds: list[PaperKind], given: Mapping[PaperKind, int]) -> PaperKind:
    return max(kinds, key=lambda kind: given[kind])


def _part(slips: tuple[Slip, ...], number: int) -> Page[Slip]:
    newest = slips[::-1]
    return Page(newest[(number - 1) * _SIZE : number * _SIZE], len(newest), number, _SIZE)
