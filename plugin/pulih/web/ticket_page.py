"""The page of one ticket, with the form of the step that is due or of a deed beside the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for

from pulih.domain import sop
from pulih.domain.people import Role
from pulih.domain.prefill import start_of
from pulih.domain.telling import told
from pulih.domain.ticket import Entry, State
from pulih.service.tickets import TicketView
from pulih.web import similar
from pulih.web.asking import MOST_WORDS
from pulih.web.choices import Choice, offered
from pulih.web.context import office, person, say
from pulih.web.looks import may_look, told_to
from pulih.web.reading import Typed, from_facts, from_fields
from pulih.web.wanted import missed

_MOST_HINTS = 4


@dataclass(frozen=True, slots=True)
class Lost:
    """A form whose step is not its typist's to take any more: to be read and copied, not to be sent."""

    stage: sop.Stage
    typed: Typed


def path_of(number: str, stage: sop.Stage | None) -> str:
    """Return the page that shows the form of a stage; drafts of that form are kept under it."""
    if stage is not None and stage.during is not None:
        return url_for("tickets.aside", number=number, stage=stage.id)
    return url_for("tickets.show", number=number)


def begun(view: TicketView, stage: sop.Stage) -> tuple[Typed, bool]:
    """Return the form to begin with, and whether it is one that was being typed."""
    by, ticket = person(), view.ticket
    draft = office().drafts.get(by, path_of(ticket.number, stage))
    if draft and draft.fields.get("stage", [stage.id]) == [stage.id]:
        return from_fields(stage.facts, draft.fields, by, view.attachments), True
    again = ticket.facts_of("appointment") if stage.id == "reappointment" else None
    return from_facts(
        again or start_of(ticket, stage, view.suggestion), stage.facts, view.attachments
    ), False


def ticket_page(
    view: TicketView,
    typed: Typed,
    *,
    stage: sop.Stage | None = None,
    kept: bool = False,
    since: tuple[Entry, ...] = (),
    lost: Lost | None = None,
) -> str:
    """Return the page.

    Args:
        typed: What the form shows.
        stage: Whose form; the due stage's where the reader may take it, otherwise none.
        kept: Whether `typed` is a draft.
        since: What was added since the reader looked.
        lost: A form that cannot be sent any more.
    """
    by, ticket = person(), view.ticket
    stage = stage or view.stage
    choices = offered(stage.facts, by, ticket) if stage else {}
    return render_template(
        "ticket.html",
        view=view,
        ticket=ticket,
        person=by,
        stage=stage,
        typed=typed,
        kept=kept,
        since=since,
        lost=lost,
        told=told,
        offered=choices,
        hints=_hints(view, choices),
        lost_offered=offered(lost.stage.facts, by, ticket) if lost else {},
        targets=office().probing.targets(by, ticket.number) if by.role is Role.NETWORK_TEAM else (),
        running=next((run for run in view.runs if run.going), None),
        acts=may_look(ticket),
        told_to=told_to(ticket, view.runs),
        outage=office().outages.of(by, ticket.number) if by.role.in_office else None,
        offer=office().outages.offered(by, ticket.number) if view.runs else None,
        computer=office().computers.open_for(by, ticket),
        retracted=office().retracting.is_retracted(ticket.number),
        on_wiki=ticket.state is not State.CLOSED or office().cases.on_wiki(ticket.number),
        form_page=path_of(ticket.number, stage),
        shelf=office().papers.shelf(by, ticket.number),
        **_similar(view, stage, typed),
    )


def _hints(view: TicketView, choices: Mapping[str, Sequence[Choice]]) -> dict[str, list[str]]:
    """Return what the last look at the network suggests for fields of step 5, in the reader's language."""
    found = view.suggestion
    if found is None:
        return {}
    kinds = {choice.id: say(choice.label) for choice in choices.get("fault_type", ())}
    return {
        "fault_type": [kinds[kind] for kind in found.fault_types if kind in kinds][:_MOST_HINTS],
        "location": [say(said) for _place, said in found.places][:_MOST_HINTS],
    }


def _similar(view: TicketView, stage: sop.Stage | None, typed: Typed) -> dict[str, object]:
    """Return what is shown of similar cases; words of one's own that find none are noted."""
    words = request.args.get("kata", "")[:MOST_WORDS]
    at_it = stage is not None and stage.id == "examination"
    part = similar.shown(view, typed=typed.values if at_it else {}, words=words)
    if words and part["similar"] and not part["similar"].total:
        missed(words, view.ticket.number)
    return part
