from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from datetime import date, datetime, time, timedelta
from ipaddress import ip_address, ip_network

import pytest

from pulih.demo.beside import DEEDS
from pulih.demo.data import NOW, ZONE, DemoCase, load
from pulih.demo.pictures import plain
from pulih.domain import sop
from pulih.domain.agency import FAULT_TYPES
from pulih.domain.calendar import Calendar
from pulih.domain.deadline import due
from pulih.domain.people import Role
from pulih.domain.segment import Segment
from pulih.domain.ticket import State, Ticket, rows, text
from pulih.domain.tree import grow
from pulih.domain.wiring import PathRole

DATA = load()
PEOPLE = {person.id: person for person in DATA.people}
DEVICES = {device.id: device for device in DATA.devices}
SITES = {site.id: site for site in DATA.sites}
KEYS = [case.key for case in DATA.cases]
DOCUMENTATION = [ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
LOOPBACK = ip_network("127.0.0.0/8")
FAULT_NAMES = {fault.id for fault in FAULT_TYPES}


def replay(case: DemoCase) -> Ticket:
    ticket = Ticket(case.key)
    for entry in case.entries:
        facts = dict(entry.facts)
        if entry.files:
            facts["photos"] = [file.name for file in entry.files]
        ticket = ticket.take(entry.stage, PEOPLE[entry.by], entry.on, facts, zone=ZONE)
    return ticket


TICKETS = {case.key: replay(case) for case in DATA.cases}
EXTRAS = [(case, extra) for case in DATA.cases for extra in case.beside]
PICTURES = [f for case in DATA.cases for entry in case.entries for f in entry.files]
CLOSED = {key: t for key, t in TICKETS.items() if t.state is State.CLOSED}


def stages(ticket: Ticket) -> list[str]:
    return [entry.stage for entry in ticket.history]


def times(ticket: Ticket, stage: str) -> int:
    return stages(ticket).count(stage)


@pytest.mark.parametrize("case", DATA.cases, ids=KEYS)
class TestEveryCase:
    def test_ends_where_it_says(self, case):
        ticket = TICKETS[case.key]
        assert case.ends == (ticket.due.id if ticket.due else ticket.state.value)

    def test_brings_no_fact_that_its_step_does_not_know(self, case):
        for entry in case.entries:
            assert set(entry.facts) <= {fact.name for fact in sop.STAGES[entry.stage].facts}

    def test_happens_in_working_hours_one_deed_after_another(self, case):
        moments = [entry.on.astimezone(ZONE) for entry in case.entries]
        assert moments == sorted(moments)
        assert all(m.weekday() < 5 and 7 <= m.hour <= 16 for m in moments)
        assert 8 <= moments[0].hour < 15
        assert moments[-1].date() < NOW

    def test_names_only_what_is_registered_and_its_own(self, case):
        ticket = TICKETS[case.key]
        for entry in ticket.history:
            if device := text(entry.facts, "device"):
                assert DEVICES[device].agency == ticket.agency
            if site := text(entry.facts, "site"):
                assert SITES[site].agency == ticket.agency
            if fault := text(entry.facts, "fault_type"):
                assert fault in FAULT_NAMES
            assert PEOPLE[entry.by].agency in {"", ticket.agency}

    def test_gives_a_telephone_number_that_nobody_has(self, case):
        assert re.fullmatch(r"0812-0000-0\d{3}", text(TICKETS[case.key].letter, "contact_phone"))

    def test_quotes_only_addresses_that_belong_to_nobody(self, case):
        told = repr([entry.facts for entry in TICKETS[case.key].history])
        for quoted in re.findall(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])", told):
            address = ip_address(quoted)
            known = any(address in network for network in DOCUMENTATION)
            assert known or address.is_private or address.is_loopback, quoted


