"""Doors: kept by administrators, shown through, and letters that come in by them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
import senders

from pulih.domain.chain import flaw
from pulih.domain.door import LASTING, STALE, Signed, submission_key
from pulih.domain.posted import read_posted
from pulih.domain.scrub import Audience
from pulih.domain.telling import told
from pulih.errors import (
    Conflict,
    Duplicate,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Refused,
    Unavailable,
)
from pulih.keeping.verify import verify
from pulih.search import WordIndex
from pulih.service.doors import Opening
from pulih.service.finding import FindingDesk
from pulih.service.receiving import SentBefore
from pulih.service.showing import ShowDesk

KEY, OTHER = "0" * 32, "1" * 32


@pytest.fixture
def showing(office):
    """What shows through doors, with the search of an office."""
    tools = replace(office.tools, index=WordIndex(calendar=office.tools.calendar))
    return ShowDesk(tools, FindingDesk(tools))


@pytest.fixture
def opened(office, cast):
    return office.doors.open(cast.admin, Opening("Portal Kabupaten"))


@pytest.fixture
def door(opened):
    return opened.door


@pytest.fixture
def send(office, door):
    """Hand a letter in."""

    def send(key=KEY, through=None, **changes):
        zone = office.tools.calendar.zone
        said = changes.pop("said", None) or senders.letter(**changes)
        return office.receiving.receive(
            through or door, key, read_posted(senders.written(said), zone)
        )

    return send


def request(opened, office, **changes):
    """A signed request."""
    site = senders.Site(opened.door.id, opened.token, office.tools.now().timestamp())
    headers = site.headers("GET", "/pintu/opd", key=KEY)
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    said = Signed(
        "GET",
        "/pintu/opd",
        digest,
        *(headers[f"Pulih-{n}"] for n in ("Door", "Id", "Time", "Signature")),
    )
    return replace(said, **changes)


def blamed(act):
    with pytest.raises(Invalid) as refused:
        act()
    return {problem.field for problem in refused.value.problems}


# ---- keeping ------------------------------------------------------------------------------


def test_a_token_is_shown_once_and_kept_unreadable(office, cast, opened):
    with office.tools.store.reading() as records:
        kept = records.doors.get(opened.door.id)

    assert len(opened.token) >= 40
    assert opened.token not in repr(kept)
    assert kept.sealed not in repr(kept)
    assert opened.token not in kept.sealed
    assert office.doors.get(cast.admin, "portal-kabupaten").door == kept


def test_doors_of_one_name_are_two_doors(office, cast, opened):
    second = office.doors.open(cast.admin, Opening("Portal Kabupaten"))

    assert second.door.id == "portal-kabupaten-2"
    assert second.token != opened.token


def test_a_door_says_what_does_not_fit(office, cast):
    def open_(**typed):
        return lambda: office.doors.open(cast.admin, Opening(**typed))

    assert blamed(open_(name="  ")) == {"name"}
    assert blamed(open_(name="x" * 81)) == {"name"}
    assert blamed(open_(name="Portal", audience="semua", agencies=["lain"])) == {
        "audience",
        "agencies",
    }


def test_a_door_may_have_a_name_without_letters(office, cast):
    assert office.doors.open(cast.admin, Opening("門")).door.id == "situs"


def test_a_renewed_door_opens_to_the_new_token_only(office, cast, opened):
    fresh = office.doors.renew(cast.admin, opened.door.id, seen=1)

    assert office.admitting.admit(request(fresh, office)).version == 2
    with pytest.raises(NotSignedIn):
        office.admitting.admit(request(opened, office))


def test_a_closed_door_lets_nobody_in_until_it_is_renewed(office, cast, opened):
    closed = office.doors.close(cast.admin, opened.door.id, seen=1)
    assert not closed.active
    with pytest.raises(NotAllowed):
        office.admitting.admit(request(opened, office))

    fresh = office.doors.renew(cast.admin, opened.door.id, seen=2)

    assert office.admitting.admit(request(fresh, office)).active


def test_two_who_change_a_door_do_not_do_so_unseen(office, cast, door):
    office.doors.change(cast.admin, door.id, Opening("Portal Baru"), seen=1)

    with pytest.raises(Conflict, match="Administrator"):
        office.doors.close(cast.admin, door.id, seen=1)
    assert office.doors.get(cast.admin, door.id).door.active


@pytest.mark.parametrize("key", ["", "lain", "../x", "a" * 41, "É"])
def test_a_door_that_is_not_there_is_not_found(office, cast, key):
    with pytest.raises(NotFound):
        office.doors.get(cast.admin, key)


# ---- coming in ----------------------------------------------------------------------------


def test_the_last_use_is_noted_now_and_then(office, cast, opened, clock):
    assert office.doors.get(cast.admin, opened.door.id).used_at is None

    office.admitting.admit(request(opened, office))
    first = clock.moment
    clock.tick(minutes=4)
    office.admitting.admit(request(opened, office))
    assert office.doors.get(cast.admin, opened.door.id).used_at == first
    clock.tick(minutes=1)
    office.admitting.admit(request(opened, office))

    assert office.doors.get(cast.admin, opened.door.id).used_at == clock.moment


def test_who_does_not_come_in_leaves_no_trace(office, cast, opened):
    with pytest.raises(NotSignedIn):
        office.admitting.admit(request(opened, office, target="/pintu/cari"))

    assert office.doors.get(cast.admin, opened.door.id).used_at is None


def test_without_its_key_the_office_lets_nobody_in_and_does_not_say_where_the_key_is(
    office, opened
):
    office.vault.lost = True

    with pytest.raises(Unavailable) as away:
        office.admitting.admit(request(opened, office))
    assert "kunci" not in str(away.value)


# ---- letters ------------------------------------------------------------------------------


def test_a_letter_becomes_a_ticket_that_says_where_it_came_from(office, send):
    receipt = send(attachments=[senders.file()])

    ticket = receipt.ticket
    assert receipt.fresh
    assert office.kept(ticket.number) == ticket
    assert ticket.due.id == "disposition"
    assert ticket.letter["agenda_number"] == "001/2026"
    assert ticket.letter["sender"] == "Budi Santoso, Kasubbag Umum"
    assert str(told(ticket.history[0], {})) == (
        "Budi Santoso, lewat situs Portal Kabupaten, mencatat surat nomor 005/77/DUKCAPIL/2026 dari OPD."
    )


def flaws(office):
    """What `pulih verify` says of what came through a door."""
    ours = ("tickets", "attachments", "doors", "door_requests")
    found = verify(office.tools.store.documents, office.tools.files)
    return [str(flaw.sentence) for flaw in found if flaw.table in ours]


def test_its_history_is_sealed_and_refers_to_what_is_there(office, send):
    ticket = office.kept(send(attachments=[senders.file()]).ticket.number)

    assert flaw(ticket) is None
    assert flaws(office) == []


def test_a_history_that_names_a_door_that_never_was_is_found(office, door, send):
    send()
    with office.tools.store.writing() as records:
        records.doors.remove(door.id)

    assert "pintu:portal-kabupaten tidak ada di people." in flaws(office)


def test_the_office_takes_it_on_as_any_other(office, cast, send):
    number = send().ticket.number

    ticket = office.take(office.kept(number), "disposition")

    assert ticket.due.id == "verification"
    view = office.tickets.show(cast.contact, number)
    assert view.names["pintu:portal-kabupaten"] == "Budi Santoso"


def test_its_files_can_be_opened_by_who_may_see_the_ticket(office, cast, send):
    number = send(attachments=[senders.file("..\\Surat  Dinas.PDF")]).ticket.number

    [file] = office.tickets.show(cast.lead, number).attachments
    kept, content = office.attachments.get(cast.lead, number, file.id)

    assert (kept.name, kept.media_type, content.read()) == (
        "Surat Dinas.PDF",
        "application/pdf",
        senders.PDF,
    )


def test_the_same_form_again_is_answered_with_the_same_receipt(office, send):
    said = senders.letter(attachments=[senders.file()])
    first = send(said=said)

    again = send(OTHER, said=said)

    assert (again.ticket.number, again.fresh) == (first.ticket.number, False)
    with office.tools.store.reading() as records:
        assert len(records.attachments.find(ticket=first.ticket.number)) == 1


def test_the_same_form_with_other_words_is_not_passed_over_in_silence(office, send):
    said = senders.letter()
    number = send(said=said).ticket.number

    with pytest.raises(SentBefore, match=number):
        send(OTHER, said={**said, "disturbed": "Semua loket, juga lantai 1."})
    assert office.kept(number).letter["disturbed"] == said["disturbed"]


def test_a_request_that_is_sent_again_as_it_was_is_refused(office, send):
    said = senders.letter()
    send(said=said)

    with pytest.raises(Refused, match="sudah pernah diterima"):
        send(said=said)
    with pytest.raises(Refused, match="sudah pernah diterima"):
        send(letter_number="005/78")


def test_a_request_that_was_refused_has_used_nothing_up(office, send):
    said = senders.letter()
    blamed(lambda: send(said={**said, "phone": "bukan nomor"}))

    assert send(said=said).ticket.number == "2026-0001"


def test_a_number_that_the_agency_sent_before_is_told_at_its_field(send):
    send()

    with pytest.raises(Duplicate) as taken:
        send(OTHER)
    assert taken.value.field == "letter_number"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"agency": None}, {"agency"}),
        ({"agency": "tidak-ada"}, {"agency"}),
        ({"agency": "bappeda-lama"}, {"agency"}),
        ({"sender": None}, {"sender"}),
        ({"sender": "x" * 101}, {"sender"}),
        ({"phone": "bukan nomor"}, {"phone"}),
        ({"letter_number": ""}, {"letter_number"}),
        ({"letter_date": "kemarin"}, {"letter_date"}),
        ({"letter_date": "2026-12-31"}, {"letter_date"}),
        ({"subject": "x" * 161}, {"subject"}),
        ({"disturbed": " \u200b "}, {"disturbed"}),
        ({"place": None, "since": None}, {"place", "since"}),
        ({"site": "dikbud-pusat"}, {"site"}),
        ({"recurrence_of": "2026-9999"}, {"recurrence_of"}),
        ({"attachments": [senders.file("a.pdf", b"MZ\x90\0program")]}, {"attachments"}),
        ({"attachments": [senders.file("a.exe")]}, {"attachments"}),
        ({"attachments": [senders.file("a.png")]}, {"attachments"}),
        ({"attachments": [senders.file("a.pdf", b"")]}, {"attachments"}),
        ({"phone": "x", "attachments": [senders.file("a.exe")]}, {"phone", "attachments"}),
    ],
)
def test_what_does_not_fit_is_told_under_the_name_that_the_site_has_for_it(
    office, send, changes, fields
):
    assert blamed(lambda: send(**changes)) == fields
    with office.tools.store.reading() as records:
        assert records.attachments.find(used=False) == []
        assert records.last_number("ticket-2026") == 0


def test_a_ticket_of_another_agency_is_nothing_that_a_letter_can_recur(office, send):
    number = office.closed().number

    assert blamed(lambda: send(agency="dikbud", recurrence_of=number)) == {"recurrence_of"}


def test_a_door_for_some_agencies_takes_no_letter_of_others(office, cast, send):
    narrow = office.doors.open(cast.admin, Opening("Situs Dikbud", agencies=["dikbud"])).door

    with pytest.raises(NotAllowed):
        send(through=narrow)
    assert send(through=narrow, agency="dikbud").fresh


def test_a_door_that_is_closed_meanwhile_takes_no_letter(office, cast, door, send):
    office.doors.close(cast.admin, door.id, seen=1)

    with pytest.raises(Refused, match="ditutup"):
        send()


def test_what_nothing_can_ask_for_any_more_is_swept(office, cast, door, send, clock):
    said = senders.letter()
    send(said=said)
    assert office.doors.get(cast.admin, door.id).letters == 1
    assert office.admitting.sweep() == 0

    clock.tick(seconds=STALE.total_seconds() + 1)
    assert office.admitting.sweep() == 1
    assert not send(OTHER, said=said).fresh  # the form is known for longer
    clock.tick(seconds=(LASTING + timedelta(seconds=1)).total_seconds())
    assert office.admitting.sweep() == 2

    with office.tools.store.reading() as records:
        assert records.door_requests.get(submission_key(door.id, said["submission"])) is None


def test_a_letter_sweeps_what_is_left_of_those_before_it(office, send, clock):
    send()
    clock.tick(minutes=11)

    send(OTHER, letter_number="005/78")

    with office.tools.store.reading() as records:
        assert len(records.door_requests.find(kind="request")) == 1


def test_nobody_can_type_that_a_letter_came_through_a_site(office, cast):
    for person in (cast.contact, cast.lead):
        ticket = office.register(person, through="Portal Kabupaten", sender="Bupati")

        assert not {"through", "sender"} & ticket.letter.keys()
        assert "lewat situs" not in str(told(ticket.history[0], {}))


# ---- showing ------------------------------------------------------------------------------


def publish(office):
    office.cases.publish_due()


def test_an_opds_page_shows_its_open_tickets_and_its_newest_cases(office, door, showing):
    case, open_ = office.closed(), office.register(subject="Wifi ruang rapat putus")
    publish(office)

    shown = showing.agency(door, "dukcapil")

    assert [(one.ticket.number, one.subject) for one in shown.open] == [
        (open_.number, "Wifi ruang rapat putus")
    ]
    assert [article.number for article in shown.cases] == [case.number]
    assert [site.id for site in shown.sites] == ["dukcapil-pusat"]
    other = showing.agency(door, "dikbud")
    assert (other.open, other.cases, other.waiting) == ((), (), 0)


def test_only_what_is_on_the_wiki_is_shown(office, cast, door, showing):
    kept_back = office.closed()
    assert showing.agency(door, "dukcapil").cases == ()  # not published yet
    publish(office)
    assert len(showing.agency(door, "dukcapil").cases) == 1

    office.retracting.retract(cast.section, kept_back.number, "Ada nama warga.")

    assert showing.agency(door, "dukcapil").cases == ()
    assert showing.search(door, "loket").articles == ()


def test_ten_are_shown_and_how_many_there_are(office, door, clock, showing):
    for n in range(12):
        clock.tick(minutes=1)
        office.register(subject=f"Gangguan {n}")

    shown = showing.agency(door, "dukcapil")

    assert [one.subject for one in shown.open] == [f"Gangguan {n}" for n in range(11, 1, -1)]
    assert shown.waiting == 12


def test_names_numbers_and_addresses_do_not_go_out_with_the_subject(office, cast, door, showing):
    office.register(subject="Dewi Lestari 0812-3456-7890: 10.12.7.2 mati, password wifi: rahasia99")
    inner = office.doors.open(cast.admin, Opening("Intranet", audience="intranet")).door

    [public] = showing.agency(door, "dukcapil").open
    [within] = showing.agency(inner, "dukcapil").open

    for subject in (public.subject, within.subject):
        assert not any(told in subject for told in ("Dewi", "0812", "rahasia99"))
    assert "10.12.7.2" in within.subject
    assert "10.12.7.2" not in public.subject


def test_a_case_is_shown_as_the_doors_audience_may_read_it(office, cast, door, showing):
    office.closed(subject="Switch 10.12.7.2 di loket terbakar")
    publish(office)
    inner = office.doors.open(cast.admin, Opening("Intranet", audience="intranet")).door

    assert inner.audience is Audience.INTRANET
    assert "10.12.7.2" in showing.agency(inner, "dukcapil").cases[0].title
    assert "10.12.7.2" not in showing.agency(door, "dukcapil").cases[0].title
    assert "10.12.7.2" not in showing.search(door, "switch loket").articles[0].title


def test_agencies_are_those_in_use_and_those_that_the_door_is_open_to(office, cast, door, showing):
    narrow = office.doors.open(cast.admin, Opening("Situs Dikbud", agencies=["dikbud"])).door

    assert {agency.id for agency in showing.agencies(door)} == {"dukcapil", "dikbud"}
    assert [agency.id for agency in showing.agencies(narrow)] == ["dikbud"]


def test_a_door_for_some_agencies_tells_nothing_of_others(office, cast, door, showing):
    office.closed()
    publish(office)
    narrow = office.doors.open(cast.admin, Opening("Situs Dikbud", agencies=["dikbud"])).door
    both = office.doors.open(
        cast.admin, Opening("Situs bersama", agencies=["dikbud", "dukcapil"])
    ).door

    with pytest.raises(NotAllowed):
        showing.agency(narrow, "dukcapil")
    with pytest.raises(NotFound):
        showing.agency(narrow, "tidak-ada")
    found = {
        name: len(showing.search(one, "loket").articles)
        for name, one in (("all", door), ("narrow", narrow), ("both", both))
    }
    assert found == {"all": 1, "narrow": 0, "both": 1}


def test_a_search_tells_how_many_more_there_are(office, door, showing):
    for _ in range(12):
        office.closed()
    publish(office)

    found = showing.search(door, "loket")

    assert (len(found.articles), found.more) == (10, 2)


def test_a_picture_that_is_handed_in_is_taken_as_one(office, cast, send):
    number = send(
        attachments=[senders.file("foto.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF")]
    ).ticket.number

    [file] = office.tickets.show(cast.lead, number).attachments

    assert file.media_type == "image/jpeg"
    assert io.BytesIO(office.attachments.get(cast.lead, number, file.id)[1].read()).read()
