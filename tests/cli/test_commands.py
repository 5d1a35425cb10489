"""The office from a terminal: the real command, in a process of its own."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pulih import cli
from pulih.cli.base import HOMES, main
from pulih.cli.words import INDONESIAN

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
    assert "--password: Kata sandi paling sedikit" in refused.stderr
    assert "formulir" not in refused.stderr


def test_whoever_sits_at_the_terminal_is_asked_again_for_what_does_not_fit(tmp_path, pulih):
    pulih("new", "kantor")
    master, slave = os.openpty()
    with subprocess.Popen(
        ["setsid", "--ctty", "--wait", sys.executable, "-m", "pulih", "create-admin",
         "--office", "kantor", "--id", "ani", "--name", "Ani"],
        cwd=tmp_path, env={**os.environ, "LC_ALL": "id_ID.UTF-8"},
        stdin=slave, stdout=slave, stderr=slave,
    ) as process:  # fmt: skip
        os.close(slave)
        said = ""
        for prompt, word in (
            ("Kata sandi: ", "123"),
            ("Sekali lagi: ", "123"),
            ("mudah diingat.\r\nKata sandi: ", "kalimat yang panjang"),
            ("Sekali lagi: ", "kalimat yang panjang"),
            ("Akun ani dibuat", ""),
        ):
            said = ""
            while prompt not in said:
                said += os.read(master, 1000).decode()
            os.write(master, f"{word}\n".encode())
    os.close(master)
    assert process.returncode == 0


def test_the_demo_office_is_made_over_no_other(pulih, tmp_path):
    pulih("new", "kantor")
    refused = pulih("demo", "kantor")

    assert refused.returncode == 73
    assert "bukan percontohan" in refused.stderr
    assert refused.stdout == ""


def test_a_demo_office_that_is_there_is_kept(pulih, tmp_path):
    pulih("new", "kantor")
    (tmp_path / "kantor" / "pulih.toml").write_text("demo = true\n", encoding="utf-8")
    kept = pulih("demo", "kantor")

    assert kept.returncode == 0
    assert "sudah ada di kantor" in kept.stdout


def test_writing_the_page_of_the_procedure_says_what_was_written(pulih, tmp_path):
    pulih("new", "kantor")
    page = tmp_path / "kantor" / "wiki" / "sop" / "index.md"
    page.unlink()

    done = pulih("write-sop", "--office", "kantor")

    assert page.exists()
    assert "wiki/sop/index.md" in done.stdout
    assert pulih("write-sop", "--office", ".").returncode == 66


def test_a_folder_without_an_office_says_how_to_make_one(pulih):
    for command in ("serve", "worker", "publish"):
        refused = pulih(command, "--office", ".")
        assert refused.returncode == 66
        assert "pulih new" in refused.stderr
        assert "--office" in refused.stderr
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
    assert "Situs dibangun" in done.stdout
    assert (tmp_path / "kantor" / "data" / "site" / "current" / "sop" / "index.html").exists()


def test_what_an_office_keeps_is_for_its_owner_only(pulih, tmp_path):
    pulih("new", "kantor")
    pulih("publish", "--office", "kantor")

    for name in ("pulih.toml", "data/pulih.db"):
        assert (tmp_path / "kantor" / name).stat().st_mode & 0o077 == 0, name


def test_every_command_and_option_says_what_it_is_for():
    for name in HOMES:
        command = main.get_command(click.Context(main), name)
        assert command is not None, name
        assert command.help, name
        for option in command.params:
            assert isinstance(option, click.Argument) or option.help, (name, option.name)


def test_a_command_of_each_module_is_listed():
    for module in pkgutil.iter_modules(cli.__path__, "pulih.cli."):
        importlib.import_module(module.name)

    assert main.commands.keys() == HOMES.keys()


def test_help_is_in_the_language_of_the_terminal(pulih):
    assert "Buat kantor baru" in pulih("new", "--help").stdout
    assert "Buat kantor baru" not in pulih("new", "--help", lang="en_GB.UTF-8").stdout


def test_nothing_that_click_says_is_english_in_an_indonesian_terminal(pulih):
    pulih("new", "kantor")
    asked = [pulih("--help"), *(pulih(name, "--help") for name in HOMES)]
    said = "".join(one.stdout for one in asked)
    for words in (("backup",), ("export", "--atas"), ("serv",), ("serve", "--port", "x"),
                  ("new", "satu", "dua"), ("move-store",), ("serve", "--port"),
                  ("serve", "--office", "kantor/pulih.toml"), ("create-admin", "--office", "kantor")):  # fmt: skip
        refused = pulih(*words)
        assert refused.returncode in {1, 2}, refused
        said += refused.stdout + refused.stderr

    english = "Usage Options Commands OPTIONS ARGS TEXT DIRECTORY Show Error Missing such mean valid requires Got Try"
    assert not set(re.findall(r"\w+", said)) & set(english.split())
    assert "..." not in said.replace("[ARGUMEN]...", "")


def test_what_click_says_in_an_english_terminal_is_its_own(pulih):
    assert "Usage: pulih backup [OPTIONS]" in pulih("backup", "--help", lang="en_GB.UTF-8").stdout


def test_our_words_for_those_of_click_are_for_words_that_it_has():
    folder = Path(click.__file__).parent
    has = {
        part.value
        for path in folder.glob("*.py")
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(part, ast.Constant)
    }
    assert not set(INDONESIAN) - has
