"""What HTTP caching may go by, where a site has it on: a page with tickets is another each minute."""

from __future__ import annotations

import time

from plone.app.caching.interfaces import IETagValue
from zope.component import adapter
from zope.interface import Interface, implementer

from pulih_plone.desk.holding import FRESH


@implementer(IETagValue)
@adapter(Interface, Interface)
class Minute:
    """A component of ETags; a site's administrator names it, `pulih`, among those of folder views."""

    def __init__(self, _published: object, _request: object) -> None:
        """Take what every component is given."""

    def __call__(self) -> str:
        """Return what changes as often as the desk is asked."""
        return str(int(time.time() // FRESH))
