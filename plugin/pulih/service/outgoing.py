"""What goes out of a ticket: shown before it is closed, hidden more or less, pictures ticked; and mended afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pulih.domain.article import Article, told_by
from pulih.domain.authority import Deed, may, require
from pulih.domain.edition import Picture
from pulih.domain.living import in_time
from pulih.domain.mask import Mask, PublicMask
from pulih.domain.outgoing import Lifted, Outgoing, chosen
from pulih.domain.people import Person
from pulih.domain.preview import Preview, preview
from pulih.domain.records import Attachment
from pulih.domain.scrub import Audience
from pulih.domain.ticket import State, Ticket
from pulih.errors import Conflict, OutOfOrder
from pulih.ports import Records, Tools
from pulih.service.articles import (
    again,
    around_of,
    is_scrubbed,
    mask_again,
    note_scrubber,
    notes_again,
    outgoing_of,
    rewrite_article,
)
from pulih.service.audience import circle_of
from pulih.service.tickets import visible

IMAGES = frozenset({"image/jpeg", "image/png"})  # as their content says, not their name
FIRST_STEP = 12  # the report; before it there is no page to speak of
_BATCH = 100  # articles in a transaction

Change = Callable[[Outgoing, Preview], Outgoing]


@dataclass(frozen=True, slots=True)
class OutgoingView:
    """What would be published of a ticket, or is, with what was decided of it.

    Attributes:
        images: The ticket's attachments that can be shown on its page.
        may_decide: Whether the reader may change it now; who may, reads what is hidden as well.
    """

    ticket: Ticket
    preview: Preview
    outgoing: Outgoing
    images: tuple[Attachment, ...]
    audience: Audience
    may_decide: bool


@dataclass(frozen=True, slots=True)
class OutgoingDesk:
    """Decides what of a ticket goes out to the wiki."""

    tools: Tools

    def show(self, by: Person, number: str) -> OutgoingView:
        """Return what would be published of a ticket.

        Raises:
            NotFound: There is no such ticket for this person.
            NotAllowed: They are not of the office.
            OutOfOrder: There is nothing to show yet, or there never will be.
        """
        with self.tools.store.reading() as records:
            ticket = visible(records, by, number)
            require(by, Deed.SEE_OUTGOING)
            _hold_reached(ticket)
            outgoing = outgoing_of(records, number)
            return OutgoingView(
                ticket=ticket,
                preview=self._preview(records, ticket, outgoing),
                outgoing=outgoing,
                images=_images(records, number),
                audience=self.tools.audience,
                may_decide=may(by, _deed(ticket), ticket.agency),
            )

    def hide(self, by: Person, number: str, passage: str, *, seen: int) -> None:
        """Hide a passage wherever it stands on the ticket's page.

        Args:
            seen: The version of the decisions that the person was looking at.

        Raises:
            NotFound: There is no such ticket for this person.
            NotAllowed: It is not theirs to decide.
            OutOfOrder: There is nothing to decide yet, or never will be.
            Conflict: Somebody else decided meanwhile.
            Invalid: As `Outgoing.hiding`.
        """
        self._change(by, number, seen, lambda now, shown: now.hiding(passage, shown))

    def unhide(self, by: Person, number: str, passage: str, *, seen: int) -> None:
        """Take back that a passage is hidden. Raises as `hide`."""
        self._change(by, number, seen, lambda now, _shown: now.unhiding(passage))

    def lift(self, by: Person, number: str, text: str, reason: str, *, seen: int) -> None:
        """Let something be read that was found, for a reason that is kept.

        Raises:
            Invalid: As `Outgoing.lifting`; else as `hide`.
        """
        lifted = Lifted(text, reason, by.id, by.name, self.tools.now())
        self._change(by, number, seen, lambda now, shown: now.lifting(lifted, shown))

    def unlift(self, by: Person, number: str, text: str, *, seen: int) -> None:
        """Take back that something may be read. Raises as `hide`."""
        self._change(by, number, seen, lambda now, _shown: now.unlifting(text))

    def tick(self, by: Person, number: str, captions: Mapping[str, str], *, seen: int) -> None:
        """Choose the pictures that are published with the case, and no others.

        Args:
            captions: By the attachment's identifier, in the order in which they are shown.

        Raises:
            Invalid: A caption is missing or too long; the field is `caption-` and the identifier. Or it is no picture
                of this ticket. Else as `hide`.
        """
        self._decide(
            by,
            number,
            seen,
            lambda records, _ticket, now: now.showing(chosen(_images(records, number), captions)),
        )

    def mask_again(self, *, anyway: bool = False) -> int:
        """Look through all that is published where the scrubber is another than the last time.

        Return how many articles it changed; notes and captions are looked through as well.

        Args:
            anyway: Look through them in any case.
        """
        with self.tools.store.reading() as records:
            if is_scrubbed(records) and not anyway:
                return 0
            articles = records.articles.find()
            if not articles:  # and a new office stays one
                return 0
            decided = {one.ticket: one for one in records.outgoing.find()}
        due = [a.number for a in articles if _differs(a, decided.get(a.number))]
        for start in range(0, len(due), _BATCH):
            self._mask_again(due[start : start + _BATCH])
        self.tools.store.write(notes_again)
        self.tools.store.write(note_scrubber)
        return len(due)

    def _mask_again(self, numbers: Sequence[str]) -> None:
        def keep(records: Records) -> None:
            for number in numbers:
                mask_again(records, number, self.tools.calendar)

        self.tools.store.write(keep)

    def _change(self, by: Person, number: str, seen: int, change: Change) -> None:
        self._decide(
            by,
            number,
            seen,
            lambda records, ticket, now: change(now, self._preview(records, ticket, now)),
        )

    def _decide(
        self,
        by: Person,
        number: str,
        seen: int,
        change: Callable[[Records, Ticket, Outgoing], Outgoing],
    ) -> None:
        def keep(records: Records) -> bool:
            ticket = visible(records, by, number)
            require(by, Deed.SEE_OUTGOING)
            _hold_reached(ticket)
            require(by, _deed(ticket), ticket.agency)
            now = outgoing_of(records, number)
            if now.version != seen:
                raise Conflict(
                    "Keputusan tentang halaman ini sudah berubah sejak Anda membukanya. "
                    "Lihat keadaannya sekarang, lalu simpan lagi bila masih perlu.",
                    now=now.version,
                )
            after = change(records, ticket, now)
            if after == now:
                return False
            records.outgoing.put(number, _captioned(records, ticket, after))
            if ticket.state is State.CLOSED:
                rewrite_article(records, number, self.tools.calendar)
            return ticket.state is State.CLOSED

        if self.tools.store.write(keep):
            self.tools.jobs.publish()

    def _preview(self, records: Records, ticket: Ticket, outgoing: Outgoing) -> Preview:
        circle = circle_of(records, self.tools.audience)
        around = around_of(records, ticket)
        told = told_by(ticket, around, self.tools.calendar, ticket.closed or self.tools.now())
        notes = [note.text for note in in_time(records.notes.find(case=ticket.number))]
        mask = Mask(ticket, around.agency, outgoing.choices)
        if circle.audience is Audience.INTRANET:
            return preview(told, mask, mask, None, notes)
        reader = Mask(ticket, around.agency, outgoing.choices, circle.house, circle.audience)
        return preview(told, mask, reader, PublicMask(circle.house, outgoing.choices), notes)


def _captioned(records: Records, ticket: Ticket, outgoing: Outgoing) -> Outgoing:
    """Return it with its captions masked as it says itself: they go out as they are kept."""
    mask = Mask(ticket, records.agencies.get(ticket.agency), outgoing.choices)
    pictures = tuple(Picture(p.digest, mask(p.caption)) for p in outgoing.pictures)
    return replace(outgoing, pictures=pictures)


def _deed(ticket: Ticket) -> Deed:
    """Return what somebody must be allowed who decides on a ticket now."""
    return Deed.MEND_CASE if ticket.state is State.CLOSED else Deed.DECIDE_OUTGOING


def _hold_reached(ticket: Ticket) -> None:
    if ticket.state is State.WITHDRAWN:
        raise OutOfOrder("Permohonan ini dicabut: tidak ada yang terbit darinya.")
    if ticket.step is not None and ticket.step.number < FIRST_STEP:
        raise OutOfOrder(
            "Halaman ini ada sejak langkah {step}, saat laporan ditulis. Kembali ke halaman tiket.",
            step=FIRST_STEP,
        )


def _images(records: Records, number: str) -> tuple[Attachment, ...]:
    """Return the pictures of a ticket, by when they were handed in, and by name; one content once."""
    kept = sorted(records.attachments.find(ticket=number), key=lambda a: (a.at, a.name, a.id))
    images = [a for a in kept if a.used and a.media_type in IMAGES]
    return tuple({a.digest: a for a in reversed(images)}.values())[::-1]


def _differs(article: Article, outgoing: Outgoing | None) -> bool:
    return again(article, outgoing or Outgoing(article.number)) != article
