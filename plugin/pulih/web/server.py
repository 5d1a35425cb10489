"""Serving the desk with waitress, and the background work beside it."""

from __future__ import annotations

import errno
import signal
import sys
from collections.abc import Callable

from waitress.server import create_server

from pulih.bootstrap import Office, bind_jobs
from pulih.errors import Unavailable
from pulih.web.app import create_app


def serve(office: Office, host: str, port: int, *, worker: bool, ready: Callable[[], None]) -> None:
    """Serve an office until it is stopped.

    Args:
        worker: Whether to do the background work in this process.
        ready: Called once the address is ours.

    Raises:
        Unavailable: The address is taken or not ours to take.
    """
    app = create_app(office)
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=office.settings.threads,
            ident="pulih",
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise _not_ours(error, host, port) from error
    signal.signal(signal.SIGTERM, _end)
    jobs = bind_jobs(office) if worker else None
    if jobs:
        jobs.start_worker()
    ready()
    try:
        server.run()  # returns at Ctrl+C and at SIGTERM
    finally:
        server.close()
        if jobs:
            jobs.stop_worker()
        office.close()


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
        "Tidak dapat mendengarkan di {host}:{port}: {reason}.",
        host=host,
        port=port,
        reason=error.strerror or error,
    )
