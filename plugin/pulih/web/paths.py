"""The way of an agency as a picture, and what the office wants to reach by it."""

from __future__ import annotations

import json

from flask import Blueprint, Flask, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from pulih.domain.agency import Agency
from pulih.domain.authority import Deed, require
from pulih.domain.outside import Outside
from pulih.errors import Conflict, Invalid
from pulih.publish.way import way_svg, wire
from pulih.web import plain
from pulih.web.context import office, person, say

blueprint = Blueprint("paths", __name__)
blueprint.before_request(plain.emptied)
_FIELDS = ("resolvers", "inside", "world", "services")
_PAGE = "registry/network.html"


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/opd/<key>/jalur")
def way(key: str) -> ResponseReturnValue:
    """Show the way of an agency, as a picture and as a list."""
    agency = office().registry.get(person(), Agency, key)
    found, network = office().paths.way(person(), key)
    title = _("Jalur %(name)s", name=agency.short or agency.name)
    shown = {stop.spot.key for stop in found.stops}
    return render_template(
        "registry/way.html",
        agency=agency,
        way=found,
        title=title,
        # The picture escapes all that it is given.
        picture=Markup(way_svg(found, title, say=say)),  # noqa: S704
        wire=lambda stop: wire(stop, say),
        remarks=[
            (network.label(place), remark)
            for place, remark in network.remarks.items()
            if place in shown
        ],
    )


@blueprint.get("/jaringan")
def network() -> ResponseReturnValue:
    """Show what the office wants to reach; who keeps the registry may change it."""
    stands = office().paths.outside(person())
    return _page(plain.opened_on(stands, _FIELDS))


@blueprint.post("/jaringan")
def save_network() -> ResponseReturnValue:
    """Change what the office wants to reach."""
    form = plain.typed(_FIELDS)
    require(person(), Deed.KEEP_REGISTRY)
    try:
        office().paths.keep_outside(person(), Outside(**form.values), seen=form.seen)
    except Conflict as error:
        stands = office().paths.outside(person())
        return plain.overtaken(_PAGE, form, error, stands, **_shown())
    except Invalid as error:
        return plain.again(_PAGE, form, error, **_shown())
    return plain.done(_("Pengaturan jaringan tersimpan."), url_for(".network"))


@blueprint.get("/jaringan/periksa.json")
def described() -> ResponseReturnValue:
    """Give out the network as `periksa --path` reads it."""
    data = office().paths.description(person()).data
    head = {"Content-Disposition": "attachment; filename=periksa.json"}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return Response(text, mimetype="application/json", headers=head)


def _page(form: plain.Form) -> str:
    return render_template(_PAGE, form=form, **_shown())


def _shown() -> dict[str, object]:
    """Return what stands beside the form: what the whole network has, and what could not be followed."""
    network = office().paths.description(person())
    spots = network.tree.spots.values()
    return {
        "ranges": office().settings.probe_ranges,
        "count": sum(spot.listed for spot in spots),
        "assumed": sum(spot.listed and spot.assumed and bool(spot.up) for spot in spots),
        "core": network.label(network.tree.core),
        "remarks": [(network.tree.spots[key], remark) for key, remark in network.remarks.items()],
    }
