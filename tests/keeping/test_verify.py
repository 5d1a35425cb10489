"""Whatever is not as Pulih left it is found, and nothing else is."""

from __future__ import annotations

import sqlite3
import tracemalloc
from contextlib import closing
from dataclasses import replace

import pytest
from touching import (
    CLOSED,
    OPEN,
    RETURNED,
    TOUCHED,
    added,
    another,
    any_of,
    fact,
    put,
    rewrite,
    without,
)

from pulih.demo.beside import KnowledgeDesks
from pulih.demo.data import load as load_demo
from pulih.demo.loading import Desks, SetClock, fill
from pulih.domain.agency import FAULT_TYPES
from pulih.errors import Unavailable
from pulih.files.sniff import sniff
from pulih.jobs import Collected
from pulih.keeping.verify import verify
from pulih.ports import Tools
from pulih.probes import rehearsed
from pulih.service.accounts import AccountDesk
from pulih.service.attachments import AttachmentDesk
from pulih.service.finding import FindingDesk
from pulih.service.knowledge import KnowledgeDesk
from pulih.service.outgoing import OutgoingDesk
from pulih.service.paths import PathDesk
from pulih.service.probing import ProbeDesk
from pulih.service.registry import RegistryDesk
from pulih.service.retracting import RetractDesk
from pulih.service.tickets import TicketDesk
from pulih.service.wanted import WantedDesk
from pulih.store.codec_ticket import TICKET
from pulih.store.memory import MemoryDocuments
from pulih.store.office import OfficeStore
from pulih.store.schema import TABLES
from pulih.store.seal import sealed
from pulih.store.tiny import TinyDocuments

pytestmark = pytest.mark.slow  # as a whole

PLACED = f"portal/kasus/{CLOSED}"
HEARD = f"portal/submission/{'f' * 32}"


class PlainPasswords:
    def seal(self, password):
        return f"sealed:{password}"


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
    tools = Tools(store, files, *[None] * 3, Collected(), passwords, office_calendar, clock)
    desks = (AccountDesk(tools), RegistryDesk(tools), TicketDesk(tools))
    knowing = KnowledgeDesks(
        FindingDesk(tools),
        KnowledgeDesk(tools),
        RetractDesk(tools),
        OutgoingDesk(tools),
        WantedDesk(tools),
        lambda told: ProbeDesk(replace(tools, probes=rehearsed(clock, told)), PathDesk(tools)),
    )
    fill(Desks(*desks, AttachmentDesk(tools, sniff), knowing, clock), load_demo())

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


# ---- Everything else ----------------------------------------------------------------------------


def exchange_contents(rows):
    one, other, *_papers = rows["attachments"].values()
    for field in ("digest", "size", "media_type"):
        one[field], other[field] = other[field], one[field]


def a_paper(rows):
    return next(iter(rows["papers"].values()))


def paper(**changes):
    """Change a paper, and leave its seal."""
    return lambda rows: a_paper(rows).update(changes)


def resealed(**changes):
    """Change a paper as somebody would who knows how it is sealed."""

    def change(rows):
        row = a_paper(rows)
        row.update(sealed({**row, **changes}))

    return change


def struck(rows):
    return next(row for row in rows["numbers"].values() if row["struck"])


def replaced(rows):
    return next(row for row in rows["numbers"].values() if row["replaced_by"])


