"""The administrator's plain lists and forms: what is listed, and what was typed, shown again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.agency import Agency, Device, FaultType, Site
from pulih.domain.outside import Outside
from pulih.domain.people import Person
from pulih.domain.records import Page, RegistryFilter, mark_of
from pulih.errors import Conflict, Duplicate, Invalid, Problem
from pulih.service.registry import Item
from pulih.web.context import office, person, say
from pulih.web.errors import status_of

T = TypeVar("T")
Kept = Agency | Site | Device | FaultType | Outside | Person
STATUS = {"": None, "aktif": True, "nonaktif": False}
_FAR = 100_000  # beyond it no list has pages, and a store may not count so far
_MOST_WORDS, _LONGEST_KEY, _MOST_AGENCIES = 200, 60, 2000


class Lister(Protocol[T]):
    """Gives a page of a list, as the desks of the registry and of accounts do."""

    def __call__(self, wanted: RegistryFilter, *, page: int = 1, size: int = 25) -> Page[T]:
        """Return a page."""


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A page of a list, and how many more a choice of state would show."""

    page: Page[T]
    wanted: RegistryFilter
    status: str
    counts: Mapping[str, int]


def wanted(kind: str = "jenis") -> RegistryFilter:
    """Return what the address asks for; `kind` is its word for the kind of item."""
    arg = request.args
    return RegistryFilter(
        words=arg.get("q", "")[:_MOST_WORDS],
        agency=arg.get("opd", "")[:_LONGEST_KEY],
        kind=arg.get(kind, "")[:_LONGEST_KEY],
        active=STATUS.get(arg.get("status", "")),
    )


def listed(lister: Lister[T], asked: RegistryFilter) -> Listed[T]:
    """Return the page of the list that the address asks for; beyond the last page, the last."""
    page = paged(partial(lister, asked))
    counts = {
        status: lister(replace(asked, active=active), size=1).total
        for status, active in STATUS.items()
    }
    status = next(name for name, active in STATUS.items() if active is asked.active)
    return Listed(page, asked, status, counts)


def paged(pages: Callable[..., Page[T]]) -> Page[T]:
    """Return the page that the address asks for; beyond the last page, the last."""
    number = min(max(1, request.args.get("halaman", 1, type=int)), _FAR)
    page = pages(page=number)
    return pages(page=page.pages) if number > page.pages else page


def all_agencies() -> dict[str, str]:
    """Return the name of every agency, in use or not, by name."""
    page = office().registry.page(person(), Agency, RegistryFilter(), size=_MOST_AGENCIES)
    return {agency.id: agency.name for agency in page.items}


def names(kind: type[Item], keys: Iterable[str]) -> dict[str, str]:
    """Return the names of some items; an empty key has none."""
    return {key: office().registry.get(person(), kind, key).name for key in keys if key}


@dataclass
class Form:
    """A form as it stands: what each field shows, and what is wrong with it.

    Attributes:
        kept: Whether it shows what was being typed when a session ended.
        seen: The mark of the item that the person was looking at; empty for a new one.
    """

    values: dict[str, Any]
    problems: dict[str, str] = field(default_factory=dict)
    kept: bool = False
    seen: str = ""


def opened(names: Sequence[str], start: Mapping[str, object]) -> Form:
    """Return the form of a new item: what was being typed when a session ended, else what is in `start`."""
    draft = office().drafts.get(person(), request.path)
    if draft and any(name in draft.fields for name in names):
        typed_before = {name: next(iter(draft.fields.get(name, ())), "") for name in names}
        return Form(typed_before, kept=True)
    return Form({name: str(start.get(name, "")) for name in names})


def opened_on(item: Kept, names: Sequence[str]) -> Form:
    """Return the form of an item: what was being typed when a session ended, else what stands."""
    form = opened(names, asdict(item))
    draft = office().drafts.get(person(), request.path) if form.kept else None
    form.seen = next(iter(draft.fields.get("seen", ())), "") if draft else mark_of(item)
    return form


def typed(names: Sequence[str]) -> Form:
    """Return the form as it was sent."""
    values = {name: request.form.get(name, "") for name in names}
    return Form(values, seen=request.form.get("seen", ""))


def again(
    template: str, form: Form, error: Invalid | Duplicate, **shown: object
) -> ResponseReturnValue:
    """Show the form again, each problem beside its field; those of other fields stand above."""
    one = Problem(error.field, error.sentence) if isinstance(error, Duplicate) else None
    problems = [one] if one else list(getattr(error, "problems", ()))
    for problem in problems:
        form.problems.setdefault(problem.field, say(problem.sentence))
    others = [text for name, text in form.problems.items() if name not in form.values]
    flash(" ".join([_("Belum tersimpan. Perbaiki isian yang ditandai."), *others]), "warn")
    return render_template(template, form=form, **shown), status_of(error)


def overtaken(
    template: str, form: Form, error: Conflict, stands: Kept, **shown: object
) -> ResponseReturnValue:
    """Show the form again, beside what somebody else has saved meanwhile; saved again, it goes over that."""
    for name, value in form.values.items():
        now = str(getattr(stands, name))
        if now != value:
            form.problems[name] = _("Yang tersimpan sekarang: %(value)s", value=now or "–")
    form.seen = mark_of(stands)
    flash(say(error.sentence), "warn")
    return render_template(template, form=form, **shown), status_of(error)


def done(text: str, home: str) -> ResponseReturnValue:
    """Say what was done, and go on; nothing that was typed needs to be kept any longer."""
    office().drafts.drop(person(), request.path)
    flash(text, "ok")
    return redirect(home, code=303)


def turned(kind: type[Item], key: str, home: str) -> ResponseReturnValue:
    """Put an item of the registry out of use, or back, as the form says. Nothing is ever removed."""
    item = office().registry.get(person(), kind, key)
    item = office().registry.save(
        person(), replace(item, active=request.form.get("active") == "ya"), seen=mark_of(item)
    )
    if item.active:
        return done(_("%(name)s dipakai lagi.", name=item.name), home)
    return done(_("%(name)s tidak dipakai lagi. Riwayatnya tetap ada.", name=item.name), home)


def emptied() -> ResponseReturnValue | None:
    """Before a request: forget what was typed where somebody asks for that."""
    if request.method != "POST" or not request.form.get("drop"):
        return None
    office().drafts.drop(person(), request.path)
    return redirect(request.path, code=303)
