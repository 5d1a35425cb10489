"""The terminal's way in: ``periksa run ADDRESS...`` and ``periksa [NODE...] --path FILE``."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from periksa import netfile, telling
from periksa.compare import Comparison, compare
from periksa.engine import run as carry_out
from periksa.examination import SOON, Examination, Order, answered, node_of, recorded
from periksa.examine import examine
from periksa.findings import PORTS, Finding, State, Target
from periksa.judge.verdict import Status
from periksa.network import Network
from periksa.plan import plan_for
from periksa.sweep import Office, offices

PORT = click.IntRange(PORTS.start, PORTS.stop - 1)
FILE = click.Path(path_type=Path)
FEWEST_SECONDS, MOST_SECONDS = 2, 600
WELL, WRONG, SLIP, UNTESTED = 0, 1, 2, 3  # exit codes; a slip in the command is told by click
EXITS = {Status.HEALTHY: WELL, Status.REMARK: WELL, Status.UNTESTED: UNTESTED}
KEPT_MODE = 0o600  # a record tells much about a network


class Commands(click.Group):
    """What does not begin with a command's name is the network's."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click has it."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["jaringan", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Commands)
def main() -> None:
    """Memeriksa jaringan dari mesin ini.

    `periksa --path BERKAS` memeriksa jaringan yang ditulis dalam BERKAS dan menyebut apa yang
    rusak dan di mana; `periksa run` hanya bertanya kepada alamat: ping, jalur, port TCP dan DNS.
    """


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
    found = carry_out(plan, now=_now, progress=_progress())
    click.echo(_json(found.as_dict()) if as_json else telling.table(found))
    sys.exit(any(finding.state is not State.UP for finding in found.findings))


@main.command()
@click.argument("nodes", nargs=-1, metavar="[OPD|ALAMAT]...")
@click.option("--path", "file", type=FILE, envvar="PERIKSA_PATH", help="Berkas jaringan.")
@click.option("--all", "every", is_flag=True, help="Keadaan semua OPD, satu baris satu OPD.")
@click.option("--json", "as_json", is_flag=True, help="Cetak satu objek JSON.")
@click.option(
    "--answer", "answers", multiple=True, metavar="ID=ya|tidak", help="Jawaban dari lokasi."
)
@click.option("--range", "ranges", multiple=True, metavar="CIDR", help="Jangan keluar dari sini.")
@click.option("--record", type=FILE, help="Simpan semua yang terlihat dalam berkas ini.")
@click.option("--before", type=FILE, help="Bandingkan dengan catatan sebelum perbaikan.")
@click.option("--seconds", type=click.IntRange(FEWEST_SECONDS, MOST_SECONDS), help="Paling lama.")
def jaringan(  # noqa: PLR0913 - one argument for each option
    nodes: tuple[str, ...],
    file: Path | None,
    answers: tuple[str, ...],
    ranges: tuple[str, ...],
    record: Path | None,
    before: Path | None,
    seconds: int | None,
    *,
    every: bool,
    as_json: bool,
) -> None:
    """Periksa jaringan dalam BERKAS, atau hanya jalan ke OPD atau ALAMAT dan yang di belakangnya.

    Keluar dengan 0 bila tidak ditemukan gangguan, 1 bila ada, 2 bila salah perintah atau berkas,
    3 bila tidak ada yang dapat diperiksa.
    """
    if file is None:
        raise click.UsageError("Sebut berkas jaringannya: --path BERKAS, atau isi PERIKSA_PATH.")
    if every and nodes:
        raise click.UsageError("--all memeriksa semua; jangan menyebut OPD.")
    try:
        network = netfile.read(file)
        then = _kept(before) if before else None
        order = Order(
            network,
            about=tuple(node_of(network, one) for one in nodes),
            told=tuple(_told(network, one) for one in answers),
            keys=Path(click.get_app_dir("periksa")) / "keys",
            ranges=ranges,
            seconds=seconds or (SOON if nodes else None),
        )
        found = examine(order, now=_now, progress=_progress())
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {_refused(error)}.") from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    swept = offices(network, found.findings, found.verdict) if every else ()
    change = compare(network, then, found.findings) if then is not None else None
    click.echo(_object(found, swept, change) if as_json else _text(found, swept, change))
    kept = record is None or _kept_in(record, found)
    sys.exit(EXITS.get(found.verdict.status, WRONG) if kept else SLIP)


def _object(found: Examination, swept: Sequence[Office], change: Comparison | None) -> str:
    told = found.as_dict()
    if swept:
        told["offices"] = [one.as_dict() for one in swept]
    if change:
        told["comparison"] = change.as_dict()
    return _json(told)


def _text(found: Examination, swept: Sequence[Office], change: Comparison | None) -> str:
    parts = [telling.sweep(swept, found.seconds) if swept else telling.verdict(found)]
    return "\n\n".join((*parts, *(["\n".join(change.said)] if change else [])))


def _told(network: Network, text: str) -> Finding:
    question, _, value = text.rpartition("=")
    if not question:
        raise ValueError(
            f"{text!r} bukan jawaban. Tulis ID=ya atau ID=tidak, dengan ID pertanyaannya."
        )
    return answered(network, question, value.strip().lower(), _now())


def _kept(path: Path) -> tuple[Finding, ...]:
    try:
        record = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):  # no JSON, or no text at all
        record = None
    return recorded(record)


def _kept_in(path: Path, found: Examination) -> bool:
    """Keep a record; where that cannot be, say so: what was found has been told by then."""
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, KEPT_MODE)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(_json(found.record()))
    except OSError as error:
        click.echo(f"Catatannya tidak tersimpan: {path}: {_refused(error)}.", err=True)
        return False
    return True


def _refused(error: OSError) -> str:
    """Why a file cannot be read or written, in the language of the rest."""
    if isinstance(error, FileNotFoundError):
        return "tidak ada berkas atau folder bernama itu"
    if isinstance(error, PermissionError):
        return "tidak boleh dibuka oleh akun ini"
    return f"tidak dapat dibuka ({error.strerror})"


def _server(text: str) -> Target:
    address, _, port = text.partition("#")
    if port and not port.isdecimal():
        raise ValueError(f"{text!r} bukan SERVER atau SERVER#PORT.")
    return Target(text, address, (int(port),) if port else ())


def _now() -> datetime:
    return datetime.now(UTC)


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


def _progress() -> Callable[[float, str], None]:
    """A line that overwrites itself, where somebody is watching."""
    if not sys.stderr.isatty():
        return lambda share, sentence: None  # noqa: ARG005 - named as engine.Progress has them

    def show(share: float, sentence: str) -> None:
        click.echo(f"\r\033[K{share:4.0%} {sentence}", nl=share == 1, err=True)

    return show


if __name__ == "__main__":
    main()
