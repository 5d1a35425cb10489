"""Searching the past cases; a case's own page and what was not found join these pages."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from pulih.domain.agency import Agency, DeviceKind, FaultType
from pulih.domain.search import Query
from pulih.domain.sop_facts import REPORT
from pulih.web import case, plain, wanted
from pulih.web.context import office, person

blueprint = Blueprint("cases", __name__, url_prefix="/kasus")
blueprint.before_request(plain.emptied)
case.add_to(blueprint)
wanted.add_to(blueprint)
FACETS = ("agency", "device_kind", "fault_type", "year", "solution_class")
_SIZE = 15


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Show the cases that fit words and facets, the newest where nothing is asked."""
    page = max(1, request.args.get("halaman", 1, type=int))
    only = tuple((name, request.args[name][:80]) for name in FACETS if request.args.get(name))
    words = request.args.get("q", "")[:2000]
    found = office().cases.search(
        person(), Query(words=words, only=only, start=(page - 1) * _SIZE, most=_SIZE)
    )
    names = _names()
    return render_template(
        "cases.html",
        found=found,
        missed=wanted.missed(words) if words and not (only or found.total) else None,
        answer_url=wanted.answer_url,
        words=words,
        only=dict(only),
        page=page,
        pages=max(1, -(-found.total // _SIZE)),
        names=names,
    )


def _names() -> dict[str, str]:
    """Return what to write for the values of facets."""
    classes = next(fact.choices for fact in REPORT if fact.name == "solution_class")
    return {
        **{a.id: a.name for a in office().registry.choices(Agency)},
        **{f.id: f.name for f in office().registry.choices(FaultType)},
        **{k.value: k.label for k in DeviceKind},
        **{c.id: c.label for c in classes},
    }
