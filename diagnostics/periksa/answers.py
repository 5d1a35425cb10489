"""Reading the head of an HTTP response. Pure; any bytes may come in. RFC 9112."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from periksa.pages import Page

STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)(?:[ \t\r]|\Z)")
LENGTH = re.compile(r"\d{1,18}\Z", re.ASCII)
SHOWN = 200  # letters of a foreign header that are kept
REDIRECTS = (301, 302, 303, 307, 308)
NO_CONTENT = 204
SIGN_IN = 511  # RFC 6585: network authentication required
SUCCESS = range(200, 300)


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of a response.

    Attributes:
        status: As sent.
        location: Where it sends the reader, made printable; empty when nowhere.
        length: Bytes of the body that it promises, None when it does not say.
    """

    status: int
    location: str = ""
    length: int | None = None


def read(head: bytes) -> Answer | None:
    """The head of a response, up to its empty line; None when it is no HTTP."""
    found = STATUS.match(head)
    if found is None:
        return None
    fields: dict[str, str] = {}
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    location = "".join(letter for letter in fields.get("location", "") if " " <= letter <= "~")
    length = fields.get("content-length", "")
    status = int(found[1])
    known = int(length) if LENGTH.match(length) else None
    return Answer(status, location[:SHOWN], 0 if status == NO_CONTENT else known)


def meaning(page: Page, answer: Answer) -> str:
    """What an answer means: "ok", "portal" (somebody else wants a sign-in first) or "status"."""
    if answer.status == page.status:
        return "ok"
    elsewhere = answer.status in REDIRECTS and _host(page, answer) != page.host
    if answer.status == SIGN_IN or elsewhere:
        return "portal"
    if page.status == NO_CONTENT and answer.status in (*SUCCESS, *REDIRECTS):
        return "portal"  # nothing but a page where no page should be
    if page.status == 0 and answer.status in (*SUCCESS, *REDIRECTS):
        return "ok"
    return "status"


def _host(page: Page, answer: Answer) -> str:
    try:
        return urlsplit(urljoin(page.url, answer.location)).hostname or ""
    except ValueError:
        return ""
