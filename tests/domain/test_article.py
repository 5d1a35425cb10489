"""What a resolved ticket teaches: complete, the same each time, and without a word about its contacts."""

from __future__ import annotations

import re
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pulih.domain import sop
from pulih.domain.agency import Agency, Device, DeviceKind, FaultType
from pulih.domain.article import (
    Named,
    Reading,
    Surroundings,
    article_of,
    likeness,
    named_device,
    with_related,
)
from pulih.domain.facts import Kind
from pulih.domain.ticket import Ticket

MASK = "[kontak disamarkan]"
WITA = ZoneInfo("Asia/Makassar")
DUKCAPIL = Agency("dukcapil", "Dinas Kependudukan dan Pencatatan Sipil")
BROKEN = FaultType("perangkat-rusak", "Perangkat rusak")
SWITCH = Device(
    "sw-1", "dukcapil", DeviceKind.SWITCH, "Switch loket", brand="MikroTik", model="CRS326"
)
PLACES = Surroundings(DUKCAPIL, "Kantor Dukcapil", None, BROKEN)


@pytest.fixture(scope="session")
def closed_with(story, facts_for):
    """Return a closed ticket, with changes a stage: `{"letter": {"subject": ...}}`."""

    def ticket(changes):
        made = Ticket("2026-0001")
        for stage in story.way:
            made = story.take(made, stage, **changes.get(stage, {}))
        return made

    return ticket


@pytest.fixture(scope="session")
def article(story, office_calendar):
    """The article of the ticket that went the longest way."""
    return article_of(story.closed, PLACES, office_calendar, [])


# ---- What it says -----------------------------------------------------------------------------


def test_a_case_says_what_was_wrong_why_and_what_was_done(article):
    assert (article.number, article.year) == ("2026-0001", 2026)
    assert article.title == "Jaringan loket perekaman putus"
    assert (article.agency, article.agency_name) == ("dukcapil", DUKCAPIL.name)
    assert (article.site, article.place) == ("Kantor Dukcapil", "Lantai 2, ruang perekaman")
    assert (article.fault_type, article.fault_name) == ("perangkat-rusak", "Perangkat rusak")
    assert article.location == "Lemari panel lantai 2"
    assert article.symptom == "Loket KTP-el tidak dapat terhubung ke pusat."
    assert article.observed == "Loket putus."
    assert article.cause == "Switch terbakar karena lonjakan listrik."
    assert article.cause_confirmed is True
    assert article.remote == "Menghidupkan ulang port switch."
    assert article.on_site == "Melepas switch yang rusak."
    assert article.actions == "Mengganti switch."
    assert article.installed == "MikroTik CRS328"
    assert article.settings == "VLAN 20 untuk loket."
    assert article.result == "Loket terhubung kembali."
    assert (article.solution_class, article.prevention) == ("permanent", "Pasang UPS.")
    assert article.checks == (Reading("ping 10.12.7.1", "100% hilang"),)
    assert article.tests == (Reading("ping 10.12.7.1", "0% hilang", "100% hilang"),)
    assert (article.reported, article.resolved) == (date(2026, 3, 2), date(2026, 3, 3))
    assert article.version == 19


def test_a_suspected_cause_is_not_called_confirmed(closed_with, office_calendar):
    ticket = closed_with({"report": {"cause_certainty": "suspected"}})
    assert article_of(ticket, PLACES, office_calendar, []).cause_confirmed is False


def test_a_registered_device_tells_its_kind_and_make(story, office_calendar):
    article = article_of(story.closed, replace(PLACES, device=SWITCH), office_calendar, [])
    assert (article.device, article.device_kind, article.device_make) == (
        "sw-1",
        "switch",
        "MikroTik CRS326",
    )


def test_an_unregistered_device_is_called_what_the_technician_wrote(closed_with, office_calendar):
    ticket = closed_with(
        {
            "examination": {"device_note": "Switch TP-Link 8 port"},
            "damage": {"device_note": "Switch TP-Link 8 port"},
        }
    )
    article = article_of(ticket, PLACES, office_calendar, [])
    assert (article.device, article.device_make) == ("", "Switch TP-Link 8 port")


