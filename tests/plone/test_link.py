"""What comes over HTTP is hostile until it is read: from servers that are no Plone, or behave badly."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
from plone_front import front, giving
from ports import free_port

from pulih.errors import Unavailable
from pulih.publish.plone import link as links
from pulih.publish.plone.link import Link, Patience
from pulih.publish.plone.reading import below, found, moment, rows, seen, table, text

_JSON = "application/json"
_NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def way():
    """A server of the test's own words."""
    with front() as made:
        yield made


@pytest.fixture
def link(way):
    """A link to it."""
    with closing(Link(f"http://127.0.0.1:{way.port}/situs", Patience(5, 1, 2))) as made:
        yield made


def _told(body: object) -> object:
    return giving(200, _JSON, json.dumps(body).encode())


def test_json_is_asked_for_and_nobody_is_signed_in_unasked(way, link, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login orang password rahasia\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    way.once("GET", "/situs/a b", giving(200, _JSON, b"{}"))
    way.once("GET", "/situs/a%20b", _told({"a": 1}))

    assert link.ask("GET", "a b").body == {"a": 1}
    (asked,) = way.heard
    assert asked.headers["Accept"] == _JSON
    assert "Authorization" not in asked.headers


def test_cookies_are_not_kept(way, link):
    way.once("GET", "/situs", giving(200, "Set-Cookie: __ac=masuk; Path=/", b"{}"))
    way.once("GET", "/situs", _told({}))

    link.ask("GET", "")
    link.ask("GET", "")

    assert "Cookie" not in way.heard[1].headers


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>", "text/html"),
        (b"{", _JSON),
        (b"[" * 100_000, _JSON),
        (b"\xff\xfe", _JSON),
        (b"", ""),
    ],
)
def test_what_is_no_json_is_no_answer(way, link, body, kind):
    way.once("GET", "/situs", giving(200, kind, body))

    assert link.ask("GET", "").body is None


def test_an_endless_answer_is_not_read_to_its_end(way, link, monkeypatch):
    monkeypatch.setattr(links, "_MOST", 1000)
    way.once("GET", "/situs", giving(200, _JSON, b" " * 5000))

    with pytest.raises(Unavailable, match="lebih besar dari yang masuk akal"):
        link.ask("GET", "")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(502, "Server depan"), (503, "Server depan"), (504, "Server depan"), (429, "429")],
)
def test_who_stands_before_plone_is_told_apart(way, link, status, sentence):
    way.once("GET", "/situs", giving(status, "text/html", b""))

    with pytest.raises(Unavailable, match=sentence):
        link.ask("GET", "")


def test_a_redirect_is_followed_within_the_site_only(way, link):
    way.once("GET", "/situs/lama", giving(302, "Location: /situs/baru?a=1", b""))
    way.once("GET", "/situs/baru", _told({"di": "sini"}))
    assert link.ask("GET", "lama").body == {"di": "sini"}

    for there in ("http://10.0.0.1/situs", "/lain", "/situs-lain/a", "//orang.example/situs"):
        way.once("GET", "/situs/lama", giving(302, f"Location: {there}", b""))
        with pytest.raises(Unavailable, match="mengalihkan"):
            link.ask("GET", "lama")


def test_a_write_is_sent_on_only_where_it_stays_a_write(way, link):
    way.once("POST", "/situs/lama", giving(307, "Location: /situs/baru", b""))
    way.once("POST", "/situs/baru", _told({"di": "sini"}))
    assert link.ask("POST", "lama", {"isi": 1}).good
    assert json.loads(way.heard[1].body) == {"isi": 1}

    way.once("POST", "/situs/lama", giving(302, "Location: /situs/baru", b""))
    with pytest.raises(Unavailable, match="mengalihkan"):
        link.ask("POST", "lama", {})


