"""The Plone sites that an office publishes to: opened one at a time, each with its own account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from pulih.domain.edition import Case, Edition
from pulih.domain.plone.page import Wanted
from pulih.domain.plone.target import Target
from pulih.ports import Clock
from pulih.publish.plone.contact import learn
from pulih.publish.plone.ground import Content, Ground
from pulih.publish.plone.link import Link, Patience
from pulih.publish.plone.pages import Around, pages
from pulih.publish.plone.signed import Account, SignedLink
from pulih.publish.plone.site import RestSite


@dataclass(frozen=True, slots=True)
class RestSites:
    """Implements `ports.PloneSites` over plone.restapi.

    Attributes:
        unseal: Opens a target's secret. Raises Unavailable.
        content: Gives the content of a file of a page. Raises NotFound, Unavailable.
        wiki: The address of the office's wiki, empty where nobody said.
        digest: As `ports.Publisher.digest`.
        printer: Tells what cases are printed with.
    """

    unseal: Callable[[str], str]
    content: Content
    wiki: str
    digest: Callable[[Case], str]
    now: Clock
    printer: Callable[[], str] = str
    patience: Patience = field(default_factory=Patience)

    @contextmanager
    def open(self, target: Target) -> Iterator[RestSite]:
        """Sign in, and make sure who one is; see `ports.PloneSites`."""
        with closing(Link(target.url, self.patience)) as link:
            account = Account(target.user, self.unseal(target.secret))
            signed = SignedLink(link, account, self.now)
            contact, base = learn(signed, target.root)
            ground = Ground(
                link=signed,
                base=base,
                root=target.root,
                face=contact.face,
                audience=target.audience,
                content=self.content,
                numbered=contact.ticket_number,
            )
            yield RestSite(ground, contact)

    def wanted(
        self, edition: Edition, target: Target, *, desk: str, shorts: Mapping[str, str]
    ) -> Sequence[Wanted]:
        """Return the pages that are to stand there; see `ports.PloneSites`."""
        digests = {case.number: self.digest(case) for case in edition.cases}
        printer = self.printer() if target.printed else ""
        return pages(edition, digests, target, Around(self.wiki, desk, shorts, printer))
