"""A link that knows who it is: signs in, makes sure of it, and is never taken for nobody without noticing.

Plone answers a reader whose token it does not take as it answers anybody: what is private then looks as if it were
not there. So who we are is asked after each signing in, and again wherever that would explain what was answered.
"""

from __future__ import annotations

import base64
import json
import random
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeGuard

from pulih.errors import Refused, Unavailable
from pulih.ports import Clock
from pulih.publish.plone.link import Answer, Link
from pulih.wording import N_

_CONFLICTS = 5  # times that a write is sent again after others were at the same records
_FIRST_WAIT = 0.2  # seconds; doubled each time
_EARLY = timedelta(hours=1)  # before its end, a token is renewed
_MOST_TOKEN = 8192
_MOST_ID = 200
_JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)  # RFC 7519
_NOT_THERE = "Use REST API"  # what Zope says above its sites, where nobody may ask anything

_WRONG = N_(
    "{url} menolak nama atau kata sandi pengguna {user}. Perbaiki keduanya di setelan target ini."
)
_NOT_ACTIVE = N_(
    "Di {url} add-on plone.restapi belum aktif. Minta pengelola situs mengaktifkannya di Pengaturan Situs → Add-ons."
)
_NO_SITE = N_("Di {url} tidak ada situs Plone. Periksa alamat target sampai nama situsnya.")
_NO_API = N_(
    "{url} menjawab dengan halaman web, bukan data. Periksa alamat target; untuk situs Volto, pakai alamat yang "
    "berakhir dengan /++api++."
)
_NO_TOKEN = N_(
    "Token untuk {url} bukan token JWT dari Plone. Buat token baru, atau isi pengguna dan kata sandi."
)
_EXPIRED = N_(
    "Token untuk {url} tidak berlaku lagi. Buat token baru, atau isi pengguna dan kata sandi agar diperbarui sendiri."
)
_NOBODY = N_(
    "{url} menerima kata sandi, tetapi lalu tidak mengenali pengguna {user}. Hubungi pengelola situs; "
    "tidak ada yang ditulis."
)
_ODD = N_("{url} menjawab {said} ketika dimintai tanda masuk. Periksa alamat target dan log Plone.")


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in: `user` is empty where `secret` is a token."""

    user: str
    secret: str


class SignedLink:
    """A `Link` of a user. `me` is their identifier on the site."""

    def __init__(self, link: Link, account: Account, now: Clock) -> None:
        """Sign in. Raises Unavailable, Refused."""
        self._link, self._account, self._now = link, account, now
        self.url = link.url
        self._token, self._until = "", datetime.max.replace(tzinfo=UTC)
        self.me, self.name = "", ""
        self._sign_in()

    def get(self, path: str, query: Sequence[tuple[str, str]] = ()) -> Answer:
        """Read something; see `ask`."""
        return self.ask("GET", path, query=query)

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Make or do something; see `ask`."""
        return self.ask("POST", path, body)

    def patch(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Change something; see `ask`."""
        return self.ask("PATCH", path, body)

    def delete(self, path: str) -> Answer:
        """Remove something; see `ask`."""
        return self.ask("DELETE", path)

    def anonymous(self, path: str) -> Answer:
        """Read something as anybody would."""
        return self._link.ask("GET", path)

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Sequence[tuple[str, str]] = (),
    ) -> Answer:
        """Ask the site as the user, again where others wrote at the same moment: nothing of it was done then.

        A 401 that comes back is a lack of rights: who we are was made sure of.

        Raises:
            Unavailable: As `Link.ask`.
            Refused: The site does not know us any more.
        """
        if self._now() > self._until:
            self._renew()
        answer = self._patiently(method, path, body, query)
        if answer.status == HTTPStatus.UNAUTHORIZED and not self._is_known():
            self._sign_in()
            answer = self._patiently(method, path, body, query)
        return answer

    def make_sure(self) -> None:
        """Make sure that what was read was read as the user. Raises Unavailable, Refused."""
        if not self._is_known():
            raise self._unknown()

    def _patiently(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        query: Sequence[tuple[str, str]],
    ) -> Answer:
        wait = _FIRST_WAIT
        for _ in range(_CONFLICTS):
            answer = self._link.ask(method, path, body, query=query, token=self._token)
            if not _is_conflict(answer):
                return answer
            time.sleep(wait * (0.5 + random.random()))  # noqa: S311 - so that two do not keep in step
            wait *= 2
        return self._link.ask(method, path, body, query=query, token=self._token)

    def _sign_in(self) -> None:
        """Get a token, and make sure that it stands for us."""
        if not self._account.user:
            if self._token:
                raise self._unknown()
            self._take(self._account.secret.strip())
        else:
            told = {"login": self._account.user, "password": self._account.secret}
            self._take(self._token_of(self._link.ask("POST", "@login", told)))
        self.make_sure()

    def _renew(self) -> None:
        """Have a token that lasts, before the one we have ends."""
        if self._account.user:
            self._sign_in()
            return
        answer = self._link.ask("POST", "@login-renew", {}, token=self._token)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise Refused(_EXPIRED, url=self.url)
        self._take(self._token_of(answer))
        self.make_sure()

    def _token_of(self, answer: Answer) -> str:
        token = answer.body.get("token") if isinstance(answer.body, dict) else None
        if answer.good and isinstance(token, str) and token:
            return token
        if answer.html:
            raise Unavailable(_NO_API, url=self.url)
        if answer.status == HTTPStatus.NOT_FOUND or _NOT_THERE in answer.said:
            raise Unavailable(_NO_SITE, url=self.url)
        if answer.status == HTTPStatus.NOT_IMPLEMENTED or "JWT" in answer.said:
            raise Refused(_NOT_ACTIVE, url=self.url)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise Refused(_WRONG, url=self.url, user=self._account.user)
        raise Unavailable(_ODD, url=self.url, said=answer.said)

    def _take(self, token: str) -> None:
        told = _claims(token)
        if told is None or not _is_id(told.get("sub")):
            raise Refused(_NO_TOKEN, url=self.url)
        self._token, self.me = token, told["sub"]
        self._until = _renewed_at(told.get("exp"), self._now())

    def _is_known(self) -> bool:
        """Tell whether the site takes the token for us."""
        answer = self._link.ask("GET", f"@users/{self.me}", token=self._token)
        told = answer.body if isinstance(answer.body, dict) else {}
        if not answer.good or told.get("id") != self.me:
            return False
        name = told.get("fullname")
        self.name = name if isinstance(name, str) and name else self.me
        return True

    def _unknown(self) -> Refused:
        if not self._account.user:
            return Refused(_EXPIRED, url=self.url)
        return Refused(_NOBODY, url=self.url, user=self._account.user)


def _is_id(told: object) -> TypeGuard[str]:
    """Tell whether that can be a user's identifier, and the last part of an address."""
    return (
        isinstance(told, str)
        and 0 < len(told) <= _MOST_ID
        and "/" not in told
        and told.isprintable()
    )


def _is_conflict(answer: Answer) -> bool:
    """Tell whether others wrote at the same records at the same moment; all of ours was then taken back."""
    return answer.status == HTTPStatus.INTERNAL_SERVER_ERROR and any(
        "conflict" in word.lower() for word in _texts(answer.body)
    )


def _texts(told: object) -> Iterable[str]:
    if isinstance(told, dict):
        values = [told.get("type"), told.get("message"), told.get("error")]
        return [one for value in values for one in _texts(value)]
    return [told] if isinstance(told, str) else []


def _claims(token: str) -> Mapping[str, Any] | None:
    """Return what a token says of itself. Nobody but Plone can tell whether it is true."""
    if len(token) > _MOST_TOKEN or not _JWT.fullmatch(token):
        return None
    part = token.split(".")[1]
    try:
        told = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _renewed_at(exp: object, now: datetime) -> datetime:
    """Return when a token is to be renewed: an hour before its end, or after half of what is left of it."""
    never = datetime.max.replace(tzinfo=UTC)
    if not isinstance(exp, int | float) or isinstance(exp, bool):
        return never
    try:
        end = datetime.fromtimestamp(exp, UTC)
    except (OverflowError, ValueError, OSError):
        return never
    return max(end - _EARLY, now + (end - now) / 2)
