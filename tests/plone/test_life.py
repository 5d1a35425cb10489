"""The life of a page on a real Plone: made, corrected, carried elsewhere, withdrawn, and shown again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from plone_front import front
from plone_pages import case_page, noted, picture, telling

from pulih.domain.plone.page import Attached, Held, Kept, PageKind, Standing, Wanted
from pulih.domain.scrub import Audience


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


def test_a_page_is_made_shown_and_found_by_a_visitor(scene, opened, folder):
    kept = opened.create(case_page(), folder)

    there = scene.anybody.get(f"{folder}/tkt-2026-0001")
    assert (kept.uid, kept.path) == (there["UID"], f"{folder}/tkt-2026-0001")
    assert there["review_state"] == kept.state == "published"
    assert there["title"] == "Loket perekaman putus"
    assert sorted(there["subjects"]) == ["perangkat-rusak", "switch"]
    assert there["effective"].startswith("2026-03-01T17:00:00")
    found = scene.anybody.get(f"{scene.root}/@search?SearchableText=terbakar*")
    assert [one["@id"] for one in found["items"]] == [there["@id"]]


@pytest.mark.parametrize("site", ["keduanya"])
def test_where_a_site_has_both_faces_a_page_is_written_for_both(scene, opened, folder):
    kept = opened.create(case_page(), folder)

    there = scene.anybody.get(kept.path)
    assert "Switch lantai dua terbakar." in there["text"]["data"]
    told = [block.get("html", "") for block in there["blocks"].values()]
    assert any("Switch lantai dua terbakar." in one for one in told)
    assert opened.contact.face.text
    assert opened.contact.face.blocks


def test_a_corrected_page_stays_the_same_page(scene, opened, folder):
    first = case_page()
    kept = opened.create(first, folder)
    better = telling(replace(first, digest="lain", title="Loket pulih"), "Catu daya terbakar.")

    again = opened.change(better, noted(first, kept))

    assert (again.uid, again.path) == (kept.uid, kept.path)
    assert scene.anybody.get(kept.path)["title"] == "Loket pulih"
    assert scene.anybody.get(f"{scene.root}/@search?SearchableText=terbakar*")["items_total"] == 1
    assert scene.anybody.get(f"{scene.root}/@search?SearchableText=lantai*")["items_total"] == 1


def test_a_photograph_is_shown_in_the_page_and_changed_with_it(scene, opened, folder):
    page = scene.with_photo(case_page(), picture())
    kept = opened.create(page, folder)

    (file,) = kept.files
    beside = folder if scene.site == "klasik" else kept.path
    photo = f"{beside}/tkt-2026-0001-1.jpg"
    there = scene.anybody.get(photo)
    assert there["UID"] == file.uid
    assert there["image"]["content-type"] == "image/jpeg"
    # In the page as Plone gives it out, the picture's own address stands in place of its identifier.
    shown = str(scene.anybody.get(kept.path))
    assert f"{photo}/@@images/" in shown if scene.site == "klasik" else f"{photo}'" in shown
    assert scene.anybody.get(f"{scene.root}/@search?portal_type=Image")["items_total"] == 0

    other = replace(page, digest="lain", attached=(replace(page.attached[0], digest="baru"),))
    scene.files["tkt-2026-0001-1.jpg"] = picture("navy") + b"\0" * 7
    changed = opened.change(telling(other, page), noted(page, kept))
    assert [one.uid for one in changed.files] == [file.uid]
    assert scene.anybody.get(photo)["image"]["size"] != there["image"]["size"]

    none = replace(case_page(), digest="tanpa")
    assert opened.change(none, noted(other, changed)).files == ()
    assert scene.anybody("GET", photo).status == 404


def test_a_case_to_print_lies_with_its_page(scene, opened, folder):
    one = Attached(
        "tkt-2026-0001.pdf", image=False, title="Cetak", media_type="application/pdf", digest="p"
    )
    scene.files[one.id] = b"%PDF-1.7 contoh"
    kept = opened.create(telling(replace(case_page(), attached=(one,)), case_page()), folder)

    (path,) = opened.ground.paths({kept.files[0].uid})
    assert scene.anybody.get(path)["file"]["size"] == len(scene.files[one.id])


def test_a_withdrawn_page_and_its_files_are_gone_for_visitors(scene, opened, folder):
    page = scene.with_photo(case_page(), picture())
    kept = opened.create(page, folder)
    (photo,) = opened.ground.paths({kept.files[0].uid})
    assert scene.anybody("GET", photo).status == 200

    hidden = opened.withdraw(noted(page, kept))

    assert hidden == replace(kept, files=(), state="private", modified=hidden.modified)
    assert scene.anybody("GET", kept.path).status == 401
    assert scene.anybody("GET", photo).status == 404
    assert scene.admin("GET", photo).status == 404

    # With the photograph, Plone made a version of the page that nobody wrote.
    back = opened.change(page, noted(page, hidden, standing=Standing.WITHDRAWN, modified=""))
    assert isinstance(back, Kept), back
    assert back.uid == kept.uid
    assert scene.anybody.get(kept.path)["review_state"] == "published"
    assert len(back.files) == 1


def test_withdrawing_finds_files_whose_note_was_lost_and_leaves_those_of_others(
    scene, opened, folder
):
    page = scene.with_photo(case_page(), picture())
    kept = opened.create(page, folder)
    (photo,) = opened.ground.paths({kept.files[0].uid})
    other = opened.create(scene.with_photo(case_page("tkt-2026-00011"), picture()), folder)
    content = {"data": "aGFsbw==", "encoding": "base64", "filename": "denah.pdf"}
    theirs = {"@type": "File", "id": "tkt-2026-0001-denah.pdf", "title": "Denah", "file": content}
    scene.person.post(folder, theirs)

    assert isinstance(opened.withdraw(noted(page, kept, files=())), Kept)

    assert scene.admin("GET", photo).status == 404
    assert opened.ground.paths({other.files[0].uid})
    assert scene.admin("GET", f"{folder}/tkt-2026-0001-denah.pdf").status == 200


def test_withdrawing_what_is_gone_already_is_done(scene, opened, folder):
    page = case_page()
    kept = opened.create(page, folder)
    scene.admin.delete(kept.path)

    assert isinstance(opened.withdraw(noted(page, kept)), Kept)
    assert isinstance(opened.withdraw(noted(page, kept, uid="", path=f"{folder}/tiada")), Kept)


def test_a_page_moves_with_its_files_and_old_addresses_lead_there(scene, opened, folder):
    page = scene.with_photo(case_page(), picture())
    kept = opened.create(page, folder)
    opened.create(scene.container("dikbud"), scene.root)

    moved = opened.move(page, noted(page, kept), f"{scene.root}/dikbud")

    assert (moved.uid, moved.path) == (kept.uid, f"{scene.root}/dikbud/tkt-2026-0001")
    (photo,) = opened.ground.paths({kept.files[0].uid})
    assert photo.startswith(f"{scene.root}/dikbud/")
    assert scene.anybody.get(kept.path)["@id"].endswith(moved.path)  # redirected
    assert scene.anybody.get(moved.path)["review_state"] == "published"
    assert opened.move(page, noted(page, moved), f"{scene.root}/dikbud").path == moved.path


def test_an_agency_takes_another_name_with_all_its_pages(scene, opened, folder):
    agency, page = scene.container("dukcapil"), case_page()
    kept = opened.create(page, folder)
    there = opened.ground.at(folder)
    renamed = replace(agency, id="kependudukan", title="Dinas Kependudukan", digest="lain")

    moved = opened.move(renamed, noted(agency, Kept(there.uid, folder, there.modified)), scene.root)
    changed = opened.change(renamed, noted(agency, moved))

    assert changed.path == f"{scene.root}/kependudukan"
    assert scene.anybody.get(changed.path)["title"] == "Dinas Kependudukan"
    assert scene.anybody.get(kept.path)["@id"].endswith("kependudukan/tkt-2026-0001")
    # Plone calls all pages in it modified. Nobody edited them.
    here = opened.look(page, noted(page, kept))
    assert (here.uid, here.path) == (kept.uid, f"{scene.root}/kependudukan/tkt-2026-0001")


def test_a_walk_sees_all_below_the_root_and_nothing_else(scene, opened, folder, monkeypatch):
    monkeypatch.setattr("pulih.publish.plone.walking._BATCH", 2)
    kept = [opened.create(case_page(f"tkt-2026-000{n}"), folder) for n in range(4)]
    dated = {"effective": "2090-01-01T00:00:00+00:00", "expires": "2090-01-02T00:00:00+00:00"}
    scene.admin.patch(kept[0].path, dated)
    shared, _, name = scene.root.rpartition("/")
    scene.admin.post(shared, {"@type": "Document", "id": f"{name}-lain", "title": "Di luar"})

    seen = opened.walk()

    assert {one.path for one in seen.values()} == {scene.root, folder, *(one.path for one in kept)}
    for one in kept[1:]:
        there = seen[one.uid]
        assert (there.modified, there.state, there.head) == (one.modified, one.state, one.head)


def test_a_missing_root_is_made_below_what_is_there(scene):
    target = replace(scene.target, root=f"{scene.root}/kasus")
    root = Wanted(
        key="root", kind=PageKind.ROOT, parent="", id=target.root, title="Kasus jaringan",
        description="", digest="akar",
    )  # fmt: skip
    with scene.open(target) as site:
        assert not site.contact.root_found
        assert site.walk() == {}
        kept = site.create(root, scene.root)
    with scene.open(target) as site:
        assert site.contact.root_found
        assert site.create(root, scene.root) == kept
    assert scene.anybody.get(target.root)["title"] == "Kasus jaringan"


def test_a_root_that_the_administrator_made_keeps_its_words(scene):
    root = Wanted(
        key="root", kind=PageKind.ROOT, parent="", id=scene.root, title="Judul kita",
        description="", digest="akar",
    )  # fmt: skip
    with scene.open() as site:
        kept = site.create(root, "")
        assert site.change(root, noted(root, kept)) == kept
        assert site.withdraw(noted(root, kept)) == kept

    assert scene.anybody.get(scene.root)["title"] == "Basis Pengetahuan"
    assert kept.state == "published"


def test_an_index_lists_the_pages_of_its_keyword(scene, opened, folder):
    opened.create(case_page(), folder)
    section = scene.container("gangguan", PageKind.SECTION)
    held = opened.create(section, scene.root)
    index = Wanted(
        key="gangguan/perangkat-rusak", kind=PageKind.INDEX, parent="gangguan", id="perangkat-rusak",
        title="Perangkat rusak", description="1 kasus", digest="i", subject="perangkat-rusak",
    )  # fmt: skip

    kept = opened.create(index, held.path)

    assert isinstance(kept, Kept), kept
    there = scene.anybody.get(kept.path)
    if scene.site == "klasik":
        listed = there["items"]
    else:
        (block,) = [one for one in there["blocks"].values() if one["@type"] == "listing"]
        asked = {"query": block["querystring"]["query"]}
        listed = scene.anybody.post(f"{kept.path}/@querystring-search", asked)["items"]
    assert [one["title"] for one in listed] == ["Loket perekaman putus"]


def test_a_photograph_that_is_lost_here_is_told_and_not_left_out(scene, opened, folder):
    page = scene.with_photo(case_page(), picture())
    scene.files.clear()

    held = opened.create(page, folder)

    assert isinstance(held, Held)
    assert "Panel" in str(held.why)


def test_an_address_that_once_led_elsewhere_is_free_again(scene, opened, folder):
    page = scene.with_photo(case_page(), picture())
    opened.create(scene.container("dikbud"), scene.root)
    kept = opened.create(page, folder)
    opened.move(page, noted(page, kept), f"{scene.root}/dikbud")

    other = opened.create(scene.with_photo(case_page(), picture()), folder)

    assert other.path == kept.path
    assert other.uid != kept.uid


@pytest.mark.parametrize("site", ["intranet"])
@pytest.mark.parametrize(
    ("audience", "state"),
    [(Audience.INTRANET, "internally_published"), (Audience.PUBLIC, "external")],
)
def test_an_intranet_shows_pages_to_those_for_whom_they_are(scene, audience, state):
    page = case_page()
    with scene.open(replace(scene.target, audience=audience)) as site:
        folder = site.create(scene.container("dukcapil"), scene.root).path
        kept = site.create(page, folder)
        assert kept.state == state
        assert scene.anybody("GET", kept.path).status == (200 if state == "external" else 401)

        hidden = site.withdraw(noted(page, kept))
        assert hidden.state == "private"
        assert scene.anybody("GET", kept.path).status == 401
        assert site.change(page, noted(page, hidden, standing=Standing.WITHDRAWN)).state == state


@pytest.mark.parametrize("site", ["klasik"])
def test_what_no_workflow_can_hide_is_deleted_when_withdrawn(scene, opened, folder):
    page = case_page()
    kept = opened.create(page, folder)

    def stateless(way, asked):
        status, kind, body = way.forward(asked)
        return status, kind, json.dumps({**json.loads(body), "review_state": None}).encode()

    with front(scene.plone.port) as way:
        target = replace(scene.target, url=f"http://127.0.0.1:{way.port}/{scene.site}")
        with scene.open(target) as site:
            way.once("GET", "/tkt-2026-0001", stateless)
            assert site.withdraw(noted(page, kept)).uid == ""

    assert scene.admin("GET", kept.path).status == 404
