"""How the desk answers when it must say no: error -> status, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from pulih import errors
from pulih.web import answering, away
from pulih.web.context import say
from pulih.web.doors import PATH as DOORS
from pulih.web.legible import legible
from pulih.web.resume import ask_to_sign_in, typed

Answer = Callable[[Exception], ResponseReturnValue]
# The most particular first.
STATUS: dict[type[errors.PulihError], int] = {
    errors.TooLarge: 413,
    errors.Invalid: 422,
    errors.Refused: 409,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.NotSignedIn: 401,
    errors.Unavailable: 503,
    errors.PulihError: 500,
}


def status_of(error: errors.PulihError) -> int:
    """Return the HTTP status of an error."""
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def init_app(app: Flask) -> None:
    """Register how errors become pages."""
    for kind, answer in (
        (errors.PulihError, _refused),
        (errors.Unavailable, _unavailable),
        (CSRFError, _lost_session),
        (RequestEntityTooLarge, _too_large),
        (HTTPException, _http),
        (Exception, _broken),
    ):
        app.register_error_handler(kind, _surely(answer))


def _surely(answer: Answer) -> Answer:
    """Return a handler that answers whatever fails in it."""

    @wraps(answer)
    def handler(error: Exception) -> ResponseReturnValue:
        try:
            if request.path == answering.PATH:
                return _to_program(error)
            if request.path.startswith(DOORS):
                return _to_site(error)
            return answer(error)
        except errors.Unavailable as gone:
            away.note(gone)
            status = 503
        except Exception:
            current_app.logger.exception("no page for %r", error)
            status = 503 if isinstance(error, errors.Unavailable) else 500
        return away.last_page(), status

    return handler


def _to_program(error: Exception) -> ResponseReturnValue:
    """Answer a program: the sentence, and what is wrong with each parameter."""
    if isinstance(error, errors.Unavailable):
        away.note(error)
        return jsonify(error=away.plainly(error)), 503
    if isinstance(error, errors.Invalid):
        problems = {p.field: say(p.sentence) for p in error.problems}
        return jsonify(error=say(error.sentence), parameters=problems), 400
    if isinstance(error, errors.PulihError):
        status = status_of(error)
        ask = {"WWW-Authenticate": 'Bearer realm="pulih"'} if status == 401 else {}  # noqa: PLR2004 - its meaning
        return jsonify(error=say(error.sentence)), status, ask
    if isinstance(error, HTTPException):
        return jsonify(error=_http_text(error.code or 500)), error.code or 500
    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
    return jsonify(error=_at_fault()), 500


def _to_site(error: Exception) -> ResponseReturnValue:
    """Answer a site of others: as a program, but each problem under `fields`, and with the status of a form."""
    answer = current_app.make_response(_to_program(error))
    problems = list(getattr(error, "problems", ()))
    if isinstance(error, errors.Duplicate):
        problems = [errors.Problem(error.field, error.sentence)]
    told = {**(answer.get_json() or {}), "fields": {p.field: say(p.sentence) for p in problems}}
    told.pop("parameters", None)
    answer.set_data(current_app.json.dumps(told))
    if isinstance(error, errors.PulihError):
        answer.status_code = status_of(error)
    if answer.status_code == 401:  # noqa: PLR2004 - as above
        answer.headers["WWW-Authenticate"] = "Pulih-Door"
    return answer


def _page(status: int, title: str, text: str, **shown: object) -> ResponseReturnValue:
    return render_template("error.html", status=status, title=title, text=text, **shown), status


def _unavailable(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, errors.Unavailable)  # noqa: S101 - flask calls it for no other
    away.note(error)
    # Where nothing can be saved, what was typed is at least shown, to be copied or sent again.
    kept = typed() if request.form.get("form_page") else {}
    return _page(
        503,
        _titles()[503],
        away.plainly(error),
        technical=away.technically(error),
        unsaved=not isinstance(error, errors.Uncertain),
        kept=kept,
        legible=legible(kept) if kept else [],
    )


def _refused(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, errors.PulihError)  # noqa: S101 - flask calls it for no other
    if isinstance(error, errors.NotSignedIn):
        return ask_to_sign_in(say(error.sentence))
    text = " ".join(
        [say(error.sentence), *(say(p.sentence) for p in getattr(error, "problems", ()))]
    )
    title = _titles().get(status_of(error), _("Tidak dapat dilakukan"))
    return _page(status_of(error), title, text)


def _lost_session(_error: Exception) -> ResponseReturnValue:
    return ask_to_sign_in(_("Sesi Anda sudah berakhir. Masuk lagi."))


def _too_large(_error: Exception) -> ResponseReturnValue:
    text = _(
        "Kiriman ini terlalu besar. Satu berkas paling besar 20 MB; kecilkan pindaian atau fotonya. "
        "Yang sudah diketik ada lagi bila formulirnya dibuka kembali; berkasnya perlu dipilih ulang."
    )
    return _page(413, _titles()[413], text)


def _http(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, HTTPException)  # noqa: S101 - flask calls it for no other
    code = error.code or 500
    if 300 <= code < 400:  # noqa: PLR2004 - a redirect is no error
        return error.get_response()
    return _page(code, _titles().get(code, _("Tidak dapat dilakukan")), _http_text(code))


def _http_text(code: int) -> str:
    texts = {
        404: _("Halaman ini tidak ada. Periksa alamatnya, atau mulai lagi dari meja Anda."),
        405: _("Halaman ini tidak menerima kiriman seperti itu."),
        413: _("Kiriman ini terlalu besar."),
        415: _("Kiriman ini harus berupa JSON (application/json)."),
        429: _("Terlalu banyak percobaan. Tunggu beberapa menit lalu coba lagi."),
    }
    return texts.get(code, _("Permintaan ini tidak dapat dibaca."))


def _broken(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
    return _page(500, _("Galat di server"), _at_fault())


def _at_fault() -> str:
    return _(
        "Ada galat di server; sudah dicatat. Coba sekali lagi. Bila terulang, beri tahu administrator jam kejadiannya."
    )


def _titles() -> dict[int, str]:
    return {
        403: _("Bukan wewenang Anda"),
        404: _("Tidak ditemukan"),
        409: _("Belum dapat dilakukan"),
        413: _("Terlalu besar"),
        422: _("Isian perlu diperbaiki"),
        429: _("Terlalu banyak percobaan"),
        503: _("Sedang tidak tersedia"),
    }
