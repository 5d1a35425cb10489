"""What was looked for in vain: noted, counted, and answered."""

from __future__ import annotations

import pytest

from pulih.errors import Invalid, NotAllowed, NotFound
from pulih.service import wanted as rules


@pytest.fixture
def desk(office):
    return office.wanted


def words(page):
    return [(wanted.words, wanted.times) for wanted in page.items]


def test_the_most_wanted_stands_first(office, desk, cast):
    desk.note(cast.lead, "telepon bisu")
    office.tools.now.tick(hours=1)
    desk.note(cast.lead, "CCTV gelap")
    desk.note(cast.technician, "Telepon BISU!")

    assert words(desk.page(cast.section)) == [("Telepon BISU!", 2), ("CCTV gelap", 1)]


def test_the_same_search_on_the_same_day_by_the_same_person_counts_once(office, desk, cast):
    for _ in range(3):
        desk.note(cast.lead, "telepon bisu")
    assert words(desk.page(cast.lead)) == [("telepon bisu", 1)]
    office.tools.now.tick(days=1)
    assert desk.note(cast.lead, "bisu telepon").times == 2


def test_the_first_and_the_last_time_and_person_are_told(office, desk, cast):
    first = office.tools.now()
    desk.note(cast.lead, "telepon bisu")
    last = office.tools.now.tick(days=3)
    kept = desk.note(cast.technician, "telepon bisu")
    assert desk.get(cast.admin, kept.id) == kept
    assert (kept.first, kept.last, kept.by, kept.name) == (first, last, "bayu", "Bayu Pratama")


def test_a_search_on_a_ticket_names_it_and_only_one_that_is_there(office, desk, cast):
    number = office.at("examination").number
    assert desk.note(cast.lead, "telepon bisu", number).ticket == number
    assert desk.note(cast.technician, "telepon bisu").ticket == number
    with pytest.raises(NotFound):
        desk.note(cast.lead, "cctv", "2020-0001")
    assert desk.page(cast.lead).total == 1


@pytest.mark.parametrize("nothing", ["", "   ", "???", "\u200b"])
def test_what_has_no_word_is_not_noted(desk, cast, nothing):
    assert desk.note(cast.lead, nothing) is None
    assert desk.page(cast.lead).total == 0


def test_a_search_keeps_no_secret_and_no_more_than_two_hundred_characters(desk, cast):
    kept = desk.note(cast.lead, "wifi password: Rahasia123 " + "panjang " * 5000)
    assert "Rahasia123" not in kept.words
    assert len(kept.words) <= 200


def test_a_secret_at_the_place_where_a_search_is_cut_is_not_kept(desk, cast):
    for before in range(170, 200):
        kept = desk.note(cast.lead, "a" * (before - 17) + " password wifi: Rahasia#123 lagi")
        assert "Raha" not in kept.words


def test_a_list_that_is_full_makes_room_by_what_is_wanted_least(office, desk, cast, monkeypatch):
    monkeypatch.setattr(rules, "_MOST", 3)
    often, answered = desk.note(cast.lead, "sering"), desk.note(cast.lead, "terjawab")
    desk.note(cast.technician, "sering")
    desk.settle(cast.lead, answered.id, "panduan/x")
    for word in ("satu", "dua", "tiga"):
        office.tools.now.tick(minutes=1)
        desk.note(cast.lead, word)

    assert words(desk.page(cast.lead)) == [("sering", 2), ("tiga", 1)]
    assert desk.get(cast.lead, answered.id).settled
    assert desk.get(cast.lead, often.id).times == 2


def test_a_case_or_a_page_that_answers_it_settles_it(office, desk, cast):
    case, asked = office.closed().number, desk.note(cast.lead, "telepon bisu")

    for answer in (case, "panduan/telepon-ip", "gangguan/dns/"):
        kept = desk.settle(cast.section, asked.id, f"  {answer} ")
        assert (kept.answer, kept.settled_by) == (answer, "Salim Ahmad")
    assert desk.page(cast.lead).total == 0
    assert desk.page(cast.lead, settled=True).items == (kept,)

    assert desk.reopen(cast.lead, asked.id) == asked
    assert desk.page(cast.lead).items == (asked,)


def test_who_asks_again_is_not_told_that_it_is_open(desk, cast):
    asked = desk.note(cast.lead, "telepon bisu")
    desk.settle(cast.lead, asked.id, "panduan/telepon-ip")
    again = desk.note(cast.technician, "telepon bisu")
    assert (again.answer, again.times) == ("panduan/telepon-ip", 2)


@pytest.mark.parametrize(
    "answer",
    ["", "  ", "2020-0001", "https://contoh.go.id/x", "//jahat", "../../x", "panduan//x",
     "panduan/x?y", "javascript:alert(1)", "<b>", "Panduan Wifi", "a" * 201, "/panduan/x"],
)  # fmt: skip
def test_what_is_neither_a_case_nor_a_page_answers_nothing(desk, cast, answer):
    asked = desk.note(cast.lead, "telepon bisu")
    with pytest.raises(Invalid) as refused:
        desk.settle(cast.lead, asked.id, answer)
    assert [problem.field for problem in refused.value.problems] == ["answer"]
    assert desk.get(cast.lead, asked.id) == asked


def test_settled_searches_stand_the_last_first(office, desk, cast):
    asked = [desk.note(cast.lead, word) for word in ("satu", "dua", "tiga")]
    for one in asked:
        office.tools.now.tick(minutes=1)
        desk.settle(cast.lead, one.id, "panduan/x")
    page = desk.page(cast.lead, settled=True, page=1, size=2)
    assert [w.words for w in page.items] == ["tiga", "dua"]
    assert page.pages == 2


def test_what_was_never_looked_for_is_not_found(desk, cast):
    for deed in (desk.get, desk.reopen, lambda by, key: desk.settle(by, key, "panduan/x")):
        with pytest.raises(NotFound):
            deed(cast.lead, "f" * 32)


def test_only_the_office_notes_and_reads_and_heads_above_settle_nothing(desk, cast):
    asked = desk.note(cast.head, "telepon bisu")
    for deed in (
        lambda: desk.note(cast.contact, "cctv"),
        lambda: desk.page(cast.contact),
        lambda: desk.get(cast.contact, asked.id),
        lambda: desk.settle(cast.contact, asked.id, "panduan/x"),
        lambda: desk.settle(cast.head, asked.id, "panduan/x"),
        lambda: desk.reopen(cast.division, asked.id),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert desk.page(cast.head).items == (asked,)
