"""Papers put together in the background: of a ticket and the empty forms as one PDF, of a month as a ZIP."""

from __future__ import annotations

import re
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import BinaryIO

from pulih.domain.authority import Deed, may, require
from pulih.domain.bundle import UNFINISHED, Bound, Bundle, BundleKind, Stage
from pulih.domain.issued import Standing
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.making import make
from pulih.domain.papers.material import Material
from pulih.domain.people import Person
from pulih.errors import Invalid, NotFound, Problem, PulihError, Refused
from pulih.ports import Printer, Records, Tools
from pulih.service.monthly import pack, papers_of
from pulih.service.papers_material import settings_of
from pulih.service.slips import Slip, deed_to_see, frozen, slips_of
from pulih.service.tickets import visible
from pulih.wording import N_, sentence

MOST_BYTES = 4 * 1024**3  # of a file that is put together
_KEPT = timedelta(days=7)
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_COPY = (
    "Kumpulan ini salinan untuk dibaca. Yang dapat dicocokkan pada halaman pemeriksaan, "
    "dan yang ditandatangani, adalah berkas masing-masing surat."
)
_STOPPED = N_("Terhenti karena galat di server. Minta sekali lagi.")


@dataclass(frozen=True, slots=True)
class BundleDesk:
    """Puts papers together for whoever asks, and keeps the file until they come back for it."""

    tools: Tools
    printer: Printer

    def ticket(self, by: Person, number: str) -> Bundle:
        """Ask for the valid papers of a ticket as one PDF with contents, and return at once.

        Raises:
            NotFound: There is no such ticket for this person.
            Refused: No paper was issued yet that this person may see.
        """
        with self.tools.store.reading() as records:
            if not _valid(records, by, number):
                raise Refused(
                    "Belum ada surat yang diterbitkan untuk tiket ini. Terbitkan dahulu di bagian Dokumen."
                )
        return self._ask(by, BundleKind.TICKET, number)

    def month(self, by: Person, month: str) -> Bundle:
        """Ask for all papers that carry a date of a month as a ZIP, and return at once.

        Args:
            month: As `2026-11`.

        Raises:
            NotAllowed: The register of numbers is not for this person.
            Invalid: That is no month, or no paper is of it.
        """
        require(by, Deed.SEE_NUMBERS)
        if not _MONTH.fullmatch(month):
            raise Invalid([Problem("month", sentence("Pilih bulan, misalnya 2026-11."))])
        with self.tools.store.reading() as records:
            if not records.papers.find(month=month):
                said = sentence("Tidak ada surat yang bertanggal pada bulan itu. Pilih bulan lain.")
                raise Invalid([Problem("month", said)])
        return self._ask(by, BundleKind.MONTH, month)

    def forms(self, by: Person) -> Bundle:
        """Ask for every paper of the procedure, empty, as one PDF with contents, and return at once."""
        return self._ask(by, BundleKind.FORMS, "")

    def own(self, by: Person) -> tuple[Bundle, ...]:
        """Return what this person asked for in the last days, the newest first."""
        with self.tools.store.reading() as records:
            found = records.bundles.find(by=by.id)
        return tuple(sorted(found, key=lambda bundle: bundle.at, reverse=True))

    def get(self, by: Person, key: str) -> Bundle:
        """Return what this person asked for. Raises NotFound."""
        with self.tools.store.reading() as records:
            bundle = records.bundles.get(key)
        if bundle is None or bundle.by != by.id:
            raise NotFound("Kumpulan ini tidak ada lagi. Minta sekali lagi.")
        return bundle

    def content(self, by: Person, key: str) -> tuple[Bundle, BinaryIO]:
        """Return it and its bytes, open. Raises NotFound where they are not there, or not any more."""
        bundle = self.get(by, key)
        if bundle.state is not Stage.DONE:
            raise NotFound("Kumpulan ini belum siap. Tunggu sampai selesai, lalu unduh.")
        return bundle, self.tools.files.open(bundle.digest)

    def resume(self) -> int:
        """Ask again for what a stop of the server interrupted; return how many those are."""
        with self.tools.store.reading() as records:
            left = [one.id for state in UNFINISHED for one in records.bundles.find(state=state)]
        for key in left:
            self.tools.jobs.bundle(key)
        return len(left)

    def perform(self, key: str) -> None:
        """Put together what was asked for. Doing it again after it is done does nothing."""
        begun = self.tools.store.write(lambda records: _begin(records, key))
        if begun is None:
            return
        bundle, by = begun
        try:
            self._make(bundle, by)
        except PulihError as error:
            self._keep(bundle.failed(str(error.sentence)))
        except Exception:
            self._keep(bundle.failed(_STOPPED))
            raise

    def _ask(self, by: Person, kind: BundleKind, of: str) -> Bundle:
        key, now = uuid.uuid4().hex, self.tools.now()

        def ask(records: Records) -> Bundle:
            for old in records.bundles.find(by=by.id):
                if old.unfinished and (old.kind, old.of) == (kind, of):
                    return old
                if not old.unfinished and old.at < now - _KEPT:
                    records.bundles.remove(old.id)
            bundle = Bundle(key, kind, of, by.id, now)
            records.bundles.put(key, bundle)
            return bundle

        bundle = self.tools.store.write(ask)
        self.tools.jobs.bundle(bundle.id)
        return bundle

    def _make(self, bundle: Bundle, by: Person) -> None:
        telling = _Telling(self, bundle)
        with tempfile.TemporaryFile() as file:
            if bundle.kind is BundleKind.MONTH:
                with self.tools.store.reading() as records:
                    papers = papers_of(records, bundle.of)
                pack(papers, self.tools.files, file, telling)
                name, media_type = f"dokumen-{bundle.of}.zip", "application/zip"
            else:
                bound = (
                    self._of_ticket(bundle, by, telling)
                    if bundle.kind is BundleKind.TICKET
                    else self._of_forms(telling)
                )
                file.write(self.printer.joined(bound))
                name = f"dokumen-{bundle.of.replace('/', '-') or 'kosong'}.pdf"
                media_type = "application/pdf"
            file.seek(0)
            digest, size = self.tools.files.keep(file, most=MOST_BYTES)
        self._keep(
            replace(
                telling.bundle,
                state=Stage.DONE,
                done=telling.bundle.parts,
                name=name,
                media_type=media_type,
                digest=digest,
                size=size,
            )
        )

    def _of_ticket(self, bundle: Bundle, by: Person, tell: Telling) -> Bound:
        with self.tools.store.reading() as records:
            slips = _valid(records, by, bundle.of)
        parts = []
        for at, slip in enumerate(slips):
            tell(at, len(slips))
            content = frozen(self.tools.files, slip.issued)
            parts.append((f"{slip.issued.title} {slip.issued.number}", content))
        return Bound(
            f"Dokumen tiket {bundle.of}",
            tuple(parts),
            (_COPY,),
        )

    def _of_forms(self, tell: Telling) -> Bound:
        with self.tools.store.reading() as records:
            settings = settings_of(records)
        material, parts = Material(zone=self.tools.calendar.zone), []
        for at, kind in enumerate(PaperKind):
            tell(at, len(PaperKind))
            paper = make(kind, material, settings, None)
            parts.append((kind.label, self.printer.pdf(paper)))
        return Bound("Formulir kosong", tuple(parts))

    def _keep(self, bundle: Bundle) -> None:
        self.tools.store.write(lambda records: records.bundles.put(bundle.id, bundle))


