"""What a form starts from: facts that earlier steps brought."""

from __future__ import annotations

from pulih.domain import sop
from pulih.domain.facts import Value
from pulih.domain.suggestion import Suggestion
from pulih.domain.ticket import Ticket, text


def start_of(
    ticket: Ticket, stage: sop.Stage, suggestion: Suggestion | None = None
) -> dict[str, Value]:
    """Return the values that the form of a stage starts from; a person may change them all.

    A form that comes again (a returned letter or report) starts from what it said.

    Args:
        suggestion: Of the last look at the network.
    """
    before = ticket.facts_of(stage.id)
    if before and stage.id in ("letter", "report"):
        return dict(before)
    start: dict[str, Value] = {}
    for fact in stage.facts:
        if fact.prefill:
            source, _, name = fact.prefill.partition(".")
            if (value := ticket.facts_of(source).get(name)) is not None:
                start[fact.name] = value
    if suggestion:
        asked = {fact.name for fact in stage.facts}
        start = {name: value for name, value in suggestion.facts.items() if name in asked} | start
    if stage.id == "report":
        start["actions"] = actions_so_far(ticket)
    if stage.id == "work-record" and start.get("devices"):
        new = ticket.facts_of("installation")
        start["devices"] = " ".join(text(new, name) for name in ("new_make", "new_model"))
    return start


def actions_so_far(ticket: Ticket) -> str:
    """Return what was done, in the technicians' own words, a paragraph a step."""
    parts = (("remote-repair", "done"), ("damage", "repair"), ("installation", "settings"))
    return "\n\n".join(filter(None, (text(ticket.facts_of(stage), name) for stage, name in parts)))
