"""A whole site, built in a process of its own: it may take a minute, much memory, and MkDocs itself."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from pulih.errors import Unavailable
from pulih.publish.foreseen import PUBLISHING

_PATIENCE = 600  # seconds; ten thousand cases take about thirty
_LAST_LINES = 8
_NICE = 1  # people at their desks come first, but a page is promised within ten seconds
_PASSED_ON = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR")


def build_apart(config_file: Path, into: Path, note: Path, newest: int, frame: str) -> None:
    """Build the site of a `mkdocs.yml`; see `whole`, which is what is run.

    Args:
        note: The file that is to tell what the site was made from.
        newest: The build's moment: the same cases give the same site.
        frame: Digest of all that shapes every page.

    Raises:
        Unavailable: It does not finish, or refuses; the cause says what it said last.
    """
    command = [sys.executable, "-m", "pulih.publish.whole"]
    command += [str(config_file), str(into), str(note), frame]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
    environment |= {PUBLISHING: "1", "SOURCE_DATE_EPOCH": str(newest)}
    with subprocess.Popen(  # noqa: S603 - our own interpreter, and paths from the settings
        command, cwd=config_file.parent, env=environment, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        start_new_session=True,
    ) as process:  # fmt: skip
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        said = _waited_for(process)
    if process.returncode:
        told = [line for line in said.splitlines() if line and not line.startswith("INFO")]
        last = "\n".join((*told[-_LAST_LINES:], f"exit status {process.returncode}"))
        raise Unavailable(
            "Wiki belum dapat dibangun. Halaman lama tetap tampil."
        ) from RuntimeError(last)


def _waited_for(process: subprocess.Popen[str]) -> str:
    try:
        return process.communicate(timeout=_PATIENCE)[0]
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)  # and the processes that it started
        if isinstance(error, subprocess.TimeoutExpired):
            raise Unavailable(
                "Wiki belum selesai dibangun dalam {minutes} menit. Halaman lama tetap tampil.",
                minutes=_PATIENCE // 60,
            ) from error
        raise
