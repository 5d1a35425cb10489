"""What is learned on signing in to a real Plone, and how each lack is told before anything is written."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import plone as plones
import pytest
from plone_pages import case_page, noted

from pulih.domain.plone.page import Face, Kept
from pulih.errors import Refused, Unavailable

_FACES = {
    "klasik": Face(text=True, blocks=False, folder="Folder", collection=True),
    "volto": Face(text=False, blocks=True, folder="Document", collection=False),
    "keduanya": Face(text=True, blocks=True, folder="Document", collection=False),
}


@pytest.fixture
def site():
    """One kind of site, where a test asks for no other."""
    return "klasik"


@pytest.fixture
def someone(scene):
    """A user of the test's own, without any rights, as a pair of name and password."""
    name, password = f"u{uuid4().hex[:12]}", uuid4().hex
    told = {
        "username": name,
        "email": f"{name}@contoh.go.id",
        "password": password,
        "roles": ["Member"],
    }
    scene.admin.post("@users", told)
    return name, password


def _target(scene, account, **other):
    return replace(scene.target, user=account[0], secret=account[1], **other)


@pytest.mark.parametrize("site", plones.SITES)
def test_the_face_of_a_site_is_seen(scene):
    with scene.open() as site:
        contact = site.contact

    assert contact.face == _FACES[scene.site]
    assert (contact.user, contact.name) == ("penerbit", "Penerbit")
    assert contact.root_found
    assert contact.version == ""  # is told to Managers only


@pytest.mark.parametrize("site", ["klasik", "volto"])
def test_rights_on_the_root_alone_are_enough(scene, someone):
    scene.plone.give(
        scene.site, scene.root, someone[0], "Contributor", "Editor", "Reviewer", "Reader"
    )

    with scene.open(_target(scene, someone)) as site:
        folder = site.create(scene.container("dukcapil"), scene.root)
        kept = site.create(case_page(), folder.path)
        assert isinstance(kept, Kept)
        assert site.withdraw(noted(case_page(), kept)).state == "private"


@pytest.mark.parametrize(
    ("roles", "missing"),
    [
        (("Reader",), "Contributor, Editor, Reviewer"),
        (("Contributor", "Reader"), "Editor, Reviewer"),
        (("Contributor", "Editor", "Reader"), "peran Reviewer"),
        (("Editor", "Reviewer", "Reader"), "peran Contributor"),
    ],
)
def test_rights_that_are_lacking_are_named_before_anything_is_written(
    scene, someone, roles, missing
):
    scene.plone.give(scene.site, scene.root, someone[0], *roles)

    with pytest.raises(Refused, match=missing):
        scene.open(_target(scene, someone)).__enter__()


def test_rights_that_are_taken_away_meanwhile_are_named_with_the_page(scene, someone):
    scene.plone.give(
        scene.site, scene.root, someone[0], "Contributor", "Editor", "Reviewer", "Reader"
    )
    with scene.open(_target(scene, someone)) as site:
        folder = site.create(scene.container("dukcapil"), scene.root).path
        scene.admin.post(f"{folder}/@workflow/retract", {})
        scene.plone.give(scene.site, scene.root, someone[0], "Reader")
        # Of what one made oneself, one stays the owner.
        scene.admin.post(f"{folder}/@sharing", {"entries": [], "inherit": False})

        held = site.create(case_page(), scene.root)

    assert "Contributor" in str(held.why)


def test_a_root_that_we_may_not_see_is_told(scene, someone):
    scene.admin.post(f"{scene.root}/@workflow/retract", {})

    with pytest.raises(Refused, match="tidak boleh membaca"):
        scene.open(_target(scene, someone)).__enter__()


def test_a_wrong_password_is_told_with_the_name(scene):
    with pytest.raises(Refused, match="kata sandi pengguna penerbit"):
        scene.open(replace(scene.target, secret="salah")).__enter__()


def test_a_token_does_as_well_as_a_password(scene):
    login = {"login": plones.PUBLISHER[0], "password": plones.PUBLISHER[1]}
    token = scene.anybody.post("@login", login)["token"]

    with scene.open(_target(scene, ("", token))) as site:
        assert site.contact.user == "penerbit"
        assert isinstance(site.create(scene.container("dukcapil"), scene.root), Kept)
    with pytest.raises(Refused, match="tidak berlaku lagi"):
        scene.open(_target(scene, ("", token[:-4] + "AAAA"))).__enter__()


def test_a_user_who_is_removed_meanwhile_does_not_see_an_empty_site(scene, someone):
    scene.plone.give(
        scene.site, scene.root, someone[0], "Contributor", "Editor", "Reviewer", "Reader"
    )
    with scene.open(_target(scene, someone)) as site:
        site.create(scene.container("dukcapil"), scene.root)
        scene.admin.delete(f"@users/{someone[0]}")

        with pytest.raises(Refused):
            site.walk()
        with pytest.raises(Refused):
            site.create(case_page(), f"{scene.root}/dukcapil")


def test_a_root_whose_parent_is_missing_is_not_made(scene):
    target = replace(scene.target, root=f"{scene.root}/tiada/kasus")

    with pytest.raises(Refused, match=f"belum ada folder {scene.root}/tiada"):
        scene.open(target).__enter__()


def test_a_root_that_was_renamed_is_told_with_its_new_address(scene):
    new = f"baru-{uuid4().hex[:8]}"
    scene.admin.patch(scene.root, {"id": new})

    with pytest.raises(Refused, match=f"berpindah ke uji/{new}"):
        scene.open().__enter__()


def test_an_address_with_no_site_is_told(scene):
    for url in (f"http://127.0.0.1:{scene.plone.port}", f"{scene.plone.url(scene.site)}-tiada"):
        with pytest.raises(Unavailable, match="tidak ada situs Plone"):
            scene.open(replace(scene.target, url=url)).__enter__()


def test_a_classic_site_without_its_api_is_told_whom_to_ask(scene):
    with pytest.raises(Refused, match=r"plone\.restapi belum aktif"):
        scene.open(replace(scene.target, url=scene.plone.url(plones.BARE))).__enter__()
