"""Commands about Plone sites: how they stand, publishing to them now, and withdrawing everything from one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pulih.bootstrap import Office
from pulih.cli.bar import shown
from pulih.cli.base import EXIT, Told, main, mapped, office_option, open_here, say
from pulih.domain.plone.page import Standing
from pulih.domain.plone.plan import Act
from pulih.errors import NotFound, PulihError, Refused, Unavailable
from pulih.jobs import Collected
from pulih.service.plone_passing import BUSY
from pulih.service.plone_run import AT_ONCE
from pulih.service.plone_view import Line, Overview
from pulih.wording import N_, sentence

_MOST = 20
_HERE = N_("terminal server")
_ACTS = {
    Act.CREATE: N_("dibuat"),
    Act.CHANGE: N_("diubah"),
    Act.MOVE: N_("dipindahkan"),
    Act.WITHDRAW: N_("ditarik"),
    Act.LOOK: N_("diperiksa apakah disunting"),
    Act.NOTE: N_("dicatat saja"),
}
_STANDINGS = {
    Standing.EDITED: N_("disunting di Plone"),
    Standing.GONE: N_("dihapus di Plone"),
    Standing.TAKEN: N_("alamatnya terpakai"),
    Standing.LOCKED: N_("sedang dibuka orang"),
    Standing.FAILED: N_("gagal"),
}

target_argument = click.argument("target", default="", metavar="[SITUS]")
dry_option = click.option(
    "--dry-run", is_flag=True, help=N_("Tunjukkan saja apa yang akan dilakukan.")
)


@main.group(
    cls=Told, help=N_("Situs Plone: periksa, terbitkan, atau tarik. SITUS: nama atau kodenya.")
)
def plone() -> None:
    """Take a command about Plone sites."""


@plone.command(
    help=N_("Masuk ke tiap situs Plone dan tunjukkan keadaannya; tidak menulis apa-apa.")
)
@target_argument
@office_option
@mapped
def check(target: str, folder: Path) -> None:
    """Tell how each site stands; end with a code of its own where one is away, or pages wait for a person."""
    with _opened(folder) as office:
        worst = 0
        for known in _wanted(office, target):
            worst = max(worst, _check(office, known))
    sys.exit(worst)


@plone.command(help=N_("Bawa situs Plone ke keadaan yang seharusnya, sekarang juga."))
@target_argument
@dry_option
@office_option
@mapped
def publish(target: str, folder: Path, *, dry_run: bool) -> None:
    """Make a pass over each site; end with a code of its own where one is away, or pages wait for a person."""
    with _opened(folder) as office:
        worst = 0
        for known in _wanted(office, target):
            click.echo(_named(known))
            if dry_run:
                _foresee(office, known)
            elif not known.target.active:
                click.echo(say("Dijeda; lanjutkan di meja lewat menu Plone."))
            else:
                worst = max(worst, _perform(office, known))
    sys.exit(worst)


@plone.command(help=N_("Tarik semua halaman dari sebuah situs Plone, lalu jeda situs itu."))
@target_argument
@dry_option
@click.option("--yes", is_flag=True, help=N_("Jangan bertanya."))
@office_option
@mapped
def retract(target: str, folder: Path, *, dry_run: bool, yes: bool) -> None:
    """Withdraw everything from one site, and pause it."""
    with _opened(folder) as office:
        found = _wanted(office, target)
        if len(found) > 1:
            raise Refused("Ada beberapa situs. Sebutkan satu: pulih plone retract SITUS.")
        [known] = found
        click.echo(_named(known))
        if dry_run:
            click.echo(say("{count} halaman akan ditarik.", count=known.published))
            return
        if not yes:
            click.confirm(
                say("Tarik {count} halaman dari pembaca situs itu?", count=known.published),
                abort=True,
            )
        office.plone_targets.emptied(say(_HERE), known.target.id)
        worst = _perform(office, known)
    sys.exit(worst)


@contextmanager
def _opened(folder: Path) -> Iterator[Office]:
    office = open_here(folder, Collected())
    try:
        yield office
    finally:
        office.close()


def _wanted(office: Office, target: str) -> tuple[Overview, ...]:
    """Return the targets that are meant. Raises NotFound."""
    known = office.plone.known()
    found = tuple(one for one in known if target in ("", one.target.id, one.target.name))
    if not found and target:
        names = [one.target.name for one in known]
        raise NotFound("Tidak ada situs Plone {name}. Yang ada: {names}.", name=target, names=names)
    if not found:
        raise NotFound("Belum ada situs Plone. Tambahkan di meja lewat menu Plone.")
    return found


def _check(office: Office, known: Overview) -> int:
    click.echo(_named(known))
    try:
        contact = office.plone_targets.met(known.target.id)
    except (Unavailable, Refused) as error:
        click.echo(f"  {say(error.sentence)}", err=True)
        return EXIT[Unavailable]
    click.echo(
        "  "
        + say(
            "Plone {version}, masuk sebagai {user}.",
            version=contact.version or "–",
            user=contact.user,
        )
    )
    return _tell(known)


def _perform(office: Office, known: Overview) -> int:
    """Make a whole pass, and tell how it went. Raises Refused where somebody else makes one."""
    key = known.target.id
    with shown(sentence("Menerbitkan ke {name}", name=known.target.name)) as tell:
        wait: float | None = AT_ONCE
        while wait == AT_ONCE:
            wait = office.plone_passes.perform(key, tell, most=None, look=True)
    if wait == BUSY:
        raise Refused("Situs Plone sedang dikerjakan proses lain. Tunggu sebentar, lalu ulangi.")
    [now] = _wanted(office, key)
    if now.why:
        click.echo(f"  {say(now.why)}", err=True)
        return EXIT[Unavailable]
    counts = now.state.counts
    click.echo(
        "  "
        + say(
            "Dibuat {made}, diubah {changed}, dipindahkan {moved}, ditarik {withdrawn}; tetap {same}.",
            made=counts.made,
            changed=counts.changed,
            moved=counts.moved,
            withdrawn=counts.withdrawn,
            same=counts.same,
        )
    )
    return _tell(now)


def _tell(known: Overview) -> int:
    """Tell what stands there and what does not; return the code to end with."""
    click.echo(
        "  "
        + say(
            "Terbit: {count}. Menunggu: {waiting}.",
            count=known.published,
            waiting=len(known.waiting),
        )
    )
    for line in known.held[:_MOST]:
        click.echo(f"  {_lined(line)}", err=True)
    if len(known.held) > _MOST:
        click.echo("  " + say("Dan {count} lagi.", count=len(known.held) - _MOST), err=True)
    return EXIT[Refused] if known.held else 0


def _foresee(office: Office, known: Overview) -> None:
    try:
        foreseen = office.plone.foreseen(known.target.id, look=True)
    except PulihError as error:
        click.echo(f"  {say(error.sentence)}", err=True)
        foreseen = office.plone.foreseen(known.target.id)
        click.echo("  " + say("Menurut catatan sendiri, tanpa melihat situsnya:"))
    for one in foreseen[:_MOST]:
        why = f": {say(one.why)}" if one.why else ""
        click.echo(f"  {say(_ACTS[one.act])}: {one.line.title}{why}")
    if len(foreseen) > _MOST:
        click.echo("  " + say("Dan {count} lagi.", count=len(foreseen) - _MOST))
    if not foreseen:
        click.echo("  " + say("Tidak ada yang perlu dilakukan."))


def _lined(line: Line) -> str:
    standing = say(_STANDINGS[line.standing]) if line.standing in _STANDINGS else ""
    why = say(line.why) if line.why else ""
    return f"{line.title} ({standing}): {why}"


def _named(known: Overview) -> str:
    return f"{known.target.name} <{known.target.url}/{known.target.root}>"