def test_the_device_is_the_one_of_the_last_round(story, office_calendar):
    ticket, trial = Ticket("2026-0001"), story.way.index("trial")
    for stage in story.way[:trial]:
        ticket = story.take(ticket, stage)
    ticket = story.take(ticket, "trial", works="tidak")
    ticket = story.take(ticket, "examination", device="rt-1", device_note=None)
    ticket = story.take(ticket, "remote-repair", outcome="fixed")
    assert named_device(ticket) == Named("rt-1")

    ticket = story.take(ticket, "trial", works="tidak")
    ticket = story.take(ticket, "examination", device_note="Router B")
    ticket = story.take(ticket, "remote-repair", outcome="fixed")
    assert named_device(ticket) == Named(note="Router B")

    for stage in story.way[trial:]:
        ticket = story.take(ticket, stage)
    article = article_of(ticket, PLACES, office_calendar, [])
    assert (article.device, article.device_kind, article.device_make) == ("", "", "Router B")


def test_a_decision_that_names_no_device_leaves_the_one_that_was_examined(story):
    ticket = story.take(story.at("damage"), "damage", damaged="tidak")
    assert named_device(ticket) == Named(note="Switch MikroTik CRS326")


def test_an_identifier_and_a_note_of_different_stages_are_never_one_device(story):
    ticket = story.take(story.at("examination"), "examination", device="sw-1", device_note=None)
    ticket = story.follow(ticket, "remote-repair", "coordination")
    ticket = story.take(ticket, "damage", device_note="UPS APC", device=None)
    assert named_device(ticket) == Named(note="UPS APC")

    ticket = story.follow(ticket, "replacement-notice", "replacement-record")
    assert named_device(ticket) == Named(note="UPS APC", kind="switch")


def test_before_the_examination_no_device_is_named(story):
    assert named_device(story.at("examination")) == Named()


def test_what_was_seen_on_site_goes_before_what_was_thought_from_afar(closed_with, office_calendar):
    notes = {"examination": {"device_note": "Router?"}, "damage": {"device_note": "Switch Cisco"}}
    assert article_of(closed_with(notes), PLACES, office_calendar, []).device_make == "Switch Cisco"


def test_figures_of_diagnostic_runs_stand_before_the_readings_taken_by_hand(story, office_calendar):
    around = replace(PLACES, checks=(Reading("ping core", "0% hilang"),))
    article = article_of(story.closed, around, office_calendar, [])
    assert [reading.what for reading in article.checks] == ["ping core", "ping 10.12.7.1"]


def test_the_hours_are_the_offices_without_the_time_of_the_agency(story, office_calendar, article):
    assert article.working_hours == 8.0  # one deed an hour from 08:00; the doors close at 16:00

    ticket = story.returned  # at 10:00; the letter comes again at 11:00
    for stage in story.way:
        ticket = story.take(ticket, stage)
    assert article_of(ticket, PLACES, office_calendar, []).working_hours == 7.0


def test_dates_are_those_of_the_office(cast, facts_for, story, office_calendar):
    # 07:00 in Sumbawa on 2 January is still the 1st in Greenwich.
    late = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
    facts = facts_for("letter", letter_date="2026-12-30", since="2026-12-30T08:00:00+08:00")
    ticket = Ticket.open("2027-0001", cast.contact, late, facts, zone=WITA)
    for stage in story.way[1:]:
        ticket = story.take(ticket, stage)
    article = article_of(ticket, PLACES, office_calendar, [])
    assert (article.year, article.reported) == (2027, date(2027, 1, 1))


@pytest.mark.parametrize("end", ["report", "acknowledgement-department"])
def test_only_a_closed_ticket_teaches(story, office_calendar, end):
    with pytest.raises(ValueError, match="2026-0001"):
        article_of(story.at(end), PLACES, office_calendar, [])


def test_a_withdrawn_ticket_teaches_nothing(story, office_calendar):
    with pytest.raises(ValueError, match="2026-0001"):
        article_of(story.withdrawn, PLACES, office_calendar, [])


def test_the_same_ticket_and_archive_give_the_same_article(story, office_calendar, article):
    archive = [
        replace(article, number=f"2025-{n:04d}", closed_at=article.closed_at - timedelta(days=n))
        for n in range(1, 9)
    ]
    one = article_of(story.closed, PLACES, office_calendar, archive)
    assert one == article_of(story.closed, PLACES, office_calendar, list(reversed(archive)))
    assert one == article_of(story.closed, PLACES, office_calendar, iter(archive))


# ---- Contacts ---------------------------------------------------------------------------------

