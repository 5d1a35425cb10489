"""The office from a terminal: the real command, in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import click
import pytest

from pulih.cli import main

pytestmark = pytest.mark.slow  # a process a command


@pytest.fixture
def pulih(tmp_path):
    """Run a command in a process of its own; return its result."""

    def run(*words: str, lang: str = "id_ID.UTF-8", stdin: str = ""):
        env = {**os.environ, "LANG": lang, "LC_ALL": lang}
        env.pop("PULIH_OFFICE", None)
        command = [sys.executable, "-m", "pulih", *words]
        return subprocess.run(
            command,
            env=env,
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_a_new_office_has_settings_wiki_and_mkdocs_and_no_cases_of_ours(pulih, tmp_path):
    made = pulih("new", "kantor", "--name", "Diskominfo Uji")

    assert made.returncode == 0, made.stderr
    office = tmp_path / "kantor"
    assert "Diskominfo Uji" in (office / "pulih.toml").read_text(encoding="utf-8")
    assert 'copyright: "Diskominfo Uji' in (office / "mkdocs.yml").read_text(encoding="utf-8")
    assert (office / "wiki" / "panduan" / "tim-jaringan.md").exists()
    assert not list((office / "wiki" / "kasus").glob("[0-9]*"))
    assert "create-admin" in made.stdout


def test_an_office_is_never_made_over_something_else(pulih, tmp_path):
    (tmp_path / "kantor").mkdir()
    (tmp_path / "kantor" / "penting.txt").write_text("jangan hilang", encoding="utf-8")

    refused = pulih("new", "kantor")

    assert refused.returncode == 73
    assert "tidak kosong" in refused.stderr
    assert [path.name for path in (tmp_path / "kantor").iterdir()] == ["penting.txt"]


def test_the_first_administrator_is_made_once(pulih):
    pulih("new", "kantor")
    words = (
        "create-admin",
        "--office",
        "kantor",
        "--id",
        "ani",
        "--name",
        "Ani Rahma",
        "--password",
        "kalimat yang panjang",
    )

    assert pulih(*words).returncode == 0
    again = pulih(*words)
    assert again.returncode == 73
    assert "sudah dipakai" in again.stderr


def test_a_weak_password_is_refused_with_a_sentence(pulih):
    pulih("new", "kantor")
    refused = pulih(
        "create-admin", "--office", "kantor", "--id", "ani", "--name", "Ani", "--password", "123"
    )

    assert refused.returncode == 65
    assert "paling sedikit" in refused.stderr


def test_a_folder_without_an_office_says_how_to_make_one(pulih):
    for command in ("serve", "worker", "publish"):
        refused = pulih(command, "--office", ".")
        assert refused.returncode == 66
        assert "pulih new" in refused.stderr
        assert "Traceback" not in refused.stderr


def test_a_wrong_setting_names_its_key(pulih, tmp_path):
    pulih("new", "kantor")
    (tmp_path / "kantor" / "pulih.toml").write_text("port = 'delapan'\n", encoding="utf-8")

    refused = pulih("publish", "--office", "kantor")

    assert refused.returncode == 65
    assert "port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_port_that_is_taken_is_one_sentence(pulih):
    pulih("new", "kantor")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = pulih("serve", "--office", "kantor", "--port", str(port))

    assert refused.returncode == 69
    assert f"Port {port}" in refused.stderr
    assert "sudah dipakai program lain" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_publishing_builds_the_site_of_an_office_without_cases(pulih, tmp_path):
    pulih("new", "kantor")
    done = pulih("publish", "--office", "kantor", "--all")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "kantor" / "data" / "site" / "current" / "sop" / "index.html").exists()


def test_every_command_and_option_says_what_it_is_for():
    for name, command in main.commands.items():
        assert command.help, name
        for option in command.params:
            assert isinstance(option, click.Argument) or option.help, (name, option.name)


def test_help_is_in_the_language_of_the_terminal(pulih):
    assert "Buat kantor baru" in pulih("new", "--help").stdout
    assert "Buat kantor baru" not in pulih("new", "--help", lang="en_GB.UTF-8").stdout
