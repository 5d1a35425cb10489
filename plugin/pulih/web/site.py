"""The built wiki, served under /wiki/. It is for the whole intranet: no sign-in."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from flask import Blueprint, Flask, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join

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
    file = _opened(folder, wanted)
    if file is None:
        abort(404)
    return _sent(file, wanted)


def _sent(file: BinaryIO, name: str) -> ResponseReturnValue:
    """Give out an open file. All that is told of it is asked of itself: the name may be another's by now."""
    state = os.fstat(file.fileno())
    answer = send_file(file, download_name=Path(name).name, conditional=False, max_age=0)
    answer.content_length = state.st_size
    answer.last_modified = datetime.fromtimestamp(int(state.st_mtime), UTC)
    answer.set_etag(f"{state.st_mtime_ns:x}-{state.st_ino:x}-{state.st_size:x}")
    return answer.make_conditional(request, accept_ranges=True, complete_length=state.st_size)


def _opened(site: Path, name: str) -> BinaryIO | None:
    """Open a file of the site; None where there is none. The site may become another at any moment."""
    while True:
        now = _target(site)
        path = safe_join(str(site), name)
        try:
            return Path(path).open("rb") if path else None
        except OSError:
            if _target(site) == now:
                return None


def _target(site: Path) -> str:
    try:
        return str(site.readlink())
    except OSError:  # a folder of its own: it stays the same
        return ""
