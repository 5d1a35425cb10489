"""DNS: what each server says of each name.

RFC 1035; SOP step 5. A server that says no, answers: NXDOMAIN and the like are findings.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from periksa.findings import Finding, State, Target
from periksa.plan import Questions
from periksa.queries import Query, ask_all
from periksa.watch import Watch
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
    "NODATA": "{server} mengenal {name}, tetapi tanpa alamat {rdtype}.",
    "NXDOMAIN": "{server} menjawab bahwa {name} tidak ada.",
    "SERVFAIL": "{server} gagal mencari {name} ({rdtype}).",
    "TIMEOUT": "{server} tidak menjawab pertanyaan {name} ({rdtype}).",
    "CLOSED": "{server} hidup, tetapi tidak ada layanan DNS di port {port}.",
    "MALFORMED": "{server} membalas {name} ({rdtype}) dengan paket yang rusak.",
    "UNREACHABLE": "{server} tidak terjangkau ({said}).",
    "BLOCKED": "{server} tidak dapat ditanya dari server ini ({said}).",
    "BADNAME": "{name} bukan nama DNS yang sah.",
    "STOPPED": "Pertanyaan {name} ({rdtype}) ke {server} dihentikan sebelum selesai.",
}
OTHERWISE = "{server} menolak pertanyaan {name} ({rdtype}) dengan {result}."


def resolve(
    servers: Sequence[Target], names: Sequence[str], questions: Questions, watch: Watch
) -> list[Finding]:
    """Ask each server for each name and record type; return a finding for each question.

    Figures: ``name``, ``type``, ``result``, ``answers``, ``ms``, ``sent``, ``port`` (see
    ``queries.Query``).
    UP when there are addresses (for AAAA, also when there are none: few networks here have any);
    DEGRADED when the server answers anything else, be it that its port is closed; DOWN when
    nothing answers; UNKNOWN when it could not be asked.
    """
    started, begun = watch.now(), monotonic()
    asked = [
        (server, Query(server.address, (*server.ports, PORT)[0], name, rdtype))
        for server in servers
        for name in names
        for rdtype in questions.types
    ]
    ask_all([query for _, query in asked], questions, watch)
    blank = Finding(PROBE, "", "", State.UNKNOWN, "", {}, started, monotonic() - begun)
    return [_told(blank, *pair) for pair in asked]


def _told(blank: Finding, server: Target, query: Query) -> Finding:
    state = STATES.get(query.result, State.DEGRADED)
    if (query.result, query.rdtype) == ("NODATA", "AAAA"):
        state = State.UP
    answers = ", ".join(query.answers)
    said = os.strerror(query.error) if query.error else ""
    time = "-" if query.ms is None else f"{query.ms} ms"
    return replace(
        blank,
        target=server.name,
        address=server.address,
        state=state,
        detail=SENTENCES.get(query.result, OTHERWISE).format(
            server=server.name,
            name=query.name,
            rdtype=query.rdtype,
            answers=answers,
            ms=number(query.ms or 0),
            port=query.port,
            said=said,
            result=query.result,
        ),
        figures={
            "name": query.name,
            "type": query.rdtype,
            "result": query.result,
            "answers": query.answers,
            "ms": query.ms,
            "sent": query.sent,
            "port": query.port,
        },
        raw=f"dns {query.name} {query.rdtype}: {query.result} {answers or '-'} {time} {said}".strip(),
    )
