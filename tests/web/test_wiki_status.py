"""The administrator's page about publishing: what is there, what waits, what failed and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.errors import Unavailable
from pulih.publish.places import open_places
from pulih.service.places import WikiDesk

PAGE, AGAIN = "/wiki-status", "/wiki-status/terbitkan"


@pytest.fixture
def place(tmp_path):
    return tmp_path / "usb"


@pytest.fixture
def office(office, place, tmp_path, clock):
    """The office, with a stick that is not mounted yet."""
    places = open_places([str(place)], tmp_path / "catatan", clock, tmp_path / "ssh_config")
    yield replace(office, wiki=WikiDesk(office.tools, office.cases, places))
    places.stop()


@pytest.fixture
def failing(office, monkeypatch):
    """Publishing that fails, as when a hand-written page links to nowhere."""

    def fail(*_args, **_kwargs):
        cause = RuntimeError(
            "WARNING - 'index.md' contains a link 'x.md' <script>alert(1)</script>"
        )
        raise Unavailable("Wiki belum dapat dibangun. Halaman lama tetap tampil.") from cause

    monkeypatch.setattr(office.tools.publisher, "publish", fail)
    return monkeypatch


def test_only_administrators_see_how_the_wiki_stands(client_of):
    for name in ("dewi", "irawan", "rina"):
        browser = client_of(name)

        assert browser.get(PAGE).status_code == 403
        assert browser.send(AGAIN).status_code == 403
        assert PAGE not in browser.get("/meja").text
    assert PAGE in client_of("admin").get("/orang").text


def test_what_waits_is_named_with_its_reason(client_of, desk, office):
    number = desk()
    text = client_of("admin").get(PAGE).text
    assert number in text
    assert "belum pernah terbit" in text

    office.wiki.publish_due()
    text = client_of("admin").get(PAGE).text
    assert number not in text
    assert "tidak ada" in text


def test_why_publishing_failed_is_told_until_it_succeeds(client_of, desk, office, failing):
    desk()
    with pytest.raises(Unavailable):
        office.wiki.publish_due()

    text = client_of("admin").get(PAGE).text
    assert "Wiki belum dapat dibangun" in text
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text

    failing.undo()
    office.wiki.publish_due()
    assert "Wiki belum dapat dibangun" not in client_of("admin").get(PAGE).text


def test_everything_is_published_again_when_the_administrator_asks(client_of, office):
    admin, asked = client_of("admin"), office.tools.jobs.publishing
    answer = admin.send(AGAIN)

    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert office.tools.jobs.publishing == asked + 1
    waiting = admin.get(PAGE).text
    assert "Terbit ulang diminta oleh Administrator" in waiting
    assert 'http-equiv="refresh"' in waiting

    published = []
    publish = office.tools.publisher.publish
    office.tools.publisher.publish = lambda *args: (published.append(args), publish(*args))
    office.wiki.publish_due()
    office.wiki.publish_due()

    assert len(published) == 1
    assert "Terbit ulang diminta oleh" not in admin.get(PAGE).text


def test_a_second_wish_while_the_first_is_fulfilled_is_not_forgotten(office, cast, clock):
    office.wiki.ask_again(cast.admin)
    publish = office.tools.publisher.publish

    def publish_while_asked(*args):
        clock.tick(minutes=1)
        office.wiki.ask_again(cast.admin)
        office.tools.publisher.publish = publish
        publish(*args)

    office.tools.publisher.publish = publish_while_asked
    office.wiki.publish_due()

    assert office.wiki.state(cast.admin).asked_at == clock()


def test_the_failure_of_a_place_is_told_and_then_its_success(client_of, office, place):
    office.wiki.carry(wait=True)
    text = client_of("admin").get(PAGE).text
    assert f"Folder {place} tidak ada. Pasang disk" in text
    assert "Dicoba lagi sendiri" in text

    place.mkdir()
    office.wiki.carry(anyway=True, wait=True)
    text = client_of("admin").get(PAGE).text
    assert "Sama dengan wiki di meja ini" in text
    assert (place / "wiki" / "kasus" / "index.html").read_text() == "<p>kasus"
