"""Of a recorded run, what the product itself would have been told.

The lab's vantages look at all there is to see. A device that Periksa logs in to is asked a few things about its own
ports, neighbours and routes (`periksa.vantage.asking`), and a computer tells what fits into a code of 21 digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from periksa.findings import Finding
from periksa.judge.reach import Reach
from periksa.network import Kind, Network, Node
from periksa.vantage.asking import questions

NO_CONTENT = 204  # what a page says that is there to find out portals

Told = Callable[[Finding], Finding | None]


def asked(network: Network, findings: Sequence[Finding]) -> list[Finding]:
    """Those findings that logins and codes would have brought, and all of the server's."""
    reach, of = Reach(network), dict[str, Told]()
    for name in {one.vantage for one in findings} & set(network.by_name):
        node = network.by_name[name]
        of[name] = _code(reach, node) if node.kind is Kind.PC else _login(network, node)
    return [
        told for one in findings if (told := of[one.vantage](one) if one.vantage in of else one)
    ]


def _login(network: Network, node: Node) -> Told:
    """A device says what it is asked; no more than its own DHCP server's state of DHCP."""
    wanted = {(one.about.value, one.subject) for one in questions(network, node)}

    def told(finding: Finding) -> Finding | None:
        if finding.probe == "dhcp":
            mine = "listening" in finding.figures and ("dhcp", "") in wanted
            return finding if mine else None
        return finding if (finding.probe, finding.address or finding.target) in wanted else None

    return told


def _code(reach: Reach, node: Node) -> Told:
    """A computer tells of its port, gateway and resolver, of a server of the office, and of a portal."""
    network = reach.network
    router = reach.gateway(min(reach.segments_at(node.name), default=-1))
    inside = {str(port.address) for port in network.by_name[router].interfaces if port.address}
    server = set(network.by_name[network.server].addresses)
    portals = [one.url for one in network.services if one.expect_status == NO_CONTENT]

    def kept(finding: Finding) -> bool:
        figures = finding.figures
        near = finding.address in inside
        return {
            "link": True,
            "ping": near or finding.address in server,
            "big": finding.address in server,
            "arp": near or bool(figures.get("own")),
            "route": finding.target == "default",
            "dhcp": not figures.get("offers"),
            "dns": near,
            "http": figures.get("url") in portals,
        }.get(finding.probe, False)

    def told(finding: Finding) -> Finding | None:
        if finding.probe == "link":
            return replace(finding, figures={"carrier": finding.figures["carrier"]})
        return finding if kept(finding) else None

    return told
