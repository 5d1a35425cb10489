"""A better scrubber masks old articles as well; the public reads less than the office, and each only what is theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pulih.domain import called, mask
from pulih.domain import outgoing as domain_outgoing
from pulih.domain.agency import Agency, Device, DeviceKind, FaultType, Site
from pulih.domain.article import Reading
from pulih.domain.edition import Edition
from pulih.domain.scrub import Audience, cells, persons
from pulih.errors import Conflict, NotFound
from pulih.service import articles
from pulih.service.articles import is_scrubbed, note_scrubber, rewrite_article
from pulih.service.audience import Readers, circle_of
from pulih.service.cases import CaseDesk
from pulih.service.outgoing import OutgoingDesk
from pulih.service.publishing import Binder

MASK = "[kontak disamarkan]"
PHONE = "0813-9999-8888"


@pytest.fixture
def article(office, cast):
    return lambda number: office.cases.get(cast.lead, number)


@pytest.fixture
def leaky(office):
    """Put something into a kept article that the scrubber of its day did not know."""

    def put(number, **texts):
        def keep(records):
            records.articles.put(number, replace(records.articles.get(number), **texts))

        office.tools.store.write(keep)

    return put


@pytest.fixture
def closed_on(office):
    """Bring a ticket to its end that is about a registered device."""

    def bring(device, **letter):
        ticket = office.register(**letter)
        for stage in office.way[1:]:
            named = stage in {"examination", "damage"}
            ticket = office.take(
                ticket, stage, **({"device": device, "device_note": ""} if named else {})
            )
        return ticket.number

    return bring


def noted(office):
    with office.tools.store.reading() as records:
        return is_scrubbed(records)


# ---- A better scrubber --------------------------------------------------------------------------


def test_old_articles_are_masked_when_the_scrubber_is_another(office, article, leaky):
    number, other = office.closed().number, office.closed().number
    before = article(other)
    leaky(number, cause="Sandi wifi: Mawar#1")
    assert noted(office)
    office.tools.store.write(lambda records: records.settings.remove("scrubber"))

    assert office.outgoing.mask_again() == 1

    assert article(number).cause == "Switch terbakar karena lonjakan listrik."  # from the ticket
    assert article(other) is before or article(other) == before
    assert noted(office)
    assert office.outgoing.mask_again() == 0


def test_with_the_same_scrubber_nothing_is_looked_at_unless_somebody_asks(office, article, leaky):
    number = office.closed().number
    office.tools.store.write(note_scrubber)
    leaky(number, cause="Sandi wifi: Mawar#1")

    assert office.outgoing.mask_again() == 0
    assert "Mawar" in article(number).cause
    assert office.outgoing.mask_again(anyway=True) == 1
    assert "Mawar" not in article(number).cause


def test_an_office_without_a_case_is_left_as_new_as_it_is(office):
    assert office.outgoing.mask_again(anyway=True) == 0
    assert not noted(office)


def test_another_scrubber_is_noticed(office, monkeypatch):
    office.tools.store.write(note_scrubber)
    assert noted(office)
    monkeypatch.setattr(articles, "scrubber", lambda: "another")
    assert not noted(office)


@pytest.mark.parametrize("rules", [mask, called, domain_outgoing, cells, persons])
def test_whatever_decides_on_masks_makes_another_scrubber(rules, monkeypatch):
    before = articles.scrubber.__wrapped__()
    read = Path.read_bytes

    def changed(file):
        return read(file) + (b"#" if file == Path(rules.__file__) else b"")

    monkeypatch.setattr(Path, "read_bytes", changed)
    assert articles.scrubber.__wrapped__() != before


def test_a_row_of_an_old_article_is_masked_by_what_its_heading_asks_for(office, article):
    number = office.closed().number
    test = Reading("password admin", "[kata sandi disamarkan]", "lama: CellRow103")
    orphan = replace(article(number), number="2020-0001", tests=(test,))
    office.tools.store.write(lambda records: records.articles.put("2020-0001", orphan))

    office.outgoing.mask_again(anyway=True)

    assert article("2020-0001").tests[0].note == "lama: [kata sandi disamarkan]"


def test_a_secret_in_the_name_below_an_old_note_is_masked(office, cast, article):
    number = office.closed().number
    note = office.knowledge.add_note(cast.lead, number, "Kini memakai UPS.")
    leaking = replace(note, name="Rina password: Pwd#Evil7")
    office.tools.store.write(lambda records: records.notes.put(note.id, leaking))

    office.outgoing.mask_again(anyway=True)

    with office.tools.store.reading() as records:
        assert records.notes.get(note.id).name == "Rina password: [kata sandi disamarkan]"


def test_an_article_whose_ticket_is_not_there_is_masked_as_it_stands(office, article, leaky):
    number = office.closed().number
    kept = article(number)
    orphan = replace(kept, number="2020-0001", cause=f"Sandi wifi: Mawar#1, {PHONE}.")
    office.tools.store.write(lambda records: records.articles.put("2020-0001", orphan))

    assert office.outgoing.mask_again(anyway=True) == 1

    assert article("2020-0001").cause == f"Sandi wifi: [kata sandi disamarkan], {MASK}."
    assert article(number) == kept


def test_what_was_let_out_is_not_masked_again(office, cast, article):
    number = office.closed(disturbed=f"Telp {PHONE}, SIAK lemot").number
    office.outgoing.lift(cast.section, number, PHONE, "Nomor layanan.", seen=0)
    assert PHONE in article(number).symptom

    assert office.outgoing.mask_again(anyway=True) == 0
    assert PHONE in article(number).symptom


def test_old_notes_and_captions_are_masked_as_well(office, cast):
    number = office.closed().number
    note = office.knowledge.add_note(cast.lead, number, "Kabel baru.")
    (image,) = office.outgoing.show(cast.section, number).images
    office.outgoing.tick(cast.section, number, {image.id: "Kabel baru"}, seen=0)

    def leak(records):
        records.notes.put(note.id, replace(note, text=f"Telp {PHONE}."))
        kept = records.outgoing.get(number)
        (picture,) = kept.pictures
        leaking = (replace(picture, caption=f"Label {PHONE}"),)
        records.outgoing.put(number, replace(kept, pictures=leaking))

    office.tools.store.write(leak)

    office.outgoing.mask_again(anyway=True)

    assert office.knowledge.show(cast.lead, number).notes[0].text == f"Telp {MASK}."
    (picture,) = office.outgoing.show(cast.section, number).outgoing.pictures
    assert picture.caption == f"Label {MASK}"


def test_rewriting_an_article_twice_is_rewriting_it_once(office, cast, article):
    number = office.closed().number
    before = article(number)
    calendar = office.tools.calendar
    assert not office.tools.store.write(lambda r: rewrite_article(r, number, calendar))
    assert article(number) == before
    with pytest.raises(NotFound):
        office.tools.store.write(lambda r: rewrite_article(r, "2020-0001", calendar))


# ---- Deciding -----------------------------------------------------------------------------------


def test_of_two_who_decide_at_once_the_second_is_told(office, cast):
    number = office.at("work-record").number
    office.outgoing.hide(cast.lead, number, "lonjakan", seen=0)
    with pytest.raises(Conflict):
        office.outgoing.hide(cast.technician, number, "listrik", seen=0)


def test_only_a_decision_on_a_closed_ticket_asks_for_publishing(office, cast):
    number = office.at("work-record").number
    asked = office.tools.jobs.published
    office.outgoing.hide(cast.lead, number, "lonjakan", seen=0)
    assert office.tools.jobs.published == asked

    number = office.closed().number
    asked = office.tools.jobs.published
    office.outgoing.hide(cast.section, number, "lonjakan", seen=0)
    assert office.tools.jobs.published == asked + 1
    office.outgoing.unhide(cast.section, number, "tidak ada", seen=1)
    assert office.tools.jobs.published == asked + 1


def test_what_is_hidden_later_is_taken_out_of_a_caption_as_well(office, cast):
    number = office.at("work-record").number
    (image,) = office.outgoing.show(cast.lead, number).images
    office.outgoing.tick(cast.lead, number, {image.id: "Akibat lonjakan"}, seen=0)
    office.outgoing.hide(cast.lead, number, "lonjakan", seen=1)
    (picture,) = office.outgoing.show(cast.lead, number).outgoing.pictures
    assert picture.caption == "Akibat [disamarkan]"


# ---- After closing ----------------------------------------------------------------------------


@pytest.fixture
def page(office, cast):
    """Return what the wiki and the desk show of a case: its article and its notes, as one text."""

    def shown(number):
        with office.tools.store.reading() as records:
            now = office.tools.now()
            edition = Binder(office.tools.calendar).edition(records, now)
            (case,) = (case for case in edition.cases if case.number == number)
            assert Binder(office.tools.calendar).case(records, number, now) == case
        assert tuple(office.knowledge.show(cast.lead, number).notes) == case.notes
        return repr((case.article, case.notes))

    return shown


def test_what_is_hidden_after_closing_is_hidden_in_notes_until_it_is_taken_back(office, cast, page):
    number = office.closed(disturbed="SIAK lambat, kata Mawar").number
    office.knowledge.add_note(cast.lead, number, "Proyek Mawar dan Melati, lihat kabel.")

    office.outgoing.hide(cast.section, number, "mawar", seen=0)
    assert "Mawar" not in page(number)
    office.outgoing.hide(cast.section, number, "Melati", seen=1)  # in the note alone
    assert "Proyek [disamarkan] dan [disamarkan], lihat kabel." in page(number)
    office.outgoing.mask_again(anyway=True)
    assert "Melati" not in page(number)

    office.outgoing.unhide(cast.section, number, "mawar", seen=2)
    office.outgoing.unhide(cast.section, number, "melati", seen=3)
    assert "Proyek Mawar dan Melati, lihat kabel." in page(number)


def test_the_page_that_decides_shows_notes_and_what_is_hidden_in_them(office, cast):
    number = office.closed().number
    office.knowledge.add_note(cast.lead, number, "Proyek Melati.")
    office.outgoing.hide(cast.section, number, "Melati", seen=0)

    shown = office.outgoing.show(cast.section, number).preview

    (line,) = (line for line in shown.lines if line.name == "notes")
    assert "".join(piece.text for piece in line.cells[0]) == "Proyek [disamarkan]."
    assert [piece.original for piece in line.cells[0] if piece.masked] == ["Melati"]


def test_hiding_a_word_leaves_the_names_of_the_day_of_closing(office, cast, article, closed_on):
    number = closed_on("sw-loket", disturbed="Mawar lambat")
    before = article(number)
    renamed = (
        (Agency, before.agency, {"name": "Dinas Lain"}),
        (FaultType, before.fault_type, {"name": "Gangguan lain"}),
        (Device, before.device, {"brand": "Merek", "model": "Lain", "kind": DeviceKind.HUB}),
    )
    for kind, key, names in renamed:
        item = office.registry.get(cast.admin, kind, key)
        office.registry.save(cast.admin, replace(item, **names))

    office.outgoing.hide(cast.section, number, "Mawar", seen=0)

    assert article(number) == replace(before, symptom="[disamarkan] lambat")
    preview = office.outgoing.show(cast.section, number).preview.article
    assert preview.agency_name == before.agency_name


def test_a_word_of_a_name_is_hidden_and_shown_again(office, cast, article):
    number = office.closed().number
    before = article(number)
    office.outgoing.hide(cast.section, number, "Sipil", seen=0)
    assert article(number).agency_name == "Dinas Kependudukan dan Pencatatan [disamarkan]"
    office.outgoing.unhide(cast.section, number, "Sipil", seen=1)
    assert article(number) == before


# ---- Who reads it -------------------------------------------------------------------------------


@pytest.fixture
def reading(office):
    """Return what an audience reads, with what is remembered between two readings."""
    binders = {audience: Binder(office.tools.calendar, audience) for audience in Audience}

    def edition(audience) -> Edition:
        with office.tools.store.reading() as records:
            return binders[audience].edition(records, office.tools.now())

    return edition


SAID = "Rina Kartika mengganti 10.12.7.2 (sw-loket-1)."


@pytest.fixture
def said(office, cast):
    device = office.registry.get(cast.admin, Device, "sw-loket")
    office.registry.save(cast.admin, replace(device, name="SW-Loket-1", serial="SN-77"))
    number = office.closed(disturbed=SAID).number
    office.knowledge.add_note(cast.lead, number, "Alamat 10.12.7.2 dipakai lagi.")
    return number


def test_the_office_reads_all_of_it(said, reading):
    edition = reading(Audience.INTRANET)
    (case,) = edition.cases
    assert case.article.symptom == SAID
    assert case.notes[0].name == "Rina Kartika"
    device = edition.devices["sw-loket"]
    assert (device.name, device.address, device.serial) == ("SW-Loket-1", "10.12.7.2", "SN-77")


def test_no_text_of_a_device_or_a_site_shows_a_secret_to_the_office(office, cast, reading):
    device = office.registry.get(cast.admin, Device, "sw-loket")
    secret = "password: Serial#Pass77"
    device = replace(device, name=f"SW {secret}", brand=f"A {secret}", model=f"B {secret}")
    device = replace(device, serial=f"SN1 {secret}", inventory=f"3.10/2 {secret}")
    site = office.registry.get(cast.admin, Site, "dukcapil-pusat")
    site = replace(site, name=f"Loket {secret}", address=f"Jalan 1, {secret}")
    office.registry.save(cast.admin, device)
    office.registry.save(cast.admin, site)

    edition = reading(Audience.INTRANET)

    assert edition.devices["sw-loket"].serial == "SN1 password: [kata sandi disamarkan]"
    assert edition.sites[site.id].name == "Loket password: [kata sandi disamarkan]"
    assert "Serial#Pass77" not in repr((edition.devices, edition.sites))


@pytest.mark.parametrize("serial", ["081234567890", "FOC1932X0AB", "3.10.01/2024-7"])
def test_a_serial_number_is_not_taken_for_a_telephone_number(office, cast, reading, serial):
    device = office.registry.get(cast.admin, Device, "sw-loket")
    office.registry.save(cast.admin, replace(device, serial=serial))
    assert reading(Audience.INTRANET).devices["sw-loket"].serial == serial


def test_the_public_reads_no_address_host_or_name_of_the_office(said, reading):
    edition = reading(Audience.PUBLIC)
    (case,) = edition.cases
    assert (
        case.article.symptom == f"{MASK} mengganti [alamat IP disamarkan] ([nama host disamarkan])."
    )
    assert (case.notes[0].name, case.notes[0].by) == ("Tim Jaringan", "")
    assert case.notes[0].text == "Alamat [alamat IP disamarkan] dipakai lagi."
    device = next(d for d in edition.devices.values() if "host" in d.name)
    assert (device.name, device.address, device.serial) == ("[nama host disamarkan]", "", "")
    assert "10.12." not in repr(edition)
    assert "SN-77" not in repr(edition)


def test_the_public_reads_no_identifier_of_a_device_that_its_name_was_made_into(closed_on, reading):
    closed_on("sw-loket")
    office, public = reading(Audience.INTRANET), reading(Audience.PUBLIC)
    assert office.cases[0].article.device == "sw-loket"
    assert "sw-loket" not in repr(public).casefold()
    assert {key: device.id for key, device in public.devices.items()} == {
        key: key for key in public.devices
    }
    assert len(public.devices) == len(office.devices)
    assert public.cases[0].article.device in public.devices
    assert reading(Audience.PUBLIC).devices == public.devices


def test_a_host_is_hidden_by_its_first_label_as_well(office, cast, reading):
    device = office.registry.get(cast.admin, Device, "sw-loket")
    for name, key in (("SW-CORE-7788.sumbawakab.go.id", "sw-loket"), ("www.contoh.id", "ap-loket")):
        device = office.registry.get(cast.admin, Device, key)
        office.registry.save(cast.admin, replace(device, name=name))
    office.closed(disturbed="Perangkat sw-core-7788 mati, www juga.")
    (case,) = reading(Audience.PUBLIC).cases
    assert case.article.symptom == "Perangkat [nama host disamarkan] mati, www juga."


def test_what_did_not_change_is_handed_out_as_the_same_object(said, reading, office, cast):
    for audience in Audience:
        first, second = reading(audience).cases, reading(audience).cases
        assert all(one is other for one, other in zip(first, second, strict=True))
    device = office.registry.get(cast.admin, Device, "rt-dukcapil")
    office.registry.save(cast.admin, replace(device, name="rt-dukcapil-baru"))
    assert reading(Audience.PUBLIC).cases[0] is second[0]  # it does not name that device


def test_a_host_or_a_person_that_is_registered_later_is_taken_out_of_old_cases(
    office, cast, reading
):
    office.closed(disturbed="Kabel ke ap-ruang-9 putus, kata Pak Joko.")
    office.registry.save(
        cast.admin,
        replace(office.registry.get(cast.admin, Device, "ap-loket"), name="Access point"),
    )
    reading(Audience.PUBLIC)
    office.registry.save(
        cast.admin,
        replace(office.registry.get(cast.admin, Device, "ap-loket"), name="AP-Ruang-9"),
    )
    (case,) = reading(Audience.PUBLIC).cases
    assert case.article.symptom == f"Kabel ke [nama host disamarkan] putus, kata {MASK}."


def test_another_audience_publishes_all_anew(said, office):
    office.cases.publish_due()
    assert office.cases.waiting() == ()
    public = CaseDesk(replace(office.tools, audience=Audience.PUBLIC))

    assert public.waiting() == (said,)
    assert not public.on_wiki(said)
    public.publish_due()
    assert public.waiting() == ()
    assert public.on_wiki(said)
    assert office.cases.waiting() == (said,)


def test_the_page_before_closing_says_what_the_public_would_read(office, cast):
    number = office.at("report", disturbed=SAID).number
    desk = OutgoingDesk(replace(office.tools, audience=Audience.PUBLIC))
    shown = desk.show(cast.lead, number).preview.article
    assert shown.symptom == f"{MASK} mengganti [alamat IP disamarkan] (sw-loket-1)."


def test_the_office_itself_has_no_secrets_from_its_readers(office):
    with office.tools.store.reading() as records:
        circle = circle_of(records, Audience.INTRANET)
    whole = Edition()
    assert Readers().edition(whole, circle) == whole
