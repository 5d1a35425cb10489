"""`pulih verify`: whether the office keeps what it should, and nobody rewrote it."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from pulih.cli.bar import shown
from pulih.cli.base import EXIT, main, mapped, office_option, say
from pulih.cli.stores import opened_here
from pulih.errors import Invalid
from pulih.keeping.draft import draft, told
from pulih.keeping.flaw import Flaw
from pulih.keeping.record import read_record, write_record
from pulih.keeping.verify import against, verify
from pulih.ports import Files
from pulih.store.office import DocumentStore
from pulih.wording import N_, sentence

_file = click.Path(path_type=Path, dir_okay=False)


@main.command(name="verify", help=N_("Periksa catatan, berkas, dan rantai riwayat semua tiket."))
@office_option
@click.option(
    "--record",
    type=_file,
    help=N_("Catat ujung tiap riwayat dan segel ke berkas ini, untuk disimpan di tempat lain."),
)
@click.option(
    "--against",
    "recorded",
    type=_file,
    help=N_("Bandingkan dengan yang pernah dicatat dengan --record."),
)
@click.option("--without-contents", is_flag=True, help=N_("Jangan baca isi berkas lampiran."))
@mapped
def verify_(
    folder: Path, record: Path | None, recorded: Path | None, *, without_contents: bool
) -> None:
    """Verify the office; leave with the code of what is invalid when something is wrong."""
    with opened_here(folder) as (_settings, store, files):
        count = report(store, files, contents=not without_contents)
        if recorded:
            with store.reading() as view, told(recorded), recorded.open("rb") as source:
                count += sum(_show(flaw) for flaw in against(view, read_record(source)))
        if record:
            with store.reading() as view, draft(record) as out:
                tickets = write_record(view, out)
            click.echo(
                say(
                    "Ujung riwayat {count} tiket dicatat di {file}. Simpan di luar server ini.",
                    count=tickets,
                    file=record,
                )
            )
    if count:
        sys.exit(EXIT[Invalid])


def report(store: DocumentStore, files: Files, *, contents: bool = True) -> int:
    """Verify a store and say what is found; return how many flaws."""
    looked = 0
    with ExitStack() as held:
        bar = held.enter_context(shown(sentence("Memeriksa")))

        def tell(done: int, of: int) -> None:
            nonlocal looked
            looked = of
            bar(done, of)

        count = sum(_show(flaw) for flaw in verify(store, files, contents=contents, tell=tell))
    if count:
        click.echo(
            say(
                "{looked} dokumen dan berkas diperiksa; {count} kesalahan.",
                looked=looked,
                count=count,
            )
        )
    else:
        click.echo(say("{looked} dokumen dan berkas diperiksa; semuanya benar.", looked=looked))
    return count


def _show(flaw: Flaw) -> int:
    place = " ".join(filter(None, (flaw.table, flaw.key)))
    said = say(flaw.sentence)
    click.echo(f"{place}: {said}" if place else said)
    return 1
