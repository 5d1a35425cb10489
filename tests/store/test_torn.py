"""Pages of the store's file are damaged behind its back: whoever meets them is told in a sentence."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing

import pytest

from pulih.errors import Unavailable
from pulih.store.schema import TABLES
from pulih.store.tiny import TinyDocuments

PAGE = 4096
RESTORE = "rusak.*pulihkan dari cadangan"


@pytest.fixture
def filled(path):
    """A closed store of eighty tickets, each longer than a page."""
    documents = TinyDocuments(path)
    with documents.writing() as view:
        for number in range(80):
            ticket = {"version": 1, "number": str(number), "words": "loket", "team": ["rina"]}
            view.insert("tickets", f"{number:03d}", {**ticket, "text": "Putus. " * 900})
    documents.close()
    return path


def spoil(path, pages, fill):
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(fill(PAGE))


def each(deeds):
    """Do them all; return what was refused. Anything but a sentence is a failure."""
    refused = []
    for deed in deeds:
        try:
            deed()
        except Unavailable as error:
            refused.append(str(error))
    return refused


def everything(documents):
    """Every way of reading, and a change of each ticket."""

    def get(key):
        with documents.reading() as view:
            assert view.get("tickets", key)["text"]

    def change(key):
        with documents.writing() as view:
            view.update("tickets", key, {**view.get("tickets", key), "version": 2}, expected=1)

    def scan(table):
        with documents.reading() as view:
            list(view.scan(table))

    def find():
        with documents.reading() as view:
            view.find("tickets", {"team": "rina"}, words=["loket"], order="opened")

    keys = [f"{number:03d}" for number in range(80)]
    yield from ((lambda key=key: get(key)) for key in keys)
    yield from ((lambda table=table: scan(table)) for table in TABLES)
    yield find
    yield from ((lambda key=key: change(key)) for key in keys[::8])


@pytest.mark.slow
@pytest.mark.parametrize("fill", [bytes, os.urandom], ids=["zeros", "noise"])
def test_damaged_pages_in_the_middle_are_told_in_a_sentence(filled, fill):
    chance, whole = random.Random(7), filled.read_bytes()
    told = 0
    for _ in range(20):
        filled.write_bytes(whole)
        spoil(filled, chance.sample(range(60, len(whole) // PAGE), 3), fill)
        try:
            documents = TinyDocuments(filled)
        except Unavailable as error:
            refused = [str(error)]
        else:
            refused = each(everything(documents))
            documents.close()
        assert all("pulihkan dari cadangan" in sentence for sentence in refused), set(refused)
        told += bool(refused)
    assert told > 15


def text_of(path, key, text):
    """Write what a disk may make of a document's text, where SQLite finds nothing wrong."""
    with closing(sqlite3.connect(path)) as file:
        file.execute(
            "UPDATE tickets_text SET text = ? WHERE id = (SELECT id FROM tickets WHERE key = ?)",
            (text, key),
        )
        file.commit()


@pytest.mark.parametrize("text", ['{"version": 1, "num\0\0\0\0', b"\xff\xfe\xfa", "[]", "12"])
def test_a_document_that_is_none_any_more_is_told_in_a_sentence(filled, text):
    text_of(filled, "007", text)
    documents = TinyDocuments(filled)

    with pytest.raises(Unavailable, match=RESTORE), documents.reading() as view:
        view.get("tickets", "007")
    with pytest.raises(Unavailable, match=RESTORE), documents.writing() as view:
        view.update("tickets", "007", {"version": 2}, expected=1)
    with documents.reading() as view:
        assert view.get("tickets", "008")["number"] == "8"
    documents.close()


@pytest.mark.parametrize("part", [0.5, 0.7, 0.9, 1])
def test_the_check_finds_a_damaged_page_that_nobody_has_read(filled, part):
    spoil(filled, [int((len(filled.read_bytes()) // PAGE - 1) * part)], bytes)
    documents = TinyDocuments(filled)

    assert documents.flaws()
    documents.close()
