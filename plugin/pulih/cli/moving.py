"""`pulih move-store`: from the file to PostgreSQL, and back."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import click

from pulih.cli.bar import shown
from pulih.cli.base import main, mapped, office_option, say
from pulih.cli.stores import opened
from pulih.config import FILE, Settings, read_settings
from pulih.config.edit import place_of, stand_on, standing_on
from pulih.errors import Refused, Unavailable
from pulih.keeping.move import Moved, Place, back_out, move
from pulih.wording import N_

_EMBEDDED, _VARIABLE = "embedded", "PULIH_DATABASE"


@main.command(
    name="move-store", help=N_("Pindahkan catatan ke PostgreSQL, atau kembali ke berkas.")
)
@office_option
@click.option(
    "--to", required=True, help=N_("postgresql://… atau embedded (berkas di folder kantor).")
)
@click.option(
    "--back-out", "giving_up", is_flag=True, help=N_("Batalkan pemindahan yang belum selesai.")
)
@mapped
def move_store(folder: Path, to: str, *, giving_up: bool) -> None:
    """Move the records, or give up a move."""
    settings = read_settings(folder, os.environ)
    target = standing_on(settings, "" if to == _EMBEDDED else to)
    if target.database == settings.database:
        raise Refused(
            "Kantor ini sudah bekerja di penyimpanan itu; tidak ada yang perlu dipindahkan."
        )
    if giving_up:
        _back_out(settings, target)
        return
    with opened(settings) as old, opened(target) as new:
        place = place_of(target.database)
        moved = move(Place(*old, place_of(settings.database)), Place(*new, place), shown)
    _tell(moved)
    stand_on(settings.folder, target.database)
    click.echo(
        say(
            "Pindah ke {place} selesai, dan {file} menunjuk ke sana. Jalankan ulang semua layanan dan pekerja.",
            place=place,
            file=FILE,
        )
    )
    if os.environ.get(_VARIABLE):
        click.echo(
            say("Ubah juga {name}: variabel itu mendahului {file}.", name=_VARIABLE, file=FILE)
        )


def _tell(moved: Moved) -> None:
    for table, held in moved.tables.items():
        click.echo(f"{table:<14} {held.count:>9}  {held.digest[:16]}")
    if moved.tables:
        click.echo(say("Kedua penyimpanan sama. Berkas yang disalin: {files}.", files=moved.files))


def _back_out(settings: Settings, target: Settings) -> None:
    with ExitStack() as held:
        old, _files = held.enter_context(opened(settings))
        try:
            new, _files = held.enter_context(opened(target))
        except Unavailable:  # the office matters more than what lies half filled there
            back_out(old, None)
        else:
            back_out(old, new)
    click.echo(say("Pemindahan dibatalkan; kantor bekerja lagi di penyimpanan semula."))
