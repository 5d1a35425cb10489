"""Taking an office out, bringing it back and moving it, from a terminal."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime
from zlib import crc32

import pytest

from pulih.domain.records import Attachment
from pulih.keeping.archive import seal_of
from pulih.keeping.lines import line_of
from pulih.store import open_tiny

pytestmark = pytest.mark.slow  # a process a command


@pytest.fixture
def pulih(tmp_path):
    """Run a command in a process of its own; return its result."""

    def run(*words: object, stdin: bytes = b"", **environ: str):
        env = {**os.environ, "LANG": "id_ID.UTF-8", "LC_ALL": "id_ID.UTF-8", **environ}
        command = [sys.executable, "-m", "pulih", *map(str, words)]
        return subprocess.run(
            command,
            env=env,
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            timeout=100,
            check=False,
        )

    return run


@pytest.fixture
def office(pulih, tmp_path):
    """An office with an administrator."""
    pulih("new", "kantor", "--name", "Kantor Uji – ☕")
    made = pulih("create-admin", "--office", "kantor", "--id", "ani", "--name", "Ani Rahma",
                 "--password", "kalimat yang panjang")  # fmt: skip
    assert made.returncode == 0, made.stderr
    return tmp_path / "kantor"


def test_an_export_goes_through_a_pipe_into_a_new_office(pulih, office, tmp_path):
    said = pulih("export", "--office", office, "-")
    assert said.returncode == 0
    assert "diekspor" in said.stderr.decode()
    pulih("new", "baru")

    done = pulih("import", "--office", "baru", "-", stdin=said.stdout)

    assert done.returncode == 0, done.stderr
    assert "semuanya benar" in done.stdout.decode()
    assert pulih("export", "--office", "baru", "ekspor.jsonl").returncode == 0
    assert (tmp_path / "ekspor.jsonl").read_bytes() == said.stdout
    assert pulih("import", "--office", "baru", "ekspor.jsonl").returncode == 73
    again = pulih("export", "--office", "baru", "ekspor.jsonl")
    assert again.returncode == 73
    assert "tidak ditimpa" in again.stderr.decode()


def test_a_damaged_export_is_refused_before_anything_is_touched(pulih, office, tmp_path):
    said = pulih("export", "--office", office, "-").stdout
    (tmp_path / "rusak.jsonl").write_bytes(said[:400] + b"#" + said[401:])
    pulih("new", "baru")

    for words in (("rusak.jsonl",), ("-",)):
        done = pulih("import", "--office", "baru", *words, stdin=said[:-10])
        assert done.returncode == 65
        assert "Baris " in done.stderr.decode()
        assert len(done.stderr.splitlines()) == 1
    assert pulih("import", "--office", "baru", "tidak-ada.jsonl").returncode == 66


def test_an_office_is_backed_up_and_restored_on_an_empty_machine(pulih, office, tmp_path):
    (tmp_path / "cadangan").mkdir()
    made = pulih("backup", "--office", office, "cadangan")
    assert made.returncode == 0, made.stderr
    assert "utuh" in made.stdout.decode()
    [path] = (tmp_path / "cadangan").iterdir()
    assert path.name.endswith(".pulih.zip")
    before = pulih("export", "--office", office, "-").stdout
    shutil.rmtree(office)

    done = pulih("restore", path, "kantor")

    assert done.returncode == 0, done.stderr
    assert "semuanya benar" in done.stdout.decode()
    assert pulih("export", "--office", office, "-").stdout == before
    assert pulih("publish", "--office", office, "--all").returncode == 0
    path.write_bytes(path.read_bytes()[:-3000] + b"x" + path.read_bytes()[-2999:])
    bad = pulih("restore", path, "lain")
    assert bad.returncode == 65
    assert path.name in bad.stderr.decode()
    assert not (tmp_path / "lain").exists()


def test_an_import_with_something_wrong_in_it_is_done_and_ends_with_a_code(pulih, office, tmp_path):
    said = pulih("export", "--office", office, "-").stdout
    *lines, _end = map(json.loads, said.splitlines())
    for record in lines:
        del record["crc"]
        if record.get("table") == "people":
            record["document"]["agency"] = "tidak-ada"
    text = b"".join(map(line_of, lines))
    tables = Counter(record["table"] for record in lines if "table" in record)
    end = {"end": {"files": 0, "tables": tables}, "sha256": hashlib.sha256(text).hexdigest()}
    (tmp_path / "salah.jsonl").write_bytes(text + line_of(end))
    pulih("new", "baru")

    done = pulih("import", "--office", "baru", "salah.jsonl")

    assert done.returncode == 65
    assert "people ani: " in done.stdout.decode()
    assert "sudah dimasukkan" in done.stderr.decode()
    assert b'"tidak-ada"' in pulih("export", "--office", "baru", "-").stdout


def test_a_number_too_large_for_json_is_refused(pulih, office, tmp_path):
    said = line_of({"format": "pulih-export", "version": 1, "schema": 1, "files": True})
    body = b'{"document":{"x":1e999},"key":"satu","table":"settings"}'
    (tmp_path / "besar.jsonl").write_bytes(said + b'{"crc":"%08x",%b\n' % (crc32(body), body[1:]))
    pulih("new", "baru")

    refused = pulih("import", "--office", "baru", "besar.jsonl")

    assert refused.returncode == 65
    assert "Baris 2: " in refused.stderr.decode()


def test_a_backup_without_a_lost_attachment_is_kept_and_ends_with_a_code(pulih, office, tmp_path):
    attachment = Attachment("a" * 32, "2026-0001", "a.pdf", "application/pdf", 3, "b" * 64, "ani",
                            datetime.now(UTC), used=True)  # fmt: skip
    store = open_tiny(office / "data" / "pulih.db")
    store.write(lambda records: records.attachments.put(attachment.id, attachment))
    store.close()

    made = pulih("backup", "--office", office, "a.pulih.zip")

    assert made.returncode == 65
    assert "1 berkas sudah hilang" in made.stderr.decode()
    assert "disimpan tanpa" in made.stderr.decode()
    done = pulih("restore", "a.pulih.zip", "lain")
    assert done.returncode == 65
    assert "sudah dipulihkan" in done.stderr.decode()
    inside = pulih("backup", "--office", office, office / "wiki")
    assert inside.returncode == 73
    assert len(inside.stderr.splitlines()) == 1


def test_what_is_taken_out_of_a_store_that_was_moved_away_from_is_told_to_be_old(
    pulih, office, tmp_path
):
    store = open_tiny(office / "data" / "pulih.db")
    with store.documents.writing() as view:
        view.insert("store", "closed", {"why": "moved", "to": "pulih di db.contoh", "move": "1"})
    store.close()

    backup = pulih("backup", "--office", office, tmp_path / "b.pulih.zip")
    export = pulih("export", "--office", office, tmp_path / "e.jsonl")

    for done in (backup, export):
        assert done.returncode == 65
        assert "sudah dipindahkan" in done.stderr.decode()


def test_broken_settings_of_a_backup_are_named_and_put_aside(pulih, office, tmp_path):
    toml = office / "pulih.toml"
    assert pulih("backup", "--office", office, "a.pulih.zip").returncode == 0
    whole = toml.read_bytes()
    rewrite(tmp_path / "a.pulih.zip", "pulih.toml", whole + b"\nnama = \n")

    done = pulih("restore", "a.pulih.zip", "lain")

    assert done.returncode == 65, done.stderr
    assert "pulih.toml.rusak" in done.stderr.decode()
    assert "  pulih.toml: " in done.stderr.decode()
    assert "semuanya benar" in done.stdout.decode()
    assert (tmp_path / "lain" / "pulih.toml.rusak").read_bytes() == whole + b"\nnama = \n"
    assert pulih("verify", "--office", "lain").returncode == 0


def rewrite(path, name, content):
    """Put another content in a backup, as if it had been made so."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    manifest = json.loads(members.pop("manifest.json"))
    members[name] = content
    digest = hashlib.sha256(content).hexdigest()
    manifest["members"][name] = {"size": len(content), "sha256": digest}
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = b"0" * 64
        for each, data in (*members.items(), ("manifest.json", json.dumps(manifest))):
            archive.writestr(each, data)
    with path.open("r+b") as file:
        seal = seal_of(file)
        file.seek(-64, os.SEEK_END)
        file.write(seal)


