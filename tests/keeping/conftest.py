"""A small office in every kind of store, and exports that somebody tampered with."""

from __future__ import annotations

import hashlib
import io
import json
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path

import pytest
from worked import worked

from pulih.domain.agency import FAULT_TYPES, Agency
from pulih.domain.records import Attachment, Draft
from pulih.domain.ticket import Ticket
from pulih.keeping.export import export
from pulih.keeping.lines import line_of
from pulih.keeping.verify import verify
from pulih.store.files import FolderFiles
from pulih.store.memory import MemoryDocuments
from pulih.store.office import DocumentStore
from pulih.store.postgres import PostgresDocuments
from pulih.store.records import records_over
from pulih.store.tiny import TinyDocuments

KINDS = ("memory", "tiny", "postgres")
PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 8000  # two parts and a bit


def _of(*names: str):
    """Return a parameter that names one or several kinds of store, marked as they need it."""
    marks = [pytest.mark.postgres] if "postgres" in names else []
    return pytest.param(names[0] if len(names) == 1 else names, marks=marks, id="-".join(names))


@pytest.fixture(params=[_of(name) for name in KINDS])
def kind(request):
    """A kind of store."""
    return request.param


@pytest.fixture(params=[_of(one, other) for one in KINDS for other in KINDS])
def way(request):
    """Two kinds of store: from which, to which."""
    return request.param


@pytest.fixture
def open_store(tmp_path, request):
    """Open another empty store of a kind; all are closed with the test."""
    with ExitStack() as held:
        made = iter(range(1000))

        def opened(kind: str) -> DocumentStore:
            store: DocumentStore
            if kind == "memory":
                store = MemoryDocuments()
            elif kind == "tiny":
                store = TinyDocuments(tmp_path / f"store-{next(made)}" / "pulih.db")
            else:
                cluster = request.getfixturevalue("cluster")
                store = PostgresDocuments(held.enter_context(cluster.database()))
            held.callback(store.close)
            return store

        yield opened


@pytest.fixture
def open_files(tmp_path):
    """Open another empty place of contents."""
    made = iter(range(1000))
    return lambda: FolderFiles(tmp_path / f"files-{next(made)}")


@pytest.fixture
def fill(story, cast, clock):
    """Fill a store and a place of contents with a small office; return the digests of its two contents."""

    def do(documents: DocumentStore, files: FolderFiles) -> list[str]:
        digests = [files.keep(io.BytesIO(c), most=1 << 30)[0] for c in (PICTURE, b"%PDF-1.7\n")]

        def deed(view) -> None:
            records = records_over(view)
            for item in FAULT_TYPES[1:]:  # the office has changed its list
                records.fault_types.add(item)
            records.agencies.add(Agency("dukcapil", "Dinas Kependudukan – “Dukcapil” ☕ 𝒟"))
            for person in cast:
                records.people.add(person)
                records.secrets.put(person.id, f"$argon2id${person.id}")
            for n, stages in enumerate((story.way[1:], story.way[1:9], ("withdrawal",)), start=1):
                number = f"2026-{records.next_number('ticket-2026'):04d}"
                ticket = story.take(Ticket(number), "letter", letter_number=f"005/{n}")
                records.tickets.add(story.follow(ticket, *stages))
            for n, digest in enumerate([*digests, digests[0]]):
                kept = Attachment(f"{n:032x}", "2026-0001", "foto 📷.jpg", "image/jpeg",
                                  7, digest, "rina", clock(), used=True)  # fmt: skip
                records.attachments.put(kept.id, kept)
            records.drafts.put(
                "rina:/tiket/baru", Draft("rina", "/tiket/baru", {"a": ["\u2028 'x"]}, clock())
            )
            records.settings.put("satu", {"angka": 1.5, "tak": None, "daftar": [1, [2]]})

        with documents.writing() as view:
            deed(view)
        return sorted(digests)

    return do


@pytest.fixture
def office(open_store, open_files, fill):
    """A small office in memory: its store and its contents."""
    store, files = open_store("memory"), open_files()
    fill(store, files)
    return store, files


def text_of(store: DocumentStore, files: FolderFiles | None = None) -> bytes:
    """Return the export of a store."""
    out = io.BytesIO()
    with store.reading() as view:
        export(view, out, files=files)
    return out.getvalue()


@pytest.fixture
def text():
    """Return the export of a store and its contents."""
    return text_of


@pytest.fixture
def exported(office):
    """The export of the small office."""
    return text_of(*office)


Records = list[dict[str, object]]


@pytest.fixture
def forged():
    """Write an export of records that may say anything: sums, counts and digest are right unless told."""

    def write(records: Records, *, end: bool = True) -> bytes:
        text = b"".join(map(line_of, records))
        if not end:
            return text
        tables: dict[str, int] = {}
        for record in records:
            if name := record.get("table"):
                tables[str(name)] = tables.get(str(name), 0) + 1
        counts = {"files": sum("file" in r for r in records), "tables": tables}
        return text + line_of({"end": counts, "sha256": hashlib.sha256(text).hexdigest()})

    return write


@pytest.fixture
def records_of():
    """Return what the lines of an export say, without the sums and the end."""

    def read(text: bytes) -> Records:
        said = [json.loads(line) for line in text.splitlines()[:-1]]
        for record in said:
            del record["crc"]
        return said

    return read


@pytest.fixture
def folder(tmp_path) -> Path:
    """The folder of an office with pages, settings and a key, and no records yet."""
    place = tmp_path / "kantor"
    pages = {
        "wiki/index.md": "# Beranda\n",
        "wiki/kasus/2026-0001.md": "# Kasus\n" * 100,
        "wiki/panduan/cara memeriksa – ☕.md": "tulisan tangan\n",
        "mkdocs.yml": "site_name: Uji\n",
        "pulih.toml": '# milik kantor\nname = "Kantor Uji"\n\n# Basis data\n# database = ""\n\n[free_days]\n',
        "data/secret-key": "k" * 64,
    }
    for name, text in pages.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def files(tmp_path):
    return FolderFiles(tmp_path / "files")


@pytest.fixture
def rows(files, cast, facts_for, story, office_calendar, clock):
    """What a small office has after a while, made by its services: a case, two tickets, and all that is theirs."""
    return worked(files, cast, facts_for, story, office_calendar, clock)


@pytest.fixture
def load(rows, tmp_path):
    """Put the office into a store, changed as the test likes."""
    opened = []

    def into(documents, changes=lambda _rows: None):
        opened.append(documents)
        changed = deepcopy(rows)
        changes(changed)
        with documents.writing() as view:
            for table, kept in changed.items():
                for key, document in kept.items():
                    view.insert(table, key, document)
        return documents

    yield into
    for documents in opened:
        documents.close()


@pytest.fixture
def found(load, files):
    """Change the office and return what is found: table, key, and words of each flaw."""

    def look(changes, **how):
        store = load(MemoryDocuments(), changes)
        return [(flaw.table, flaw.key, str(flaw.sentence)) for flaw in verify(store, files, **how)]

    return look


@pytest.fixture(params=["memory", "tiny", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path):
    """Each store of documents, empty."""
    if request.param == "memory":
        return MemoryDocuments()
    if request.param == "tiny":
        return TinyDocuments(tmp_path / "pulih.db")
    return PostgresDocuments(request.getfixturevalue("database"))
