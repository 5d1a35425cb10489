"""Small records with a key in every store."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest

from pulih.domain.article import Article, Reading
from pulih.domain.door import Door, Heard
from pulih.domain.edition import Note, Picture, Review
from pulih.domain.knowledge import Retracted, Wanted
from pulih.domain.login import DeviceLogin, Platform
from pulih.domain.outage import Outage, OutageDeed
from pulih.domain.outgoing import Lifted, Outgoing
from pulih.domain.plone.page import Placed, PlacedFile, Standing
from pulih.domain.plone.passing import Counts, PassState
from pulih.domain.plone.saying import told
from pulih.domain.plone.target import Target
from pulih.domain.records import Attachment, Draft, Helped, ProbeRun, Published, RunKind, Told
from pulih.domain.scrub import Audience
from pulih.wording import sentence

AT = datetime(2026, 3, 2, 0, 30, 15, 250, tzinfo=UTC)
ARTICLE = Article(
    **{field.name: "x" for field in fields(Article) if field.type == "str"},
    year=2026,
    cause_confirmed=True,
    checks=(Reading("ping", "0%"), Reading("DNS", "12 ms", "lambat")),
    tests=(),
    reported=date(2026, 3, 2),
    resolved=date(2026, 3, 4),
    closed_at=AT,
    working_hours=12.5,
    related=("2025-0001",),
    version=19,
)
RUN = ProbeRun(
    "r1",
    "2026-0001",
    "rina",
    AT,
    ({"name": "loket", "ports": [80]},),
    findings=({"up": None},),
    names=("a.id",),
    kind=RunKind.EXAMINATION,
    step=11,
    about=("rt",),
    network={"nodes": [{"name": "rt"}]},
    labels={"rt": "Router"},
    told=(
        Told("power/rt", "rina", AT, ({"probe": "answer"},)),
        Told("pc/PC", "dewi", AT, (), "rina", AT),
    ),
    verdict={"status": "fault", "candidates": []},
    comparison={"again_s": 60.0},
    offices=({"node": "rt"},),
    remarks=("Belum beralamat.",),
    since=AT,
    again_at=AT,
)
OUTAGE = Outage(
    "o1",
    "node/menara",
    "Menara",
    ("2026-0001", "2026-0002"),
    "rina",
    AT,
    "r1",
    (OutageDeed(AT, "rina", "Rina Kartika", ("2026-0001", "2026-0002")),),
)
LOGIN = DeviceLogin(
    "rt",
    Platform.IOS,
    "penjaga",
    "gAAAA",
    "admin",
    AT,
    23,
    telnet=True,
    legacy=True,
    key="ssh-rsa AAAA",
    tried="ok",
    tried_at=AT,
    weak=("telnet",),
)
NOTE = Note("n1", "2025-0001", "rina", "Rina Kartika", AT, "Masih\nberlaku.", (Review.OLD,))
WANTED = Wanted("k1", "telepon IP bisu", 3, AT, AT, "bayu", "Bayu Pratama", "2026-0001")
TARGET = Target(
    "t1",
    "Portal",
    "https://portal.contoh.go.id",
    "penerbit",
    "gAAAA",
    "kasus",
    Audience.PUBLIC,
    ("dukcapil",),
    ("dns",),
    printed=True,
    active=False,
    version=3,
)
PLACED = Placed(
    "t1",
    "kasus/2025-0001",
    "a1",
    "kasus/x",
    "d1",
    "2026-03-02T00:00:00+00:00",
    Standing.FAILED,
    AT,
    told(sentence("Di {path}: {why}", path="x", why=sentence("Gagal."))),
    3,
    (PlacedFile("x.jpg", "a2", "d2"),),
    "d3",
    "published",
    "kepala",
)
PASS = PassState(
    "t1",
    AT,
    "Admin",
    {"root": ""},
    emptying=True,
    begun_at=AT,
    walked_at=AT,
    moved_at=AT,
    ended_at=AT,
    done=3,
    of=4,
    counts=Counts(made=3, held=1),
    contact={"face": {"text": True}},
    contact_at=AT,
    failed_at=AT,
    why=told(sentence("Situs tidak menjawab.")),
    failures=2,
    next_at=AT,
)
KEPT = {
    "articles": ARTICLE,
    "published": Published("2026-0001", 19, "d" * 64, AT),
    "attachments": Attachment("a1", "", "surat.pdf", "application/pdf", 3, "d" * 64, "dewi", AT),
    "runs": RUN,
    "outages": OUTAGE,
    "helped": Helped("2025-0001", "2026-0001", "rina", AT, helped=False),
    "notes": NOTE,
    "retracted": Retracted("2025-0001", "salim", "Salim Ahmad", AT, "Memuat denah."),
    "wanted": replace(WANTED, answer="2026-0002", settled_by="Salim Ahmad", settled_at=AT),
    "outgoing": Outgoing(
        "2025-0001",
        ("denah",),
        (Lifted("10.1.1.1", "contoh", "rina", "Rina Kartika", AT),),
        (Picture("d" * 64, "Rak"), Picture("e" * 64)),
        2,
        (Lifted("10.1.1.2", "contoh", "rina", "Rina Kartika", AT),),
    ),
    "logins": LOGIN,
    "plone_targets": TARGET,
    "plone_pages": PLACED,
    "plone_passes": PASS,
    "doors": Door(
        "portal", "Portal", "gAAAA", Audience.PUBLIC, agencies=("dukcapil",), by="admin", at=AT
    ),
    "door_requests": Heard("portal/use", "portal", "use", AT),
    "drafts": Draft("dewi", "/tiket/baru", {"subject": ["Mati"], "files": []}, AT),
    "secrets": "$argon2id$v=19$…",
    "settings": {"a": {"b": [1, None, "c"]}},
}
EVERY = pytest.mark.parametrize(("name", "item"), KEPT.items())


@EVERY
def test_a_record_comes_back_as_it_was(store, name, item):
    with store.writing() as records:
        getattr(records, name).put("key", item)
    with store.reading() as records:
        assert getattr(records, name).get("key") == item
        assert getattr(records, name).find() == [item]


@EVERY
def test_a_record_is_kept_over_an_older_one_and_forgotten(store, name, item):
    with store.writing() as records:
        keep = getattr(records, name)
        keep.put("key", item)
        keep.put("key", item)
        assert len(keep.find()) == 1

        keep.remove("key")
        assert keep.get("key") is None
        assert keep.find() == []


@pytest.mark.parametrize(
    ("name", "changed", "equal"),
    [
        ("articles", replace(ARTICLE, agency="dikbud"), {"agency": "dikbud"}),
        ("articles", replace(ARTICLE, fault_type="dns"), {"fault_type": "dns"}),
        ("articles", replace(ARTICLE, device="sw-1"), {"device": "sw-1"}),
        ("attachments", replace(KEPT["attachments"], ticket="2026-0002"), {"ticket": "2026-0002"}),
        ("attachments", replace(KEPT["attachments"], used=True), {"used": True}),
        ("runs", replace(RUN, state="done"), {"state": "done", "ticket": "2026-0001"}),
        ("runs", replace(RUN, ticket="2026-0002"), {"ticket": "2026-0002"}),
        ("outages", replace(OUTAGE, tickets=("2026-0003", "2026-0004")), {"tickets": "2026-0004"}),
        ("helped", replace(KEPT["helped"], helped=True), {"helped": True}),
        ("helped", replace(KEPT["helped"], case="2025-0002"), {"case": "2025-0002"}),
        ("helped", replace(KEPT["helped"], ticket="2026-0002"), {"ticket": "2026-0002"}),
        ("notes", replace(NOTE, case="2025-0002"), {"case": "2025-0002"}),
        ("plone_pages", replace(PLACED, target="t2"), {"target": "t2"}),
        ("plone_pages", replace(PLACED, standing=Standing.GONE), {"standing": "gone"}),
        ("door_requests", Heard("x", "y", "request", AT), {"door": "y"}),
        ("door_requests", Heard("x", "portal", "request", AT), {"kind": "request"}),
        ("drafts", replace(KEPT["drafts"], person="hasan"), {"person": "hasan"}),
    ],
)
def test_records_are_found_by_what_they_belong_to(store, name, changed, equal):
    with store.writing() as records:
        getattr(records, name).put("1", KEPT[name])
        getattr(records, name).put("2", changed)
    with store.reading() as records:
        assert getattr(records, name).find(**equal) == [changed]


@pytest.mark.parametrize("item", [WANTED, Outgoing("2025-0001")])
def test_what_is_not_there_yet_comes_back_as_not_there(store, item):
    name = type(item).__name__.lower()
    with store.writing() as records:
        getattr(records, name).put("key", item)
    with store.reading() as records:
        assert getattr(records, name).get("key") == item


def test_records_are_found_in_order_of_key(store):
    with store.writing() as records:
        for key in "bca":
            records.secrets.put(key, key)
    with store.reading() as records:
        assert records.secrets.find() == ["a", "b", "c"]


def test_a_field_that_is_not_indexed_cannot_be_asked_for(store):
    with store.reading() as records, pytest.raises(KeyError):
        records.runs.find(by="rina")


def test_numbers_come_with_the_transaction(store):
    def stumble() -> None:
        with store.writing() as records:
            assert records.next_number("ticket-2026") == 1
            raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            stumble()
