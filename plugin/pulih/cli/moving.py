"""`pulih move-store`: from the file to PostgreSQL, and back."""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path

import click

from pulih.cli.bar import shown
from pulih.cli.base import main, mapped, office_option, say
from pulih.cli.stores import NEW_DATABASE, Given, given, opened
from pulih.config import FILE, Settings, read_settings
from pulih.config.address import has_password, masked, place_of
from pulih.config.edit import stand_on, standing_on
from pulih.errors import PulihError, Refused, Unavailable
from pulih.keeping import marks
from pulih.keeping.lost import hold_lost
from pulih.keeping.marks import Why
from pulih.keeping.move import Moved, Place, back_out, move
from pulih.store.office import DocumentStore
from pulih.wording import N_

_EMBEDDED, _DATABASE, _FILES = "embedded", "PULIH_DATABASE", "PULIH_FILES"
_MOVED_UNSAID = 78  # sysexits.h: EX_CONFIG


@main.command(
    name="move-store", help=N_("Pindahkan catatan ke PostgreSQL, atau kembali ke berkas.")
)
@office_option
@click.option(
    "--to",
    required=True,
    help=N_(
        "embedded (berkas di folder kantor); postgresql://…; atau postgresql saja: alamatnya lalu dibaca dari "
        "PULIH_NEW_DATABASE atau ditanyakan, dan kata sandinya tidak terlihat oleh siapa pun di mesin ini."
    ),
)
@click.option(
    "--back-out", "giving_up", is_flag=True, help=N_("Batalkan pemindahan yang belum selesai.")
)
@mapped
def move_store(folder: Path, to: str, *, giving_up: bool) -> None:
    """Move the records, or give up a move.

    Ends with 78 where the move is finished, and `pulih.toml` could not be changed.
    """
    settings = read_settings(folder, os.environ)
    hold_lost(settings)
    address = Given("") if to == _EMBEDDED else given(to)
    target = standing_on(settings, address.database)
    if target.database == settings.database:
        raise Refused(
            "Kantor ini sudah bekerja di penyimpanan itu; tidak ada yang perlu dipindahkan."
        )
    if giving_up:
        _back_out(settings, target)
        return
    if os.environ.get(_FILES) and target.files != settings.files:
        raise Refused(
            "{name}={value} tidak cocok dengan penyimpanan tujuan; tidak ada yang dipindahkan. "
            "Hapus variabel itu dari lingkungan semua layanan, lalu ulangi.",
            name=_FILES,
            value=settings.files,
        )
    place = place_of(target.database)
    with opened(settings) as old, opened(target) as new:
        try:
            moved = move(Place(*old, place_of(settings.database)), Place(*new, place), shown)
        except PulihError:
            _tell_closed(old[0])
            raise
    _tell(moved)
    click.echo(say("Pindah ke {place} selesai.", place=place))
    _point(settings.folder, address)


def _point(folder: Path, address: Given) -> None:
    """Let the office's settings name the new store, or say who must."""
    secret = address.secretly and has_password(address.database)
    elsewhere = bool(address.database) and (secret or bool(os.environ.get(_DATABASE)))
    try:
        written = stand_on(folder, address.database, elsewhere=elsewhere)
    except PulihError as error:
        line = f"database = {json.dumps(masked(address.database))}"
        click.echo(
            say(
                "Pemindahan sudah selesai, hanya {file} belum menunjuk ke sana. {why} Yang harus ada di sana: {line}",
                file=FILE,
                why=error.sentence,
                line=line,
            ),
            err=True,
        )
        sys.exit(_MOVED_UNSAID)
    if written:
        click.echo(
            say(
                "{file} sekarang memuat kata sandi dan hanya boleh dibaca pemiliknya. Lebih aman: tulis alamat itu "
                "di {name} di lingkungan layanan, dan kosongkan di {file}.",
                file=FILE,
                name=_DATABASE,
            )
        )
    if elsewhere:
        click.echo(
            say(
                "Isi {name} di lingkungan semua layanan dan pekerja dengan alamat itu ({address}); di {file} alamatnya "
                "tidak ditulis. Lalu jalankan ulang semuanya.",
                name=_DATABASE,
                address=masked(address.database),
                file=FILE,
            )
        )
    elif os.environ.get(_DATABASE):
        click.echo(
            say(
                "Hapus {name} dari lingkungan semua layanan dan pekerja: variabel itu mendahului {file}. "
                "Lalu jalankan ulang semuanya.",
                name=_DATABASE,
                file=FILE,
            )
        )
    else:
        click.echo(
            say("{file} menunjuk ke sana. Jalankan ulang semua layanan dan pekerja.", file=FILE)
        )
    if os.environ.get(NEW_DATABASE):
        click.echo(say("Hapus {name}; variabel itu tidak dipakai lagi.", name=NEW_DATABASE))


def _tell_closed(store: DocumentStore) -> None:
    """Say so if the office is still closed after a move that failed."""
    try:
        with store.reading() as view:
            mark = marks.closed(view)
    except Unavailable:  # which is what will be told
        return
    if mark is not None and mark.why == Why.MOVING:
        click.echo(
            say(
                "Kantor ini tertutup bagi yang menyimpan sampai pemindahannya selesai. "
                "Jalankan perintah yang sama untuk melanjutkan, atau tambahkan --back-out untuk membatalkan."
            ),
            err=True,
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
