"""A small network in namespaces, and a DNS server with moods."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from socket import AF_INET, SOCK_DGRAM, SOCK_STREAM, socket
from threading import Thread

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import ports
import pytest
from loops import finished

from periksa.findings import Finding, Run
from periksa.gear import Gear
from periksa.pace import Links
from periksa.watch import Watch

# noc -- r1 -- r2 -- r3 -- host    r2 never says that a time to live ran out.
#                      \-- shy     shy ignores echoes, but has port 8080 open.
# r1 swallows 192.0.2.0/24; 198.51.100.0/24 goes round between r1 and r2; r3 says no to two networks.
LINKS = [
    ("noc", "10.77.1.1/24", "r1", "10.77.1.254/24"),
    ("r1", "10.77.12.1/24", "r2", "10.77.12.2/24"),
    ("r2", "10.77.23.2/24", "r3", "10.77.23.3/24"),
    ("r3", "10.77.8.254/24", "shy", "10.77.8.20/24"),
    ("r3", "10.77.9.254/24", "host", "10.77.9.10/24"),
]
LINKS6 = [
    ("noc", "fd77:1::1/64", "r1", "fd77:1::fe/64"),
    ("r1", "fd77:2::1/64", "r2", "fd77:2::2/64"),
]
ROUTES = {
    "noc": ["default via 10.77.1.254", "default via fd77:1::fe"],
    "r1": [
        "10.77.0.0/16 via 10.77.12.2",
        "198.51.100.0/24 via 10.77.12.2",
        "blackhole 192.0.2.0/24",
    ],
    "r2": [
        "default via 10.77.12.1",
        *(f"10.77.{net}.0/24 via 10.77.23.3" for net in (8, 9, 50)),
        "prohibit 10.77.51.0/24",
        "fd77:1::/64 via fd77:2::1",
    ],
    "r3": [
        "default via 10.77.23.2",
        "unreachable 10.77.50.0/24",
    ],
    "host": ["default via 10.77.9.254"],
    "shy": ["default via 10.77.8.254"],
}
SETTINGS = {
    "r1": ["net.ipv4.ip_forward=1", "net.ipv4.icmp_ratemask=0", "net.ipv6.conf.all.forwarding=1"],
    # Linux rations errors of the masked types (here 11 only); this leaves a ration of none.
    # The other routers ration nothing but what their own routing table refuses.
    "r2": [
        "net.ipv4.ip_forward=1",
        "net.ipv6.conf.all.forwarding=1",
        "net.ipv4.icmp_ratemask=2048",
        "net.ipv4.icmp_ratelimit=1000000000",
    ],
    "r3": ["net.ipv4.ip_forward=1", "net.ipv4.icmp_ratemask=0"],
    "shy": ["net.ipv4.icmp_echo_ignore_all=1"],
}
LISTEN = (
    "import socket\n"
    "with socket.create_server(('0.0.0.0', 8080)) as server:\n"
    "    print('ready', flush=True)\n"
    "    while True:\n"
    "        server.accept()[0].close()\n"
)
WIDE = Links(unknown=100_000_000, total=100_000_000)
DIAGNOSTICS = Path(__file__).parents[2] / "diagnostics"


@dataclass(frozen=True)
class Lab:
    """The network, as seen from noc."""

    prefix: str

    def popen(self, name, *command, **options):
        return subprocess.Popen(
            ["ip", "netns", "exec", self.prefix + name, *command],
            env={**os.environ, "PYTHONPATH": str(DIAGNOSTICS)},
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )

    def python(self, script, *arguments, name="noc"):
        """Run a script in a namespace and return what it prints."""
        with self.popen(name, sys.executable, "-c", script, *arguments) as process:
            out, _ = process.communicate(timeout=60)
        assert process.returncode == 0, out
        return out

    def command(self, *arguments):
        return [sys.executable, "-m", "periksa.cli", "run", *arguments, "--json"]

    def periksa(self, *arguments):
        """Run ``periksa run`` on noc; return its exit code and what it found."""
        with self.popen("noc", *self.command(*arguments)) as process:
            run = self.run_from(process)
        return process.returncode, run

    def run_from(self, process):
        out, _ = process.communicate(timeout=60)
        return self.parse(out)

    def parse(self, text):
        return Run.from_dict(json.loads(text))

    def ip(self, name, command):
        ip(f"-n {self.prefix}{name} {command}")

    def set(self, name, setting):
        key, _, value = setting.partition("=")
        file = "/proc/sys/" + key.replace(".", "/")
        run("ip", "netns", "exec", self.prefix + name, "sh", "-c", f"echo '{value}' > {file}")


def run(*command):
    subprocess.run(command, check=True, capture_output=True, timeout=20)


def ip(command):
    run("ip", *command.split())


@contextmanager
def namespace(name):
    ip(f"netns add {name}")
    try:
        ip(f"-n {name} link set lo up")
        yield
    finally:
        ip(f"netns del {name}")


def wire(lab):
    for number, (left, left_address, right, right_address) in enumerate(LINKS):
        one, other = lab.prefix + left, lab.prefix + right
        ip(f"link add e{number} netns {one} type veth peer name e{number} netns {other}")
        for name, address in ((left, left_address), (right, right_address)):
            lab.ip(name, f"address add {address} dev e{number}")
            lab.ip(name, f"link set e{number} up")
    for number, (left, left_address, right, right_address) in enumerate(LINKS6):
        lab.ip(left, f"address add {left_address} dev e{number} nodad")
        lab.ip(right, f"address add {right_address} dev e{number} nodad")
    for name, settings in SETTINGS.items():
        for setting in settings:
            lab.set(name, setting)
    for name, routes in ROUTES.items():
        for route in routes:
            lab.ip(name, f"route add {route}")


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    if os.geteuid() != 0 or not shutil.which("ip"):
        pytest.skip("network namespaces need root and iproute2")
    lab = Lab(f"pks{os.getpid()}-")
    with ExitStack() as stack:
        for name in ROUTES | SETTINGS:
            stack.enter_context(namespace(lab.prefix + name))
        wire(lab)
        server = lab.popen("shy", sys.executable, "-c", LISTEN)
        stack.enter_context(server)
        stack.callback(server.kill)
        assert server.stdout.readline() == "ready\n"
        yield lab


@pytest.fixture
def look():
    """Have a probe look, with gear of its own, on an event loop of its own."""

    def look(probe, *arguments, seconds=20, links=WIDE):
        async def on_loop():
            watch = Watch.lasting(seconds, lambda: datetime.now(UTC))
            with Gear.lent(links, watch) as gear:
                return await probe(*arguments, gear)

        return finished(on_loop())

    return look


@pytest.fixture
def open_port() -> Iterator[int]:
    with socket(AF_INET, SOCK_STREAM) as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def closed_port() -> Iterator[int]:
    with ports.closed_port() as port:
        yield port


@pytest.fixture
def moody() -> Iterator[int]:
    """The port of a DNS server that treats each name in its own way."""
    with socket(AF_INET, SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        thread = Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.sendto(b"", server.getsockname())
            thread.join()


def serve(server):
    seen = set()
    while True:
        wire, sender = server.recvfrom(4096)
        if not wire:
            return
        query = dns.message.from_wire(wire)
        question = query.question[0]
        mood = question.name.labels[0].decode()
        reply = dns.message.make_response(query)
        if mood == "portal" and question.rdtype == dns.rdatatype.A:
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", "A", "192.0.2.10"))
        elif mood == "nowhere":
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", "A", "127.0.0.1"))
        elif mood == "long":
            reply.flags |= dns.flags.TC
        elif mood in ("nxdomain", "servfail", "refused"):
            reply.set_rcode(dns.rcode.from_text(mood))
        elif mood == "stranger":
            reply.id = (query.id + 1) & 0xFFFF
        elif mood == "slow" and question.name not in seen:
            seen.add(question.name)
            continue
        if mood != "silent":
            server.sendto(b"\xff" * 20 if mood == "garbage" else reply.to_wire(), sender)


@pytest.fixture
def finding():
    """Make a finding, with only what matters to a test."""

    def make(**values) -> Finding:
        return Finding(
            **{
                "probe": "ping",
                "target": "router",
                "address": "192.0.2.1",
                "state": "up",
                "detail": "",
                "figures": {},
                "started": datetime(2026, 3, 2, 1, tzinfo=UTC),
                "seconds": 1.0,
                **values,
            }
        )

    return make