class TestOffice:
    def test_has_what_was_promised(self):
        assert len(DATA.agencies) >= 34
        per_agency = Counter(site.agency for site in DATA.sites)
        assert all(1 <= per_agency[agency.id] <= 3 for agency in DATA.agencies)
        in_use = Counter(device.agency for device in DATA.devices if device.active)
        assert all(2 <= in_use[agency.id] <= 6 for agency in DATA.agencies)

    def test_has_every_seat(self):
        seats = Counter(person.role for person in DATA.people)
        assert seats[Role.NETWORK_TEAM] == 3
        heads = (Role.HEAD_OF_DEPARTMENT, Role.HEAD_OF_DIVISION, Role.SECTION_HEAD, Role.ADMIN)
        assert [seats[role] for role in heads] == [1, 1, 1, 1]
        contacts = {person.agency for person in DATA.people if person.role is Role.OPD}
        assert len(contacts) >= 6
        assert contacts >= {"dukcapil", "dikbud"}

    def test_has_well_formed_numbers_of_civil_servants(self):
        for person in DATA.people:
            if person.nip:
                assert re.fullmatch(r"\d{18}", person.nip)
                date.fromisoformat(person.nip[:8])
                assert person.nip.endswith("000")  # a serial that is never given

    @pytest.mark.parametrize("items", [DATA.agencies, DATA.sites, DATA.devices, DATA.people])
    def test_names_each_thing_once(self, items):
        assert len({item.id for item in items}) == len(items)

    def test_belongs_together(self):
        agencies = {agency.id for agency in DATA.agencies}
        assert {site.agency for site in DATA.sites} <= agencies
        assert all(SITES[device.site].agency == device.agency for device in DATA.devices)
        assert {p.agency for p in DATA.people if p.role is Role.OPD} <= agencies

    def test_probes_only_addresses_that_belong_to_nobody(self):
        addresses = [ip_address(d.address) for d in DATA.devices if d.address]
        assert len(set(addresses)) == len(addresses)
        assert all(any(a in n for n in [*DOCUMENTATION, LOOPBACK]) for a in addresses)
        assert sum(a in LOOPBACK for a in addresses) >= 20

    @pytest.mark.parametrize("agency", sorted({p.agency for p in DATA.people if p.agency}))
    def test_has_a_device_that_answers_where_somebody_can_sign_in(self, agency):
        own = [d for d in DATA.devices if d.agency == agency and d.address and d.active]
        assert any(ip_address(device.address) in LOOPBACK for device in own)

    def test_has_ways_and_one_that_leads_over_another_agencys_relay(self):
        tree = grow(DATA.devices)
        assert not tree.remarks
        assert DEVICES[tree.above("pkm-empang-rt")[0]].agency == "kec-empang"
        known = [s for s in tree.spots.values() if s.place is PathRole.ROUTER and not s.assumed]
        assert len(known) >= 15

    def test_counts_a_replaced_device_out(self):
        old, new = DEVICES["bappeda-sw1"], DEVICES["bappeda-sw1-2"]
        assert not old.active
        assert not old.address
        assert new.active
        assert new.make == "MikroTik CRS326-24G-2S+RM"


