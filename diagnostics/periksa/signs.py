"""Findings read as signs of a network.

Pure. Findings are matched with the network by address, or by vantage and port; never by what a
target is called. What a finding leaves open makes no sign; nothing here raises over a finding.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from periksa.findings import Finding, State
from periksa.judge.reach import Reach
from periksa.seen_devices import (
    answer_signs,
    arp_signs,
    broadcast_signs,
    dhcp_signs,
    link_signs,
    login_signs,
    route_signs,
)
from periksa.seen_ways import (
    added,
    big_signs,
    dns_signs,
    http_signs,
    knock_signs,
    ping_signs,
    tcp_signs,
    trace_signs,
)
from periksa.sign import PERSON, Seen, Sign

ANSWER = "answer"  # the one probe of a person, who sends no packets

Reader = Callable[[Reach, str, Finding], Iterator[Sign]]

READERS: Mapping[str, Reader] = {
    "ping": ping_signs,
    "echo": ping_signs,
    "big": big_signs,
    "trace": trace_signs,
    "port": tcp_signs,
    "tcp": tcp_signs,
    "knock": knock_signs,
    "dns": dns_signs,
    "http": http_signs,
    "link": link_signs,
    "arp": arp_signs,
    "route": route_signs,
    "dhcp": dhcp_signs,
    "broadcast": broadcast_signs,
    "login": login_signs,
    ANSWER: answer_signs,
}


def signs(reach: Reach, findings: Iterable[Finding]) -> tuple[Sign, ...]:
    """What the findings show of that network.

    Findings of the same thing from the same place are one sign: echoes are added up, of anything
    else the last word counts (so that an answer, or a second look, replaces the first).
    """
    network = reach.network
    kept: dict[tuple[str, Seen, str, str, str], Sign] = {}
    for finding in findings:
        vantage = finding.vantage or network.server
        known = finding.probe == ANSWER if vantage == PERSON else vantage in network.by_name
        if not known:
            continue
        read = READERS.get(finding.probe)
        if read is None or (finding.state is State.UNKNOWN and finding.probe != ANSWER):
            continue
        made = list(read(reach, vantage, finding))
        if vantage not in (PERSON, network.server):
            made.append(Sign(vantage, Seen.TALKS, vantage, "", "yes"))
        for sign in made:
            before = kept.pop(sign.key, None)
            kept[sign.key] = added(before, sign) if before else sign
    return tuple(kept.values())
