"""Five hundred OPD looked at in one sweep, some of them dark and some without an address."""

import json

import pytest

pytestmark = [pytest.mark.lab, pytest.mark.slow]

# Who answers is this machine itself; 192.0.2.0/24 is swallowed by the first router.
SWEEP = """
import json, sys
from datetime import UTC, datetime
from periksa.examination import Order
from periksa.examine import examine
from periksa.network import Interface, Kind, Link, Network, Node
from periksa.sweep import offices

answering, dark, without = map(int, sys.argv[1:])
homes = [(f"desa{n}", f"127.{1 + n // 250}.{n % 250}") for n in range(answering)]
homes += [(f"gelap{n}", "") for n in range(dark)]
nodes = [
    Node("noc", Kind.SERVER, (Interface("e0", "127.0.0.1"),)),
    Node("inti", Kind.CORE, (Interface("lan", "127.0.0.2"),)),
    *(Node(f"kosong{n}", Kind.ROUTER) for n in range(without)),
]
links = [Link("noc", "inti"), *(Link("inti", f"kosong{n}") for n in range(without))]
for number, (name, net) in enumerate(homes):
    router, desk = (f"{net}.1", f"{net}.20") if net else (
        f"192.0.2.{2 * (number - answering) + 1}", f"192.0.2.{2 * (number - answering) + 2}"
    )
    nodes.append(Node(name, Kind.ROUTER, (Interface("lan", router),)))
    nodes.append(Node(f"pc-{name}", Kind.PC, (Interface("e0", desk),)))
    links += [Link("inti", name), Link(name, f"pc-{name}", "lan")]
network = Network(tuple(nodes), tuple(links))
found = examine(
    Order(network, seconds=None), now=lambda: datetime.now(UTC), progress=lambda share, said: None
)
swept = offices(network, found.findings, found.verdict)
print(json.dumps({one.node: one.state.value for one in swept}))
"""


def test_five_hundred_offices_are_swept_at_once_and_each_gets_its_own_state(lab):
    states = json.loads(lab.python(SWEEP, "470", "20", "10"))
    of = {
        kind: {state for name, state in states.items() if name.startswith(kind)}
        for kind in ("desa", "gelap", "kosong")
    }

    assert len(states) == 500
    assert of == {"desa": {"healthy"}, "gelap": {"fault"}, "kosong": {"untested"}}
