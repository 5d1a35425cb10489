"""The web servers, the provider's captive portal, and the port where devices let one log in.

One thread serves them all: a socket stays in the namespace it was opened in.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread

from lab.certificates import Certificates
from lab.namespaces import inside

LARGE = b"x" * 60_000
PORTAL = 8080, 8443  # where the provider's firewall sends strangers
SSH = 22
GREETING = b"SSH-2.0-lab\r\n"
MOODS = ("fine", "error", "hang", "refuse", "expired")

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Web:
    """Everything that listens for TCP in one lab.

    Attributes:
        prefix: Of the namespaces.
        certificates: Whose to show.
        sites: Nodes with a web server.
        portals: Nodes with a captive portal, unused until a firewall sends somebody there.
        devices: Nodes one can log in to.
    """

    prefix: str
    certificates: Certificates
    sites: Iterable[str]
    portals: Iterable[str]
    devices: Iterable[str]
    moods: dict[str, str] = field(default_factory=dict)
    _loop: asyncio.AbstractEventLoop | None = None
    _open: dict[tuple[str, int], asyncio.Server] = field(default_factory=dict)
    _thread: Thread | None = None

    def start(self) -> None:
        """Listen; returns when everything does."""
        ready = Event()
        self._thread = Thread(target=self._live, args=(ready,), name="web", daemon=True)
        self._thread.start()
        ready.wait()
        self.behave({})

    def stop(self) -> None:
        if self._loop and self._thread:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    def behave(self, moods: dict[str, str]) -> None:
        """Each site's mood from now on; those not named are fine."""
        if self._loop is None:
            raise RuntimeError("not started")
        asyncio.run_coroutine_threadsafe(self._behave(moods), self._loop).result(10)

    def _live(self, ready: Event) -> None:
        loop = self._loop = asyncio.new_event_loop()
        loop.call_soon(ready.set)
        loop.run_forever()
        for server in self._open.values():
            server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.05))
        loop.close()

    async def _behave(self, moods: dict[str, str]) -> None:
        before, self.moods = self.moods, moods
        for name in self.sites:
            refuses = moods.get(name) == "refuse"
            secret = self.certificates.server(expired=moods.get(name) == "expired")
            anew = moods.get(name) != before.get(name)
            await self._listen(name, 80, self._site(name), None, wanted=not refuses, anew=False)
            await self._listen(name, 443, self._site(name), secret, wanted=not refuses, anew=anew)
        for name in self.portals:
            secret = self.certificates.stranger()
            await self._listen(name, PORTAL[0], _portal, None)
            await self._listen(name, PORTAL[1], _portal, secret)
        for name in self.devices:
            await self._listen(name, SSH, _greet, None)

    async def _listen(
        self,
        name: str,
        port: int,
        talk: Talk,
        secret: ssl.SSLContext | None,
        *,
        wanted: bool = True,
        anew: bool = False,
    ) -> None:
        listening = self._open.get((name, port))
        if listening and (anew or not wanted):
            listening.close()
            del self._open[name, port]
        if wanted and (name, port) not in self._open:
            with inside(self.prefix + name):
                opened = socket.create_server(("0.0.0.0", port), backlog=64)
            self._open[name, port] = await asyncio.start_server(
                _quietly(talk), sock=opened, ssl=secret
            )

    def _site(self, name: str) -> Talk:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            path = await _asked(reader)
            mood = self.moods.get(name, "fine")
            if mood == "hang":
                await asyncio.sleep(60)
            elif mood == "error":
                await _say(writer, "503 Service Unavailable", b"galat")
            elif path == "/generate_204":
                await _say(writer, "204 No Content", b"")
            else:
                await _say(writer, "200 OK", LARGE if path == "/besar" else b"halo")

        return talk


def _quietly(talk: Talk) -> Talk:
    """A visitor who leaves in the middle is no error."""

    async def quiet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await talk(reader, writer)
        writer.close()
        with suppress(OSError, ssl.SSLError, asyncio.CancelledError):
            await writer.wait_closed()

    return quiet


async def _portal(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await _asked(reader)
    await _say(writer, "302 Found", b"", "Location: http://masuk.penyedia.test/")


async def _greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(GREETING)
    await writer.drain()


async def _asked(reader: asyncio.StreamReader) -> str:
    head = await reader.readuntil(b"\r\n\r\n")
    return head.split()[1].decode()


async def _say(writer: asyncio.StreamWriter, status: str, body: bytes, *more: str) -> None:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *more]
    writer.write("\r\n".join([*head, "", ""]).encode() + body)
    await writer.drain()
