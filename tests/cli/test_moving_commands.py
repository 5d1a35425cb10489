"""`pulih move-store` from a terminal: nothing leaks, nothing stays closed, and what is finished is said to be."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.postgres]  # a process a command

SECRET = "r4h4s14"


def begin(*words: object, **environ: str) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pulih", *map(str, words)],
        env={**os.environ, "LANG": "id_ID.UTF-8", "LC_ALL": "id_ID.UTF-8", **environ},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def pulih(*words: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command; see that it tells no secret."""
    with begin(*words, **environ) as process:
        said, wrong = process.communicate(timeout=100)
    assert SECRET not in said + wrong
    assert "Traceback" not in wrong
    return subprocess.CompletedProcess(words, process.returncode, said, wrong)


def works(office, name="budi", **environ):
    """See that the office can be written to."""
    done = pulih("create-admin", "--office", office, "--id", name, "--name", name.title(),
                 "--password", "kalimat yang panjang", **environ)  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture
def office(tmp_path):
    """An office with an administrator."""
    assert pulih("new", tmp_path / "kantor").returncode == 0
    works(tmp_path / "kantor", "ani")
    return tmp_path / "kantor"


@pytest.fixture
def secret(database):
    """The address of an empty database, with a password."""
    return database.replace("pulih@", f"pulih:{SECRET}@")


def settings(office):
    return (office / "pulih.toml").read_text(encoding="utf-8")


def test_a_refused_move_leaves_the_office_at_work(office, database, tmp_path):
    pulih("new", tmp_path / "lain", PULIH_DATABASE=database)
    works(tmp_path / "lain", PULIH_DATABASE=database)
    before = settings(office)

    refused = pulih("move-store", "--office", office, "--to", database)

    assert refused.returncode == 73
    assert "tidak kosong" in refused.stderr
    assert "--back-out" in refused.stderr
    assert settings(office) == before
    works(office)


def test_an_office_is_not_moved_to_where_it_is_spelled_otherwise(office, database):
    assert pulih("move-store", "--office", office, "--to", database).returncode == 0

    refused = pulih(
        "move-store", "--office", office, "--to", database.replace("127.0.0.1", "localhost")
    )

    assert refused.returncode == 73
    assert "ditulis lain" in refused.stderr
    works(office)


def test_of_two_moves_at_once_one_comes_to_its_end(office, database):
    processes = [begin("move-store", "--office", office, "--to", database) for _ in range(2)]
    ended = []
    for process in processes:
        with process:
            _said, wrong = process.communicate(timeout=100)
            ended.append((process.returncode, wrong))

    assert 0 in [code for code, _wrong in ended], ended
    for code, wrong in ended:
        assert code in (0, 73), wrong
        assert code == 0 or "proses lain" in wrong or "sudah bekerja di" in wrong
    works(office)


def test_a_password_among_the_words_goes_into_a_file_for_its_owner_only(office, secret):
    (office / "pulih.toml").chmod(0o644)

    done = pulih("move-store", "--office", office, "--to", secret)

    assert done.returncode == 0, done.stderr
    assert "hanya boleh dibaca pemiliknya" in done.stdout
    assert (office / "pulih.toml").stat().st_mode & 0o777 == 0o600
    assert SECRET in settings(office)
    works(office)


def test_a_password_from_the_environment_goes_nowhere_else(office, secret):
    none = pulih("move-store", "--office", office, "--to", "postgresql")
    assert none.returncode == 73
    assert "PULIH_NEW_DATABASE" in none.stderr

    done = pulih("move-store", "--office", office, "--to", "postgresql", PULIH_NEW_DATABASE=secret)

    assert done.returncode == 0, done.stderr
    assert "Isi PULIH_DATABASE" in done.stdout
    assert SECRET not in settings(office)
    works(office, PULIH_DATABASE=secret)
    forgotten = pulih("create-admin", "--office", office, "--id", "dodi", "--name", "Dodi",
                      "--password", "kalimat yang panjang")  # fmt: skip
    assert forgotten.returncode == 69
    assert "dipindahkan" in forgotten.stderr
    back = pulih("move-store", "--office", office, "--to", "embedded", PULIH_DATABASE=secret)
    assert back.returncode == 0, back.stderr
    assert "Hapus PULIH_DATABASE" in back.stdout
    works(office, "cici")


