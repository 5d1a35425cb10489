"""The desk is down, slow, or not the desk: Plone's page stays up, with one sentence, and nothing is lost."""

from __future__ import annotations

import pytest
import small_desk

SORRY = "Meja gangguan sedang tidak dapat dihubungi."
PAGES = ("dukcapil", "dukcapil/@@gangguan-opd", "@@gangguan-opd", "@@cari-gangguan?q=wifi")
MANNERS = {
    "mute": small_desk.silent,
    "a letter at a time": small_desk.dripping,
    "closes at once": lambda _desk: small_desk.broken,
    "half of JSON": lambda _desk: small_desk.half,
    "sends elsewhere": lambda _desk: small_desk.elsewhere,
    "HTML": lambda _desk: small_desk.saying(b"<h1>Selamat datang</h1>", kind="text/html"),
    "huge": lambda _desk: small_desk.saying(b'"' + b"x" * (3 << 20) + b'"'),
    "wrong types": lambda _desk: small_desk.saying(
        {"agency": 7, "open": {}, "cases": "x", "results": 3, "more": "x", "agencies": None}
    ),
    "deep": lambda _desk: small_desk.saying(b'{"agency":' * 50_000),
}
LETTER = {
    "letter_number": "005/1/DUKCAPIL",
    "letter_date": "2026-02-27",
    "subject": "Jaringan loket putus",
    "place": "Lantai 2",
    "disturbed": "Loket tidak terhubung.",
    "since": "2026-02-27T08:15",
    "phone": "0812-3456-7890",
}
FORM = "dukcapil/@@lapor-gangguan"


@pytest.mark.parametrize("manner", MANNERS)
def test_a_page_comes_with_one_sentence_whatever_the_desk_does(town, small, manner):
    small.manner = MANNERS[manner](small)

    shown = town.anybody.go("dukcapil")

    assert shown.status == 200
    assert shown.says.count(SORRY) == 1
    assert "Selamat datang" not in shown.says


def test_every_page_does(town, small):
    small.manner = small_desk.broken

    for path in PAGES:
        shown = town.anybody.go(path)
        assert (shown.status, shown.says.count(SORRY)) == (200, 1), path


def test_a_desk_that_is_down_is_asked_by_one_visitor_and_then_left_alone(town, small):
    small.manner = small_desk.broken
    for path in PAGES * 3:
        town.anybody.go(path)

    assert len(small.heard) == 1


def test_a_page_that_many_read_asks_once(town, small):
    for _ in range(5):
        assert "Wi-Fi aula putus-putus" in town.anybody.go("dukcapil").says

    assert small.heard == ["GET /pintu/opd/dukcapil"]


def test_what_the_desk_says_is_text_and_its_links_lead_to_the_desk(town, small):
    bad = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>${context/title}"
    told = small.answers["/pintu/opd/dukcapil"]
    told["agency"] = {"id": "dukcapil", "name": bad}
    told["open"][0] |= {"subject": bad, "number": bad, "step_name": bad, "url": "//jahat.example/"}
    told["cases"][0] |= {"title": bad, "fault": bad, "url": f"{small.url}@jahat.example/"}

    for path in ("dukcapil", "dukcapil/@@gangguan-opd"):
        shown = town.anybody.go(path)
        assert bad in shown.says
        assert "<script>alert(2)" not in shown.source
        assert "<img src=x" not in shown.source
        assert not [link for link in shown.links if "jahat" in link or "script" in link]


def test_no_more_than_a_desks_answer_reaches_the_page(town, small):
    small.manner = small_desk.saying({"error": "<b>Tutup</b>"}, 418)

    shown = town.anybody.go("dukcapil")

    assert "<b>Tutup</b>" in shown.says
    assert "<b>Tutup</b>" not in shown.source


@pytest.mark.parametrize(
    ("manner", "says"),
    [
        ("mute", "Tidak ada jawaban dalam batas waktu"),
        ("closes at once", "Meja tidak dapat dihubungi"),
        ("sends elsewhere", "mengalihkan ke tempat lain (http://127.0.0.1:9/pintu)"),
        ("HTML", "bukan meja gangguan"),
    ],
)
def test_the_administrator_is_told_what_is_wrong(town, small, manner, says):
    small.manner = MANNERS[manner](small)

    shown = town.connect(small.url, small_desk.DOOR, "")

    assert "Tersimpan" in shown.says
    assert says in shown.says


def test_a_letter_that_nobody_answers_keeps_what_was_typed_and_goes_through_later(town, small):
    member = town.member
    form = member.go(FORM)
    small.manner = small_desk.broken

    shown = member.send(form, [("surat.pdf", b"%PDF-1.7", "application/pdf")], **LETTER)

    assert "belum pasti surat diterima" in shown.says
    assert {name: shown.fields[name] for name in LETTER} == LETTER
    assert shown.fields["submission"] == form.fields["submission"]
    small.manner = None
    again = member.send(shown)
    assert "Surat diterima" in again.says
    assert [letter["submission"] for letter in small.letters] == [form.fields["submission"]]


def test_a_letter_whose_answer_was_lost_is_one_letter(town, small):
    def take_and_break(asked):
        small.manner = None
        body = asked.given
        small.take(body)
        small_desk.broken(asked)

    member = town.member
    form = member.go(FORM)
    small.manner = take_and_break

    shown = member.send(form, **LETTER)

    assert "Surat diterima" in shown.says
    assert len(small.letters) == 1


@pytest.mark.parametrize(
    ("status", "said", "says"),
    [
        (403, {"error": "Pintu ini ditutup."}, "Pintu ini ditutup."),
        (413, {"error": "Terlalu besar."}, "Terlalu besar."),
        (429, {"error": "Terlalu sering."}, "Terlalu sering."),
        (503, {"error": "Sedang tidak bisa."}, "Sedang tidak bisa."),
        (422, {"error": "Salah.", "fields": {"recurrence_of": "Tidak ada."}}, "Salah. Tidak ada."),
    ],
)
def test_a_no_of_the_desk_is_shown_above_the_form(town, small, status, said, says):
    small.refusal = (status, said)
    member = town.member

    shown = member.send(member.go(FORM), **LETTER)

    assert says in shown.says
    assert shown.fields["subject"] == LETTER["subject"]


def test_without_a_connection_pages_say_so_and_nobody_types_in_vain(town, small):
    town.connect("", "", "")

    assert "belum tersambung" in town.anybody.go("dukcapil").says
    shown = town.member.go(FORM)
    assert "belum tersambung" in shown.says
    assert "subject" not in shown.fields
