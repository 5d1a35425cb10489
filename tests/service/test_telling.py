"""What people say to a run: answers and codes are judged at once, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pulih.domain.records import RunKind, Told
from pulih.errors import Conflict, Invalid, NotAllowed, NotFound, NotYourStep, Refused

LAMP = "lamp/rt-dukcapil/rt-dukcapil--sw-loket"
POWER = "power/sw-loket"
PC = "PC dukcapil"


@pytest.fixture
def ticket(office):
    return office.at("examination")


def looked(office, cast, ticket):
    office.tools.now.tick(minutes=1)
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)
    return office.probing.get(cast.lead, ticket.number, run.id)


@pytest.fixture
def run(office, cast, ticket):
    """A run that found the switch silent, and asks for a lamp."""
    return looked(office, cast, ticket)


def places(run):
    return {(one["place"], one["type"]) for one in run.verdict["candidates"]}


def code(node=PC, state="up"):
    """What a computer's code says: that its port is plugged in, and whether its gateway answers."""
    rows = [
        ("link", "", "", "up", {"carrier": 1}),
        ("ping", "10.12.7.1", "10.12.7.1", state, {"sent": 10, "received": 10 * (state == "up")}),
    ]
    moment = datetime(2026, 3, 2, tzinfo=UTC).isoformat()
    return [
        {
            "probe": probe,
            "target": target,
            "address": where,
            "state": said,
            "detail": f"{probe} {said}",
            "figures": figures,
            "started": moment,
            "seconds": 0.0,
            "raw": "123 456",
            "vantage": node,
        }
        for probe, target, where, said, figures in rows
    ]


# ---- Answers ----------------------------------------------------------------------------------


def test_an_answer_is_judged_at_once_without_looking_again(office, cast, ticket, run):
    assert run.verdict["next_question"]["id"] == LAMP
    before = len(office.tools.probes.looks)

    dark = office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "tidak")

    assert places(dark) == {("link/rt-dukcapil--sw-loket", "cut"), ("node/sw-loket", "dead")}
    assert dark.verdict["next_question"]["id"] == POWER
    assert len(office.tools.probes.looks) == before
    assert dark == office.probing.get(cast.lead, ticket.number, run.id)


def test_answer_after_answer_leaves_one_place(office, cast, ticket, run):
    office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "tidak")
    off = office.telling.answer(cast.technician, ticket.number, run.id, POWER, "tidak")
    assert places(off) == {("node/sw-loket", "dead")}
    assert [(one.key, one.by) for one in off.told] == [(LAMP, "rina"), (POWER, "bayu")]


def test_who_does_not_know_is_asked_something_else(office, cast, ticket, run):
    unsure = office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "tidak tahu")
    assert places(unsure) == places(run)
    assert (unsure.verdict["next_question"] or {}).get("id") != LAMP


def test_an_answer_that_was_taken_back_stays_on_record_and_is_not_judged(office, cast, ticket, run):
    office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "tidak")
    back = office.telling.answer(cast.technician, ticket.number, run.id, LAMP, "")

    assert places(back) == places(run)
    assert back.verdict["next_question"]["id"] == LAMP
    (told,) = back.told
    assert (told.by, told.withdrawn_by, told.withdrawn_at) == ("rina", "bayu", office.tools.now())
    assert back.standing == ()


def test_taking_back_what_nobody_said_changes_nothing(office, cast, ticket, run):
    assert office.telling.withdraw(cast.lead, ticket.number, run.id, POWER) == run


def test_the_newest_of_two_answers_counts(office, cast, ticket, run):
    office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "tidak")
    lit = office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "ya")
    assert ("node/sw-loket", "dead") not in places(lit)
    assert len(lit.told) == 2


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("power/tidak-ada", "ya"),
        ("power/sw-loket", "mungkin"),
        ("", "ya"),
        ("lamp/sw-loket", "ya"),
        ("power/sw-loket\nreboot", "ya"),
    ],
)
def test_what_is_no_question_or_no_answer_is_refused_and_nothing_is_kept(
    office, cast, ticket, run, question, value
):
    with pytest.raises(Invalid):
        office.telling.answer(cast.lead, ticket.number, run.id, question, value)
    assert office.probing.get(cast.lead, ticket.number, run.id) == run


