"""A server in front of a site that loses answers, or gives its own: what happens on the way, when it is wanted."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ports import free_port

Given = tuple[int, str, bytes]  # status, content type, body
Deed = Callable[["Front", "Asked"], Given | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Front:
    """What stands in front of a server.

    Attributes:
        behind: The port of the server; 0 for none.
        heard: All requests, oldest first.
        planned: What is done with the next request that fits, once each: method, end of its path, deed.
    """

    port: int
    behind: int
    heard: list[Asked] = field(default_factory=list)
    planned: list[tuple[str, str, Deed]] = field(default_factory=list)

    def once(self, method: str, ending: str, deed: Deed) -> None:
        """Do something else with the next request of this kind."""
        self.planned.append((method, ending, deed))

    def answer(self, asked: Asked) -> Given | None:
        """Return the answer to a request; None for a connection that is cut."""
        self.heard.append(asked)
        plain = asked.path.partition("?")[0]
        for plan in self.planned:
            method, ending, deed = plan
            if asked.method == method and plain.endswith(ending):
                self.planned.remove(plan)
                return deed(self, asked)
        return self.forward(asked)

    def forward(self, asked: Asked) -> Given:
        """Ask the server behind."""
        link = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=60)
        try:
            link.request(asked.method, asked.path, asked.body or None, asked.headers)
            answer = link.getresponse()
            return answer.status, answer.headers.get("Content-Type", ""), answer.read()
        finally:
            link.close()


def lose(front: Front, asked: Asked) -> None:
    """Let the server do it, and cut the connection instead of answering."""
    front.forward(asked)


def conflict(_front: Front, _asked: Asked) -> Given:
    """Answer as Plone does when others wrote at the same moment: nothing was done."""
    said = b'{"message": "database conflict error", "type": "ConflictError"}'
    return 500, "application/json", said


def giving(status: int, kind: str, body: bytes) -> Deed:
    """Return the deed of answering this."""
    return lambda _front, _asked: (status, kind, body)


@contextmanager
def front(behind: int = 0) -> Iterator[Front]:
    """Stand in front of the server at a port of this machine."""
    made = Front(free_port(), behind)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_words: object) -> None:
            """Say nothing."""

        def do_any(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            asked = Asked(self.command, self.path, dict(self.headers), self.rfile.read(size))
            given = made.answer(asked)
            if given is None:
                return
            status, kind, body = given
            self.send_response(status)
            name, _, value = kind.partition(": ") if ": " in kind else ("Content-Type", "", kind)
            self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_DELETE = do_any  # noqa: N815 - as http.server calls them

    server = ThreadingHTTPServer(("127.0.0.1", made.port), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
