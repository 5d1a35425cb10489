"""The same office from a terminal."""

from __future__ import annotations

import gettext as gettext_module
import json
import locale
import os
import re
import shutil
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from pulih import errors
from pulih.bootstrap import Office, bind_jobs, open_office, template_root, utc_now
from pulih.config import FILE, read_settings, write_settings
from pulih.domain.people import Person, Role
from pulih.publish.sop_page import write_sop
from pulih.wording import N_, Sentence

# As sysexits.h has them, so that scripts can tell "try later" from "mend the input".
EXIT = {
    errors.Invalid: 65,
    errors.NotFound: 66,
    errors.NotAllowed: 77,
    errors.Unavailable: 69,
    errors.Refused: 73,
}


def _translation() -> gettext_module.NullTranslations:
    language = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or "id"
    folder = Path(__file__).parent / "translations"
    wanted = ["en"] if language.startswith("en") else []
    return gettext_module.translation("messages", folder, wanted, fallback=True)


def say(text: str | Sentence, **values: object) -> str:
    """Return a sentence in the language of the terminal."""
    return (text if isinstance(text, Sentence) else Sentence(text, values)).say(
        _translation().gettext
    )


class _Told(click.Group):
    """A group whose help and questions are translated when they are shown."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command in the terminal's language."""
        command = super().get_command(ctx, cmd_name)
        if command:
            _tell(command)
        return command

    def get_help(self, ctx: click.Context) -> str:
        """Return the group's own help in the terminal's language."""
        _tell(self)
        return super().get_help(ctx)


def _tell(command: click.Command) -> None:
    command.help = command.help and say(command.help)
    for option in command.params:
        if isinstance(option, click.Option):
            option.help = option.help and say(option.help)
            option.prompt = option.prompt and say(option.prompt)
            if isinstance(option.confirmation_prompt, str):
                option.confirmation_prompt = say(option.confirmation_prompt)