PUBLIC = {
    "letter": ("subject", "place", "disturbed"),
    "examination": ("location", "device_note"),
    "remote-repair": ("done",),
    "damage": ("repair", "device_note"),
    "installation": ("new_make", "new_model", "settings"),
    "report": ("symptom", "cause", "actions", "result", "prevention"),
}
ROWS = {"examination": "readings", "trial": "tests"}
CONTACTS = [
    (stage.id, fact.name)
    for stage in sop.STAGES.values()
    for fact in stage.facts
    if fact.private and fact.kind is Kind.LINE and stage.id != "withdrawal"
]


def saying(told):
    """Changes that put the text into everything that the article quotes."""
    changes = {stage: dict.fromkeys(names, told) for stage, names in PUBLIC.items()}
    for stage, name in ROWS.items():
        changes.setdefault(stage, {})[name] = [{"what": told, "value": told, "note": told}]
    return changes


def everything(article):
    """All the texts of an article."""
    return [item for item in _flat(astuple(article)) if isinstance(item, str)]


def _flat(value):
    for item in value:
        if isinstance(item, tuple):
            yield from _flat(item)
        else:
            yield item


def digits(text):
    return re.sub(r"\D", "", text)


NAMES = st.sampled_from(
    [
        "Komang Sukma",
        "Ibu Komang Sukma",
        "Komang Sukma, S.Kom.",
        "Drs. H. Komang Sukma, M.Si",
        "Bapak I Wayan Putra",
        "Ni Luh Putu Ayu",
        "R. Ngt. Siti Aisyah S.",
        "Jean-Luc D'Arc",
        "Müller",
        "Sri",
        "Komang Sukma (0812-3456-7890)",
        "Komang Sukma - Kasubbag Umum",
    ]
)
PHONES = st.sampled_from(
    [
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "081234567890",
        "(0371) 212345",
        "0371-21234",
    ]
)
AROUND = st.sampled_from(
    [
        "Hubungi {}.",
        "{}",
        "({})",
        "kata {}, lalu",
        "telp:{}",
        "WA {}/",
        "«{}»",
        "HP/WA.{}",
        "{}\nlalu",
        '"{}"',
        "{};",
    ]
)


@st.composite
def name_variants(draw):
    """A contact's name, and the ways in which a technician writes it."""
    name = draw(NAMES)
    bare = re.split(r"[,(]| - ", name)[0].strip()
    plain = re.sub(r"^(Ibu|Bapak|Drs\. H\.) ", "", bare)
    change = draw(
        st.sampled_from([str, str.upper, str.lower, str.title, lambda t: t.replace(" ", "  ")])
    )
    return name, plain, change(draw(st.sampled_from([name, bare, plain])))


@st.composite
def phone_variants(draw):
    """A contact's number, its significant digits, and the ways in which a technician writes it."""
    phone = draw(PHONES)
    inland = re.sub(r"^(62|0)", "", digits(phone))
    separator = draw(st.sampled_from(["", " ", "-", ".", " - ", "\u2011"]))
    size = draw(st.integers(2, 5))
    groups = separator.join(inland[n : n + size] for n in range(0, len(inland), size))
    prefix = draw(st.sampled_from(["0", "+62", "62", "+62 ", "+62-", "+62 (0)", "0062 "]))
    return phone, inland, draw(st.sampled_from([phone, prefix + groups]))


@given(st.sampled_from(CONTACTS), name_variants(), AROUND)
def test_the_name_of_a_contact_is_in_no_field(
    closed_with, office_calendar, contact, variants, around
):
    (stage, field), (name, plain, written) = contact, variants
    changes = saying(around.format(written))
    changes.setdefault(stage, {})[field] = name

    article = article_of(closed_with(changes), PLACES, office_calendar, [])

    for text in everything(article):
        assert " ".join(plain.split()).casefold() not in " ".join(text.split()).casefold()
    assert MASK in article.symptom


@given(st.sampled_from(CONTACTS) | st.just(("letter", "contact_phone")), phone_variants(), AROUND)
@example(
    ("letter", "contact_phone"), ("0812-3456-7890", "81234567890", "081234567890"), "Hubungi {}."
)
@example(("letter", "contact_phone"), ("0812-3456-7890", "81234567890", "081234567890"), "telp:{}")
def test_the_number_of_a_contact_is_in_no_field(
    closed_with, office_calendar, contact, variants, around
):
    (stage, field), (phone, inland, written) = contact, variants
    changes = saying(around.format(written))
    changes.setdefault(stage, {})[field] = phone

    article = article_of(closed_with(changes), PLACES, office_calendar, [])

    for text in everything(article):
        assert inland not in digits(text)
    assert MASK in article.symptom


