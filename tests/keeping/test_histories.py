"""A history that somebody touched is found, by itself or by what was written down elsewhere."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from touching import CLOSED, OPEN, RETURNED, TOUCHED, entry, put, rewrite, without
from worked import NoJobs

from pulih.domain.people import Role
from pulih.errors import Invalid, Unavailable
from pulih.keeping.record import read_record, write_record
from pulih.keeping.verify import Head, Sealed, against, heads, seals, verify
from pulih.ports import Tools
from pulih.service.tickets import TicketDesk
from pulih.store.codec_ticket import TICKET
from pulih.store.memory import MemoryDocuments
from pulih.store.office import OfficeStore
from pulih.store.seal import sealed
from pulih.store.tickets import seal_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("change", TOUCHED.values(), ids=TOUCHED)
def test_a_history_that_somebody_touched_is_found(found, change):
    said = found(lambda rows: rewrite(rows, OPEN, change))

    assert {(table, key) for table, key, _ in said} >= {("tickets", OPEN)}
    assert any("bukan yang dulu disimpan" in words or "Segelnya" in words for *_, words in said)


@pytest.mark.parametrize("change", TOUCHED.values(), ids=TOUCHED)
def test_new_digests_do_not_hide_it(found, change):
    said = found(lambda rows: rewrite(rows, OPEN, change, digests=True))

    if change not in (TOUCHED["a digest is gone"], TOUCHED["all digests are gone"]):
        assert ("tickets", OPEN) in {flaw[:2] for flaw in said if "Segelnya" in flaw[2]}


def test_a_step_that_was_never_taken_is_found_by_the_procedure_alone(found):
    said = found(
        lambda rows: rewrite(rows, OPEN, lambda h: [*h[:2], *h[3:]], seal=True, digests=True)
    )

    assert any("waktunya" in words for *_, words in said)


def test_an_entry_moved_to_another_ticket_is_found_in_both(found):
    def move(rows):
        last = TICKET.decode(rows["tickets"][OPEN]).history[-1]
        rewrite(rows, OPEN, lambda h: h[:-1])
        rewrite(rows, RETURNED, lambda h: [*h, last])

    assert {key for *_, key, _ in found(move)} == {OPEN, RETURNED}


@pytest.mark.parametrize("with_seals", [False, True])
def test_histories_exchanged_between_two_tickets_are_found_in_both(found, with_seals):
    def exchange(rows):
        one, other = (TICKET.decode(rows["tickets"][n]).history for n in (OPEN, RETURNED))
        rewrite(rows, OPEN, lambda _h: other)
        rewrite(rows, RETURNED, lambda _h: one)
        if with_seals:
            seals = rows["seals"]
            seals[OPEN], seals[RETURNED] = seals[RETURNED], seals[OPEN]

    touched = {key for _, key, words in found(exchange) if "bukan yang dulu disimpan" in words}

    assert touched == {OPEN, RETURNED}


WRONG = {
    "a step before its time": (entry(1, stage="report"), "waktunya"),
    "a step after the end": (lambda h: [*h, h[-1]], "waktunya"),
    "an unknown step": (entry(1, stage="tidur"), "tidak dikenal"),
    "a way that its facts do not choose": (entry(2, facts={"verified": False}), "tidak menuju"),
    "somebody whose step it is not": (entry(1, role=Role.NETWORK_TEAM), "dikerjakan oleh"),
    "somebody who was not appointed": (entry(4, by="joko"), "yang ditunjuk"),
    "a clock that ran backwards": (
        lambda h: entry(2, on=h[0].on.replace(year=2025))(h),
        "lebih awal",
    ),
    "a record from before it happened": (
        lambda h: entry(-1, on=h[-1].on.replace(year=2030))(h),
        "sebelum terjadi",
    ),
}


@pytest.mark.parametrize(("change", "words"), WRONG.values(), ids=WRONG)
def test_a_history_that_the_procedure_does_not_allow_is_found(found, change, words):
    said = found(lambda rows: rewrite(rows, CLOSED, change, digests=True, seal=True))

    assert any(flaw[:2] == ("tickets", CLOSED) and words in flaw[2] for flaw in said)


# ---- What the next step does to it --------------------------------------------------------------


def next_step(documents, story, number=OPEN):
    store = OfficeStore(documents)
    with store.reading() as records:
        ticket = records.tickets.get(number)
    grown = story.take(ticket, "reappointment")
    store.write(lambda records: records.tickets.save(grown, ticket.version))


def test_the_next_step_does_not_hide_what_was_touched(empty, load, files, story):
    store = load(empty, lambda rows: rewrite(rows, OPEN, TOUCHED["a name"]))
    before = [(flaw.key, str(flaw.sentence)) for flaw in verify(store, files)]

    next_step(store, story)

    assert [(flaw.key, str(flaw.sentence)) for flaw in verify(store, files)] == before
    assert before


@pytest.mark.parametrize("change", ["the last is gone", "all digests are gone"])
def test_nothing_is_built_on_a_history_that_does_not_fit_its_seal(empty, load, story, change):
    def touch(rows):
        rewrite(rows, OPEN, entry(0, name="Orang Lain"))
        rewrite(rows, OPEN, TOUCHED[change])

    store = load(empty, touch)
    with store.reading() as view:
        before = dict(view.scan("tickets"))

    with pytest.raises(Unavailable, match=rf"{OPEN}.*pulih verify"):
        next_step(store, story)

    with store.reading() as view:
        assert dict(view.scan("tickets")) == before


def test_a_number_whose_ticket_was_taken_away_is_not_given_again(empty, load, story):
    store = load(empty, lambda rows: rows["tickets"].pop(RETURNED))
    again = replace(story.at("disposition"), number=RETURNED)

    with pytest.raises(Unavailable, match=RETURNED):
        OfficeStore(store).write(lambda records: records.tickets.add(again))


def test_a_step_that_refers_to_a_touched_file_once_more_does_not_hide_it(
    load, files, cast, facts_for, office_calendar, clock, rows
):
    key = next(key for key, kept in rows["attachments"].items() if not kept["used"])
    store = load(MemoryDocuments())
    clock.tick(days=30)
    tools = Tools(OfficeStore(store), files, *[None] * 3, NoJobs(), None, office_calendar, clock)
    desk = TicketDesk(tools)

    def letter(version):
        clock.tick(hours=1)
        facts = facts_for("letter", letter_number="005/3", site="dukcapil-pusat", scan=[key])
        return desk.take(cast.contact, RETURNED, "letter", facts, seen=version)

    def send_back(ticket):
        for stage, changes in (("disposition", {}), ("verification", {"verified": "tidak"})):
            clock.tick(hours=1)
            facts = facts_for(stage, **changes)
            ticket = desk.take(cast.actor(stage), RETURNED, stage, facts, seen=ticket.version)
        return ticket

    back = send_back(letter(rows["tickets"][RETURNED]["version"]))
    with store.writing() as view:
        view.update("attachments", key, {**view.get("attachments", key), "name": "lain.jpg"})
    letter(back.version)

    assert [(flaw.table, flaw.key) for flaw in verify(store, files)] == [("attachments", key)]


# ---- What was written down elsewhere ------------------------------------------------------------


@pytest.fixture
def recorded(load):
    with load(MemoryDocuments()).reading() as view:
        return [*heads(view), *seals(view)]


def test_heads_name_every_ticket_and_where_its_chain_stands(recorded, rows):
    found = [one for one in recorded if isinstance(one, Head)]
    assert [head.number for head in found] == [CLOSED, OPEN, RETURNED]
    for head in found:
        assert seal_of((head.version, head.digest)) == rows["seals"][head.number]


def test_a_ticket_that_only_grew_goes_on_from_what_was_recorded(empty, load, recorded, story):
    store = load(empty)
    next_step(store, story)

    with store.reading() as view:
        assert list(against(view, recorded)) == []


@pytest.mark.parametrize("change", TOUCHED.values(), ids=TOUCHED)
def test_a_history_made_anew_with_digests_and_seal_is_found_by_what_was_recorded(
    load, recorded, change
):
    store = load(
        MemoryDocuments(), lambda rows: rewrite(rows, OPEN, change, digests=True, seal=True)
    )

    with store.reading() as view:
        said = [flaw.key for flaw in against(view, recorded)]

    grew = ("one is there twice", "one was added without a digest")
    same = ("a digest is gone", "all digests are gone")
    assert said == ([] if change in [TOUCHED[name] for name in (*grew, *same)] else [OPEN])


def test_a_ticket_that_vanished_with_all_its_traces_is_found_by_what_was_recorded(load, recorded):
    def vanish(rows):
        del rows["tickets"][RETURNED], rows["seals"][RETURNED]
        rows["counters"]["ticket-2026"]["value"] = 2
        rows["counters"]["agenda-2026"]["value"] = 2

    store = load(MemoryDocuments(), vanish)

    with store.reading() as view:
        assert [flaw.key for flaw in against(view, recorded)] == [RETURNED]


def test_a_record_that_is_itself_nonsense_does_not_break_the_search(load):
    store = load(MemoryDocuments(), put("tickets", OPEN, history=None))
    wrong = [Head(OPEN, 1, ""), Head(CLOSED, -1, ""), Head(CLOSED, 999, ""), Head("", 0, "")]

    with store.reading() as view:
        assert len(list(against(view, wrong))) == 4
        assert [head.number for head in heads(view)] == [CLOSED, RETURNED]


def claimed(rows):
    return next(key for key, kept in rows["attachments"].items() if kept["used"])


def test_seals_are_those_of_articles_and_of_what_histories_refer_to(recorded, rows):
    found = [one for one in recorded if isinstance(one, Sealed)]

    assert [one.place for one in found] == [
        ("articles", CLOSED),
        ("attachments", claimed(rows)),
        *(("papers", key) for key in sorted(rows["papers"])),
    ]
    assert [one.seal for one in found] == [rows[one.table][one.key]["seal"] for one in found]


@pytest.mark.parametrize(
    ("table", "field"), [("articles", "cause"), ("attachments", "name"), ("papers", "title")]
)
def test_what_was_sealed_anew_is_found_by_what_was_recorded(
    load, files, recorded, rows, table, field
):
    key = {
        "articles": CLOSED,
        "attachments": claimed(rows),
        "papers": min(rows["papers"]),
    }[table]

    def forge(rows):
        rows[table][key] = sealed({**rows[table][key], field: "Palsu"})

    store = load(MemoryDocuments(), forge)

    assert list(verify(store, files)) == []
    with store.reading() as view:
        assert [(flaw.table, flaw.key) for flaw in against(view, recorded)] == [(table, key)]


def test_what_was_sealed_and_is_gone_is_found_by_what_was_recorded(load, recorded):
    store = load(MemoryDocuments(), without("articles", CLOSED))

    with store.reading() as view:
        assert [(f.table, f.key) for f in against(view, recorded)] == [("articles", CLOSED)]


def test_a_record_is_read_as_it_was_written(load, recorded):
    out = io.BytesIO()
    with load(MemoryDocuments()).reading() as view:
        assert write_record(view, out) == 3

    assert list(read_record(io.BytesIO(out.getvalue()))) == recorded


@pytest.mark.parametrize(
    "line",
    [b"x", b"{}", b'{"table":"people","key":"joko","seal":""}', b'{"number":1}', b"[" * 9999],
)
def test_a_line_that_is_no_record_is_named(recorded, line):
    good = b'{"digest":"","number":"2026-0001","version":0}'

    with pytest.raises(Invalid, match="Baris 2 "):
        list(read_record(io.BytesIO(good + b"\n" + line + b"\n")))
