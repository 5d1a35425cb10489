"""A real PostgreSQL of our own: a throw-away cluster on a free port of this machine, gone with the tests.

Debian's package does, in any version from 15 on; the server refuses to run as root, so there it runs as the account
that the package made, or as `nobody`.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from ports import free_port

_PATIENCE = 60
_LEAST = 15


@dataclass
class Cluster:
    """A running server; its one account needs no password from this machine.

    Attributes:
        folder: Where its data and its log lie.
        command: How it is started: the words, and the rest of what `Popen` is told.
    """

    port: int
    user: str
    folder: Path
    command: tuple[list[object], dict[str, Any]]
    process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres") -> str:
        """Return the address of a database, as the setting `database` wants it."""
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server on the data it has, and wait until it answers, recovery and all."""
        words, how = self.command
        log = self.folder / "log"
        last = time.monotonic() + _PATIENCE
        while True:
            with log.open("ab") as file:
                self.process = subprocess.Popen(words, stdout=file, stderr=file, **how)
            try:
                _wait_for(self.process, self.port, log)
            except (
                RuntimeError
            ):  # after a kill its shared memory is in use until the last one is gone
                if time.monotonic() > last:
                    raise
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        """Stop the server; whoever is connected is cut off."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)  # its "fast" stop
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """Kill the server and all its processes with SIGKILL, as a machine dies."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGSTOP)  # or it would bear others meanwhile
        pids = (self.process.pid, *_children(self.process.pid))
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    @contextmanager
    def database(self) -> Iterator[str]:
        """Make an empty database and give its address; it is removed afterwards, whoever is still connected."""
        import psycopg  # noqa: PLC0415 - only where a cluster is wanted

        name = f"t{uuid4().hex}"
        with psycopg.connect(self.url(), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            yield self.url(name)
        finally:
            with psycopg.connect(self.url(), autocommit=True) as server:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def cluster(*options: str, within: Path | None = None) -> Iterator[Cluster]:
    """Start a server with the durability of a real one.

    Args:
        options: Settings as `name=value`.
        within: The folder that its own folder is made in, if not the one for temporary files.
    """
    programs = server_programs()
    account = _account()
    as_them = {"user": account, "group": pwd.getpwnam(account).pw_gid} if account else {}
    folder = Path(tempfile.mkdtemp(prefix="pulih-pg-", dir=within))
    try:
        if account:
            os.chown(folder, pwd.getpwnam(account).pw_uid, -1)
        quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **as_them}
        subprocess.run(
            [programs / "initdb", "--pgdata", folder / "data", "--auth", "trust", "--username", "pulih",
             "--encoding", "UTF8", "--locale", "C", "--no-sync"],
            check=True, env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, **quiet,
        )  # fmt: skip
        port = free_port()
        settings = [f"--{name}" for name in (
            "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}",
            "max_connections=200", *options,
        )]  # fmt: skip
        words = [programs / "postgres", "-D", folder / "data", *settings]
        running = Cluster(port, "pulih", folder, (words, {"cwd": folder, **as_them}))
        try:
            running.start()
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _children(parent: int) -> list[int]:
    """Return the processes whose parent this one is, as Linux tells it."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            _state, of, *_rest = stat.read_text().rpartition(") ")[2].split()
            if int(of) == parent:
                found.append(int(stat.parent.name))
    return found


def server_programs() -> Path:
    """Return the folder with `initdb` and `postgres`, of the newest version there is."""
    places = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    places += Path("/usr/lib/postgresql").glob("*/bin")
    fit = {_version(place): place for place in places if (place / "initdb").exists()}
    if not fit or max(fit) < _LEAST:
        raise RuntimeError("PostgreSQL 15 or newer is missing: run `make test`, which installs it.")
    return fit[max(fit)]


def _version(programs: Path) -> int:
    said = subprocess.run(
        [programs / "postgres", "--version"], check=True, capture_output=True, text=True
    ).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def _account() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import psycopg  # noqa: PLC0415 - as above

    last = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(
                f"postgresql://pulih@127.0.0.1:{port}/postgres", connect_timeout=5
            ).close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > last:
                raise RuntimeError(log.read_text(errors="replace")) from error
            time.sleep(0.05)
        else:
            return
