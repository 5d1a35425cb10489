"""Doors for sites of others: JSON in, JSON out, each request signed. Nobody is signed in here, and no page is."""

from __future__ import annotations

import hashlib
import textwrap
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Blueprint, Flask, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from pulih.domain.article import Article
from pulih.domain.door import Door, Signed
from pulih.domain.posted import MOST_BYTES, read_posted
from pulih.domain.ticket import text
from pulih.publish import addresses
from pulih.service.receiving import SentBefore
from pulih.service.showing import OpenShown
from pulih.web.context import office, say
from pulih.web.signin import limiter

PATH = "/pintu/"
blueprint = Blueprint("doors", __name__, url_prefix=PATH.rstrip("/"))
_UNSIGNED = 401
_FAILS = "30 per minute; 200 per hour"  # of what is not signed, from one address
_READS = "600 per minute"  # through one door: a site's pages are read by many
_LETTERS = "20 per minute; 200 per hour"
_PASSAGE = 240


def init_app(app: Flask) -> None:
    """Register the doors."""
    app.register_blueprint(blueprint)


def _refused(response: Response) -> bool:
    return response.status_code == _UNSIGNED


def _signed(response: Response) -> bool:
    return response.status_code != _UNSIGNED


def _named() -> str:
    """Return which door a request names; only what is signed by it counts against it."""
    return "door:" + request.headers.get("Pulih-Door", "")[:40]


# What is not signed counts against the address it comes from, what is signed against its door: nobody who cannot sign
# can close a door for those who can.
_not_guessed = limiter.shared_limit(_FAILS, "doors-unsigned", deduct_when=_refused)
_read_through = limiter.shared_limit(
    _READS, "doors-read", key_func=_named, deduct_when=_signed, methods=["GET"]
)
_sent_through = limiter.limit(_LETTERS, key_func=_named, deduct_when=_signed, methods=["POST"])


@blueprint.before_request
def _narrow() -> None:
    request.max_content_length = MOST_BYTES


def _door() -> Door:
    """Return the door of the present request. Asked for in each view: there the limits count who fails."""
    return office().admitting.admit(_said())


def _said() -> Signed:
    """Return what the request says of itself; its body is read only where the rest has the right shape."""
    said = Signed(
        request.method,
        _target(),
        hashlib.sha256().hexdigest(),
        *(request.headers.get(f"Pulih-{name}", "") for name in ("Door", "Id", "Time", "Signature")),
    )
    if not said.legible:
        return said
    body = hashlib.sha256(request.get_data()).hexdigest()
    return Signed(said.method, said.target, body, said.door, said.id, said.time, said.signature)


def _target() -> str:
    """Return path and query as they went over the wire. Between two servers an address may stand in front."""
    raw = str(request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or "")
    if not raw:
        query = request.query_string.decode("latin-1")
        return quote(request.path) + (f"?{query}" if query else "")
    if raw.startswith("/"):
        return raw
    parts = urlsplit(raw)
    return parts.path + (f"?{parts.query}" if parts.query else "")


@blueprint.get("/opd")
@_not_guessed
@_read_through
def agencies() -> ResponseReturnValue:
    """List the OPDs that the door is open to."""
    shown = office().showing.agencies(_door())
    return jsonify(agencies=[{"id": a.id, "name": a.name, "short": a.short} for a in shown])


@blueprint.get("/opd/<key>")
@_not_guessed
@_read_through
def agency(key: str) -> ResponseReturnValue:
    """Tell of an OPD: what is open, what was solved last, and its places."""
    shown = office().showing.agency(_door(), key)
    return jsonify(
        agency={"id": shown.agency.id, "name": shown.agency.name},
        office=office().settings.name,
        open=[_open(one) for one in shown.open],
        waiting=shown.waiting,
        cases=[_case(article) for article in shown.cases],
        sites=[{"id": site.id, "name": site.name} for site in shown.sites],
    )


@blueprint.get("/cari")
@_not_guessed
@_read_through
def search() -> ResponseReturnValue:
    """Find cases."""
    found = office().showing.search(_door(), request.args.get("q", ""))
    results = [
        {**_case(article), "agency": article.agency_name, "passage": _passage(article)}
        for article in found.articles
    ]
    return jsonify(query=found.words, results=results, more=found.more)


@blueprint.post("/surat")
@_not_guessed
@_sent_through
def letter() -> ResponseReturnValue:
    """Register a letter; the same form again gives the same receipt."""
    door = _door()
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        posted = read_posted(request.get_data(), office().tools.calendar.zone)
    except ValueError as error:
        raise BadRequest from error
    try:
        receipt = office().receiving.receive(door, request.headers["Pulih-Id"], posted)
    except SentBefore as error:
        return jsonify(error=say(error.sentence), fields={}, receipt=error.number), 409
    ticket = receipt.ticket
    told = {
        "receipt": ticket.number,
        "agenda": text(ticket.history[0].facts, "agenda_number"),
        "registered": ticket.history[0].at.isoformat(timespec="seconds"),
        "url": _page(ticket.number),
    }
    return jsonify(told), 201 if receipt.fresh else 200


def _open(shown: OpenShown) -> dict[str, Any]:
    step = shown.ticket.step
    return {
        "number": shown.ticket.number,
        "subject": shown.subject,
        "step": step.number if step else 0,
        "step_name": say(step.title) if step else "",
        "since": shown.ticket.opened.isoformat(timespec="minutes"),
        "url": _page(shown.ticket.number),
    }


def _case(article: Article) -> dict[str, Any]:
    path = addresses.case(article.number, article.year).removesuffix(".md")
    return {
        "number": article.number,
        "title": article.title,
        "resolved": article.resolved.isoformat(),
        "fault": article.fault_name,
        "url": url_for("site.page", path=f"{path}/", _external=True),
    }


def _passage(article: Article) -> str:
    told = " ".join(filter(None, (article.cause, article.actions)))
    return textwrap.shorten(told or article.symptom, _PASSAGE, placeholder=" …")


def _page(number: str) -> str:
    return url_for("tickets.show", number=number, _external=True)
