"""Reads the demo office from the JSON beside it.

The JSON holds what somebody wrote or measured. What every ticket repeats in nearly the same words (dispositions,
signatures, letter numbers) is filled in here from `routine.json`, always in the same way for the same case.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from pulih.domain import sop
from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.domain.calendar import Calendar
from pulih.domain.facts import Fact, Kind
from pulih.domain.people import Person, Role

ZONE = ZoneInfo("Asia/Makassar")
CASE_FILES = ("cases-1.json", "cases-2.json", "cases-3.json", "cases-4.json", "cases-open.json")

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A file to attach before the step is taken; its identifier then joins the fact `fact`."""

    fact: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """One deed, with everything its step must be told except the identifiers of `files`.

    Attributes:
        stage: A key of `sop.STAGES`.
        by: A person's identifier.
        on: When it happens; aware, within working hours.
        facts: Raw, as `facts.read` takes them. `recurrence_of` is the key of an earlier case, not a ticket's number.
    """

    stage: str
    by: str
    on: datetime
    facts: Mapping[str, object]
    files: tuple[DemoFile, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoCase:
    """A ticket from its letter to where it stands.

    Attributes:
        ends: `sop.CLOSED`, `sop.WITHDRAWN`, or the stage that is due.
    """

    key: str
    ends: str
    entries: tuple[DemoEntry, ...]


@dataclass(frozen=True, slots=True)
class DemoData:
    """The demo office. `cases` are in the order in which their letters came."""

    agencies: tuple[Agency, ...]
    sites: tuple[Site, ...]
    devices: tuple[Device, ...]
    people: tuple[Person, ...]
    cases: tuple[DemoCase, ...]


def load() -> DemoData:
    """Return the demo office. Two calls return equal values."""
    agencies = _json("agencies.json")
    desk = _Desk(
        agencies={row["id"]: row for row in agencies},
        devices={row["id"]: row for row in _json("devices.json")},
        people={row["id"]: row for row in _json("people.json")},
        routine=_json("routine.json"),
        calendar=Calendar(
            ZONE, {date.fromisoformat(d): name for d, name in _json("free-days.json").items()}
        ),
    )
    told = sorted(
        (case for name in CASE_FILES for case in _json(name)), key=lambda case: str(case["start"])
    )
    return DemoData(
        agencies=tuple(
            Agency(row["id"], row["name"], row["short"], row["address"]) for row in agencies
        ),
        sites=tuple(Site(**row) for row in _json("sites.json")),
        devices=tuple(
            Device(**{**row, "kind": DeviceKind(row["kind"])}) for row in desk.devices.values()
        ),
        people=tuple(Person(**{**row, "role": Role(row["role"])}) for row in desk.people.values()),
        cases=tuple(_Telling(desk, number, case).case() for number, case in enumerate(told, 1)),
    )


def _json(name: str) -> Any:  # noqa: ANN401 - JSON has no better type
    return json.loads(files("pulih.demo").joinpath(name).read_text(encoding="utf-8"))


# ---- A case, told in full ------------------------------------------------------------------

# Working hours that a stage takes when the case does not say, more or less.
_USUAL_HOURS = {
    "disposition": 1.2,
    "verification": 1.0,
    "appointment": 0.9,
    "examination": 1.6,
    "remote-repair": 1.1,
    "coordination": 0.8,
    "damage": 3.0,
    "replacement-notice": 0.5,
    "replacement-record": 9.0,
    "installation": 5.0,
    "trial": 0.6,
    "report": 2.6,
    "acceptance-section": 1.3,
    "acceptance-division": 1.2,
    "acceptance-department": 1.8,
    "work-record": 0.9,
    "acknowledgement-agency": 2.4,
    "acknowledgement-department": 1.6,
}
_DISPOSING = frozenset({"disposition", "verification", "appointment"})
_HURRY = {"segera": 0.5, "sangat-segera": 0.15}
_CARRIED = frozenset({"letter", "report"})  # taken again, they start from what was there before
_HEADS = {"kepala-dinas": "kadis", "kepala-bidang": "kabid", "kepala-seksi": "kasi"}
_PHOTO_SIZE = (320, 200)


@dataclass(frozen=True)
class _Desk:
    agencies: Mapping[str, Raw]
    devices: Mapping[str, Raw]
    people: Mapping[str, Raw]
    routine: Mapping[str, list[Raw]]
    calendar: Calendar


@dataclass
class _Telling:
    """One case while it is being told."""

    desk: _Desk
    number: int
    told: Raw
    entries: list[DemoEntry] = field(default_factory=list)
    due: str = sop.FIRST.id

    def case(self) -> DemoCase:
        ends = self.told.get("ends", sop.CLOSED)
        for entry in self.told["entries"]:
            deed = sop.STAGES[entry["stage"]]
            while deed.during is None and self.due != deed.id:
                self._take({"stage": self.due})
            self._take(entry)
        while self.due != ends:
            self._take({"stage": self.due})
        return DemoCase(self.told["key"], ends, tuple(self._with_visits()))

    def _take(self, entry: Raw) -> None:
        stage = sop.STAGES[entry["stage"]]
        on = self._when(entry)
        by = entry.get("by") or self._by(stage)
        facts = {**self._filled(stage, on), **entry.get("facts", {})}
        if stage.paper and self.desk.people[by]["role"] not in stage.roles:
            facts.setdefault("signed_by", self.agency["official"])
        photos = tuple(_photos(facts.pop("photos", ()), self.told["key"]))
        raw = {
            spec.name: _spelled(spec, facts[spec.name])
            for spec in stage.facts
            if spec.name in facts
        }
        self.entries.append(DemoEntry(stage.id, by, on, raw, photos))
        self.due = stage.way(raw).to or self.due  # type: ignore[arg-type] # raw values of the two kinds that choose

    def _when(self, entry: Raw) -> datetime:
        if not self.entries:
            return datetime.fromisoformat(self.told["start"]).replace(tzinfo=ZONE)
        stage = entry["stage"]
        hours = entry.get("after_hours") or self._usual_hours(stage)
        later = self.desk.calendar.add(self.entries[-1].on, timedelta(minutes=round(60 * hours)))
        return self.desk.calendar.local(later)

    def _usual_hours(self, stage: str) -> float:
        urgent = _HURRY.get(self.told.get("nature", ""), 1.0) if stage in _DISPOSING else 1.0
        return _USUAL_HOURS[stage] * urgent * (0.5 + self._dice(stage) % 1000 / 1000)

    def _dice(self, salt: str) -> int:
        return zlib.crc32(f"{self.told['key']}/{salt}/{len(self.entries)}".encode())

    def _by(self, stage: sop.Stage) -> str:
        role = next(iter(stage.roles))
        own = next(
            (p["id"] for p in self.desk.people.values() if p.get("agency") == self.told["agency"]),
            "",
        )
        lead: str = self.told["team"][0]
        if stage is sop.FIRST:
            return lead
        return _HEADS.get(role) or (own if own and role is Role.OPD else lead)

    @property
    def agency(self) -> Raw:
        return self.desk.agencies[self.told["agency"]]

    @cached_property
    def _contact(self) -> Raw:
        letter: Raw = self.told["entries"][0]["facts"]
        return letter

    def _last(self, stage: str) -> Mapping[str, Any]:
        return next((e.facts for e in reversed(self.entries) if e.stage == stage), {})

    def _device(self) -> Raw:
        name = self._last("damage").get("device") or self._last("examination").get("device")
        return self.desk.devices.get(str(name), {})

    # ---- What nobody would write twice ----

    def _filled(self, stage: sop.Stage, on: datetime) -> Raw:
        filled: Raw = dict(self._last(stage.id)) if stage.id in _CARRIED else {}
        variants = self.desk.routine.get(stage.id, [{}])
        filled.update(self._worded(variants[self._dice(stage.id) % len(variants)]))
        make = {
            "letter": self._letter,
            "disposition": self._disposition,
            "verification": self._verification,
            "appointment": self._appointment,
            "coordination": self._coordination,
            "replacement-notice": self._notice,
            "replacement-record": self._record,
            "installation": self._installation,
            "work-record": self._work,
        }.get(stage.id)
        if make:
            filled.update(make(on))
        if stage.id.startswith("acceptance-"):
            filled["accepted"] = True
        if stage.id.startswith("acknowledgement-"):
            filled["acknowledged"] = "ya"
        return filled

    def _worded(self, variant: Raw) -> Raw:
        device = self._device()
        letter = self._last("letter")
        words = {
            "agency": self.agency["short"],
            "place": letter.get("place", ""),
            "subject": letter.get("subject", ""),
            "device": f"{device['name']} ({device['brand']} {device['model']})"
            if device
            else "perangkat",
        }
        return {name: v.format(**words) if isinstance(v, str) else v for name, v in variant.items()}

    def _letter(self, on: datetime) -> Raw:
        again = len(self.entries) > 0
        written = (
            on.date() if again or self._dice("letter") % 2 else self._workday_before(on.date())
        )
        known = str(self._contact["since"])[:10]
        number = 11 + self._dice("number") % 640 + (9 if again else 0)
        phone = 1 + zlib.crc32(str(self._contact["contact_name"]).encode()) % 998
        return {
            "letter_number": self.agency["letters"].format(n=f"{number:03d}", year=on.year),
            "letter_date": max(written.isoformat(), known),
            "agency": self.told["agency"],
            "contact_phone": f"0812-0000-0{phone:03d}",
        }

    def _workday_before(self, day: date) -> date:
        day -= timedelta(days=1)
        return day if self.desk.calendar.works(day) else self._workday_before(day)

    def _disposition(self, _on: datetime) -> Raw:
        return {"nature": self.told.get("nature", "biasa"), "to": "kabid"}

    def _verification(self, _on: datetime) -> Raw:
        return {"verified": True, "nature": self.told.get("nature", "biasa"), "to": "kasi"}

    def _appointment(self, _on: datetime) -> Raw:
        return {"technicians": self.told["team"], "lead": self.told["team"][0]}

    def _coordination(self, on: datetime) -> Raw:
        visit = self.desk.calendar.local(self.desk.calendar.add(on, timedelta(hours=4)))
        return {
            "spoken_to": self._contact["contact_name"],
            "visit_at": visit.isoformat(),
            "agreed_by": self.agency["official"],
        }

    def _notice(self, on: datetime) -> Raw:
        return {"informed": self._contact["contact_name"], "informed_at": on.isoformat()}

    def _record(self, _on: datetime) -> Raw:
        device = self._device()
        names = {
            "kind": "kind",
            "make": "brand",
            "model": "model",
            "serial": "serial",
            "inventory": "inventory",
        }
        return {f"old_{name}": device[key] for name, key in names.items() if key in device}

    def _installation(self, _on: datetime) -> Raw:
        return {"new_kind": self._last("replacement-record")["old_kind"], "new_inventory": "–"}

    def _work(self, _on: datetime) -> Raw:
        installed = self._last("installation")
        report = self._last("report")
        tried = next(e.on for e in reversed(self.entries) if e.stage == "trial")
        work: Raw = {
            "work": report["actions"],
            "work_date": tried.date().isoformat(),
            "result": report["result"],
            "agency_official": self.agency["official"],
        }
        if installed:
            work["devices"] = (
                f"{installed['new_make']} {installed['new_model']}, nomor seri {installed['new_serial']}"
            )
        return work

    def _with_visits(self) -> Iterator[DemoEntry]:
        """Let a visit take place when it was agreed to."""
        for entry, after in zip(self.entries, [*self.entries[1:], None], strict=True):
            if entry.stage == "coordination" and after and after.stage == "damage":
                facts = {**entry.facts, "visit_at": after.on.isoformat()}
                yield replace(entry, facts=facts)
            else:
                yield entry


def _spelled(spec: Fact, value: object) -> object:
    """Return a value as the domain reads it: local moments with their zone, short rows with their columns."""
    if spec.kind is Kind.MOMENT and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).isoformat()
    if spec.kind is Kind.ROWS and isinstance(value, list):
        columns = [column.id for column in spec.choices]
        return [dict(zip(columns, row, strict=False)) for row in value]
    return value


