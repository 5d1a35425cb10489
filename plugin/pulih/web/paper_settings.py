"""What the office decides about its papers, with a sample beside it that follows what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Corner, Size
from pulih.domain.papers.settings import Head, PaperSettings
from pulih.domain.papers.typed import NOT_OURS, SIGNING, raw
from pulih.errors import Conflict, Invalid, NotFound, PulihError
from pulih.service.paper_settings import MOST_ARMS
from pulih.web import plain
from pulih.web.context import office, person, say
from pulih.web.errors import status_of

blueprint = Blueprint("paper_settings", __name__, url_prefix="/setelan-dokumen")
blueprint.before_request(plain.emptied)
_PAGE, _KIND = "papers/settings.html", "papers/settings-kind.html"
_COMMON = ("lines", "address", "place")
_PARTS = ("name", "nip", "rank", "position")
_OF_KIND = (
    "size",
    "pages",
    "points",
    "top",
    "right",
    "bottom",
    "left",
    "head",
    "signs",
    "copies",
    "patterns",
)
_SHOWN_WITH_HEAD = PaperKind.WORK  # the one with most of everything
# The sample stands in a frame of this page, and lives under its rules: it brings its styles and letters within.
_RULES = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_STEP, _WIDE = 40, 860  # pixels; the second is the largest sheet with a little around it
# A sheet as wide as its frame. A frame that is narrower in steps needs no script to measure it.
_SMALLER = "".join(
    f"@media screen and (max-width:{wide}px){{html{{zoom:{(wide - _STEP) / _WIDE:.2f}}}}}"
    for wide in range(_WIDE, 7 * _STEP, -_STEP)
)


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Show letterhead and seats, and the list of papers."""
    settings = office().paper_settings.show(person())
    return _shown(_PAGE, _opened(settings, _common()), settings, _SHOWN_WITH_HEAD)


@blueprint.post("/")
def save() -> ResponseReturnValue:
    """Keep letterhead and seats; or only look at what they would give."""
    return _taken(_PAGE, _common(), _SHOWN_WITH_HEAD, url_for(".index"))


@blueprint.get("/<kind>")
def of_kind(kind: str) -> ResponseReturnValue:
    """Show what is decided for a kind of paper."""
    found = _kind(kind)
    settings = office().paper_settings.show(person())
    return _shown(_KIND, _opened(settings, _of(found)), settings, found)


@blueprint.post("/<kind>")
def save_kind(kind: str) -> ResponseReturnValue:
    """Keep what is decided for a kind of paper; or only look at what it would give."""
    found = _kind(kind)
    return _taken(_KIND, _of(found), found, url_for(".of_kind", kind=kind))


@blueprint.post("/<kind>/contoh")
def sample(kind: str) -> ResponseReturnValue:
    """Return the sample alone, for the frame: with what is typed, or what is wrong with it."""
    found = _kind(kind)
    form = plain.typed([name for name in request.form if name in {*_common(), *_of(found)}])
    return _sample(found, form)[0]


