"""Another agency's ticket does not exist: every public method of every desk, asked by a stranger."""

from __future__ import annotations

import inspect
import io
from dataclasses import replace

import pytest

from pulih.domain.agency import Agency
from pulih.domain.outside import Outside
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.papers.stored import to_document
from pulih.domain.people import Role
from pulih.domain.records import RegistryFilter, TicketFilter
from pulih.domain.search import Query
from pulih.errors import NotAllowed, NotFound, PulihError
from pulih.service.access import Typed
from pulih.service.doors import Opening
from pulih.service.importing import Sheet
from pulih.service.plone_typed import TypedTarget

# About a ticket: (office, person, number, something of the ticket) -> ...
OF_A_TICKET = {
    "TicketDesk.take": lambda o, p, n, _x: o.tickets.take(
        p, n, "withdrawal", {"reason": "x"}, seen=1
    ),
    "TicketDesk.show": lambda o, p, n, _x: o.tickets.show(p, n),
    "TicketDesk.entries_since": lambda o, p, n, _x: o.tickets.entries_since(p, n, 0),
    "AttachmentDesk.keep": lambda o, p, n, _x: o.attachments.keep(
        p, "f", "a.pdf", io.BytesIO(b"%PDF"), number=n
    ),
    "AttachmentDesk.get": lambda o, p, n, x: o.attachments.get(p, n, x["photo"]),
    "ProbeDesk.targets": lambda o, p, n, _x: o.probing.targets(p, n),
    "ProbeDesk.start": lambda o, p, n, _x: o.probing.start(p, n),
    "ProbeDesk.get": lambda o, p, n, x: o.probing.get(p, n, x["run"]),
    "ProbeDesk.drop": lambda o, p, n, x: o.probing.drop(p, n, x["run"]),
    "TellDesk.answer": lambda o, p, n, x: o.telling.answer(p, n, x["run"], "power/sw-loket", "ya"),
    "TellDesk.withdraw": lambda o, p, n, x: o.telling.withdraw(p, n, x["run"], "power/sw-loket"),
    "TellDesk.tell": lambda o, p, n, x: o.telling.tell(p, n, x["run"], []),
    "ComputerDesk.trials": lambda o, p, n, _x: o.computers.trials(p, n),
    "ComputerDesk.script": lambda o, p, n, _x: o.computers.script(p, n, "periksa.sh"),
    "ComputerDesk.receive": lambda o, p, n, _x: o.computers.receive(p, n, "1"),
    "OutageDesk.of": lambda o, p, n, _x: o.outages.of(p, n),
    "OutageDesk.offered": lambda o, p, n, _x: o.outages.offered(p, n),
    "OutageDesk.join": lambda o, p, n, _x: o.outages.join(p, n, ["2026-0001"]),
    "OutageDesk.leave": lambda o, p, n, _x: o.outages.leave(p, n, n),
    "FindingDesk.mark": lambda o, p, n, x: o.finding.mark(p, n, x["case"], helped=True),
    "FindingDesk.unmark": lambda o, p, n, x: o.finding.unmark(p, n, x["case"]),
    "FindingDesk.marks": lambda o, p, n, _x: o.finding.marks(p, n),
    "CaseDesk.get": lambda o, p, n, _x: o.cases.get(p, n),
    "OutgoingDesk.show": lambda o, p, n, _x: o.outgoing.show(p, n),
    "OutgoingDesk.hide": lambda o, p, n, _x: o.outgoing.hide(p, n, "loket", seen=0),
    "OutgoingDesk.unhide": lambda o, p, n, _x: o.outgoing.unhide(p, n, "loket", seen=0),
    "OutgoingDesk.lift": lambda o, p, n, _x: o.outgoing.lift(p, n, "Dewi", "x", seen=0),
    "OutgoingDesk.unlift": lambda o, p, n, _x: o.outgoing.unlift(p, n, "Dewi", seen=0),
    "PaperDesk.shelf": lambda o, p, n, _x: o.papers.shelf(p, n),
    "PaperDesk.show": lambda o, p, n, _x: o.papers.show(p, n, PaperKind.RECEIPT),
    "PaperDesk.page": lambda o, p, n, _x: o.papers.page(p, n, PaperKind.RECEIPT),
    "PaperDesk.draft": lambda o, p, n, _x: o.papers.draft(p, n, PaperKind.RECEIPT),
    "PaperDesk.slip": lambda o, p, n, x: o.papers.slip(p, n, x["paper"]),
    "PaperDesk.content": lambda o, p, n, x: o.papers.content(p, n, x["paper"]),
    "PaperDesk.signed": lambda o, p, n, x: o.papers.signed(p, n, x["paper"], x["photo"]),
    "IssueDesk.issue": lambda o, p, n, _x: o.issuing.issue(p, n, PaperKind.RECEIPT, base="/"),
    "IssueDesk.correct": lambda o, p, n, x: o.issuing.correct(p, n, x["paper"], "x", base="/"),
    "IssueDesk.cancel": lambda o, p, n, x: o.issuing.cancel(p, n, x["paper"], "x"),
    "SignedDesk.take": lambda o, p, n, x: o.signing.take(
        p, n, x["paper"], "a.pdf", io.BytesIO(b"%PDF")
    ),
    "SignedDesk.withdraw": lambda o, p, n, x: o.signing.withdraw(p, n, x["paper"], "-", "x"),
    "BundleDesk.ticket": lambda o, p, n, _x: o.bundles.ticket(p, n),
    "OutgoingDesk.tick": lambda o, p, n, x: o.outgoing.tick(p, n, {x["photo"]: "Foto"}, seen=0),
}

