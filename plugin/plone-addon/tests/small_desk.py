"""A desk for the tests: real HTTP on loopback. It checks each signature by itself, and can misbehave.

The signature is reckoned here once more from the words of the agreement, not with the add-on's code.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DOOR = "portal"
TOKEN = "kata-rahasia-pintu-uji"
AGENCY = {"id": "dikbud", "name": "Dinas Pendidikan & Kebudayaan"}
_WINDOW = 300


class Desk:
    """What it knows, what it heard, and how it behaves.

    `manner` replaces the answer: it is given the handler and writes whatever it likes.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.manner: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.heard: list[str] = []  # "GET /pintu/opd"
        self.letters: list[dict[str, Any]] = []
        self.refusal: tuple[int, dict[str, Any]] | None = None  # instead of taking a letter in
        self.used: set[str] = set()
        self.released = threading.Event()  # lets go of what `hanging` holds
        self.answers: dict[str, Any] = {
            "/pintu/opd": {
                "agencies": [
                    {**AGENCY, "short": "Dikbud"},
                    {"id": "dinkes", "name": "Dinas Kesehatan", "short": "Dinkes"},
                ]
            },
            "/pintu/opd/dikbud": {
                "agency": AGENCY,
                "office": "Diskominfo",
                "sites": [{"id": "aula", "name": "Aula SMPN 1"}],
                "open": [
                    {
                        "number": "2026-0101",
                        "subject": "Internet <b>mati</b> di aula",
                        "step": 5,
                        "step_name": "Pemeriksaan",
                        "since": "2026-11-20",
                        "url": f"{self.url}/tiket/2026-0101",
                    }
                ],
                "cases": [
                    {
                        "number": "2026-0042",
                        "title": "Wi-Fi aula putus-putus",
                        "resolved": "2026-10-02T10:00:00+08:00",
                        "fault": "Kanal penuh",
                        "url": f"{self.url}/wiki/kasus/2026/2026-0042/",
                    },
                    {
                        "number": "2026-0007",
                        "title": "Tautan jahat",
                        "resolved": "2026-02-01",
                        "fault": "",
                        "url": "javascript:alert(1)",
                    },
                ],
            },
        }

    def signed(self, asked: BaseHTTPRequestHandler, body: bytes) -> bool:
        """Tell whether the request carries the signature that it must."""
        given = asked.headers
        words = [
            "v1",
            asked.command,
            asked.path,
            given.get("Pulih-Door", ""),
            given.get("Pulih-Id", ""),
            given.get("Pulih-Time", ""),
            hashlib.sha256(body).hexdigest(),
        ]
        right = hmac.new(TOKEN.encode(), "\n".join(words).encode(), hashlib.sha256).hexdigest()
        fresh = abs(time.time() - int(given.get("Pulih-Time", "0"))) <= _WINDOW
        return fresh and words[3] == DOOR and given.get("Pulih-Signature") == f"v1={right}"

    def take(self, body: bytes) -> tuple[int, dict[str, Any]]:
        """Take a letter in; once, however often it comes."""
        letter = json.loads(body)
        if self.refusal:
            return self.refusal
        for number, known in enumerate(self.letters, 1):
            if known["submission"] == letter["submission"]:
                status = 200 if known == letter else 409
                return status, {"error": "Sudah dikirim.", **self._receipt(number)}
        self.letters.append(letter)
        return 201, self._receipt(len(self.letters))

    def _receipt(self, number: int) -> dict[str, Any]:
        ticket = f"2026-{number:04}"
        url = f"{self.url}/tiket/{ticket}"
        return {
            "receipt": ticket,
            "agenda": str(number),
            "registered": "2026-11-23T08:30:00+08:00",
            "url": url,
        }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    desk: Desk
    given = b""  # what was sent

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes) -> None:
        desk, self.given = self.desk, body
        desk.heard.append(f"{self.command} {self.path}")
        if desk.manner is not None:
            desk.manner(self)
            self.close_connection = True
            return
        if not desk.signed(self, body):
            self.tell(401, {"error": "Tanda tangan permintaan tidak cocok."})
        elif self.headers["Pulih-Id"] in desk.used:
            self.tell(409, {"error": "Nomor permintaan sudah dipakai."})
        else:
            desk.used.add(self.headers["Pulih-Id"])
            self.tell(*self._reply(body))

    def _reply(self, body: bytes) -> tuple[int, dict[str, Any]]:
        path = self.path.split("?")[0]
        if self.command == "POST":
            return self.desk.take(body)
        if path == "/pintu/cari":
            return 200, self._found()
        said = self.desk.answers.get(path)
        return (404, {"error": "OPD itu tidak ada."}) if said is None else (200, said)

    def _found(self) -> dict[str, Any]:
        hit = self.desk.answers["/pintu/opd/dikbud"]["cases"][0]
        told = {**hit, "agency": AGENCY["name"], "passage": "akses <script>alert(1)</script> putus"}
        return {"query": self.path, "results": [told], "more": 3}

    def tell(self, status: int, said: object, kind: str = "application/json") -> None:
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def running(port: int = 0) -> Iterator[Desk]:
    """Run a desk on loopback."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    desk = handler.desk = Desk(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield desk
    finally:
        desk.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def silent(desk: Desk) -> Callable[[_Handler], None]:
    """Hear everything, and say nothing until the test lets go."""
    return lambda _asked: desk.released.wait() and None


def dripping(desk: Desk) -> Callable[[_Handler], None]:
    """Say a header a letter at a time, so that no time-out of a socket ever comes."""

    def drip(asked: _Handler) -> None:
        asked.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        try:
            while not desk.released.wait(0.05):
                asked.wfile.write(b"x")
                asked.wfile.flush()
        except OSError:
            return  # it was given up, as it should be

    return drip


def saying(
    content: object, status: int = 200, kind: str = "application/json"
) -> Callable[[_Handler], None]:
    """Say this, whatever was asked."""
    return lambda asked: asked.tell(status, content, kind)


def half(asked: _Handler) -> None:
    """Promise more than comes."""
    asked.send_response(200)
    asked.send_header("Content-Type", "application/json")
    asked.send_header("Content-Length", "4000")
    asked.end_headers()
    asked.wfile.write(b'{"agency": {"id": "dikbud", "na')


def broken(asked: _Handler) -> None:
    """Close without a word."""
    asked.connection.close()


def elsewhere(asked: _Handler) -> None:
    """Send whoever asks to another place."""
    asked.send_response(302)
    asked.send_header("Location", "http://127.0.0.1:9/pintu")
    asked.send_header("Content-Length", "0")
    asked.end_headers()
