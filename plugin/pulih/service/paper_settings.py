"""What the office decides about its papers: letterhead, seats, sheets and numbers, with a sample of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pulih.domain.authority import Deed, require
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.papers.stored import to_document
from pulih.domain.papers.typed import read
from pulih.domain.people import Person
from pulih.errors import Conflict, Invalid, Problem, Unavailable
from pulih.ports import Printer, Records, Tools
from pulih.service.papers_material import SETTINGS, settings_of
from pulih.wording import Sentence, sentence

MOST_ARMS = 5 * 1024 * 1024
_ARMS = "arms"


@dataclass(frozen=True, slots=True)
class PaperSettingsDesk:
    """Keeps the settings of papers. Issued papers do not follow them: those are frozen."""

    tools: Tools
    printer: Printer

    def show(self, by: Person) -> PaperSettings:
        """Return what is decided now. Raises NotAllowed for all but administrators."""
        require(by, Deed.KEEP_OFFICE)
        with self.tools.store.reading() as records:
            return settings_of(records)

    def engine(self, by: Person) -> tuple[str, Sentence | None]:
        """Return what prints here; or nothing, and what to do about it. Raises NotAllowed as `show`."""
        require(by, Deed.KEEP_OFFICE)
        try:
            return self.printer.name, None
        except Unavailable as error:
            return "", error.sentence

    def save(self, by: Person, typed: Mapping[str, str], *, seen: int) -> PaperSettings:
        """Keep what was typed; fields that are not in the form stay as they are.

        Args:
            seen: The version that the person was looking at.

        Raises:
            NotAllowed: As `show`.
            Invalid: With a problem for each field that does not fit.
            Conflict: Somebody else saved meanwhile.
        """
        return self._change(by, seen, lambda before: read(typed, before))

    def take_arms(self, by: Person, picture: bytes, *, seen: int) -> PaperSettings:
        """Keep the coat of arms: made anew, so that nothing but its pixels is kept. Raises as `save`."""
        require(by, Deed.KEEP_OFFICE)
        if len(picture) > MOST_ARMS:
            said = sentence(
                "Gambar lambang paling besar {most} MB. Perkecil dahulu.", most=MOST_ARMS // 1024**2
            )
            raise Invalid([Problem(_ARMS, said)])
        source = self.printer.photo(picture)
        if source is None:
            said = sentence("Ini bukan gambar JPEG atau PNG yang dapat dibaca. Pilih berkas lain.")
            raise Invalid([Problem(_ARMS, said)])
        return self._change(by, seen, lambda before: replace(before, arms=source))

    def drop_arms(self, by: Person, *, seen: int) -> PaperSettings:
        """Print no coat of arms from now on. Raises as `save`."""
        return self._change(by, seen, lambda before: replace(before, arms=""))

    def page(self, by: Person, kind: PaperKind, typed: Mapping[str, str]) -> str:
        """Return the HTML of a sample as it would look with what is typed; nothing is kept.

        Raises:
            NotAllowed: As `show`.
            Invalid: With a problem for each field that does not fit.
        """
        return self.printer.page(self.printer.sample(kind, read(typed, self.show(by))))

    def pdf(self, by: Person, kind: PaperKind) -> bytes:
        """Return a sample as a PDF, with the settings that are kept.

        Raises:
            NotAllowed: As `show`.
            Unavailable: It cannot be printed; the sentence says why.
        """
        return self.printer.pdf(self.printer.sample(kind, self.show(by)))

    def _change(
        self, by: Person, seen: int, change: Callable[[PaperSettings], PaperSettings]
    ) -> PaperSettings:
        require(by, Deed.KEEP_OFFICE)

        def keep(records: Records) -> PaperSettings:
            before = settings_of(records)
            if before.version != seen:
                raise Conflict(
                    "Setelan dokumen sudah diubah orang lain sejak Anda membukanya. "
                    "Lihat keadaannya sekarang, lalu simpan lagi bila masih perlu.",
                    now=before.version,
                )
            after = change(before)
            if after != before:
                after = replace(after, version=before.version + 1)
                records.settings.put(SETTINGS, to_document(after))
            return after

        return self.tools.store.write(keep)