# The office's own business: refused to people of agencies, whatever they ask for.
OF_THE_OFFICE = {
    "PloneDesk.overview": lambda o, p: o.plone.overview(p),
    "PloneDesk.show": lambda o, p: o.plone.show(p, "x"),
    "PloneDesk.passes": lambda o, p: o.plone.passes(p, "x"),
    "PloneDesk.foresee": lambda o, p: o.plone.foresee(p, "x"),
    "PloneDesk.again": lambda o, p: o.plone.again(p, "x"),
    "PloneDesk.look": lambda o, p: o.plone.look(p, "x"),
    "PloneDesk.overwrite": lambda o, p: o.plone.overwrite(p, "x", "root", "y"),
    "PloneDesk.make_again": lambda o, p: o.plone.make_again(p, "x"),
    "PloneDesk.keep_theirs": lambda o, p: o.plone.keep_theirs(p, "x", "root"),
    "PloneDesk.both": lambda o, p: o.plone.both(p, "x", "root"),
    "PloneTargetDesk.all": lambda o, p: o.plone_targets.all(p),
    "PloneTargetDesk.get": lambda o, p: o.plone_targets.get(p, "x"),
    "PloneTargetDesk.keep": lambda o, p: o.plone_targets.keep(p, TypedTarget()),
    "PloneTargetDesk.probe": lambda o, p: o.plone_targets.probe(p, TypedTarget()),
    "PloneTargetDesk.attempt": lambda o, p: o.plone_targets.attempt(p, "x"),
    "PloneTargetDesk.pause": lambda o, p: o.plone_targets.pause(p, "x"),
    "PloneTargetDesk.resume": lambda o, p: o.plone_targets.resume(p, "x"),
    "PloneTargetDesk.empty": lambda o, p: o.plone_targets.empty(p, "x"),
    "PloneTargetDesk.remove": lambda o, p: o.plone_targets.remove(p, "x", withdraw=False),
    "FindingDesk.search": lambda o, p: o.finding.search(p, Query("putus")),
    "FindingDesk.similar": lambda o, p: o.finding.similar(p, o.kept("2026-0001")),
    "AccountDesk.add": lambda o, p: o.accounts.add(
        p, replace(p, id="baru-saja"), "kata sandi baru"
    ),
    "AccountDesk.save": lambda o, p: o.accounts.save(p, replace(p, role=Role.ADMIN)),
    "AccountDesk.get": lambda o, p: o.accounts.get(p, "rina"),
    "AccountDesk.page": lambda o, p: o.accounts.page(p, RegistryFilter()),
    "RegistryDesk.page": lambda o, p: o.registry.page(p, Agency, RegistryFilter()),
    "RegistryDesk.get": lambda o, p: o.registry.get(p, Agency, "dukcapil"),
    "RegistryDesk.add": lambda o, p: o.registry.add(p, Agency("", "Baru")),
    "RegistryDesk.save": lambda o, p: o.registry.save(p, Agency("dukcapil", "Lain")),
    "KnowledgeDesk.show": lambda o, p: o.knowledge.show(p, "2026-0001"),
    "KnowledgeDesk.due": lambda o, p: o.knowledge.due(p),
    "KnowledgeDesk.add_note": lambda o, p: o.knowledge.add_note(p, "2026-0001", "x"),
    "KnowledgeDesk.confirm": lambda o, p: o.knowledge.confirm(p, "2026-0001"),
    "KnowledgeDesk.note": lambda o, p: o.knowledge.note(p, "2026-0001", "0" * 32),
    "KnowledgeDesk.remove_note": lambda o, p: o.knowledge.remove_note(p, "2026-0001", "0" * 32),
    "RetractDesk.retract": lambda o, p: o.retracting.retract(p, "2026-0001", "x"),
    "RetractDesk.put_back": lambda o, p: o.retracting.put_back(p, "2026-0001"),
    "RetractDesk.page": lambda o, p: o.retracting.page(p),
    "WantedDesk.page": lambda o, p: o.wanted.page(p),
    "WantedDesk.get": lambda o, p: o.wanted.get(p, "x"),
    "WantedDesk.note": lambda o, p: o.wanted.note(p, "x"),
    "WantedDesk.settle": lambda o, p: o.wanted.settle(p, "x", "2026-0001"),
    "WantedDesk.reopen": lambda o, p: o.wanted.reopen(p, "x"),
    "AccessDesk.show": lambda o, p: o.access.show(p, "sw-loket"),
    "AccessDesk.known": lambda o, p: o.access.known(p),
    "AccessDesk.keep": lambda o, p: o.access.keep(p, "sw-loket", Typed("linux", "x", "rahasia")),
    "AccessDesk.forget": lambda o, p: o.access.forget(p, "sw-loket"),
    "AccessDesk.attempt": lambda o, p: o.access.attempt(p, "sw-loket"),
    "AccessDesk.offered": lambda o, p: o.access.offered(p, "sw-loket"),
    "AccessDesk.accept": lambda o, p: o.access.accept(p, "sw-loket", "SHA256:x"),
    "SweepDesk.start": lambda o, p: o.sweeping.start(p),
    "SweepDesk.latest": lambda o, p: o.sweeping.latest(p),
    "SweepDesk.get": lambda o, p: o.sweeping.get(p, "0" * 32),
    "PathDesk.way": lambda o, p: o.paths.way(p, "dukcapil"),
    "PathDesk.description": lambda o, p: o.paths.description(p),
    "PathDesk.outside": lambda o, p: o.paths.outside(p),
    "PathDesk.keep_outside": lambda o, p: o.paths.keep_outside(p, Outside()),
    "WikiDesk.state": lambda o, p: o.wiki.state(p),
    "WikiDesk.ask_again": lambda o, p: o.wiki.ask_again(p),
    "PaperDesk.register": lambda o, p: o.papers.register(p, PaperKind.RECEIPT, 2026),
    "PaperDesk.years": lambda o, p: o.papers.years(p),
    "VerifyDesk.chosen": lambda o, p: o.verifying.chosen(p),
    "VerifyDesk.decide": lambda o, p: o.verifying.decide(p, public=False, address="", seen=0),
    "PaperSettingsDesk.show": lambda o, p: o.paper_settings.show(p),
    "PaperSettingsDesk.engine": lambda o, p: o.paper_settings.engine(p),
    "PaperSettingsDesk.save": lambda o, p: o.paper_settings.save(p, {}, seen=0),
    "PaperSettingsDesk.take_arms": lambda o, p: o.paper_settings.take_arms(p, b"x", seen=0),
    "PaperSettingsDesk.drop_arms": lambda o, p: o.paper_settings.drop_arms(p, seen=0),
    "PaperSettingsDesk.page": lambda o, p: o.paper_settings.page(p, PaperKind.WORK, {}),
    "PaperSettingsDesk.pdf": lambda o, p: o.paper_settings.pdf(p, PaperKind.WORK),
    "BundleDesk.month": lambda o, p: o.bundles.month(p, "2026-03"),
    "DoorDesk.all": lambda o, p: o.doors.all(p),
    "DoorDesk.get": lambda o, p: o.doors.get(p, "portal"),
    "DoorDesk.open": lambda o, p: o.doors.open(p, Opening("Portal")),
    "DoorDesk.change": lambda o, p: o.doors.change(p, "portal", Opening("Portal"), seen=1),
    "DoorDesk.renew": lambda o, p: o.doors.renew(p, "portal", seen=1),
    "DoorDesk.close": lambda o, p: o.doors.close(p, "portal", seen=1),
    "ImportDesk.preview": lambda o, p: o.importing.preview(p, Sheet.AGENCIES, b"nama\nBaru\n"),
    "ImportDesk.take": lambda o, p: o.importing.take(p, Sheet.AGENCIES, b"nama\nBaru\n"),
}

