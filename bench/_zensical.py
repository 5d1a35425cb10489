"""What Zensical takes for the same wiki."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def zensical_figures(office: Path) -> dict[str, float]:
    """Build an office's wiki from the start with Zensical, in a copy of it.

    Returns:
        `zensical_s` and `zensical_peak_mb`, of the largest of its processes; nothing where it is not installed.
    """
    if importlib.util.find_spec("zensical") is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="bench-zensical-") as work:
        folder = Path(work)
        shutil.copytree(office / "wiki", folder / "wiki")
        shutil.copy(office / "mkdocs.yml", folder)
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "zensical", "build", "--clean", "-f", "mkdocs.yml"],
            cwd=folder, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        taken = time.perf_counter() - began
        built = sum(1 for _ in (folder / "site").rglob("index.html"))
        wanted = sum(1 for _ in (folder / "wiki").rglob("*.md"))
    if process.returncode or built < wanted:
        sys.exit(f"zensical: {process.returncode}, {built} pages of {wanted}")
    return {"zensical_s": taken, "zensical_peak_mb": used.ru_maxrss / 1024}
