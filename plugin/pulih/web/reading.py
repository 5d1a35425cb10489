"""From a form to raw facts and back: what was typed is read once, and shown again as it was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, cast

from flask import request
from werkzeug.datastructures import MultiDict

from pulih.domain.facts import LISTS, Fact, Facts, Kind
from pulih.domain.people import Person
from pulih.domain.records import Attachment
from pulih.errors import Invalid, Problem
from pulih.web.context import office, say
from pulih.wording import sentence

_EMPTY_ROWS = 3
_MOST_FILES = 6


@dataclass
class Typed:
    """A form as it stands: what each field shows, what is wrong with it, and the files already handed in."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[Attachment]] = field(default_factory=dict)

    def blame(self, problems: Iterable[Problem]) -> None:
        """Put each problem beside its field."""
        for problem in problems:
            self.problems.setdefault(problem.field, say(problem.sentence))

    def hold(self) -> None:
        """Raise Invalid where reading the form already found something wrong."""
        if self.problems:
            raise Invalid([])

    def rows(self, spec: Fact) -> list[Mapping[str, str]]:
        """Return the rows that a table shows: those typed, and empty ones to type into."""
        rows: list[Mapping[str, str]] = list(self.values.get(spec.name) or [])
        return rows + [{}] * max(_EMPTY_ROWS - len(rows), 1)


def from_facts(
    facts: Facts, specs: Iterable[Fact] = (), attached: Sequence[Attachment] = ()
) -> Typed:
    """Return a form that starts from facts kept before, with the files among `attached` that they refer to."""
    typed = Typed(values=dict(facts))
    for spec in specs:
        if spec.kind is Kind.FILES and isinstance(keys := facts.get(spec.name), list):
            typed.files[spec.name] = [file for file in attached if file.id in keys]
    return typed


def from_fields(
    specs: Iterable[Fact],
    fields: Mapping[str, list[str]],
    by: Person,
    attached: Sequence[Attachment] = (),
) -> Typed:
    """Return a form that starts from what was typed, as a draft keeps it."""
    form = MultiDict([(name, value) for name, values in fields.items() for value in values])
    typed = Typed()
    for spec in specs:
        typed.values[spec.name] = raw(spec, form)
        if spec.kind is Kind.FILES:
            keys = form.getlist(spec.name)
            kept = [file for file in attached if file.id in keys]
            typed.files[spec.name] = kept + office().attachments.pending(by, keys)
    typed.values["on"] = form.get("on", "")
    return typed


def from_request(
    specs: tuple[Fact, ...], by: Person, number: str = "", attached: Sequence[Attachment] = ()
) -> Typed:
    """Read the present form; files are taken in at once, so that a second try need not send them again."""
    typed = from_fields(specs, dict(request.form.lists()), by, attached)
    for spec in specs:
        if spec.kind is Kind.FILES:
            _take_files(typed, spec, by, number)
    return typed


def happened(typed: Typed) -> datetime | None:
    """Return when the deed happened, where a date of its own was typed. Raises Invalid."""
    text = str(typed.values.get("on") or "").strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(zoned(text))
    except ValueError:
        raise Invalid(
            [Problem("on", sentence("Bukan tanggal dan jam yang ada. Contoh: 2026-03-31 09:30."))]
        ) from None


def raw(spec: Fact, form: MultiDict[str, str]) -> Any:  # noqa: ANN401 - strings, lists or rows: facts.read decides
    """Return what was typed into a field, in the shape that its kind has."""
    if spec.kind is Kind.ROWS:
        columns = [form.getlist(f"{spec.name}.{column.id}") for column in spec.choices]
        count = max((len(column) for column in columns), default=0)
        return [
            {
                column.id: cells[i] if i < len(cells) else ""
                for column, cells in zip(spec.choices, columns, strict=True)
            }
            for i in range(count)
        ]
    if spec.kind in LISTS:
        return form.getlist(spec.name)
    text = form.get(spec.name, "")
    return zoned(text) if spec.kind is Kind.MOMENT else text


def zoned(text: str) -> str:
    """Return a `datetime-local` value with the office's zone; what cannot be read, as it is."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return (
        moment.replace(tzinfo=office().tools.calendar.zone).isoformat()
        if moment.tzinfo is None
        else text
    )


def _take_files(typed: Typed, spec: Fact, by: Person, number: str) -> None:
    kept = typed.files[spec.name]
    uploads = [upload for upload in request.files.getlist(spec.name) if upload.filename]
    if len(uploads) > _MOST_FILES:
        typed.blame(
            [
                Problem(
                    spec.name,
                    sentence("Paling banyak {most} berkas sekali kirim.", most=_MOST_FILES),
                )
            ]
        )
        return
    for upload in uploads:
        try:
            kept.append(
                office().attachments.keep(
                    by,
                    spec.name,
                    str(upload.filename),
                    cast("BinaryIO", upload.stream),
                    number=number,
                )
            )
        except Invalid as error:
            typed.blame(error.problems)
    typed.values[spec.name] = [*typed.values.get(spec.name, []), *(a.id for a in kept)]


def as_fields(typed: Typed, fields: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what a draft should keep: the fields, and the files handed in with them."""
    return {**fields, **{name: [a.id for a in kept] for name, kept in typed.files.items()}}
