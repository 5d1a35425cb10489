"""What stands between a terminal library and a device: it knows what may go out, and how much in.

Terminal libraries send lines of their own accord: to silence a pager, to answer a question. (One
agrees to save the device's configuration when asked at login.) Here every line is held against the
few that may pass, so that no way of using the library can change a device.
"""

from collections.abc import Callable, Iterable
from time import monotonic

LIMIT = 400_000  # characters of one answer; the longest real ones are a quarter of that
SIP = 65_536  # characters handed over at once: the library looks for a prompt in between


class Barred(Exception):
    """The library wanted to say something that may not be said; the device asked for it."""


class Endless(Exception):
    """The device prints without end."""


class Late(Exception):
    """The time for this device is over."""


class TwiceAsked(Exception):
    """The device asks for the password a second time: the first was wrong."""


class Gate:
    """A channel that lets through what is permitted.

    Args:
        send: Writes to the device.
        receive: Reads what has come, at once; an empty text when nothing has.
        permitted: Lines that may always pass, such as the one that silences the pager.
        credentials: Lines that may pass once each, at login (over telnet).
        deadline: When all must be over, on ``time.monotonic``'s scale.
    """

    def __init__(
        self,
        send: Callable[[str], None],
        receive: Callable[[], str],
        permitted: Iterable[str],
        credentials: Iterable[str],
        deadline: float,
    ) -> None:
        self._send = send
        self._receive = receive
        self._always = frozenset(permitted) | {""}
        self._once = list(credentials)
        self._spent: list[str] = []
        self._next = ""
        self._heard = 0
        self._deadline = deadline

    def admit(self, line: str) -> None:
        """Let this line through from now on, instead of the one admitted before."""
        self._next = line
        self._once.clear()  # the login is over
        self._heard = 0

    @property
    def told(self) -> bool:
        """The last of the credentials, the password, has been asked for and sent."""
        return bool(self._spent) and not self._once

    def write_channel(self, out_data: str) -> None:
        """As the library's channels have it. Raises Barred or TwiceAsked, and sends nothing."""
        line = out_data.strip(" \r\n")
        if line in self._once:
            self._once.remove(line)
            self._spent.append(line)
        elif line in self._spent and line not in self._always:
            raise TwiceAsked
        elif line not in self._always and line != self._next:
            raise Barred(line)
        self._send(out_data)

    def read_buffer(self) -> str:
        """As the library's channels have it. Raises Late or Endless."""
        if monotonic() >= self._deadline:
            raise Late
        text = self._receive()
        self._heard += len(text)
        if self._heard > LIMIT:
            raise Endless
        return text

    def read_channel(self) -> str:
        """All that has come, up to SIP and a little."""
        text = ""
        while len(text) < SIP and (more := self.read_buffer()):
            text += more
        return text