# Lists that show a person their own and nothing else, or nothing at all.
OF_ONES_OWN = {
    "WorkDesk.mine": lambda o, p: o.work.mine(p),
    "FindingDesk.similar_open": lambda o, p: o.finding.similar_open(p, p.agency, "loket putus"),
    "WorkDesk.queue": lambda o, p: o.work.queue(p),
    "WorkDesk.tickets": lambda o, p: o.work.tickets(p, TicketFilter(agency="dukcapil")),
    "AttachmentDesk.pending": lambda o, p: o.attachments.pending(p, [o.mine["photo"]]),
    "BundleDesk.own": lambda o, p: o.bundles.own(p),
    "DraftDesk.get": lambda o, p: o.drafts.get(p, "/tiket/baru"),
}

# Has its own tests, or is nobody's request: the server asks, a form is filled, somebody signs in.
ELSEWHERE = {
    "PloneDesk.known",  # at the server's terminal, as `foreseen`
    "PloneDesk.foreseen",
    "PloneTargetDesk.met",
    "PloneTargetDesk.emptied",
    "TicketDesk.register",
    "TicketDesk.enter",
    "AttachmentDesk.type_of",
    "AdmitDesk.admit",  # a site asks, that is no person: see test_doors
    "AdmitDesk.sweep",
    "ShowDesk.agencies",
    "ShowDesk.agency",
    "ShowDesk.search",
    "ReceiveDesk.receive",
    "AttachmentDesk.missing",
    "CaseDesk.waiting",
    "FindingDesk.find",
    "FindingDesk.warm",
    "CaseDesk.on_wiki",
    "CaseDesk.publish_due",
    "CaseDesk.publish_here",
    "CaseDesk.edition",
    "RetractDesk.is_retracted",
    "WikiDesk.known",
    "WikiDesk.publish_due",
    "WikiDesk.publish",
    "WikiDesk.carry",
    "OutgoingDesk.mask_again",
    "PathDesk.described",
    "PathDesk.wanted",
    "ComputerDesk.open_for",
    "ProbeDesk.perform",
    "ProbeDesk.resume",
    "DraftDesk.keep",
    "DraftDesk.drop",
    "AccountDesk.sign_in",
    "AccountDesk.known",
    "AccountDesk.first_admin",
    "AccountDesk.change_password",
    "AccountDesk.stamp",
    "AccountDesk.of_role",
    "RegistryDesk.choices",
    "VerifyDesk.look",
    "BundleDesk.forms",
    "BundleDesk.get",
    "BundleDesk.content",
    "BundleDesk.perform",
    "BundleDesk.resume",
    "VerifyDesk.compare",
}


