"""``periksa --path FILE`` as somebody on the server types it, in a network that breaks."""

import json
import os
import subprocess
import sys

import pytest
from lab.export import network
from lab.recording import DIAGNOSTICS

pytestmark = [pytest.mark.lab, pytest.mark.slow]

CUT = "bb1_fibre_cut"


@pytest.fixture
def periksa(lab, tmp_path):
    """Run it on the server; its exit code and what it prints, as an object where it is JSON."""
    file = tmp_path / "jaringan.json"
    described = network(lab.topology)
    described["vantages"] = []
    file.write_text(json.dumps(described))
    environment = {
        **os.environ,
        "PYTHONPATH": str(DIAGNOSTICS),
        "SSL_CERT_FILE": str(lab.folder / "ca.pem"),
        "HOME": str(tmp_path),
    }

    def run(*arguments):
        call = [sys.executable, "-m", "periksa.cli", *arguments, "--path", str(file)]
        process = lab.popen("noc", call, stdout=subprocess.PIPE, env=environment)
        out, _ = process.communicate(timeout=60)
        return process.returncode, json.loads(out) if "--json" in arguments else out

    return run


def pairs(told):
    return {(one["place"], one["type"]) for one in told["candidates"]}


def test_a_network_in_order_is_said_to_be_so_and_what_that_rules_out(periksa):
    code, told = periksa("--json")

    assert (code, told["status"], told["candidates"]) == (0, "healthy", [])
    assert told["rules_out"]
    assert told["seconds"] > 0


def test_a_cut_link_is_found_asked_about_and_seen_to_be_mended(periksa, lab, tmp_path):
    record = str(tmp_path / "sebelum.json")
    lab.become(CUT)
    code, told = periksa("10.20.101.2", "--json", "--record", record)
    question = told["next_question"]["id"]
    _, said = periksa("opd1", "--json", "--answer", f"{question}=ya")
    _, swept = periksa("--all", "--json")
    lab.become()
    mended, after = periksa("opd1", "--json", "--before", record)

    assert (code, told["status"]) == (1, "fault")
    assert ("link/core--opd1", "cut") in pairs(told)
    assert all(one["for"] for one in told["candidates"])
    assert pairs(said) < pairs(told)
    states = {one["node"]: one["state"] for one in swept["offices"]}
    assert states == {"opd1": "fault", "opd2": "healthy", "opd3": "healthy"}
    assert (mended, after["comparison"]["outcome"]) == (0, "works")


def test_the_whole_network_is_told_in_one_line_an_office(periksa, lab):
    lab.become("pop_dead")
    code, text = periksa("--all")
    lines = {line.split()[0]: line for line in text.splitlines()}

    assert code == 1
    assert "baik" in lines["opd1"]
    assert "di belakang gangguan lain" in lines["opd2"]
    assert "di belakang gangguan lain" in lines["opd3"]
