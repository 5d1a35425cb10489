"""Attachments go to another place: nobody loses one unawares, and they are carried over with the real command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import offices
import pytest
from commands import served

pytestmark = [pytest.mark.slow, pytest.mark.bucket]

INVALID, MISSING, REFUSED = 65, 66, 73


@pytest.fixture(scope="module")
def pattern(tmp_path_factory, cast, facts_for) -> Path:
    """An office with an attachment in its folder, closed."""
    folder = tmp_path_factory.mktemp("pola") / "kantor"
    office = offices.found(folder, cast)
    offices.bring(office, cast, facts_for, "replacement-notice")
    office.close()
    return folder


@pytest.fixture
def folder(pattern, tmp_path) -> Path:
    """A copy of that office."""
    return Path(shutil.copytree(pattern, tmp_path / "kantor"))


@pytest.fixture
def elsewhere(bucket, bucket_server) -> dict[str, str]:
    """Settings that lead to an empty bucket."""
    return {
        "PULIH_FILES": f"s3://{bucket}/lampiran",
        "PULIH_FILES_ENDPOINT": bucket_server.url,
        "PULIH_FILES_ACCESS_KEY": bucket_server.access_key,
        "PULIH_FILES_SECRET_KEY": bucket_server.secret_key,
    }


def run(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pulih", *words, "--office", str(folder)],
        env={**os.environ, "LC_ALL": "id_ID.UTF-8", **env},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_attachments_that_were_left_behind_are_told_at_the_start_and_carried(folder, elsewhere):
    with served(folder, **elsewhere) as (_url, said):
        told = said.read_text(encoding="utf-8")
    assert "foto.pdf" in told
    assert f"pulih move-files --office {folder} --from folder" in told
    assert run(folder, "verify", **elsewhere).returncode == INVALID

    done = run(folder, "move-files", "--from", "folder", **elsewhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 berkas disalin dari folder")
    again = run(folder, "move-files", "--from", "folder", **elsewhere)
    assert again.stdout.startswith("0 berkas disalin")

    assert run(folder, "verify", **elsewhere).returncode == 0
    with served(folder, **elsewhere) as (_url, said):
        assert said.read_text(encoding="utf-8") == ""


def test_contents_go_back_from_a_bucket_to_the_folder(folder, elsewhere):
    run(folder, "move-files", "--from", "folder", **elsewhere)
    shutil.rmtree(folder / "data" / "files")

    back = run(
        folder, "move-files", "--from", elsewhere["PULIH_FILES"], **elsewhere | {"PULIH_FILES": ""}
    )

    assert back.returncode == 0, back.stderr
    assert run(folder, "verify").returncode == 0


@pytest.mark.postgres
def test_contents_go_from_the_database_to_a_bucket(folder, elsewhere, database):
    assert run(folder, "move-store", "--to", database).returncode == 0
    shutil.rmtree(folder / "data" / "files")

    done = run(folder, "move-files", "--from", "database", **elsewhere)

    assert done.returncode == 0, done.stderr
    assert run(folder, "verify", **elsewhere).returncode == 0


def test_what_is_in_neither_place_is_counted(folder, elsewhere):
    shutil.rmtree(folder / "data" / "files")

    done = run(folder, "move-files", "--from", "folder", **elsewhere)

    assert done.returncode == MISSING
    assert done.stderr.startswith("1 berkas tidak ada")


@pytest.mark.parametrize(
    ("place", "code"),
    [("folder", REFUSED), ("database", REFUSED), ("/srv", INVALID), ("", INVALID)],
)
def test_a_place_that_cannot_be_the_old_one_is_refused(folder, place, code):
    refused = run(folder, "move-files", "--from", place)

    assert refused.returncode == code, refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("empty", [True, False])
def test_a_bucket_that_is_not_there_is_told_at_the_start_and_the_desk_comes_up(
    folder, tmp_path, elsewhere, cast, empty
):
    if empty:
        folder = tmp_path / "tanpa-lampiran"
        offices.found(folder, cast).close()

    with served(folder, **elsewhere | {"PULIH_FILES": "s3://tidak-ada"}) as (_url, said):
        told = said.read_text(encoding="utf-8")

    assert told.startswith("Meja berjalan")
    assert "Bucket tidak-ada tidak ada." in told
    assert len(told.splitlines()) == 1
