"""Commands that keep the office going: the desk in the browser, the background work, the page of the procedure."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from pulih.bootstrap import Office, bind_jobs
from pulih.cli.base import main, mapped, office_option, open_here, say
from pulih.cli.carrying import place_of_files
from pulih.config import read_settings
from pulih.domain.people import Person, Role
from pulih.errors import Unavailable
from pulih.publish.sop_page import PAGE, PICTURE, write_sop
from pulih.wording import N_


@main.command(help=N_("Layani kantor di peramban; pekerjaan latar ikut berjalan."))
@office_option
@click.option("--host", help=N_("Alamat yang didengarkan."))
@click.option("--port", type=click.IntRange(1, 65535), help=N_("Port yang didengarkan."))
@click.option(
    "--without-worker", is_flag=True, help=N_("Pekerjaan latar dijalankan terpisah: pulih worker.")
)
@mapped
def serve(folder: Path, host: str | None, port: int | None, *, without_worker: bool) -> None:
    """Serve the office."""
    from pulih.web.server import serve as serve_web  # noqa: PLC0415 - Flask is not needed to make an office

    office = open_here(folder)
    settings = office.settings
    host, port = host or settings.host, port or settings.port
    serve_web(
        office, host, port, worker=not without_worker, ready=lambda: _welcome(office, host, port)
    )


def _welcome(office: Office, host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    click.echo(say("Meja : http://{host}:{port}/", host=shown, port=port))
    click.echo(say("Wiki : http://{host}:{port}/wiki/", host=shown, port=port))
    if office.settings.demo:
        from pulih.demo.loading import PASSWORD  # noqa: PLC0415 - only a demo office has it

        click.echo(say("Yang dapat masuk (kata sandi semuanya: {password}):", password=PASSWORD))
        for person in _everybody(office):
            click.echo(f"  {person.id:<16} {say(person.role.label)} – {person.name}")
    elif not any(person.role is Role.ADMIN for person in _everybody(office)):
        click.echo(
            say(
                "Belum ada akun. Buat yang pertama: pulih create-admin --office {folder}",
                folder=office.settings.folder,
            )
        )
    click.echo(say("Hentikan dengan Ctrl+C."))
    sys.stdout.flush()
    _look_for_files(office)


def _look_for_files(office: Office) -> None:
    """Say when attachments are not where the settings say. The desk comes up all the same."""
    settings = office.settings
    try:
        missing = office.attachments.missing()
    except Unavailable as error:
        click.echo(
            say(
                "Meja berjalan, tetapi lampiran belum dapat disimpan atau dibaca. {why}",
                why=error.sentence,
            ),
            err=True,
        )
        return
    if missing:
        click.echo(
            say(
                "Isi lampiran {name} (tiket {number}) tidak ada di {place}, tempat menurut setelan files. "
                "Bila masih ada di tempat lamanya, salin semuanya: "
                "pulih move-files --office {folder} --from {old}",
                name=missing.name,
                number=missing.ticket,
                place=place_of_files(settings),
                folder=settings.folder,
                old="folder" if (settings.data / "files").is_dir() else "database|s3://…",
            ),
            err=True,
        )


def _everybody(office: Office) -> list[Person]:
    with office.tools.store.reading() as records:
        order = list(Role)
        return sorted(records.people.all(), key=lambda p: (order.index(p.role), p.id))


@main.command(help=N_("Kerjakan pekerjaan latar saja: penerbitan wiki dan pemeriksaan jaringan."))
@office_option
@mapped
def worker(folder: Path) -> None:
    """Do the background work only."""
    jobs = bind_jobs(open_here(folder))
    if jobs:
        click.echo(say("Pekerjaan latar berjalan. Hentikan dengan Ctrl+C."))
        jobs.run_worker()


@main.command(name="write-sop", help=N_("Tulis ulang halaman SOP di wiki dari data prosedur."))
@office_option
@mapped
def sop(folder: Path) -> None:
    """Write the wiki's page about the procedure."""
    settings = read_settings(
        folder, os.environ
    )  # a folder without an office is no place for a page
    try:
        write_sop(settings.folder)
    except OSError as error:
        raise Unavailable(
            "{path} tidak dapat ditulis. Periksa ruang disk dan izin foldernya, lalu ulangi.",
            path=settings.folder / PAGE,
        ) from error
    click.echo(
        say(
            "Halaman SOP ditulis: {page} dan {picture}. Berikutnya: pulih publish --office {folder} --all",
            page=PAGE,
            picture=PICTURE,
            folder=folder,
        )
    )