Telling = Callable[[int, int], None]


@dataclass(slots=True)
class _Telling:
    """Writes down how far a bundle is, at most a hundred times."""

    desk: BundleDesk
    bundle: Bundle

    def __call__(self, done: int, parts: int) -> None:
        if parts != self.bundle.parts or done * 100 // parts > self.bundle.done * 100 // parts:
            self.bundle = replace(self.bundle, done=done, parts=parts)
            self.desk._keep(self.bundle)  # noqa: SLF001 - a part of the desk


def _begin(records: Records, key: str) -> tuple[Bundle, Person] | None:
    """Begin with a bundle; None where there is nothing to do, or nobody any more for whom."""
    bundle = records.bundles.get(key)
    if bundle is None or not bundle.unfinished:
        return None
    by = records.people.get(bundle.by)
    begun = bundle.begun() if by.active else bundle.failed(N_("Akun peminta sudah tidak dipakai."))
    records.bundles.put(key, begun)
    return (begun, by) if begun.unfinished else None


def _valid(records: Records, by: Person, number: str) -> list[Slip]:
    """Return the valid papers of a ticket that a person may see, in the order of the procedure. Raises NotFound."""
    ticket = visible(records, by, number)
    order = list(PaperKind)
    slips = [
        slip
        for slip in slips_of(records, number)
        if slip.standing is Standing.VALID
        and may(by, deed_to_see(PaperKind(slip.issued.kind)), ticket.agency)
    ]
    return sorted(
        slips, key=lambda slip: (order.index(PaperKind(slip.issued.kind)), slip.issued.at)
    )
