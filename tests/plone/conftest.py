"""A Plone that answers, a root folder of a test's own, and the product's adapter signed in to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

import plone as plones
import pytest
from plone_pages import telling

from pulih.domain.plone.page import Attached, PageKind, Wanted
from pulih.domain.plone.target import Target
from pulih.domain.scrub import Audience
from pulih.errors import NotFound
from pulih.publish.plone.link import Patience
from pulih.publish.plone.sites import RestSites

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_QUICK = Patience(connect=5, silence=30, whole=60)


def pytest_collection_modifyitems(items):
    for item in items:
        if "plone" in item.fixturenames:
            item.add_marker(pytest.mark.plone)


@pytest.fixture(scope="session", autouse=True)
def _no_proxy():
    """Talk to this machine directly, whatever the environment names."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _PROXIES:
            patch.delenv(name, raising=False)
            patch.delenv(name.lower(), raising=False)
        yield


@pytest.fixture(scope="session")
def plone():
    """A server with the sites of `plones.SITES` and more, as they were made."""
    with plones.plone() as server:
        yield server


@pytest.fixture(params=["klasik", "volto"])
def site(request):
    """Each kind of site in turn."""
    return request.param


@dataclass
class Scene:
    """A root folder of one test's own on a site, and the adapter with the least rights that it needs.

    Attributes:
        files: What the adapter is given as the content of files, by id.
    """

    plone: plones.Plone
    site: str
    root: str
    now: Callable[[], datetime]
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def target(self) -> Target:
        """The site as a target of the office."""
        return Target(
            id=uuid4().hex,
            name="Situs uji",
            url=self.plone.url(self.site),
            user=plones.PUBLISHER[0],
            secret=plones.PUBLISHER[1],
            root=self.root,
            audience=Audience.PUBLIC,
        )

    @property
    def admin(self) -> plones.Hand:
        """The site's administrator."""
        return self.plone.admin(self.site)

    @property
    def person(self) -> plones.Hand:
        """Somebody who edits by hand."""
        return self.plone.person(self.site)

    @property
    def anybody(self) -> plones.Hand:
        """A visitor."""
        return self.plone.anybody(self.site)

    def sites(self, patience: Patience = _QUICK) -> RestSites:
        """Return the adapter; secrets are not sealed in these tests."""
        return RestSites(
            unseal=str,
            content=self._content,
            wiki="",
            digest=lambda case: case.digest,
            now=self.now,
            patience=patience,
        )

    def _content(self, _page: Wanted, one: Attached) -> bytes:
        if one.id not in self.files:
            raise NotFound("Berkas tidak ada.")
        return self.files[one.id]

    def open(self, target: Target | None = None, patience: Patience = _QUICK):
        """Sign in."""
        return self.sites(patience).open(target or self.target)

    def container(self, name: str, kind: PageKind = PageKind.AGENCY) -> Wanted:
        """Return a page that holds others."""
        return Wanted(
            key=f"opd/{name}", kind=kind, parent="root", id=name, title=f"OPD {name}",
            description="Kasus dari OPD ini.", digest=f"d-{name}", agency=name,
        )  # fmt: skip

    def with_photo(self, page: Wanted, content: bytes) -> Wanted:
        """Return a page with one photograph more, and keep its content."""
        name = f"{page.id}-{len(page.attached) + 1}.jpg"
        self.files[name] = content
        one = Attached(name, image=True, title="Panel", media_type="image/jpeg", digest=uuid4().hex)
        return telling(replace(page, attached=(*page.attached, one), digest=uuid4().hex), page)


@pytest.fixture(scope="session")
def scene_on():
    """Make an empty root folder on a site of a server."""

    def make(plone, site):
        name = f"uji-{uuid4().hex[:12]}"
        return Scene(plone, site, plone.root(site, name), lambda: datetime.now(UTC))

    return make


@pytest.fixture
def scene(plone, site):
    """An empty root folder on each kind of site."""
    return Scene(plone, site, plone.corner(site), lambda: datetime.now(UTC))
