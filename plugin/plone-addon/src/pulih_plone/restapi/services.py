"""`@gangguan-opd` and `@cari-gangguan`: what the pages of the same names show, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from plone.restapi.services import Service

from pulih_plone.agency import agency_around
from pulih_plone.browser.asking import Asking
from pulih_plone.desk.client import QUERY
from pulih_plone.desk.errors import DeskError
from pulih_plone.saying import to_visitors

_UNAVAILABLE = 503


class _Answer(Service, Asking):
    """An answer that comes whatever the desk does."""

    def reply(self) -> dict[str, Any]:
        """Return it; 503 with a sentence where the desk does not answer."""
        self.guard()
        told: dict[str, Any] = {"@id": self.request["ACTUAL_URL"]}
        try:
            return told | self.ask()
        except DeskError as error:
            self.request.response.setStatus(_UNAVAILABLE)
            return told | {"message": self.say(to_visitors(error))}

    def ask(self) -> dict[str, Any]:
        raise NotImplementedError

    def text(self, name: str, limit: int) -> str:
        value = self.request.form.get(name, "")
        return " ".join(value.split())[:limit] if isinstance(value, str) else ""

    def plain(self, value: Any) -> Any:  # noqa: ANN401  whatever `asdict` gives
        """Return it as JSON has it; an address that leads elsewhere is left empty."""
        if isinstance(value, dict):
            return {
                name: self.link(one) if name == "url" else self.plain(one)
                for name, one in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.plain(one) for one in value]
        return value.isoformat() if isinstance(value, date) else value


class Overview(_Answer):
    """Of the OPD whose folder this is; else, of `?opd=`; else, all OPDs."""

    def ask(self) -> dict[str, Any]:
        agency = agency_around(self.context) or self.text("opd", 80)
        if not agency:
            return {"agencies": [self.plain(asdict(one)) for one in self.desk().agencies()]}
        told = self.plain(asdict(self.desk().overview(agency)))
        return {name: told[name] for name in ("agency", "waiting", "open", "cases")}


class Search(_Answer):
    """Of `?q=`."""

    def ask(self) -> dict[str, Any]:
        query = self.text("q", QUERY)
        if not query:
            return {"query": "", "results": [], "more": 0}
        found = self.desk().search(query)
        results = [
            {**self.plain(asdict(hit.case)), "agency": hit.agency, "passage": hit.passage}
            for hit in found.hits
        ]
        return {"query": query, "results": results, "more": found.more}
