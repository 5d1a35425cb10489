"""What people looked for in the cases and did not find: the list, and what is done about it."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.knowledge import Wanted
from pulih.domain.search import Query
from pulih.errors import Invalid, Unavailable
from pulih.publish.guide import guide
from pulih.service.registry import slug
from pulih.service.wanted import ANSWER, is_case
from pulih.web import away, plain
from pulih.web.context import office, person

_PAGE = "cases/wanted-one.html"
_MOST_SUGGESTED = 3
_MOST_WORDS, _LONGEST_KEY = 2000, 60


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of the cases."""
    add = blueprint.add_url_rule
    add("/dicari", view_func=wanted)
    add("/dicari", view_func=miss, methods=["POST"])
    add("/dicari/<key>", view_func=wanted_one)
    add("/dicari/<key>", view_func=settle, methods=["POST"])
    add("/dicari/<key>/buka", view_func=reopen, methods=["POST"])
    add("/dicari/<key>/panduan.md", view_func=guide_file)


def wanted() -> ResponseReturnValue:
    """List what is missing, or what was settled."""
    settled = request.args.get("keadaan") == "beres"
    page = plain.paged(partial(office().wanted.page, person(), settled=settled))
    besides = office().wanted.page(person(), settled=not settled, size=1).total
    return render_template(
        "cases/wanted.html", page=page, settled=settled, besides=besides, answer_url=answer_url
    )


def miss() -> ResponseReturnValue:
    """Note that nothing which was found fitted; then go back to where that was said."""
    ticket = request.form.get("ticket", "")[:_LONGEST_KEY]
    words = request.form.get("words", "")[:_MOST_WORDS]
    if office().wanted.note(person(), words, ticket) is None:
        flash(_("Tulis dahulu kata yang dicari."), "warn")
    else:
        flash(_("Tercatat di daftar yang dicari. Terima kasih."), "ok")
    if ticket:
        return redirect(url_for("tickets.show", number=ticket, _anchor="temuan"), code=303)
    return redirect(url_for(".index", q=words or None), code=303)


def wanted_one(key: str) -> ResponseReturnValue:
    """Show something that was looked for, with what might answer it."""
    found = office().wanted.get(person(), key)
    return render_template(_PAGE, form=plain.opened((ANSWER.name,), _start(found)), **_shown(found))


def settle(key: str) -> ResponseReturnValue:
    """Say what answers it."""
    form = plain.typed((ANSWER.name,))
    try:
        found = office().wanted.settle(person(), key, form.values[ANSWER.name])
    except Invalid as error:
        return plain.again(_PAGE, form, error, **_shown(office().wanted.get(person(), key)))
    told = _("“%(words)s” beres: jawabannya %(answer)s.", words=found.words, answer=found.answer)
    return plain.done(told, url_for(".wanted"))


def reopen(key: str) -> ResponseReturnValue:
    """Take back that there is an answer."""
    found = office().wanted.reopen(person(), key)
    flash(_("“%(words)s” kembali ke daftar yang dicari.", words=found.words), "ok")
    return redirect(url_for(".wanted_one", key=key), code=303)


def guide_file(key: str) -> ResponseReturnValue:
    """Give out the beginning of a guide about it, to be written on and put into the wiki."""
    found = office().wanted.get(person(), key)
    answer = Response(guide(found.words), mimetype="text/markdown")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(found)}.md"'
    return answer


def missed(words: str, ticket: str = "") -> Wanted | None:
    """Note a search that found nothing; None where there is nothing to note, or it cannot be kept now."""
    try:
        return office().wanted.note(person(), words, ticket)
    except Unavailable as error:  # the search itself has its answer
        away.note(error)
        return None


def answer_url(answer: str) -> str:
    """Return the address of what answers a search: a case's page on the desk, or a page of the wiki."""
    if is_case(answer):
        return url_for("cases.show", number=answer)
    return url_for("site.page", path=f"{answer.rstrip('/')}/")


def _start(found: Wanted) -> dict[str, object]:
    return {ANSWER.name: found.answer}


def _shown(found: Wanted) -> dict[str, object]:
    query = Query(words=found.words, most=_MOST_SUGGESTED)
    return {
        "wanted": found,
        "name": _name(found),
        "matches": office().finding.search(person(), query).matches,
        "answer_url": answer_url,
    }


def _name(found: Wanted) -> str:
    return slug(found.words) or "panduan-baru"
