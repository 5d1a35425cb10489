import json

import pytest
from click.testing import CliRunner

from periksa.cli import main
from periksa.examination import recorded
from periksa.findings import Run


@pytest.fixture
def periksa():
    return lambda *arguments: CliRunner().invoke(main, ["run", *arguments])


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["router.example"],
        ["224.0.0.1"],
        ["127.0.0.1", "--port", "0"],
        ["127.0.0.1", "--dns", "127.0.0.1"],
        ["127.0.0.1", "--name", "portal.test"],
        ["127.0.0.1", "--dns", "127.0.0.1#x", "--name", "portal.test"],
    ],
)
def test_a_slip_in_the_command_is_exit_code_2(periksa, arguments):
    assert periksa(*arguments).exit_code == 2


def test_a_refused_port_is_exit_code_1_and_told_in_a_row(periksa, closed_port):
    result = periksa("127.0.0.1", "--port", str(closed_port))

    assert result.exit_code == 1
    assert f"Port {closed_port} di 127.0.0.1 menolak" in result.stdout


def test_json_can_be_read_back(periksa, moody, open_port):
    result = periksa(
        *("127.0.0.1", "--port", str(open_port), "--json"),
        *("--dns", f"127.0.0.1#{moody}", "--name", "portal.test"),
    )
    run = Run.from_dict(json.loads(result.stdout))

    assert {one.probe for one in run.findings} >= {"ping", "port", "dns"}


def test_help_is_in_the_language_of_its_readers(periksa):
    assert "Periksa ADDRESS" in periksa("--help").stdout


HERE = """
nodes = [
  {name = "noc", kind = "server", addresses = ["127.0.0.1/8"]},
  {name = "inti", kind = "core", addresses = ["127.0.0.2/8"], parent = "noc"},
  {name = "desa", kind = "router", addresses = ["127.0.0.3/8"], parent = "inti"},
  {name = "kosong", kind = "router", parent = "inti"},
]
services = [{node = "inti", address = "127.0.0.2", port = %d}]
"""


@pytest.fixture
def described(tmp_path, closed_port):
    """A network on this machine, in which nobody answers at one port."""
    file = tmp_path / "jaringan.toml"
    file.write_text(HERE % closed_port)
    return file


@pytest.fixture
def look(described):
    def run(*arguments):
        call = [*arguments, "--path", str(described)]
        return CliRunner().invoke(main, call, env={"HOME": str(described.parent)})

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ["entah"],
        ["192.0.2.9"],
        ["desa", "--all"],
        ["--answer", "power/entah=ya"],
        ["--answer", "power/desa=barangkali"],
        ["--range", "10.0.0.0/8"],
        ["--range", "seratus"],
        ["--before", "/tidak/ada"],
        ["--seconds", "0"],
    ],
)
def test_a_slip_in_asking_about_a_network_is_exit_code_2(look, arguments):
    result = look(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    "content", ["nodes = 3", "[[nodes]]", "\0", '[[nodes]]\nname="a"\nkind="core"']
)
def test_a_file_that_describes_no_network_is_exit_code_2(look, described, content):
    described.write_text(content)

    assert look("--json").exit_code == 2


def test_a_file_that_is_not_there_is_exit_code_2(look, described):
    described.unlink()

    assert look().exit_code == 2


@pytest.mark.slow
def test_a_verdict_is_one_json_object(look, tmp_path):
    record = tmp_path / "catatan.json"
    result = look("desa", "--json", "--record", str(record))
    told = json.loads(result.stdout)

    assert {"status", "candidates", "not_tested", "next_question", "seconds"} <= set(told)
    for one in told["candidates"]:
        assert {"place", "type", "confidence", "for", "against"} <= set(one)
    assert told["about"] == ["desa"]
    assert "kosong tidak punya alamat yang dapat diperiksa." in told["not_tested"]
    assert recorded(json.loads(record.read_text()))
    assert record.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_a_record_that_cannot_be_kept_costs_no_verdict(look, tmp_path):
    result = look("desa", "--json", "--record", str(tmp_path / "tidak-ada" / "catatan.json"))

    assert result.exit_code == 2
    assert json.loads(result.stdout)["about"] == ["desa"]
    assert "Catatannya tidak tersimpan" in result.stderr
    assert "tidak ada berkas atau folder bernama itu" in result.stderr


@pytest.mark.slow
def test_a_closed_service_is_told_in_words_and_compared_with_before(look, tmp_path):
    record = str(tmp_path / "catatan.json")
    first = look("127.0.0.3", "--record", record)
    again = look("desa", "--before", record)

    assert first.exit_code == 1
    assert "node/inti: layanan tidak berjalan (service-down)" in first.stdout
    assert "Hasil: belum membaik." in again.stdout


@pytest.mark.slow
def test_all_offices_are_told_in_one_line_each(look):
    told = json.loads(look("--all", "--json").stdout)

    assert {one["node"]: one["state"] for one in told["offices"]} == {
        "desa": "healthy",
        "kosong": "untested",
    }
    assert len(look("--all").stdout.splitlines()) == 3


def test_the_file_may_be_named_by_the_environment(described):
    result = CliRunner().invoke(main, ["entah"], env={"PERIKSA_PATH": str(described)})

    assert "entah" in result.stderr
    assert result.exit_code == 2


def test_no_command_at_all_shows_the_help():
    assert "periksa --path BERKAS" in CliRunner().invoke(main, ["--help"]).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--answer", "ya"], "'ya' bukan jawaban. Tulis ID=ya atau ID=tidak"),
        (["--before", "/tidak/ada"], "/tidak/ada: tidak ada berkas"),
    ],
)
def test_a_slip_is_told_with_what_to_write_instead(look, arguments, says):
    assert says in look(*arguments).stderr


def test_what_is_no_record_is_called_so_whatever_it_is(look, tmp_path):
    for content in (b"{", b"\xff", b"[]"):
        (tmp_path / "catatan.json").write_bytes(content)
        assert "Ini bukan catatan" in look("--before", str(tmp_path / "catatan.json")).stderr


def test_without_a_file_it_is_asked_for():
    result = CliRunner().invoke(main, ["desa"], env={"PERIKSA_PATH": None})

    assert (result.exit_code, "--path BERKAS" in result.stderr) == (2, True)