@pytest.fixture
def shared(office, cast):
    """A closed ticket of Dewi's agency, and an open one with a photograph, a run and a draft."""
    case = office.closed().number
    ticket = office.at("damage")
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)
    photo = office.photo(ticket.number, cast.contact)
    office.drafts.keep(cast.contact.id, "/tiket/baru", {"subject": ["rahasia"]})
    with office.tools.store.writing() as records:
        settings = PaperSettings(lines=("DINAS",), place="Sumbawa Besar")
        records.settings.put("papers", to_document(settings))
        records.people.save(replace(cast.lead, rank="Penata"))
    paper = office.issuing.issue(cast.lead, ticket.number, PaperKind.RECEIPT, base="/")
    office.mine = {
        "ticket": ticket.number,
        "case": case,
        "run": run.id,
        "photo": photo.id,
        "paper": paper.id,
    }
    return office.mine


def test_every_public_method_of_every_desk_is_accounted_for(office):
    methods = {
        f"{type(desk).__name__}.{name}"
        for desk in office.desks
        for name, _ in inspect.getmembers(type(desk), inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods == OF_A_TICKET.keys() | OF_THE_OFFICE.keys() | OF_ONES_OWN.keys() | ELSEWHERE


def answer(ask):
    """How a request is refused."""
    try:
        ask()
    except PulihError as error:
        return type(error), error.sentence.text
    return None


@pytest.mark.parametrize("method", OF_A_TICKET)
def test_another_agencys_ticket_is_refused_exactly_like_one_that_does_not_exist(
    office, cast, shared, method
):
    ask = OF_A_TICKET[method]
    # What a case teaches is on the wiki for everybody; here it is the office's.
    refusal = NotAllowed if method == "CaseDesk.get" else NotFound
    for number in (shared["ticket"], shared["case"]):
        refused = answer(lambda number=number: ask(office, cast.stranger, number, shared))
        unknown = answer(lambda: ask(office, cast.stranger, "2026-9999", shared))
        assert refused == unknown
        assert refused[0] is refusal


@pytest.mark.parametrize(
    "method", ["TicketDesk.show", "TicketDesk.entries_since", "AttachmentDesk.get"]
)
def test_the_agency_itself_is_answered(office, cast, shared, method):
    assert (
        answer(lambda: OF_A_TICKET[method](office, cast.contact, shared["ticket"], shared)) is None
    )


@pytest.mark.parametrize("method", OF_THE_OFFICE)
@pytest.mark.parametrize("who", ["stranger", "contact"])
def test_the_offices_business_is_not_for_agencies(office, cast, shared, method, who):
    assert answer(lambda: OF_THE_OFFICE[method](office, getattr(cast, who)))[0] is NotAllowed


@pytest.mark.parametrize("method", OF_ONES_OWN)
def test_a_stranger_sees_nothing_of_it_in_any_list(office, cast, shared, method):
    seen = repr(OF_ONES_OWN[method](office, cast.stranger))
    for private in (*shared.values(), "rahasia", "Dewi Lestari", "dukcapil"):
        assert private not in seen


@pytest.mark.parametrize("method", OF_A_TICKET)
def test_somebody_who_has_left_sees_no_ticket_any_more(office, cast, shared, method):
    for person in (cast.contact, cast.lead, cast.head, cast.admin):
        left = replace(person, active=False)
        refused = answer(
            lambda left=left: OF_A_TICKET[method](office, left, shared["ticket"], shared)
        )
        assert refused is not None
        assert refused[0] in (NotFound, NotAllowed)


def test_a_refused_request_changes_nothing(office, cast, shared):
    before = office.kept(shared["ticket"])
    for ask in OF_A_TICKET.values():
        answer(lambda ask=ask: ask(office, cast.stranger, shared["ticket"], shared))
    assert office.kept(shared["ticket"]) == before
    assert office.finding.marks(cast.lead, shared["ticket"]) == {}
