"""A target of rsync as a place: over ssh, or a server of rsync's own.

Files go into place all together at the end of a run (`--delay-updates`), and what is gone is removed after that
(`--delete-delay`). Nobody is ever asked anything: unknown hosts and wanted passwords are refusals.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import time
from pathlib import Path

from pulih.errors import Unavailable
from pulih.publish.places import mark
from pulih.publish.places.place import MARK, SITE, Ended, Moved, Stopped, foreign, unmounted
from pulih.publish.places.refused import refusal

_PATIENCE = 3600  # seconds: a first copy of ten thousand cases over a slow line
_SILENCE = 60  # seconds without a byte
_HOW = (
    "--recursive", "--times", "--links", "--chmod=D755,F644", "--compress", "--modify-window=-1",
    "--delete-delay", "--delay-updates", f"--timeout={_SILENCE}",
)  # fmt: skip
_SSH = (
    "ssh", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=20",
    "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4",
)  # fmt: skip
_PASSED_ON = ("PATH", "HOME", "USER", "SSH_AUTH_SOCK", "RSYNC_PASSWORD", "TMPDIR")


class RsyncPlace:
    """Implements `Place` on another machine, in a folder that exists there."""

    def __init__(self, name: str, folder: Path, ssh: Path) -> None:
        """Take a target, the folder to keep a twin of the site in meanwhile, and ssh's configuration."""
        self.name, self._ssh = name, ssh
        self._target = f"{name.rstrip('/')}/{SITE}/"
        self._twin = folder / f"salinan-{hashlib.sha256(name.encode()).hexdigest()[:12]}"

    @property
    def opens(self) -> str:
        """Where the start page is."""
        return f"{self._target}index.html"

    def bring(self, site: Path, *, known: bool, check: bool, stopped: Stopped) -> None:
        """Let the folder over there hold the site; see `Place.bring`."""
        listed = self._listed(stopped)
        if MARK not in listed:
            if known and not listed:
                raise unmounted(self._target.rstrip("/"))
            if listed:
                raise foreign(self.name)
        shutil.rmtree(self._twin, ignore_errors=True)
        try:
            _clone(site, self._twin)
            mark.write(self._twin / MARK, {})
            more = ["--checksum"] if check else []
            self._run([*_HOW, *more, f"{self._twin}/", self._target], stopped)
        finally:
            shutil.rmtree(self._twin, ignore_errors=True)

    def _listed(self, stopped: Stopped) -> list[str]:
        """Return what stands in the folder of the site over there; nothing where it is not made yet."""
        try:
            said = self._run(
                ["--list-only", "--dirs", f"--timeout={_SILENCE}", self._target], stopped
            )
        except FileNotFoundError:
            return []
        names = [line.split(maxsplit=4)[-1] for line in said.splitlines() if line.strip()]
        return [name for name in names if name != "."]

    def _run(self, words: list[str], stopped: Stopped) -> str:
        """Run rsync; return what it says.

        Raises:
            FileNotFoundError: There is no such folder over there.
            Unavailable: It cannot be done.
            Ended: Told to stop.
        """
        ssh = [*_SSH, *(["-F", str(self._ssh)] if self._ssh.is_file() else [])]
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {"LC_ALL": "C", "RSYNC_RSH": shlex.join(ssh)}
        try:
            process = subprocess.Popen(  # noqa: S603 - a target that the settings have looked at
                ["rsync", *words],  # noqa: S607 - wherever the system has it
                env=environment, text=True, encoding="utf-8", errors="replace",
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                start_new_session=True,  # no terminal to ask for a password on, and killed with its ssh
            )  # fmt: skip
        except FileNotFoundError as error:
            raise Unavailable(
                "Program rsync tidak ada di mesin ini. Pasang paket rsync, lalu terbitkan ulang."
            ) from error
        with process:
            said, complaint = _heard(process, stopped)
        if process.returncode:
            if "No such file or directory" in complaint and "--list-only" in words:
                raise FileNotFoundError(self._target)
            raise refusal(self.name, process.returncode, complaint)
        return said


def _heard(process: subprocess.Popen[str], stopped: Stopped) -> tuple[str, str]:
    """Wait for rsync; return what it said. It is killed when it takes too long, or when we are told to stop."""
    last = time.monotonic() + _PATIENCE
    try:
        while True:
            try:
                return process.communicate(timeout=1)
            except subprocess.TimeoutExpired:
                if stopped():
                    raise Ended from None
                if time.monotonic() > last:
                    raise
    except BaseException:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        raise


def _clone(site: Path, into: Path) -> None:
    """Make a twin of the site that nobody changes. Raises Moved."""
    try:
        shutil.copytree(site, into, copy_function=_link)
    except (FileNotFoundError, shutil.Error) as error:
        if not (site / "index.html").exists():
            raise Moved from error
        raise


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a disk without hard links, or with too many of one file
        shutil.copy2(source, target)
