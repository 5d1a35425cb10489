"""Every way of saying no, on one page.

    PulihError
    ├── Invalid            what was typed does not fit; carries a problem a field     422
    │   └── TooLarge       a file or form over the limit                              413
    ├── Refused            the procedure does not allow it now                        409
    │   ├── OutOfOrder     another step is due
    │   ├── Finished       the ticket is closed or withdrawn
    │   ├── Conflict       somebody else was quicker; carries what changed
    │   └── Duplicate      a number or name that may stand only once is taken
    ├── NotAllowed         this person may not do this                                403
    │   └── NotYourStep    the step belongs to somebody else
    ├── NotFound           there is no such thing, or not for this person             404
    ├── NotSignedIn        nobody is signed in, or the password is wrong              401
    └── Unavailable        something the office stands on does not work now           503
        ├── Damaged        what was kept is no longer what it was
        ├── Contended      others were at the same records; the same again may succeed
        ├── StoreAway      the records cannot be reached or used
        │   ├── StoreFull      nothing more can be kept
        │   ├── StoreClosed    they are being moved or filled, and can only be read
        │   └── Uncertain      the connection was lost in the act of keeping
        └── FilesAway      attachments cannot be kept or read

Each carries a `Sentence` that says what to do next. Entrances map the class to a status or an exit code, once. The
sentences of the last five speak to whoever runs the server; the desk has others for everybody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulih.wording import Sentence, sentence


class PulihError(Exception):
    """The root. `sentence` is what a person reads."""

    def __init__(self, text: str | Sentence, **values: object) -> None:
        """Take a finished `Sentence`, or a template and its values."""
        self.sentence = text if isinstance(text, Sentence) else sentence(text, **values)
        super().__init__(str(self.sentence))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, and how to mend it."""

    field: str
    sentence: Sentence


class Invalid(PulihError):
    """What was typed does not fit. Nothing was saved; nothing typed is lost."""

    def __init__(self, problems: Sequence[Problem], text: str | Sentence | None = None) -> None:
        """Take every problem at once, so that a person corrects the form once."""
        self.problems = tuple(problems)
        super().__init__(
            text
            or sentence(
                "Ada isian yang perlu diperbaiki. Yang sudah diketik tetap tersimpan di formulir."
            )
        )

    def __str__(self) -> str:
        """Return the sentence with each field's own sentence behind it."""
        return " ".join([str(self.sentence), *(f"{p.field}: {p.sentence}" for p in self.problems)])


class TooLarge(Invalid):
    """A file or a form over the limit."""


class Refused(PulihError):
    """The procedure does not allow it now."""


class OutOfOrder(Refused):
    """Another step is due."""


class Finished(Refused):
    """The ticket is closed or withdrawn; nothing can be added."""


class Conflict(Refused):
    """Somebody else was quicker. `now` is the version that stands."""

    def __init__(self, text: str | Sentence, *, now: int, **values: object) -> None:
        """Take the version that stands now, so that the entrance can show what changed since."""
        self.now = now
        super().__init__(text, **values)


class Duplicate(Refused):
    """A number or name that may stand only once is taken. `field` is the one to change."""

    def __init__(self, text: str | Sentence, *, field: str = "", **values: object) -> None:
        """Take the field whose value is taken, empty when it is the record's own key."""
        self.field = field
        super().__init__(text, **values)


class NotAllowed(PulihError):
    """This person may not do this."""


class NotYourStep(NotAllowed):
    """The step belongs to somebody else."""


class NotFound(PulihError):
    """There is no such thing, or it is not this person's to know of."""


class NotSignedIn(PulihError):
    """Nobody is signed in, or name and password do not belong together."""


class Unavailable(PulihError):
    """Something the office stands on does not work now."""


class Damaged(Unavailable):
    """What was kept is no longer what it was; a backup may have it."""


class Contended(Unavailable):
    """Others were at the same records at the same moment. Nothing was kept; the same again may succeed."""


class StoreAway(Unavailable):
    """The records cannot be reached or used now."""


class StoreFull(StoreAway):
    """Nothing more can be kept; nothing was."""


class StoreClosed(StoreAway):
    """The records are being moved or filled, and can only be read."""


class Uncertain(StoreAway):
    """The connection was lost in the act of keeping. Perhaps it was kept: to be looked at before it is done again."""


class FilesAway(Unavailable):
    """Attachments cannot be kept or read now."""
