"""`pulih move-files`: the contents of attachments to where the setting `files` says."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from pulih.bootstrap import office_files
from pulih.cli.bar import shown
from pulih.cli.base import EXIT, main, mapped, office_option, say
from pulih.cli.stores import opened_here
from pulih.config import Settings
from pulih.config.keys import KEYS
from pulih.errors import Invalid, NotFound, Problem, Refused
from pulih.keeping.carry import carry
from pulih.wording import N_, sentence


@main.command(
    name="move-files", help=N_("Salin isi lampiran dari tempat lamanya ke tempat menurut files.")
)
@office_option
@click.option(
    "--from",
    "place",
    required=True,
    help=N_("Tempat lamanya: folder, database, atau s3://nama-bucket/awalan."),
)
@mapped
def move_files(folder: Path, place: str) -> None:
    """Carry contents over; nothing is removed where they were."""
    with opened_here(folder) as (settings, store, files):
        old = _standing_in(settings, place)
        with closing(office_files(old)) as source, shown(sentence("Menyalin berkas")) as tell:
            done = carry(store, source, files, tell)
        click.echo(
            say(
                "{carried} berkas disalin dari {old} ke {new}; {there} sudah ada di sana.",
                carried=done.carried,
                old=old.files,
                new=place_of_files(settings),
                there=done.there,
            )
        )
    if done.lost:
        click.echo(
            say(
                "{count} berkas tidak ada, atau rusak, di kedua tempat. Periksa isi --from; lihat mana: pulih verify",
                count=len(done.lost),
            ),
            err=True,
        )
        sys.exit(EXIT[NotFound])


def place_of_files(settings: Settings) -> str:
    """Return where attachments lie, also where the setting leaves that to the records."""
    return settings.files or ("database" if settings.database else "folder")


def _standing_in(settings: Settings, place: str) -> Settings:
    key = KEYS["files"]
    try:
        old = replace(settings, files=str(key.fit(place or "–")))  # empty is no place here
    except ValueError as error:
        raise Invalid(
            [Problem("--from", sentence(key.cure))], sentence("Tempat lama itu tidak dikenal.")
        ) from error
    if old.files == "database" and not settings.database:
        raise Refused(
            "Kantor ini tidak memakai basis data, jadi lampirannya tidak pernah ada di sana."
        )
    if old.files == place_of_files(settings):
        raise Refused(
            "Lampiran kantor ini memang di {place}. Isi --from dengan tempat lamanya, "
            "atau ubah dahulu setelan files.",
            place=old.files,
        )
    return old