def behind(rows):
    """Set the counter of the series with two papers back by one."""
    rows["counters"]["paper-lembar-disposisi-2026"]["value"] = 1


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
    "an account of no device": (put("logins", "sw-loket", device="x"), "logins"),
    "an account of nobody": (put("logins", "sw-loket", by="x"), "logins"),
    "an account on an unknown system": (put("logins", "sw-loket", platform="dos"), "logins"),
    "a page of no Plone site": (any_of("plone_targets", without), "plone_pages"),
    "a page at no standing": (put("plone_pages", PLACED, standing="x"), "plone_pages"),
    "a page whose why is no sentence": (put("plone_pages", PLACED, why={"x": 1}), "plone_pages"),
    "a page noted for another": (put("plone_pages", PLACED, target="x"), "plone_pages"),
    "a pass over no Plone site": (put("plone_passes", "portal", target="x"), "plone_passes"),
    "a Plone site for nobody": (put("plone_targets", "portal", audience="x"), "plone_targets"),
    "a letter through no door": (any_of("doors", without), "door_requests"),
    "a letter that became no ticket": (
        put("door_requests", HEARD, ticket="2026-0009"),
        "door_requests",
    ),
    "a draft of nobody": (without("people", "bayu"), "drafts"),
    "an unknown appointed": (without("people", "bayu"), "tickets"),
    "an unknown earlier case": (fact(OPEN, 0, recurrence_of="2025-0009"), "tickets"),
    "a run that is gone": (without("runs", "lari-1"), "tickets"),
    "a run of another": (put("runs", "lari-1", ticket=OPEN), "tickets"),
    "a run of no ticket": (put("runs", "lari-1", ticket="2026-0009"), "runs"),
    "an outage of no ticket": (put("outages", "gangguan-1", tickets=["2026-0009"]), "outages"),
    "an outage of no run": (put("outages", "gangguan-1", run="x"), "outages"),
    "an unreadable outage": (put("outages", "gangguan-1", at="kemarin"), "outages"),
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
    "a photo under another name": (
        any_of("attachments", lambda t, k: put(t, k, name="lain.jpg")),
        "attachments",
    ),
    "a photo that somebody else handed in": (
        any_of("attachments", lambda t, k: put(t, k, by="bayu")),
        "attachments",
    ),
    "a photo whose content was exchanged for that of another": (exchange_contents, "attachments"),
    "a photo without a seal": (
        any_of("attachments", lambda t, k: lambda r: r[t][k].pop("seal")),
        "attachments",
    ),
    "a field that no ticket has": (put("tickets", OPEN, extra="x"), "tickets"),
    "a field that no entry has": (
        lambda r: r["tickets"][OPEN]["history"][0].update(extra="x"),
        "tickets",
    ),
    "an account without a password": (without("secrets", "joko"), "people"),
    "a store that takes nothing": (
        lambda r: r["store"].update(closed={"why": "moved", "to": "x", "move": "y"}),
        "store",
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
    "an article that says something else": (put("articles", CLOSED, title="Palsu"), "articles"),
    "an article that says something more": (put("articles", CLOSED, extra="x"), "articles"),
    "an article without a seal": (lambda r: r["articles"][CLOSED].pop("seal"), "articles"),
    "an article beside none": (put("articles", CLOSED, related=["2020-0001"]), "articles"),
    "a page of the future": (put("published", CLOSED, version=99), "published"),
    "a mark on no ticket": (
        another("helped", f"2026-0009:{CLOSED}", f"{OPEN}:{CLOSED}", ticket="2026-0009"),
        "helped",
    ),
    "no article for a note": (without("articles", CLOSED), "notes"),
    "a note by nobody": (any_of("notes", lambda t, k: put(t, k, by="siapa")), "notes"),
    "a note under another key": (
        any_of("notes", lambda t, k: another(t, "f" * 32, k)),
        "notes",
    ),
    "a note that answers what nobody asked": (
        any_of("notes", lambda t, k: put(t, k, answers=["bosan"])),
        "notes",
    ),
    "no article for what is taken off the wiki": (without("articles", CLOSED), "retracted"),
    "what is taken off the wiki under another key": (
        another("retracted", OPEN, CLOSED),
        "retracted",
    ),
    "a search on no ticket": (
        any_of("wanted", lambda t, k: put(t, k, ticket="2026-0009")),
        "wanted",
    ),
    "a search under another key": (
        any_of("wanted", lambda t, k: another(t, "f" * 32, k)),
        "wanted",
    ),
    "a picture that nobody handed in": (
        put("outgoing", CLOSED, pictures=[{"digest": "f" * 64, "caption": ""}]),
        "outgoing",
    ),
    "what is shown by nobody's word": (
        lambda r: r["outgoing"][CLOSED]["less"][0].update(by="siapa"),
        "outgoing",
    ),
    "what goes out of no ticket": (
        another("outgoing", "2026-0009", CLOSED, ticket="2026-0009"),
        "outgoing",
    ),
    "a paper that says something else": (paper(parties=["Orang Lain"]), "papers"),
    "a paper that says something more": (paper(extra="x"), "papers"),
    "a paper without a seal": (lambda r: a_paper(r).pop("seal"), "papers"),
    "a paper of no ticket": (resealed(ticket="2026-0009"), "papers"),
    "a paper by nobody": (resealed(by="siapa"), "papers"),
    "a paper with another file": (resealed(digest="0" * 64), "papers"),
    "a paper whose file is another attachment": (
        lambda r: resealed(file=next(iter(r["attachments"])))(r),
        "papers",
    ),
    "a paper that corrects none": (resealed(replaces="x"), "papers"),
    "a paper that is gone": (any_of("papers", without), "numbers"),
    "a number that is gone": (any_of("numbers", without), "papers"),
    "a number that is gone from its series": (any_of("numbers", without), "counters"),
    "a counter of papers that is behind": (behind, "counters"),
    "a number that the paper does not have": (
        any_of("numbers", lambda t, k: put(t, k, number="999")),
        "numbers",
    ),
    "a number that is struck by nobody": (
        lambda r: struck(r)["struck"].update(by="siapa"),
        "numbers",
    ),
    "a number that is struck and held": (
        lambda r: struck(r).update(held=struck(r)["place"]),
        "numbers",
    ),
    "a number that is replaced by none": (
        lambda r: replaced(r).update(replaced_by="x"),
        "numbers",
    ),
    "a number that is replaced by a stranger": (
        lambda r: replaced(r).update(replaced_by=struck(r)["id"]),
        "numbers",
    ),
    "a signed copy that is gone": (
        lambda r: r["attachments"].pop(
            next(row["signed"][0]["file"] for row in r["numbers"].values() if row["signed"])
        ),
        "numbers",
    ),
    "a mark under another key": (another("helped", "x", f"{OPEN}:{CLOSED}"), "helped"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("changes", "table"), FLAWS.values(), ids=FLAWS)
def test_what_no_office_would_say_is_found(found, changes, table):
    assert table in {flaw[0] for flaw in found(changes)}


def test_an_unreadable_document_does_not_end_the_search(found):
    def changes(rows):
        rows["tickets"][CLOSED]["history"] = None
        rows["articles"][CLOSED]["version"] = "x"
        rows["people"]["joko"] = {}
        rewrite(rows, RETURNED, TOUCHED["a name"])

    places = {flaw[:2] for flaw in found(changes)}

    assert places >= {("tickets", CLOSED), ("people", "joko"), ("tickets", RETURNED)}


def before_places_were_noted(rows):
    rows["articles"][CLOSED].pop("segment")
    rows["articles"][CLOSED] = sealed(rows["articles"][CLOSED])


HARMLESS = {
    "a case from before places were noted": before_places_were_noted,
    "a page that is to be published again": without("published", CLOSED),
    "a page that is noted as another": put("published", CLOSED, digest="1" * 64),
    "a number of the agenda that will be passed over": put("counters", "agenda-2026", value=1),
    "no counter of the agenda": without("counters", "agenda-2026"),
    "a hint to read the archive again": put("settings", "archive", mark="x"),
    "no hint": without("settings", "archive"),
    "somebody who left, and has no password": lambda r: (
        without("secrets", "joko")(r),
        put("people", "joko", active=False)(r),
    ),
}


@pytest.mark.parametrize("changes", HARMLESS.values(), ids=HARMLESS)
def test_what_has_no_consequence_is_no_flaw(found, changes):
    assert found(changes) == []


def test_a_closed_store_says_why(found):
    why = {"why": "moved", "to": "postgresql://lain", "move": "y"}

    [(*_, words)] = found(lambda rows: rows["store"].update(closed=why))

    assert "postgresql://lain" in words


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

    assert {flaw[0] for flaw in said} == {"attachments"}
    assert any("bukan yang dulu diserahkan" in words for *_, words in said)


def test_contents_may_be_left_out(found, files):
    spoil(files, SPOILT["gone"])

    assert found(lambda _rows: None, contents=False) == []
