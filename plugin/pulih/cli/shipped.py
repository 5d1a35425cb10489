"""The part of an office's folder that comes with Pulih: hand-written pages, styles, scripts, `mkdocs.yml`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from pulih.bootstrap import KAMUS, template_root, utc_now
from pulih.cli.base import main, mapped, office_option, say
from pulih.config import read_settings
from pulih.errors import Unavailable
from pulih.publish.addresses import FOLDERS
from pulih.publish.files import is_marked
from pulih.wording import N_

_CONFIG = "mkdocs.yml"
_FOOTER = re.compile(r"(?m)^copyright: .*$")
# Made of the cases; of an empty office's there are these, so that no link leads to nothing.
_GENERATED = tuple(f"{folder}/" for folder in (*FOLDERS, "umpan", "gambar", "assets/cari"))
_OF_AN_EMPTY_OFFICE = {
    *(f"{folder}/index.md" for folder in FOLDERS),
    "kasus/kambuh.md",
    "kasus/matriks.md",
    "umpan/kasus.xml",
}


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a renewal did.

    Attributes:
        aside: Holds the files as they were before; None where none was replaced.
        own_words: Whether the office's dictionary is another than the one that is shipped; it is left as it is.
    """

    written: tuple[str, ...]
    aside: Path | None
    own_words: bool = False


def shipped(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files that an office called so begins with: where each stands in its folder, and its content."""
    root = template_root()
    footer = json.dumps(f"{name} · SOP 565/569/DKISC/2020", ensure_ascii=False)
    plain = (root / _CONFIG).read_text(encoding="utf-8")
    yield _CONFIG, _FOOTER.sub(lambda _line: f"copyright: {footer}", plain).encode()
    wiki = root / "wiki"
    for file in sorted(wiki.rglob("*")):
        within = file.relative_to(wiki).as_posix()
        wanted = within in _OF_AN_EMPTY_OFFICE or not within.startswith(_GENERATED)
        if file.is_file() and wanted and not file.name.startswith("."):
            yield f"wiki/{within}", file.read_bytes()


def renew(folder: Path, name: str, at: datetime) -> Renewed:
    """Bring to an office what a newer Pulih ships; whatever was otherwise there is put aside, not lost.

    Generated pages are left to the next publishing.

    Raises:
        OSError: The folder cannot be written; each file is then old or new, and the old ones are aside.
    """
    aside = folder / "data" / "aside" / at.strftime("%Y-%m-%dT%H%M%S")
    written, kept, own_words = [], False, False
    for place, content in shipped(name):
        file = folder / place
        if place.startswith(tuple(f"wiki/{made}" for made in _GENERATED)):
            continue
        before = file.read_bytes() if file.is_file() else None
        if before == content or (before is not None and is_marked(file)):
            continue
        if before is not None and place == KAMUS:  # the search reads it as the office wrote it
            own_words = True
            continue
        if before is not None:
            old = aside / place
            old.parent.mkdir(parents=True, exist_ok=True)
            old.write_bytes(before)
            kept = True
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.draft")
        draft.write_bytes(content)
        draft.replace(file)
        written.append(place)
    return Renewed(tuple(written), aside if kept else None, own_words)


@main.command(
    name="write-wiki",
    help=N_("Perbarui gaya, skrip, panduan, dan mkdocs.yml kantor sesudah Pulih diperbarui."),
)
@office_option
@mapped
def write_wiki(folder: Path) -> None:
    """Bring to the office what this Pulih ships of its wiki."""
    settings = read_settings(folder, os.environ)
    try:
        done = renew(settings.folder, settings.name, utc_now().astimezone(settings.zone))
    except OSError as error:
        raise Unavailable(
            "{path} tidak dapat ditulis. Periksa ruang disk dan izin foldernya, lalu ulangi.",
            path=error.filename or settings.folder,
        ) from error
    for place in done.written:
        click.echo(place)
    if done.own_words:
        click.echo(
            say(
                "{page} kantor ini tidak diganti. Yang dibawa Pulih, untuk dibandingkan: {file}",
                page=KAMUS,
                file=template_root() / KAMUS,
            )
        )
    if not done.written:
        click.echo(say("Berkas wiki kantor ini sudah yang terbaru."))
        return
    if done.aside:
        click.echo(
            say("Yang diganti disimpan di {folder}: salin kembali bila perlu.", folder=done.aside)
        )
    click.echo(say("Berikutnya: pulih publish --office {folder} --all", folder=folder))
