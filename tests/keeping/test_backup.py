"""A backup is whole when it is made, and a damaged one is never put in place of an office."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import zipfile
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from pulih.config import read_settings
from pulih.domain.agency import Agency
from pulih.domain.people import Person, Role
from pulih.errors import Invalid, NotFound, PulihError, Refused, Unavailable
from pulih.keeping import restore as module
from pulih.keeping.archive import seal_of
from pulih.keeping.backup import Working, backup
from pulih.keeping.restore import Aim, restore
from pulih.keeping.tables import held
from pulih.keeping.verify import verify
from pulih.store import documents_in_postgres
from pulih.store.files import FolderFiles
from pulih.store.filing import open_files as open_place
from pulih.store.records import records_over
from pulih.store.tiny import TinyDocuments

pytestmark = pytest.mark.slow

AT = datetime.fromisoformat("2026-03-02T08:00:00+08:00")


@contextmanager
def opening(settings):
    url, path = settings.database, settings.data / "pulih.db"
    store = documents_in_postgres(url) if url else TinyDocuments(path)
    files = open_place(settings.files, settings.data / "files", database=settings.database)
    try:
        yield store, files
    finally:
        files.close()
        store.close()


@pytest.fixture
def working(folder, fill):
    """An office at work in a folder."""
    store, files = (
        TinyDocuments(folder / "data" / "pulih.db"),
        FolderFiles(folder / "data" / "files"),
    )
    fill(store, files)
    yield Working(folder, store, files, nullcontext())
    store.close()


@pytest.fixture
def kept(working, tmp_path):
    """A backup of it."""
    return backup(working, tmp_path, AT).path


@pytest.fixture
def aim(tmp_path):
    return Aim(tmp_path / "pulih-kembali", "", {}, opening)


def pages(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "data" and "files" not in path.parts
    }


def test_a_backup_restored_is_the_same_office(working, kept, aim, folder, text):
    done = restore(kept, aim).manifest

    assert done.tickets == 3
    assert done.files == 2
    assert done.made == AT.isoformat()
    with opening(read_settings(aim.folder, {})) as (store, files):
        assert text(store, files) == text(working.store, working.files)
        assert not list(verify(store, files)) or list(verify(store, files)) == list(
            verify(working.store, working.files)
        )
        with store.writing() as view:
            view.insert("settings", "dua", {})
    before, after = pages(folder), pages(aim.folder)
    assert before.pop("pulih.toml").replace(b"# database", b"database") == after.pop("pulih.toml")
    assert before == after
    assert "wiki/panduan/cara memeriksa – ☕.md" in after
    key = aim.folder / "data" / "secret-key"
    assert key.read_text(encoding="ascii") == "k" * 64
    assert [path.stat().st_mode & 0o777 for path in (key, aim.folder, aim.folder / "pulih.toml")] == [
        0o600, 0o755, 0o600
    ]  # fmt: skip
    assert not [path for path in aim.folder.parent.iterdir() if path.name.startswith(".")]


@pytest.mark.postgres
def test_a_backup_can_be_restored_into_a_database_and_backed_up_from_there(
    working, kept, aim, database, tmp_path, text
):
    aim = Aim(aim.folder, database, {}, opening)
    restore(kept, aim)

    settings = read_settings(aim.folder, {})
    assert settings.database == database
    with opening(settings) as (store, files):
        assert text(store, files) == text(working.store, working.files)
        again = backup(
            Working(aim.folder, store, files, nullcontext()), tmp_path / "b.pulih.zip", AT
        )
    assert again.manifest.files == 2
    other = Aim(tmp_path / "lain", database, {}, opening)
    with pytest.raises(Refused, match="tidak kosong"):
        restore(again.path, other)
    assert not other.folder.exists()
    third = Aim(tmp_path / "ketiga", "", {}, opening)
    restore(again.path, third)
    with opening(read_settings(third.folder, {})) as (store, files):
        assert text(store, files) == text(working.store, working.files)


def test_where_the_old_office_kept_its_records_does_not_count(working, aim, folder, tmp_path):
    toml = folder / "pulih.toml"
    toml.write_text(
        'database = "postgresql://produksi.invalid/pulih"\nfiles = "database"\n', encoding="utf-8"
    )

    restore(backup(working, tmp_path, AT).path, aim)

    settings = read_settings(aim.folder, {})
    assert (settings.database, settings.files) == ("", "")


def test_a_backup_is_private_named_by_the_clock_and_never_written_over(working, kept, tmp_path):
    assert kept.name == "pulih-20260302-080000.pulih.zip"
    assert kept.stat().st_mode & 0o777 == 0o600
    before = kept.read_bytes()
    for target in (tmp_path, kept):
        with pytest.raises(Refused, match="tidak ditimpa"):
            backup(working, target, AT)
    assert kept.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [kept.name]


def test_a_backup_is_a_zip_with_a_manifest_of_every_member(kept):
    with zipfile.ZipFile(kept) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
    assert names[0] == "store.jsonl"
    assert names[-1] == "manifest.json"
    assert sorted(manifest["members"]) == sorted(names[:-1])
    assert sum(name.startswith("files/") for name in names) == 2
    assert {"pulih.toml", "mkdocs.yml", "data/secret-key", "wiki/index.md"} < set(names)


def test_the_key_to_the_devices_passwords_is_in_no_backup(working, tmp_path):
    key = read_settings(working.folder, {}).vault_key
    key.write_text("kunci brankas perangkat")
    with zipfile.ZipFile(backup(working, tmp_path / "a.zip", AT).path) as archive:
        contents = [archive.read(name) for name in archive.namelist()]

    assert contents
    assert not any(b"kunci brankas perangkat" in content for content in contents)


def test_pages_are_read_while_nobody_writes_any(working, tmp_path):
    turns = []

    @contextmanager
    def turn():
        (working.folder / "wiki" / "sedang.md").write_text("utuh", encoding="utf-8")
        turns.append("taken")
        yield
        turns.append("given back")

    office = Working(working.folder, working.store, working.files, turn())
    done = backup(office, tmp_path, AT)

    assert turns == ["taken", "given back"]
    assert "wiki/sedang.md" in done.manifest.members


def test_a_lost_content_is_told_and_does_not_keep_the_rest_from_being_kept(working, tmp_path, aim):
    gone = min(path.name for path in working.files.folder.rglob("?" * 64))
    (working.files.folder / gone[:2] / gone).unlink()

    done = backup(working, tmp_path, AT)

    assert done.manifest.lost == (gone,)
    assert restore(done.path, aim).manifest.lost == (gone,)


def test_a_page_whose_name_other_systems_cannot_hold_is_named(working, tmp_path):
    wiki = os.fsencode(working.folder / "wiki")
    (working.folder / "wiki" / "a\\b.md").write_text("x", encoding="utf-8")

    with pytest.raises(Refused, match="Ganti namanya"):
        backup(working, tmp_path, AT)
    os.rename(wiki + b"/a\\b.md", wiki + b"/\xff.md")  # noqa: PTH104 - a path has no bytes
    with pytest.raises(Refused, match="Ganti namanya"):
        backup(working, tmp_path, AT)
    assert not list(tmp_path.glob("*.zip*"))


def refused(path, aim):
    with pytest.raises(PulihError) as said:
        restore(path, aim)
    assert isinstance(said.value, Invalid), said.value
    assert not aim.folder.exists()
    assert not [p for p in aim.folder.parent.iterdir() if p.name.startswith(".")]
    return said.value


@pytest.mark.slow
def test_every_changed_byte_is_found_and_the_damaged_member_named(kept, aim, tmp_path):
    whole, chance = kept.read_bytes(), random.Random(20261122)
    with zipfile.ZipFile(kept) as archive:
        starts = sorted((info.header_offset, info.filename) for info in archive.infolist())
        spans = {
            info.filename: (info.header_offset + 30 + len(info.filename.encode()) + 20, info.compress_size)
            for info in archive.infolist()
        }  # fmt: skip
    bad = tmp_path / "rusak.pulih.zip"
    places = chance.sample(range(len(whole)), 60)
    places += chance.sample(range(starts[-1][0], len(whole)), 150)  # manifest and directory
    places += [chance.randrange(start, start + 40) for start, _name in starts for _n in range(4)]
    named = 0
    for place in places:
        other = chance.choice([b for b in range(256) if b != whole[place]])
        bad.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
        error = refused(bad, aim)
        assert bad.name in str(error)
        assert error.problems, place
        for name, (start, size) in spans.items():
            if start <= place < start + size and name != "manifest.json":
                assert [p.field for p in error.problems] == [name]
                named += 1
                if name == "store.jsonl":
                    assert "aris " in str(error.problems[0].sentence)
    assert named > 20


def test_a_backup_cut_short_is_refused(kept, aim, tmp_path):
    whole, bad = kept.read_bytes(), tmp_path / "rusak.pulih.zip"
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 100, len(whole) - 1):
        bad.write_bytes(whole[:length])
        assert "rusak.pulih.zip" in str(refused(bad, aim))
    bad.write_bytes(whole + b"x")
    refused(bad, aim)


def rewritten(kept, path, change):
    """Write the backup anew after `change` had its way with the members and the manifest; the seal is right."""
    with zipfile.ZipFile(kept) as archive:
        members = [(info, archive.read(info)) for info in archive.infolist()]
    manifest = json.loads(members.pop()[1])
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = b"0" * 64
        for info, content in change(members, manifest):
            archive.writestr(info, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    with path.open("r+b") as file:
        digest = seal_of(file)
        file.seek(-64, os.SEEK_END)
        file.write(digest)
    return path


def listed(manifest, name, content):
    manifest["members"][name] = {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return zipfile.ZipInfo(name), content


@pytest.mark.parametrize(
    "name",
    ["../jahat", "/tmp/jahat", "wiki/../../jahat", "wiki//jahat", "wiki/./jahat", "wiki/..", "C:/jahat",
     "wiki\\..\\jahat", "data/pulih.db", "data/../jahat", "files/../jahat", "files/abc", "jahat", "wiki/"],
)  # fmt: skip
def test_a_member_that_leads_elsewhere_is_refused_by_its_name(name, kept, aim, tmp_path):
    bad = rewritten(
        kept, tmp_path / "x.zip", lambda m, manifest: [*m, listed(manifest, name, b"jahat")]
    )

    assert [p.field for p in refused(bad, aim).problems] == [name]
    assert not list(tmp_path.rglob("jahat"))


def test_links_and_folders_are_refused(kept, aim, tmp_path):
    def link(members, manifest):
        info, content = listed(manifest, "wiki/tautan", b"/etc/passwd")
        info.external_attr = 0o120777 << 16
        return [*members, (info, content)]

    bad = rewritten(kept, tmp_path / "x.zip", link)
    assert [p.field for p in refused(bad, aim).problems] == ["wiki/tautan"]


def test_members_that_the_manifest_does_not_know_or_that_it_misses_are_refused(kept, aim, tmp_path):
    extra = (zipfile.ZipInfo("wiki/selundupan.md"), b"x")
    bad = rewritten(kept, tmp_path / "1.zip", lambda m, _manifest: [*m, extra])
    assert [p.field for p in refused(bad, aim).problems] == ["wiki/selundupan.md"]
    bad = rewritten(kept, tmp_path / "2.zip", lambda m, _manifest: m[1:])
    assert [p.field for p in refused(bad, aim).problems] == ["store.jsonl"]
    with pytest.warns(UserWarning, match="Duplicate"):
        bad = rewritten(kept, tmp_path / "3.zip", lambda m, _manifest: [*m, m[3]])
    refused(bad, aim)


def test_a_bomb_goes_no_further_than_the_manifest_says(kept, aim, tmp_path):
    def bomb(members, manifest):
        info, _ = listed(manifest, "wiki/bom.md", b"x" * 10)
        info.compress_type = zipfile.ZIP_DEFLATED
        return [*members, (info, b"x" * 50_000_000)]

    bad = rewritten(kept, tmp_path / "x.zip", bomb)
    assert [p.field for p in refused(bad, aim).problems] == ["wiki/bom.md"]

    def huge(members, manifest):
        manifest["members"]["wiki/index.md"]["size"] = 10**18
        return members

    refused(rewritten(kept, tmp_path / "y.zip", huge), aim)


@pytest.mark.parametrize(
    "said",
    [{"format": "lain"}, {"members": []}, {"members": {"store.jsonl": 1}}, {"tickets": "x"}, {"lost": 1},
     {"made": None}],
)  # fmt: skip
def test_a_manifest_that_says_something_else_is_refused(said, kept, aim, tmp_path):
    def change(members, manifest):
        manifest.update(said)
        return members

    assert (
        refused(rewritten(kept, tmp_path / "x.zip", change), aim).problems[0].field
        == "manifest.json"
    )


def test_a_newer_backup_and_other_files_are_refused_in_a_sentence(kept, aim, tmp_path):
    def newer(members, manifest):
        manifest["version"] = 2
        return members

    assert "lebih baru" in str(refused(rewritten(kept, tmp_path / "x.zip", newer), aim))
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.7\n" * 100)
    assert "bukan cadangan" in str(refused(tmp_path / "surat.pdf", aim))
    with pytest.raises(NotFound):
        restore(tmp_path / "tidak-ada.zip", aim)


def test_records_that_are_wrong_inside_are_named_by_their_line(kept, aim, tmp_path):
    def change(members, manifest):
        info, content = members[0]
        content = content.replace(b"Dinas", b"Jahat", 1)
        return [listed(manifest, info.filename, content), *members[1:]]

    problem = refused(rewritten(kept, tmp_path / "x.zip", change), aim).problems[0]
    assert problem.field == "store.jsonl"
    assert "Baris " in str(problem.sentence)


def test_a_folder_that_is_not_empty_is_left_alone(kept, aim):
    aim.folder.mkdir()
    (aim.folder / "penting.txt").write_text("jangan hilang", encoding="utf-8")

    with pytest.raises(Refused, match="tidak kosong"):
        restore(kept, aim)
    assert [path.name for path in aim.folder.iterdir()] == ["penting.txt"]
    (aim.folder / "penting.txt").unlink()
    restore(kept, aim)
    assert (aim.folder / "pulih.toml").exists()


FULL = """
import resource, sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from pulih.errors import Unavailable
from pulih.keeping.backup import Working, backup
from pulih.store.files import FolderFiles
from pulih.store.tiny import TinyDocuments
import signal
folder, target, most = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
store = TinyDocuments(folder / "data" / "pulih.db")
office = Working(folder, store, FolderFiles(folder / "data" / "files"), nullcontext())
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
try:
    backup(office, target, datetime(2026, 3, 2))
