"""Reads a network from a TOML or JSON file: what ``periksa --path FILE`` is given.

The file may come from anybody. Whatever is wrong with it is a ValueError whose message is a
sentence for the person who wrote it; the shape is told in the wiki (developer/periksa-network.md).
"""

import json
import tomllib
from collections.abc import Callable, Iterable
from ipaddress import ip_interface
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from periksa.addresses import parse as parse_address
from periksa.entries import Entry
from periksa.netchecks import known_node, once, with_parents
from periksa.network import (
    Interface,
    Kind,
    Link,
    Name,
    Network,
    Node,
    Resolver,
    Service,
    Vantage,
)

MOST_BYTES = 8_000_000
MOST_ENTRIES = 20_000
SECTIONS = ("nodes", "links", "resolvers", "names", "services", "vantages")
DEFAULT_PORTS = {"http": 80, "https": 443}

Made = TypeVar("Made")


def read(path: Path) -> Network:
    """The network that a file describes; JSON when its name ends in .json, else TOML.

    Raises:
        ValueError: It describes none.
        OSError: It cannot be read.
    """
    with path.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"Berkas lebih besar dari {MOST_BYTES // 1_000_000} MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("Berkas bukan teks UTF-8.") from None
    return parse(text, path.suffix.lower().lstrip("."))


def parse(text: str, language: str = "toml") -> Network:
    """The network that a text describes, in "json" or (anything else) TOML.

    Raises:
        ValueError: It describes none.
    """
    try:
        data = json.loads(text) if language == "json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"Berkas tidak dapat dibaca: {error}.") from None
    return network(data)


def network(data: object) -> Network:
    """The network in the file's shape, already parsed.

    Raises:
        ValueError: The shape is another, or what it says does not fit together.
    """
    whole = Entry(data, "Berkas")
    title = whole.text("name")
    sections = {key: whole.entries(key, MOST_ENTRIES) for key in SECTIONS}
    whole.done()
    nodes = _each(sections["nodes"], _node)
    once("Node", (node.name for node in nodes))
    once("Alamat", (address for node in nodes for address in node.addresses))
    known = {node.name: node for node in nodes}
    links = with_parents(nodes, _each(sections["links"], _link), known)
    once("Tautan", (" -- ".join(sorted((f"{x.a} {x.a_port}", f"{x.b} {x.b_port}"))) for x in links))
    if [node.kind for node in nodes].count(Kind.SERVER) != 1:
        raise ValueError('Tepat satu node harus berjenis "server": tempat Periksa berjalan.')
    made = Network(
        nodes=nodes,
        links=links,
        resolvers=_each(sections["resolvers"], _resolver),
        names=_each(sections["names"], _name),
        services=_each(sections["services"], _service),
        vantages=_each(sections["vantages"], _vantage),
        name=title,
    )
    for placed in (made.resolvers, made.services, made.vantages):
        for one in placed:
            known_node(one.node, known)
    return made


def _each(entries: Iterable[Entry], make: Callable[[Entry], Made]) -> tuple[Made, ...]:
    made = []
    for entry in entries:
        made.append(make(entry))
        entry.done()
    return tuple(made)


def _node(entry: Entry) -> Node:
    ports = [_interface(one) for one in entry.entries("interfaces", MOST_ENTRIES)]
    ports += [_addressed(entry.where, "", text) for text in entry.texts("addresses")]
    return Node(
        name=entry.name("name"),
        kind=entry.choice("kind", Kind),
        interfaces=tuple(ports),
        parent=entry.text("parent"),
        nat=entry.flag("nat"),
        dhcp=entry.flag("dhcp"),
    )


def _interface(entry: Entry) -> Interface:
    made = _addressed(entry.where, entry.text("name"), entry.text("address"))
    entry.done()
    return made


def _addressed(where: str, name: str, text: str) -> Interface:
    """An interface with an address as people write it: 10.0.0.1 or 10.0.0.1/24."""
    if not text:
        return Interface(name)
    host, slash, _ = text.partition("/")
    address = parse_address(host)
    if not slash:
        return Interface(name, str(address))
    try:
        prefix = ip_interface(text).network.prefixlen
    except ValueError:
        raise ValueError(f"{where}: {text!r} bukan alamat IP.") from None
    return Interface(name, str(address), prefix)


def _link(entry: Entry) -> Link:
    made = Link(
        a=entry.name("a"),
        b=entry.name("b"),
        a_port=entry.text("a_port"),
        b_port=entry.text("b_port"),
        rate_kbit=entry.whole("rate_kbit", 0, 1_000_000_000) or None,
        delay_ms=entry.number("delay_ms", 0, 60_000),
        backup=entry.flag("backup"),
    )
    if made.a == made.b:
        raise ValueError(f"{entry.where}: {made.a!r} tidak dapat tertaut pada dirinya sendiri.")
    return made


def _resolver(entry: Entry) -> Resolver:
    return Resolver(
        node=entry.name("node"),
        address=str(parse_address(entry.name("address"))),
        forwards_to=tuple(str(parse_address(text)) for text in entry.texts("forwards_to")),
    )


def _name(entry: Entry) -> Name:
    return Name(
        name=entry.name("name"),
        external=entry.flag("external"),
        expect=tuple(str(parse_address(text)) for text in entry.texts("expect")),
    )


def _service(entry: Entry) -> Service:
    url, address = entry.text("url"), entry.text("address")
    scheme, host, port = _url(entry.where, url) if url else ("", "", 0)
    if not address:
        address = host
    try:
        address = str(parse_address(address)) if address else ""
    except ValueError:
        if not url or entry.has("address"):
            raise
        address = ""
    if not (url or address):
        raise ValueError(f"{entry.where}: perlu url atau address.")
    return Service(
        node=entry.name("node"),
        url=url,
        address=address,
        port=entry.whole("port", 0, 65535) or port or DEFAULT_PORTS.get(scheme, 443),
        large=entry.flag("large"),
        expect_status=entry.whole("expect_status", 0, 599) or 200,
    )


def _url(where: str, url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        port, host = parts.port or 0, parts.hostname or ""
    except ValueError:
        raise ValueError(f"{where}: {url!r} bukan alamat web.") from None
    if parts.scheme not in DEFAULT_PORTS or not host or parts.username or parts.password:
        raise ValueError(f"{where}: {url!r} bukan alamat http atau https tanpa nama pengguna.")
    return parts.scheme, host, port


def _vantage(entry: Entry) -> Vantage:
    address = entry.text("address")
    return Vantage(
        node=entry.name("node"),
        device=entry.text("device"),
        address=str(parse_address(address)) if address else "",
        port=entry.whole("port", 0, 65535) or 22,
        user=entry.text("user"),
        secret=entry.text("secret"),
        telnet=entry.flag("telnet"),
        legacy=entry.flag("legacy"),
    )
