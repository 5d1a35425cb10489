"""What every command stands on: the group, its language, the exit codes, the office's folder."""

from __future__ import annotations

import atexit
import gc
import gettext as gettext_module
import locale
import os
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from pulih import errors
from pulih.bootstrap import Office, open_office
from pulih.cli.words import speak
from pulih.config import read_settings
from pulih.ports import Jobs
from pulih.wording import N_, Sentence

# As sysexits.h has them, so that scripts can tell "try later" from "mend the input".
EXIT = {
    errors.Invalid: 65,
    errors.NotFound: 66,
    errors.NotAllowed: 77,
    errors.Unavailable: 69,
    errors.Refused: 73,
}


_FORM = errors.Invalid(()).sentence  # what a form's page says above it; a terminal has none


def _english() -> bool:
    language = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or "id"
    return language.startswith("en")


speak(_english)  # before the options below are made: click looks some words up then


def _translation() -> gettext_module.NullTranslations:
    folder = Path(__file__).parents[1] / "translations"
    wanted = ["en"] if _english() else []
    return gettext_module.translation("messages", folder, wanted, fallback=True)


def say(text: str | Sentence, **values: object) -> str:
    """Return a sentence in the language of the terminal."""
    return (text if isinstance(text, Sentence) else Sentence(text, values)).say(
        _translation().gettext
    )


# Where each command is: only what was asked for is loaded.
HOMES: Mapping[str, str] = {
    "backup": "keeping",
    "create-admin": "office",
    "demo": "office",
    "export": "keeping",
    "import": "keeping",
    "move-files": "carrying",
    "move-store": "moving",
    "new": "office",
    "plone": "plone",
    "publish": "publishing",
    "restore": "keeping",
    "scrub": "scrub",
    "search": "searching",
    "serve": "serving",
    "verify": "verifying",
    "worker": "serving",
    "write-sop": "serving",
    "write-wiki": "shipped",
}


class Told(click.Group):
    """A group that translates help and questions when they are shown."""

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

    def get_usage(self, ctx: click.Context) -> str:
        """Return how the group is used, in the terminal's language."""
        _tell(self)
        return super().get_usage(ctx)


class _Main(Told):
    """The group that loads a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Return the names of all commands."""
        return list(HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command in the terminal's language."""
        if cmd_name in HOMES:
            import_module(f"pulih.cli.{HOMES[cmd_name]}")
        return super().get_command(ctx, cmd_name)


def _tell(command: click.Command) -> None:
    command.help = command.short_help = command.help and say(command.help)  # else the list cuts it
    if not _english():
        command.options_metavar = "[OPSI]"
        if isinstance(command, click.Group):
            command.subcommand_metavar = "PERINTAH [ARGUMEN]..."
    for option in command.params:
        if isinstance(option, click.Option):
            option.help = option.help and say(option.help)
            option.prompt = option.prompt and say(option.prompt)
            if isinstance(option.confirmation_prompt, str):
                option.confirmation_prompt = say(option.confirmation_prompt)
            if option.type is click.STRING and not _english():
                option.metavar = option.metavar or "TEKS"


def mapped(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn our errors into a sentence and an exit code, once."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the command takes
        try:
            return command(*args, **kwargs)
        except errors.PulihError as error:
            click.echo(said(error), err=True)
            sys.exit(next((code for kind, code in EXIT.items() if isinstance(error, kind)), 70))

    return run


def said(error: errors.PulihError) -> str:
    """Return what a terminal shows of an error: its sentence, and below it each problem by the name of its option."""
    form = error.sentence == _FORM
    first = (
        say("Yang diberikan belum sesuai. Perbaiki, lalu ulangi.") if form else say(error.sentence)
    )
    problems = getattr(error, "problems", ())
    named = (f"  {_option(p.field) if form else p.field}: {say(p.sentence)}" for p in problems)
    return "\n".join([first, *named])


def _option(field: str) -> str:
    """Return the option of the command under way that a form calls `field`; the field, where there is none."""
    params = click.get_current_context().command.params
    return next((o for param in params for o in param.opts if o == f"--{field}"), field)


office_option = click.option(
    "--office",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    envvar="PULIH_OFFICE",
    help=N_("Folder kantor (ada pulih.toml di dalamnya)."),
)


@click.group(cls=_Main, help=N_("Pulih: meja gangguan jaringan dan wikinya."))
@click.version_option(package_name="pulih")
def main() -> None:
    """Take a command."""


def open_here(folder: Path, jobs: Jobs | None = None) -> Office:
    """Open the office in a folder, as its settings and the environment have it.

    Args:
        jobs: In the place of the queue, for a command that leaves nothing to be done later.
    """
    # The process ends after it: Python need not look for garbage among ten thousand cases first.
    atexit.register(gc.freeze)
    return open_office(read_settings(folder, os.environ), jobs=jobs)
