"""Searching the past cases; a case's own page and what was not found join these pages."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from pulih.domain.search import Found
from pulih.web import case, plain, wanted
from pulih.web.asking import Asked, asked, names, titles
from pulih.web.context import office, person

blueprint = Blueprint("cases", __name__, url_prefix="/kasus")
blueprint.before_request(plain.emptied)
case.add_to(blueprint)
wanted.add_to(blueprint)


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Show the cases that fit words and facets, the newest where nothing is asked.

    A script asks for the inner part alone, while somebody types: half a word is not noted as one that found nothing.
    """
    search, part = asked(), request.args.get("bagian") == "1"
    search, found = _found(search)
    in_vain = bool(search.words) and not (search.only or found.total or part)
    return render_template(
        "cases/found.html" if part else "cases.html",
        search=search,
        found=found,
        missed=wanted.missed(search.words) if in_vain else None,
        answer_url=wanted.answer_url,
        pages=search.pages(found),
        names=names(),
        titles=titles(),
    )


def _found(search: Asked) -> tuple[Asked, Found]:
    """Return the page that is asked for; beyond the last page, the last."""
    found = office().finding.search(person(), search.query)
    pages = search.pages(found)
    if search.page <= pages:
        return search, found
    search = replace(search, page=pages)
    return search, office().finding.search(person(), search.query)