except Unavailable as error:
    print(error)
    sys.exit(69)
"""


@pytest.mark.slow
@pytest.mark.parametrize("most", [1000, 20_000, -300, -10])
def test_a_disk_that_is_full_leaves_no_half_of_a_backup(most, working, kept, tmp_path):
    size = kept.stat().st_size
    target = tmp_path / "penuh"
    target.mkdir()

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FULL, working.folder, target, str(most if most > 0 else size + most)],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip

    assert done.returncode == 69, done.stderr
    assert "habis" in done.stdout
    assert not done.stderr
    assert not list(target.iterdir())


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True
    )
    if not made or made.returncode:
        pytest.skip("this machine does not let us mount")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.slow
def test_a_full_disk_is_said_before_and_while_restoring(small_disk, working, kept, aim):
    with pytest.raises(Unavailable, match="habis"):
        backup(working, small_disk, AT)
    assert not list(small_disk.iterdir())
    with pytest.raises(Unavailable, match="Ruang disk tidak cukup"):
        restore(kept, Aim(small_disk / "kantor", "", {}, opening))
    assert not list(small_disk.iterdir())


WRITER = """
import io, sys
from datetime import UTC, datetime
from pathlib import Path
from pulih.domain.people import Person, Role
from pulih.domain.records import Attachment
from pulih.domain.ticket import Ticket
from pulih.store import open_tiny
from pulih.store.files import FolderFiles

