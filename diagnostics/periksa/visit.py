"""One page fetched on the event loop: how far it came, and what stood in the way.

Connected first and secured afterwards, so that it can be said where a page stalls. Reading waits
for its turn on the link; a server that sends more than is wanted finds the line closed.
"""

import asyncio
import socket
import ssl
from dataclasses import dataclass
from time import monotonic

from periksa import answers, certificates
from periksa.answers import Answer
from periksa.gear import Gear
from periksa.pages import Page, Visits
from periksa.tcp import Attempt, open_to

CHUNK = 2048
HEAD = 16_384  # bytes of a response's head that are believed
ACKNOWLEDGED = 60  # bytes that go back for each chunk


@dataclass(slots=True)
class Visit:
    """What became of one page.

    Attributes:
        result: "ok", "portal", "status", "certificate", "tls" (no understanding about TLS),
            "stall" (connected, then silence), "reset" (closed before all had come), "malformed" (no
            HTTP), "timeout" (no connection), "refused", "unreachable", "blocked" or "stopped".
        stage: How far it came: "connect", "tls", "answer", "body" or "done".
        answer: The head of the response.
        reason: Why the certificate was not believed, or TLS failed.
        days_left: Until the certificate expires.
        bytes: Of the body, as far as it was read.
        error: The operating system's error number, 0 when there was none.
        connect_ms: Milliseconds until connected; the others count from the same beginning.
        tls_ms: … until secured.
        first_ms: … until the response's head had come.
        total_ms: … until the end, whatever it was.
    """

    result: str = "stopped"
    stage: str = "connect"
    answer: Answer | None = None
    reason: str = ""
    days_left: int | None = None
    bytes: int = 0
    error: int = 0
    connect_ms: float | None = None
    tls_ms: float | None = None
    first_ms: float | None = None
    total_ms: float | None = None


async def visit(page: Page, address: str, how: Visits, gear: Gear) -> Visit:
    """Fetch a page from that address, within ``how.wait`` seconds."""
    found, begun = Visit(), monotonic()
    async with gear.watch.bounded(how.wait):
        await _visit(page, address, found, how, gear)
    if found.result == "stopped" and not gear.watch.over:
        found.result = "timeout" if found.stage == "connect" else "stall"
    found.total_ms = _since(begun)
    return found


async def _visit(page: Page, address: str, found: Visit, how: Visits, gear: Gear) -> None:
    attempt = Attempt(address, page.port)
    opened = await open_to(attempt, how.connect, gear)
    found.error = attempt.error
    if opened is None:
        found.result = attempt.result
        return
    found.connect_ms = attempt.ms
    try:
        await _talk(page, attempt.address, opened, found, how, gear)
    except ssl.SSLCertVerificationError as error:
        found.result, found.reason = "certificate", certificates.reason(error)
    except ssl.SSLError as error:
        found.result, found.reason = "tls", (error.reason or "").lower()
    except asyncio.IncompleteReadError as error:
        found.result = "malformed" if error.partial else "reset"
    except (OSError, EOFError) as error:
        found.result, found.error = "reset", getattr(error, "errno", 0) or 0
    except asyncio.LimitOverrunError:
        found.result = "malformed"


async def _talk(
    page: Page, address: str, opened: socket.socket, found: Visit, how: Visits, gear: Gear
) -> None:
    begun = monotonic() - (found.connect_ms or 0) / 1000
    reader, writer = await asyncio.open_connection(sock=opened, limit=HEAD)
    try:
        if page.secure:
            found.stage = "tls"
            await writer.start_tls(await certificates.context(), server_hostname=page.host)
            found.tls_ms = _since(begun)
            found.days_left = certificates.days_left(writer.get_extra_info("ssl_object"))
        found.stage = "answer"
        writer.write(page.request)
        answer = answers.read(await reader.readuntil(b"\r\n\r\n"))
        found.answer, found.first_ms = answer, _since(begun)
        if answer is None:
            found.result = "malformed"
            return
        found.stage = "body"
        await _read(reader, address, found, how, gear)
        found.stage, found.result = "done", answers.meaning(page, answer)
    finally:
        writer.transport.abort()


async def _read(
    reader: asyncio.StreamReader, address: str, found: Visit, how: Visits, gear: Gear
) -> None:
    """Read the body, or enough of it. Raises EOFError when less came than was promised."""
    promised = found.answer.length if found.answer else None
    enough = how.enough if promised is None else min(promised, how.enough)
    while found.bytes < enough:
        data = await reader.read(CHUNK)
        found.bytes += len(data)
        if not data and promised is None:
            return
        if not data:
            raise EOFError
        await gear.pacer.turn(address, ACKNOWLEDGED, len(data))


def _since(begun: float) -> float:
    return round((monotonic() - begun) * 1000, 3)
