"""The pages in a Plone of this process: who may see them, and in which language."""

from __future__ import annotations

import pytest
from AccessControl import Unauthorized
from plone.app.caching.interfaces import IETagValue
from plone.app.testing import logout
from plone.i18n.utility import setLanguageBinding
from plone.registry.interfaces import IRegistry
from small_desk import saying
from zope.component import getMultiAdapter, getUtility

from pulih_plone.agency import agency_around, own_agency
from pulih_plone.settings import token


def read_in(request, *languages):
    """Let a site with these languages be read in the first of them."""
    registry = getUtility(IRegistry)
    registry["plone.available_languages"] = list(languages)
    registry["plone.default_language"] = languages[0]
    request["LANGUAGE_TOOL"] = None
    setLanguageBinding(request)
    request["LANGUAGE"] = languages[0]


def shown(site, request, name):
    return getMultiAdapter((site, request), name=name)()


@pytest.fixture
def folder(connected):
    connected.invokeFactory("Folder", "dikbud", title="Dikbud", pulih_agency=" dikbud ")
    connected.dikbud.manage_permission("View", roles=["Anonymous"], acquire=0)
    return connected.dikbud


def test_a_folder_stands_for_an_opd_and_so_does_what_lies_in_it(folder):
    folder.invokeFactory("Document", "halaman", title="Halaman")

    assert own_agency(folder) == "dikbud"
    assert own_agency(folder.halaman) == ""
    assert agency_around(folder.halaman) == "dikbud"


def test_visitors_see_an_opds_tickets(folder, request_):
    logout()

    page = shown(folder, request_, "gangguan-opd")

    assert "Internet &lt;b&gt;mati&lt;/b&gt; di aula" in page
    assert "20 November 2026" in page


def test_who_may_not_see_the_folder_sees_no_tickets(folder, request_):
    folder.manage_permission("View", roles=["Manager"], acquire=0)
    logout()

    for name in ("gangguan-opd", "cari-gangguan", "lapor-gangguan"):
        with pytest.raises(Unauthorized):
            shown(folder, request_, name)


def test_those_who_read_english_are_told_in_english(folder, request_):
    read_in(request_, "en", "id")
    page = shown(folder, request_, "gangguan-opd")

    assert "Being handled" in page
    assert "solved" in page
    assert "2 October 2026" in page
    assert "Sedang ditangani" not in page


def test_those_who_read_indonesian_first_and_english_second_are_told_in_indonesian(
    folder, request_
):
    read_in(request_, "id", "en")

    assert "Sedang ditangani" in shown(folder, request_, "gangguan-opd")


def test_the_desk_is_asked_for_its_sentences_in_the_readers_language(desk, folder, request_):
    spoken = []
    desk.manner = lambda asked: (
        spoken.append(asked.headers["Accept-Language"]),
        saying({"error": "No."}, 418)(asked),
    )
    read_in(request_, "en", "id")

    assert "No." in shown(folder, request_, "gangguan-opd")
    assert spoken == ["en"]


def test_the_token_is_never_shown(connected, request_):
    page = shown(connected, request_, "pulih-controlpanel")

    assert token() not in page
    assert 'type="password"' in page


def test_the_parts_are_no_page(connected, request_):
    assert shown(connected, request_, "pulih-parts").strip() == ""


def test_where_http_caching_is_on_a_page_with_tickets_is_another_each_minute(
    folder, request_, monkeypatch
):
    etag = getMultiAdapter((folder, request_), IETagValue, name="pulih")
    monkeypatch.setattr("time.time", lambda: 600.0)
    now = etag()
    monkeypatch.setattr("time.time", lambda: 659.0)
    assert etag() == now
    monkeypatch.setattr("time.time", lambda: 660.0)
    assert etag() != now
