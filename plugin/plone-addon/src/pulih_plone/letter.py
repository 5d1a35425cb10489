"""The letter by which an OPD reports a fault: what is asked, and what is wrong with what was typed.

Only what can be told without the desk. Whether the day lies ahead, the number has been used, the
telephone number is one: the desk says that, at the same fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from zope.i18nmessageid import Message

from pulih_plone.words import _

_SUBMISSION = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Field:
    """A thing that is asked.

    Args:
        name: As in the form, and as the desk calls it.
        label: For people.
        kind: text, tel, date, datetime-local (types of an input) or area.
        required: Whether a letter must have it.
        limit: The most characters.
        hint: What helps to fill it in.
    """

    name: str
    label: Message
    kind: str = "text"
    required: bool = True
    limit: int = 200
    hint: Message | str = ""


FIELDS = (
    Field("letter_number", _("Nomor surat"), limit=80),
    Field("letter_date", _("Tanggal surat"), "date", limit=10),
    Field("subject", _("Perihal"), limit=160),
    Field("place", _("Tempat gangguan"), hint=_("Gedung, lantai, atau ruang.")),
    Field(
        "disturbed",
        _("Yang terganggu"),
        "area",
        limit=4000,
        hint=_("Dengan kata-kata Anda sendiri: apa yang tidak jalan, dan bagi siapa."),
    ),
    Field(
        "since",
        _("Terganggu sejak"),
        "datetime-local",
        limit=16,
        hint=_("Tanggal dan jam setempat."),
    ),
    Field("position", _("Jabatan Anda"), required=False, limit=100),
    Field(
        "phone",
        _("Telepon Anda"),
        "tel",
        limit=40,
        hint=_("Yang dapat dihubungi tim jaringan."),
    ),
)
NAMES = ("agency", "site", *(field.name for field in FIELDS), "attachments")


def is_submission(text: str) -> bool:
    """Tell whether this can identify a form that is being sent."""
    return _SUBMISSION.fullmatch(text) is not None


def read(form: Mapping[str, object]) -> dict[str, str]:
    """Return what was typed, by field; nothing where a form holds something else than text."""
    typed = {}
    for name in ("agency", "site", *(field.name for field in FIELDS)):
        value = form.get(name, "")
        typed[name] = value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
    return typed


def problems(typed: Mapping[str, str]) -> dict[str, Message]:
    """Return what is wrong, by field."""
    wrong = {}
    if not typed["agency"]:
        wrong["agency"] = _("Pilih OPD.")
    for field in FIELDS:
        value = typed[field.name]
        if field.required and not value:
            wrong[field.name] = _("Harus diisi.")
        elif len(value) > field.limit:
            wrong[field.name] = _("Paling panjang ${n} karakter.", mapping={"n": str(field.limit)})
        elif value and field.kind == "date" and not _fits(value, date):
            wrong[field.name] = _("Tulis tanggal seperti 2026-11-23.")
        elif value and field.kind == "datetime-local" and not _fits(value, datetime):
            wrong[field.name] = _("Tulis tanggal dan jam seperti 2026-11-23T08:30.")
    return wrong


def _fits(value: str, kind: type[date]) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True
