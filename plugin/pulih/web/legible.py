"""What was typed, as its typist knows it: under the words of the form, without asking the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pulih.domain import sop
from pulih.domain.agency import DeviceKind
from pulih.domain.facts import Fact, Kind
from pulih.domain.login import Platform
from pulih.domain.people import Role
from pulih.domain.wiring import LinkKind, PathRole, Said
from pulih.web.context import say
from pulih.web.reading import raw, zoned
from pulih.web.words import day, moment
from pulih.wording import N_, Bilingual

Rows = list[tuple[str, str]]
# Keys of what was handed in before: the form carries them on, and nobody knows them by sight.
_UNSEEN = frozenset({Kind.FILES, Kind.RUNS})
_NAMED = {"id": N_("Kode"), "name": N_("Nama")}
_LABELS: dict[str, dict[str, str]] = {
    "agency": {**_NAMED, "short": N_("Singkatan"), "address": N_("Alamat")},
    "site": {**_NAMED, "address": N_("Alamat")},
    "device": {
        "agency": N_("OPD"),
        "kind": N_("Jenis"),
        **_NAMED,
        "site": N_("Lokasi"),
        "brand": N_("Merek"),
        "model": N_("Model"),
        "serial": N_("Nomor seri"),
        "inventory": N_("Nomor inventaris"),
        "address": N_("Alamat IP"),
        "role": N_("Peran di jalur"),
        "parent": N_("Bergantung pada"),
        "link": N_("Sambungan ke sana"),
        "rate": N_("Laju sambungan itu"),
        "port": N_("Port di perangkat ini"),
        "parent_port": N_("Port di seberangnya"),
        "backup": N_("Sambungan cadangan"),
        "spare": N_("Jalur cadangan lewat"),
        "nat": N_("Menerjemahkan alamat (NAT)"),
        "dhcp": N_("Membagikan alamat (DHCP)"),
        "interfaces": N_("Semua port dan alamat"),
    },
    "login": {
        "platform": N_("Sistem perangkat"),
        "user": N_("Nama pengguna"),
        "port": N_("Port"),
        "legacy": N_("Hanya mengenal enkripsi lama"),
        "telnet": N_("Hanya telnet"),
    },
    "paths": {
        "resolvers": N_("Server DNS"),
        "inside": N_("Nama dalam"),
        "world": N_("Nama luar"),
        "services": N_("Layanan yang dicoba"),
    },
    "fault_type": {**_NAMED, "description": N_("Keterangan")},
    "people": {
        "id": N_("Nama pengguna"),
        "name": N_("Nama lengkap"),
        "role": N_("Peran"),
        "agency": N_("OPD"),
        "nip": N_("NIP"),
        "position": N_("Jabatan"),
        "rank": N_("Pangkat dan golongan"),
    },
    "plone": {
        "name": N_("Nama situs"),
        "url": N_("Alamat situs"),
        "user": N_("Nama pengguna"),
        "root": N_("Folder induk"),
        "agencies": N_("OPD"),
        "fault_types": N_("Jenis gangguan"),
    },
    "tickets": {
        "code": N_("Kode 21 angka"),
        "addresses": N_("Alamat terdaftar OPD ini"),
        "extra": N_("Alamat IP"),
        "reason": N_("Alasan"),
    },
}
_TICKED = {str(Said.YES): Said.YES.label}
_CHOSEN = {
    "kind": {str(kind): kind.label for kind in DeviceKind},
    "role": {str(role): role.label for role in (*PathRole, *Role) if role},
    "link": {str(kind): kind.label for kind in LinkKind if kind},
    "platform": {str(platform): platform.label for platform in Platform},
    **dict.fromkeys(("nat", "dhcp", "backup", "legacy", "telnet"), _TICKED),
}


def legible(fields: Mapping[str, list[str]]) -> Rows:
    """Return label and value of each field of the present form that people fill in, in the order of the form."""
    form = MultiDict([(name, value) for name, values in fields.items() for value in values])
    if stage := _stage():
        said = [
            (say(spec.label), _fact(spec, raw(spec, form)))
            for spec in stage.facts
            if spec.kind not in _UNSEEN
        ]
        said.append((_("Dikerjakan pada"), _shown(moment, zoned(form.get("on", "")))))
    else:
        said = [
            (say(label), ", ".join(_labelled(form.getlist(name), _CHOSEN.get(name, {}))))
            for name, label in _labels().items()
        ]
    return [(label, text) for label, text in said if text]


def _stage() -> sop.Stage | None:
    if request.endpoint == "letters.register":
        return sop.FIRST
    if request.endpoint == "tickets.take":
        return sop.STAGES.get((request.view_args or {}).get("stage", ""))
    return None


def _labels() -> dict[str, str]:
    """Return the labels of a plain form: by the last words of its page's name, or by its room."""
    room, _dot, page = (request.endpoint or "").partition(".")
    return _LABELS.get(page.partition("_")[2] if room == "registry" else room, {})


def _fact(spec: Fact, value: Any) -> str:  # noqa: ANN401 - what `raw` returns
    match spec.kind:
        case Kind.ROWS:
            rows = (" · ".join(filter(None, row.values())) for row in value)
            return "\n".join(filter(None, rows))
        case Kind.YES_NO:
            return str({"ya": _("Ya"), "tidak": _("Tidak")}.get(value, value))
        case Kind.CHOICE | Kind.TICKS:
            chosen = value if isinstance(value, list) else [value]
            labels = {choice.id: choice.label for choice in spec.choices}
            return ", ".join(_labelled(chosen, labels))
        case Kind.MOMENT:
            return _shown(moment, value)
        case Kind.DATE:
            return _shown(day, value)
        case _:
            return value if isinstance(value, str) else ", ".join(value)


def _labelled(chosen: Iterable[str], labels: Mapping[str, str | Bilingual]) -> Iterator[str]:
    """Yield the label of each value; what has none, as it was typed."""
    return (say(labels[value]) if value in labels else value for value in chosen)


def _shown(how: Callable[[str], str], value: str) -> str:
    """Return a date as people write it; what is none, as it was typed."""
    try:
        return how(value) if value else ""
    except (ValueError, OverflowError):
        return value