def test_an_address_is_asked_for_unseen_at_a_terminal(office, secret):
    own, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pulih", "move-store", "--office", office, "--to", "postgresql"],
        env={**os.environ, "LANG": "id_ID.UTF-8", "LC_ALL": "id_ID.UTF-8"},
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    with process:
        while chunk := _read(own):
            said += chunk
            if said.endswith(b"ditampilkan): "):
                os.write(own, f"{secret}\n".encode())
    os.close(own)

    assert process.returncode == 0, said
    assert SECRET not in said.decode()
    works(office, PULIH_DATABASE=secret)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # nobody writes to it any more
        return b""


def test_an_address_without_a_password_is_written_wherever_it_came_from(office, database):
    done = pulih(
        "move-store", "--office", office, "--to", "postgresql", PULIH_NEW_DATABASE=database
    )
    assert done.returncode == 0, done.stderr
    assert f"database = {json.dumps(database)}" in settings(office)
    works(office)


@pytest.mark.parametrize("line", ['"database" = ""\n', 'name = """\ndatabase = 1\n"""\n'])
def test_a_finished_move_is_said_to_be_finished_whatever_the_file_looks_like(office, secret, line):
    (office / "pulih.toml").write_text(line, encoding="utf-8")

    done = pulih("move-store", "--office", office, "--to", secret)

    if line.startswith('"'):
        assert done.returncode == 0, done.stderr
    else:
        assert done.returncode == 78
        assert "Pemindahan sudah selesai" in done.stderr
        assert 'database = "postgresql://pulih:***@' in done.stderr
        assert settings(office) == line
    works(office, PULIH_DATABASE=secret)


def test_a_variable_that_would_not_fit_afterwards_is_told_before_anything_moves(office, database):
    refused = pulih("move-store", "--office", office, "--to", database, PULIH_FILES="folder")
    assert refused.returncode == 73
    assert "PULIH_FILES=folder" in refused.stderr
    assert "tidak ada yang dipindahkan" in refused.stderr
    works(office, PULIH_FILES="folder")


def test_where_a_variable_names_the_store_it_is_the_variable_that_must_change(
    office, database, cluster
):
    assert pulih("move-store", "--office", office, "--to", database).returncode == 0
    before = settings(office)
    with cluster.database() as other:
        done = pulih("move-store", "--office", office, "--to", other, PULIH_DATABASE=database)

        assert done.returncode == 0, done.stderr
        assert "Isi PULIH_DATABASE" in done.stdout
        assert settings(office) == before
        works(office, PULIH_DATABASE=other)


def test_a_move_whose_password_is_not_encoded_is_refused_without_repeating_it(office):
    for sign in "@/#?":
        url = f"postgresql://pulih:{SECRET}{sign}{SECRET}@127.0.0.1/pulih"
        refused = pulih("move-store", "--office", office, "--to", url)
        assert refused.returncode == 65
        assert "kode persen" in refused.stderr
    works(office)


def test_a_move_that_fails_midway_tells_how_to_go_on_and_how_to_give_up(office, database):
    broken = f"""
import sys
from pulih.cli import main
from pulih.errors import Unavailable
from pulih.keeping import move
def fail(*_anything):
    raise Unavailable("Basis data terputus.")
move.carry = fail
main(["move-store", "--office", {str(office)!r}, "--to", {database!r}])
"""
    failed = subprocess.run(
        [sys.executable, "-c", broken], env={**os.environ, "LANG": "id_ID.UTF-8"},
        capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert failed.returncode == 69
    assert "Jalankan perintah yang sama" in failed.stderr
    assert "--back-out" in failed.stderr

    given_up = pulih("move-store", "--office", office, "--to", database, "--back-out")

    assert given_up.returncode == 0, given_up.stderr
    works(office)