data = Path(sys.argv[1])
store, files = open_tiny(data / "pulih.db"), FolderFiles(data / "files")
lead = Person("rina", "Rina", Role.NETWORK_TEAM)
facts = {"letter_date": "2026-02-27", "agency": "dukcapil", "subject": "x", "disturbed": "y", "place": "z",
         "since": "2026-02-27T08:15:00+08:00", "contact_name": "D", "contact_phone": "0812-3456-7890", "signed_by": "D"}
while True:
    def deed(records):
        n = records.next_number("ticket-2026")
        number = f"2026-{n:04d}"
        digest, size = files.keep(io.BytesIO(f"%PDF {n}".encode()), most=100)
        records.attachments.put(f"{n:032x}", Attachment(
            f"{n:032x}", number, "a.pdf", "application/pdf", size, digest, "rina", datetime.now(UTC)))
        records.tickets.add(Ticket.open(number, lead, datetime.now(UTC), {**facts, "letter_number": f"LL/{n}"}))
        return n
    print(store.write(deed), flush=True)
"""


@pytest.mark.slow
def test_a_backup_made_under_load_is_of_one_moment(folder, tmp_path):
    data = folder / "data"
    store = TinyDocuments(data / "pulih.db")
    with store.writing() as view:
        records = records_over(view)
        records.agencies.add(Agency("dukcapil", "Dinas Kependudukan"))
        records.people.add(Person("rina", "Rina", Role.NETWORK_TEAM))
        records.secrets.put("rina", "$argon2id$")
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, data], stdout=subprocess.PIPE, text=True,
                         env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
        for _ in range(2)
    ]  # fmt: skip
    try:
        for writer in writers:
            for _ in range(30):
                assert int(writer.stdout.readline())
        office = Working(folder, store, FolderFiles(data / "files"), nullcontext())
        counts = []
        for n in range(3):
            done = backup(office, tmp_path / f"{n}.pulih.zip", AT)
            again = Aim(tmp_path / f"kembali-{n}", "", {}, opening)
            restore(done.path, again)
            with opening(read_settings(again.folder, {})) as (copy, files), copy.reading() as view:
                found = held(view)
                assert view.get("counters", "ticket-2026")["value"] == found["tickets"].count
                assert found["tickets"].count == found["attachments"].count == found["seals"].count
                assert done.manifest.tickets == found["tickets"].count
                assert not list(verify(copy, files))
                counts.append(found["tickets"].count)
        assert counts == sorted(set(counts))
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
        store.close()


@pytest.mark.parametrize("target", ["wiki", "wiki/a.zip", "wiki/kasus/a", "tautan/a.pulih.zip"])
def test_a_backup_is_not_made_among_what_is_backed_up(target, working, folder):
    (folder / "tautan").symlink_to(folder / "wiki", target_is_directory=True)
    before = sorted(folder.rglob("*"))

    with pytest.raises(Refused, match="Pilih tempat lain"):
        backup(working, folder / target, AT)

    assert sorted(folder.rglob("*")) == before


def test_what_older_backups_left_among_the_pages_is_not_backed_up(working, folder, tmp_path):
    for name in ("lama.pulih.zip", ".lama.pulih.zip-abc123"):
        (folder / "wiki" / name).write_bytes(b"x" * 1000)

    members = backup(working, tmp_path, AT).manifest.members

    assert not [name for name in members if "lama" in name]


BROKEN_SETTINGS = {
    "no TOML": b'name = "Kantor\n',
    "no UTF-8": "# Kant\xf6r".encode("latin-1"),
    "an unknown key": b'nama = "Kantor"\n',
    "a line that cannot be changed": b'files = \'database\'\n"data\\u0062ase" = "postgresql://lama/x"\n',
}


@pytest.mark.parametrize("said", BROKEN_SETTINGS.values(), ids=BROKEN_SETTINGS)
def test_settings_that_are_broken_do_not_keep_an_office_from_being_restored(
    said, working, folder, tmp_path, aim, text
):
    (folder / "pulih.toml").write_bytes(said)
    path = backup(working, tmp_path, AT).path

    done = restore(path, aim)

    assert done.settings
    assert (aim.folder / "pulih.toml.rusak").read_bytes() == said
    settings = read_settings(aim.folder, {})
    assert settings.database == ""
    with opening(settings) as (store, files):
        assert text(store, files) == text(working.store, working.files)
    assert (aim.folder / "pulih.toml").stat().st_mode & 0o777 == 0o600


def test_an_address_that_is_none_is_not_the_backups_fault(kept, aim):
    with pytest.raises(Invalid) as refused:
        restore(kept, replace(aim, database="mysql://x/y"))
    assert refused.value.problems[0].field == "database"
    assert not aim.folder.exists()


def test_a_content_under_the_name_of_another_is_damage(kept, aim, tmp_path):
    def exchange(members, manifest):
        place = next(n for n, (info, _) in enumerate(members) if info.filename.startswith("files/"))
        info = listed(manifest, members[place][0].filename, b"%PDF-1.7 lain")
        return [*members[:place], info, *members[place + 1 :]]

    bad = rewritten(kept, tmp_path / "x.zip", exchange)

    [problem] = refused(bad, aim).problems
    assert problem.field.startswith("files/")
    assert "bukan yang disebut" in str(problem.sentence)


def test_what_a_killed_restoring_left_goes_after_a_day_and_is_named_before(kept, aim, monkeypatch):
    old, new, foreign = (
        aim.folder.parent / f".{aim.folder.name}-{n}" for n in ("pulih-a", "pulih-b", "c")
    )
    for folder in (old, new, foreign):
        (folder / "data").mkdir(parents=True)
        os.utime(folder, (0, 0))
    os.utime(new)
    with monkeypatch.context() as patched:
        patched.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=10))
        with pytest.raises(Unavailable, match=f"Ruang disk tidak cukup.*{new.name}"):
            restore(kept, aim)

    restore(kept, aim)

    assert [folder.exists() for folder in (old, new, foreign)] == [False, True, True]


def test_a_folder_that_was_taken_meanwhile_is_left_alone(working, kept, aim):
    @contextmanager
    def taking(settings):
        aim.folder.mkdir()
        (aim.folder / "milik-orang").touch()
        with opening(settings) as place:
            yield place

    with pytest.raises(Refused, match="tidak kosong"):
        restore(kept, replace(aim, opening=taking))
    assert [path.name for path in aim.folder.iterdir()] == ["milik-orang"]


KILLED = """
import os, sys
from pathlib import Path
import pulih.keeping.restore as module
from pulih.cli.stores import opened