class TestCases:
    def test_are_as_many_as_promised(self):
        assert len(CLOSED) >= 66
        assert sum(t.state is State.WITHDRAWN for t in TICKETS.values()) == 2
        assert min(t.opened for t in CLOSED.values()).astimezone(ZONE).year == 2023
        assert max(t.opened for t in CLOSED.values()).astimezone(ZONE).date() >= date(2026, 10, 1)

    def test_know_every_type_of_fault(self):
        found = {text(t.facts_of("examination"), "fault_type") for t in CLOSED.values()}
        assert found == FAULT_NAMES

    def test_go_every_way_through_the_procedure(self):
        remote = [t for t in CLOSED.values() if "coordination" not in stages(t)]
        assert 0.4 <= len(remote) / len(CLOSED) <= 0.5
        damage = [t.facts_of("damage") for t in CLOSED.values() if "damage" in stages(t)]
        assert sum(facts["damaged"] is False for facts in damage) >= 8
        assert sum(facts.get("must_replace") is False for facts in damage) >= 8
        assert sum("installation" in stages(t) for t in CLOSED.values()) >= 12
        again = [t for t in CLOSED.values() if times(t, "trial") > 1]
        assert len(again) >= 4
        assert sum(times(t, "letter") > 1 for t in CLOSED.values()) >= 3
        assert sum(times(t, "report") > 1 for t in CLOSED.values()) >= 2

    def test_take_every_way_that_a_stage_has(self):
        taken = {(e.stage, e.way.label) for t in TICKETS.values() for e in t.history}
        for stage in sop.STAGES.values():
            for way in stage.ways:
                assert (stage.id, way.label) in taken or stage.id == "reappointment"

    def test_recur_after_the_first_was_closed(self):
        linked = {
            key: text(t.letter, "recurrence_of")
            for key, t in TICKETS.items()
            if text(t.letter, "recurrence_of")
        }
        assert len(linked) >= 4
        for key, before in linked.items():
            closed = TICKETS[before].closed
            assert TICKETS[before].agency == TICKETS[key].agency
            assert closed
            assert closed < TICKETS[key].opened

    def test_have_letters_with_numbers_of_their_own(self):
        numbers = [
            text(e.facts, "letter_number")
            for t in TICKETS.values()
            for e in t.history
            if e.stage == "letter"
        ]
        assert len(set(numbers)) == len(numbers)

    @pytest.mark.parametrize("fact", ["symptom", "cause", "actions", "result", "prevention"])
    def test_are_told_in_their_own_words(self, fact):
        told = [text(t.facts_of("report"), fact) for t in CLOSED.values()]
        assert len(set(told)) == len(told)

    def test_complain_and_repair_in_their_own_words(self):
        for stage, fact in (
            ("letter", "disturbed"),
            ("remote-repair", "done"),
            ("damage", "repair"),
        ):
            told = [
                text(e.facts, fact) for t in TICKETS.values() for e in t.history if e.stage == stage
            ]
            assert len(set(told)) == len(told)

    def test_carry_figures(self):
        for ticket in CLOSED.values():
            assert len(rows(ticket.facts_of("examination"), "readings")) >= 2
            assert len(rows(ticket.facts_of("trial"), "tests")) >= 2

    def test_mention_a_contact_by_name_so_that_the_wiki_must_mask_it(self):
        named = [
            key
            for key, t in CLOSED.items()
            if text(t.letter, "contact_name") in repr(t.facts_of("report"))
        ]
        assert len(named) >= 3


class TestWhatIsBesideTheSteps:
    def test_says_of_most_cases_which_part_of_the_way_had_failed(self):
        told = [text(t.facts_of("examination"), "segment") for t in CLOSED.values()]
        assert sum(map(bool, told)) / len(told) > 0.9
        assert {Segment(segment) for segment in told if segment} == set(Segment)

    def test_shows_everything_that_may_be_done(self):
        assert {extra.what for _case, extra in EXTRAS} | {e.what for e in DATA.wanted} == set(DEEDS)
        done = Counter(extra.what for _case, extra in EXTRAS)
        assert done["note"] >= 3
        assert done["retract"] == 1
        assert done["show"] >= 5
        assert len({e.said["words"] for e in DATA.wanted if e.what == "seek"}) >= 4

    @pytest.mark.parametrize(("case", "extra"), EXTRAS)
    def test_is_done_by_somebody_of_the_office_after_the_letter_came_and_before_today(
        self, case, extra
    ):
        assert PEOPLE[extra.by].role in {Role.NETWORK_TEAM, Role.SECTION_HEAD}
        assert case.entries[0].on < extra.on
        assert extra.on.date() < NOW
        assert extra.on.weekday() < 5
        if other := extra.said.get("case"):
            closed = TICKETS[other].closed
            assert closed
            assert closed < extra.on

    def test_publishes_only_photographs_that_were_taken(self):
        for case, extra in EXTRAS:
            if extra.what == "show":
                taken = {plain(file.name) for entry in case.entries for file in entry.files}
                assert {plain(caption) for caption in extra.said["captions"]} <= taken

    def test_hides_and_shows_what_stands_in_its_case(self):
        for case, extra in EXTRAS:
            for name in {"passage", "text"} & set(extra.said) if extra.what != "note" else ():
                assert extra.said[name] in repr([entry.facts for entry in case.entries])


