"""The add-on comes into a site and leaves it again, on Classic and on Volto."""

from __future__ import annotations

import subprocess
from pathlib import Path

import plone as plones
import pytest

ADDON = Path(__file__).parents[3] / "plugin" / "plone-addon"
SETTING = "@registry/pulih_plone.interfaces.IDeskSettings.timeout"
CASE = {
    "id": "2026-0042",
    "title": "Wi-Fi aula putus-putus",
    "ticket_number": "2026-0042",
    "pulih_device": "Titik akses",
    "pulih_fault": "Kanal penuh",
}


@pytest.mark.parametrize("distribution", ["classic", "volto"])
def test_it_is_installed_used_and_uninstalled(bare, distribution):
    town = bare(distribution)
    hand = town.hand
    folder = "Folder" if distribution == "classic" else "Document"

    assert hand("GET", SETTING).status != 200
    hand.post("@addons/pulih_plone/install", {})
    assert hand("GET", SETTING).status == 200
    hand.post("", {"@type": folder, "id": "dikbud", "title": "Dikbud", "pulih_agency": "dikbud"})
    hand.post("dikbud", {"@type": "Document", **CASE})
    hand.post("dikbud", {"@type": "Document", "id": "lain", "title": "Lain"})

    kept = hand.get("dikbud/2026-0042")
    assert {name: kept[name] for name in CASE} == CASE
    assert hand.get("dikbud")["pulih_agency"] == "dikbud"
    assert "ticket_number" in hand.get("@types/Document")["properties"]
    assert numbers(hand, "2026-0042") == ["2026-0042"]
    assert numbers(hand, "2026-9999") == []
    hand.patch("dikbud/2026-0042", {"ticket_number": "2026-0043"})
    assert numbers(hand, "2026-0042") == []
    assert numbers(hand, "2026-0043") == ["2026-0043"]
    assert hand("GET", "dikbud/@gangguan-opd").status == 503  # not connected, and it says so
    assert "belum tersambung" in hand("GET", "dikbud/@gangguan-opd").body["message"]

    hand.post("@addons/pulih_plone/uninstall", {})

    assert hand.get("dikbud/2026-0042")["title"] == CASE["title"]
    assert "ticket_number" not in hand.get("@types/Document")["properties"]
    assert hand("GET", "dikbud/@gangguan-opd").status == 404
    assert town.admin.go("@@pulih-controlpanel").status == 404
    assert town.admin.go("dikbud").status == 200
    assert hand("GET", SETTING).status != 200


@pytest.mark.plone
@pytest.mark.timeout(520)
def test_its_own_tests_pass_within_that_plone():
    """Its profiles and pages in one process with Plone, where all that they touch can be compared."""
    done = subprocess.run(
        [plones.environment() / "bin" / "python", "-m", "pytest", "-q", "tests/within"],
        cwd=ADDON,
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def numbers(hand, number):
    """Return the numbers of what is found by one."""
    found = hand.get(f"@search?ticket_number={number}&metadata_fields=ticket_number")
    return [one["ticket_number"] for one in found["items"]]