@pytest.mark.parametrize("who", ["unappointed", "contact", "section", "admin"])
def test_only_the_technicians_of_the_ticket_answer(office, cast, ticket, run, who):
    with pytest.raises(NotAllowed):
        office.telling.answer(getattr(cast, who), ticket.number, run.id, LAMP, "ya")


def test_a_run_of_another_ticket_is_not_found(office, cast, ticket, run):
    other = office.at("examination")
    with pytest.raises(NotFound):
        office.telling.answer(cast.lead, other.number, run.id, LAMP, "ya")


def test_a_run_that_is_not_done_or_has_no_verdict_takes_no_answer(office, cast, ticket):
    waiting = office.probing.start(cast.lead, ticket.number)
    with pytest.raises(Refused, match="belum selesai"):
        office.telling.answer(cast.lead, ticket.number, waiting.id, LAMP, "ya")
    office.probing.perform(waiting.id)
    plain = office.probing.start(cast.lead, ticket.number, ["10.12.7.1"])
    office.probing.perform(plain.id)
    with pytest.raises(Refused, match="tidak dinilai"):
        office.telling.answer(cast.lead, ticket.number, plain.id, LAMP, "ya")


def test_only_the_newest_run_takes_answers(office, cast, ticket, run):
    looked(office, cast, ticket)
    with pytest.raises(Refused, match="terbaru"):
        office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "ya")


def test_what_is_said_after_the_examination_does_not_change_what_it_found(
    office, cast, ticket, run
):
    office.take(ticket, "examination")
    with pytest.raises(Refused, match="terbaru"):
        office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "ya")


def test_of_two_who_answer_at_the_same_moment_the_second_is_told(office, cast, ticket, run):
    judge = office.tools.probes.judge

    def meanwhile(asked):
        office.tools.probes.judge = judge
        office.telling.answer(cast.technician, ticket.number, run.id, POWER, "ya")
        return judge(asked)

    office.tools.probes.judge = meanwhile
    with pytest.raises(Conflict, match="Orang lain"):
        office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "tidak")
    assert [one.key for one in office.probing.get(cast.lead, ticket.number, run.id).told] == [POWER]


def test_answers_alone_do_not_make_an_untested_network_healthy(office, cast, ticket):
    office.tools.probes.town.silent = set()
    run = looked(office, cast, ticket)
    with office.tools.store.writing() as records:
        verdict = {**run.verdict, "status": "untested", "enough": False}
        records.runs.put(run.id, replace(run, verdict=verdict))
    said = office.telling.answer(cast.lead, ticket.number, run.id, POWER, "ya")
    assert said.verdict["status"] == "untested"
    back = office.telling.answer(cast.lead, ticket.number, run.id, POWER, "")
    assert back.verdict["status"] == "untested"


# ---- Computers' codes -------------------------------------------------------------------------


def test_a_code_goes_to_the_newest_run_and_is_judged_with_it(office, cast, ticket, run):
    told = office.telling.tell(cast.lead, ticket.number, "", code())

    assert told.id == run.id
    (one,) = told.told
    assert (one.key, len(one.findings)) == (f"pc/{PC}", 2)
    # The computer reaches the router over the switch that does not answer: the switch works.
    assert ("node/sw-loket", "dead") not in places(told)


def test_the_code_of_the_agencys_own_people_is_taken_too(office, cast, ticket, run):
    told = office.telling.tell(cast.contact, ticket.number, run.id, code())
    assert told.told[0].by == "dewi"


def test_a_code_that_was_taken_back_is_not_judged(office, cast, ticket, run):
    office.telling.tell(cast.lead, ticket.number, "", code())
    back = office.telling.withdraw(cast.lead, ticket.number, run.id, f"pc/{PC}")
    assert places(back) == places(run)


