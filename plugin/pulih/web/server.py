"""Serving the desk with waitress, and the background work beside it."""

from __future__ import annotations

import errno
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
    jobs = bind_jobs(office) if worker else None
    if jobs:
        jobs.start_worker()
    ready()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        if jobs:
            jobs.stop_worker()
        office.close()


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