setattr(module, sys.argv[4], lambda *_words, **_named: os._exit(9))
module.restore(Path(sys.argv[1]), module.Aim(Path(sys.argv[2]), sys.argv[3], {}, opened))
"""


def killed(path, aim, at):
    """Restore in a process that dies when it comes to a function."""
    words = [sys.executable, "-c", KILLED, path, aim.folder, aim.database, at]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(words, check=False, capture_output=True, env=environ)
    assert done.returncode == 9, done.stderr


def is_open(aim):
    with opening(read_settings(aim.folder, {})) as (store, _files), store.writing() as view:
        view.insert("settings", "sesudahnya", {})
    return True


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.parametrize("at", ["fill", "_place", "finish"])
def test_a_restoring_into_a_database_that_was_killed_is_closed_and_can_be_repeated(
    at, working, kept, aim, database, text
):
    aim = replace(aim, database=database)
    killed(kept, aim, at)

    store = documents_in_postgres(database)
    with pytest.raises(Unavailable, match="pulih restore"), store.writing():
        pass
    store.close()
    assert restore(kept, aim).manifest.tickets == 3

    with opening(read_settings(aim.folder, {})) as (store, files):
        assert text(store, files) == text(working.store, working.files)
    assert is_open(aim)
    assert not (aim.folder / "data" / "restoring").exists()
    with pytest.raises(Refused, match="tidak kosong"):
        restore(kept, aim)


@pytest.mark.postgres
@pytest.mark.slow
def test_a_killed_restoring_is_not_ended_by_another_backup_nor_after_another_restoring(
    working, kept, aim, database, tmp_path, text
):
    first = replace(aim, database=database)
    killed(kept, first, "finish")
    other = backup(working, tmp_path / "lain.pulih.zip", AT.replace(hour=9)).path

    with pytest.raises(Refused, match="terhenti"):
        restore(other, first)
    second = replace(first, folder=tmp_path / "kedua")
    restore(other, second)
    with pytest.raises(Refused, match="terhenti"):
        restore(kept, first)

    assert is_open(second)


@pytest.mark.postgres
@pytest.mark.parametrize("late", [False, True])
def test_of_two_restorings_into_one_database_the_later_wins(
    late, kept, aim, database, tmp_path, monkeypatch
):
    first, second = replace(aim, database=database), Aim(tmp_path / "b", database, {}, opening)
    real = module._place if late else module.fill

    def overtaken(*words, **named):
        monkeypatch.undo()
        if late:
            real(*words, **named)
        restore(kept, second)
        assert is_open(second)
        if not late:
            real(*words, **named)

    monkeypatch.setattr(module, real.__name__, overtaken)
    with pytest.raises(Refused, match="mengambil alih"):
        restore(kept, first)

    assert not first.folder.exists()
    with opening(read_settings(second.folder, {})) as (store, _files), store.reading() as view:
        assert view.get("settings", "sesudahnya") == {}
        assert view.count("tickets") == 3


@pytest.mark.postgres
def test_a_database_in_use_is_refused_without_a_word_of_importing(kept, aim, database):
    aim = replace(aim, database=database)
    restore(kept, aim)

    with pytest.raises(Refused, match="Sediakan basis data kosong") as refused:
        restore(kept, replace(aim, folder=aim.folder.with_name("lain")))
    assert "mpor" not in str(refused.value)
