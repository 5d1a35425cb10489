"""A real OpenSSH server on the loopback interface, with an account that only it knows."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection
from typing import Self

from devices import PASSWORD, USER
from ports import free_port

SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")


def why_no_openssh() -> str:
    """Why there can be none here; empty when there can."""
    if os.geteuid() != 0 or not SSHD or not shutil.which("unshare"):
        return "an account of the tests' own needs root, sshd and unshare"
    return ""


@dataclass
class OpenSsh:
    """A real OpenSSH server of the tests' own, with an account of the tests' own."""

    folder: Path
    port: int

    @classmethod
    def at_a_free_port(cls, folder: Path) -> Self:
        return cls(folder, free_port())

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @contextmanager
    def running(self, key: str = "ed25519", shell: str = "/bin/sh") -> Iterator[Self]:
        sealed = subprocess.run(
            ["openssl", "passwd", "-6", PASSWORD], capture_output=True, text=True, check=True
        ).stdout.strip()
        (self.folder / "passwd").write_text(
            "root:x:0:0::/root:/bin/sh\n"
            "sshd:x:65532:65534::/run/sshd:/usr/sbin/nologin\n"
            f"{USER}:x:65533:65534::/:{shell}\n"
        )
        (self.folder / "shadow").write_text(
            f"root:*:19000:0:99999:7:::\nsshd:*:19000::::::\n{USER}:{sealed}:19000::::::\n"
        )
        (self.folder / "shadow").chmod(0o600)
        host_key = self.folder / f"key-{key}"
        if not host_key.exists():
            kind = key.partition("-")[0]
            subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", host_key], check=True)
        (self.folder / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {host_key}\nUsePAM no\n"
            "PasswordAuthentication yes\nMaxStartups 200\nPidFile none\nStrictModes no\n"
            "PrintMotd no\nPrintLastLog no\n"
        )
        # A mount namespace of its own: only this server sees the account.
        script = (
            f"mount --bind {self.folder}/passwd /etc/passwd &&"
            f" mount --bind {self.folder}/shadow /etc/shadow &&"
            f" mkdir -p /run/sshd && exec {SSHD} -D -e -f {self.folder}/sshd_config"
        )
        with (self.folder / "log").open("a") as log:
            server = subprocess.Popen(["unshare", "--mount", "sh", "-c", script], stderr=log)
        try:
            self._wait(server)
            yield self
        finally:
            server.terminate()
            server.wait()

    def _wait(self, server: subprocess.Popen[bytes]) -> None:
        for _ in range(200):
            assert server.poll() is None, self.log
            try:
                create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(self.log)
