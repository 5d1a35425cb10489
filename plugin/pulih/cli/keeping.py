"""Commands that take the whole office out and bring it back: export, import, backup, restore."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

import click

from pulih.bootstrap import utc_now
from pulih.cli.bar import shown
from pulih.cli.base import EXIT, main, mapped, office_option, said, say
from pulih.cli.stores import given, opened, opened_here
from pulih.cli.verifying import report
from pulih.config import FILE, read_settings
from pulih.config.edit import standing_on
from pulih.errors import Invalid, NotFound
from pulih.keeping.backup import Working, backup
from pulih.keeping.draft import draft, told
from pulih.keeping.export import MARKS, export
from pulih.keeping.loading import load
from pulih.keeping.reading import check
from pulih.keeping.restore import BROKEN_FILE, Aim, restore
from pulih.ports import Document
from pulih.publish.site import SitePublisher
from pulih.store.refusals import closed
from pulih.store.schema import CLOSED
from pulih.wording import N_, sentence

_STANDARD = Path("-")
_IN_MEMORY = 16 << 20
_stream = click.Path(path_type=Path, allow_dash=True)


@main.command(name="export", help=N_("Tulis semua catatan dan berkas sebagai JSON Lines."))
@office_option
@click.argument("file", type=_stream)
@mapped
def export_(folder: Path, file: Path) -> None:
    """Write an export."""
    with ExitStack() as held:
        _settings, store, files = held.enter_context(opened_here(folder))
        view = held.enter_context(store.reading())
        tell = held.enter_context(shown(sentence("Mengekspor")))
        held.enter_context(told(file))
        out = sys.stdout.buffer if file == _STANDARD else held.enter_context(draft(file))
        done = export(view, out, files=files, tell=tell)
        out.flush()
        mark = view.get(MARKS, CLOSED)
    click.echo(
        say(
            "{documents} dokumen dan {files} berkas diekspor.",
            documents=done.documents,
            files=done.files,
        ),
        err=True,
    )
    _regret(done.lost)
    _hold_open(mark)


@main.command(name="import", help=N_("Masukkan ekspor ke kantor yang masih kosong."))
@office_option
@click.argument("file", type=_stream)
@mapped
def import_(folder: Path, file: Path) -> None:
    """Read an export; leave with the code of what is invalid when something in it is wrong."""
    with opened_here(folder) as (_settings, store, files), _source(file) as source:
        with shown(sentence("Memeriksa ekspor")) as tell:
            export = check(source, tell)
        source.seek(0)
        with shown(sentence("Memasukkan")) as tell:
            done = load(store, source, files=files, of=export.size, tell=tell)
        click.echo(
            say(
                "{documents} dokumen dan {files} berkas dimasukkan.",
                documents=done.documents,
                files=done.files,
            )
        )
        _regret(done.lost)
        if not export.has_files:
            click.echo(
                say("Ekspor ini tanpa isi berkas; pindahkan isi berkas dengan cara lain."), err=True
            )
        count = report(store, files)
    if count:
        _warn(
            say(
                "Semuanya sudah dimasukkan, tetapi ada yang salah di dalamnya: {count}, disebut di atas.",
                count=count,
            )
        )


@main.command(name="backup", help=N_("Buat cadangan kantor ini dalam satu berkas, sambil bekerja."))
@office_option
@click.argument("target", type=click.Path(path_type=Path))
@mapped
def backup_(folder: Path, target: Path) -> None:
    """Make a backup; leave with the code of what is invalid when an attachment could not be put in."""
    with opened_here(folder) as (settings, store, files):
        turn = SitePublisher(settings.folder, settings.site).turn()
        at = utc_now().astimezone(settings.zone)
        done = backup(Working(settings.folder, store, files, turn), target, at, shown)
        with store.reading() as view:
            mark = view.get(MARKS, CLOSED)
    click.echo(
        say(
            "Cadangan {path}: {tickets} tiket, {files} berkas, {size} byte; sudah dibaca ulang dan utuh.",
            path=done.path,
            tickets=done.manifest.tickets,
            files=done.manifest.files,
            size=done.size,
        )
    )
    _regret(done.manifest.lost)
    _hold_open(mark)
    if done.manifest.lost:
        _warn(say("Cadangan ini disimpan tanpa berkas-berkas itu."))


@main.command(name="restore", help=N_("Pulihkan cadangan ke folder yang belum ada atau kosong."))
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--database",
    default="",
    help=N_(
        "Pulihkan catatan ke basis data PostgreSQL yang kosong, bukan ke folder itu; "
        "postgresql saja: alamatnya dari PULIH_NEW_DATABASE, atau ditanyakan."
    ),
)
@mapped
def restore_(file: Path, folder: Path, database: str) -> None:
    """Restore a backup; leave with the code of what is invalid when something in it is wrong."""
    database = given(database).database
    done = restore(file, Aim(folder, database, os.environ, opened), shown)
    click.echo(
        say(
            "Cadangan {made} dipulihkan di {folder}: {tickets} tiket, {files} berkas.",
            made=done.manifest.made,
            folder=folder,
            tickets=done.manifest.tickets,
            files=done.manifest.files,
        )
    )
    _regret(done.manifest.lost)
    with opened(standing_on(read_settings(folder, os.environ), database)) as (store, files):
        count = report(store, files)
    click.echo(
        say(
            "Berikutnya: pulih publish --office {folder} --all, lalu pulih serve --office {folder}",
            folder=folder,
        )
    )
    if done.settings:
        click.echo(
            say(
                "{file} di cadangan ini tidak dapat dipakai, dan disimpan sebagai {broken}. Kantor ini sementara "
                "memakai setelan biasa: salin kembali setelan kantor ke {file}, kecuali database.",
                file=FILE,
                broken=BROKEN_FILE,
            ),
            err=True,
        )
        click.echo(said(done.settings), err=True)
    if count:
        _warn(
            say(
                "Semuanya sudah dipulihkan, tetapi ada yang salah di dalamnya: {count}, disebut di atas.",
                count=count,
            )
        )
    if done.settings:
        sys.exit(EXIT[Invalid])


def _hold_open(mark: Document | None) -> None:
    """Do nothing where the office works on this store; elsewhere what was just written is old."""
    if mark is not None:
        _warn(say(closed(mark).sentence))


def _warn(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(EXIT[Invalid])


@contextmanager
def _source(file: Path) -> Iterator[BinaryIO]:
    """Open an export so that it can be read twice: to be checked, and to be taken in."""
    if file != _STANDARD:
        if not file.is_file():
            raise NotFound("{name} tidak ditemukan. Periksa penulisannya.", name=file.name)
        with told(file), file.open("rb") as opened_file:
            yield opened_file
        return
    with told(file), tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.seek(0)
        yield cast("BinaryIO", copy)


def _regret(lost: Sequence[str]) -> None:
    if lost:
        click.echo(
            say(
                "{count} berkas sudah hilang atau rusak sebelumnya. Lihat mana: pulih verify",
                count=len(lost),
            ),
            err=True,
        )
