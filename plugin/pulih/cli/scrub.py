"""`pulih scrub`: what would be published of a text, and what would not; or an office's articles, masked again."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pulih.cli.base import main, mapped, office_option, open_here, say
from pulih.domain.scrub import Audience, findings, masked
from pulih.wording import N_


@main.command(
    name="scrub",
    help=N_(
        "Baca teks dari masukan baku, tulis yang akan terbit; temuan ke galat baku, satu JSON sebaris. "
        "Dengan --articles: samarkan arsip kasus di folder kantor sekali lagi."
    ),
)
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.INTRANET.value,
    show_default=True,
    help=N_("Pembaca wiki; untuk public, alamat dan nama host juga disamarkan."),
)
@click.option(
    "--articles",
    is_flag=True,
    help=N_("Periksa semua kasus kantor ini dengan penyamar yang sekarang, lalu terbitkan."),
)
@office_option
@mapped
def scrub(audience: str, folder: Path, *, articles: bool) -> None:
    """Scrub a text, or the articles of an office."""
    if articles:
        _scrub_articles(folder)
    else:
        _scrub_text(audience)


def _scrub_articles(folder: Path) -> None:
    office = open_here(folder)
    changed = office.outgoing.mask_again(anyway=True)
    office.cases.publish_due()
    office.close()
    click.echo(say("{changed} kasus disamarkan lebih banyak; wiki sudah sesuai.", changed=changed))


def _scrub_text(audience: str) -> None:
    """Bytes that are no UTF-8 come out as they went in."""
    text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    found = findings(text, Audience(audience))
    for finding in found:
        told = {
            "kind": finding.kind.value,
            "line": finding.line,
            "column": finding.column,
            "done": "masked" if finding.masked else "kept",
            "mask": finding.kind.mask if finding.masked else "",
        }
        click.echo(json.dumps(told, ensure_ascii=False), err=True)
    sys.stdout.buffer.write(masked(text, found).encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()
