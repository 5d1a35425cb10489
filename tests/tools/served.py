"""A desk that answers over HTTP from within the test's own process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from pulih.bootstrap import Office
from pulih.web.app import create_app
from pulih.web.server import listen


@contextmanager
def served(office: Office) -> Iterator[str]:
    """Serve an office by the server that the product has; give its address."""
    listening = listen(create_app(office), office.settings, "127.0.0.1", 0)
    done = Event()

    def run() -> None:
        while not done.is_set():  # `server.run` ends by a signal only
            listening.asyncore.loop(timeout=0.05, map=listening._map, count=1)
        listening.close()

    thread = Thread(target=run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.effective_port}"
    finally:
        done.set()
        thread.join()
