"""Commands that make an office: a new one, one to try things out, its first account."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pulih import errors
from pulih.bootstrap import Office, open_office, utc_now
from pulih.cli.bar import shown
from pulih.cli.base import main, mapped, office_option, open_here, said, say
from pulih.cli.shipped import shipped
from pulih.config import FILE, read_settings, write_settings
from pulih.domain.people import Person, Role
from pulih.wording import N_, sentence


@main.command(help=N_("Buat kantor baru: setelan, wiki, dan mkdocs.yml."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help=N_("Nama kantor, untuk kepala halaman dan formulir."))
@mapped
def new(folder: Path, name: str | None) -> None:
    """Make an office."""
    new_office(folder, **({"name": name} if name else {}))
    click.echo(
        say(
            "Kantor dibuat di {folder}. Berikutnya: pulih create-admin --office {folder}",
            folder=folder,
        )
    )


def new_office(folder: Path, **settings: object) -> None:
    """Make the folder of an office: settings, hand-written wiki pages, `mkdocs.yml`.

    Raises:
        Refused: There is an office already, or something else is in the way.
    """
    if folder.exists() and any(folder.iterdir()):
        raise errors.Refused("Folder {folder} tidak kosong. Pilih folder baru.", folder=folder)
    made = write_settings(folder, **settings)
    for place, content in shipped(made.name):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(content)


@main.command(help=N_("Buat kantor percontohan, sekali saja."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@mapped
def demo(folder: Path) -> None:
    """Make a demo office."""
    if (folder / FILE).exists():
        if not read_settings(folder, {}).demo:
            raise errors.Refused(
                "Di {folder} sudah ada kantor, dan bukan percontohan. Pilih folder baru.",
                folder=folder,
            )
        click.echo(
            say(
                "Kantor percontohan sudah ada di {folder}. Jalankan: pulih serve --office {folder}",
                folder=folder,
            )
        )
        return
    from pulih.demo.beside import KnowledgeDesks  # noqa: PLC0415 - only needed here
    from pulih.demo.data import load  # noqa: PLC0415 - a large reading, only needed here
    from pulih.demo.letterhead import decide  # noqa: PLC0415 - as above
    from pulih.demo.loading import WIKI_SAYS_SO, Desks, SetClock, fill  # noqa: PLC0415 - as above
    from pulih.jobs import Collected  # noqa: PLC0415 - as above
    from pulih.probes import rehearsed  # noqa: PLC0415 - as above
    from pulih.service.probing import ProbeDesk  # noqa: PLC0415 - as above

    click.echo(say("Membuat kantor percontohan di {folder} …", folder=folder))
    # Made beside and renamed, so that a demo office that is there is whole.
    draft = folder.with_name(folder.name + ".baru")
    shutil.rmtree(draft, ignore_errors=True)
    new_office(
        draft,
        demo=True,
        probe_ranges=["127.0.0.0/8"],
    )
    with (draft / "wiki" / "assets" / "pulih.css").open("a", encoding="utf-8") as sheet:
        sheet.write(WIKI_SAYS_SO)
    clock = SetClock()
    office = open_office(read_settings(draft, {}), now=clock, jobs=Collected())
    knowing = KnowledgeDesks(
        office.finding,
        office.knowledge,
        office.retracting,
        office.outgoing,
        office.wanted,
        lambda told: ProbeDesk(replace(office.tools, probes=rehearsed(clock, told)), office.paths),
    )
    desks = Desks(
        office.accounts, office.registry, office.tickets, office.attachments, knowing, clock
    )
    with shown(sentence("Surat dan tiket")) as tell:
        data = load(utc_now().astimezone(office.settings.zone).date())
        fill(desks, data, tell)
    decide(office.paper_settings, next(p for p in data.people if p.role is Role.ADMIN))
    click.echo(say("Membangun wiki …"))
    clock.at = max(a.closed_at for a in _articles(office))
    office.cases.publish_due()
    office.close()
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)


def _articles(office: Office) -> list[Any]:
    with office.tools.store.reading() as records:
        return records.articles.find()


@main.command(
    name="create-admin", help=N_("Buat akun administrator: yang pertama, atau satu lagi.")
)
@office_option
@click.option("--id", "key", prompt=N_("Nama pengguna"), help=N_("Nama pengguna."))
@click.option("--name", prompt=N_("Nama lengkap"), help=N_("Nama lengkap."))
@click.password_option(
    prompt=N_("Kata sandi"),
    confirmation_prompt=N_("Sekali lagi"),
    help=N_("Kata sandi; ditanyakan bila tidak diberikan."),
)
@mapped
def create_admin(folder: Path, key: str, name: str, password: str) -> None:
    """Make an administrator's account; whoever sits before it may mend what does not fit."""
    office = open_here(folder)
    given = {"id": key, "name": name, "password": password}
    while True:
        person = Person(given["id"], given["name"], Role.ADMIN)
        try:
            office.accounts.first_admin(person, given["password"])
        except (errors.Invalid, errors.Duplicate) as error:
            if not sys.stdin.isatty():
                raise
            click.echo(said(error), err=True)
            given |= {field: _asked(field) for field in _fields(error)}
        else:
            break
    office.close()
    click.echo(
        say(
            "Akun {key} dibuat. Jalankan: pulih serve --office {folder}",
            key=given["id"],
            folder=folder,
        )
    )


def _fields(error: errors.Invalid | errors.Duplicate) -> list[str]:
    if isinstance(error, errors.Duplicate):
        return [error.field]
    return [problem.field for problem in error.problems]


def _asked(field: str) -> str:
    """Ask again for what an option gave, as the option asks."""
    context = click.get_current_context()
    options = (o for o in context.command.params if isinstance(o, click.Option))
    return str(next(o for o in options if f"--{field}" in o.opts).prompt_for_value(context))