def test_without_a_run_the_code_alone_is_judged(office, cast, ticket):
    told = office.telling.tell(cast.contact, ticket.number, "", code(state="down"))

    assert (told.kind, told.state, told.step) == (RunKind.TOLD, "done", 5)
    assert told.findings == ()
    assert told.verdict["status"] == "fault"
    assert told.way["stops"]
    assert office.probing.get(cast.lead, ticket.number, told.id) == told


def test_a_computer_that_is_not_listed_joins_the_network_of_the_run(office, cast, ticket, run):
    told = office.telling.tell(
        cast.lead,
        ticket.number,
        "",
        code("PC 10.12.7.77"),
        node={"name": "PC 10.12.7.77", "kind": "pc", "addresses": ["10.12.7.77"]},
        link={"a": "sw-loket", "b": "PC 10.12.7.77"},
    )
    assert told.network["nodes"][-1]["name"] == "PC 10.12.7.77"
    assert told.told[0].key == "pc/PC 10.12.7.77"


def test_a_computer_behind_what_was_not_looked_at_hangs_off_the_agencys_own(
    office, cast, ticket, run
):
    node = {"name": "x", "kind": "pc", "parent": "tidak-ada"}
    told = office.telling.tell(
        cast.lead, ticket.number, "", code("x"), node=node, link={"a": "tidak-ada", "b": "x"}
    )
    assert told.network["links"][-1] == {"a": "rt-dukcapil", "b": "x"}


@pytest.mark.parametrize(
    "node",
    [
        {"name": "x", "kind": "kulkas"},
        {"name": "x", "kind": "pc", "addresses": ["10.12.7.1"]},  # the router's
        {"name": "x", "kind": "pc", "addresses": ["255.255.255.255"]},
    ],
)
def test_a_computer_that_fits_no_network_is_refused(office, cast, ticket, run, node):
    with pytest.raises(Invalid):
        office.telling.tell(
            cast.lead, ticket.number, "", code("x"), node=node, link={"a": "sw-loket", "b": "x"}
        )
    assert office.probing.get(cast.lead, ticket.number, run.id) == run


def test_findings_of_another_shape_are_refused(office, cast, ticket, run):
    with pytest.raises(Invalid):
        office.telling.tell(cast.lead, ticket.number, "", [{"vantage": PC, "probe": 3}])


def test_a_code_read_out_after_the_repair_belongs_to_a_run_of_its_own(office, cast, run, ticket):
    for stage in office.way[office.way.index("examination") : office.way.index("trial")]:
        ticket = office.take(ticket, stage)
    told = office.telling.tell(cast.lead, ticket.number, "", code())
    assert (told.id != run.id, told.kind, told.step) == (True, RunKind.TOLD, 11)
    assert told.comparison["run"] == run.id


@pytest.mark.parametrize(
    ("who", "refusal"), [("unappointed", NotYourStep), ("section", NotAllowed)]
)
def test_others_of_the_office_take_no_code(office, cast, ticket, run, who, refusal):
    with pytest.raises(refusal):
        office.telling.tell(getattr(cast, who), ticket.number, "", code())


def test_a_code_for_a_ticket_that_is_not_at_steps_5_to_11_is_refused(office, cast):
    with pytest.raises(Refused, match="5 sampai 11"):
        office.telling.tell(cast.contact, office.at("disposition").number, "", code())


def test_there_is_an_end_to_what_can_be_said_to_one_run(office, cast, ticket, run):
    told = tuple(Told(f"x/{number}", "rina", office.tools.now(), ()) for number in range(200))
    with office.tools.store.writing() as records:
        records.runs.put(run.id, replace(run, told=told))
    with pytest.raises(Refused, match="Terlalu banyak"):
        office.telling.answer(cast.lead, ticket.number, run.id, LAMP, "ya")
