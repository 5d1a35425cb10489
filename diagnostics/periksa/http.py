"""HTTP and HTTPS: whether a page comes, and if not, where it stops.

RFC 9110. A connection that stands and then stalls is a swallowed large packet or a hung server; a
way on to another site is a portal that wants a sign-in; both look fine to a ping.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

from periksa.addresses import allowed, parse
from periksa.findings import Figure, Finding, State, Target
from periksa.gear import Gear
from periksa.pages import Page, Visits
from periksa.plan import Questions
from periksa.queries import Query, ask_all
from periksa.visit import Visit, visit
from periksa.wording import number

PROBE = "http"
PORT = 53

STATES = {
    "ok": State.UP,
    "timeout": State.DOWN,
    "unreachable": State.DOWN,
    "stall": State.DOWN,
    "unresolved": State.DOWN,
    "blocked": State.UNKNOWN,
    "stopped": State.UNKNOWN,
}
SENTENCES = {
    "ok": "{url} terbuka ({status}, {ms} ms).",
    "portal": "{url} dialihkan ke halaman masuk ({status} {location}).",
    "status": "{url} dijawab dengan status {status}.",
    "certificate": "Sertifikat {url} tidak sah: {reason}.",
    "tls": "{url} terhubung, tetapi sambungan amannya gagal ({reason}).",
    "stall": "{url} terhubung, lalu macet {stage} ({bytes} byte diterima).",
    "reset": "{url} memutus sambungan {stage}.",
    "malformed": "{url} tidak dijawab sebagai halaman web.",
    "timeout": "{url} tidak menjawab.",
    "refused": "{url} menolak: perangkatnya hidup, layanannya tidak.",
    "unreachable": "{url} tidak terjangkau ({said}).",
    "unresolved": "Alamat {url} tidak ditemukan lewat DNS.",
    "blocked": "{url} tidak dapat dibuka dari server ini ({said}).",
    "stopped": "Pemeriksaan {url} dihentikan sebelum selesai.",
}
STAGES = {
    "connect": "sebelum tersambung",
    "tls": "saat mengamankan sambungan",
    "answer": "sebelum ada jawaban",
    "body": "di tengah isi",
    "done": "sesudah isi",
}
REASONS = {
    "expired": "sudah kedaluwarsa",
    "not_yet": "belum berlaku",
    "name": "untuk nama lain",
    "self_signed": "ditandatangani sendiri",
    "issuer": "penerbitnya tidak dikenal",
}
BARRED = "{url} menunjuk ke {address}, di luar rentang yang boleh diperiksa."


@dataclass(frozen=True, slots=True)
class Around:
    """What is needed to find a page's address.

    Attributes:
        servers: DNS servers.
        questions: How to ask them.
        ranges: In CIDR notation, addresses that a name may point to.
        public: It may point to any public address as well.
    """

    servers: Sequence[Target]
    questions: Questions
    ranges: Sequence[str] = ()
    public: bool = True


async def fetch(pages: Sequence[Page], how: Visits, around: Around, gear: Gear) -> list[Finding]:
    """Fetch the pages; return a finding each, with the URL as its target.

    Figures: ``url``, ``result``, ``stage``, ``reason``, ``days_left``, ``bytes``, ``connect_ms``,
    ``tls_ms``, ``first_ms``, ``total_ms``, ``error`` (see ``visit.Visit``; ``result`` may also be
    "unresolved"), ``status`` and ``location`` (see ``answers.Answer``; None and "" without one).
    UP when the page is right, DOWN when nothing comes, DEGRADED when something else comes, UNKNOWN
    when it could not be tried, or must not: a name that points to an address out of bounds.
    """
    started, room = gear.watch.now(), asyncio.Semaphore(how.at_once)

    async def one(page: Page) -> Finding:
        begun = monotonic()
        async with room:
            address, found = await _fetch(page, how, around, gear)
        blank = Finding(
            PROBE, page.url, address, State.UNKNOWN, "", {}, started, monotonic() - begun
        )
        return _told(blank, found)

    return await asyncio.gather(*map(one, pages))


async def _fetch(page: Page, how: Visits, around: Around, gear: Gear) -> tuple[str, Visit]:
    begun = monotonic()
    address = page.address or page.literal
    if not address:
        async with gear.watch.bounded(how.lookup):
            address = await _resolved(page.host, around, gear)
        if not address:
            return "", Visit("stopped" if gear.watch.over else "unresolved")
        if not _permitted(address, around):
            return address, Visit("blocked")
    left = how.wait - (monotonic() - begun)
    return address, await visit(page, address, replace(how, wait=left), gear)


async def _resolved(host: str, around: Around, gear: Gear) -> str:
    """The first address that any of the servers gives, empty when none does."""

    async def ask(server: Target) -> list[str]:
        query = Query(server.address, (*server.ports, PORT)[0], host, "A")
        await ask_all([query], around.questions, gear)
        return query.answers

    asking = [asyncio.create_task(ask(server)) for server in around.servers]
    try:
        for answered in asyncio.as_completed(asking):
            answers = await answered
            if answers:
                return answers[0]
    finally:
        for task in asking:
            task.cancel()
    return ""


def _permitted(address: str, around: Around) -> bool:
    """A name's owner decides what it points to: let that not be a machine in here."""
    try:
        open_to_all = around.public and parse(address).is_global
        return open_to_all or allowed(address, (), around.ranges)
    except ValueError:
        return False


def _told(blank: Finding, found: Visit) -> Finding:
    answer = found.answer
    figures: dict[str, Figure] = {
        "url": blank.target,
        "result": found.result,
        "stage": found.stage,
        "status": answer.status if answer else None,
        "location": answer.location if answer else "",
        "reason": found.reason,
        "days_left": found.days_left,
        "bytes": found.bytes,
        "connect_ms": found.connect_ms,
        "tls_ms": found.tls_ms,
        "first_ms": found.first_ms,
        "total_ms": found.total_ms,
        "error": found.error,
    }
    barred = found.result == "blocked" and not found.error
    sentence = BARRED if barred else SENTENCES[found.result]
    detail = sentence.format(
        url=blank.target,
        address=blank.address,
        status=figures["status"],
        location=figures["location"],
        ms=number(found.total_ms or 0),
        reason=REASONS.get(found.reason, found.reason or "sebab lain"),
        stage=STAGES[found.stage],
        bytes=found.bytes,
        said=os.strerror(found.error) if found.error else "",
    )
    raw = "\n".join(f"{key}: {value}" for key, value in figures.items())
    state = STATES.get(found.result, State.DEGRADED)
    return replace(blank, state=state, detail=detail, figures=figures, raw=raw)
