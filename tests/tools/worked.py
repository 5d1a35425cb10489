"""What a small office has after a while, as documents by table and key."""

from __future__ import annotations

import io
from dataclasses import replace

from issuers import BASE, SETTINGS, PlainPrinter

from pulih.domain.agency import FAULT_TYPES, Agency, Device, DeviceKind, Site
from pulih.domain.bundle import Bundle, BundleKind
from pulih.domain.door import Door, Heard, submission_key
from pulih.domain.edition import Picture
from pulih.domain.login import DeviceLogin, Platform
from pulih.domain.outage import Outage
from pulih.domain.outgoing import Lifted, Outgoing
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.plone.page import Placed, PlacedFile, Standing
from pulih.domain.plone.passing import PassState
from pulih.domain.plone.saying import told
from pulih.domain.plone.target import Target
from pulih.domain.records import ProbeRun, Published
from pulih.domain.scrub import Audience
from pulih.domain.signed import Examined, FoundSignature
from pulih.ports import Tools
from pulih.service.attachments import AttachmentDesk
from pulih.service.drafts import DraftDesk
from pulih.service.finding import FindingDesk
from pulih.service.issuing import IssueDesk
from pulih.service.knowledge import KnowledgeDesk
from pulih.service.retracting import RetractDesk
from pulih.service.signed import SignedDesk
from pulih.service.tickets import TicketDesk
from pulih.service.wanted import WantedDesk
from pulih.store.memory import MemoryDocuments
from pulih.store.office import OfficeStore
from pulih.store.schema import TABLES
from pulih.wording import sentence

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


def worked(files, cast, facts_for, story, office_calendar, clock):
    """Return what a small office has after a while, made by its services: a case, two tickets, and what is theirs."""
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
            records.people.add(replace(person, rank="Penata (III/c)"))
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
    FindingDesk(tools).mark(cast.technician, ticket.number, case.number, helped=True)
    KnowledgeDesk(tools).add_note(cast.technician, case.number, "Sakelarnya kini dari merek lain.")
    RetractDesk(tools).retract(cast.section, case.number, "Memuat denah ruang server.")
    WantedDesk(tools).note(cast.technician, "telepon IP bisu", ticket.number)
    lifted = Lifted("0812-0000-0000", "Nomor piket kantor.", "rina", "Rina Kartika", clock())
    outgoing = Outgoing(case.number, ("nama pegawai",), (lifted,), (Picture(photo.digest),), 1)
    store.write(lambda records: records.outgoing.put(case.number, outgoing))
    _issue(tools, cast, case.number)
    DraftDesk(tools).keep("bayu", f"/tiket/{ticket.number}", {"task": ["Peri"]})
    login = DeviceLogin("sw-loket", Platform.ROUTEROS, "penjaga", "gAAAA", "admin", clock())
    store.write(lambda records: records.logins.put(login.device, login))
    _publish_elsewhere(store, clock, case.number)
    outage = Outage("gangguan-1", "node/menara", "Menara", (), "rina", clock(), run.id)
    outage = outage.joined((case.number, ticket.number), cast.lead, clock())
    store.write(lambda records: records.outages.put(outage.id, outage))
    third = letter(3)
    for stage, changes in {"disposition": {}, "verification": {"verified": "tidak"}}.items():
        third = take(third, stage, **changes)
    attachments.keep(cast.contact, "letter_scan", "surat.jpg", io.BytesIO(PHOTO + b"2"))
    with documents.reading() as view:
        rows = {table: dict(view.scan(table)) for table in TABLES}
    photos_first = sorted(
        rows["attachments"].items(), key=lambda row: row[1]["media_type"], reverse=True
    )
    return {**rows, "attachments": dict(photos_first)}


def _publish_elsewhere(store, clock, number):
    """Keep a Plone site with a page that somebody edited there, and a door with a letter that came through it."""
    at, key = clock(), f"kasus/{number}"
    target = Target(
        "portal",
        "Portal",
        "https://portal.contoh.go.id",
        "penerbit",
        "gAAAA",
        "kasus",
        Audience.PUBLIC,
        agencies=("dukcapil",),
    )
    why = told(sentence("Disunting oleh {name}.", name="Nurul"))
    page = Placed("portal", key, "a1", "kasus/x", "d1", "m1", Standing.EDITED, at, why, 2)
    page = replace(page, files=(PlacedFile("x-1.jpg", "a2", "d2"),))
    state = replace(PassState("portal", again={key: "m2"}).begun(at), contact={"version": "6.2.2"})
    door = Door("portal", "Portal", "gAAAA", Audience.PUBLIC, by="admin", at=at)
    heard = Heard(submission_key("portal", "f" * 32), "portal", "submission", at, number, "d3")

    def keep(records):
        records.plone_targets.put("portal", target)
        records.plone_pages.put(f"portal/{key}", page)
        records.plone_passes.put("portal", state)
        records.doors.put("portal", door)
        records.door_requests.put(heard.id, heard)

    store.write(keep)


def _issue(tools, cast, number):
    """Issue a paper, correct it, take the new one back signed, and cancel another one; take back a copy, too."""
    tools.store.write(lambda records: records.settings.put("papers", SETTINGS))
    desk = IssueDesk(tools, PlainPrinter(), lambda: "kunci" * 8)
    old = desk.issue(cast.lead, number, PaperKind.DISPOSITION, base=BASE)
    tools.now.tick(minutes=5)
    new = desk.correct(cast.lead, number, old.id, "Salah ketik.", base=BASE)
    attachments = AttachmentDesk(tools, lambda _content: "application/pdf")
    found = Examined(
        signatures=(FoundSignature("Irawan", "BSrE", True, True, True, at=tools.now()),)
    )
    signing = SignedDesk(tools, attachments, lambda _content: found)
    signing.take(cast.head, number, new.id, "ttd.pdf", io.BytesIO(b"%PDF-1.7"))
    line = signing.take(cast.head, number, new.id, "keliru.pdf", io.BytesIO(b"%PDF-1.6"))
    signing.withdraw(cast.head, number, new.id, line.signed[-1].file, "Salah berkas.")
    other = desk.issue(cast.lead, number, PaperKind.REPORT, base=BASE)
    desk.cancel(cast.section, number, other.id, "Salah tiket.")
    bundle = Bundle("kumpulan-1", BundleKind.TICKET, number, cast.lead.id, tools.now())
    tools.store.write(lambda records: records.bundles.put(bundle.id, bundle))