@pytest.mark.parametrize(
    "told",
    [
        "Hubungi 0813-9999-1111.",
        "Telp 0371 21234",
        "WA: 081399991111",
        "teknisi +62 813 9999 1111, sore",
        "https://wa.me/6281399991111",
        "(0371)212345",
        "0813 99 99 88 88",
        "(0371) 21 234",
        "hp081399998888",
        "hp 81399998888",
        "WA-081399998888",
        "Andi-081399998888",
        "813-9999-8888",
        "(0813) 9999 8888",
        "0813 - 9999 - 8888",
        "0813\u20119999\u20118888",
        "0813\u22129999\u22128888",
        "0813\u20139999\u20138888",
        "+62 (0) 813 9999 8888",
        "+62 21 555 1234",
        "0813-9999-8888/0812-3333-4444",
        "0813-9999-8888-Andi",
    ],
)
def test_other_peoples_numbers_are_masked_too(closed_with, office_calendar, told):
    article = article_of(closed_with(saying(told)), PLACES, office_calendar, [])
    assert MASK in article.symptom
    assert len(digits(article.symptom)) == 0


@pytest.mark.parametrize(
    "told",
    [
        "10.12.7.1 dan 0.0.0.0/0",
        "62.100.200.100 mati, 62.100.200.100:8080 juga",
        "62.100.200.0/24",
        "pukul 08:00-16:00",
        "00:0c:42:1f:65:01",
        "2001:0470:0812:3456::1",
        "tanggal 02-03-2026 atau 2026-03-02",
        "SN-0812345678",
        "VLAN 20, port 0/24, MTU 1500, 620 Mbps",
        "inventaris 02.06.02.01.001",
        "RouterOS 6.49.10",
        "surat 005/114/DUKCAPIL/2026",
        "tiket 2026-0812, lalu TKT-2026-0812",
        "pukul 0800-1600, 20 pemakai",
        "-62 -65 -70 dBm",
        "62 65 70 71 80 ms",
        "VLAN 811 812 813",
        "MAC 08-13-34-56-78-91",
        "RX 813.345.678 byte, 81334567891 ms",
        "port 8080-8090",
    ],
)
def test_addresses_times_and_serial_numbers_are_not_taken_for_telephone_numbers(
    closed_with, office_calendar, told
):
    article = article_of(closed_with(saying(told)), PLACES, office_calendar, [])
    assert article.symptom == told


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("NIP 196805121994031005", "NIP [NIP disamarkan]"),
        ("pw router jadi Sumbawa#22, aman", "pw router jadi [kata sandi disamarkan], aman"),
        ("snmp-server community ksb RO", "snmp-server community [community disamarkan] RO"),
        ("Bu Dewi: kata sandi: dewi2026", f"{MASK}: kata sandi: [kata sandi disamarkan]"),
        ("kata sandi: Dewi Lestari", "kata sandi: [kata sandi disamarkan]"),
    ],
)
def test_no_field_carries_a_secret(closed_with, office_calendar, told, shown):
    article = article_of(closed_with(saying(told)), PLACES, office_calendar, [])
    assert article.symptom == shown
    for reading in (*article.checks, *article.tests):
        assert (reading.what, reading.value, reading.note) == (shown, shown, shown)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (
            Reading("password wifi", "kantorcamat", "diganti jadi Camat#22"),
            ("[kata sandi disamarkan]", "diganti jadi [kata sandi disamarkan]"),
        ),
        (Reading("Kata sandi Winbox:", "Mkt2020x"), ("[kata sandi disamarkan]", "")),
        (Reading("SNMP community", "ksbro", "terbaca"), ("[community disamarkan]", "terbaca")),
        (Reading("password admin", "ditolak", "lupa"), ("ditolak", "lupa")),
        (Reading("ping 10.12.7.1", "0% hilang", "12 ms"), ("0% hilang", "12 ms")),
    ],
)
def test_what_the_first_cell_of_a_line_asks_for_is_hidden_in_the_others(
    story, office_calendar, row, shown
):
    around = replace(PLACES, checks=(row,))
    reading = article_of(story.closed, around, office_calendar, []).checks[0]
    assert (reading.what, reading.value, reading.note) == (row.what, *shown)