def test_verify_records_where_histories_stand_and_compares_later(pulih, office, tmp_path):
    done = pulih("verify", "--office", office, "--record", "ujung.jsonl", "--without-contents")
    assert done.returncode == 0, done.stderr
    assert pulih("verify", "--office", office, "--against", "ujung.jsonl").returncode == 0

    (tmp_path / "ujung.jsonl").write_text(
        '{"number": "2020-0001", "version": 1, "digest": "x"}\n', encoding="utf-8"
    )
    found = pulih("verify", "--office", office, "--against", "ujung.jsonl")
    assert found.returncode == 65
    assert "2020-0001" in found.stdout.decode()
    (tmp_path / "ujung.jsonl").write_text("bukan\n", encoding="utf-8")
    assert (
        "Baris 1 "
        in pulih("verify", "--office", office, "--against", "ujung.jsonl").stderr.decode()
    )


@pytest.mark.postgres
def test_an_office_moves_to_postgres_and_back(pulih, office, database):
    before = pulih("export", "--office", office, "-").stdout
    toml = (office / "pulih.toml").read_text(encoding="utf-8")

    there = pulih("move-store", "--office", office, "--to", database)

    assert there.returncode == 0, there.stderr
    assert "people" in there.stdout.decode()
    changed = (office / "pulih.toml").read_text(encoding="utf-8")
    assert f'\ndatabase = "{database}"\n' in changed
    assert changed.replace(f'database = "{database}"', '# database = ""') == toml
    assert pulih("export", "--office", office, "-").stdout == before
    old = pulih("create-admin", "--office", office, "--id", "budi", "--name", "Budi", "--password",
                "kalimat yang panjang", PULIH_DATABASE="")  # fmt: skip
    assert old.returncode == 0, old.stderr
    assert pulih("move-store", "--office", office, "--to", database).returncode == 73

    back = pulih("move-store", "--office", office, "--to", "embedded")

    assert back.returncode == 0, back.stderr
    assert b'"budi"' in pulih("export", "--office", office, "-").stdout
    assert pulih("verify", "--office", office).returncode == 0


@pytest.mark.postgres
def test_a_move_can_be_given_up_and_wrong_addresses_are_refused(pulih, office, database):
    for to in ("mysql://x/y", "postgresql://127.0.0.1:1/tidak-ada"):
        refused = pulih("move-store", "--office", office, "--to", to)
        assert refused.returncode in (65, 69), refused.stderr
        assert b"Traceback" not in refused.stderr
    nothing = pulih("move-store", "--office", office, "--to", database, "--back-out")
    assert nothing.returncode == 73
    assert pulih("verify", "--office", office).returncode == 0
