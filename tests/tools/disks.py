"""Disks of our own: small ones, and ones that cannot be written. They need root, as `mount` does."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount an empty disk of a size, as `3m`; the test is skipped where that is not allowed."""
    with _mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "tmpfs"):
        yield folder


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """Let a folder be on a disk that cannot be written."""
    with _mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield folder


def fill(folder: Path) -> Path:
    """Write a disk full; return the file to remove for room."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            return ballast
    raise AssertionError("a disk without end")


@contextmanager
def _mounted(folder: Path, *words: str) -> Iterator[None]:
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a disk")
    folder.mkdir(exist_ok=True)
    done = subprocess.run([mount, *words, folder], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("this machine does not let root mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def stick(folder: Path, image: Path, size: int) -> Iterator[Path]:
    """Mount an empty exFAT disk, as a USB stick is; the test is skipped where that is not allowed."""
    programs = [shutil.which(name) for name in ("mkfs.exfat", "mount.exfat-fuse", "losetup")]
    if os.geteuid() != 0 or None in programs:
        pytest.skip("only root can mount a stick, with exfatprogs and exfat-fuse")
    with image.open("wb") as file:
        file.truncate(size)
    subprocess.run(["mkfs.exfat", image], check=True, capture_output=True)
    loop = subprocess.run(
        ["losetup", "--find", "--show", image], check=False, capture_output=True, text=True
    )
    if loop.returncode:
        pytest.skip("this machine has no loop devices")
    device = loop.stdout.strip()
    folder.mkdir(exist_ok=True)
    try:
        done = subprocess.run(
            ["mount.exfat-fuse", device, folder], check=False, capture_output=True
        )
        if done.returncode or not os.path.ismount(folder):
            pytest.skip("this machine does not let root mount with FUSE")
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=True)
    finally:
        subprocess.run(["losetup", "--detach", device], check=True)
