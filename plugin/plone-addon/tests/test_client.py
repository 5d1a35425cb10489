"""What is asked of the desk, and how its answers are read."""

from __future__ import annotations

from datetime import date

import pytest
from small_desk import AGENCY, broken, saying, silent

from pulih_plone.desk.client import Desk
from pulih_plone.desk.connection import Connection
from pulih_plone.desk.errors import Away, Refused, Why

pytestmark = pytest.mark.slow  # as a whole

LETTER = {"submission": "a" * 32, "agency": "dikbud", "subject": "Internet mati – “aula”"}


def test_an_overview_tells_what_is_open_and_what_was_solved(asking):
    told = asking.overview("dikbud")

    assert told.agency.name == AGENCY["name"]
    assert told.waiting == 1
    assert told.open[0].step == 5
    assert told.open[0].since == date(2026, 11, 20)
    assert told.cases[0].resolved == date(2026, 10, 2)
    assert told.sites[0].id == "aula"


def test_more_may_be_open_than_is_shown(desk, asking):
    desk.answers["/pintu/opd/dikbud"]["waiting"] = 14

    assert asking.overview("dikbud").waiting == 14


def test_an_odd_code_goes_to_the_desk_as_a_part_of_a_path(desk, asking):
    with pytest.raises(Refused):
        asking.overview("../surat?x=1#y z")

    assert desk.heard == ["GET /pintu/opd/..%2Fsurat%3Fx%3D1%23y%20z"]


def test_a_search_is_signed_as_it_travels(asking):
    found = asking.search("wi-fi & aula – 100%")

    assert found.more == 3
    assert found.hits[0].case.number == "2026-0042"


def test_a_long_query_is_cut(desk, asking):
    asking.search("é" * 5000)

    assert len(desk.heard[0]) < 2000


def test_what_nobody_sees_is_taken_out_of_texts(desk, asking):
    desk.answers["/pintu/opd/dikbud"]["agency"] = {"id": "dikbud", "name": "Di\u202enas\x00 \n A"}

    assert asking.overview("dikbud").agency.name == "Di nas A"


def test_long_texts_are_cut(desk, asking):
    desk.answers["/pintu/opd/dikbud"]["agency"] = {"id": "dikbud", "name": "x" * 5000}

    assert len(asking.overview("dikbud").agency.name) == 300


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("step", True),
        ("step", "5"),
        ("step", -1),
        ("since", "kemarin"),
        ("since", 20261120),
        ("number", None),
        ("subject", {"id": "x"}),
        ("url", ["http://x"]),
    ],
)
def test_a_wrong_type_makes_it_no_answer(desk, asking, name, value):
    desk.answers["/pintu/opd/dikbud"]["open"][0][name] = value

    with pytest.raises(Away) as caught:
        asking.overview("dikbud")
    assert caught.value.why is Why.NOT_THE_DESK


def test_the_same_page_twice_asks_once(desk, asking):
    asking.overview("dikbud")
    asking.overview("dikbud")

    assert len(desk.heard) == 1


def test_other_languages_have_other_answers(desk, connection):
    Desk(connection, "id").overview("dikbud")
    Desk(connection, "en").overview("dikbud")

    assert len(desk.heard) == 2


def test_an_attempt_asks_whatever_is_held(desk, asking):
    asking.agencies()
    asking.attempt()

    assert len(desk.heard) == 2


def test_a_letter_is_handed_in(desk, asking):
    receipt = asking.hand_in(LETTER)

    assert desk.letters == [LETTER]
    assert receipt.number == "2026-0001"
    assert receipt.registered.date() == date(2026, 11, 23)
    assert not receipt.other


def test_the_same_form_sent_twice_is_one_letter(desk, asking):
    assert asking.hand_in(LETTER) == asking.hand_in(LETTER)
    assert len(desk.letters) == 1


def test_a_form_that_was_changed_after_it_arrived_says_so(asking):
    asking.hand_in(LETTER)
    receipt = asking.hand_in({**LETTER, "subject": "Lain"})

    assert receipt.number == "2026-0001"
    assert receipt.other


def test_a_letter_whose_answer_was_lost_is_sent_once_more(desk, asking):
    def lose(asked):
        desk.manner = None
        desk.take(asked.given)
        broken(asked)

    desk.manner = lose
    receipt = asking.hand_in({"submission": "a" * 32, "agency": "dikbud"})

    assert receipt.number == "2026-0001"
    assert len(desk.letters) == 1
    assert len(desk.heard) == 2


def test_a_letter_that_nobody_answers_is_not_sent_for_ever(desk):
    desk.manner = silent(desk)
    short = Connection(desk.url, "portal", "kata-rahasia-pintu-uji", timeout=0.05)

    with pytest.raises(Away):
        Desk(short).hand_in(LETTER)
    assert len(desk.heard) == 1


def test_after_a_letter_pages_ask_anew(desk, asking):
    asking.overview("dikbud")
    asking.hand_in(LETTER)
    asking.overview("dikbud")

    assert len(desk.heard) == 3


def test_after_a_letter_in_vain_pages_do_not_wait_too(desk, asking):
    desk.manner = broken
    with pytest.raises(Away):
        asking.hand_in(LETTER)
    desk.manner = saying({"agencies": []})

    with pytest.raises(Away) as caught:
        asking.agencies()
    assert caught.value.why is Why.RESTING


def test_what_the_desk_finds_wrong_is_told_by_field(desk, asking):
    desk.refusal = (422, {"error": "Ada yang salah.", "fields": {"phone": "Bukan nomor telepon."}})

    with pytest.raises(Refused) as caught:
        asking.hand_in(LETTER)
    assert caught.value.fields == {"phone": "Bukan nomor telepon."}