class TestLooks:
    LOOKS = tuple((case, extra) for case, extra in EXTRAS if extra.what == "look")

    def test_are_of_devices_on_the_way_of_the_agency(self):
        known = {
            address: device.agency
            for device in DATA.devices
            for address in (device.address, *re.findall(r"[\d.]{7,}(?=/)", device.interfaces))
        }
        assert len(self.LOOKS) >= 3
        for case, look in self.LOOKS:
            told = {*look.said.get("silent", ()), *look.said.get("lossy", ()), *look.said["ms"]}
            agencies = {TICKETS[case.key].agency, "diskominfotiksan"}
            assert {known[address] for address in told} <= agencies

    def test_are_made_while_their_step_is_due(self):
        for case, look in self.LOOKS:
            before = [entry for entry in case.entries if entry.on < look.on]
            after = [entry.stage for entry in case.entries if entry.on > look.on]
            due = after[0] if after else case.ends
            assert before
            assert due in {"examination", "trial"}

    def test_leave_one_open_and_prove_one_mended(self):
        proven = {case.key for case, look in self.LOOKS if case.ends == sop.CLOSED}
        assert {case.ends for case, _look in self.LOOKS} == {sop.CLOSED, "examination"}
        assert [case.key for case, _look in self.LOOKS].count(*proven) == 2


class TestDesk:
    def test_has_something_at_many_steps(self):
        due = Counter(t.due.id for t in TICKETS.values() if t.due)
        assert due.total() >= 8
        assert set(due) >= {
            "letter", "disposition", "verification", "appointment", "examination", "remote-repair",
            "damage", "replacement-record", "report", "acceptance-division", "acknowledgement-agency",
        }  # fmt: skip

    def test_is_late_with_some_and_in_time_with_others(self):
        now = datetime.combine(NOW, time(8), tzinfo=ZONE)
        dues = [due(t, Calendar(ZONE), now) for t in TICKETS.values() if t.due]
        late = sum(d.late for d in dues if d)
        assert 3 <= late <= len(dues) - 3

    def test_keeps_out_of_the_past_whenever_it_is_shown(self):
        today = NOW + timedelta(days=104)
        later = load(today)
        moved = {case.key: case for case in later.cases}
        for case in DATA.cases:
            if case.ends in {sop.CLOSED, sop.WITHDRAWN}:
                assert moved[case.key] == case
            else:
                begin, end = moved[case.key].entries[0].on, moved[case.key].entries[-1].on
                assert timedelta(90) < begin - case.entries[0].on < timedelta(120)
                assert end.date() < today
                replay(moved[case.key])


class TestPictures:
    def test_go_with_every_damaged_device(self):
        for case in DATA.cases:
            for entry in case.entries:
                if entry.stage == "damage":
                    assert bool(entry.files) == entry.facts["damaged"]

    @pytest.mark.parametrize("file", PICTURES, ids=lambda file: file.name)
    def test_are_sound(self, file):
        content = file.content
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        at, data = 8, b""
        while at < len(content):
            (length,) = struct.unpack_from(">I", content, at)
            body = content[at + 4 : at + 8 + length]
            assert zlib.crc32(body) == struct.unpack_from(">I", content, at + 8 + length)[0]
            data += body[4:] if body.startswith(b"IDAT") else b""
            at += 12 + length
        assert len(zlib.decompress(data)) == 200 * (1 + 3 * 320)


def test_is_the_same_each_time():
    assert load() == DATA
