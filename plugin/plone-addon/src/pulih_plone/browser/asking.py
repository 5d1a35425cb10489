"""What all pages that ask the desk have in common."""

from __future__ import annotations

from datetime import date

from AccessControl import Unauthorized, getSecurityManager
from Products.Five import BrowserView
from zope.component import getMultiAdapter
from zope.i18n import translate
from zope.i18nmessageid import Message

from pulih_plone.desk.client import Desk
from pulih_plone.settings import connection
from pulih_plone.words import _

_MONTHS = (
    _("Januari"),
    _("Februari"),
    _("Maret"),
    _("April"),
    _("Mei"),
    _("Juni"),
    _("Juli"),
    _("Agustus"),
    _("September"),
    _("Oktober"),
    _("November"),
    _("Desember"),
)


class Asking(BrowserView):
    """A page, or a part of one, that asks the desk."""

    def guard(self) -> None:
        """Refuse who may not see the page this stands on: a view has a permission of its own.

        Raises:
            Unauthorized: Plone then asks to sign in.
        """
        if not getSecurityManager().checkPermission("View", self.context):
            raise Unauthorized("View")

    def may(self, permission: str) -> bool:
        return bool(getSecurityManager().checkPermission(permission, self.context))

    @property
    def may_report(self) -> bool:
        return self.may("pulih.plone: Report a network fault")

    @property
    def may_manage(self) -> bool:
        return self.may("pulih.plone: Manage the desk's connection")

    @property
    def anonymous(self) -> bool:
        state = getMultiAdapter((self.context, self.request), name="plone_portal_state")
        return bool(state.anonymous())

    @property
    def language(self) -> str:
        state = getMultiAdapter((self.context, self.request), name="plone_portal_state")
        return "id" if str(state.language()).startswith("id") else "en"

    @property
    def home(self) -> str:
        state = getMultiAdapter((self.context, self.request), name="plone_portal_state")
        return str(state.portal_url())

    def desk(self) -> Desk:
        return Desk(connection(), self.language)

    def link(self, url: str) -> str:
        """Return `url` if it leads to the desk or the wiki, else nothing."""
        return connection().link(url)

    def say(self, message: Message | str) -> str:
        return str(translate(message, context=self.request))

    def day(self, day: date | None) -> str:
        """Write a day out: 23 November 2026."""
        if day is None:
            return ""
        return f"{day.day} {self.say(_MONTHS[day.month - 1])} {day.year}"
