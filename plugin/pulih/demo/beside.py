"""What people of the demo office do besides the steps.

They look at the network, use old cases, add to them, and mind what goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pulih.demo.cases import DemoExtra
from pulih.demo.pictures import plain
from pulih.domain.knowledge import key_of
from pulih.domain.people import Person
from pulih.service.finding import FindingDesk
from pulih.service.knowledge import KnowledgeDesk
from pulih.service.outgoing import OutgoingDesk
from pulih.service.probing import ProbeDesk
from pulih.service.retracting import RetractDesk
from pulih.service.wanted import WantedDesk

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KnowledgeDesks:
    """The services of what is known.

    Attributes:
        looking: Gives a desk for a look at a network that answers as it is told.
    """

    finding: FindingDesk
    knowledge: KnowledgeDesk
    retracting: RetractDesk
    outgoing: OutgoingDesk
    wanted: WantedDesk
    looking: Callable[[Said], ProbeDesk]


def do(
    desks: KnowledgeDesks, by: Person, number: str, extra: DemoExtra, numbers: Mapping[str, str]
) -> None:
    """Do it.

    Args:
        number: The ticket that it is told with; empty for what is looked for.
        numbers: The tickets' numbers by the keys of the cases.
    """
    said = dict(extra.said)
    if "case" in said:
        said["case"] = numbers[said["case"]]
    DEEDS[extra.what](desks, by, number, said)


def _helped(desks: KnowledgeDesks, by: Person, number: str, said: Said) -> None:
    desks.finding.mark(by, number, said["case"], helped=True)


def _no_help(desks: KnowledgeDesks, by: Person, number: str, said: Said) -> None:
    desks.finding.mark(by, number, said["case"], helped=False)


def _note(desks: KnowledgeDesks, by: Person, number: str, said: Said) -> None:
    desks.knowledge.add_note(by, number, said["text"])


def _still_holds(desks: KnowledgeDesks, by: Person, number: str, _said: Said) -> None:
    desks.knowledge.confirm(by, number)


def _retract(desks: KnowledgeDesks, by: Person, number: str, said: Said) -> None:
    desks.retracting.retract(by, number, said["reason"])


def _hide(desks: KnowledgeDesks, by: Person, number: str, said: Said) -> None:
    desks.outgoing.hide(by, number, said["passage"], seen=_version(desks, by, number))


def _lift(desks: KnowledgeDesks, by: Person, number: str, said: Said) -> None:
    seen = _version(desks, by, number)
    desks.outgoing.lift(by, number, said["text"], said["reason"], seen=seen)


def _show(desks: KnowledgeDesks, by: Person, number: str, said: Said) -> None:
    shown = desks.outgoing.show(by, number)
    named = {plain(image.name): image.id for image in shown.images}
    captions = {named[plain(caption)]: caption for caption in said["captions"]}
    desks.outgoing.tick(by, number, captions, seen=shown.outgoing.version)


def _version(desks: KnowledgeDesks, by: Person, number: str) -> int:
    return desks.outgoing.show(by, number).outgoing.version


def _look(desks: KnowledgeDesks, by: Person, number: str, said: Said) -> None:
    desk = desks.looking(said)
    desk.perform(desk.start(by, number).id)


def _seek(desks: KnowledgeDesks, by: Person, _number: str, said: Said) -> None:
    desks.wanted.note(by, said["words"])


def _settle(desks: KnowledgeDesks, by: Person, _number: str, said: Said) -> None:
    desks.wanted.settle(by, key_of(said["words"]), said["case"])


DEEDS: Mapping[str, Callable[[KnowledgeDesks, Person, str, Said], None]] = {
    "helped": _helped,
    "no-help": _no_help,
    "note": _note,
    "still-holds": _still_holds,
    "retract": _retract,
    "hide": _hide,
    "lift": _lift,
    "show": _show,
    "look": _look,
    "seek": _seek,
    "settle": _settle,
}
