"""Installed it is all there; uninstalled nothing is left."""

from __future__ import annotations

import pytest
from plone.base.utils import get_installer
from plone.browserlayer.utils import registered_layers
from plone.registry.interfaces import IRegistry
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility

from pulih_plone.interfaces import IPulihLayer
from pulih_plone.settings import keep_token, token
from pulih_plone.setup import PERMISSIONS

PROFILE = "pulih_plone:default"


def told(site):
    """Return everything that a profile of ours could have touched."""
    catalog = site.portal_catalog
    return {
        "records": {key: repr(rec.value) for key, rec in getUtility(IRegistry).records.items()},
        "indexes": sorted(catalog.indexes()),
        "columns": sorted(catalog.schema()),
        "layers": sorted(layer.__identifier__ for layer in registered_layers()),
        "actions": sorted(site.portal_actions.user.objectIds()),
        "panels": sorted(one.id for one in site.portal_controlpanel.listActions()),
        "behaviours": {one: site.portal_types[one].behaviors for one in ("Document", "Folder")},
        "annotations": sorted(IAnnotations(site)),
        "permissions": {
            name: (site.acquiredRolesAreUsedBy(name), site.rolesOfPermission(name))
            for name in PERMISSIONS
        },
        "attributes": sorted(vars(site)),
    }


def test_it_is_offered_under_its_own_name(site, request_):
    installer = get_installer(site, request_)

    assert installer.is_product_installable("pulih_plone")
    assert installer.get_install_profile("pulih_plone")["id"] == PROFILE
    assert installer.get_uninstall_profile("pulih_plone")["id"] == "pulih_plone:uninstall"


def test_installed_all_of_it_is_there(installed):
    now = told(installed)

    assert "ticket_number" in now["indexes"]
    assert "ticket_number" in now["columns"]
    assert IPulihLayer.__identifier__ in now["layers"]
    assert "pulih_report" in now["actions"]
    assert "pulih_plone" in now["panels"]
    assert "pulih_plone.agency" in now["behaviours"]["Folder"]
    assert "pulih_plone.ticket" in now["behaviours"]["Document"]
    assert any(key.startswith("pulih_plone.interfaces.IDeskSettings.") for key in now["records"])


def test_uninstalled_nothing_is_left_behind(site, request_):
    before = told(site)
    installer = get_installer(site, request_)
    assert installer.install_product("pulih_plone")
    keep_token("rahasia")
    site.manage_permission(PERMISSIONS[1], roles=["Editor"], acquire=0)
    assert told(site) != before

    assert installer.uninstall_product("pulih_plone")

    after = told(site)
    assert {key: after[key] for key in after if after[key] != before[key]} == {}
    assert token() == ""
    assert not installer.is_product_installed("pulih_plone")


def test_installing_it_twice_changes_nothing(installed, setup_tool):
    before = told(installed)

    setup_tool.runAllImportStepsFromProfile(f"profile-{PROFILE}")

    assert told(installed) == before


def test_installing_it_anew_keeps_what_was_set(installed, setup_tool):
    getUtility(IRegistry)["pulih_plone.interfaces.IDeskSettings.timeout"] = 7

    setup_tool.runAllImportStepsFromProfile(f"profile-{PROFILE}")

    assert getUtility(IRegistry)["pulih_plone.interfaces.IDeskSettings.timeout"] == 7


def test_its_version_is_the_profiles(installed, request_):
    installer = get_installer(installed, request_)

    assert installer.upgrade_info("pulih_plone")["installedVersion"] == "1000"
    assert not installer.upgrade_info("pulih_plone")["required"]


def test_pages_that_had_a_number_are_found_again_after_installing_it_anew(installed, request_):
    installed.invokeFactory("Document", "kasus", title="Kasus", ticket_number="2026-0042")
    installer = get_installer(installed, request_)
    installer.uninstall_product("pulih_plone")
    installer.install_product("pulih_plone")

    found = installed.portal_catalog(ticket_number="2026-0042")
    assert [brain.getId for brain in found] == ["kasus"]
    assert found[0].ticket_number == "2026-0042"


@pytest.mark.parametrize("kind", ["Document", "Folder"])
def test_a_number_is_found_and_is_the_pages_own(installed, kind):
    installed.invokeFactory("Folder", "luar", title="Luar", ticket_number="2026-0001")
    installed.luar.invokeFactory(kind, "dalam", title="Dalam")

    found = installed.portal_catalog(ticket_number="2026-0001")
    assert [brain.getId for brain in found] == ["luar"]
