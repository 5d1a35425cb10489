"""What the wiki's pages may ask the desk: whether their reader is signed in."""

from __future__ import annotations

import pytest


def test_the_desk_tells_who_asks_whether_they_are_signed_in_and_nothing_else(client_of):
    assert client_of().get("/siapa").json == {"masuk": False}
    assert client_of("rina").get("/siapa").json == {"masuk": True}


@pytest.mark.parametrize("person", ["", "rina"])
def test_no_other_host_may_read_the_answer_and_nobody_keeps_it(client_of, person):
    browser = client_of(person) if person else client_of()
    answer = browser.get("/siapa", headers={"Origin": "https://lain.example"})

    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_asking_does_not_keep_a_session_alive(client_of):
    browser = client_of("rina")
    with browser.client.session_transaction() as session:
        session["seen"] = 1
    browser.get("/siapa")
    with browser.client.session_transaction() as session:
        assert session["seen"] == 1