def test_what_follows_a_number_stays(closed_with, office_calendar):
    article = article_of(closed_with(saying("0813-9999-8888 20 kali")), PLACES, office_calendar, [])
    assert article.symptom == f"{MASK} 20 kali"


@pytest.mark.parametrize(
    "told",
    [
        "Bu Dewi",
        "ibu dewi",
        "LESTARI",
        "Lestari",
        "BU DEWI",
        "Hj. Lestari",
        "dewi.lestari",
        "Bpk. Fauzi",
        "pak fauzi",
        "Pak H. Ahmad",
        "AHMAD",
        "Sdri. dewi",
        "mbak Dewi",
    ],
)
def test_a_part_of_a_name_is_masked_where_it_stands_as_a_name(closed_with, office_calendar, told):
    article = article_of(
        closed_with(saying(f"Kata {told}, loket putus")), PLACES, office_calendar, []
    )
    assert article.symptom == f"Kata {MASK}, loket putus"


@pytest.mark.parametrize(
    ("contact", "told", "shown"),
    [
        ("OPD", "Kata OPD dan opd", "Kata OPD dan opd"),
        ("Kepala Dinas", "Kepala Dinas, Pak Kepala", "Kepala Dinas, Pak Kepala"),
        ("Operator Dukcapil", "Bu Operator Dukcapil", "Bu Operator Dukcapil"),
        ("Ibu Sekretaris", "Ibu sekretaris, Sekretaris", "Ibu sekretaris, Sekretaris"),
        ("Dinas Kependudukan dan Pencatatan Sipil", "Kependudukan", "Kependudukan"),
        ("Surya Indah", "Panel surya lebih indah", "Panel surya lebih indah"),
        ("Surya Indah", "Surya pergi", f"{MASK} pergi"),
        ("Edi", "Edi, Pak Edi", f"{MASK}, {MASK}"),
        ("Al Amin", "Al, Pak Al", f"Al, {MASK}"),
        ("Staf Umum, Surya Indah", "staf umum: surya indah", f"staf umum: {MASK}"),
        ("Surya dan Budi Karya", "budi karya, Pak Surya, KARYA", f"{MASK}, {MASK}, {MASK}"),
        ("Surya Indah, S.Kom", "Surya. S.Kom", f"{MASK}. S.Kom"),
        ("Kepala Seksi Surya Indah", "seksi itu, surya indah", f"seksi itu, {MASK}"),
        ("Surya (loket 2)", "loket 2, Loket, surya", f"loket 2, Loket, {MASK}"),
        ("Surya, lantai 2", "surya di Lantai", f"{MASK} di Lantai"),
        ("0812-3456-7890 / 0370-623456", "62 370 62 34 56", MASK),
        ("–", "a – b", "a – b"),
    ],
)
def test_who_is_only_called_by_a_position_is_nobodys_name(
    closed_with, office_calendar, contact, told, shown
):
    around = replace(PLACES, agency=replace(DUKCAPIL, short="Dukcapil"))
    changes = {"coordination": {"spoken_to": contact}, "report": {"cause": told}}
    assert article_of(closed_with(changes), around, office_calendar, []).cause == shown


def test_whoever_recorded_the_letter_for_the_agency_is_a_contact(closed_with, office_calendar):
    changes = {stage: {name: "Edi"} for stage, name in CONTACTS} | {
        "letter": {"contact_name": "Edi", "disturbed": "Kata Dewi Lestari putus"}
    }
    article = article_of(closed_with(changes), PLACES, office_calendar, [])
    assert article.symptom == f"Kata {MASK} putus"


def test_what_the_registry_and_the_runs_say_is_masked_too(story, office_calendar):
    said = "Dewi Lestari 0812-3456-7890"
    around = Surroundings(
        agency=replace(DUKCAPIL, name="Dukcapil 0812-3456-7890"),
        site=said,
        device=replace(SWITCH, brand=said),
        fault_type=FaultType("x", said),
        checks=(Reading(said, said, said),),
    )
    hidden = f"{MASK} {MASK}"
    article = article_of(story.closed, around, office_calendar, [])
    assert (article.agency_name, article.site) == (f"Dukcapil {MASK}", hidden)
    assert (article.device_make, article.fault_name) == (f"{hidden} CRS326", hidden)
    assert article.checks[0] == Reading(hidden, hidden, hidden)


