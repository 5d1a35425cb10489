"""What goes wrong on the way to a real Plone: after each, no duplicate, no silent loss, and a sentence that helps."""

from __future__ import annotations

import threading
import urllib.request
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import replace

import plone as plones
import pytest
from plone_front import conflict, front, lose
from plone_pages import case_page, noted, picture
from ports import closed_port

from pulih.domain.plone.page import Kept, Placed, Standing
from pulih.errors import Unavailable
from pulih.publish.plone.link import Patience

_SHORT = Patience(connect=5, silence=1, whole=5)


@pytest.fixture
def site():
    """One kind of site, where a test asks for no other: what is lost on the way is lost alike on both."""
    return "klasik"


@pytest.fixture
def folder(scene):
    """An OPD's folder on the site."""
    with scene.open() as site:
        return site.create(scene.container("dukcapil"), scene.root).path


@pytest.fixture
def through(scene):
    """Open the site through something that loses answers; gives both."""

    @contextmanager
    def opened(patience=_SHORT):
        with front(scene.plone.port) as way:
            target = replace(scene.target, url=f"http://127.0.0.1:{way.port}/{scene.site}")
            with scene.open(target, replace(patience, silence=30)) as site:
                yield way, site

    return opened


def _begun(page, **known) -> Placed:
    """Return what is noted of a page before the first request."""
    begun = noted(page, Kept("", "", ""), standing=Standing.WRITING, digest="", wanted=page.digest)
    return replace(begun, **known)


def _pages(scene) -> int:
    found = scene.admin.get(f"{scene.root}/@search?portal_type=Document&Subject=switch")
    return found["items_total"]


def test_a_server_that_is_stopped_is_told_apart_from_one_that_hangs(scene):
    with closed_port() as port, pytest.raises(Unavailable, match="mati atau portnya salah"):
        scene.open(replace(scene.target, url=f"http://127.0.0.1:{port}/klasik")).__enter__()

    scene.plone.hang()
    try:
        with pytest.raises(Unavailable, match=r"tidak menjawab dalam 1 detik: .* macet"):
            scene.open(patience=_SHORT).__enter__()
    finally:
        scene.plone.resume()
    with scene.open() as site:
        assert site.walk()


@pytest.mark.parametrize("site", ["klasik", "volto"])
def test_what_a_hung_server_does_once_it_goes_on_is_found_and_not_done_twice(scene, folder):
    page = case_page()
    with scene.open(patience=_SHORT) as site:
        scene.plone.hang()
        try:
            with pytest.raises(Unavailable, match="macet"):
                site.create(page, folder)
        finally:
            scene.plone.resume()

    with scene.open() as site:
        kept = site.adopt(page, _begun(page), folder) or site.create(page, folder)

    assert isinstance(kept, Kept)
    assert scene.anybody.get(kept.path)["review_state"] == "published"
    assert _pages(scene) == 1


@pytest.mark.parametrize(
    ("method", "ending"),
    [
        ("POST", "/dukcapil"),  # the page stands, private
        ("POST", "/@workflow/publish"),
        ("GET", "/tkt-2026-0001"),  # all is done but for the note
    ],
)
def test_a_lost_answer_makes_no_second_page(scene, folder, through, method, ending):
    page = case_page()
    with through() as (way, site):
        way.once(method, ending, lose)
        with pytest.raises(Unavailable, match="terputus"):
            site.create(page, folder)

        kept = site.adopt(page, _begun(page), folder)

    assert isinstance(kept, Kept)
    assert scene.anybody.get(f"{folder}/tkt-2026-0001")["UID"] == kept.uid
    assert _pages(scene) == 1


def test_a_lost_answer_to_a_correction_is_not_taken_for_somebody_elses(scene, folder, through):
    page, better = case_page(), case_page(text="Catu daya terbakar.")
    with through() as (way, site):
        placed = noted(page, site.create(page, folder))
        way.once("PATCH", "/tkt-2026-0001", lose)
        with pytest.raises(Unavailable, match="terputus"):
            site.change(better, placed)
        begun = replace(
            placed,
            standing=Standing.WRITING,
            wanted=better.digest,
            modified="2026-03-02T00:00:00+00:00",
        )

        kept = site.adopt(better, begun, folder)

    assert kept.uid == placed.uid
    with scene.open() as site:
        assert site.theirs(noted(better, kept)).text == "Catu daya terbakar."


@pytest.mark.parametrize("site", ["klasik", "volto"])
def test_a_kill_between_write_and_note_is_made_good(scene, folder):
    page = scene.with_photo(case_page(), picture())
    with scene.open() as site:
        first = site.create(page, folder)  # and the process was killed

    with scene.open() as site:
        kept = site.adopt(page, _begun(page), folder)

    assert (kept.uid, kept.path) == (first.uid, first.path)
    assert [one.uid for one in kept.files] == [one.uid for one in first.files]


