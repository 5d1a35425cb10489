"""Nothing is written over that somebody did in Plone, and nothing counts as done that was not read back."""

from __future__ import annotations

from dataclasses import replace

import plone as plones
import pytest
from plone_pages import case_page, noted

from pulih.domain.plone.page import Body, Kept, Standing
from pulih.errors import NotFound


@pytest.fixture
def site():
    """One kind of site, where a test asks for no other: whose a page is, is found out alike on both."""
    return "volto"


@pytest.fixture
def opened(scene):
    """The site, signed in to, with an OPD's folder on it."""
    with scene.open() as site:
        assert isinstance(site.create(scene.container("dukcapil"), scene.root), Kept)
        yield site


@pytest.fixture
def folder(scene):
    """Where that OPD's pages stand."""
    return f"{scene.root}/dukcapil"


@pytest.fixture
def placed(opened, folder):
    """A page of ours, as it is noted."""
    return noted(case_page(), opened.create(case_page(), folder))


def _edit(scene, placed, **fields):
    """Let somebody edit a page, in another second than ours."""
    scene.person.patch(placed.path, {"title": "Diubah orang", **fields})
    return replace(placed, modified="2026-03-02T00:00:00+00:00")


def test_what_somebody_edited_is_held_until_a_person_decides(scene, opened, placed):
    before = _edit(scene, placed)
    better = replace(case_page(), digest="lain")

    for held in (opened.change(better, before), opened.look(case_page(), before)):
        assert held.standing is Standing.EDITED
    assert scene.anybody.get(placed.path)["title"] == "Diubah orang"
    assert isinstance(opened.change(better, before, over=True), Kept)
    assert scene.anybody.get(placed.path)["title"] == better.title


@pytest.mark.parametrize("site", ["klasik", "volto"])
def test_what_was_only_touched_is_not_taken_for_edited(scene, opened, placed, folder):
    scene.admin.patch(folder, {"id": "dukcapil-baru"})  # makes all in it look modified
    before = replace(placed, modified="2026-03-02T00:00:00+00:00")

    here = opened.look(case_page(), before)
    kept = opened.change(replace(case_page(), digest="lain"), before)

    assert here.path == kept.path == f"{scene.root}/dukcapil-baru/tkt-2026-0001"
    assert here.uid == kept.uid == placed.uid


def test_an_edit_within_the_second_of_our_own_write_is_seen(scene, opened, placed):
    scene.person.patch(placed.path, {"description": "Diubah orang"})
    now = replace(placed, modified=scene.admin.get(placed.path)["modified"])

    assert opened.look(case_page(), now).standing is Standing.EDITED
    assert opened.change(replace(case_page(), digest="lain"), now).standing is Standing.EDITED


def test_an_edit_with_our_own_account_is_an_edit(scene, opened, placed):
    ours = plones.Hand(scene.plone.url(scene.site), plones.PUBLISHER)
    ours.patch(placed.path, {"description": "Diubah lewat peramban"})

    assert opened.look(case_page(), placed).standing is Standing.EDITED


def test_an_older_version_of_ours_is_no_proof_that_nobody_edited(scene, opened, placed):
    before = _edit(scene, placed, changeNote=f"Pulih {placed.digest}")

    assert opened.look(case_page(), before).standing is Standing.EDITED


def test_an_edited_folder_keeps_its_words(scene, opened, folder):
    agency = scene.container("dukcapil")
    kept = opened.create(agency, scene.root)
    scene.person.patch(folder, {"title": "Diubah orang"})

    assert opened.change(agency, noted(agency, kept)).standing is Standing.EDITED
    assert scene.anybody.get(folder)["title"] == "Diubah orang"


def test_what_is_not_ours_at_our_address_is_left_alone_until_a_person_decides(
    scene, opened, folder
):
    scene.person.post(folder, {"@type": "Document", "id": "tkt-2026-0001", "title": "Milik orang"})

    held = opened.create(case_page(), folder)

    assert held.standing is Standing.TAKEN
    assert scene.person.get(f"{folder}/tkt-2026-0001")["title"] == "Milik orang"
    assert isinstance(opened.create(case_page(), folder, over=True), Kept)
    assert scene.anybody.get(f"{folder}/tkt-2026-0001")["title"] == case_page().title


def test_what_is_not_ours_is_never_hidden(scene, opened, folder):
    scene.person.post(folder, {"@type": "Document", "id": "tkt-2026-0001", "title": "Milik orang"})
    scene.person.post(f"{folder}/tkt-2026-0001/@workflow/publish", {})
    never = Kept("", f"{folder}/tkt-2026-0001", "")

    done = opened.withdraw(noted(case_page(), never, standing=Standing.TAKEN))

    assert done.uid == ""
    assert scene.anybody.get(never.path)["title"] == "Milik orang"


