"""What a plan costs each link at most, in bytes: known before anything is sent. Pure."""

from collections import Counter
from collections.abc import Mapping

from periksa.pace import FRAME
from periksa.plan import ECHO, Plan

ECHO6 = 20  # bytes that an IPv6 header is longer than one of IPv4
HANDSHAKE = 80  # bytes of a TCP packet that opens, accepts, refuses or acknowledges, at most
ASKS = 5  # times that the kernel asks for a connection within the seconds that are waited
DATAGRAM = 600  # bytes of a DNS question and its answer, there and back
CERTIFICATES = 12_000  # bytes of a TLS handshake
WINDOW = 65_536  # bytes of a page that may be under way when no more is wanted
SEGMENT = 1200  # bytes of a full packet on a narrow link


def budget(plan: Plan) -> Mapping[str, int]:
    """Bytes by link, there and back, were everything sent that the plan may send.

    Ethernet's framing is counted, ARP is not. ``pace.ALL`` stands for all that leaves this machine.
    """
    cost: Counter[str] = Counter()
    for target in plan.targets:
        echoes = plan.first.count + plan.again.count + 2
        ports = len(target.ports) or len(plan.connects.knock)
        each = echoes * _both(ECHO + ECHO6) + ports * ASKS * _both(HANDSHAKE)
        _add(cost, plan, target.address, each)
    _add_few(cost, plan, plan.big.targets, _big(plan))
    _add_few(cost, plan, plan.hops.targets, 2 * plan.hops.limit * _both(ECHO + ECHO6))
    asked = len(plan.names) * len(plan.questions.types)
    looked_up = sum(not page.address and not page.literal for page in plan.pages)
    for server in plan.servers:
        _add(cost, plan, server.address, 2 * (asked + looked_up) * (DATAGRAM + 2 * FRAME))
    for page in plan.pages:
        body = plan.visits.enough + WINDOW + CERTIFICATES
        packets = body // SEGMENT + ASKS
        each = body + packets * (2 * FRAME + HANDSHAKE)
        _add(cost, plan, page.address or page.literal, each)
    return dict(cost)


def _both(size: int) -> int:
    """A packet and its like in return."""
    return 2 * (size + FRAME)


def _big(plan: Plan) -> int:
    sizes = (*(plan.big.size,) * 2 * plan.big.count, *plan.big.ladder)
    return sum(map(_both, sizes))


def _add(cost: Counter[str], plan: Plan, address: str, size: int) -> None:
    for link in plan.links.way(address):
        cost[link] += size


def _add_few(cost: Counter[str], plan: Plan, few: int, each: int) -> None:
    """As many targets as are behind a link, but no more than a few in all."""
    behind: Counter[str] = Counter()
    for target in plan.targets:
        behind.update(plan.links.way(target.address))
    for link, count in behind.items():
        cost[link] += min(count, few) * each
