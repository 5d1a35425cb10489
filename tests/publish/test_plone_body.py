"""The text of a case's page on a Plone site."""

from __future__ import annotations

import html
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editions import edition
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.edition import Case, Note, Picture, Review
from pulih.domain.passed import Passed
from pulih.domain.plone.page import Face, PageKind, Shown
from pulih.domain.plone.target import Target
from pulih.domain.scrub import Audience
from pulih.domain.wiring import PathRole
from pulih.publish.literal import lines
from pulih.publish.plone.cleaning import TAGS
from pulih.publish.plone.fields import fields
from pulih.publish.plone.lists import LOOK
from pulih.publish.plone.pages import Around, pages
from pulih.publish.plone.plain import plain
from pulih.publish.plone.typed import JOINER, blocks, cell, line

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "publish" / "plone"
TARGET = Target("1" * 32, "Portal", "http://127.0.0.1:1/p", "u", "s", "kasus", Audience.INTRANET)
AROUND = Around("https://wiki.contoh.go.id/", "https://meja.contoh.go.id", {"rsud": "RSUD"})
CLASSIC = Face(text=True, blocks=False, folder="Folder", collection=True)
VOLTO = Face(text=False, blocks=True, folder="Document", collection=False)
NOTE = Note(
    "1" * 32, "2026-0012", "rina", "Rina W.", datetime(2026, 9, 3, 2, tzinfo=UTC), "Stabil."
)
PHOTO = Picture("ab" * 32, "Kabel di <plafon>")
WAY = (
    Passed("Komputer loket", PathRole.PC.value, 1, 1, "kabel", "good", "menjawab, 1 ms"),
    Passed(
        "Switch lt 2",
        PathRole.SWITCH.value,
        0,
        2,
        "kabel",
        "bad",
        "Di sini: 34 % hilang",
        "warn",
        "galat CRC",
    ),
    Passed("Router RSUD", PathRole.ROUTER.value, 0, -1),
)
ROUTEROS = (
    "Dicek di router:\n[admin@RSUD] > /interface print\n"
    " #   NAME     TYPE    MTU\n 0   ether1   ether   1500\n\nLalu kabel diganti."
)


@pytest.fixture(scope="module")
def full(case, make):
    """An edition with a case that has everything, and two that have to do with it."""
    told = replace(
        case, observed="34 % paket hilang.", segment="switch-ap", way=WAY, remote=ROUTEROS, related=("2025-0031",)
    )  # fmt: skip
    whole = Case(told, ("2026-0031", "2026-0040"), (NOTE,), (Review.OLD,), (PHOTO,))
    others = (
        make(31, 2025, title="Kabel lama", agency="setda", agency_name="Setda"),
        make(31, 2026, title="Putus lagi"),
    )
    found = edition(others)
    recurring = {"2026-0031": ("2026-0012",)}
    return replace(found, cases=(whole, *found.cases), recurring=recurring)


def pages_of(edition, target=TARGET, around=AROUND):
    digests = {case.number: case.digest for case in edition.cases}
    return {page.key: page for page in pages(edition, digests, target, around)}


def shown(page):
    return {one.id: Shown(f"uid{n}", f"http://p/x/{one.id}") for n, one in enumerate(page.attached)}


# ---- The record ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["kasus/2026-0012", "gangguan/kabel-putus"])
@pytest.mark.parametrize("face", [CLASSIC, VOLTO], ids=["classic", "volto"])
def test_a_page_is_the_recorded_one_or_has_another_look(full, key, face):
    """Whoever changes what a page shows gives `LOOK` another value: else nobody's pages are written anew."""
    page = pages_of(full, replace(TARGET, printed=True))[key]
    told = [f"look {LOOK}", page.title, page.description, *page.subjects]
    for name, value in fields(page, face, shown(page)).items():
        told += [f"---- {name}", value if isinstance(value, str) else _written(value)]
    name = f"{key.replace('/', '-')}-{'classic' if face is CLASSIC else 'volto'}.txt"
    recorded = RECORDED / name
    if os.environ.get("UPDATE_RECORDED"):
        recorded.parent.mkdir(exist_ok=True)
        recorded.write_text("\n".join(told) + "\n", encoding="utf-8")

    assert "\n".join(told) + "\n" == recorded.read_text(encoding="utf-8")


