"""An export that was damaged or made up is refused, and the line is named."""

from __future__ import annotations

import base64
import hashlib
import io
import random

import pytest

from pulih.errors import Invalid
from pulih.keeping.export import PART
from pulih.keeping.lines import line_of
from pulih.keeping.loading import load
from pulih.keeping.reading import check
from pulih.store.schema import VERSION

HEADER = {"format": "pulih-export", "version": 1, "schema": VERSION, "files": True}
ROW = {"table": "settings", "key": "satu", "document": {}}
DIGEST = hashlib.sha256(b"isi").hexdigest()
FILE, DATA = {"file": DIGEST, "size": 3}, {"data": base64.b64encode(b"isi").decode()}


def refusal(text: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        check(io.BytesIO(text))
    return str(refused.value)


def test_a_whole_export_is_not_refused(exported, forged):
    check(io.BytesIO(exported))
    check(io.BytesIO(forged([HEADER, ROW, FILE, DATA])))


@pytest.mark.slow
def test_every_changed_byte_is_found_and_its_line_named(exported):
    chance = random.Random(20261122)
    ends = [n for n, byte in enumerate(exported) if byte == ord("\n")]
    small = [n for n in range(len(exported)) if n < ends[8] or n > ends[-2] - 300]
    for place in chance.sample(range(len(exported)), 150) + chance.sample(small, 350):
        other = chance.choice([b for b in range(256) if b != exported[place]])
        damaged = exported[:place] + bytes([other]) + exported[place + 1 :]
        line = 1 + exported[:place].count(b"\n")

        said = refusal(damaged)

        assert f"Baris {line}: " in said, (place, other, said)


def test_an_export_cut_short_anywhere_is_refused(exported):
    chance = random.Random(20261122)
    for length in [0, 1, len(exported) - 1, *chance.sample(range(len(exported)), 60)]:
        cut = exported[:length]
        said = refusal(cut)
        if cut.endswith(b"\n") or not cut:
            assert "terpotong" in said
        else:
            line = 1 + cut.count(b"\n")
            assert f"Baris {line}: " in said


@pytest.mark.parametrize(
    ("records", "line"),
    [
        ([], 1),
        ([{**HEADER, "format": "lain"}], 1),
        ([{**HEADER, "schema": "2"}], 1),
        ([{**HEADER, "host": "x"}], 1),
        ([HEADER, HEADER], 2),
        ([HEADER, {**ROW, "table": "tidak-ada"}], 2),
        ([HEADER, {**ROW, "table": "store"}], 2),
        ([HEADER, {**ROW, "document": []}], 2),
        ([HEADER, {**ROW, "key": 1}], 2),
        ([HEADER, {**ROW, "more": 1}], 2),
        ([HEADER, ROW, ROW], 3),
        ([HEADER, ROW, {**ROW, "table": "tickets"}], 3),
        ([HEADER, {**ROW, "key": "b"}, {**ROW, "key": "a"}], 3),
        ([{**HEADER, "files": False}, FILE, DATA], 2),
        ([HEADER, FILE, {"data": base64.b64encode(b"ISI").decode()}], 2),
        ([HEADER, FILE, {"data": base64.b64encode(b"is").decode()}], 3),
        ([HEADER, FILE, {"data": "*"}], 3),
        ([HEADER, FILE, ROW], 3),
        ([HEADER, FILE, DATA, ROW], 4),
        ([HEADER, FILE, DATA, DATA], 4),
        ([HEADER, FILE, DATA, FILE, DATA], 4),
        ([HEADER, {**FILE, "size": -1}], 2),
        ([HEADER, {**FILE, "file": "../../etc/passwd"}], 2),
        ([HEADER, {"file": DIGEST, "lost": False}], 2),
        ([HEADER, {"file": DIGEST, "size": 10**30}, DATA], 3),
    ],
)  # fmt: skip
def test_what_no_export_says_is_refused_by_its_line(records, line, forged):
    assert f"Baris {line}: " in refusal(forged(records))


def test_a_longer_part_than_agreed_is_refused(forged):
    content = b"x" * (PART + 1)
    file = {"file": hashlib.sha256(content).hexdigest(), "size": len(content)}

    said = refusal(forged([HEADER, file, {"data": base64.b64encode(content).decode()}]))

    assert "Baris 3: " in said


def test_counts_and_digest_at_the_end_must_fit(forged):
    whole = forged([HEADER, ROW])
    lines = whole.splitlines(keepends=True)
    digest = hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    for end in (
        {"end": {"files": 0, "tables": {}}, "sha256": digest},
        {"end": {"files": 1, "tables": {"settings": 1}}, "sha256": digest},
        {"end": {"files": 0, "tables": {"settings": 1, "x": 0}}, "sha256": digest},
        {"end": {"files": 0, "tables": {"settings": 1}}, "sha256": digest.upper()},
        {"end": {"files": 0}, "sha256": digest},
    ):
        assert "Baris 3: " in refusal(b"".join(lines[:-1]) + line_of(end))


def test_lines_taken_out_put_in_or_exchanged_are_found(exported):
    lines = exported.splitlines(keepends=True)
    for changed in (
        lines[:3] + lines[4:],
        lines[:4] + lines[3:],
        [*lines[:3], lines[4], lines[3], *lines[5:]],
        [*lines, lines[3]],
        [*lines, b"\n"],
    ):
        assert "Baris " in refusal(b"".join(changed))


def test_an_end_that_is_missing_is_said(forged):
    assert "terpotong" in refusal(forged([HEADER, ROW], end=False))


@pytest.mark.parametrize("said", [{"schema": True}, {"version": True}, {"schema": 1.0}])
def test_a_version_that_is_no_number_is_refused_by_its_line(said, forged):
    assert "Baris 1: " in refusal(forged([{**HEADER, **said}, ROW]))


def test_a_size_that_is_no_number_is_refused_by_its_line(forged):
    content = {"file": hashlib.sha256(b"i").hexdigest(), "size": True}

    said = refusal(forged([HEADER, content, {"data": base64.b64encode(b"i").decode()}]))

    assert "Baris 2: " in said


def test_an_export_of_a_newer_pulih_is_refused(forged):
    for newer in ({"schema": VERSION + 1}, {"version": 2, "new": 1}):
        assert "lebih baru" in refusal(forged([{**HEADER, **newer}]))


def test_lines_that_never_end_and_brackets_that_never_close_are_refused(monkeypatch, forged):
    monkeypatch.setattr("pulih.keeping.lines.LONGEST", 5000)
    assert "Baris 2: " in refusal(line_of(HEADER) + b"x" * 6000)
    deep = b'{"a":' + b"[" * 2000 + b"]" * 2000 + b"}"
    line = line_of({"a": 1})
    assert "Baris 2: " in refusal(line_of(HEADER) + sealed(deep)), line


def sealed(body: bytes) -> bytes:
    from zlib import crc32  # noqa: PLC0415 - to forge a line by hand

    return b'{"crc":"%08x",%b\n' % (crc32(body), body[1:])


NINES = b'{"a":' + b"9" * 5000 + b"}"


@pytest.mark.parametrize(
    "body",
    [b'{"a":NaN}', b'{"a":Infinity}', b'{"a":}', b"{}", NINES, b'{"a":1e999}', b'{"a":[-1E400]}'],
    ids=range(7),
)
def test_what_is_no_json_is_refused_though_its_sum_is_right(body):
    assert "Baris 1: " in refusal(sealed(body))


def test_an_export_from_before_a_table_was_there_is_whole(forged, open_store):
    load(open_store("memory"), io.BytesIO(forged([HEADER, ROW])))
