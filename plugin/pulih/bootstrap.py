"""Wiring: the only place that picks adapters. Read it from top to bottom to know what an office stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pulih.almanac import days_off
from pulih.computers import PeriksaComputers
from pulih.config import Settings, secret_key, shared_key
from pulih.documents.signatures import examine
from pulih.domain.agency import FAULT_TYPES
from pulih.domain.calendar import Calendar
from pulih.domain.scrub import Audience
from pulih.errors import Unavailable
from pulih.files.barcode import code_in
from pulih.files.sniff import sniff
from pulih.jobs import Collected, turns_of
from pulih.keeping.lost import hold_left, hold_lost
from pulih.keeping.spare import spare
from pulih.later import later
from pulih.passwords import Argon2Passwords
from pulih.ports import (
    Clock,
    Documents,
    Files,
    Jobs,
    Passwords,
    PloneSites,
    Publisher,
    Records,
    Store,
    Tools,
)
from pulih.probes import PeriksaProbes
from pulih.publish.foreseen import address_in
from pulih.publish.looked import drawn
from pulih.publish.photograph import grey, photograph
from pulih.publish.places import open_places
from pulih.publish.plone.contents import PageContents
from pulih.publish.site import SitePublisher
from pulih.search import Kamus, WordIndex
from pulih.service.access import AccessDesk
from pulih.service.accounts import AccountDesk
from pulih.service.admitting import AdmitDesk
from pulih.service.attachments import AttachmentDesk
from pulih.service.bundles import BundleDesk
from pulih.service.cases import CaseDesk
from pulih.service.computers import ComputerDesk
from pulih.service.doors import DoorDesk
from pulih.service.drafts import DraftDesk
from pulih.service.finding import FindingDesk
from pulih.service.importing import ImportDesk
from pulih.service.issuing import IssueDesk
from pulih.service.knowledge import KnowledgeDesk
from pulih.service.outages import OutageDesk
from pulih.service.outgoing import OutgoingDesk
from pulih.service.paper_settings import PaperSettingsDesk
from pulih.service.papers import PaperDesk
from pulih.service.paths import PathDesk
from pulih.service.places import WikiDesk
from pulih.service.plone_asking import PloneDesk
from pulih.service.plone_pages import PloneBook
from pulih.service.plone_passing import PlonePass
from pulih.service.plone_targets import PloneTargetDesk
from pulih.service.probing import ProbeDesk
from pulih.service.published import PublishedDesk
from pulih.service.receiving import ReceiveDesk
from pulih.service.registry import RegistryDesk
from pulih.service.retracting import RetractDesk
from pulih.service.showing import ShowDesk
from pulih.service.signed import SignedDesk
from pulih.service.sweeping import SweepDesk
from pulih.service.telling import TellDesk
from pulih.service.tickets import TicketDesk
from pulih.service.verifying import VerifyDesk
from pulih.service.wanted import WantedDesk
from pulih.service.work import WorkDesk
from pulih.store import documents_in_postgres, open_files
from pulih.store.office import DocumentStore, OfficeStore
from pulih.store.tiny import TinyDocuments
from pulih.vault import KeyVault
from pulih.visits import DeviceVisits

if TYPE_CHECKING:
    from pulih.documents.press import Press
    from pulih.jobs.background import HueyJobs

_FIRST_YEAR = 2020
_QUEUE = "jobs.db"
KAMUS = "wiki/kamus.md"


@dataclass(frozen=True, slots=True)
class Office:
    """An office, open: its settings and its desks."""

    settings: Settings
    tools: Tools
    tickets: TicketDesk
    work: WorkDesk
    cases: CaseDesk
    finding: FindingDesk
    published: PublishedDesk
    knowledge: KnowledgeDesk
    retracting: RetractDesk
    outgoing: OutgoingDesk
    wanted: WantedDesk
    paths: PathDesk
    probing: ProbeDesk
    telling: TellDesk
    outages: OutageDesk
    sweeping: SweepDesk
    access: AccessDesk
    computers: ComputerDesk
    attachments: AttachmentDesk
    papers: PaperDesk
    issuing: IssueDesk
    signing: SignedDesk
    verifying: VerifyDesk
    paper_settings: PaperSettingsDesk
    bundles: BundleDesk
    drafts: DraftDesk
    accounts: AccountDesk
    registry: RegistryDesk
    importing: ImportDesk
    wiki: WikiDesk
    plone: PloneDesk
    plone_targets: PloneTargetDesk
    plone_passes: PlonePass
    doors: DoorDesk
    admitting: AdmitDesk
    showing: ShowDesk
    receiving: ReceiveDesk

    def catch_up(self) -> None:
        """Do what a stop of the server left undone: runs and bundles that were asked for, pages that are due.

        Where this Pulih has a better scrubber than the last, old articles are masked with it before.

        Raises:
            Unavailable: The site could not be built.
        """
        self.probing.resume()
        self.bundles.resume()
        self.outgoing.mask_again()
        site = self.tools.publisher.site
        self.wiki.publish(anyway=not (site / "index.html").exists())

    def close(self) -> None:
        """Let go of files and connections."""
        self.tools.jobs.close()
        self.wiki.places.stop()
        self.tools.files.close()
        self.tools.store.close()


def utc_now() -> datetime:
    """Return the present moment; the only clock of the product."""
    return datetime.now(UTC)


def open_office(
    settings: Settings,
    *,
    now: Clock = utc_now,
    store: Store | None = None,
    jobs: Jobs | None = None,
    publisher: Publisher | None = None,
    passwords: Passwords | None = None,
    sites: PloneSites | None = None,
) -> Office:
    """Open an office with the adapters that its settings name.

    Args:
        settings: From `pulih.toml` and the environment.
        now: The clock; demonstrations and tests bring their own.
        store, jobs, publisher, passwords, sites: Used in place of the ones that the settings name.

    Raises:
        Unavailable: The records cannot be opened, or the office's are elsewhere or lost.
    """
    _make_folder(settings.data)
    if store is None:
        store = OfficeStore(_held_documents(settings))
    _begin(store)
    return _office(settings, store, jobs or _queue(settings), now, publisher, passwords, sites)


def look_into(settings: Settings, *, now: Clock = utc_now) -> Office:
    """Open an office to read in, whoever works there meanwhile: nothing is made, begun or brought to today's form.

    Raises:
        Unavailable: There are no records, or not of this version of Pulih, or they cannot be read.
    """
    if settings.database:
        documents = documents_in_postgres(settings.database, spare=_leave_alone, begin=False)
    else:
        file = settings.data / "pulih.db"
        if not file.is_file() or not file.stat().st_size:
            raise Unavailable(
                "Di {folder} belum ada catatan kantor. Tunjuk folder kantor yang berisi data/pulih.db, "
                "atau isi setelan database.",
                folder=settings.folder,
            )
        documents = TinyDocuments(file, spare=_leave_alone)
    return _office(settings, OfficeStore(documents), Collected(), now)


def _queue(settings: Settings) -> Jobs:
    from pulih.jobs.background import open_jobs  # noqa: PLC0415 - see `pulih.jobs`

    return open_jobs(settings.data / _QUEUE, settings.database)


def _leave_alone(_documents: Documents, _version: int) -> None:
    raise Unavailable(
        "Catatan kantor ini dari Pulih yang lebih lama. Jalankan sekali di kantornya, "
        "misalnya dengan pulih verify, lalu ulangi."
    )


def _office(
    settings: Settings,
    store: Store,
    jobs: Jobs,
    now: Clock,
    publisher: Publisher | None = None,
    passwords: Passwords | None = None,
    sites: PloneSites | None = None,
) -> Office:
    files = office_files(settings)
    calendar = office_calendar(settings, now().year)
    vault = KeyVault(settings.vault_key, settings.data)
    visits = DeviceVisits(settings.vault_key, settings.data, settings.host_keys)
    tools = Tools(
        store=store,
        files=files,
        index=WordIndex(Kamus(settings.folder / KAMUS, template_root() / KAMUS), calendar),
        probes=PeriksaProbes(settings.probe_ranges, settings.probe_dns_servers, visits=visits),
        publisher=publisher or SitePublisher(settings.folder, settings.site, files.open),
        jobs=jobs,
        passwords=passwords or Argon2Passwords(),
        calendar=calendar,
        now=now,
        audience=Audience(settings.audience),
    )
    cases, finding = CaseDesk(tools), FindingDesk(tools)
    paths = PathDesk(tools, settings.name, settings.probe_dns_servers, settings.probe_names)
    telling, photographed = TellDesk(tools, paths), partial(code_in, grey=grey)
    attachments = AttachmentDesk(tools, sniff)
    printer = later(partial(_printer, settings))
    places = open_places(settings.wiki_places, settings.places, now, settings.ssh_config)
    opened = partial(_plone_sites, settings, vault, files, printer, tools.publisher, now)
    sites = sites or later(opened)
    book = PloneBook(tools, cases, sites)
    turns = turns_of(settings.data / _QUEUE, settings.database)
    tickets, admitting = TicketDesk(tools), AdmitDesk(tools, vault)
    return Office(
        settings=settings,
        tools=tools,
        tickets=tickets,
        work=WorkDesk(tools),
        cases=cases,
        finding=finding,
        published=PublishedDesk(tools, finding),
        knowledge=KnowledgeDesk(tools),
        retracting=RetractDesk(tools),
        outgoing=OutgoingDesk(tools),
        wanted=WantedDesk(tools),
        paths=paths,
        probing=ProbeDesk(tools, paths, tuple(settings.probe_names)),
        telling=telling,
        outages=OutageDesk(tools, paths),
        sweeping=SweepDesk(tools),
        access=AccessDesk(tools, visits),
        computers=ComputerDesk(tools, paths, telling, PeriksaComputers(), photographed),
        attachments=attachments,
        papers=PaperDesk(tools, printer),
        issuing=IssueDesk(tools, printer, lambda: _key(settings, store)),
        signing=SignedDesk(tools, attachments, examine),
        verifying=VerifyDesk(tools),
        paper_settings=PaperSettingsDesk(tools, printer),
        bundles=BundleDesk(tools, printer),
        drafts=DraftDesk(tools),
        accounts=AccountDesk(tools),
        registry=RegistryDesk(tools),
        importing=ImportDesk(tools),
        wiki=WikiDesk(tools, cases, places),
        plone=PloneDesk(tools, sites, book),
        plone_targets=PloneTargetDesk(tools, sites, vault),
        plone_passes=PlonePass(tools, sites, turns, book),
        doors=DoorDesk(tools, vault),
        admitting=admitting,
        showing=ShowDesk(tools, finding),
        receiving=ReceiveDesk(tools, admitting, tickets, attachments),
    )


def _printer(settings: Settings) -> Press:
    from pulih.documents.choosing import Chosen  # noqa: PLC0415 - see `later`
    from pulih.documents.press import Press  # noqa: PLC0415 - as above

    return Press(Chosen(settings.pdf), photograph, partial(drawn, printed=True))


def _plone_sites(
    settings: Settings,
    vault: KeyVault,
    files: Files,
    printer: Press,
    publisher: Publisher,
    now: Clock,
) -> PloneSites:
    from pulih.publish.plone.sites import RestSites  # noqa: PLC0415 - see `later`

    return RestSites(
        vault.unseal,
        PageContents(files.open, printer.leaflet),
        address_in(settings.folder / "mkdocs.yml"),
        publisher.digest,
        now,
        partial(_name_of, printer),
    )


def _name_of(printer: Press) -> str:
    """Return what an office prints with; empty where it cannot print now."""
    try:
        return printer.name
    except Unavailable:
        return ""


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            "Folder {path} tidak dapat dibuat. Periksa ruang disk dan izin folder di atasnya, lalu ulangi.",
            path=folder,
        ) from error


def _begin(store: Store) -> None:
    """Give a new office the usual fault types; it may change them afterwards."""
    with store.reading() as records:
        if records.fault_types.all(active=None):
            return

    def begin(records: Records) -> None:
        if not records.fault_types.all(active=None):  # or another process began at the same moment
            for fault_type in FAULT_TYPES:
                records.fault_types.add(fault_type)

    store.write(begin)


def bind_jobs(office: Office) -> HueyJobs | None:
    """Tell the office's background work what to do; None where it is not done in the background."""
    from pulih.jobs.background import HueyJobs  # noqa: PLC0415 - see `pulih.jobs`

    jobs = office.tools.jobs
    if not isinstance(jobs, HueyJobs):
        return None
    jobs.bind_passes(office.plone_passes.perform, office.plone_passes.targets)
    jobs.bind(
        publish=office.wiki.publish_due,
        probe=office.probing.perform,
        resume=office.catch_up,
        here=office.cases.publish_here,
        carry=office.wiki.carry,
        bundle=office.bundles.perform,
    )
    return jobs


