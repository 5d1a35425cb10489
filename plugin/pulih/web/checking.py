"""Where a paper's QR code leads: how the paper stands, and whether a copy of it is the same."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from flask import Blueprint, Flask, Response, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue

from pulih.errors import Invalid
from pulih.service.verifying import FIELD, Match
from pulih.web.context import anybody, office, say
from pulih.web.errors import status_of
from pulih.web.signin import limiter

blueprint = Blueprint("checking", __name__, url_prefix="/dokumen")
_OFTEN = "60 per minute; 600 per hour"  # from one address; a whole office may come from one
_FRESH = 200


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/<key>")
@limiter.limit(_OFTEN)
def show(key: str) -> ResponseReturnValue:
    """Show how a paper stands."""
    return _page(key)


@blueprint.post("/<key>")
@limiter.limit(_OFTEN)
def compare(key: str) -> ResponseReturnValue:
    """Compare a copy with the paper. The copy is not kept."""
    upload = request.files.get(FIELD)
    copy = cast("BinaryIO", upload.stream) if upload else io.BytesIO()
    try:
        match = office().verifying.compare(anybody(), key, copy)
    except Invalid as error:
        problem = " ".join(say(p.sentence) for p in error.problems)
        return _page(key, problem=problem, status=status_of(error))
    return _page(key, match=match)


def _page(
    key: str, *, match: Match | None = None, problem: str = "", status: int = _FRESH
) -> Response:
    found = office().verifying.look(anybody(), key)
    if problem:
        flash(problem, "warn")
    page = render_template("papers/check.html", found=found, match=match, problem=problem)
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
