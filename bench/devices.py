"""How long twenty devices take to be asked, all at once, beside one.

    python bench/devices.py [--json]

Each is a login of its own to one OpenSSH server on the loopback interface, with a password (root: the account is one
that only that server knows). Asked are a port, whose counters are read twice, a neighbour, three routes and DHCP, as of
an OPD's router; `without_counters_s` does not wait between two readings. All logins share this machine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests" / "tools")]

from devices import PASSWORD, USER  # noqa: E402 - the tests' tools are no package of ours
from openssh import OpenSsh, why_no_openssh  # noqa: E402 - see above

from periksa.findings import State  # noqa: E402 - see above
from periksa.vantage.login import Login  # noqa: E402 - see above
from periksa.vantage.look import WINDOW  # noqa: E402 - see above
from periksa.vantage.questions import About, Question  # noqa: E402 - see above
from periksa.vantage.rounds import Rounds  # noqa: E402 - see above
from periksa.watch import Watch  # noqa: E402 - see above

MANY, ROUNDS = 20, 5
ASKED = (
    Question(About.LINK, "lo"),
    Question(About.BROADCAST, "lo"),
    Question(About.ARP, "127.0.0.9"),
    Question(About.ROUTE, "default"),
    Question(About.ROUTE, "10.1.0.0/24"),
    Question(About.ROUTE, "10.2.0.0/24"),
    Question(About.DHCP),
)


def seconds(server: OpenSsh, count: int, window: float) -> float:
    """How long so many take; ends the program when one of them did not answer."""
    logins = [
        Login(
            node=f"opd{number}",
            address="127.0.0.1",
            kind="linux",
            port=server.port,
            user=USER,
            password=PASSWORD,
            keys=server.folder / "keys",
        )
        for number in range(count)
    ]
    watch = Watch.lasting(60, lambda: datetime.now(UTC))
    began = time.perf_counter()
    rounds = Rounds([(login, ASKED) for login in logins], watch, window)
    rounds.begin()
    while rounds.going:
        rounds.wait(1)
    took = time.perf_counter() - began
    found = rounds.findings()
    entered = [one for one in found if one.probe == "login" and one.state is State.UP]
    ports = [one for one in found if one.probe == "link" and one.state is State.UP]
    if len(entered) != count or len(ports) != count:
        sys.exit(f"{len(entered)} of {count} let us in, {len(ports)} told of their port")
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if why := why_no_openssh():
        sys.exit(why)
    with (
        tempfile.TemporaryDirectory() as folder,
        OpenSsh.at_a_free_port(Path(folder)).running() as server,
    ):
        seconds(server, 1, 0)  # whose key is remembered, and modules loaded
        taken = {
            name: [seconds(server, count, window) for _ in range(ROUNDS)]
            for name, count, window in (
                ("one_device_s", 1, WINDOW),
                ("twenty_devices_s", MANY, WINDOW),
                ("without_counters_s", MANY, 0),
            )
        }
    result = {name: round(statistics.median(took), 2) for name, took in taken.items()}
    result["twenty_devices_worst_s"] = round(max(taken["twenty_devices_s"]), 2)
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:24}{value:6.2f}")


if __name__ == "__main__":
    main()
