import json

import pytest
from click.testing import CliRunner

from periksa.cli import main
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
