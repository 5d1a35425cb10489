"""`pulih scrub`: what would be published of a text, and what would not."""

from __future__ import annotations

import json
import sys

import click

from pulih.cli.base import main
from pulih.domain.scrub import Audience, findings, masked
from pulih.wording import N_


@main.command(
    name="scrub",
    help=N_(
        "Baca teks dari masukan baku, tulis yang akan terbit; temuan ke galat baku, satu JSON sebaris."
    ),
)
@click.option(
    "--audience",
    type=click.Choice([audience.value for audience in Audience]),
    default=Audience.INTRANET.value,
    show_default=True,
    help=N_("Pembaca wiki; untuk public, alamat dan nama host juga disamarkan."),
)
def scrub(audience: str) -> None:
    """Scrub a text. Bytes that are no UTF-8 come out as they went in."""
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
