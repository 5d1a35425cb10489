"""`@@lapor-gangguan`: a letter to the desk, from somebody whom this site knows."""

from __future__ import annotations

import secrets

from zope.component import getMultiAdapter
from zope.i18nmessageid import Message

from pulih_plone import letter
from pulih_plone.agency import agency_around
from pulih_plone.attachments import Attachment, Unfit, accepted, uploads
from pulih_plone.browser.asking import Asking
from pulih_plone.desk.answers import Agency, Receipt, Site
from pulih_plone.desk.errors import Away, DeskError, NotConnected, Refused
from pulih_plone.saying import to_visitors
from pulih_plone.settings import connection, settings
from pulih_plone.words import _


class ReportPage(Asking):
    """The form; after it, the receipt."""

    fields = letter.FIELDS
    site_label = _("Lokasi terdaftar")
    files_label = _("Lampiran")
    receipt: Receipt | None = None
    sorry = ""
    agencies: tuple[Agency, ...] = ()
    sites: tuple[Site, ...] = ()
    agency_name = ""

    def __call__(self) -> str:
        """Show the form, or take the letter to the desk."""
        self.guard()
        self.request.response.setHeader("Cache-Control", "no-store")
        form = self.request.form
        self.around = agency_around(self.context)
        self.typed = letter.read(form)
        self.wrong: dict[str, Message | str] = {}
        self.chose_files = False
        given = form.get("submission", "")
        fits = isinstance(given, str) and letter.is_submission(given)
        self.submission = given if fits else secrets.token_hex(16)
        if self.around:
            self.typed["agency"] = self.around
        if self.request.method == "POST":
            self._send()
        if self.receipt is None:
            self._offer()
        return str(self.index())

    @property
    def possible(self) -> bool:
        """Whether there is any use in filling the form in."""
        return connection().whole and bool(
            self.around or self.agencies or self.request.method == "POST"
        )

    @property
    def sender(self) -> str:
        """The name of who is signed in, as this site has it."""
        state = getMultiAdapter((self.context, self.request), name="plone_portal_state")
        member = state.member()
        return str(member.getProperty("fullname", "") or member.getUserName())[:100]

    @property
    def most_files(self) -> int:
        return int(settings().max_files)

    @property
    def files_hint(self) -> Message:
        return _(
            "PDF, JPEG, atau PNG; paling banyak ${n} berkas, masing-masing paling besar ${mb} MB.",
            mapping={"n": str(settings().max_files), "mb": str(settings().max_megabytes)},
        )

    def _offer(self) -> None:
        """Ask which OPDs there are, or which places this OPD has."""
        try:
            if self.around:
                told = self.desk().overview(self.around)
                self.agency_name, self.sites = told.agency.name, told.sites
            else:
                self.agencies = self.desk().agencies()
        except DeskError as error:
            self.sorry = self.sorry or self.say(to_visitors(error))
        if not self.agencies and self.typed["agency"] and not self.around:
            self.agencies = (Agency(self.typed["agency"], self.typed["agency"]),)

    def _send(self) -> None:
        files, genuine = self._files(), self._genuine()
        if not genuine:
            self.sorry = self.say(_("Formulir ini sudah terlalu lama terbuka. Kirim sekali lagi."))
            return
        self.wrong.update(letter.problems(self.typed))
        if self.wrong:
            self.sorry = self.say(_("Surat belum terkirim. Perbaiki isian yang ditandai."))
            return
        try:
            self.receipt = self.desk().hand_in(self._letter(files))
        except Refused as error:
            self._blame(error)
        except NotConnected as error:
            self.sorry = self.say(to_visitors(error))
        except Away:
            self.sorry = self.say(
                _(
                    "Meja gangguan tidak menjawab, jadi belum pasti surat diterima. Kirim sekali"
                    " lagi beberapa menit lagi: surat yang sama tidak akan tercatat dua kali."
                )
            )

    def _genuine(self) -> bool:
        """Whether the form came from this site, by who is signed in."""
        return bool(getMultiAdapter((self.context, self.request), name="authenticator").verify())

    def _files(self) -> list[Attachment]:
        files = uploads(self.request.form.get("attachments"))
        self.chose_files = bool(files)
        try:
            return accepted(files, int(settings().max_files), int(settings().max_megabytes))
        except Unfit as error:
            self.wrong["attachments"] = error.sentence
            return []

    def _letter(self, files: list[Attachment]) -> dict[str, object]:
        typed = {name: value for name, value in self.typed.items() if value}
        told = {"submission": self.submission, "sender": self.sender, **typed}
        return {**told, "attachments": [file.told() for file in files]} if files else told

    def _blame(self, error: Refused) -> None:
        """Show what the desk says at the fields it says it of, and the rest above the form."""
        self.wrong.update(
            {name: said for name, said in error.fields.items() if name in letter.NAMES}
        )
        rest = [said for name, said in error.fields.items() if name not in letter.NAMES]
        above = error.sentence or self.say(to_visitors(error))
        self.sorry = " ".join([above, *rest])
