"""An OPD's open tickets and newest cases: a page, and a part of the OPD's own page."""

from __future__ import annotations

from plone.app.layout.viewlets import ViewletBase

from pulih_plone.agency import agency_around, own_agency, stands_for_agency
from pulih_plone.browser.asking import Asking
from pulih_plone.desk.answers import Agency, Overview
from pulih_plone.desk.errors import DeskError
from pulih_plone.saying import to_visitors

_FEW = 5  # of each, on the OPD's own page


class OverviewPage(Asking):
    """`@@gangguan-opd`: of the OPD whose folder this is, or of the one that is chosen."""

    few = None
    told: Overview | None = None
    sorry = ""
    agencies: tuple[Agency, ...] = ()

    def __call__(self) -> str:
        """Ask, then show; the page comes whatever the desk does."""
        self.guard()
        self.around = agency_around(self.context)
        chosen = self.request.form.get("opd", "")
        self.agency = self.around or (chosen if isinstance(chosen, str) else "")[:80]
        try:
            if self.agency:
                self.told = self.desk().overview(self.agency)
            else:
                self.agencies = self.desk().agencies()
        except DeskError as error:
            self.sorry = self.say(to_visitors(error))
        return str(self.index())


class OverviewViewlet(Asking, ViewletBase):
    """Below the text of an OPD's folder: the newest few."""

    few = _FEW
    told: Overview | None = None
    sorry = ""

    def __init__(self, context: object, request: object, view: object, manager: object) -> None:
        """Begin as a viewlet does, which is not how a page does."""
        ViewletBase.__init__(self, context, request, view, manager)

    @property
    def available(self) -> bool:
        may = self.may("pulih.plone: View network faults")
        return may and stands_for_agency(self.context)

    def update(self) -> None:
        """Ask the desk, once for all that is shown."""
        super().update()
        if not self.available:
            return
        self.agency = own_agency(self.context)
        try:
            self.told = self.desk().overview(self.agency)
        except DeskError as error:
            self.sorry = self.say(to_visitors(error))

    def render(self) -> str:
        """Show it; nothing where this is no OPD's folder."""
        return str(self.index()) if self.available else ""
