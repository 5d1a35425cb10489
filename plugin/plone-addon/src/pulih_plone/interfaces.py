"""The layer that tells whether the add-on is installed in a site, and what is set up there."""

from __future__ import annotations

from zope.interface import Interface
from zope.publisher.interfaces.browser import IDefaultBrowserLayer
from zope.schema import ASCIILine, Int, TextLine

from pulih_plone.words import _

MOST_FILES = 5  # what the desk takes, at most
MOST_MEGABYTES = 10


class IPulihLayer(IDefaultBrowserLayer):
    """Marks requests to a site where the add-on is installed."""


class IDeskSettings(Interface):
    """Records in plone.registry. The token is not among them: these can be read over REST."""

    desk_url = TextLine(title=_("Alamat meja"), default="", required=False)
    door = ASCIILine(title=_("Kode pintu"), default="", required=False)
    wiki_url = TextLine(title=_("Alamat wiki"), default="", required=False)
    timeout = Int(title=_("Batas waktu (detik)"), default=3, min=1, max=30)
    max_files = Int(title=_("Lampiran paling banyak"), default=3, min=0, max=MOST_FILES)
    max_megabytes = Int(title=_("Besar satu lampiran (MB)"), default=5, min=1, max=MOST_MEGABYTES)
