"""The terminal's way in."""

from pathlib import Path

import click

from lab import control
from lab.laboratory import faults_of, prefix_of
from lab.namespaces import why_not
from lab.topologies import TOPOLOGIES

NAMES = click.Choice(sorted(TOPOLOGIES))
TAG = click.option(
    "--tag", default="lab", show_default=True, help="Labs of different tags do not meet."
)


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """A regency's network in namespaces, to break on purpose."""
    if context.invoked_subcommand != "list" and (why := why_not()):
        raise click.ClickException(why)


@main.command()
@click.argument("topology", type=NAMES, default="bintang")
@TAG
def up(topology: str, tag: str) -> None:
    """Build a lab, unless it is up."""
    try:
        control.start(TOPOLOGIES[topology], tag)
    except control.NoLab as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{topology} is up; ip netns exec {prefix_of(tag)}{TOPOLOGIES[topology].server} …")


@main.command()
@TAG
def down(tag: str) -> None:
    """Remove a lab, or what a crash has left of it."""
    control.stop(tag)


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@TAG
def fault(names: tuple[str, ...], tag: str) -> None:
    """Break this, and nothing else."""
    _ask(tag, names)


@main.command()
@TAG
def clear(tag: str) -> None:
    """Put everything right."""
    _ask(tag, ())


@main.command(name="list")
@click.argument("topology", type=NAMES, default="bintang")
def list_(topology: str) -> None:
    """The faults, each with its true place and type."""
    for one in faults_of(TOPOLOGIES[topology]).values():
        click.echo(f"{one.name:18} {one.place:24} {one.type}")


@main.command()
@click.argument("topology", type=NAMES)
@TAG
def keep(topology: str, tag: str) -> None:
    """Hold a lab until it is told to go; ``up`` starts this by itself."""
    control.keep(TOPOLOGIES[topology], tag)


@main.command()
@click.argument("topology", type=NAMES)
@click.argument("folder", type=click.Path(path_type=Path), default=control.HERE / "runs")
@click.option(
    "--only", multiple=True, metavar="NAME", help="These faults only; A+B is both at once."
)
@TAG
def record(topology: str, folder: Path, only: tuple[str, ...], tag: str) -> None:
    """Look at every fault from everywhere, and write what was found to FOLDER."""
    from lab.recording import record as write  # noqa: PLC0415 - periksa is needed for this only

    write(TOPOLOGIES[topology], tag, folder, only, click.echo)


def _ask(tag: str, names: tuple[str, ...]) -> None:
    try:
        control.ask(tag, verb="fault", names=names)
    except (control.NoLab, ValueError) as error:
        raise click.ClickException(str(error)) from error
