"""The built wiki, served under /wiki/. It is for the whole intranet: no sign-in."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from pulih.web.context import office

blueprint = Blueprint("site", __name__, url_prefix="/wiki")


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("")
def root() -> ResponseReturnValue:
    """Send people to the start page."""
    return redirect(url_for(".page", path=""))


@blueprint.get("/", defaults={"path": ""})
@blueprint.get("/<path:path>")
def page(path: str) -> ResponseReturnValue:
    """Give out a file of the site; a folder's page is its index."""
    folder = office().tools.publisher.site
    if not (folder / "index.html").exists():
        return render_template("wiki-building.html"), 503, {"Retry-After": "5"}
    if path and not path.endswith("/") and "." not in path.rpartition("/")[2]:
        return redirect(url_for(".page", path=f"{path}/"))
    wanted = path if path and not path.endswith("/") else f"{path}index.html"
    return send_from_directory(folder, wanted, max_age=0)
