"""My desk and the office's queue: who is waited for, at each stage, written out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pulih.domain import sop
from pulih.domain.records import TicketFilter
from pulih.domain.ticket import Ticket

# On whose desk a ticket of Dewi's agency lies when a stage is due (Rina and Bayu are appointed).
#   waits: for this person;  in: among the open tickets that went over their desk;  .: not on it (yet).
DESKS = """
                             dewi   hasan  irawan nurhayati salim  rina   bayu   joko   admin
disposition                  in     .      waits  .         .      .      .      .      .
verification                 in     .      in     waits     .      .      .      .      .
appointment                  in     .      in     in        waits  .      .      .      .
examination                  in     .      in     in        in     waits  waits  .      .
remote-repair                in     .      in     in        in     waits  waits  .      .
coordination                 in     .      in     in        in     waits  waits  .      .
damage                       in     .      in     in        in     waits  waits  .      .
replacement-notice           in     .      in     in        in     waits  waits  .      .
replacement-record           waits  .      in     in        in     in     in     .      .
installation                 in     .      in     in        in     waits  waits  .      .
trial                        in     .      in     in        in     waits  waits  .      .
report                       in     .      in     in        in     waits  waits  .      .
acceptance-section           in     .      in     in        waits  in     in     .      .
acceptance-division          in     .      in     waits     in     in     in     .      .
acceptance-department        in     .      waits  in        in     in     in     .      .
work-record                  in     .      in     in        in     waits  waits  .      .
acknowledgement-agency       waits  .      in     in        in     in     in     .      .
acknowledgement-department   in     .      waits  in        in     in     in     .      .
"""


def cells(table):
    head, *lines = [line.split() for line in table.strip().splitlines()]
    return [(row, dict(zip(head, line, strict=True))) for row, *line in lines]


def place(desk, number):
    """Where on a desk a ticket lies."""
    if number in [row.ticket.number for row in desk.waiting]:
        return "waits"
    return "in" if number in [row.ticket.number for row in desk.involved] else "."


@pytest.mark.parametrize(
    ("stage", "expected"), cells(DESKS), ids=lambda cell: cell if isinstance(cell, str) else ""
)
def test_a_ticket_lies_on_the_desk_of_whoever_is_waited_for(office, cast, stage, expected):
    number = office.at(stage).number
    assert {p.id: place(office.work.mine(p), number) for p in cast} == expected


def test_the_table_of_desks_leaves_no_stage_out():
    due = [stage.id for step in sop.STEPS for stage in step.stages]
    assert ["letter", *(stage for stage, _ in cells(DESKS))] == due


def test_a_returned_letter_waits_for_the_agency_and_for_nobody_in_the_office(office, cast):
    number = office.returned().number
    desks = {p.id: place(office.work.mine(p), number) for p in cast}
    assert {who for who, where in desks.items() if where == "waits"} == {"dewi"}


@pytest.mark.parametrize("end", ["closed", "withdrawn"])
def test_a_ticket_at_its_end_lies_on_no_desk(office, cast, end):
    if end == "closed":
        office.closed()
    else:
        office.take(office.at("trial"), "withdrawal")
    for person in cast:
        desk = office.work.mine(person)
        assert (desk.waiting, desk.involved, desk.late) == ((), (), 0)


def test_after_a_change_of_team_the_ticket_moves_to_the_new_one(office, cast):
    ticket = office.take(office.at("trial"), "reappointment", technicians=["joko"], lead="joko")
    assert place(office.work.mine(cast.lead), ticket.number) == "in"  # she has worked on it
    assert place(office.work.mine(cast.technician), ticket.number) == "."
    assert place(office.work.mine(cast.unappointed), ticket.number) == "waits"


def test_whoever_registered_a_letter_follows_the_ticket(office, cast):
    number = office.register(cast.unappointed, signed_by="Dewi Lestari").number
    assert place(office.work.mine(cast.unappointed), number) == "in"
    assert place(office.work.mine(cast.lead), number) == "."


def test_a_technicians_desk_reads_no_ticket_of_another_team(office, cast, monkeypatch):
    ours = office.at("trial").number
    office.take(office.at("appointment"), "appointment", technicians=["joko"], lead="joko")
    read = []
    monkeypatch.setattr(Ticket, "refusal", lambda ticket, *_: read.append(ticket.number))
    office.work.mine(cast.technician)
    assert read == [ours]


def test_nothing_waits_for_somebody_who_has_left(office, cast):
    office.at("trial")
    assert office.work.mine(replace(cast.lead, active=False)).waiting == ()


def test_what_is_due_first_stands_first(office, cast, clock):
    first = office.register().number
    clock.tick(hours=1)
    second = office.register().number
    clock.tick(minutes=10)
    third = office.at("trial").number  # has two days
    desk = office.work.mine(cast.head)
    assert [row.ticket.number for row in desk.waiting] == [first, second]
    assert [row.ticket.number for row in office.work.mine(cast.contact).involved] == [
        first,
        second,
        third,
    ]


def test_what_waits_for_the_agency_stands_last(office, cast):
    waiting = office.at("replacement-record").number
    running = office.at("trial").number
    rows = office.work.mine(cast.lead)
    assert [row.ticket.number for row in (*rows.waiting, *rows.involved)] == [running, waiting]
    assert rows.involved[0].order[0] > rows.waiting[0].order[0] + timedelta(days=3650)


def test_late_tickets_are_counted(office, cast, clock):
    office.register()
    assert office.work.mine(cast.head).late == 0
    clock.tick(days=2)
    office.register()
    assert office.work.mine(cast.head).late == 1


def test_a_row_says_what_a_line_of_a_list_needs(office, cast):
    office.register(subject="Loket putus")
    (row,) = office.work.mine(cast.head).waiting
    assert row.agency == "Dinas Kependudukan dan Pencatatan Sipil"
    assert row.subject == "Loket putus"
    assert row.holder.roles == {cast.head.role}
    assert not row.due.late


# ---- The queue --------------------------------------------------------------------------------


def test_the_queue_counts_the_open_tickets_of_each_step(office, cast):
    office.register()
    office.register()
    office.returned()
    office.at("replacement-record")
    office.at("acceptance-division")
    office.closed()
    office.take(office.at("trial"), "withdrawal")

    queue = office.work.queue(cast.head)

    assert {step.number: n for step, n in queue.counts if n} == {1: 1, 2: 2, 9: 1, 13: 1}
    assert [step.number for step, _ in queue.counts] == list(range(1, 15))
    assert queue.rows.total == 5


def test_the_queue_can_be_narrowed_to_a_step_and_paged(office, cast):
    for _ in range(3):
        office.register()
    office.at("trial")
    page = office.work.queue(cast.section, step=2, page=2, size=2).rows
    assert (page.total, page.number, page.pages, len(page.items)) == (3, 2, 2, 1)
    assert {row.ticket.due.step for row in page.items} == {2}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("head", True),
        ("division", True),
        ("section", True),
        ("admin", True),
        ("lead", False),
        ("unappointed", False),
        ("contact", False),
        ("stranger", False),
    ],
)
def test_the_queue_is_for_the_heads(office, cast, who, sees):
    office.register()
    assert (office.work.queue(getattr(cast, who)) is not None) is sees


# ---- Lists ------------------------------------------------------------------------------------


def test_an_agency_lists_its_own_tickets_whatever_it_asks_for(office, cast):
    office.register()
    theirs = office.register(cast.stranger, agency="dikbud")
    for asked in ("", "dukcapil", "dikbud"):
        page = office.work.tickets(cast.stranger, TicketFilter(agency=asked))
        assert [row.ticket.number for row in page.items] == [theirs.number]


def test_a_contact_without_an_agency_sees_nothing(office, cast):
    office.register()
    lost = replace(cast.contact, agency="")
    assert office.work.tickets(lost, TicketFilter()).total == 0
    assert office.work.mine(lost).involved == ()


def test_the_office_lists_tickets_by_state_step_words_and_member(office, cast):
    open_one = office.at("trial", subject="WiFi ruang rapat lambat")
    returned = office.returned()
    closed = office.closed(subject="Kabel putus")

    def numbers(**wanted):
        rows = office.work.tickets(cast.head, TicketFilter(**wanted)).items
        return {row.ticket.number for row in rows}

    assert numbers() == {open_one.number, returned.number, closed.number}
    assert numbers(states=("closed",)) == {closed.number}
    assert numbers(states=("open", "returned")) == {open_one.number, returned.number}
    assert numbers(step=11) == {open_one.number}
    assert numbers(words="rapat wifi") == {open_one.number}
    assert numbers(member="bayu", states=("open",)) == {open_one.number}
    assert numbers(year="2025") == set()


def test_the_newest_letter_stands_first_in_a_list(office, cast):
    numbers = []
    for _ in range(3):
        numbers.append(office.register().number)
        office.tools.now.tick(hours=1)
    page = office.work.tickets(cast.head, TicketFilter(), size=2)
    assert [row.ticket.number for row in page.items] == [numbers[2], numbers[1]]
    assert (page.total, page.pages) == (3, 2)
