"""HTTP to one Plone site; the only module that knows requests. What comes back is hostile until it is read."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import requests
from requests import exceptions as faults
from requests.auth import AuthBase
from urllib3.exceptions import (
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)

from pulih.errors import Unavailable
from pulih.wording import N_

_BLOCK = 64 * 1024
_MOST = 32 << 20  # bytes of an answer: a thousand lines of a search are one or two million
_HOPS = 5
_SAID = 200  # characters of what Plone says itself, in our sentences
_MOVED = frozenset({301, 302, 303, 307, 308})
_FAITHFUL = frozenset({307, 308})  # the only ones after which a write may be sent again
_GATEWAY = frozenset({502, 503, 504})

_STOPPED = N_(
    "{url} tidak menjawab: Plone di sana mati atau portnya salah. Jalankan Plone-nya; pekerjaan ini lalu dilanjutkan."
)
_UNKNOWN = N_("Nama server di {url} tidak dikenal. Periksa alamat target dan DNS kantor.")
_FAR = N_(
    "{url} tidak tersambung dalam {seconds} detik. Periksa jaringan dan firewall ke server itu."
)
_UNREACHED = N_("{url} tidak terjangkau dari mesin ini. Periksa jaringan ke server itu.")
_HUNG = N_(
    "{url} menerima sambungan, tetapi tidak menjawab dalam {seconds} detik: Plone di sana macet atau kewalahan. "
    "Mulai ulang Plone-nya; yang sedang ditulis diperiksa dahulu pada putaran berikut."
)
_CUT = N_(
    "Sambungan ke {url} terputus di tengah jawaban. Yang sedang ditulis diperiksa dahulu pada putaran berikut."
)
_UNTRUSTED = N_(
    "Sertifikat {url} tidak dapat dipercaya. Perbaiki sertifikat server itu, atau pasang CA kantor di mesin ini."
)
_PROXY = N_("Proxy di antara sini dan {url} menolak. Periksa HTTPS_PROXY dan NO_PROXY layanan ini.")
_BEHIND = N_(
    "Server depan di {url} menjawab {status}: Plone di belakangnya mati atau kewalahan. Mulai ulang Plone-nya."
)
_BUSY = N_("{url} membatasi permintaan (429). Dicoba lagi nanti; longgarkan batas untuk mesin ini.")
_ELSEWHERE = N_(
    "{url} mengalihkan ke {other}, di luar situs itu. Bila situsnya pindah, ubah alamat target."
)
_CIRCLE = N_("{url} mengalihkan berputar-putar. Periksa setelan server depannya.")
_TOO_MUCH = N_(
    "Jawaban {url} lebih besar dari yang masuk akal, jadi tidak dibaca. Periksa alamat target."
)
_NOT_SPOKEN = N_(
    "Alamat {url} tidak dapat dipakai ({kind}). Periksa alamat target dan log layanan."
)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for a connection, for a sign of life, and for a whole answer."""

    connect: float = 10.0
    silence: float = 60.0
    whole: float = 180.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        body: What JSON it was; None for none. Its types are anybody's guess.
        html: Whether it was a page instead.
    """

    status: int
    body: object = None
    html: bool = False

    @property
    def good(self) -> bool:
        """Whether it was done."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def said(self) -> str:
        """What Plone says of it, short and in its own language."""
        told = self.body
        if isinstance(told, dict) and isinstance(told.get("error"), dict):
            told = told["error"]
        message = told.get("message") if isinstance(told, dict) else None
        line = " ".join(message.split()) if isinstance(message, str) else ""
        return f"{self.status}: {line[:_SAID]}" if line else str(self.status)


