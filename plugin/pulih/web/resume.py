"""Keeping what somebody typed when their session ended in mid-form."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pulih.domain.people import Person
from pulih.web.context import office

_NEVER_KEPT = frozenset({"csrf_token", "password", "old", "new", "resume", "resume_path"})
_MOST = 2_000_000


def typed() -> dict[str, list[str]]:
    """Return the fields of the present form, without its secrets."""
    return {name: values for name, values in request.form.lists() if name not in _NEVER_KEPT}


def ask_to_sign_in(text: str) -> ResponseReturnValue:
    """Answer with the sign-in page; it carries what was typed, to be kept once we know who typed it."""
    if request.method == "GET":
        response = make_response(
            redirect(url_for("signin.form", next=request.full_path.rstrip("?")))
        )
        response.status_code = 303
        return response
    fields = typed() if request.endpoint != "signin.enter" else {}
    resume = json.dumps(fields, ensure_ascii=False)
    page = render_template(
        "signin.html",
        text=text,
        resume=resume if fields and len(resume) <= _MOST else "",
        resume_path=form_page() if fields else "",
        username=request.form.get("username", "") if not fields else "",
    )
    return page, 401


def form_page() -> str:
    """Return the page that shows the form which was sent here: its own word, or where the browser came from."""
    came = urlsplit(request.referrer or "")
    known = request.form.get("form_page") or (came.path if came.netloc == request.host else "")
    return known if is_local(known) else url_for("desk.mine")


def keep_draft(person: Person, path: str, fields: dict[str, list[str]]) -> bool:
    """Keep a draft for `person`; return whether it was kept."""
    return office().drafts.keep(person.id, path, fields)


def read_resume(text: str) -> dict[str, list[str]]:
    """Return the fields that a sign-in form carried; empty when they are not ours."""
    try:
        fields = json.loads(text[:_MOST])
    except ValueError:
        return {}
    if not isinstance(fields, dict):
        return {}
    return {
        str(name): [str(value) for value in values]
        for name, values in fields.items()
        if isinstance(values, list) and name not in _NEVER_KEPT
    }


def is_local(path: str) -> bool:
    """Tell whether a path stays on this server: no open redirect."""
    if any(sign <= " " or sign == "\\" for sign in path) or not path.startswith("/"):
        return False
    parts = urlsplit(path)
    return not parts.scheme and not parts.netloc and not path.startswith("//")
