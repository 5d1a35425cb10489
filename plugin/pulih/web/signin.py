"""Signing in and out, one's own password, the language."""

from __future__ import annotations

import time
from http import HTTPStatus

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, login_user, logout_user

from pulih.demo.loading import PASSWORD, SHOWN
from pulih.errors import Invalid, NotSignedIn, Unavailable
from pulih.web import answering, away
from pulih.web.context import SignedIn, anybody, office, person, say
from pulih.web.resume import form_page, is_local, keep_draft, read_resume, typed

blueprint = Blueprint("signin", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="fixed-window")
# Only attempts that fail count: a whole office may come from one address.
_TRIES_AN_ADDRESS = "30 per minute; 200 per hour"
_TRIES_A_NAME = "10 per minute; 60 per hour"
_OPEN = frozenset(
    {
        "signin.form",
        "signin.enter",
        "signin.language",
        "signin.known",
        "static",
        "site.page",
        "site.root",
        "health",
        "ready",
        "checking.show",  # a paper that somebody holds in their hand; the office may decide otherwise
        "checking.compare",
        "doors.agencies",  # signed by who asks, instead
        "doors.agency",
        "doors.search",
        "doors.letter",
    }
)


def init_app(app: Flask) -> None:
    """Register sign-in and the rule that every page but a few asks for it."""
    manager = LoginManager(app)
    manager.session_protection = "basic"

    @manager.user_loader
    def load(key: str) -> SignedIn | None:
        name, _colon, stamp = key.rpartition(":")
        try:
            known = office().accounts.known(name)
            fresh = known and stamp == office().accounts.stamp(name)
        except Unavailable as error:  # the page that says so must be shown to somebody, too
            g.unreachable = error
            return None
        return SignedIn(known, stamp) if known and fresh else None

    limiter.init_app(app)
    app.register_blueprint(blueprint)
    app.before_request(_hold_session)


def _hold_session() -> ResponseReturnValue | None:
    """Ask for sign-in; a session that was idle too long keeps what its form carries, then ends."""
    if request.endpoint in _OPEN or request.endpoint is None:
        return None
    to_program = request.path == answering.PATH
    if to_program and answering.has_key():
        return None
    who = person()
    now, minutes = int(time.time()), office().settings.session_minutes
    idle = now - int(session.get("seen", now))
    session["seen"] = now
    if idle <= minutes * 60:
        return None
    if to_program:
        raise NotSignedIn("Masuk dahulu untuk melanjutkan.")
    kept = request.method == "POST" and keep_draft(who, form_page(), typed())
    logout_user()
    session.pop("seen", None)
    flash(
        _(
            "Sesi Anda sudah berakhir. Masuk lagi; yang sudah Anda ketik tetap disimpan. Berkas perlu dipilih ulang."
        )
        if kept
        else _("Sesi Anda sudah berakhir. Masuk lagi."),
        "warn",
    )
    back = form_page() if request.method == "POST" else request.full_path.rstrip("?")
    return redirect(url_for("signin.form", next=back or None), code=303)


@blueprint.get("/masuk")
def form() -> ResponseReturnValue:
    """Show the sign-in form."""
    if anybody():
        return redirect(url_for("desk.mine"))
    return render_template("signin.html", **_demo_accounts())


def _demo_accounts() -> dict[str, object]:
    """Return what the page of a demo office gives away; nothing in any other office."""
    if not office().settings.demo:
        return {}
    people = [office().accounts.known(key) for key in SHOWN]
    return {"demo_password": PASSWORD, "demo_people": [one for one in people if one]}


def _name_tried() -> str:
    return "name:" + request.form.get("username", "")[:60].strip().casefold()


def _failed(response: Response) -> bool:
    return response.status_code == HTTPStatus.UNAUTHORIZED


@blueprint.post("/masuk")
@limiter.limit(_TRIES_AN_ADDRESS, deduct_when=_failed)
@limiter.limit(_TRIES_A_NAME, key_func=_name_tried, deduct_when=_failed)
def enter() -> ResponseReturnValue:
    """Sign in, and go back to where the person was."""
    try:
        who = office().accounts.sign_in(
            request.form.get("username", ""), request.form.get("password", "")
        )
    except NotSignedIn as error:
        return _once_more(say(error.sentence), **_demo_accounts()), 401
    except Unavailable as error:
        away.note(error)
        return _once_more(away.plainly(error)), 503
    session.clear()
    session.permanent = True
    session["seen"] = int(time.time())
    login_user(SignedIn(who, office().accounts.stamp(who.id)))
    path = request.form.get("resume_path", "")
    if is_local(path) and (fields := read_resume(request.form.get("resume", ""))):
        keep_draft(who, path, fields)
        return redirect(path, code=303)
    back = request.args.get("next", "")
    return redirect(back if is_local(back) else url_for("desk.mine"), code=303)


def _once_more(text: str, **shown: object) -> str:
    """Return the form again, with what it carried."""
    return render_template(
        "signin.html",
        text=text,
        username=request.form.get("username", "")[:80],
        resume=request.form.get("resume", ""),
        resume_path=request.form.get("resume_path", ""),
        **shown,
    )


@blueprint.get("/siapa")
def known() -> ResponseReturnValue:
    """Tell the wiki's pages whether their reader is signed in, and no more; asking does not keep a session alive."""
    return {"masuk": anybody() is not None}


@blueprint.post("/keluar")
def leave() -> ResponseReturnValue:
    """Sign out."""
    logout_user()
    session.clear()
    flash(_("Anda sudah keluar."), "ok")
    return redirect(url_for(".form"), code=303)


@blueprint.get("/akun")
def account() -> ResponseReturnValue:
    """Show one's own account."""
    return render_template("account.html", person=person(), problems={})


def _not_changed(response: Response) -> bool:
    return response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post("/akun/kata-sandi")
@limiter.limit(_TRIES_A_NAME, key_func=lambda: "own:" + person().id, deduct_when=_not_changed)
def change_password() -> ResponseReturnValue:
    """Change one's own password."""
    try:
        office().accounts.change_password(
            person(), request.form.get("old", ""), request.form.get("password", "")
        )
    except Invalid as error:
        problems = {p.field: say(p.sentence) for p in error.problems}
        return render_template("account.html", person=person(), problems=problems), 422
    login_user(SignedIn(person(), office().accounts.stamp(person().id)))
    flash(_("Kata sandi diganti. Sesi di tempat lain sudah berakhir."), "ok")
    return redirect(url_for(".account"), code=303)


@blueprint.post("/bahasa")
def language() -> ResponseReturnValue:
    """Choose the language of the screen."""
    wanted = request.form.get("language", "id")
    back = request.form.get("back", "")
    response = redirect(back if is_local(back) else url_for("desk.mine"), code=303)
    response.set_cookie(
        "language",
        "en" if wanted == "en" else "id",
        max_age=31536000,
        httponly=True,
        samesite="Lax",
    )
    return response
