"""Whatever is not as Pulih left it is found, and nothing else is."""

from __future__ import annotations

import io
import sqlite3
import tracemalloc
from contextlib import closing
from copy import deepcopy
from dataclasses import replace

import pytest

from pulih.demo.data import load as load_demo
from pulih.demo.loading import Desks, SetClock, fill
from pulih.domain.agency import FAULT_TYPES, Agency, Device, DeviceKind, Site
from pulih.domain.chain import sealed
from pulih.domain.people import Role
from pulih.domain.records import ProbeRun, Published
from pulih.errors import Unavailable
from pulih.files.sniff import sniff
from pulih.keeping.verify import Head, against, heads, verify
from pulih.ports import Tools
from pulih.service.accounts import AccountDesk
from pulih.service.attachments import AttachmentDesk
from pulih.service.cases import CaseDesk
from pulih.service.drafts import DraftDesk
from pulih.service.registry import RegistryDesk
from pulih.service.tickets import TicketDesk
from pulih.store.codec_ticket import TICKET
from pulih.store.files import FolderFiles
from pulih.store.memory import MemoryDocuments
from pulih.store.office import OfficeStore
from pulih.store.postgres import PostgresDocuments
from pulih.store.schema import TABLES
from pulih.store.tickets import seal_of
from pulih.store.tiny import TinyDocuments

CLOSED, OPEN, RETURNED = "2026-0001", "2026-0002", "2026-0003"
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF"
REGISTRY = {
    "agencies": [Agency("dukcapil", "Dinas Kependudukan"), Agency("dikbud", "Dinas Pendidikan")],
    "sites": [Site("dukcapil-pusat", "dukcapil", "Kantor Dukcapil")],
    "devices": [
        Device("sw-loket", "dukcapil", DeviceKind.SWITCH, "Switch loket", "dukcapil-pusat")
    ],
    "fault_types": FAULT_TYPES,
}


class NoJobs:
    def publish(self):
        """What is due is found later."""


class PlainPasswords:
    def seal(self, password):
        return f"sealed:{password}"


@pytest.fixture
def files(tmp_path):
    return FolderFiles(tmp_path / "files")


@pytest.fixture
def rows(files, cast, facts_for, story, office_calendar, clock):
    """What a small office has after a while, made by its services: a case, two tickets, and all that is theirs."""
    documents = MemoryDocuments()
    store = OfficeStore(documents)
    tools = Tools(store, files, *[None] * 3, NoJobs(), None, office_calendar, clock)
    tickets, attachments = TicketDesk(tools), AttachmentDesk(tools, lambda _content: "image/jpeg")

    def take(ticket, stage, **changes):
        clock.tick(hours=1)
        facts = facts_for(stage, **changes)
        return tickets.take(cast.actor(stage), ticket.number, stage, facts, seen=ticket.version)

    def letter(n, **changes):
        clock.tick(hours=1)
        facts = facts_for("letter", letter_number=f"005/{n}", site="dukcapil-pusat", **changes)
        return tickets.register(cast.contact, facts)

    with store.writing() as records:
        for name, items in REGISTRY.items():
            for item in items:
                getattr(records, name).add(item)
        for person in cast:
            records.people.add(person)
            records.secrets.put(person.id, f"sealed:{person.id}")
        records.settings.put("one", {"a": 1})
    case = letter(1)
    photo = attachments.keep(cast.lead, "photos", "foto.jpg", io.BytesIO(PHOTO), number=case.number)
    run = ProbeRun("lari-1", case.number, "rina", clock(), ({"address": "::1"},), "done", 1.0)
    store.write(lambda records: records.runs.put(run.id, run))
    more = {
        "examination": {"runs": [run.id], "device": "sw-loket", "device_note": None},
        "damage": {"photos": [photo.id], "device": "sw-loket", "device_note": None},
    }
    for stage in story.way[1:]:
        case = take(case, stage, **more.get(stage, {}))
    published = Published(case.number, case.version, "0" * 64, clock())
    store.write(lambda records: records.published.put(case.number, published))
    ticket = letter(2, recurrence_of=case.number)
    for stage in story.way[1:4]:
        ticket = take(ticket, stage)
    take(ticket, "reappointment")
    CaseDesk(tools).mark(cast.technician, ticket.number, case.number, helped=True)
    DraftDesk(tools).keep("bayu", f"/tiket/{ticket.number}", {"task": ["Peri"]})
    third = letter(3)
    for stage, changes in {"disposition": {}, "verification": {"verified": "tidak"}}.items():
        third = take(third, stage, **changes)
    attachments.keep(cast.contact, "letter_scan", "surat.jpg", io.BytesIO(PHOTO + b"2"))
    with documents.reading() as view:
        return {table: dict(view.scan(table)) for table in TABLES}