def _written(value) -> str:

    return json.dumps(value, indent=1, ensure_ascii=False).replace("\\n", "\n")


# ---- What it shows ------------------------------------------------------------------------------


def body_of(full, seen, **changes):
    case = replace(full.cases[0], article=replace(full.cases[0].article, **changes))
    page = pages_of(replace(full, cases=(case, *full.cases[1:])))["kasus/2026-0012"]
    return seen(fields(page, CLASSIC, shown(page))["text"])


def test_the_story_goes_from_the_symptom_to_what_prevents_it(full, seen):
    headings = [node.text for node in body_of(full, seen).all("h2")]

    assert headings == [
        "Gejala", "Penyebab", "Tindakan", "Hasil", "Pencegahan", "Foto", "Jalur yang diperiksa", "Pemeriksaan",
        "Uji coba", "Catatan kemudian", "Kasus terkait",
    ]  # fmt: skip


@pytest.mark.parametrize(("confirmed", "word"), [(True, "Terbukti."), (False, "Dugaan.")])
def test_a_cause_is_said_to_be_proven_or_suspected(full, seen, confirmed, word):
    page = body_of(full, seen, cause_confirmed=confirmed)

    assert word in [node.text for node in page.all("strong")]


def test_links_lead_to_cases_lists_wiki_and_ticket(full, seen):
    links = {node.text: node.attributes["href"] for node in body_of(full, seen).all("a")}

    assert links["RSUD Kabupaten Sumbawa"] == "./"
    assert links["Switch"] == "../perangkat/switch"
    assert links["Cisco SG350-28"] == "../perangkat/switch-cisco-sg350-28"
    assert links["Kabel putus"] == "../gangguan/kabel-putus"
    assert links["Kabel lama"] == "../setda/2025-0031"
    assert links["Putus lagi"] == "2026-0031"
    assert "2026-0040" not in links  # it has no page here
    assert links["Halaman ini di wiki"] == "https://wiki.contoh.go.id/kasus/2026/2026-0012/"
    assert "https://meja.contoh.go.id/tiket/2026-0012" in links.values()


def test_the_public_is_not_told_where_the_desk_is(full, seen):
    target = replace(TARGET, audience=Audience.PUBLIC)
    page = pages_of(full, target)["kasus/2026-0012"]

    assert "meja.contoh" not in fields(page, CLASSIC, {})["text"]


def test_what_a_device_said_keeps_its_columns(full, seen):
    pre = body_of(full, seen).one("pre")

    assert "".join(pre.parts).split("\n") == ROUTEROS.split("\n")[1:4]


@pytest.mark.parametrize(
    "typed",
    [
        "[admin@RSUD] > /ip address print",
        "<SW-INTI>display interface brief",
        "SW-2#show mac address-table",
        "SW-2(config-if)# no shutdown",
        "C:\\Users\\loket>ping 10.0.0.1",
        "$ ping -c 3 10.0.0.1",
        "/interface print",
        "Reply from 10.0.0.1: bytes=32 time=1ms TTL=64\nReply from 10.0.0.1: bytes=32 time=2ms TTL=64",
        " 1  10.0.0.1  1 ms\n 2  * * *",
        "Port   Status   Vlan\nGi0/1  up       20",
    ],
)
def test_what_a_device_said_is_known_by_its_look(typed):
    assert blocks(typed).startswith("<pre>")


@pytest.mark.parametrize(
    "typed",
    [
        "1. Kabel lama dilepas.\n2. Kabel Cat6 20 meter ditarik.\nHasil:  baik.\n- ya",
        "Redaman>25 dBm sejak pagi.",
        "# catatan\n<Lantai 2> ruang pendaftaran",
        "Loket 3/4 mati, IP/DNS benar.",
        "Daya: $ 5; suhu > 60 derajat.",
    ],
)
def test_prose_is_no_device_output(typed):
    assert "<pre>" not in blocks(typed)


def test_paragraphs_stand_apart_and_answers_in_cells_keep_their_lines():
    assert blocks("a\n\n\nb") == "<p>a</p>\n<p>b</p>"
    assert cell("Reply: bytes=32 time=1ms\nReply: bytes=32 time=2ms").startswith("<pre>")
    assert cell("a\nb") == "a<br>b"


