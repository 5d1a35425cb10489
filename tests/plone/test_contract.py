"""What a pass relies on at a site: the same on a real Plone, Classic and Volto, and on the one in memory.

The one in memory is what the tests of the passes stand on; these tests keep it from lying.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from plone_memory import MemoryPlone, MemorySites
from plone_pages import case_page, noted, telling

from pulih.domain.plone.page import Held, Kept, PageKind, Placed, Standing, Wanted
from pulih.domain.plone.target import Target
from pulih.domain.scrub import Audience
from pulih.errors import NotFound


@dataclass
class InMemory:
    """The yard of a test on the site in memory."""

    server: MemoryPlone
    root: str = "uji"

    def open(self):
        target = Target("t", "Uji", "http://x", "penerbit", "", self.root, Audience.PUBLIC)
        return MemorySites(self.server, list).open(target)

    def edit(self, path):
        self.server.edit(path, "Kata orang lain.")

    def delete(self, path):
        self.server.delete(path)

    def make(self, path):
        self.server.make(path, "Buatan tangan")

    def make_folder(self, path):
        self.server.make(path, "Buatan tangan")

    @contextmanager
    def open_in_a_form(self, path):
        self.server.locked.add(path)
        yield
        self.server.locked.discard(path)

    def reads(self, path):
        return self.server.reads(path)


@dataclass
class OnPlone:
    """The yard of a test on a real Plone: what people do there is done over HTTP, by no line of the product."""

    scene: Any

    @property
    def root(self):
        return self.scene.root

    def open(self):
        return self.scene.open()

    def edit(self, path):
        self.scene.person.patch(path, {"title": "Judul orang lain"})

    def delete(self, path):
        self.scene.person.delete(path)

    def make(self, path):
        self._make(path, "Document")

    def make_folder(self, path):
        self._make(path, "Folder" if self.scene.site == "klasik" else "Document")

    def _make(self, path, kind):
        folder, _, name = path.rpartition("/")
        told = {"@type": kind, "id": name, "title": "Buatan tangan"}
        self.scene.person.post(folder, told)
        self.scene.person.post(f"{path}/@workflow/publish", {})

    @contextmanager
    def open_in_a_form(self, path):
        self.scene.person.post(f"{path}/@lock", {})
        yield
        self.scene.person("DELETE", f"{path}/@lock")

    def reads(self, path):
        return self.scene.anybody("GET", path).status == 200


REAL = [pytest.param(site, marks=pytest.mark.plone) for site in ("klasik", "volto")]


@pytest.fixture(params=["memory", *REAL])
def yard(request):
    if request.param == "memory":
        server = MemoryPlone()
        server.make("uji", "Akar")
        return InMemory(server)
    plone = request.getfixturevalue("plone")
    make = request.getfixturevalue("scene_on")
    return OnPlone(make(plone, request.param))


def folder(name="dukcapil", title="Dukcapil"):
    return Wanted(
        "opd/dukcapil",
        PageKind.AGENCY,
        "root",
        name,
        title,
        "Kasusnya.",
        f"d-{name}",
        agency="dukcapil",
    )


@dataclass
class Yarded:
    """A folder of ours with a page of ours in it."""

    site: Any
    page: Wanted
    placed: Placed
    folder: Placed


@pytest.fixture
def ours(yard):
    with yard.open() as site:
        there = noted(folder(), site.create(folder(), yard.root))
        page = case_page()
        yield Yarded(site, page, noted(page, site.create(page, there.path)), there)


def corrected(page):
    return telling(replace(page, digest="lain"), "Ternyata kabelnya putus.")


def held(answer):
    return answer.standing if isinstance(answer, Held) else answer


def test_what_was_made_is_seen_as_it_was_kept_and_read_by_visitors(yard, ours):
    seen = ours.site.walk()

    for placed in (ours.placed, ours.folder):
        there = seen[placed.uid]
        assert (there.path, there.state) == (placed.path, placed.state)
        assert yard.reads(placed.path)
    assert seen[ours.placed.uid].modified == ours.placed.modified
    assert seen[ours.folder.uid].head == ours.folder.head
    assert isinstance(ours.site.look(ours.page, ours.placed), Kept)


def test_what_is_made_twice_stands_once(ours):
    again = ours.site.create(ours.page, ours.folder.path)

    assert again.uid == ours.placed.uid
    assert len(ours.site.walk()) == 3  # with the root


def test_an_answer_that_was_lost_is_found_by_its_page(ours):
    lost = replace(
        ours.placed, uid="", digest="", standing=Standing.WRITING, wanted=ours.page.digest
    )
    never = replace(lost, key="kasus/9", path=f"{ours.folder.path}/9")

    assert ours.site.adopt(ours.page, lost, ours.folder.path).uid == ours.placed.uid
    assert ours.site.adopt(case_page("9"), never, ours.folder.path) is None


def test_a_page_is_corrected_in_its_place(ours):
    kept = ours.site.change(corrected(ours.page), ours.placed)

    assert (kept.uid, kept.path) == (ours.placed.uid, ours.placed.path)
    assert "kabelnya putus" in ours.site.theirs(ours.placed).text


def test_what_somebody_edited_is_held_until_one_may_write_over_it(yard, ours):
    yard.edit(ours.placed.path)
    # An edit in the second of our own write is told by its version, not by its moment.
    placed = replace(ours.placed, modified="2026-01-01T00:00:00+00:00")

    assert held(ours.site.look(ours.page, placed)) is Standing.EDITED
    assert held(ours.site.change(corrected(ours.page), placed)) is Standing.EDITED
    begun = replace(placed, standing=Standing.WRITING, wanted=ours.page.digest)
    assert held(ours.site.adopt(ours.page, begun, ours.folder.path)) is Standing.EDITED
    assert isinstance(ours.site.change(corrected(ours.page), placed, over=True), Kept)


def test_what_is_in_a_renamed_folder_is_only_touched(yard, ours):
    kept = ours.site.move(folder("disduk"), ours.folder, yard.root)

    assert kept.path == f"{yard.root}/disduk"
    there = ours.site.look(ours.page, ours.placed)
    assert (there.uid, there.path) == (ours.placed.uid, f"{kept.path}/{ours.page.id}")
    assert ours.site.walk()[there.uid].modified == there.modified
    assert yard.reads(ours.placed.path)


def test_a_page_moves_to_another_folder_and_its_old_address_leads_there(yard, ours):
    other = ours.site.create(replace(folder("dikbud"), key="opd/dikbud"), yard.root)

    kept = ours.site.move(ours.page, ours.placed, other.path)

    assert (kept.uid, kept.path) == (ours.placed.uid, f"{other.path}/{ours.page.id}")
    assert yard.reads(ours.placed.path)


def test_a_withdrawn_page_is_hidden_and_shown_again_as_the_same(yard, ours):
    hidden = ours.site.withdraw(ours.placed)
    assert not yard.reads(ours.placed.path)
    assert ours.site.walk()[hidden.uid].state == hidden.state != ours.placed.state

    begun = replace(noted(ours.page, hidden), standing=Standing.WRITING, wanted=ours.page.digest)
    shown = ours.site.adopt(ours.page, begun, ours.folder.path)

    assert shown.uid == ours.placed.uid
    assert yard.reads(ours.placed.path)


def test_a_page_whose_answer_was_lost_is_withdrawn_by_its_path(yard, ours):
    ours.site.withdraw(replace(ours.placed, uid="", standing=Standing.WRITING))

    assert not yard.reads(ours.placed.path)


def test_what_is_gone_is_told_and_can_be_made_again(yard, ours):
    yard.delete(ours.placed.path)

    assert held(ours.site.change(corrected(ours.page), ours.placed)) is Standing.GONE
    assert held(ours.site.look(ours.page, ours.placed)) is Standing.GONE
    assert isinstance(ours.site.withdraw(ours.placed), Kept)
    with pytest.raises(NotFound):
        ours.site.theirs(ours.placed)
    assert ours.site.adopt(ours.page, ours.placed, ours.folder.path) is None
    assert isinstance(ours.site.create(ours.page, ours.folder.path), Kept)


def test_what_is_not_ours_is_left_alone_until_one_may_take_it(yard, ours):
    page = case_page("tkt-2026-0002")
    path = f"{ours.folder.path}/{page.id}"
    yard.make(path)

    assert held(ours.site.create(page, ours.folder.path)) is Standing.TAKEN
    assert isinstance(ours.site.create(page, ours.folder.path, over=True), Kept)


def test_a_folder_that_somebody_made_is_taken_as_it_stands(yard, ours):
    yard.make_folder(f"{yard.root}/dikbud")
    page = replace(folder("dikbud"), key="opd/dikbud")

    kept = ours.site.create(page, yard.root)

    assert kept.path == f"{yard.root}/dikbud"
    assert ours.site.theirs(noted(page, kept)).title == "Buatan tangan"


def test_a_page_that_is_open_in_a_form_is_held(yard, ours):
    with yard.open_in_a_form(ours.placed.path):
        assert held(ours.site.change(corrected(ours.page), ours.placed)) is Standing.LOCKED
    assert isinstance(ours.site.change(corrected(ours.page), ours.placed), Kept)


def test_a_page_for_which_there_is_no_folder_is_held(yard, ours):
    assert held(ours.site.create(case_page("9"), f"{yard.root}/tidak-ada")) is Standing.FAILED
