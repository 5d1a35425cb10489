"""Tells a case in full: what the JSON leaves out because every ticket repeats it in nearly the same words.

Dispositions, signatures, letter numbers and the hours in between come from `routine.json` and from the case itself,
always in the same way for the same case.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any

from pulih.demo.cases import DemoCase, DemoEntry, DemoExtra
from pulih.demo.pictures import photos
from pulih.domain import sop
from pulih.domain.calendar import Calendar
from pulih.domain.facts import Fact, Kind
from pulih.domain.people import Role

Raw = dict[str, Any]

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
    "report": 1.6,
    "acceptance-section": 0.8,
    "acceptance-division": 0.7,
    "acceptance-department": 1.0,
    "work-record": 0.6,
    "acknowledgement-agency": 1.6,
    "acknowledgement-department": 0.9,
}
_DISPOSING = frozenset({"disposition", "verification", "appointment"})
_HURRY = {"segera": 0.5, "sangat-segera": 0.15}
_SETTING = frozenset(
    {"what", "by", "on", "before", "after"}
)  # of a deed beside the steps; the rest is told it
_CARRIED = frozenset({"letter", "report"})  # taken again, they start from what was there before
_HEADS = {"kepala-dinas": "kadis", "kepala-bidang": "kabid", "kepala-seksi": "kasi"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a telling looks things up in. A case that replaces a device changes `devices`."""

    agencies: Mapping[str, Raw]
    devices: dict[str, Raw]
    people: Mapping[str, Raw]
    routine: Mapping[str, list[Raw]]
    calendar: Calendar


@dataclass
class Telling:
    """One case while it is being told."""

    desk: Desk
    told: Raw
    entries: list[DemoEntry] = field(default_factory=list)
    due: str = sop.FIRST.id

    def case(self) -> DemoCase:
        """Return the case; what is not told between two deeds is done as it always is."""
        ends = self.told.get("ends", sop.CLOSED)
        for entry in self.told["entries"]:
            deed = sop.STAGES[entry["stage"]]
            while deed.during is None and self.due != deed.id:
                self._take({"stage": self.due})
            self._take(entry)
        while self.due != ends:
            self._take({"stage": self.due})
        beside = tuple(map(self._beside, self.told.get("beside", ())))
        return DemoCase(self.told["key"], ends, tuple(self._with_visits()), beside)

    def _beside(self, told: Raw) -> DemoExtra:
        """Return a deed besides the steps, on its day or right before or after the last time that a step was taken."""
        said = {name: v for name, v in told.items() if name not in _SETTING}
        if "on" in told:
            on = datetime.fromisoformat(told["on"]).replace(tzinfo=self.desk.calendar.zone)
        elif "before" in told:
            on = self._last_time(told["before"]) - timedelta(minutes=5)
        else:
            on = self._last_time(told["after"]) + timedelta(minutes=1)
        return DemoExtra(told["what"], told["by"], on, said)

    def _last_time(self, stage: str) -> datetime:
        return [entry.on for entry in self.entries if entry.stage == stage][-1]

    def _take(self, entry: Raw) -> None:
        stage = sop.STAGES[entry["stage"]]
        on = self._when(entry)
        by = entry.get("by") or self._by(stage)
        facts = {**self._filled(stage, on), **entry.get("facts", {})}
        if stage.paper and self.desk.people[by]["role"] not in stage.roles:
            facts.setdefault("signed_by", self.agency["official"])
        pictures = tuple(photos(facts.pop("photos", ()), self.told["key"]))
        raw: Raw = {
            spec.name: _spelled(spec, facts[spec.name], self.desk.calendar.zone)
            for spec in stage.facts
            if spec.name in facts
        }
        self.entries.append(DemoEntry(stage.id, by, on, raw, pictures))
        if stage.id == "installation":
            self._replace_device(raw)
        self.due = stage.way(raw).to or self.due

    def _when(self, entry: Raw) -> datetime:
        if not self.entries:
            return datetime.fromisoformat(self.told["start"]).replace(
                tzinfo=self.desk.calendar.zone
            )
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

    def _replace_device(self, facts: Raw) -> None:
        """Put the old device out of use, and the new one in its place."""
        old = self._device()
        if not old:
            return
        stem, _, turn = old["id"].rpartition("-")
        name = f"{stem}-{int(turn) + 1}" if turn.isdigit() else f"{old['id']}-2"
        self.desk.devices[name] = {
            **old,
            "id": name,
            "kind": facts["new_kind"],
            "brand": facts["new_make"],
            "model": facts["new_model"],
            "serial": facts["new_serial"],
            "inventory": facts["new_inventory"].strip("–"),
        }
        old.update(active=False, address="")
        for device in self.desk.devices.values():
            if device.get("parent") == old["id"]:
                device["parent"] = name

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
            "damage": self._damage,
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
            "device": "{name} ({brand} {model})".format_map(device) if device else "perangkat",
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

    def _damage(self, _on: datetime) -> Raw:
        found = self._last("examination")
        return {name: found[name] for name in ("device", "device_note") if name in found}

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
        return {f"old_{name}": device.get(key) or "–" for name, key in names.items()}

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


def _spelled(spec: Fact, value: object, zone: tzinfo) -> object:
    """Return a value as the domain reads it: local moments with their zone, short rows with their columns."""
    if spec.kind is Kind.MOMENT and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()
    if spec.kind is Kind.ROWS and isinstance(value, list):
        columns = [column.id for column in spec.choices]
        return [dict(zip(columns, row, strict=False)) for row in value]
    return value