def test_a_photograph_stands_in_the_text_with_its_caption(full, seen):
    image = body_of(full, seen).one("img")

    assert image.attributes["alt"] == f"Kabel di <{JOINER}plafon>"
    assert image.attributes["src"] == "resolveuid/uid0/@@images/image/large"


def test_files_that_are_not_there_yet_are_not_named(full):
    page = pages_of(full, replace(TARGET, printed=True))["kasus/2026-0012"]
    text = fields(page, CLASSIC, {})["text"]

    assert "<img" not in text
    assert "Foto" not in text
    assert "dicetak" not in text


def test_a_way_that_was_looked_at_is_a_list_that_needs_no_colour(full, seen):
    items = [node.text for node in body_of(full, seen).all("ol")[-1].all("li")]

    assert (
        items[0]
        == "Komputer loket – Komputer pengguna\nBaik: menjawab, 1 ms\nTersambung ke Switch lt 2 (Kabel LAN)"
    )
    assert "Terganggu. Di sini: 34 % hilang" in items[1]
    assert "Sambungannya: Perlu perhatian. galat CRC" in items[1]


def test_a_case_without_anything_is_a_page_all_the_same(make, seen):
    empty = make(
        1, title="", site="", place="", device="", device_kind="", device_make="", fault_name="", location="",
        symptom="", cause="", remote="", on_site="", actions="", installed="", settings="", result="",
        solution_class="", prevention="", checks=(), tests=(),
    )  # fmt: skip
    page = pages_of(edition([empty]))["kasus/2026-0001"]

    assert page.title == "2026-0001"
    # Where it was, only the fault type says.
    assert [node.text for node in seen(fields(page, CLASSIC, {})["text"]).all("h2")] == []


# ---- Volto --------------------------------------------------------------------------------------


def test_blocks_have_the_same_names_each_time_and_their_words_are_found(full):
    page = pages_of(full)["kasus/2026-0012"]
    told = fields(page, VOLTO, shown(page))

    assert told == fields(page, VOLTO, shown(page))
    kinds = [told["blocks"][key]["@type"] for key in told["blocks_layout"]["items"]]
    assert kinds == ["title", "html", "image", "html"]
    for block in told["blocks"].values():
        if block["@type"] == "html":
            assert block["searchableText"] == plain(block["html"])
    assert (
        next(b for b in told["blocks"].values() if b["@type"] == "image")["url"]
        == "resolveuid/uid0"
    )


def test_both_faces_are_written_where_a_site_has_both(full):
    both = Face(text=True, blocks=True, folder="Document", collection=False)
    told = pages_of(full)

    assert {"text", "blocks", "blocks_layout"} == set(fields(told["kasus/2026-0012"], both, {}))
    assert {"text", "blocks", "blocks_layout"} == set(fields(told["opd/rsud"], both, {}))
    assert fields(told["opd/rsud"], CLASSIC, {}) == {}


# ---- Hostile texts ------------------------------------------------------------------------------


def test_an_archive_of_hostile_texts_gives_pages_of_listed_tags_only(archive, seen):
    for page in pages_of(edition(archive)).values():
        if page.kind is PageKind.CASE:
            text = fields(page, CLASSIC, shown(page))["text"]
            assert seen(text).tags - {"page"} <= TAGS
            assert "<script" not in text.lower()


@given(data=st.data())
def test_typed_text_is_shown_letter_by_letter(data, hostile, seen):
    typed = data.draw(hostile)
    told = [" ".join(one.split()) for one in lines(typed)]

    assert _words(seen(line(typed)).text) == _words("\n".join(told))
    assert _words(seen(blocks(typed)).text) == _words("".join(told))


@given(data=st.data())
def test_typed_text_that_plone_reads_once_more_is_still_no_markup(data, hostile, seen):
    """Classic's output filters take `&lt;b&gt;` for a tag: what they read must be what was typed."""
    typed = data.draw(hostile)
    read_again = html.unescape(line(typed).replace("<br>", "\n"))
    told = "\n".join(" ".join(one.split()) for one in lines(typed))

    assert _words(seen(read_again).text) == _words(told)


def _words(text: str) -> str:
    return "".join(text.replace(JOINER, "").split())