@blueprint.get("/<kind>/contoh.pdf")
def printed(kind: str) -> ResponseReturnValue:
    """Return the sample as a PDF, with the settings that are kept."""
    found = _kind(kind)
    pdf = office().paper_settings.pdf(person(), found)
    name = f"contoh-{found.value}.pdf"
    return Response(
        pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@blueprint.post("/lambang")
def take_arms() -> ResponseReturnValue:
    """Take the coat of arms, or have none."""
    desk, seen = office().paper_settings, request.form.get("seen", -1, type=int)
    if request.form.get("none"):
        return _arms(lambda: desk.drop_arms(person(), seen=seen), _("Lambang dihapus."))
    upload = request.files.get("arms")
    picture = upload.stream.read(MOST_ARMS + 1) if upload and upload.filename else b""
    return _arms(lambda: desk.take_arms(person(), picture, seen=seen), _("Lambang tersimpan."))


def _arms(deed: Callable[[], object], told: str) -> ResponseReturnValue:
    try:
        deed()
    except (Invalid, Conflict) as error:
        settings = office().paper_settings.show(person())
        form = _opened(settings, _common())
        _mark(form, error)
        return _shown(_PAGE, form, settings, _SHOWN_WITH_HEAD, status_of(error))
    return plain.done(told, url_for(".index", _anchor="lambang"))


def _taken(page: str, names: Sequence[str], kind: PaperKind, home: str) -> ResponseReturnValue:
    desk, form = office().paper_settings, plain.typed(names)
    if request.form.get("look"):
        settings = desk.show(person())
        return _shown(page, form, settings, kind)
    seen = request.form.get("seen", -1, type=int)
    try:
        desk.save(person(), _given(form), seen=seen)
    except (Invalid, Conflict) as error:
        settings = desk.show(person())
        if isinstance(error, Conflict):
            form.seen = str(settings.version)
            _compare(form, settings)
        _mark(form, error)
        return _shown(page, form, settings, kind, status_of(error))
    return plain.done(_("Setelan dokumen tersimpan."), home)


def _shown(
    page: str, form: plain.Form, settings: PaperSettings, kind: PaperKind, status: int = 200
) -> Response:
    html, fits = _sample(kind, form)
    engine, refused = office().paper_settings.engine(person())
    answer = make_response(
        render_template(
            page,
            form=form,
            kept=settings,
            kind=kind,
            kinds=tuple(PaperKind),
            numbered=kind not in NOT_OURS,
            seats=SIGNING,
            sizes=tuple(Size),
            corners=tuple(Corner),
            heads=tuple(Head),
            sample=html,
            fits=fits,
            engine=engine,
            refused=refused,
        ),
        status,
    )
    answer.headers["Content-Security-Policy"] = _RULES
    return answer


def _sample(kind: PaperKind, form: plain.Form) -> tuple[str, bool]:
    """Return the sample's page, and whether it is one; else a page of what is wrong."""
    try:
        page = office().paper_settings.page(person(), kind, _given(form))
        return page.replace("</head>", f"<style>{_SMALLER}</style></head>", 1), True
    except Invalid as error:
        said = [say(problem.sentence) for problem in error.problems]
    return render_template("papers/no-sample.html", said=said), False


def _opened(settings: PaperSettings, names: Sequence[str]) -> plain.Form:
    """Return the form of what is kept, or of what was being typed when a session ended."""
    start = raw(settings)
    form = plain.opened(names, {name: start[name] for name in names})
    form.seen = form.seen or str(settings.version)
    return form


def _given(form: plain.Form) -> dict[str, str]:
    """Return the fields that the form has; what it lacks stays as it is kept."""
    return {
        name: value
        for name, value in form.values.items()
        if name in request.form or not request.form
    }


def _mark(form: plain.Form, error: PulihError) -> None:
    for problem in getattr(error, "problems", ()):
        form.problems.setdefault(problem.field, say(problem.sentence))
    others = [text for name, text in form.problems.items() if name not in form.values]
    first = (
        say(error.sentence)
        if isinstance(error, Conflict)
        else _("Belum tersimpan. Perbaiki isian yang ditandai.")
    )
    flash(" ".join([first, *others]), "warn")


def _compare(form: plain.Form, settings: PaperSettings) -> None:
    """Say beside each field what somebody else has kept meanwhile."""
    now = raw(settings)
    for name, value in form.values.items():
        if now[name] != value:
            form.problems[name] = _("Yang tersimpan sekarang: %(value)s", value=now[name] or "–")


def _common() -> tuple[str, ...]:
    return (*_COMMON, *(f"{role.value}.{part}" for role in SIGNING for part in _PARTS))


def _of(kind: PaperKind) -> tuple[str, ...]:
    return tuple(f"{kind.value}.{part}" for part in _OF_KIND)


def _kind(name: str) -> PaperKind:
    try:
        return PaperKind(name)
    except ValueError:
        raise NotFound("Dokumen ini tidak ada. Pilih dari daftar dokumen.") from None
