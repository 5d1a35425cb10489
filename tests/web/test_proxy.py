"""Behind a proxy that speaks HTTPS, through the real server."""

from __future__ import annotations

import threading
import urllib.request
from dataclasses import replace

import pytest

from pulih.web.app import create_app
from pulih.web.server import listen


@pytest.fixture
def seen(office):
    """Serve an application that says what it was told, and return what it saw of a request with a proxy's headers."""

    def ask(*, behind_tls: bool) -> dict[str, str]:
        told = {}

        def app(environ, start_response):
            told.update({k: environ[k] for k in ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST")})
            start_response("204 No Content", [])
            return []

        server = listen(app, replace(office.settings, behind_tls=behind_tls), "127.0.0.1", 0)
        done = threading.Event()

        def run() -> None:
            while not done.is_set():  # `server.run` ends by a signal only
                server.asyncore.loop(timeout=0.05, map=server._map, count=1)
            server.close()

        thread = threading.Thread(target=run)
        thread.start()
        headers = {
            "X-Forwarded-For": "192.0.2.9",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "pulih.example",
        }
        url = f"http://127.0.0.1:{server.effective_port}/"
        urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10).close()
        done.set()
        thread.join()
        return told

    return ask


def test_behind_tls_the_proxys_word_counts(seen):
    assert seen(behind_tls=True) == {
        "REMOTE_ADDR": "192.0.2.9",
        "wsgi.url_scheme": "https",
        "HTTP_HOST": "pulih.example",
    }


def test_without_a_proxy_nobody_may_say_who_they_are(seen):
    told = seen(behind_tls=False)

    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == ("127.0.0.1", "http")


@pytest.mark.parametrize("behind_tls", [True, False])
def test_the_session_cookie_is_secure_exactly_behind_tls(office, behind_tls):
    changed = replace(office, settings=replace(office.settings, behind_tls=behind_tls))
    answer = create_app(changed).test_client().get("/masuk")

    assert ("Secure" in answer.headers["Set-Cookie"]) == behind_tls