def session_key(office: Office) -> str:
    """Return the key that signs sessions, the same on every machine of the office. Raises Unavailable."""
    return _key(office.settings, office.tools.store)


def _key(settings: Settings, store: Store) -> str:
    return shared_key(store) if settings.database else secret_key(settings)


def _held_documents(settings: Settings) -> DocumentStore:
    """Open the records of an office that is there already, or of a new one; not of one whose records are elsewhere.

    Raises:
        Unavailable: They cannot be opened, or are not where the settings say; see `keeping.lost`.
    """
    hold_lost(settings)
    documents = office_documents(settings)
    try:
        hold_left(settings, documents)
    except BaseException:
        documents.close()
        raise
    return documents


def office_documents(settings: Settings) -> DocumentStore:
    """Open the office's records as documents, as they are: nothing is put into an empty store.

    Before those of an older Pulih are changed, a copy of them is left in the office's folder.

    Raises:
        Unavailable: They cannot be opened, or the copy cannot be kept.
    """
    copy = spare(settings.data / "backup")
    if settings.database:
        return documents_in_postgres(settings.database, spare=copy)
    return TinyDocuments(settings.data / "pulih.db", spare=copy)


def office_files(settings: Settings) -> Files:
    """Return where the office's attachments lie. Raises Unavailable when that place cannot be opened."""
    return open_files(
        settings.files,
        settings.data / "files",
        database=settings.database,
        endpoint=settings.files_endpoint,
        region=settings.files_region,
        access_key=settings.files_access_key,
        secret_key=settings.files_secret_key,
    )


def office_calendar(settings: Settings, year: int) -> Calendar:
    """Return the office's working days and hours, with the public holidays up to the next year."""
    years = range(_FIRST_YEAR, year + 2)
    return Calendar(
        zone=settings.zone,
        free=days_off(years, settings.free_days, settings.data / "holidays.json"),
        start=time.fromisoformat(settings.work_start),
        end=time.fromisoformat(settings.work_end),
    )


def template_root() -> Path:
    """Return the folder with the wiki's pages and `mkdocs.yml` that a new office starts from."""
    packed = Path(__file__).parent / "office"
    return packed if packed.is_dir() else Path(__file__).parents[2]
