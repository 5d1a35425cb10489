"""How long a person waits for a verdict: `periksa NODE --path FILE` in the lab, from the command to its end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests" / "lab")]

from lab.export import network  # noqa: E402 - the lab is no package of ours
from lab.laboratory import running  # noqa: E402 - see above
from lab.namespaces import why_not  # noqa: E402 - see above
from lab.parts import CASTS  # noqa: E402 - see above
from lab.topologies import TOPOLOGIES  # noqa: E402 - see above

EVERY = 6  # of the faults, each sixth: the times differ by what is silent, not by the fault
SETTLE = 1.0  # seconds from breaking to asking


def clicks(name: str) -> list[tuple[str, float, float]]:
    """Fault, wall seconds of the whole command, and seconds that it says it took; also of no fault.

    Raises SystemExit, with the reason, where there can be no lab.
    """
    why = why_not()
    if why:
        sys.exit(f"no lab here: {why}")
    topology, took = TOPOLOGIES[name], []
    with running(topology, f"b{os.getpid()}") as lab, tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "network.json")
        file.write_text(json.dumps({**network(topology), "vantages": []}))
        command = [
            sys.executable,
            "-m",
            "periksa.cli",
            CASTS[name].office,
            "--path",
            str(file),
            "--json",
        ]
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "diagnostics"),
            "SSL_CERT_FILE": str(lab.folder / "ca.pem"),
        }
        for fault in ("", *list(lab.faults)[::EVERY]):
            lab.become(*filter(None, [fault]))
            time.sleep(SETTLE)
            began = time.perf_counter()
            run = lab.popen(topology.server, command, stdout=subprocess.PIPE, env=environment)
            out, _ = run.communicate(timeout=60)
            took.append(
                (fault or "healthy", time.perf_counter() - began, json.loads(out)["seconds"])
            )
    return took
