"""Open tickets that are like what is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.search import OpenTicket, Query
from pulih.domain.words.dictionary import parse
from pulih.search import WordIndex


class Office:
    """Open tickets by number, and which of them were read."""

    def __init__(self, blank) -> None:
        self.blank = blank
        self.tickets: dict[str, OpenTicket] = {}
        self.read: list[str] = []
        self.index = WordIndex()

    def open(self, title, *, version=1, number="", **fields) -> str:
        number = number or f"2026-{len(self.tickets) + 1:04}"
        told = replace(self.blank, number=number, title=title, fault_name="", **fields)
        self.tickets[number] = OpenTicket(version, 5, told)
        return number

    def find(self, words="", **known):
        def read(number):
            self.read.append(number)
            return self.tickets[number]

        versions = {number: ticket.version for number, ticket in self.tickets.items()}
        return self.index.waiting(Query(words, **known), versions, read)

    def numbers(self, words="", **known) -> list[str]:
        return [match.number for match in self.find(words, **known)]


@pytest.fixture
def office(archive):
    return Office(archive.blank)


def test_an_open_ticket_is_found_by_what_its_letter_says_in_other_words(office):
    wanted = office.open("Internet lambat", agency_name="Dinas Kesehatan")
    office.open("Printer hilang")

    (match,) = office.find("inet lemot")

    assert (match.number, match.agency_name, match.subject) == (
        wanted,
        "Dinas Kesehatan",
        "Internet lambat",
    )
    assert (match.step, match.received) == (5, office.blank.reported)
    assert "lemot → lambat (sinonim)" in [str(reason) for reason in match.reasons]


def test_a_ticket_says_its_words_as_it_writes_them(office):
    office.open("Wifi lemot di aula")
    office.open("Printer hilang")

    (match,) = office.find("wifi lemot")

    assert [str(reason) for reason in match.reasons] == ["Kata yang cocok: lemot, wifi"]


def test_a_ticket_that_shares_a_word_by_chance_is_not_like_it(office):
    office.open("Printer di ruang rapat tidak mencetak")
    office.open("Kabel putus")

    assert office.numbers("listrik padam di ruang server setelah petir") == []


def test_of_tickets_that_say_as_much_the_agencys_own_stands_first(office):
    own = office.open("Kabel putus", agency="dinkes")
    other = office.open("Kabel putus", agency="bappeda")

    assert office.numbers("kabel putus", agency="dinkes") == [own, other]
    assert office.numbers("kabel putus", agency="bappeda") == [other, own]


def test_a_ticket_of_the_same_device_is_shown_whatever_it_says(office):
    wanted = office.open("Lampu merah", device="sw-1")
    office.open("Lampu merah", device="sw-2")

    assert office.numbers("kabel putus", device="sw-1") == [wanted]
    assert office.numbers(device="sw-1") == [wanted]


def test_filters_and_what_is_left_out_hide(office):
    own = office.open("Kabel putus", agency="dinkes")
    other = office.open("Kabel putus", agency="bappeda")

    assert office.numbers("kabel", only=(("agency", "dinkes"),)) == [own]
    assert office.numbers("kabel", leave_out=(own,)) == [other]


def test_only_what_is_new_or_has_changed_is_read(office):
    first = office.open("Kabel putus")
    second = office.open("Petir")
    office.find("kabel")
    office.open("Router hang", number=second, version=2)
    office.find("kabel")
    office.find("petir")

    assert office.read == [first, second, second]
    assert office.numbers("petir") == []
    assert office.numbers("router hang") == [second]


def test_a_ticket_that_came_to_its_end_is_found_no_more(office):
    for _ in range(400):
        number = office.open("Kabel putus", number="2026-0001")
        assert office.numbers("kabel") == [number]
        del office.tickets[number]
        assert office.numbers("kabel") == []


def test_a_changed_dictionary_counts_at_once(archive):
    known = [parse("")]
    office = Office(archive.blank)
    office.index = WordIndex(lambda: known[0])
    number = office.open("Kabel putus")

    assert office.numbers("benang") == []
    known[0] = parse("- kabel = benang\n")
    assert office.numbers("benang") == [number]


@pytest.mark.parametrize(
    "words", ["", "???", "a", "yang di", "x" * 10_000, "kabel " * 2000, "😀", "\x00\ud800"]
)
def test_odd_words_find_no_more_than_five(office, words):
    for _ in range(20):
        office.open("Kabel putus")

    assert len(office.find(words)) in (0, 5)
