"""Network namespaces: made, entered, and removed with everything that runs in them.

The only module that knows how the kernel does it.
"""

import ctypes
import fcntl
import os
import signal
import socket
import struct
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import which

NETNS = Path("/run/netns")
CLONE_NEWNET = 0x40000000
SIOCETHTOOL = 0x8946
# ETHTOOL_STXCSUM, _SSG, _STSO, _SGSO: what a packet socket must not be handed half done
OFFLOADS = (0x17, 0x19, 0x1F, 0x24)
TOOLS = ("ip", "nft", "dnsmasq", "openssl")

_libc = ctypes.CDLL(None, use_errno=True)


def why_not() -> str:
    """Why there can be no lab on this machine; empty when there can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    missing = [tool for tool in TOOLS if which(tool) is None]
    if missing:
        return f"the lab needs {', '.join(missing)} (.ci/system-packages test)"
    tried = _ip("netns", "add", probe := f"plab-try-{os.getpid()}")
    if tried.returncode:
        return f"no network namespaces here: {tried.stderr.strip()}"
    _ip("netns", "del", probe)
    return ""


def run(*command: str, script: str | None = None) -> str:
    """Run a command to its end and return what it prints. Raises with what it complains."""
    done = subprocess.run(
        command, input=script, capture_output=True, text=True, timeout=30, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}\n{script or ''}")
    return done.stdout


def batch(lines: Iterable[str], namespace: str = "") -> None:
    """Many ``ip`` commands as one process, all in one namespace (empty: this one)."""
    where = ("-n", namespace) if namespace else ()
    run("ip", *where, "-batch", "-", script="\n".join(lines) + "\n")


@contextmanager
def inside(namespace: str) -> Iterator[None]:
    """This thread, and what it starts or opens, is in the namespace meanwhile."""
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _enter(NETNS / namespace)
        try:
            yield
        finally:
            _setns(home)
    finally:
        os.close(home)


def move(namespace: str) -> None:
    """This thread goes there for good."""
    _enter(NETNS / namespace)


def sysctl(namespace: str, settings: Iterable[str]) -> None:
    """Write ``key=value`` settings of a namespace's network."""
    with inside(namespace):
        for setting in settings:
            key, _, value = setting.partition("=")
            Path("/proc/sys/net", key.replace(".", "/")).write_text(value)


def whole_frames(namespace: str, ports: Iterable[str]) -> None:
    """Have the ports hand over frames with their checksums done and no longer than the MTU."""
    with inside(namespace), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        for port in ports:
            for feature in OFFLOADS:
                value = ctypes.create_string_buffer(struct.pack("II", feature, 0))
                request = struct.pack("16sP8x", port.encode(), ctypes.addressof(value))
                fcntl.ioctl(handle, SIOCETHTOOL, request)


def named(prefix: str) -> list[str]:
    """The namespaces whose names begin so."""
    if not NETNS.is_dir():
        return []
    return sorted(path.name for path in NETNS.iterdir() if path.name.startswith(prefix))


def remove(prefix: str) -> None:
    """End what runs in the namespaces that begin so, and delete them."""
    for name in named(prefix):
        for pid in _ip("netns", "pids", name).stdout.split():
            # A thread of this very process may sit in there; it goes with the process.
            if int(pid) != os.getpid():
                with suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
        _ip("netns", "del", name)


def _ip(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["ip", *arguments], capture_output=True, text=True, timeout=20, check=False
    )


def _enter(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        _setns(handle)
    finally:
        os.close(handle)


def _setns(handle: int) -> None:
    if _libc.setns(handle, CLONE_NEWNET):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