def _mapped(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn our errors into a sentence and an exit code, once."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the command takes
        try:
            return command(*args, **kwargs)
        except errors.PulihError as error:
            problems = (f"  {p.field}: {say(p.sentence)}" for p in getattr(error, "problems", ()))
            click.echo("\n".join([say(error.sentence), *problems]), err=True)
            sys.exit(next((code for kind, code in EXIT.items() if isinstance(error, kind)), 70))

    return run


_office = click.option(
    "--office",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    envvar="PULIH_OFFICE",
    help=N_("Folder kantor (ada pulih.toml di dalamnya)."),
)


@click.group(cls=_Told, help=N_("Pulih: meja gangguan jaringan dan wikinya."))
@click.version_option(package_name="pulih")
def main() -> None:
    """Take a command."""


@main.command(help=N_("Layani kantor di peramban; pekerjaan latar ikut berjalan."))
@_office
@click.option("--host", help=N_("Alamat yang didengarkan."))
@click.option("--port", type=click.IntRange(1, 65535), help=N_("Port yang didengarkan."))
@click.option(
    "--without-worker", is_flag=True, help=N_("Pekerjaan latar dijalankan terpisah: pulih worker.")
)
@_mapped
def serve(folder: Path, host: str | None, port: int | None, *, without_worker: bool) -> None:
    """Serve the office."""
    from pulih.web.server import serve as serve_web  # noqa: PLC0415 - Flask is not needed to make an office

    office = _open(folder)
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


def _everybody(office: Office) -> list[Person]:
    with office.tools.store.reading() as records:
        order = list(Role)
        return sorted(records.people.all(), key=lambda p: (order.index(p.role), p.id))


@main.command(help=N_("Kerjakan pekerjaan latar saja: penerbitan wiki dan pemeriksaan jaringan."))
@_office
@_mapped
def worker(folder: Path) -> None:
    """Do the background work only."""
    jobs = bind_jobs(_open(folder))
    if jobs:
        click.echo(say("Pekerjaan latar berjalan. Hentikan dengan Ctrl+C."))
        jobs.run_worker()


@main.command(help=N_("Buat kantor baru: setelan, wiki, dan mkdocs.yml."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help=N_("Nama kantor, untuk kepala halaman dan formulir."))
@_mapped
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
    root = template_root()
    made = write_settings(folder, **settings)
    shutil.copytree(root / "wiki", folder / "wiki", ignore=_generated(root / "wiki"))
    plain = (root / "mkdocs.yml").read_text(encoding="utf-8")
    footer = json.dumps(f"{made.name} · SOP 565/569/DKISC/2020", ensure_ascii=False)
    named = re.sub(r"(?m)^copyright: .*$", lambda _line: f"copyright: {footer}", plain)
    (folder / "mkdocs.yml").write_text(named, encoding="utf-8")


def _generated(wiki: Path) -> Callable[[str, list[str]], set[str]]:
    folders = {str(wiki / name) for name in ("kasus", "opd", "perangkat", "gangguan")}

    def ignore(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name != "index.md"} if folder in folders else set()

    return ignore


@main.command(help=N_("Buat kantor percontohan, sekali saja."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_mapped
def demo(folder: Path) -> None:
    """Make a demo office."""
    if (folder / FILE).exists():
        return
    from pulih.demo.data import load  # noqa: PLC0415 - a large reading, only needed here
    from pulih.demo.loading import WIKI_SAYS_SO, Desks, SetClock, fill  # noqa: PLC0415 - as above
    from pulih.jobs import Collected  # noqa: PLC0415 - as above

    click.echo(say("Membuat kantor percontohan di {folder} …", folder=folder))
    # Made beside and renamed, so that a demo office that is there is whole.
    draft = folder.with_name(folder.name + ".baru")
    shutil.rmtree(draft, ignore_errors=True)
    new_office(
        draft,
        demo=True,
        probe_ranges=["127.0.0.0/8"],
        probe_names=["portal.sumbawa.example"],
        probe_dns_servers=["127.0.0.1"],
    )
    with (draft / "wiki" / "assets" / "pulih.css").open("a", encoding="utf-8") as sheet:
        sheet.write(WIKI_SAYS_SO)
    clock = SetClock()
    office = open_office(read_settings(draft, {}), now=clock, jobs=Collected())
    desks = Desks(office.accounts, office.registry, office.tickets, office.attachments, clock)
    with click.progressbar(length=1, label=say("Surat dan tiket"), file=sys.stderr) as bar:

        def tell(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        fill(desks, load(utc_now().astimezone(office.settings.zone).date()), tell)
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


@main.command(name="create-admin", help=N_("Buat akun administrator pertama."))
@_office
@click.option("--id", "key", prompt=N_("Nama pengguna"), help=N_("Nama pengguna."))
@click.option("--name", prompt=N_("Nama lengkap"), help=N_("Nama lengkap."))
@click.password_option(
    prompt=N_("Kata sandi"),
    confirmation_prompt=N_("Sekali lagi"),
    help=N_("Kata sandi; ditanyakan bila tidak diberikan."),
)
@_mapped
def create_admin(folder: Path, key: str, name: str, password: str) -> None:
    """Make the first account."""
    office = _open(folder)
    office.accounts.first_admin(Person(key, name, Role.ADMIN), password)
    click.echo(
        say("Akun {key} dibuat. Jalankan: pulih serve --office {folder}", key=key, folder=folder)
    )


@main.command(help=N_("Terbitkan yang menunggu ke wiki."))
@_office
@click.option(
    "--all", "everything", is_flag=True, help=N_("Bangun situs juga bila tidak ada yang menunggu.")
)
@_mapped
def publish(folder: Path, *, everything: bool) -> None:
    """Publish what is due."""
    count = _open(folder).cases.publish_due(anyway=everything)
    click.echo(say("{count} halaman diterbitkan.", count=count))


@main.command(name="write-sop", help=N_("Tulis ulang halaman SOP di wiki dari data prosedur."))
@_office
@_mapped
def sop(folder: Path) -> None:
    """Write the wiki's page about the procedure."""
    write_sop(folder)


def _open(folder: Path) -> Office:
    return open_office(read_settings(folder, os.environ))
