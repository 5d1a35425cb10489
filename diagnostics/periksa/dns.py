"""DNS: what each server says of each name.

RFC 1035; SOP step 5. A server that says no, answers: NXDOMAIN and the like are findings.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address
from time import monotonic

from periksa.findings import Finding, State, Target
from periksa.gear import Gear
from periksa.network import Name
from periksa.plan import Questions
from periksa.queries import Query, ask_all
from periksa.wording import number

PROBE = "dns"
PORT = 53

STATES = {
    "NOERROR": State.UP,
    "TIMEOUT": State.DOWN,
    "UNREACHABLE": State.DOWN,
    "BLOCKED": State.UNKNOWN,
    "BADNAME": State.UNKNOWN,
    "STOPPED": State.UNKNOWN,
}
SENTENCES = {
    "NOERROR": "{server} menjawab {name} ({rdtype}): {answers} ({ms} ms).",
    "WRONG": "{server} menjawab {name} ({rdtype}) dengan alamat yang salah: {answers}.",
    "NODATA": "{server} mengenal {name}, tetapi tanpa alamat {rdtype}.",
    "NXDOMAIN": "{server} menjawab bahwa {name} tidak ada.",
    "SERVFAIL": "{server} gagal mencari {name} ({rdtype}).",
    "TRUNCATED": "Jawaban {server} atas {name} ({rdtype}) tidak muat dalam satu paket.",
    "TIMEOUT": "{server} tidak menjawab pertanyaan {name} ({rdtype}).",
    "CLOSED": "{server} hidup, tetapi tidak ada layanan DNS di port {port}.",
    "MALFORMED": "{server} membalas {name} ({rdtype}) dengan paket yang rusak.",
    "UNREACHABLE": "{server} tidak terjangkau ({said}).",
    "BLOCKED": "{server} tidak dapat ditanya dari server ini ({said}).",
    "BADNAME": "{name} bukan nama DNS yang sah.",
    "STOPPED": "Pertanyaan {name} ({rdtype}) ke {server} dihentikan sebelum selesai.",
}
OTHERWISE = "{server} menolak pertanyaan {name} ({rdtype}) dengan {result}."


async def resolve(
    servers: Sequence[Target], names: Sequence[Name], questions: Questions, gear: Gear
) -> list[Finding]:
    """Ask each server for each name and record type; return a finding for each question.

    Figures: ``name``, ``type``, ``result``, ``answers``, ``ms``, ``sent``, ``port`` (see
    ``queries.Query``); ``external`` (0 or 1) and ``expect`` of the name; ``wrong`` (0 or 1: the
    addresses are others than the name's, or such as no name can have); ``peers``: whether the
    answer shares an address with another server's, "agree" or "differ" (by itself no fault: large
    sites have many addresses), None when no other server gave any.
    UP when there are addresses (for AAAA, also when there are none: few networks here have any);
    DEGRADED when they are wrong, or the server answers anything else, be it that its port is closed; DOWN when
    nothing answers; UNKNOWN when it could not be asked.
    """
    started, begun = gear.watch.now(), monotonic()
    asked = [
        (server, name, Query(server.address, (*server.ports, PORT)[0], name.name, rdtype))
        for server in servers
        for name in names
        for rdtype in questions.types
    ]
    queries = [query for _, _, query in asked]
    await ask_all(queries, questions, gear)
    blank = Finding(PROBE, "", "", State.UNKNOWN, "", {}, started, monotonic() - begun)
    return [
        _told(blank, server, name, query, _peers(query, queries)) for server, name, query in asked
    ]


def wrong(name: Name, query: Query) -> bool:
    """The addresses are others than the name's, or such as no name can have."""
    if query.result != "NOERROR":
        return False
    said = [ip_address(answer) for answer in query.answers]
    if any(one.is_loopback or one.is_unspecified or one.is_link_local for one in said):
        return True
    known = [one for one in map(ip_address, name.expect) if one.version == said[0].version]
    return bool(known) and not set(said) & set(known)


def _peers(query: Query, queries: Sequence[Query]) -> str | None:
    others = {
        answer
        for other in queries
        if other is not query and (other.name, other.rdtype) == (query.name, query.rdtype)
        for answer in other.answers
    }
    if not others or not query.answers:
        return None
    return "agree" if others & set(query.answers) else "differ"


def _told(blank: Finding, server: Target, name: Name, query: Query, peers: str | None) -> Finding:
    result, odd = query.result, wrong(name, query)
    state = State.DEGRADED if odd else STATES.get(result, State.DEGRADED)
    if (result, query.rdtype) == ("NODATA", "AAAA"):
        state = State.UP
    answers = ", ".join(query.answers)
    said = os.strerror(query.error) if query.error else ""
    time = "-" if query.ms is None else f"{query.ms} ms"
    return replace(
        blank,
        target=server.name,
        address=server.address,
        state=state,
        detail=SENTENCES.get("WRONG" if odd else result, OTHERWISE).format(
            server=server.name,
            name=query.name,
            rdtype=query.rdtype,
            answers=answers,
            ms=number(query.ms or 0),
            port=query.port,
            said=said,
            result=result,
        ),
        figures={
            "name": query.name,
            "type": query.rdtype,
            "external": int(name.external),
            "result": result,
            "answers": query.answers,
            "expect": name.expect,
            "wrong": int(odd),
            "peers": peers,
            "ms": query.ms,
            "sent": query.sent,
            "port": query.port,
        },
        raw=f"dns {query.name} {query.rdtype}: {result} {answers or '-'} {time} {said}".strip(),
    )