@pytest.fixture
def load(rows, tmp_path):
    """Put the office into a store, changed as the test likes."""
    opened = []

    def into(documents, changes=lambda _rows: None):
        opened.append(documents)
        changed = deepcopy(rows)
        changes(changed)
        with documents.writing() as view:
            for table, kept in changed.items():
                for key, document in kept.items():
                    view.insert(table, key, document)
        return documents

    yield into
    for documents in opened:
        documents.close()


@pytest.fixture
def found(load, files):
    """Change the office and return what is found: table, key, and words of each flaw."""

    def look(changes, **how):
        store = load(MemoryDocuments(), changes)
        return [(flaw.table, flaw.key, str(flaw.sentence)) for flaw in verify(store, files, **how)]

    return look


@pytest.fixture(params=["memory", "tiny", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path):
    """Each store of documents, empty."""
    if request.param == "memory":
        return MemoryDocuments()
    if request.param == "tiny":
        return TinyDocuments(tmp_path / "pulih.db")
    return PostgresDocuments(request.getfixturevalue("database"))


def rewrite(rows, number, change, *, digests=False, seal=False):
    """Change a ticket's history as somebody would who knows how tickets are kept.

    What is derived from the history is made anew; the digests and the seal only where that is asked for.
    """
    ticket = TICKET.decode(rows["tickets"][number])
    ticket = replace(ticket, history=tuple(change(list(ticket.history))))
    if digests:
        ticket = sealed(
            replace(ticket, history=tuple(replace(e, digest="") for e in ticket.history))
        )
    rows["tickets"][number] = TICKET.encode(ticket)
    if seal:
        last = ticket.history[-1].digest
        rows["seals"][number] = {"version": ticket.version, "digest": last}


def entry(place, *, facts=(), **changes):
    """A change of one entry."""

    def change(history):
        told = {**history[place].facts, **dict(facts)}
        history[place] = replace(history[place], facts=told, **changes)
        return history

    return change


# ---- A whole office -----------------------------------------------------------------------------


def test_an_office_that_only_its_services_wrote_has_no_flaw(empty, load, files):
    assert list(verify(load(empty), files)) == []


@pytest.mark.slow
def test_the_demo_office_has_no_flaw(files, office_calendar):
    documents, clock = MemoryDocuments(), SetClock()
    store, passwords = OfficeStore(documents), PlainPasswords()
    with store.writing() as records:
        for fault_type in FAULT_TYPES:
            records.fault_types.add(fault_type)
    tools = Tools(store, files, *[None] * 3, NoJobs(), passwords, office_calendar, clock)
    desks = (AccountDesk(tools), RegistryDesk(tools), TicketDesk(tools))
    fill(Desks(*desks, AttachmentDesk(tools, sniff), clock), load_demo())

    assert list(verify(documents, files)) == []
    with documents.reading() as view:
        assert view.count("tickets") > 50


@pytest.mark.slow
def test_more_tickets_take_hardly_more_memory(load, files, tmp_path):
    def peak(of):
        def fill(rows):
            for n in range(4, of + 1):
                added(f"2026-{n:04d}", letter=f"{n}/A", agenda=f"{n:03d}/2026")(rows)
            rows["counters"]["ticket-2026"]["value"] = of

        store = load(TinyDocuments(tmp_path / f"{of}.db"), fill)
        tracemalloc.start()
        try:
            assert list(verify(store, files, contents=False)) == []
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(100), peak(700)

    assert many - few < 600 * 512  # a ticket read is twenty times that


def test_the_example_has_something_in_every_table(rows):
    assert [table for table in TABLES if not rows[table]] == ["store"]


def test_an_empty_store_has_no_flaw(empty, files):
    assert list(verify(empty, files)) == []
    empty.close()


def test_whoever_waits_is_told_how_far_it_is(load, files):
    told = []

    list(verify(load(MemoryDocuments()), files, tell=lambda done, of: told.append((done, of))))

    done, of = told[-1]
    assert done == of
    assert [d for d, _ in told] == sorted(d for d, _ in told)
    assert {o for _, o in told} == {of}


def test_what_the_store_says_of_itself_comes_first(load, files, monkeypatch):
    store = load(MemoryDocuments())
    monkeypatch.setattr(
        MemoryDocuments, "flaws", lambda _self: [Unavailable("Cakram retak.").sentence]
    )

    assert [(f.table, f.key, str(f.sentence)) for f in verify(store, files)] == [
        ("", "", "Cakram retak.")
    ]


# ---- Histories that somebody touched ------------------------------------------------------------

TOUCHED = {
    "a fact": entry(1, facts={"note": "Tidak pernah ditulis."}),
    "a fact of the first letter": entry(0, facts={"subject": "Lain"}),
    "a name": entry(2, name="Orang Lain"),
    "an account": entry(2, by="admin"),
    "a role": entry(0, role=Role.NETWORK_TEAM),
    "when it happened": lambda h: entry(1, on=h[0].on)(h),
    "when it was recorded": lambda h: entry(-1, at=h[-1].at.replace(year=2027))(h),
    "where it led": entry(1, to="appointment"),
    "another deed": entry(1, stage="withdrawal"),
    "the first is gone": lambda h: h[1:],
    "one in the middle is gone": lambda h: [*h[:2], *h[3:]],
    "the last is gone": lambda h: h[:-1],
    "two are gone": lambda h: h[:-2],
    "two have changed places": lambda h: [h[0], h[2], h[1], *h[3:]],
    "turned round": lambda h: h[::-1],
    "one is there twice": lambda h: [*h, h[-1]],
    "one was put between": lambda h: [*h[:2], replace(h[1], digest=""), *h[2:]],
    "one was added without a digest": lambda h: [*h, replace(h[-1], digest="")],
    "a digest is gone": entry(1, digest=""),
    "all digests are gone": lambda h: [replace(e, digest="") for e in h],
}


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


# ---- Files that somebody touched ----------------------------------------------------------------


@pytest.fixture
def found_in_file(load, files, tmp_path):
    """Change the file of an embedded store by its SQL and return what is found."""
    path = tmp_path / "pulih.db"

    def look(changes):
        load(TinyDocuments(path)).close()
        with closing(sqlite3.connect(path)) as raw, raw:
            changes(raw)
        again = TinyDocuments(path)
        said = [(flaw.table, flaw.key, str(flaw.sentence)) for flaw in verify(again, files)]
        again.close()
        return said

    return look


def test_a_touched_row_is_found(found_in_file):
    sql = "UPDATE tickets_text SET text = replace(text, 'Periksa dan pulihkan', 'Abaikan')"

    said = found_in_file(lambda raw: raw.execute(sql))

    assert [flaw[:2] for flaw in said] == [("tickets", CLOSED), ("tickets", OPEN)]


def test_an_index_that_names_another_is_found(found_in_file):
    sql = "UPDATE tickets SET state = 'closed' WHERE key = ?"

    said = found_in_file(lambda raw: raw.execute(sql, (OPEN,)))

    assert [words for *_, words in said] == [
        f"Tabel tickets, kunci {OPEN}: kolom state tidak sesuai dengan dokumennya."
    ]


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


# ---- Everything else ----------------------------------------------------------------------------


def put(table, key, **fields):
    return lambda rows: rows[table][key].update(fields)


def without(table, key):
    return lambda rows: rows[table].pop(key)


def another(table, key, like, **fields):
    return lambda rows: rows[table].update({key: {**rows[table][like], **fields}})


def fact(number, place, **facts):
    """Change a fact, and all that was made of it, as if it had always been so."""
    return lambda rows: rewrite(rows, number, entry(place, facts=facts), digests=True, seal=True)


def added(number, letter="005/9", agenda="009/2026"):
    """Add a ticket that would be flawless under a number that was given to it."""

    def change(rows):
        kept = TICKET.decode(rows["tickets"][RETURNED])
        facts = kept.history[0].facts | {"letter_number": letter, "agenda_number": agenda}
        first = replace(kept.history[0], facts=facts)
        rows["tickets"][number] = TICKET.encode(replace(kept, number=number))
        rewrite(rows, number, lambda h: [first, *h[1:]], digests=True, seal=True)

    return change


def any_of(table, change):
    """Make a change of one document, whatever its key is."""

    def changes(rows):
        key = next(key for key, kept in rows[table].items() if kept.get("used", True))
        change(table, key)(rows)

    return changes


FLAWS = {
    "derived state": (put("tickets", OPEN, state="closed"), "tickets"),
    "derived words": (put("tickets", OPEN, words=""), "tickets"),
    "a document without what it is found by": (lambda r: r["tickets"][OPEN].pop("year"), "tickets"),
    "a number that is not its key": (put("tickets", OPEN, number="2026-0009"), "tickets"),
    "an account under another name": (put("people", "joko", id="jokoo"), "people"),
    "an unreadable ticket": (put("tickets", OPEN, history=[{"stage": 1}]), "tickets"),
    "a history that is no list": (put("tickets", OPEN, history=7), "tickets"),
    "no history": (
        lambda r: r["tickets"].update(
            {OPEN: TICKET.encode(replace(TICKET.decode(r["tickets"][OPEN]), history=()))}
        ),
        "tickets",
    ),
    "facts that are pairs": (
        lambda r: r["tickets"][OPEN]["history"][1].update(facts=[["note", "x"]]),
        "tickets",
    ),
    "an unreadable article": (put("articles", CLOSED, reported="kemarin"), "articles"),
    "an unreadable role": (put("people", "joko", role="raja"), "people"),
    "an unreadable counter": (put("counters", "ticket-2026", value="3"), "counters"),
    "an unreadable seal": (put("seals", OPEN, version=None), "seals"),
    "no seal": (without("seals", OPEN), "tickets"),
    "a seal without a ticket": (another("seals", "2026-0009", OPEN), "seals"),
    "no ticket": (without("tickets", RETURNED), "seals"),
    "a gap in the numbers": (without("tickets", RETURNED), "counters"),
    "a counter that is behind": (put("counters", "ticket-2026", value=2), "counters"),
    "a counter that is ahead": (put("counters", "ticket-2026", value=10**12), "counters"),
    "no counter": (without("counters", "ticket-2026"), "counters"),
    "a counter of the agenda that is ahead": (put("counters", "agenda-2026", value=9), "counters"),
    "a number that is none": (added("surat"), "tickets"),
    "a number in another spelling": (added("2026-00004"), "tickets"),
    "a number of another year": (added("2025-0001"), "counters"),
    "an unknown agency": (without("agencies", "dukcapil"), "tickets"),
    "a site of no agency": (put("sites", "dukcapil-pusat", agency="x"), "sites"),
    "a device at no site": (put("devices", "sw-loket", site="x"), "devices"),
    "an account of no agency": (without("agencies", "dikbud"), "people"),
    "a ticket at no site": (without("sites", "dukcapil-pusat"), "tickets"),
    "an unknown device": (fact(CLOSED, 4, device="x"), "tickets"),
    "an unknown fault": (without("fault_types", "perangkat-rusak"), "tickets"),
    "somebody unknown": (without("people", "salim"), "tickets"),
    "a password of nobody": (without("people", "joko"), "secrets"),
    "a draft of nobody": (without("people", "bayu"), "drafts"),
    "an unknown appointed": (without("people", "bayu"), "tickets"),
    "an unknown earlier case": (fact(OPEN, 0, recurrence_of="2025-0009"), "tickets"),
    "a run that is gone": (without("runs", "lari-1"), "tickets"),
    "a run of another": (put("runs", "lari-1", ticket=OPEN), "tickets"),
    "a run of no ticket": (put("runs", "lari-1", ticket="2026-0009"), "runs"),
    "a photo that is gone": (any_of("attachments", without), "tickets"),
    "a photo of another": (
        any_of("attachments", lambda t, k: put(t, k, ticket=OPEN)),
        "attachments",
    ),
    "a photo that no step has": (
        any_of("attachments", lambda t, k: another(t, "f" * 32, k, id="f" * 32)),
        "attachments",
    ),
    "a photo that is said to be unused": (
        any_of("attachments", lambda t, k: put(t, k, used=False)),
        "tickets",
    ),
    "no article": (without("articles", CLOSED), "tickets"),
    "no article for what is published": (without("articles", CLOSED), "published"),
    "no article for what helped": (without("articles", CLOSED), "helped"),
    "an article too many": (another("articles", OPEN, CLOSED, number=OPEN), "tickets"),
    "an article of no ticket": (
        another("articles", "2026-0009", CLOSED, number="2026-0009"),
        "articles",
    ),
    "an article of another history": (put("articles", CLOSED, version=3), "tickets"),
    "an article of another agency": (put("articles", CLOSED, agency="dikbud"), "tickets"),
    "an article beside none": (put("articles", CLOSED, related=["2020-0001"]), "articles"),
    "a page of the future": (put("published", CLOSED, version=99), "published"),
    "a mark on no ticket": (
        another("helped", f"2026-0009:{CLOSED}", f"{OPEN}:{CLOSED}", ticket="2026-0009"),
        "helped",
    ),
    "a mark under another key": (another("helped", "x", f"{OPEN}:{CLOSED}"), "helped"),
}


@pytest.mark.parametrize(("changes", "table"), FLAWS.values(), ids=FLAWS)
def test_what_no_office_would_say_is_found(found, changes, table):
    assert table in {flaw[0] for flaw in found(changes)}


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


def test_an_unreadable_document_does_not_end_the_search(found):
    def changes(rows):
        rows["tickets"][CLOSED]["history"] = None
        rows["articles"][CLOSED]["version"] = "x"
        rows["people"]["joko"] = {}
        rewrite(rows, RETURNED, TOUCHED["a name"])

    places = {flaw[:2] for flaw in found(changes)}

    assert places >= {("tickets", CLOSED), ("people", "joko"), ("tickets", RETURNED)}


def test_a_record_may_have_gained_and_lost_fields_since_it_was_kept(found):
    def older(rows):
        del rows["devices"]["sw-loket"]["inventory"]
        rows["people"]["joko"]["fax"] = "1"

    assert found(older) == []


# ---- Contents -----------------------------------------------------------------------------------


def spoil(files, how):
    for place in list(files.folder.rglob("*")):
        if place.is_file():
            how(place)


SPOILT = {
    "gone": lambda place: place.unlink(),
    "cut short": lambda place: place.write_bytes(place.read_bytes()[:-1]),
    "exchanged": lambda place: place.write_bytes(bytes(place.stat().st_size)),
}


@pytest.mark.parametrize("how", SPOILT.values(), ids=SPOILT)
def test_a_content_that_is_not_what_was_handed_in_is_found(found, files, rows, how):
    spoil(files, how)

    said = found(lambda _rows: None)

    assert {flaw[:2] for flaw in said} == {("attachments", key) for key in rows["attachments"]}


def test_a_size_that_is_not_that_of_the_content_is_found(found, files):
    said = found(any_of("attachments", lambda t, k: put(t, k, size=1)))

    assert [flaw[0] for flaw in said] == ["attachments"]


def test_contents_may_be_left_out(found, files):
    spoil(files, SPOILT["gone"])

    assert found(lambda _rows: None, contents=False) == []


# ---- What was written down elsewhere ------------------------------------------------------------


@pytest.fixture
def recorded(load):
    with load(MemoryDocuments()).reading() as view:
        return list(heads(view))


def test_heads_name_every_ticket_and_where_its_chain_stands(recorded, rows):
    assert [head.number for head in recorded] == [CLOSED, OPEN, RETURNED]
    for head in recorded:
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