def test_a_short_number_of_a_contact_is_masked_as_it_stands(closed_with, office_calendar):
    changes = {
        "letter": {"contact_phone": "21-234"},
        "report": {"cause": "Pesawat 21234, port 212345."},
    }
    article = article_of(closed_with(changes), PLACES, office_calendar, [])
    assert article.cause == f"Pesawat {MASK}, port 212345."


def test_a_name_within_a_longer_word_is_left_alone(closed_with, office_calendar):
    changes = {
        "letter": {"contact_name": "Ani"},
        "report": {"cause": "Animasi di layar, kata Ani."},
    }
    article = article_of(closed_with(changes), PLACES, office_calendar, [])
    assert article.cause == f"Animasi di layar, kata {MASK}."


def test_a_contact_of_a_letter_that_came_again_is_masked_as_the_first_one(story, office_calendar):
    ticket = story.take(story.returned, "letter", contact_name="Gusti Ayu")
    for stage in story.way[1:]:
        told = {"cause": "Dewi Lestari dan Gusti Ayu melapor."} if stage == "report" else {}
        ticket = story.take(ticket, stage, **told)
    article = article_of(ticket, PLACES, office_calendar, [])
    assert article.cause == f"{MASK} dan {MASK} melapor."


# ---- Likeness and related cases ---------------------------------------------------------------


@pytest.fixture(scope="session")
def case(article):
    """Return a case `days` older than another, alike in what is not changed."""

    def other(number, days=1, **changes):
        return replace(
            article, number=number, closed_at=article.closed_at - timedelta(days=days), **changes
        )

    return other


ALIKE = {"device": "sw-1", "device_make": "MikroTik CRS326"}
UNLIKE = {"agency": "dikbud", "fault_type": "dns", "device": "", "device_make": ""}


@pytest.mark.parametrize(
    ("same", "score"),
    [
        ((), 0),
        (("agency",), 0),
        (("fault_type",), 0),
        (("agency", "device_make"), 0),
        (("agency", "fault_type"), 4),
        (("fault_type", "device_make"), 5),
        (("fault_type", "device_make", "agency"), 6),
        (("device", "device_make", "agency"), 7),
        (("device", "device_make", "agency", "fault_type"), 10),
    ],
)
def test_likeness_weighs_device_fault_make_and_agency(article, case, same, score):
    here = replace(article, **ALIKE)
    other = case("2025-0001", **{**UNLIKE, **{name: getattr(here, name) for name in same}})
    assert likeness(here, other) == likeness(other, here) == score


def test_two_unknown_devices_are_not_the_same_device(article, case):
    none = {"device": "", "device_make": "", "agency": "dikbud", "fault_type": "dns"}
    assert likeness(replace(article, device="", device_make=""), case("2025-0001", **none)) == 0


def test_the_likest_cases_come_first_and_of_equal_ones_the_newest(article, case):
    here = replace(article, **ALIKE)
    archive = [
        case("2025-0001", 9),
        case("2025-0002", 3, **ALIKE),
        case("2025-0003", 2),
        case("2025-0004", 1, **UNLIKE),
    ]
    assert with_related(here, archive).related == ("2025-0002", "2025-0003", "2025-0001")


def test_five_cases_are_enough(article, case):
    archive = [case(f"2025-{n:04d}", n) for n in range(1, 9)]
    assert with_related(article, archive).related == tuple(f"2025-{n:04d}" for n in range(1, 6))


def test_a_case_does_not_point_to_itself_nor_to_later_ones(article, case):
    archive = [replace(article), case("2026-0002", 0), case("2026-0003", -1)]
    assert with_related(article, archive).related == ()


def test_the_case_that_came_back_stands_first_and_once(article, case):
    here = replace(article, recurrence_of="2025-0009")
    archive = [case("2025-0001", 1), case("2025-0009", 9), case("2025-0002", 2)]
    assert with_related(here, archive).related == ("2025-0009", "2025-0001", "2025-0002")


@given(st.lists(st.integers(-3, 9), max_size=12), st.randoms())
def test_related_cases_are_earlier_distinct_and_independent_of_the_order(
    article, case, days, chance
):
    archive = [case(f"2025-{n:04d}", day) for n, day in enumerate(days)]
    shuffled = chance.sample(archive, len(archive))
    related = with_related(article, archive).related
    assert related == with_related(article, shuffled).related
    assert len(set(related)) == len(related)
    earlier = {other.number for other in archive if other.closed_at < article.closed_at}
    assert set(related) <= earlier