# ---- Pictures ------------------------------------------------------------------------------


def _photos(captions: Iterable[str], key: str) -> Iterator[DemoFile]:
    for number, caption in enumerate(captions, 1):
        name = "".join(c if c.isalnum() else "-" for c in caption.lower()).strip("-")
        while "--" in name:
            name = name.replace("--", "-")
        yield DemoFile(
            "photos", f"{number}-{name[:60].rstrip('-')}.png", picture(f"{key}: {caption}")
        )


def picture(caption: str) -> bytes:
    """Return a small PNG: a box with lamps before a wall, in colours that the caption chooses, and the caption as text.

    It stands in for a photograph; nobody should take it for one.
    """
    width, height = _PHOTO_SIZE
    dice = zlib.crc32(caption.encode())
    wall = bytes(150 + (dice >> shift) % 90 for shift in (0, 5, 10))
    box, lamps = (
        bytes((58, 62, 70)),
        (bytes((70, 200, 110)), bytes((220, 80, 60)), bytes((90, 95, 105))),
    )
    plain, boxed = wall * width, wall * 50 + box * (width - 100) + wall * 50
    lit = bytearray(boxed)
    for lamp in range(8):
        left = 3 * (70 + lamp * 24)
        lit[left : left + 36] = lamps[(dice >> lamp) % 3] * 12
    rows = [lit if 100 <= y < 110 else boxed if 70 <= y < 140 else plain for y in range(height)]
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    text = b"Description\0\0\0\0\0" + caption.encode()
    chunks = ((b"IHDR", header), (b"iTXt", text), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )
