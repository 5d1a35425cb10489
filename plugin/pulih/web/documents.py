"""The papers of a ticket: how each would look, issuing it, what came back signed, correcting and cancelling it."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast

from flask import Blueprint, Response, flash, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.issued import Issued
from pulih.domain.papers.kinds import PaperKind
from pulih.errors import Duplicate, Invalid, NotFound, Problem
from pulih.service.papers import PaperView
from pulih.service.signed import FIELD
from pulih.web import plain
from pulih.web.context import office, person, say
from pulih.web.errors import status_of
from pulih.wording import sentence

_PAGE = "papers/paper.html"
_REASON = ("reason",)
# A draft is a page of its own: it may show the pictures and letters that it carries, and do nothing.
_DRAFT = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; sandbox"
)
# Browsers show a PDF in a part of their own, which a sandbox would shut out.
_FILE = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of a ticket."""
    add = blueprint.add_url_rule
    add("/<number>/dokumen/<kind>", view_func=paper)
    add("/<number>/dokumen/<kind>/pratinjau", view_func=paper_page)
    add("/<number>/dokumen/<kind>/konsep.pdf", view_func=paper_draft)
    add("/<number>/dokumen/<kind>/terbitkan", view_func=issue_paper, methods=["POST"])
    add("/<number>/terbitan/<key>.pdf", view_func=paper_file)
    add("/<number>/terbitan/<key>/ralat", view_func=correct_paper, methods=["POST"])
    add("/<number>/terbitan/<key>/batalkan", view_func=cancel_paper, methods=["POST"])
    add("/<number>/terbitan/<key>/salinan", view_func=take_signed, methods=["POST"])
    add("/<number>/terbitan/<key>/salinan/<file>", view_func=signed_file)
    add(
        "/<number>/terbitan/<key>/salinan/<file>/tarik", view_func=withdraw_signed, methods=["POST"]
    )


def paper(number: str, kind: str) -> ResponseReturnValue:
    """Show a paper: as it would be issued, or as it was."""
    return _page(office().papers.show(person(), number, _kind(kind)), plain.opened(_REASON, {}))


def paper_page(number: str, kind: str) -> ResponseReturnValue:
    """Show a draft of a paper, for a frame in the page about it."""
    response = Response(office().papers.page(person(), number, _kind(kind)))
    response.headers["Content-Security-Policy"] = _DRAFT
    return response


def paper_draft(number: str, kind: str) -> ResponseReturnValue:
    """Give out a draft as a PDF."""
    content = office().papers.draft(person(), number, _kind(kind))
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="konsep-{_kind(kind)}.pdf"'
    response.headers["Content-Security-Policy"] = _FILE
    return response


def issue_paper(number: str, kind: str) -> ResponseReturnValue:
    """Issue a paper."""
    wanted = _kind(kind)
    try:
        issued = office().issuing.issue(person(), number, wanted, base=base())
    except Invalid as error:
        flash(" ".join([say(error.sentence), *(say(p.sentence) for p in error.problems)]), "warn")
        view = office().papers.show(person(), number, wanted)
        return _page(view, plain.opened(_REASON, {})), status_of(error)
    return plain.done(
        _("Terbit dengan nomor %(number)s. Berkasnya tidak berubah lagi.", number=issued.number),
        url_for(".paper", number=number, kind=wanted),
    )


def correct_paper(number: str, key: str) -> ResponseReturnValue:
    """Issue a paper in the place of another."""
    reason = request.form.get("reason", "")

    def correct() -> str:
        new = office().issuing.correct(person(), number, key, reason, base=base())
        return _(
            "Ralat terbit dengan nomor %(number)s; dokumen lama tetap disimpan.", number=new.number
        )

    return _decided(number, key, correct, "ralat")


def cancel_paper(number: str, key: str) -> ResponseReturnValue:
    """Strike a paper's number."""
    reason = request.form.get("reason", "")

    def cancel() -> str:
        line = office().issuing.cancel(person(), number, key, reason)
        return _(
            "Nomor %(number)s dibatalkan. Dokumen dan nomornya tetap tercatat.", number=line.number
        )

    return _decided(number, key, cancel, "batal")


def take_signed(number: str, key: str) -> ResponseReturnValue:
    """Take a signed copy back."""
    upload = request.files.get(FIELD)

    def take() -> str:
        if upload is None or not upload.filename:
            raise Invalid([Problem(FIELD, sentence("Pilih berkas yang sudah ditandatangani."))])
        office().signing.take(
            person(), number, key, str(upload.filename), cast("BinaryIO", upload.stream)
        )
        return _("Salinan bertanda tangan disimpan apa adanya, di samping aslinya.")

    return _decided(number, key, take, "salinan")


def withdraw_signed(number: str, key: str, file: str) -> ResponseReturnValue:
    """Take back a signed copy that was handed in by mistake."""
    reason = request.form.get("reason", "")

    def withdraw() -> str:
        office().signing.withdraw(person(), number, key, file, reason)
        return _("Salinan itu ditarik; berkasnya tetap disimpan, dicoret.")

    return _decided(number, key, withdraw, f"tarik-{file}", "salinan")


def paper_file(number: str, key: str) -> ResponseReturnValue:
    """Give out a paper as it was issued."""
    slip, content = office().papers.content(person(), number, key)
    return _sent(content, "application/pdf", f"{slip.issued.title} {slip.issued.number}.pdf")


def signed_file(number: str, key: str, file: str) -> ResponseReturnValue:
    """Give out a signed copy as it came."""
    kept, content = office().papers.signed(person(), number, key, file)
    return _sent(content, kept.media_type, kept.file_name)


def base() -> str:
    """Return the desk's address, as QR codes name it: the office's word, or the one at which it is used now."""
    return (office().verifying.checking.address or request.url_root.rstrip("/")) + "/"


def _sent(content: BinaryIO, media_type: str, name: str) -> Response:
    response = send_file(
        content,
        mimetype=media_type,
        download_name=name.replace("/", "-"),
        as_attachment="unduh" in request.args,
    )
    pdf = media_type == "application/pdf"
    response.headers["Content-Security-Policy"] = _FILE if pdf else f"{_FILE}; sandbox"
    return response


def _kind(text: str) -> PaperKind:
    try:
        return PaperKind(text)
    except ValueError:
        raise NotFound("Dokumen ini tidak dikenal. Kembali ke halaman tiket.") from None


def _decided(
    number: str, key: str, decide: Callable[[], str], place: str, after: str = ""
) -> ResponseReturnValue:
    """Do what was decided of a paper; show its page again with what was typed where that is not possible.

    Args:
        place: Where on the page it was decided; `after` where to go on, if that is elsewhere.
    """
    issued = _known(number, key)
    home = url_for(".paper", number=number, kind=issued.kind)
    try:
        told = decide()
    except (Invalid, Duplicate) as error:
        form = plain.typed(_REASON)
        problems = error.problems if isinstance(error, Invalid) else ()
        form.problems = {p.field: say(p.sentence) for p in problems}
        flash(" ".join(form.problems.values()) or say(error.sentence), "warn")
        view = office().papers.show(person(), number, PaperKind(issued.kind))
        return _page(view, form, place), status_of(error)
    office().drafts.drop(person(), home)
    return plain.done(told, f"{home}#{after or place}")


def _known(number: str, key: str) -> Issued:
    return office().papers.slip(person(), number, key).issued


def _page(view: PaperView, form: plain.Form, opened: str = "") -> str:
    return render_template(
        _PAGE,
        view=view,
        ticket=view.ticket,
        shelved=view.shelved,
        slip=view.shelved.current,
        form=form,
        opened=opened,
    )
