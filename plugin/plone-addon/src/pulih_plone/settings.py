"""What the administrator has set, and the connection that follows from it."""

from __future__ import annotations

from plone.registry.interfaces import IRegistry
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.component.hooks import getSite

from pulih_plone.desk.connection import Connection
from pulih_plone.interfaces import IDeskSettings

_TOKEN = "pulih_plone.token"  # noqa: S105  where it is kept, not what it is


def settings() -> IDeskSettings:
    """Return the records of this site, to be read and written."""
    kept: IDeskSettings = getUtility(IRegistry).forInterface(IDeskSettings, check=False)
    return kept


def connection() -> Connection:
    """Return the connection of this site, whole or not."""
    kept = settings()
    return Connection(
        url=(kept.desk_url or "").rstrip("/"),
        door=kept.door or "",
        token=token(),
        timeout=float(kept.timeout),
        wiki=(kept.wiki_url or "").rstrip("/"),
    )


def token() -> str:
    """Return the secret of the door, or nothing."""
    return str(IAnnotations(getSite()).get(_TOKEN, ""))


def keep_token(plain: str) -> None:
    """Keep the secret. Beside the registry, because whoever may look there would see it."""
    IAnnotations(getSite())[_TOKEN] = plain


def forget_token() -> None:
    IAnnotations(getSite()).pop(_TOKEN, None)
