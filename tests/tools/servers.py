"""Real servers on the loopback address, each of a test's own: sshd, rsync's daemon, nginx."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from ports import free_port

_PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Host:
    """A machine that can be reached by ssh under a name, as the given configuration has it."""

    name: str
    config: Path
    known_hosts: Path
    authorized: Path
    port: int


def program(name: str) -> str:
    """Return where a program is; the test is skipped where there is none, which `make test` installs."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed: make system-test")
    return found


@contextmanager
def sshd(folder: Path) -> Iterator[Host]:
    """Run an ssh server that takes one key, and a client's configuration that knows both."""
    folder.mkdir()
    port = free_port()
    for key in ("host", "mine"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
        subprocess.run(words, check=True)
    authorized, known = folder / "authorized", folder / "known_hosts"
    authorized.write_text((folder / "mine.pub").read_text())
    key = " ".join((folder / "host.pub").read_text().split()[:2])
    known.write_text(f"[127.0.0.1]:{port} {key}\n")
    config = folder / "sshd_config"
    config.write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder / 'host'}\nPidFile none\nUsePAM no\n"
        f"AuthorizedKeysFile {authorized}\nStrictModes no\nPermitRootLogin prohibit-password\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"
    )
    client = folder / "ssh_config"
    client.write_text(
        f"Host web.example\n  HostName 127.0.0.1\n  Port {port}\n  User {getpass.getuser()}\n"
        f"  IdentityFile {folder / 'mine'}\n  IdentitiesOnly yes\n  UserKnownHostsFile {known}\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where sshd puts itself behind bars
    with running([program("sshd"), "-D", "-e", "-f", str(config)], port, folder / "log"):
        yield Host("web.example", client, known, authorized, port)


@contextmanager
def rsyncd(folder: Path, module: Path, *, read_only: bool = False) -> Iterator[str]:
    """Run rsync's own server with one module, `wiki`; give the module's address."""
    port = free_port()
    config = folder / "rsyncd.conf"
    user = "uid = root\ngid = root\n" if os.geteuid() == 0 else ""
    config.write_text(
        f"{user}use chroot = no\n[wiki]\npath = {module}\nread only = {'yes' if read_only else 'no'}\n"
    )
    words = ["--daemon", "--no-detach", "--address=127.0.0.1", f"--port={port}"]
    with running([program("rsync"), *words, f"--config={config}"], port, folder / "rsyncd.log"):
        yield f"rsync://127.0.0.1:{port}/wiki"


@contextmanager
def nginx(folder: Path, server: str) -> Iterator[str]:
    """Run nginx with one `server { … }`, listening on a port of its own; give its address."""
    folder.mkdir()
    port = free_port()
    config = folder / "nginx.conf"
    user = f"user {getpass.getuser()};\n" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config.write_text(
        f"{user}daemon off;\npid {folder / 'pid'};\nerror_log stderr;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}"
        f"{server.replace('listen 80;', f'listen 127.0.0.1:{port};')}\n}}\n"
    )
    words = [program("nginx"), "-p", str(folder), "-e", "stderr", "-c", str(config)]
    with running(words, port, folder / "log"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(
    words: Sequence[str],
    port: int,
    log: Path,
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """Run a server until the end of the block."""
    with (
        log.open("wb") as said,
        subprocess.Popen(
            words, stdout=said, stderr=said, cwd=cwd, env={**os.environ, **(env or {})}
        ) as process,
    ):
        try:
            last = time.monotonic() + _PATIENCE
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert process.poll() is None, log.read_text(errors="replace")
                    assert time.monotonic() < last, log.read_text(errors="replace")
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(_PATIENCE)
