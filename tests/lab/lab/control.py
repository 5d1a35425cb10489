"""A lab that outlives the command that made it: a process that holds it, asked over a socket."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep

from lab.laboratory import HOME, PID, Laboratory, tear_down
from lab.shape import Topology

HERE = Path(__file__).parents[1]
PATIENCE = 120  # seconds for a lab to come up on a busy machine


class NoLab(Exception):
    """Nobody answers for a lab of that tag."""


def keep(topology: Topology, tag: str) -> None:
    """Hold a lab and do as asked, until asked to end. Blocks."""
    lab = Laboratory(topology, tag)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        lab.up()
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(_socket(tag)))
            server.listen()
            while _serve(lab, server):
                pass
    finally:
        lab.down()


def start(topology: Topology, tag: str) -> None:
    """Have a process of its own hold a lab; returns when the lab is up. One that is stays."""
    with suppress(NoLab):
        if ask(tag, verb="topology")["topology"] == topology.name:
            return
        stop(tag)
    tear_down(tag)
    command = [sys.executable, str(HERE), "keep", topology.name, "--tag", tag]
    # A file, not ours: whoever waits for the end of our output must not wait for that process.
    with TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            start_new_session=True,
        )
        end = monotonic() + PATIENCE
        while process.poll() is None and monotonic() < end:
            with suppress(NoLab):
                ask(tag, verb="topology")
                return
            sleep(0.1)
        process.kill()
        process.wait()
        complaints.seek(0)
        said = complaints.read().strip()
    tear_down(tag)
    raise NoLab(f"The lab did not come up.\n{said}")


def stop(tag: str) -> None:
    """End a lab, also one whose process has died or hangs."""
    with suppress(NoLab):
        ask(tag, verb="down")
    with suppress(OSError, ValueError):
        pid = int((HOME / tag / PID).read_text())
        end = monotonic() + PATIENCE
        while _alive(pid, tag) and monotonic() < end:
            sleep(0.05)
        if _alive(pid, tag):
            os.kill(pid, signal.SIGKILL)
    tear_down(tag)


def ask(tag: str, **what: object) -> dict[str, str]:
    """What a lab's process answers. Raises NoLab, or ValueError with its complaint."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE)
        try:
            line.connect(str(_socket(tag)))
            line.sendall(json.dumps(what).encode() + b"\n")
            answer = line.makefile().readline()
        except OSError as error:
            raise NoLab(f"No lab {tag!r} is up.") from error
    if not answer:
        raise NoLab(f"The lab {tag!r} said nothing.")
    said: dict[str, str] = json.loads(answer)
    if "error" in said:
        raise ValueError(said["error"])
    return said


def _serve(lab: Laboratory, server: socket.socket) -> bool:
    """Answer one question; False when it was the last."""
    line, _ = server.accept()
    with line:
        asked = json.loads(line.makefile().readline())
        said = {"topology": lab.topology.name}
        try:
            if asked["verb"] == "fault":
                lab.become(*asked["names"])
        except KeyError as error:
            said = {"error": f"No such fault: {error.args[0]}"}
        with suppress(OSError):
            line.sendall(json.dumps(said).encode() + b"\n")
    return bool(asked["verb"] != "down")


def _socket(tag: str) -> Path:
    return HOME / tag / "control"


def _alive(pid: int, tag: str) -> bool:
    """Whether that process is still the one that holds this lab."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"keep" in command and tag.encode() in command
