"""Telling what signatures a PDF from outside has, in a process of its own: what it does to its reader ends there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import datetime
from typing import Any, BinaryIO

from pulih.domain.signed import Examined, FoundSignature

_PROGRAM = "pulih.documents.looking"
_PATIENCE = 40.0  # seconds; the program itself takes less time of the processor
_PLACES = threading.BoundedSemaphore(2)  # each may take a gigabyte; whoever comes next waits


def examine(content: BinaryIO) -> Examined:
    """Return what was found in a PDF. One that cannot be read, in time or at all, is not `readable`."""
    try:
        with _PLACES:
            done = subprocess.run(  # noqa: S603 - this interpreter, and a module of ours
                [sys.executable, "-m", _PROGRAM],
                input=content.read(),
                capture_output=True,
                timeout=_PATIENCE,
                check=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
    except (subprocess.SubprocessError, OSError):
        return Examined(readable=False)
    return Examined(signatures=tuple(_signature(row) for row in json.loads(done.stdout)))


def _signature(row: dict[str, Any]) -> FoundSignature:
    return FoundSignature(**row | {"at": row["at"] and datetime.fromisoformat(row["at"])})
