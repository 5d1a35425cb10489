"""`pulih search`: past cases by words, in a terminal."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click

from pulih.bootstrap import look_into
from pulih.cli.base import main, mapped, office_option, say
from pulih.config import read_settings
from pulih.domain.people import Person, Role
from pulih.domain.search import Found, Match, OpenMatch, Query
from pulih.service.answers import answer, facet_names
from pulih.wording import N_, Sentence, sentence

NOTHING = 1  # the exit code where nothing fits, as of grep
_HERE = Person("terminal", "Terminal", Role.ADMIN)  # who reads the office's folder reads its cases
_WIDTH, _LINE, _MOST_READ, _MOST = 80, 240, 10_000, 100


@main.command(
    name="search",
    help=N_(
        "Cari kasus dengan kata-kata bebas; “-” membacanya dari masukan baku. Kode akhir 1: tidak ada yang cocok."
    ),
)
@click.argument("words", nargs=-1, metavar="[KATA …]")
@office_option
@click.option("--agency", default="", help=N_("Hanya kasus OPD ini (kodenya, misalnya dukcapil)."))
@click.option("--device-kind", default="", help=N_("Hanya jenis perangkat ini (misalnya switch)."))
@click.option("--fault-type", default="", help=N_("Hanya jenis gangguan ini (kodenya)."))
@click.option("--year", type=click.IntRange(1, 9999), help=N_("Hanya kasus dari tahun ini."))
@click.option(
    "--limit",
    type=click.IntRange(1, _MOST),
    default=5,
    show_default=True,
    help=N_("Paling banyak sekian kasus."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Tulis satu objek JSON."))
@mapped
def search(
    words: tuple[str, ...],
    folder: Path,
    limit: int,
    *,
    year: int | None,
    as_json: bool,
    **only: str,
) -> None:
    """Search; end with a code of its own where nothing fits."""
    typed = _typed(words)
    facets = {**only, "year": str(year or "")}
    query = Query(words=typed, only=tuple((k, v) for k, v in facets.items() if v), most=limit)
    office = look_into(read_settings(folder, os.environ))
    try:
        found = office.finding.search(_HERE, query)
        with office.tools.store.reading() as records:
            names = facet_names(records)
    finally:
        office.close()
    if as_json:
        click.echo(json.dumps(answer(found, names, say), ensure_ascii=False, indent=2))
    else:
        for line in _lines(found, office.tools.calendar.day):
            click.echo(line)
    if not found.matches:
        sys.exit(NOTHING)


def _typed(words: tuple[str, ...]) -> str:
    if words != ("-",):
        return " ".join(words)[:_MOST_READ]
    return sys.stdin.buffer.read(_MOST_READ).decode("utf-8", "replace")


def _lines(found: Found, day: timedelta) -> Iterator[str]:
    """Yield what a person reads, at most 80 columns wide."""
    yield say("{count} kasus cocok.", count=found.total)
    if found.behind:
        told = "Indeks sedang disusun ulang; {count} kasus dibaca langsung dari arsip."
        yield from _folded(say(told, count=found.behind))
    if found.instead:
        yield from _folded(say("Mungkin maksud Anda: {words}", words=found.instead))
    for place, match in enumerate(found.matches, 1):
        yield from ("", *_told(match, f"{place}. ", day))
    if found.open:
        yield from ("", say("Sedang ditangani:"))
        for ticket in found.open:
            yield from _open(ticket)
    if found.near:
        yield from ("", say("Yang paling mendekati:"))
        for match in found.near:
            yield from ("", *_told(match, "~  ", day))


def _told(match: Match, mark: str, day: timedelta) -> Iterator[str]:
    case = match.article
    yield from _folded(f"{case.number}  {case.title}", mark)
    filed = (case.agency_name, case.device_make, case.fault_name, case.resolved.isoformat())
    yield from _folded(" · ".join(filter(None, filed)))
    if match.reasons:
        yield from _folded(say("Mengapa: {reasons}", reasons="; ".join(map(say, match.reasons))))
    for label, text in (
        (N_("Penyebab: {words}"), match.cause),
        (N_("Tindakan: {words}"), match.fix),
    ):
        if text:
            yield from _folded(say(label, words=textwrap.shorten(text, _LINE, placeholder=" …")))
    after = [say(_took(match.took, day))] if match.took is not None else []
    if match.came_back:
        after.append(say("Kambuh: {numbers}", numbers=", ".join(match.came_back)))
    if after:
        yield from _folded(" · ".join(after))


def _took(time: timedelta, day: timedelta) -> Sentence:
    days, rest = divmod(time, day)
    hours = round(rest / timedelta(hours=1), 1)
    if days:
        return sentence("Pulih dalam {days} hari kerja {hours} jam", days=days, hours=round(hours))
    return sentence("Pulih dalam {hours} jam", hours=hours)


def _open(ticket: OpenMatch) -> Iterator[str]:
    yield from _folded(f"{ticket.number}  {ticket.subject}", "-  ")
    where = say("langkah {step}, surat {day}", step=ticket.step, day=ticket.received.isoformat())
    yield from _folded(f"{ticket.agency_name} · {where}")


def _folded(text: str, mark: str = "") -> list[str]:
    indent = "   "
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=mark or indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
