"""Pages to fetch, as data: what is asked, and what would be right."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from periksa.addresses import parse

PORTS = {"http": 80, "https": 443}
DEFAULT = "/"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to fetch over HTTP or HTTPS.

    Attributes:
        url: Of the page, in ASCII, without a user's name.
        address: Where to connect to; empty: what the host in ``url`` resolves to.
        status: The HTTP status that is right; 0: any of success, or a way on within the same site.

    Raises:
        ValueError: The URL or the address is none.
    """

    url: str
    address: str = ""
    status: int = 0

    def __post_init__(self) -> None:
        split = self._split
        if split.scheme not in PORTS or not split.hostname or split.username is not None:
            raise ValueError(f"{self.url!r} bukan alamat http atau https.")
        if any(not "!" <= letter <= "~" for letter in self.url):
            raise ValueError(f"{self.url!r} memuat spasi atau huruf di luar ASCII.")
        if not self.port:  # asked also for the error that it raises
            raise ValueError(f"{self.url!r} menyebut port yang tidak mungkin.")
        if self.address:
            object.__setattr__(self, "address", str(parse(self.address)))

    @property
    def _split(self) -> SplitResult:
        return urlsplit(self.url)

    @property
    def secure(self) -> bool:
        """Over TLS."""
        return self._split.scheme == "https"

    @property
    def host(self) -> str:
        """The name or address in the URL."""
        return self._split.hostname or ""

    @property
    def port(self) -> int:
        """The TCP port. Raises ValueError when the URL names an impossible one."""
        port = self._split.port
        return PORTS[self._split.scheme] if port is None else port

    @property
    def literal(self) -> str:
        """The address that the URL itself names, empty where it names a host."""
        try:
            return str(ip_address(self.host))
        except ValueError:
            return ""

    @property
    def request(self) -> bytes:
        """What is sent: one GET, after which the server is to close."""
        split = self._split
        path = (split.path or DEFAULT) + (f"?{split.query}" if split.query else "")
        host = split.netloc.rpartition("@")[2]
        lines = (f"GET {path} HTTP/1.1", f"Host: {host}", "User-Agent: periksa", "Accept: */*")
        return "\r\n".join(
            (*lines, "Accept-Encoding: identity", "Connection: close", "", "")
        ).encode()


@dataclass(frozen=True, slots=True)
class Visits:
    """How to fetch pages.

    Attributes:
        lookup: Seconds to find the address of a page's host.
        connect: Seconds for a connection; the kernel asks at 0, 1 and 2 or 3 seconds.
        wait: Seconds for all of it.
        enough: Bytes of a page that are read: several full packets, and no more of a slow link.
        at_once: Pages under way together, at most.
    """

    lookup: float = 1.5
    connect: float = 3.2
    wait: float = 4.2
    enough: int = 16_384
    at_once: int = 50
