"""A better scrubber masks old articles as well; the public reads less than the office, and each only what is theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.agency import Device
from pulih.domain.edition import Edition
from pulih.domain.mask import MASK
from pulih.domain.scrub import Audience
from pulih.errors import Conflict, NotFound
from pulih.service import articles
from pulih.service.articles import is_scrubbed, note_scrubber, rewrite_article
from pulih.service.audience import Readers, circle_of
from pulih.service.cases import CaseDesk
from pulih.service.outgoing import OutgoingDesk
from pulih.service.publishing import Binder

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


def test_the_public_reads_no_address_host_or_name_of_the_office(said, reading):
    edition = reading(Audience.PUBLIC)
    (case,) = edition.cases
    assert (
        case.article.symptom == f"{MASK} mengganti [alamat IP disamarkan] ([nama host disamarkan])."
    )
    assert (case.notes[0].name, case.notes[0].by) == ("Tim Jaringan", "")
    assert case.notes[0].text == "Alamat [alamat IP disamarkan] dipakai lagi."
    device = edition.devices["sw-loket"]
    assert (device.name, device.address, device.serial) == ("[nama host disamarkan]", "", "")
    assert "10.12." not in repr(edition)
    assert "SN-77" not in repr(edition)


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
