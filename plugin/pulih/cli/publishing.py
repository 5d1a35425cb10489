"""Commands about the wiki: publishing it, and how that and its copies in other places stand."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pulih.bootstrap import Office
from pulih.cli.base import EXIT, main, mapped, office_option, open_here, say
from pulih.domain.place import PlaceState, WikiState
from pulih.errors import Unavailable
from pulih.jobs import Collected
from pulih.wording import N_

_MOST = 20


@main.command(help=N_("Terbitkan yang menunggu ke wiki, lalu salin ke tempat-tempat lainnya."))
@office_option
@click.option(
    "--all", "everything", is_flag=True, help=N_("Bangun situs juga bila tidak ada yang menunggu.")
)
@click.option(
    "--state", "only_tell", is_flag=True, help=N_("Tunjukkan saja keadaannya; tidak menerbitkan.")
)
@mapped
def publish(folder: Path, *, everything: bool, only_tell: bool) -> None:
    """Publish what is due, and carry it to the places; end with a code of its own where one of them fails."""
    office = open_here(folder, Collected())
    if only_tell:
        _tell(office, office.wiki.known())
        office.close()
        return
    count = office.wiki.publish(anyway=everything)
    if everything:
        click.echo(say("Situs dibangun; {count} halaman baru atau berubah.", count=count))
    else:
        click.echo(say("{count} halaman diterbitkan.", count=count))
    places = office.wiki.carry(anyway=True, wait=True)
    for place in places:
        _tell_place(office, place)
    office.close()
    if any(place.why for place in places):
        sys.exit(EXIT[Unavailable])


def _tell(office: Office, state: WikiState) -> None:
    at = _at(office, state.published_at) if state.published_at else "–"
    click.echo(say("Terakhir terbit: {at}. Kasus di wiki: {count}.", at=at, count=state.cases))
    for page in state.waiting[:_MOST]:
        click.echo(say("Menunggu: {number} ({why})", number=page.number, why=page.why))
    if len(state.waiting) > _MOST:
        click.echo(say("Menunggu: {count} lagi.", count=len(state.waiting) - _MOST))
    if state.asked_at:
        click.echo(
            say(
                "Terbit ulang diminta {at} oleh {name}.",
                at=_at(office, state.asked_at),
                name=state.asked_by,
            )
        )
    if state.why and state.failed_at:
        click.echo(say("Gagal {at}: {why}", at=_at(office, state.failed_at), why=state.why))
        for line in state.cause.splitlines():
            click.echo(f"  {line}")
    for place in state.places:
        _tell_place(office, place)


def _tell_place(office: Office, place: PlaceState) -> None:
    if place.why:
        click.echo(say("Gagal ke {place}: {why}", place=place.place, why=place.why), err=True)
    elif place.shown_at is None:
        click.echo(say("Belum pernah disalin ke {place}.", place=place.place))
    elif place.waiting:
        at = _at(office, place.shown_at)
        click.echo(say("Menunggu disalin ke {place}; terakhir {at}.", place=place.place, at=at))
    else:
        at = _at(office, place.shown_at)
        click.echo(
            say("Di {place} sejak {at}: {opens}", place=place.place, at=at, opens=place.opens)
        )


def _at(office: Office, moment: datetime) -> str:
    return f"{moment.astimezone(office.settings.zone):%Y-%m-%d %H:%M}"
