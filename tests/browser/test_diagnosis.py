"""From the click to the proof that it works again: a real office looks at a real network, in a namespace of its own.

In that namespace an address answers once it is given to the loopback device, and everything else is swallowed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from pulih.bootstrap import open_office
from pulih.config import write_settings
from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.domain.wiring import LinkKind, PathRole
from pulih.jobs import Collected

PASSWORD = "pulih-percontohan"
INSIDE = "PULIH_TEST_NAMESPACE"
ALIVE = ("10.0.0.1", "10.9.9.2")
PATIENCE = 60_000  # milliseconds: the machine may have more to do
MENDED = ("10.1.0.1", "10.1.0.2")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, timeout=20)


@pytest.mark.skipif(INSIDE in os.environ, reason="this is the inside")
def test_the_whole_of_a_diagnosis_in_a_network_of_its_own():
    alone = shutil.which("unshare")
    tried = alone and subprocess.run([alone, "--net", "true"], check=False, timeout=20)
    if not tried or tried.returncode:
        pytest.skip("network namespaces are not permitted here")
    done = subprocess.run(
        [
            alone,
            "--net",
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--tb=short",
            "-p",
            "no:cacheprovider",
            __file__,
        ],
        env={**os.environ, INSIDE: "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout + done.stderr


inside = pytest.mark.skipif(INSIDE not in os.environ, reason="runs in a namespace, see above")


@pytest.fixture(scope="session")
def network():
    ip("link", "set", "lo", "up")
    ip("link", "add", "hampa", "type", "veth", "peer", "name", "buntu")
    ip("link", "set", "hampa", "arp", "off")
    for end in ("buntu", "hampa"):
        ip("link", "set", end, "up")
    ip("route", "add", "default", "dev", "hampa")
    for address in ALIVE:
        ip("address", "add", f"{address}/32", "dev", "lo")


@pytest.fixture(scope="session")
def kept(tmp_path_factory, cast):
    """An office with one agency behind a relay."""
    settings = write_settings(tmp_path_factory.mktemp("kantor") / "uji")
    office = open_office(settings, jobs=Collected())
    office.accounts.first_admin(cast.admin, PASSWORD)
    for key, name in (("dukcapil", "Dinas Kependudukan"), ("kominfo", "Dinas Kominfo")):
        office.registry.add(cast.admin, Agency(key, name))
    office.registry.add(cast.admin, Site("dukcapil-pusat", "dukcapil", "Kantor pusat"))
    router, relay = DeviceKind.ROUTER, DeviceKind.RADIO
    for device in (
        Device("inti", "kominfo", router, "Router inti", role=PathRole.CORE, address=ALIVE[0]),
        Device(
            "menara-1",
            "kominfo",
            relay,
            "Menara Sering",
            role=PathRole.RELAY,
            parent="inti",
            address=ALIVE[1],
        ),
        Device(
            "rt-dukcapil",
            "dukcapil",
            router,
            "Router Dukcapil",
            parent="menara-1",
            address=MENDED[0],
            link=LinkKind.RADIO,
        ),
        Device(
            "sw-dukcapil",
            "dukcapil",
            DeviceKind.SWITCH,
            "Switch loket",
            parent="rt-dukcapil",
            address=MENDED[1],
        ),
    ):
        office.registry.add(cast.admin, device)
    for person in cast:
        if person.id != cast.admin.id and person.agency in ("", "dukcapil"):
            office.accounts.add(cast.admin, person, PASSWORD)
    yield office
    office.close()


@pytest.fixture
def desk(network, kept, serve):
    with serve(kept.settings.folder) as served:
        yield served


@pytest.fixture
def take(kept, cast, facts_for):
    """Take a ticket along through the service until a stage is due."""

    def along(number: str, to: str, **examined: object) -> None:
        ticket = kept.tickets.show(cast.admin, number).ticket
        while ticket.due.id != to:
            stage = ticket.due.id
            changes = {"outcome": "fixed"} if stage == "remote-repair" else {}
            changes |= examined if stage == "examination" else {}
            facts = facts_for(stage, **changes)
            ticket = kept.tickets.take(cast.actor(stage), number, stage, facts, seen=ticket.version)

    return along


@inside
@pytest.mark.parametrize("width", [360, 1280])
def test_a_fault_is_found_asked_about_mended_and_proven(
    visitor, kept, cast, facts_for, take, width
):
    letter = facts_for("letter", letter_number=f"{width}/2026", agenda_number=f"{width}/2026")
    number = kept.tickets.register(cast.contact, letter).number
    take(number, "examination")
    window = visitor("rina", width=width)
    page = window.go(f"/tiket/{number}")

    page.click("#pemeriksaan button.primary")
    expect(page.locator("#pemeriksaan progress")).to_be_visible()
    verdict = page.locator("#pemeriksaan .verdict")
    expect(verdict).to_contain_text("Gangguan di satu dari", timeout=PATIENCE)
    expect(page.locator("#pemeriksaan svg.way")).to_contain_text("Mungkin di sini: ")
    evidence = page.locator(".suspects details").first
    evidence.locator("summary").click()
    expect(evidence).to_contain_text("Router Dukcapil (10.1.0.1) tidak menjawab")
    before = page.locator(".suspects details").count()
    expect(page.locator("[name=location]")).to_be_visible()

    page.locator(".ask button[value=tidak]").click()
    expect(page.locator(".said-there")).to_contain_text("Tidak.")
    assert page.locator(".suspects details").count() < before
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    (run,) = kept.tickets.show(cast.lead, number).runs
    take(number, "trial", runs=[run.id])
    for address in MENDED:
        ip("address", "add", f"{address}/32", "dev", "lo")
    page = window.go(f"/tiket/{number}")
    page.click("#pemeriksaan button.primary")
    outcome = page.locator(".compared .verdict")
    expect(outcome).to_contain_text("Berfungsi kembali", timeout=PATIENCE)
    expect(page.locator(".compared table").first).to_contain_text("lebih baik")
    expect(page.locator(".beside svg")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not window.troubles
    for address in MENDED:
        ip("address", "del", f"{address}/32", "dev", "lo")
