"""Reading a letter that anybody may have written."""

from __future__ import annotations

import json
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
import senders
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain import posted, sop
from pulih.domain.posted import Posted, read_posted
from pulih.errors import Invalid

WITA = ZoneInfo("Asia/Makassar")


def read(said):
    return read_posted(senders.written(said), WITA)


def blamed(said):
    with pytest.raises(Invalid) as refused:
        read(said)
    return {problem.field for problem in refused.value.problems}


def test_a_letter_is_read_into_the_facts_of_the_first_step():
    said = senders.letter(attachments=[senders.file()])

    letter = read(said)

    assert letter.facts["contact_name"] == "Budi Santoso"
    assert letter.facts["since"] == "2026-02-27T08:15:00+08:00"
    assert letter.told_by == "Budi Santoso, Kasubbag Umum"
    assert [(file.name, file.content) for file in letter.files] == [("surat.pdf", senders.PDF)]
    assert letter.facts.keys() <= {fact.name for fact in sop.FIRST.facts if fact.typed}


def test_a_moment_that_names_its_zone_keeps_it():
    assert read(senders.letter(since="2026-02-27T00:15:00+00:00")).facts["since"].endswith("+00:00")


def test_a_field_that_is_null_is_as_one_that_is_not_there():
    said = senders.letter()

    assert read({**said, "site": None, "attachments": None}) == read(said)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"surat"',
        b"\xff\xfe{}",
        b"{'a': 1}",
        b'{"subject": NaN}',
        b'{"subject": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"<html>",
    ],
)
def test_what_is_no_json_object_is_not_read(body):
    with pytest.raises(ValueError):  # noqa: PT011 - of whatever kind json raises
        read_posted(body, UTC)


@pytest.mark.parametrize("name", [*senders.letter(), "site", "recurrence_of"])
@pytest.mark.parametrize("value", [1, 1.5, True, [], {}, ["x"], {"x": 1}])
def test_a_field_of_another_kind_is_named(name, value):
    assert name in blamed(senders.letter(**{name: value}))


@pytest.mark.parametrize(
    "value",
    ["", "0" * 31, "0" * 33, "G" * 32, "A" * 32, "0" * 32 + "\n0", "٠" * 32],
)
def test_a_submission_is_32_hexadecimal_digits(value):
    assert blamed(senders.letter(submission=value)) == {"submission"}


def test_fields_that_nobody_knows_are_named_and_not_all_of_a_thousand():
    said = senders.letter(agenda_number="1/2026", through="Kantor", sender_role="admin")

    assert blamed(said) == {"agenda_number", "through", "sender_role"}
    assert len(blamed(senders.letter(**{f"x{n}": "" for n in range(1000)}))) == 5


@pytest.mark.parametrize(
    "attachments",
    [
        "surat.pdf",
        {"name": "a.pdf", "content": ""},
        ["a"],
        [{"name": "a.pdf"}],
        [{"content": ""}],
        [{"name": 1, "content": ""}],
        [{"name": "a.pdf", "content": 1}],
        [{"name": "a" * 201, "content": ""}],
        [{"name": "a.pdf", "content": "bukan base64!"}],
        [{"name": "a.pdf", "content": "QUJD\n"}],
        [{"name": "a.pdf", "content": "é"}],
        [senders.file() for _ in range(20)],
    ],
)
def test_attachments_are_few_and_each_has_a_name_and_a_content(attachments):
    assert blamed(senders.letter(attachments=attachments)) == {"attachments"}


def test_attachments_are_limited_each_and_together(monkeypatch):
    monkeypatch.setattr(posted, "MOST_FILE_BYTES", 10)
    monkeypatch.setattr(posted, "MOST_FILES_BYTES", 25)

    def sent(*sizes):
        return senders.letter(attachments=[senders.file(content=b"x" * n) for n in sizes])

    assert len(read(sent(10, 10, 5)).files) == 3
    assert blamed(sent(11)) == {"attachments"}
    assert blamed(sent(10, 10, 6)) == {"attachments"}


def test_the_same_letter_has_the_same_digest_however_its_json_is_written():
    said = senders.letter(attachments=[senders.file()])
    other = dict(reversed(said.items()))
    spaced = json.dumps(other, indent=4, ensure_ascii=False).encode()

    assert read_posted(spaced, WITA).digest == read(said).digest
    assert read({**said, "subject": "Lain"}).digest != read(said).digest
    assert read({**said, "position": "Lain"}).digest != read(said).digest
    changed = {**said, "attachments": [senders.file(content=b"%PDF-1.4 lain")]}
    assert read(changed).digest != read(said).digest


def test_signs_that_hide_or_break_are_taken_out():
    letter = read(senders.letter(sender="Budi\u202e \x00San\ud800toso", position="a\nb"))

    assert letter.told_by == "Budi San toso, a b"
    letter.digest.encode()


HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(body):
    with pytest.raises((ValueError, Invalid)):
        read_posted(body, UTC)


@given(
    st.dictionaries(
        st.sampled_from([*senders.letter(), "site", "recurrence_of", "attachments", "lain"]),
        HOSTILE,
    ),
    st.booleans(),
)
def test_no_value_of_a_field_breaks_the_reader(changes, some):
    said = {**(senders.letter() if some else {}), **changes}
    try:
        letter = read_posted(json.dumps(said).encode(), UTC)
    except (Invalid, ValueError):
        return

    assert isinstance(letter, Posted)
    assert all(isinstance(value, str) and value for value in letter.facts.values())
    assert len(letter.digest) == 64


@given(st.lists(st.fixed_dictionaries({"name": HOSTILE, "content": HOSTILE}), max_size=6))
def test_no_attachment_breaks_the_reader(attachments):
    try:
        letter = read_posted(json.dumps(senders.letter(attachments=attachments)).encode(), UTC)
    except (Invalid, ValueError):
        return

    assert all(file.name is not None and file.content is not None for file in letter.files)
