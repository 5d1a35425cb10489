"""Serving the desk with waitress, and the background work beside it."""

from __future__ import annotations

import errno
import logging
import signal
import sys
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Any

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from pulih.bootstrap import Office, bind_jobs
from pulih.config import Settings
from pulih.errors import PulihError, Unavailable
from pulih.web.app import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)


def serve(office: Office, host: str, port: int, *, worker: bool, ready: Callable[[], None]) -> None:
    """Serve an office until it is stopped.

    Args:
        worker: Whether to do the background work in this process.
        ready: Called once the address is ours.

    Raises:
        Unavailable: The address is taken or not ours to take.
    """
    server = listen(create_app(office), office.settings, host, port)
    signal.signal(signal.SIGTERM, _end)
    jobs = bind_jobs(office)
    if jobs and worker:
        jobs.start_worker()
    elif jobs and office.settings.database:  # a worker elsewhere does not tend this machine's wiki
        jobs.start_rounds()
    Thread(target=_warm, args=(office,), name="warm", daemon=True).start()
    ready()
    try:
        server.run()  # returns at Ctrl+C and at SIGTERM
    finally:
        server.close()
        if jobs:
            jobs.stop_worker()
        office.close()


def listen(
    app: WSGIApplication, settings: Settings, host: str, port: int
) -> BaseWSGIServer | MultiSocketServer:
    """Return a server that holds the address.

    Behind TLS the word of a proxy on this machine counts for scheme, host and address; nobody else's ever does.

    Raises:
        Unavailable: The address is taken or not ours to take.
    """
    proxy: dict[str, Any] = {
        "trusted_proxy": "127.0.0.1",
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
    }
    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=settings.threads,
            ident="pulih",
            clear_untrusted_proxy_headers=True,
            **(proxy if settings.behind_tls else {}),
        )
    except OSError as error:
        raise _not_ours(error, host, port) from error


def _warm(office: Office) -> None:
    try:
        office.finding.warm()
    except PulihError as error:  # whoever searches is told then, and better
        log.info("the search is not ready: %s", error)


def _end(_number: int, _frame: object) -> None:
    """End as after Ctrl+C: answers that are being given are given, the job under way is finished."""
    sys.exit(0)


def _not_ours(error: OSError, host: str, port: int) -> Unavailable:
    if error.errno == errno.EADDRINUSE:
        return Unavailable(
            "Port {port} di {host} sudah dipakai program lain. "
            "Hentikan program itu, atau pilih port lain dengan --port.",
            port=port,
            host=host,
        )
    return Unavailable(
        "Tidak dapat mendengarkan di {host}:{port}: {reason}. "
        "Pilih alamat mesin ini dengan --host, atau port di atas 1023 dengan --port.",
        host=host,
        port=port,
        reason=error.strerror or error,
    )
