"""Publishes in a process that is killed: `publishing_process.py OFFICE CASES COUNT`, CASES being pickled.

At each thing done to the disk it counts, and at the given count it kills itself, without a word.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path

from pulih.domain.edition import Case, Edition
from pulih.publish.site import SitePublisher

DEEDS = {"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "os.truncate"}


def main() -> None:
    office, cases, last = (
        Path(sys.argv[1]),
        pickle.loads(Path(sys.argv[2]).read_bytes()),
        int(sys.argv[3]),
    )
    left = last

    def count(event: str, args: tuple) -> None:
        nonlocal left
        writing = (
            event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if event in DEEDS or writing:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    publisher = SitePublisher(office, office / "data" / "site")
    sys.addaudithook(count)
    publisher.publish(Edition(tuple(map(Case, cases))), "stamp")


if __name__ == "__main__":
    main()
