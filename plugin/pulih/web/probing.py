"""Diagnostic runs on a ticket's page: start one, watch it, read it, answer what it asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.calling import Called
from pulih.domain.records import ProbeRun
from pulih.errors import Invalid
from pulih.web.context import language, office, person, say
from pulih.web.looks import may_look, told_to

_SAID = ("ya", "tidak", "tidak tahu")
_LONGEST = 200  # letters of a key


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to those of a ticket."""
    add = blueprint.add_url_rule
    add("/<number>/periksa", view_func=start, methods=["POST"])
    add("/<number>/periksa/<key>", view_func=run)
    add("/<number>/periksa/<key>/jawab", view_func=answer, methods=["POST"])
    add("/<number>/periksa/<key>/tarik", view_func=withdraw, methods=["POST"])
    add("/<number>/periksa/<key>/batal", view_func=drop, methods=["POST"])


def start(number: str) -> ResponseReturnValue:
    """Ask for a run."""
    chosen, extra = request.form.getlist("addresses"), request.form.get("extra", "")[:80]
    if request.form.get("only") and not (chosen or extra.strip()):
        flash(_("Pilih dahulu alamat yang hendak diperiksa."), "warn")
        return _back(number)
    try:
        office().probing.start(person(), number, chosen, extra)
    except Invalid as error:
        flash(" ".join(say(p.sentence) for p in error.problems), "warn")
    else:
        flash(_("Pemeriksaan dimulai. Hasilnya muncul di sini dalam beberapa detik."), "ok")
    return _back(number)


def run(number: str, key: str) -> ResponseReturnValue:
    """Show one run; only its inner part where a script asks for that."""
    found = office().probing.get(person(), number, key)
    part = request.args.get("bagian") == "1"
    page, given = "run-part.html" if part else "run.html", {"acts": False, "told_to": ""}
    if not found.going:
        view = office().tickets.show(person(), number)
        given = {"acts": may_look(view.ticket), "told_to": told_to(view.ticket, view.runs)}
    return render_template(page, run=found, number=number, **given)


def answer(number: str, key: str) -> ResponseReturnValue:
    """Keep what somebody on site said; the run is judged again at once."""
    question, value = request.form.get("question", "")[:_LONGEST], request.form.get("value", "")
    if value not in _SAID:
        abort(400)
    return _deed(
        number,
        lambda: office().telling.answer(person(), number, key, question, value),
        _("Jawaban tercatat, dan hasilnya dinilai lagi."),
    )


def withdraw(number: str, key: str) -> ResponseReturnValue:
    """Take back what somebody said."""
    said = request.form.get("said", "")[:_LONGEST]
    return _deed(
        number,
        lambda: office().telling.withdraw(person(), number, key, said),
        _("Ditarik kembali, dan hasilnya dinilai lagi."),
    )


def drop(number: str, key: str) -> ResponseReturnValue:
    """Do without a look that was planned."""
    return _deed(
        number,
        lambda: office().probing.drop(person(), number, key),
        _("Pemeriksaan yang direncanakan dibatalkan."),
    )


def target_of(name: str, run: ProbeRun) -> str:
    """Return what people call the target of a finding: a node of the run's network, perhaps with a port."""
    node, _space, port = name.partition(" ")
    if node not in run.labels:
        return run.labels.get(name, name)
    return f"{run.labels[node]} {port}".rstrip()


def result(finding: Mapping[str, Any], run: ProbeRun) -> str:
    """Return what a finding says: its own sentence in Bahasa Indonesia, its figures in another language."""
    if language() == "id":
        return Called(run.labels).told(str(finding["detail"]))
    figures = finding["figures"]
    if finding["probe"] in ("ping", "big") and figures.get("sent"):
        return _echoes(figures)
    if finding["probe"] == "trace" and figures.get("last_hop"):
        return _hops(figures)
    if finding["probe"] == "dns" and figures.get("result"):
        return f"{figures.get('name')} {figures.get('type')}: {figures['result']}"
    if isinstance(figures.get("result"), str):
        return " ".join(str(one) for one in (figures.get("port"), figures["result"]) if one)
    return _("Lihat angka mentah.")


def _echoes(figures: Mapping[str, Any]) -> str:
    received, usual = figures.get("received"), figures.get("median_ms")
    answered = _("%(received)s dari %(sent)s ping dijawab", received=received, sent=figures["sent"])
    return (
        answered if usual is None else f"{answered}, " + _("biasanya %(ms)s ms", ms=round(usual, 2))
    )


def _hops(figures: Mapping[str, Any]) -> str:
    where = {"hops": figures["last_hop"], "address": figures.get("last_address") or "?"}
    if figures.get("end") == "destination":
        return _("sampai tujuan, lompatan %(hops)s", **where)
    return _("berhenti di lompatan %(hops)s, %(address)s", **where)


def _deed(number: str, deed: Callable[[], object], done: str) -> ResponseReturnValue:
    try:
        deed()
    except Invalid as error:
        flash(" ".join(say(p.sentence) for p in error.problems), "warn")
    else:
        flash(done, "ok")
    return _back(number)


def _back(number: str) -> ResponseReturnValue:
    return redirect(url_for(".show", number=number, _anchor="pemeriksaan"), code=303)
