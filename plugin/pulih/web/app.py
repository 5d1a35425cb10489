"""The application: its settings and its parts."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from flask import Flask, Response, request
from flask_babel import Babel
from flask_wtf import CSRFProtect

from pulih.bootstrap import Office, session_key
from pulih.service.attachments import MOST_BYTES
from pulih.web import (
    answering,
    bundles,
    cases,
    checking,
    desk,
    doors,
    errors,
    health,
    imports,
    letters,
    numbers,
    paper_settings,
    papers,
    paths,
    people,
    plone,
    registry,
    signin,
    site,
    sweeping,
    tickets,
    wiki,
    words,
)
from pulih.web.context import EXTENSION

_FORM_ROOM = 4 * 1024 * 1024  # beside the files of a form
_MOST_FILES = 6
_LATER = "30"  # seconds after which to try again what is not available
_STRICT = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
# Material's own pages carry inline scripts and styles; still nothing from another host.
_WIKI = "default-src 'self' 'unsafe-inline' data: blob:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'"


def create_app(office: Office) -> Flask:
    """Return the application that serves an office."""
    app = Flask(__name__)
    app.extensions[EXTENSION] = office
    settings = office.settings
    app.config.update(
        SECRET_KEY=session_key(office),
        SESSION_COOKIE_NAME="pulih",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.behind_tls,
        PERMANENT_SESSION_LIFETIME=timedelta(days=7),  # idle sessions end sooner: see signin
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the session
        WTF_CSRF_SSL_STRICT=settings.behind_tls,
        MAX_CONTENT_LENGTH=MOST_BYTES * _MOST_FILES + _FORM_ROOM,
        MAX_FORM_MEMORY_SIZE=_FORM_ROOM,
        BABEL_DEFAULT_LOCALE="id",
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
        BABEL_TRANSLATION_DIRECTORIES="../translations",
    )
    Babel(app, locale_selector=_language)
    CSRFProtect(app).exempt(doors.blueprint)  # nothing there asks who is signed in
    for part in (
        words,
        errors,
        signin,
        desk,
        letters,
        tickets,
        cases,
        answering,
        registry,
        people,
        imports,
        paths,
        sweeping,
        papers,
        paper_settings,
        bundles,
        numbers,
        checking,
        doors,
        site,
        wiki,
        plone,
        health,
    ):
        part.init_app(app)
    app.after_request(_guard)
    return app


def _language() -> str:
    if request.path.startswith(doors.PATH):  # a program, which keeps no cookies
        return request.accept_languages.best_match(("id", "en")) or "id"
    return "en" if request.cookies.get("language") == "en" else "id"


def _guard(response: Response) -> Response:
    response.headers.setdefault(
        "Content-Security-Policy", _WIKI if request.path.startswith("/wiki/") else _STRICT
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers.setdefault("Retry-After", _LATER)
    if not request.path.startswith(("/static/", "/wiki/")):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
