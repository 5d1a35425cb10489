"""Somebody in front of a Plone site, without a browser: reads pages, fills in forms, follows nothing by itself."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import requests

_PATIENCE = 120


class _Main(HTMLParser):
    """Keeps what a page says in its main part, its links, and the fields of the form that is posted."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.fields: dict[str, str] = {}
        self._posting = False
        self._in_main = self._silent = 0
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_main += tag in {"main", "article"}
        self._silent += tag in {"script", "style"}
        if not self._in_main:
            return
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self._posting = given.get("method", "").lower() == "post"
        if not self._posting:
            return
        if tag == "input" and given.get("type") not in {"file", "submit"}:
            self.fields[given.get("name", "")] = given.get("value", "")
        if tag == "select":
            self._select = given["name"]
            self.fields[self._select] = ""
        if tag == "option" and "selected" in given:
            self.fields[self._select] = given.get("value", "")
        if tag == "textarea":
            self._area = given["name"]
            self.fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        self._in_main -= tag in {"main", "article"}
        self._silent -= tag in {"script", "style"}
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data
        if self._in_main and not self._silent:
            self.words.append(data)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it was shown.

    Attributes:
        says: The words of its main part, with single spaces.
        links: Where links in it lead.
        fields: What stands in the form that is posted, hidden fields too.
    """

    status: int
    url: str
    source: str
    says: str
    links: tuple[str, ...]
    fields: dict[str, str]

    def wrong(self, name: str) -> str:
        """Return what stands at a field as wrong."""
        found = re.search(rf'id="{name}-wrong"[^>]*>([^<]*)<', self.source)
        return html.unescape(found[1]).strip() if found else ""


@dataclass
class Reader:
    """Somebody, signed in with a password or not."""

    url: str
    user: tuple[str, str] | None = None
    session: requests.Session = field(default_factory=requests.Session, repr=False)

    def __post_init__(self) -> None:
        self.session.trust_env = False
        self.session.auth = self.user

    def go(self, path: str = "", **query: str) -> Shown:
        """Open a page below the site."""
        return self._shown(self.session.get(f"{self.url}/{path}", params=query, timeout=_PATIENCE))

    def send(self, page: Shown, files: list[Any] = (), **changes: str) -> Shown:
        """Fill in the form of a page and send it; `files` are (name, content, kind)."""
        told = {**page.fields, **changes}
        parts = [("attachments", one) for one in files]
        address = page.url.split("?")[0]
        return self._shown(
            self.session.post(address, data=told, files=parts or None, timeout=_PATIENCE)
        )

    def _shown(self, answer: requests.Response) -> Shown:
        main = _Main()
        main.feed(answer.text)
        return Shown(
            answer.status_code,
            answer.url,
            answer.text,
            " ".join(" ".join(main.words).split()),
            tuple(main.links),
            main.fields,
        )