class _Bearer(AuthBase):
    """Says who we are, or nobody: without it, requests would look for an account in the user's `.netrc`."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, asked: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            asked.headers["Authorization"] = f"Bearer {self._token}"
        return asked


class Link:
    """Connections to one site, for one thread."""

    def __init__(self, url: str, patience: Patience) -> None:
        """Take the site's address, without a slash at its end."""
        self.url, self._patience = url, patience
        self._session = session = requests.Session()
        # Proxies and certificates as the machine has them, read once: for each request, that takes a millisecond.
        around = session.merge_environment_settings(url, {}, None, None, None)
        session.proxies, session.verify, session.trust_env = (
            around["proxies"],
            around["verify"],
            False,
        )
        # Signing in also gives a cookie that would go on saying who we are when the token no longer does.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Sequence[tuple[str, str]] = (),
        token: str = "",
    ) -> Answer:
        """Ask the site once; nothing is tried a second time here.

        Args:
            path: Below the site, no slash in front.
            token: Who asks; empty for anybody.

        Raises:
            Unavailable: No answer, half of one, or one from elsewhere. A write may have been done all the same.
        """
        address = f"{self.url}/{quote(path, safe='/@+')}".rstrip("/")
        sent = None if body is None else json.dumps(body).encode()
        until = time.monotonic() + self._patience.whole
        for _ in range(_HOPS):
            try:
                with self._session.request(
                    method, address, params=list(query), data=sent, auth=_Bearer(token), stream=True,
                    allow_redirects=False, timeout=(self._patience.connect, self._patience.silence),
                    headers={
                        "Accept": "application/json", "Accept-Encoding": "identity",
                        "Content-Type": "application/json", "User-Agent": "Pulih",
                    },
                ) as answer:  # fmt: skip
                    if answer.status_code not in _MOVED:
                        return self._read(answer, until)
                    faithful = method == "GET" or answer.status_code in _FAITHFUL
                    address = self._onwards(address, answer, faithful=faithful)
                    query = ()  # is in the new address
            except (faults.RequestException, HTTPError, OSError) as error:
                raise self._away(error) from error
        raise Unavailable(_CIRCLE, url=self.url)

    def _onwards(self, address: str, answer: requests.Response, *, faithful: bool) -> str:
        """Return where an answer leads to. Raises Unavailable where that is not in the site."""
        onwards = urljoin(address, answer.headers.get("Location", ""))
        here, there = urlsplit(self.url), urlsplit(onwards)
        # Below ++api++ is the same site as without it, and Plone leads to either.
        within = here.path.removesuffix("/++api++") + "/"
        same = (here.scheme, here.netloc) == (there.scheme, there.netloc)
        if not faithful or not same or not f"{there.path}/".startswith(within):
            raise Unavailable(_ELSEWHERE, url=self.url, other=onwards[:_SAID])
        return onwards

    def _read(self, answer: requests.Response, until: float) -> Answer:
        """Read an answer to its end, which must come in time and in reason."""
        status = answer.status_code
        if status in _GATEWAY:
            raise Unavailable(_BEHIND, url=self.url, status=str(status))
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Unavailable(_BUSY, url=self.url)
        content = bytearray()
        while block := answer.raw.read1(_BLOCK, decode_content=False):
            content += block
            if len(content) > _MOST:
                raise Unavailable(_TOO_MUCH, url=self.url)
            if time.monotonic() > until:
                raise Unavailable(_HUNG, url=self.url, seconds=str(round(self._patience.whole)))
        kind = answer.headers.get("Content-Type", "")
        if not kind.startswith("application/json"):
            return Answer(status, html=kind.startswith("text/html"))
        try:
            return Answer(status, json.loads(content))
        except (ValueError, RecursionError):
            return Answer(status)

    def _away(self, error: Exception) -> Unavailable:
        """Return what a failure of requests means, and what to do."""
        causes = _causes(error)
        for kinds, template, seconds in (
            ((faults.ProxyError,), _PROXY, 0.0),
            ((faults.SSLError,), _UNTRUSTED, 0.0),
            ((NameResolutionError,), _UNKNOWN, 0.0),
            ((faults.ConnectTimeout,), _FAR, self._patience.connect),
            ((faults.ReadTimeout, ReadTimeoutError, TimeoutError), _HUNG, self._patience.silence),
            ((ConnectionRefusedError,), _STOPPED, 0.0),
            ((NewConnectionError,), _UNREACHED, 0.0),
            ((faults.ConnectionError, HTTPError, ConnectionError), _CUT, 0.0),
        ):
            if any(isinstance(one, kinds) for one in causes):
                return Unavailable(template, url=self.url, seconds=str(round(seconds)))
        return Unavailable(_NOT_SPOKEN, url=self.url, kind=type(error).__name__)


def _causes(error: BaseException | None) -> Sequence[BaseException]:
    """Return an error and all that it came from: requests and urllib3 wrap one another, in arguments too."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or one in found:
            continue
        found.append(one)
        reason = getattr(one, "reason", None)
        inner = [*one.args, reason, one.__cause__, one.__context__]
        waiting += [each for each in inner if isinstance(each, BaseException)]
    return found
