"""`@@cari-gangguan`: the desk's search, asked by this server and never by a visitor's browser."""

from __future__ import annotations

from pulih_plone.browser.asking import Asking
from pulih_plone.desk.answers import Found
from pulih_plone.desk.client import QUERY
from pulih_plone.desk.errors import DeskError
from pulih_plone.saying import to_visitors


class SearchPage(Asking):
    """A box, and what was found."""

    query = ""
    found: Found | None = None
    sorry = ""

    def __call__(self) -> str:
        """Search, if something is searched for."""
        self.guard()
        asked = self.request.form.get("q", "")
        self.query = " ".join(asked.split())[:QUERY] if isinstance(asked, str) else ""
        if self.query:
            try:
                self.found = self.desk().search(self.query)
            except DeskError as error:
                self.sorry = self.say(to_visitors(error))
        return str(self.index())
