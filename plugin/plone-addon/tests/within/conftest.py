"""A Plone in this process, made once; each test finds it as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from plone.app.testing import (
    PLONE_FIXTURE,
    SITE_OWNER_NAME,
    IntegrationTesting,
    PloneSandboxLayer,
    login,
)
from zope.interface import alsoProvides

import pulih_plone
from pulih_plone.interfaces import IPulihLayer
from pulih_plone.settings import keep_token, settings


class _Loaded(PloneSandboxLayer):
    defaultBases = (PLONE_FIXTURE,)  # noqa: N815 - the name that Plone looks for

    def setUpZope(self, _app, _context):
        self.loadZCML(package=pulih_plone)


_LOADED = _Loaded()
_LAYER = IntegrationTesting(bases=(_LOADED,), name="pulih.plone")


def _bases_first(layer) -> list:
    found = []
    for base in layer.__bases__:
        found += [one for one in _bases_first(base) if one not in found]
    return [*found, layer]


@pytest.fixture(scope="session")
def plone() -> Iterator[list]:
    layers = _bases_first(_LAYER)
    for layer in layers:
        layer.setUp()
    yield layers
    for layer in reversed(layers):
        layer.tearDown()


@pytest.fixture
def site(plone) -> Iterator:
    """The site, without the add-on; its owner is signed in."""
    for layer in plone:
        layer.testSetUp()
    login(_LAYER["app"], SITE_OWNER_NAME)
    yield _LAYER["portal"]
    for layer in reversed(plone):
        layer.testTearDown()


@pytest.fixture
def request_(site):
    return _LAYER["request"]


@pytest.fixture
def setup_tool(site):
    return site.portal_setup


@pytest.fixture
def installed(site, request_, setup_tool):
    """The site with the add-on."""
    setup_tool.runAllImportStepsFromProfile("profile-pulih_plone:default")
    alsoProvides(request_, IPulihLayer)
    return site


@pytest.fixture
def connected(installed, connection):
    """The site with the add-on, which knows its desk."""
    kept = settings()
    kept.desk_url, kept.door, kept.timeout = connection.url, connection.door, 1
    keep_token(connection.token)
    return installed
