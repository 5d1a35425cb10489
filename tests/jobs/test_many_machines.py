"""One office on two machines: the real commands, each machine with a folder of its own, over one PostgreSQL."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from ports import free_port

from pulih.bootstrap import Office, open_office
from pulih.config import read_settings
from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.passwords import Argon2Passwords

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(300)]

PASSWORD = "kopi pagi di dermaga"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Machine:
    """A machine: its folder, and what runs there."""

    folder: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, *words: str) -> None:
        command = [sys.executable, "-m", "pulih", *words]
        subprocess.run(command, env=self.environment, check=True, timeout=120, capture_output=True)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "pulih", *words, "--office", str(self.folder)]
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL)
        self.processes.append(process)
        return process

    def serve(self, *words: str) -> str:
        """Serve the desk, and return its address when it answers."""
        port = free_port()
        self.start("serve", "--port", str(port), *words)
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: fetched(f"{url}/sehat") == 200)
        return url

    def page(self, number: str) -> Path:
        return self.folder / "data/site/current/kasus" / number[:4] / number / "index.html"

    def builds(self) -> list[str]:
        folder = self.folder / "data" / "site" / "builds"
        return sorted(build.name for build in folder.iterdir()) if folder.exists() else []


def wait_for(condition: Callable[[], object], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def fetched(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


class Browser:
    """Somebody's browser. Cookies know no port, so one that a machine set is shown to the other."""

    def __init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def get(self, url: str) -> str:
        with self._opener.open(url, timeout=30) as answer:
            return answer.read().decode()

    def send(self, url: str, page: str, **fields: str) -> str:
        token = _TOKEN.search(self.get(page))
        assert token, f"no form on {page}"
        data = urllib.parse.urlencode({"csrf_token": token[1], **fields}).encode()
        with self._opener.open(url, data, timeout=30) as answer:
            return answer.read().decode()


@pytest.fixture
def machines(tmp_path, database):
    environment = {**os.environ, "PULIH_DATABASE": database, "LANG": "id_ID.UTF-8"}
    pair = [Machine(tmp_path / name, environment) for name in ("a", "b")]
    for machine in pair:
        machine.run("new", str(machine.folder))
    yield pair
    for process in [process for machine in pair for process in machine.processes]:
        process.send_signal(signal.SIGCONT)
        process.terminate()
    for process in [process for machine in pair for process in machine.processes]:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def office(machines, database, cast, clock):
    """The office as a program on the first machine has it open, with the cast and one agency."""
    settings = read_settings(machines[0].folder, {"PULIH_DATABASE": database})
    cheap = Argon2Passwords(time_cost=1, memory_cost=8, parallelism=1)
    office = open_office(settings, now=clock, passwords=cheap)
    office.accounts.first_admin(cast.admin, PASSWORD)
    office.registry.add(cast.admin, Agency("dukcapil", "Dinas Kependudukan", "Dukcapil"))
    office.registry.add(cast.admin, Agency("dikbud", "Dinas Pendidikan", "Dikbud"))
    office.registry.add(cast.admin, Site("dukcapil-pusat", "dukcapil", "Kantor pusat"))
    for number in range(1, 4):
        address = f"127.0.0.{number}"
        office.registry.add(
            cast.admin,
            Device(
                f"sw-{number}", "dukcapil", DeviceKind.SWITCH, f"Switch {number}", address=address
            ),
        )
    for person in cast:
        if person.id != cast.admin.id:
            office.accounts.add(cast.admin, person, PASSWORD)
    yield office
    office.close()


@pytest.fixture
def bring(office, cast, clock, facts_for):
    """Take a new ticket to where a stage is due, or to its end."""

    def bring_to(stage: str = "") -> str:
        ticket = office.tickets.register(cast.contact, facts_for("letter"))
        while ticket.due and ticket.due.id != stage:
            changes = {"outcome": "fixed"} if ticket.due.id == "remote-repair" else {}
            clock.tick(minutes=10)
            due = ticket.due.id
            ticket = office.tickets.take(
                cast.actor(due), ticket.number, due, facts_for(due, **changes), seen=ticket.version
            )
        return ticket.number

    return bring_to


def published(office: Office) -> list[str]:
    with office.tools.store.reading() as records:
        return [one.number for one in records.published.find()]


def run_of(office: Office, key: str):
    with office.tools.store.reading() as records:
        return records.runs.get(key)


def test_a_case_that_is_closed_at_one_machine_is_read_at_both(machines, office, bring, facts_for):
    one, other = machines
    last = "acknowledgement-department"
    number = bring(last)
    here, there = one.serve("--without-worker"), other.serve()
    wait_for(lambda: all((machine.folder / "data/site/current").exists() for machine in machines))
    head = Browser()
    head.send(f"{there}/masuk", f"{there}/masuk", username="irawan", password=PASSWORD)
    with office.tools.store.reading() as records:
        seen = records.tickets.get(number).version

    told = head.send(  # signed in at the other machine, and that counts here
        f"{here}/tiket/{number}/langkah/{last}",
        f"{here}/tiket/{number}",
        seen=str(seen),
        stage=last,
        **facts_for(last),
    )

    assert "sedang ditulis ke wiki" in told
    wait_for(lambda: fetched(f"{there}/wiki/kasus/{number[:4]}/{number}/") == 200)
    wait_for(lambda: fetched(f"{here}/wiki/kasus/{number[:4]}/{number}/") == 200)
    for url in (here, there):
        assert "Baca halamannya di wiki" in head.get(f"{url}/tiket/{number}")
    assert published(office) == [number]
    # One build of the start page, and one with the case: builds are numbered, and nothing was built twice.
    assert [machine.builds()[-1][:6] for machine in machines] == ["000002", "000002"]


def test_a_worker_that_is_killed_while_it_builds_loses_no_page(machines, office, bring):
    one, other = machines
    first = one.start("worker")
    wait_for((one.folder / "data/site/current").exists)
    with (one.folder / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(
            "# changed\n"
        )  # so that all of it is built: one page takes no time to be killed in
    number = bring()
    wait_for(lambda: any(name.startswith(".new-") for name in one.builds()))
    first.kill()
    first.wait()
    assert published(office) == []

    other.start("worker")
    one.start("worker")

    wait_for(lambda: published(office) == [number])
    wait_for(lambda: one.page(number).exists() and other.page(number).exists())


def test_a_run_whose_worker_is_killed_is_taken_up_by_another(machines, office, bring, cast):
    one, other = machines
    number = bring("examination")
    first, second = one.start("worker"), other.start("worker")
    wait_for(lambda: all((machine.folder / "data/site/current").exists() for machine in machines))
    second.send_signal(signal.SIGSTOP)
    run = office.probing.start(cast.lead, number).id
    wait_for(lambda: run_of(office, run).state == "running")
    first.kill()
    first.wait()
    second.send_signal(signal.SIGCONT)
    assert run_of(office, run).state == "running"

    one.start("worker")  # as what watches over services does

    wait_for(lambda: run_of(office, run).state == "done")
    done = run_of(office, run)
    assert {finding["target"] for finding in done.findings} >= {"sw-1", "sw-2", "sw-3"}
    assert done.verdict["status"]
