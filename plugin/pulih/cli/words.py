"""What click itself says, in Bahasa Indonesia; in English it says it as it always does.

Click looks its words up in the process's one gettext domain, in the language of the environment only; ours is
Indonesian unless that asks for English. So its modules are given another way to look them up.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable

from click import core, decorators, exceptions, formatting, parser, termui, types

# The keys are click's, to the letter; what is missing here stays English.
INDONESIAN = {
    "Usage:": "Pemakaian:",
    "Options": "Opsi",
    "Commands": "Perintah",
    "Positional arguments": "Argumen",
    "required": "wajib",
    "default: {default}": "biasanya: {default}",
    "env var: {var}": "variabel: {var}",
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "Show the version and exit.": "Tampilkan versi.",
    "%(prog)s, version %(version)s": "%(prog)s, versi %(version)s",
    "Try '{command} {option}' for help.": "Bantuan: {command} {option}",
    "Error: {message}": "Salah: {message}",
    "Aborted!": "Dibatalkan.",
    "Missing command.": "Perintahnya belum diisi.",
    "Missing argument": "Argumen ini belum diisi:",
    "Missing option": "Opsi ini belum diisi:",
    "Missing parameter": "Ini belum diisi:",
    "No such option {name!r}.": "Opsi {name!r} tidak dikenal.",
    "No such command {name!r}.": "Perintah {name!r} tidak dikenal.",
    "Invalid value: {message}": "Nilainya tidak sesuai: {message}",
    "Invalid value for {param_hint}: {message}": "Nilai {param_hint} tidak sesuai: {message}",
    "Option {name!r} requires an argument.": "Opsi {name!r} perlu nilai.",
    "Option {name!r} does not take a value.": "Opsi {name!r} tanpa nilai.",
    "Got unexpected extra argument ({args})": "Argumen berlebih: {args}",
    "Got unexpected extra arguments ({args})": "Argumen berlebih: {args}",
    "Did you mean {possibility}?": "Maksudnya {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Maksudnya salah satu dari: {possibilities}?)",
    "{value!r} is not a valid {number_type}.": "{value!r} bukan angka.",
    "{value} is not in the range {range}.": "{value} di luar {range}.",
    "{value!r} is not {choice}.": "{value!r} bukan {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} bukan salah satu dari {choices}.",
    "file": "berkas",
    "directory": "folder",
    "path": "jalur",
    "{name} {filename!r} does not exist.": "{name} {filename!r} tidak ada.",
    "{name} {filename!r} is a file.": "{name} {filename!r} adalah berkas.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} adalah folder.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} tidak dapat dibaca.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} tidak dapat ditulis.",
    "Error: The two entered values do not match.": "Keduanya tidak sama. Ketik lagi.",
}


def speak(english: Callable[[], bool]) -> None:
    """Let click look its words up above, unless the terminal is English."""

    def one(text: str) -> str:
        return gettext.gettext(text) if english() else INDONESIAN.get(text, text)

    def many(single: str, plural: str, number: int) -> str:
        if english():
            return gettext.ngettext(single, plural, number)
        return one(single if number == 1 else plural)

    for module in (core, decorators, exceptions, formatting, parser, termui, types):
        vars(module).update(_=one, ngettext=many)
