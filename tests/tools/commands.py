"""The real commands, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ports import free_port

NOT_FOUND, UNAVAILABLE, REFUSED = 66, 69, 73
CREATE = (
    "create-admin",
    "--id",
    "ani",
    "--name",
    "Ani Rahma",
    "--password",
    "kalimat yang panjang",
)
WORDS = {name: (name,) for name in ("serve", "worker", "publish", "verify")} | {
    "create-admin": CREATE
}


def pulih(
    folder: Path, name: str, *, before: Sequence[str] = (), **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own; return its result."""
    return subprocess.run(
        [*before, sys.executable, "-m", "pulih", *WORDS.get(name, (name,)), "--office", str(folder)],
        env={**os.environ, "LANG": "id_ID.UTF-8", "LC_ALL": "id_ID.UTF-8", **env},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """See that a command was refused with one sentence that has these parts, and nothing else."""
    assert done.returncode == UNAVAILABLE, done
    assert "Traceback" not in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for part in parts:
        assert part in done.stderr, done.stderr
    assert done.stdout == "", done.stdout


@contextmanager
def served(folder: Path, **env: str) -> Iterator[tuple[str, Path]]:
    """Run `pulih serve`; give its address and the file with what it says on stderr."""
    port = free_port()
    said = folder / "stderr"
    with said.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "pulih", "serve", "--office", str(folder), "--port", str(port)],
            env={**os.environ, "LANG": "id_ID.UTF-8", "LC_ALL": "id_ID.UTF-8", **env},
            stdout=subprocess.DEVNULL, stderr=stderr,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        last = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{url}/sehat", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, said.read_text(encoding="utf-8")
                assert time.monotonic() < last
                time.sleep(0.05)
        yield url, said
    finally:
        process.terminate()
        process.wait(60)