def test_what_is_of_another_kind_at_our_address_is_never_written_over(scene, opened, folder):
    scene.person.post(
        folder, {"@type": "Link", "id": "tkt-2026-0001", "title": "x", "remoteUrl": "/"}
    )

    assert opened.create(case_page(), folder, over=True).standing is Standing.TAKEN


def test_a_page_of_an_earlier_life_is_taken_up_again_and_not_made_twice(
    scene, opened, placed, folder
):
    kept = opened.create(replace(case_page(), digest="lain"), folder)

    assert (kept.uid, kept.path) == (placed.uid, placed.path)
    assert scene.anybody.get(f"{scene.root}/@search?Subject=switch")["items_total"] == 1


def test_a_page_of_an_earlier_life_that_somebody_edited_is_held(scene, opened, placed, folder):
    _edit(scene, placed)

    assert opened.create(case_page(), folder).standing is Standing.EDITED


@pytest.mark.parametrize("site", ["klasik", "volto"])
def test_a_folder_that_is_there_is_used_as_it_stands(scene, opened):
    kind = opened.contact.face.folder
    scene.person.post(scene.root, {"@type": kind, "id": "dikbud", "title": "Dinas Pendidikan"})

    kept = opened.create(scene.container("dikbud"), scene.root)

    assert kept.state == "published"
    assert scene.anybody.get(f"{scene.root}/dikbud")["title"] == "Dinas Pendidikan"
    placed = noted(scene.container("dikbud"), kept)
    assert opened.change(replace(scene.container("dikbud"), digest="lain"), placed) == kept
    assert opened.withdraw(placed).state == "published"
    assert scene.anybody.get(f"{scene.root}/dikbud")["title"] == "Dinas Pendidikan"


def test_a_page_deleted_by_hand_is_not_made_again_unasked(scene, opened, placed):
    scene.person.delete(placed.path)

    assert opened.change(case_page(), placed).standing is Standing.GONE
    assert opened.look(case_page(), placed).standing is Standing.GONE
    with pytest.raises(NotFound, match="tidak ada lagi"):
        opened.theirs(placed)


def test_a_page_moved_by_hand_is_found_by_what_it_is(scene, opened, placed):
    opened.create(scene.container("dikbud"), scene.root)
    scene.person.post(f"{scene.root}/dikbud/@move", {"source": f"/{placed.path}"})
    before = replace(placed, modified="2026-03-02T00:00:00+00:00")

    assert opened.look(case_page(), before).path == f"{scene.root}/dikbud/tkt-2026-0001"


def test_another_page_at_a_noted_address_is_not_taken_for_ours(scene, opened, placed, folder):
    scene.person.delete(placed.path)
    scene.person.post(folder, {"@type": "Document", "id": "tkt-2026-0001", "title": "Milik orang"})

    assert opened.change(case_page(), placed, over=True).standing is Standing.GONE
    assert scene.person.get(placed.path)["title"] == "Milik orang"


def test_two_pages_of_one_title_are_two_pages(scene, opened, placed, folder):
    other = opened.create(case_page("tkt-2026-0002"), folder)

    assert other.uid != placed.uid
    assert other.path == f"{folder}/tkt-2026-0002"


@pytest.mark.parametrize("site", ["klasik", "volto"])
def test_what_plone_keeps_otherwise_than_it_was_written_does_not_count_as_done(
    scene, opened, folder
):
    names = ("plone.nasty_tags", "plone.valid_tags")
    nasty, valid = (scene.admin.get(f"@registry/{name}") for name in names)
    told = "<p>Tampak.</p><pre>Dibuang penyaring situs ini.</pre>"
    page = replace(case_page(), made=lambda _shown: Body(told, words="Tampak."))
    without = [tag for tag in valid if tag != "pre"]
    scene.admin.patch("@registry", dict(zip(names, ([*nasty, "pre"], without), strict=True)))
    try:
        held = opened.create(page, folder)
    finally:
        scene.admin.patch("@registry", dict(zip(names, (nasty, valid), strict=True)))

    assert held.standing is Standing.FAILED
    assert "isi" in str(held.why)


@pytest.mark.parametrize("site", ["klasik", "volto"])
def test_both_versions_are_shown_as_plain_text(scene, opened, placed):
    there = opened.theirs(placed)

    assert there.title == "Loket perekaman putus"
    assert there.text == "Switch lantai dua terbakar."
    assert there.subjects == ("perangkat-rusak", "switch")
    assert there.url == scene.anybody.get(placed.path)["@id"]


def test_a_folder_of_ours_under_another_title_is_not_taken_for_this_ones(scene, opened):
    other = replace(scene.container("dukcapil"), title="OPD lain", key="opd/lain")

    assert opened.create(other, scene.root).standing is Standing.TAKEN
    assert isinstance(opened.create(other, scene.root, over=True), Kept)
    assert scene.anybody.get(f"{scene.root}/dukcapil")["title"] == "OPD lain"
