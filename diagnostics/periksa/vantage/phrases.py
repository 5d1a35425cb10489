"""Sentences that may be said to a device: templates whose blanks are typed.

Nobody writes a command. A phrase is filled in with values that are checked one by one, and what
comes out is then held against the whole pattern again and against the characters that could begin
a second command.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from periksa.addresses import parse

FORBIDDEN = frozenset("\r\n\0;|&<>{}[]$`\"'\\()!#")
PORT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:@/-]{0,62}[A-Za-z0-9])?")
ADDRESS = re.compile(r"[0-9A-Fa-f:.]{2,45}")
BLANKS: Mapping[str, re.Pattern[str]] = {"address": ADDRESS, "port": PORT}


class Unspeakable(ValueError):
    """That may not be said to a device; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Command:
    """A line that may be sent. Made by ``Phrase.said`` only.

    Attributes:
        text: The line, without its end.
        seconds: How long its answer may take.
    """

    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line with blanks: ``{address}`` for one host's address, ``{port}`` for a port's name.

    Attributes:
        text: The line; has none of the FORBIDDEN characters but the braces of its blanks.
        seconds: How long its answer may take.
    """

    text: str
    seconds: float = 8.0

    @property
    def blanks(self) -> tuple[str, ...]:
        """The names of its blanks."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.text) if name is not None)

    def said(self, **values: str) -> Command:
        """The line, filled in.

        Raises:
            Unspeakable: A value is not what its blank is for, or is missing.
        """
        if set(values) != set(self.blanks):
            raise Unspeakable("Perintah ini tidak diisi sebagaimana mestinya.")
        text = self.text.format(**{name: _checked(name, value) for name, value in values.items()})
        if FORBIDDEN.intersection(text) or not self._pattern().fullmatch(text):
            raise Unspeakable(f"{text!r} bukan perintah yang boleh dikirim.")
        return Command(text, self.seconds)

    def _pattern(self) -> re.Pattern[str]:
        parts = []
        for literal, name, _, _ in Formatter().parse(self.text):
            parts.append(re.escape(literal))
            if name is not None:
                parts.append(f"(?:{BLANKS[name].pattern})")
        return re.compile("".join(parts), re.ASCII)


def _checked(name: str, value: str) -> str:
    if name == "address":
        try:
            return str(parse(value))
        except ValueError as error:
            raise Unspeakable(str(error)) from None
    if name == "port" and PORT.fullmatch(value) and ".." not in value:
        return value
    raise Unspeakable(f"{value!r} bukan nama port yang dapat ditanyakan.")