@pytest.mark.parametrize("site", ["klasik", "volto"])
def test_a_page_that_was_left_half_done_is_made_whole(scene, folder, through):
    page = scene.with_photo(case_page(), picture())
    with through() as (way, site):
        way.once("POST", "/@workflow/publish", lambda _front, _asked: None)
        with pytest.raises(Unavailable, match="terputus"):
            site.create(page, folder)
        assert scene.anybody("GET", f"{folder}/tkt-2026-0001").status == 401

        kept = site.adopt(page, _begun(page), folder)

    assert scene.anybody.get(kept.path)["review_state"] == "published"
    assert len(kept.files) == 1


def test_what_never_arrived_is_to_be_done_from_its_start(scene, folder, through):
    page = case_page()
    with through() as (way, site):
        way.once("POST", "/dukcapil", lambda _front, _asked: None)
        with pytest.raises(Unavailable, match="terputus"):
            site.create(page, folder)

        assert site.adopt(page, _begun(page), folder) is None


def test_what_somebody_else_put_there_meanwhile_is_not_adopted(scene, folder):
    scene.person.post(folder, {"@type": "Document", "id": "tkt-2026-0001", "title": "Milik orang"})

    with scene.open() as site:
        assert site.adopt(case_page(), _begun(case_page()), folder).standing is Standing.TAKEN


def test_a_page_carried_out_of_the_root_is_brought_back_when_asked_for(scene, folder):
    page = case_page()
    with scene.open() as site:
        placed = noted(page, site.create(page, folder))
        scene.admin.post("uji/@move", {"source": f"/{placed.path}"})

        kept = site.adopt(page, replace(placed, wanted=page.digest), folder)

    assert (kept.uid, kept.path) == (placed.uid, f"{folder}/tkt-2026-0001")


def test_others_at_the_same_records_are_waited_for(scene, folder, through):
    with through() as (way, site):
        for _ in range(2):
            way.once("POST", "/dukcapil", conflict)

        kept = site.create(case_page(), folder)

    assert isinstance(kept, Kept)
    assert _pages(scene) == 1


def test_a_second_writer_costs_nobody_a_page(scene, folder):
    def write(name):
        with scene.open() as site:
            kept[name] = [site.create(case_page(f"{name}-{n}"), folder) for n in range(4)]

    kept: dict[str, list] = {}
    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b")]
    for one in writers:
        one.start()
    for one in writers:
        one.join()

    assert all(isinstance(one, Kept) for each in kept.values() for one in each)
    assert _pages(scene) == 8


def test_a_page_in_somebodys_open_form_is_left_until_later(scene, folder):
    page = case_page()
    with scene.open() as site:
        placed = noted(page, site.create(page, folder))
        _open_form(scene.plone.url(scene.site), placed.path)

        held = site.change(replace(page, digest="lain", title="Lain"), placed)

        assert held.standing is Standing.LOCKED
        assert "formulir sunting" in str(held.why)
        assert scene.anybody.get(placed.path)["title"] == page.title
        scene.person("DELETE", f"{placed.path}/@lock", {})
        assert isinstance(site.change(replace(page, digest="lain"), placed), Kept)


@pytest.mark.parametrize("site", ["volto"])
def test_a_page_locked_by_volto_is_left_until_later_but_hidden_at_once(scene, folder):
    page = case_page()
    with scene.open() as site:
        placed = noted(page, site.create(page, folder))
        scene.person.post(f"{placed.path}/@lock", {})

        assert site.change(replace(page, digest="lain"), placed).standing is Standing.LOCKED
        assert site.withdraw(placed).state == "private"


def test_a_folder_that_is_missing_is_told(scene):
    with scene.open() as site:
        held = site.create(case_page(), f"{scene.root}/tiada")

    assert held.standing is Standing.FAILED
    assert f"{scene.root}/tiada" in str(held.why)


def test_a_root_deleted_by_hand_is_seen_as_gone(scene):
    with scene.open() as site:
        scene.admin.delete(scene.root)

        assert site.walk() == {}


def _open_form(url: str, path: str) -> None:
    """Open a page's form in Plone's Classic UI, as somebody's browser does."""
    account = b64encode(":".join(plones.PERSON).encode()).decode()
    asked = urllib.request.Request(
        f"{url}/{path}/edit", headers={"Authorization": f"Basic {account}"}
    )
    with urllib.request.urlopen(asked, timeout=60) as page:
        assert b"form" in page.read()
