"""Of a ticket nothing goes out but its article and what was ticked: not in a page, a list, a feed or a search."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace

import pytest
from PIL import Image

from pulih.bootstrap import open_office
from pulih.config import write_settings
from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.domain.scrub import Audience
from pulih.jobs import Collected
from pulih.passwords import Argon2Passwords
from pulih.publish import addresses, book
from pulih.service.publishing import Binder
from pulih.store import open_memory

PHONE = "0813-9999-8888"
SECRETS = (
    "Rahasia#1",
    "Kominfo2026",
    PHONE,
    "81399998888",
    "budi.santoso",
    "Mawar",
    "Dewi",
    "7890",
)
FILE = "sandi-router-Melati.pdf"
WITHIN = ("ISI-PDF-RAHASIA", "ISI-FOTO-RAHASIA", "Melati")  # of attachments
PLACES = ("10.12.7.9", "SW-LOKET-7", "Rina", "Kartika")
CAUSE = (
    f"Switch SW-LOKET-7 di 10.12.7.9 terbakar. Sandi wifi: Rahasia#1. Hubungi {PHONE} atau "
    "budi.santoso@gmail.com. Proyek Mawar jangan disebut, kata Rina Kartika.\n"
    "snmp-server community Kominfo2026 RO"
)
PASSWORD = "sandi yang panjang"


def photograph(colour):
    """A photograph in which a camera wrote something beside the picture."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = WITHIN[1]
    Image.new("RGB", (64, 48), colour).save(made, "JPEG", exif=exif, comment=WITHIN[1].encode())
    made.seek(0)
    return made


@pytest.fixture
def office(tmp_path, clock, cast):
    office = open_office(
        write_settings(tmp_path),
        now=clock,
        store=open_memory(),
        jobs=Collected(),
        passwords=Argon2Passwords(time_cost=1, memory_cost=8, parallelism=1),
    )
    office.accounts.first_admin(cast.admin, PASSWORD)
    for item in (
        Agency("dukcapil", "Dinas Dukcapil"),
        Site("pusat", "dukcapil", "Kantor pusat"),
        Device("sw-7", "dukcapil", DeviceKind.SWITCH, "SW-LOKET-7", "pusat", address="10.12.7.9"),
    ):
        office.registry.add(cast.admin, item)
    for person in cast:
        if person.id not in ("admin", "hasan"):
            office.accounts.add(cast.admin, person, PASSWORD)
    yield office
    office.close()


@pytest.fixture
def published(office, cast, clock, facts_for, story):
    """Close a ticket that has all sorts of files, one photograph of them ticked; return every file of the wiki."""

    def hand_in(name, content, number=""):
        who = cast.contact if not number else cast.lead
        return office.attachments.keep(who, "scan", name, content, number=number)

    pdf = hand_in(FILE, io.BytesIO(b"%PDF-1.7\n" + WITHIN[0].encode()))
    ticket = office.tickets.register(cast.contact, facts_for("letter", scan=[pdf.id]))
    number = ticket.number
    photos = [hand_in(f"Melati-{c}.jpg", photograph(c), number) for c in ("red", "blue")]
    changes = {
        "damage": {"photos": [photo.id for photo in photos]},
        "examination": {"device": "sw-7", "device_note": None},
        "report": {"cause": CAUSE},
        "trial": {"tests": [{"what": "sandi wifi", "value": "Rahasia#1", "note": ""}]},
    }
    for stage in story.way[1:]:
        clock.tick(minutes=10)
        if stage == "work-record":
            office.outgoing.hide(cast.lead, number, "Proyek Mawar", seen=0)
            caption = f"Switch terbakar, {PHONE}, milik proyek mawar"
            office.outgoing.tick(cast.lead, number, {photos[0].id: caption}, seen=1)
        facts = facts_for(stage, **changes.get(stage, {}))
        ticket = office.tickets.take(cast.actor(stage), number, stage, facts, seen=ticket.version)
    clock.tick(days=1)
    office.knowledge.add_note(cast.lead, number, f"Nomor lama {PHONE}, alamat 10.12.7.9.")

    def files(audience):
        with office.tools.store.reading() as records:
            edition = Binder(office.tools.calendar, audience).edition(records, clock())
        digests = {case.number: case.digest for case in edition.cases}
        around = book.Around(base="https://wiki.example", opened=office.tools.files.open)
        made = book.sheets(edition, digests, around)
        return {sheet.address: told(sheet.make()) for sheet in made}

    return number, [photo.digest for photo in photos], files


def told(made):
    """What a file says, as one reads it who knows its signs."""
    text = made.decode("latin-1") if isinstance(made, bytes) else made
    return html.unescape(text.replace("\\", ""))


def leaks(files, words):
    """Where one of these words stands, in whatever capitals."""
    return [
        (address, word)
        for address, text in files.items()
        for word in words
        if word.casefold() in text.casefold()
    ]


@pytest.mark.parametrize("audience", list(Audience))
def test_no_file_of_the_wiki_has_a_secret_or_what_was_hidden_besides(published, audience):
    number, _photos, made = published
    files = made(audience)

    assert any(number in text for text in files.values())
    assert leaks(files, SECRETS) == []


@pytest.mark.parametrize("audience", list(Audience))
def test_of_attachments_nothing_goes_out_but_the_pictures_that_were_ticked(published, audience):
    _number, (ticked, other), made = published
    files = made(audience)

    assert leaks(files, (FILE, *WITHIN)) == []
    assert other not in "".join((*files, *files.values()))
    assert {addresses.picture(ticked), addresses.thumbnail(ticked)} <= files.keys()
    pictures = [
        address for address in files if address.endswith((".jpg", ".jpeg", ".png", ".webp"))
    ]
    assert len(pictures) == 2


def test_the_caption_is_masked_like_the_rest(published):
    number, _photos, made = published
    page = made(Audience.INTRANET)[addresses.case(number, 2026)]
    assert "Switch terbakar, [kontak disamarkan], milik [disamarkan]" in page


def test_the_office_reads_where_and_who_and_the_public_does_not(published):
    _number, _photos, made = published
    inside = made(Audience.INTRANET)
    assert {word for _address, word in leaks(inside, PLACES)} == set(PLACES)
    assert leaks(made(Audience.PUBLIC), PLACES) == []


def test_what_is_mended_later_is_gone_from_every_file(published, office, cast):
    number, _photos, made = published
    assert leaks(made(Audience.INTRANET), ("terbakar",))
    seen = office.outgoing.show(cast.section, number).outgoing.version
    office.outgoing.hide(cast.section, number, "terbakar", seen=seen)
    assert leaks(made(Audience.INTRANET), ("terbakar",)) == []


def test_a_picture_that_is_ticked_no_more_goes_off_the_wiki(published, office, cast):
    number, (ticked, _other), made = published
    seen = office.outgoing.show(cast.section, number).outgoing.version
    office.outgoing.tick(cast.section, number, {}, seen=seen)
    files = made(Audience.INTRANET)
    assert ticked not in "".join((*files, *files.values()))


def test_an_article_keeps_no_trace_of_what_was_hidden(published, office):
    number, _photos, _made = published
    with office.tools.store.reading() as records:
        article = records.articles.get(number)
    assert not re.search("|".join(map(re.escape, SECRETS)), repr(replace(article, related=())))