def test_going_in_circles_comes_to_an_end(way, link):
    for _ in range(9):
        way.once("GET", "/situs", giving(302, "Location: /situs", b""))

    with pytest.raises(Unavailable, match="berputar"):
        link.ask("GET", "")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
            "terputus",
        ),
        (b"bukan HTTP\r\n\r\n", "terputus"),
        (b"", "terputus"),
    ],
)
def test_half_an_answer_is_none(said, sentence):
    with (
        _speaking(lambda heard: heard.sendall(said)) as port,
        _to(port) as link,
        pytest.raises(Unavailable, match=sentence),
    ):
        link.ask("POST", "", {})


def test_an_answer_that_drips_is_not_waited_for_for_ever():
    over = threading.Event()

    def drip(heard):
        heard.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"
        )
        while not over.wait(0.05):
            heard.sendall(b" ")

    with _speaking(drip) as port, _to(port, Patience(5, 5, 0.2)) as link:
        try:
            with pytest.raises(Unavailable, match="macet"):
                link.ask("GET", "")
        finally:
            over.set()


def test_a_name_that_nobody_knows_is_told_apart(monkeypatch):
    def unknown(*_words, **_more):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with (
        closing(Link("http://tiada.invalid/situs", Patience(5, 5, 5))) as link,
        pytest.raises(Unavailable, match="Nama server"),
    ):
        link.ask("GET", "")


_BASE = "http://x/situs"
_PAGE = {
    "@id": f"{_BASE}/a", "@type": "Document", "UID": "u", "id": "a", "modified": "2026-03-02T08:00:00+08:00",
}  # fmt: skip


def test_a_page_is_read_with_what_it_has():
    page = found(
        {**_PAGE, "subjects": ["a", 7, None], "title": "J\ud800", "text": "x", "blocks": []}, _BASE
    )

    assert page.modified == "2026-03-02T00:00:00+00:00"
    assert (page.subjects, page.title, page.html, page.blocks) == (("a",), "J?", "", None)


@pytest.mark.parametrize(
    "other",
    [
        {"UID": None}, {"UID": "u" * 3000}, {"id": 7}, {"@type": []}, {"modified": "kemarin"},
        {"modified": "2026-03-02T08:00:00"}, {"@id": "http://y/situs/a"}, {"@id": f"{_BASE}-lain/a"},
        {"@id": f"{_BASE}/../a"}, {"@id": 7},
    ],
)  # fmt: skip
def test_a_page_of_wrong_types_or_from_elsewhere_is_not_read(other):
    with pytest.raises(Unavailable, match="bukan dari Plone"):
        found({**_PAGE, **other}, _BASE)


def test_hits_beside_the_root_are_left_out():
    assert seen(_PAGE, _BASE, "a") is not None
    assert seen({**_PAGE, "@id": f"{_BASE}/ab"}, _BASE, "a") is None
    assert seen({**_PAGE, "@id": f"{_BASE}/a/b"}, _BASE, "a") is not None
    assert below(_BASE, f"{_BASE}/a%20b?x=1") == "a b"
    for read in (
        lambda: table([], "x"),
        lambda: rows({}, "x"),
        lambda: rows([7], "x"),
        lambda: text({}, "x"),
        lambda: moment({}, "x"),
    ):
        with pytest.raises(Unavailable):
            read()


@contextmanager
def _speaking(say):
    """Let somebody say something to whoever knocks, and hang up."""
    with socket.socket() as server:
        port = free_port()
        server.bind(("127.0.0.1", port))
        server.listen()

        def hear():
            try:
                heard, _ = server.accept()
            except OSError:
                return
            with heard:
                heard.recv(65536)
                try:
                    say(heard)
                except OSError:
                    return

        thread = threading.Thread(target=hear, daemon=True)
        thread.start()
        yield port
        thread.join(10)


@contextmanager
def _to(port, patience=None):
    with closing(Link(f"http://127.0.0.1:{port}", patience or Patience(5, 5, 5))) as link:
        yield link
