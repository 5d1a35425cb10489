"""What installing and uninstalling do beyond their profiles."""

from __future__ import annotations

from Acquisition import aq_base
from plone.base.interfaces import INonInstallable
from Products.CMFCore.utils import getToolByName
from Products.GenericSetup.tool import SetupTool
from zope.component.hooks import getSite
from zope.interface import implementer

from pulih_plone.settings import forget_token

PERMISSIONS = ("pulih.plone: View network faults", "pulih.plone: Report a network fault")


@implementer(INonInstallable)
class HiddenProfiles:
    """Profiles that nobody is offered."""

    def getNonInstallableProfiles(self) -> list[str]:
        return ["pulih_plone:uninstall"]


def installed(_tool: SetupTool) -> None:
    """Take into the catalogue what pages say from an earlier time; no profile does that."""
    catalog = getToolByName(getSite(), "portal_catalog")
    for brain in catalog.unrestrictedSearchResults(portal_type=["Document", "Folder"]):
        page = brain._unrestrictedGetObject()  # noqa: SLF001  Plone's way to read past rights
        if getattr(aq_base(page), "ticket_number", ""):
            catalog.catalog_object(page, idxs=["ticket_number"], update_metadata=True)


def uninstalled(_tool: SetupTool) -> None:
    """Remove what no profile can: the secret, and who was given our permissions."""
    forget_token()
    site = getSite()
    for name in PERMISSIONS:
        site.manage_permission(name, roles=[], acquire=1)
