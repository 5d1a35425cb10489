"""The terminal's way in: ``periksa run ADDRESS...``."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import click

from periksa.engine import run as carry_out
from periksa.findings import PORTS, Run, State, Target
from periksa.plan import plan_for

PORT = click.IntRange(PORTS.start, PORTS.stop - 1)


@click.group()
def main() -> None:
    """Memeriksa jaringan dari mesin ini: ping, jalur, port TCP dan DNS."""


@main.command()
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option("--port", "ports", type=PORT, multiple=True, help="Port TCP yang harus terbuka.")
@click.option("--dns", "servers", multiple=True, metavar="SERVER[#PORT]", help="Server DNS.")
@click.option("--name", "names", multiple=True, help="Nama yang ditanyakan kepada server DNS.")
@click.option("--json", "as_json", is_flag=True, help="Cetak semua angka sebagai JSON.")
def run(
    addresses: tuple[str, ...],
    ports: tuple[int, ...],
    servers: tuple[str, ...],
    names: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Periksa ADDRESS (alamat IP, bukan nama).

    Keluar dengan 0 bila semuanya menjawab, 1 bila ada yang tidak, 2 bila salah perintah.
    """
    if bool(servers) != bool(names):
        raise click.UsageError("--dns dan --name dipakai bersama.")
    try:
        targets = [Target(address, address, ports) for address in addresses]
        plan = plan_for(targets, map(_server, servers), names)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    found = carry_out(plan, now=lambda: datetime.now(UTC), progress=_progress())
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo(table(found))
    sys.exit(any(finding.state is not State.UP for finding in found.findings))


def table(run: Run) -> str:
    """A run for the eye: one line a finding."""
    rows = [(one.target, one.probe, one.state.label, one.detail) for one in run.findings]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    lines = [
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]))
        for row in rows
    ]
    return "\n".join((*lines, f"Selesai dalam {run.seconds:.1f} detik.".replace(".", ",", 1)))


def _server(text: str) -> Target:
    address, _, port = text.partition("#")
    if port and not port.isdecimal():
        raise ValueError(f"{text!r} bukan SERVER atau SERVER#PORT.")
    return Target(text, address, (int(port),) if port else ())


def _progress() -> Callable[[float, str], None]:
    """A line that overwrites itself, where somebody is watching."""
    if not sys.stderr.isatty():
        return lambda share, sentence: None  # noqa: ARG005 - named as engine.Progress has them

    def show(share: float, sentence: str) -> None:
        click.echo(f"\r\033[K{share:4.0%} {sentence}", nl=share == 1, err=True)

    return show


if __name__ == "__main__":
    main()
