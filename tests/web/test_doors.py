"""Doors as a site meets them: over HTTP, signed, in JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import requests
import senders
from served import served

from pulih.domain import posted
from pulih.service.doors import Opening

pytestmark = pytest.mark.slow  # as a whole

LETTER = "/pintu/surat"
HTML = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'"


@pytest.fixture
def opened(office, cast):
    return office.doors.open(cast.admin, Opening("Portal Kabupaten"))


@pytest.fixture
def site(opened, clock):
    """A site with a door of its own."""
    return senders.Site(opened.door.id, opened.token, clock.moment.timestamp())


@pytest.fixture
def ask(app, site, clock):
    """Ask something through the door; `sent` goes over the wire in the place of what was signed."""
    client = app.test_client()

    def ask(target, *, by=None, sent=None, **more):
        by = by or site.clocked(clock.moment)
        headers = by.headers("GET", target) | more.pop("headers", {})
        return client.get(sent or target, headers=headers, **more)

    return ask


@pytest.fixture
def send(app, site, clock):
    """Hand a letter in; `sent` goes over the wire in the place of what was signed."""
    client = app.test_client()

    def send(said=None, *, by=None, key=None, sent=None, to=LETTER, **more):
        by = by or site.clocked(clock.moment)
        body = said if isinstance(said, bytes) else senders.written(said or senders.letter())
        headers = by.headers("POST", LETTER, body, key) | more.pop("headers", {})
        kind = more.pop("content_type", "application/json")
        return client.post(
            to, data=body if sent is None else sent, headers=headers, content_type=kind, **more
        )

    return send


def refused(answer, status, *fields):
    """Hold that an answer is a refusal in the shape that sites can read; return its sentence."""
    told = answer.get_json()
    assert answer.status_code == status, told
    assert answer.mimetype == "application/json"
    assert told["error"]
    assert told["fields"].keys() == set(fields)
    assert "Set-Cookie" not in answer.headers
    assert ("WWW-Authenticate" in answer.headers) is (status == 401)
    return told["error"]


# ---- letters ------------------------------------------------------------------------------


def test_a_letter_is_answered_with_its_receipt(office, cast, clock, send):
    answer = send(senders.letter(attachments=[senders.file()]))

    assert answer.status_code == 201
    assert answer.get_json() == {
        "receipt": "2026-0001",
        "agenda": "001/2026",
        "registered": clock.moment.isoformat(timespec="seconds"),
        "url": "http://localhost/tiket/2026-0001",
    }
    assert len(office.tickets.show(cast.head, "2026-0001").attachments) == 1


def test_the_same_form_again_has_the_same_receipt(send):
    said = senders.letter()
    first = send(said)

    again = send(said)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()


def test_the_same_form_with_other_words_is_told_what_it_became(send):
    said = senders.letter()
    send(said)

    answer = send({**said, "place": "Lantai 3"})

    refused(answer, 409)
    assert answer.get_json()["receipt"] == "2026-0001"


def test_a_request_that_is_recorded_and_sent_again_is_refused(send):
    said = senders.letter()
    assert send(said, key="0" * 32).status_code == 201

    assert "sudah pernah diterima" in refused(send(said, key="0" * 32), 409)


def test_a_letter_number_that_was_sent_before_is_told_at_its_field(send):
    send()

    refused(send(), 409, "letter_number")


BODY = senders.written(senders.letter())


@pytest.mark.parametrize(
    ("how", "status", "fields"),
    [
        pytest.param({"sent": BODY.replace(b"Lantai 2", b"Lantai 9")}, 401, (), id="altered body"),
        pytest.param({"to": LETTER + "?x=1"}, 401, (), id="altered path"),
        pytest.param({"headers": {"Pulih-Id": "1" * 32}}, 401, (), id="altered id"),
        pytest.param({"headers": {"Pulih-Signature": ""}}, 401, (), id="not signed"),
        pytest.param({"headers": {"Pulih-Signature": "v1=" + "0" * 64}}, 401, (), id="guessed"),
        pytest.param({"headers": {"Pulih-Door": "../../etc"}}, 401, (), id="odd door"),
        pytest.param({"headers": {"Pulih-Time": "x" * 9000}}, 401, (), id="odd time"),
        pytest.param({"said": b"{"}, 400, (), id="half"),
        pytest.param({"said": b"<html>"}, 400, (), id="html"),
        pytest.param({"said": b"[" * 100_000}, 400, (), id="deep"),
        pytest.param({"said": b"[]"}, 400, (), id="no object"),
        pytest.param({"content_type": "text/plain"}, 415, (), id="not called json"),
        pytest.param({"content_type": "multipart/form-data; boundary=x"}, 415, (), id="a form"),
        pytest.param({"said": senders.letter(subject=7)}, 422, ("subject",), id="wrong type"),
        pytest.param({"said": senders.letter(phone="x")}, 422, ("phone",), id="no telephone"),
        pytest.param({"said": senders.letter(agency="lain")}, 422, ("agency",), id="unknown OPD"),
        pytest.param(
            {"said": senders.letter(attachments=[senders.file()] * 20)},
            422,
            ("attachments",),
            id="20 attachments",
        ),
        pytest.param(
            {"said": senders.letter(attachments=[senders.file("a.pdf", b"MZ\x90\0")])},
            422,
            ("attachments",),
            id="a program called pdf",
        ),
        pytest.param({"said": senders.letter(agenda_number="1/2026")}, 422, ("agenda_number",)),
    ],
)
def test_what_is_not_as_it_was_agreed_is_refused_and_opens_no_ticket(
    office, cast, send, how, status, fields
):
    refused(send(how.pop("said", BODY), **how), status, *fields)

    with office.tools.store.reading() as records:
        assert records.last_number("ticket-2026") == 0
        assert records.door_requests.find(kind="request") == []


def test_a_request_of_another_time_is_refused_with_what_to_do(site, clock, send):
    late = site.clocked(clock.moment - timedelta(minutes=6))

    assert "Samakan jam" in refused(send(by=late), 401)


def test_unknown_doors_and_wrong_tokens_are_refused_in_the_same_words(site, send):
    told = {
        refused(send(by=replace(site, **other)), 401)
        for other in ({"door": "lain"}, {"token": "lain"}, {"token": ""})
    }

    assert len(told) == 1


def test_a_closed_door_says_so_to_who_has_its_token(office, cast, opened, site, send):
    office.doors.close(cast.admin, opened.door.id, seen=1)

    assert "ditutup" in refused(send(), 403)
    refused(send(by=replace(site, token="lain")), 401)


def test_a_door_for_other_opds_takes_and_shows_nothing(office, cast, clock, ask, send):
    narrow = office.doors.open(cast.admin, Opening("Situs Dikbud", agencies=["dikbud"]))
    by = senders.Site(narrow.door.id, narrow.token, clock.moment.timestamp())

    refused(send(by=by), 403)
    refused(ask("/pintu/opd/dukcapil", by=by), 403)
    assert ask("/pintu/opd", by=by).get_json()["agencies"] == [
        {"id": "dikbud", "name": "Dinas Pendidikan dan Kebudayaan", "short": "Dikbud"}
    ]


def test_a_body_over_the_limit_is_not_read(send, monkeypatch):
    monkeypatch.setattr("pulih.web.doors.MOST_BYTES", 1000)

    assert "terlalu besar" in refused(send(senders.letter(subject="x" * 2000)), 413)


def test_the_largest_letter_that_is_allowed_fits(send):
    size = posted.MOST_FILES_BYTES // posted.MOST_FILES
    content = senders.PDF + b"x" * (size - len(senders.PDF))
    files = [senders.file(f"{n}.pdf", content) for n in range(posted.MOST_FILES)]

    assert send(senders.letter(attachments=files)).status_code == 201


def test_html_in_every_field_is_shown_as_it_was_typed(office, cast, client_of, send):
    free = ("sender", "position", "letter_number", "subject", "disturbed", "place")
    said = senders.letter(
        **dict.fromkeys(free, HTML), attachments=[senders.file(f"{HTML}.pdf".replace("/", ""))]
    )
    assert send(said).status_code == 201

    for page in ("/tiket/2026-0001", "/surat/", "/tiket/"):
        text = client_of("irawan").get(page).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    letter = office.tickets.show(cast.head, "2026-0001").ticket.letter
    assert letter["disturbed"] == HTML


def test_an_unreadable_token_is_no_reason_to_tell_where_the_key_is(office, send):
    office.settings.vault_key.unlink()

    told = refused(send(), 503)

    assert "device-key" not in told
    assert str(office.settings.folder) not in told


def test_a_fault_of_ours_is_answered_in_json(office, send, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("pulih.web.doors.read_posted", broken)

    refused(send(), 500)


def test_letters_of_a_door_are_limited_and_strangers_cannot_use_its_limit_up(site, send):
    stranger = replace(site, token="lain")
    for _ in range(29):
        assert send(by=stranger).status_code == 401
    for n in range(20):
        assert send(senders.letter(letter_number=f"005/{n}")).status_code == 201

    answer = send(senders.letter(letter_number="005/20"))

    refused(answer, 429)


def test_who_tries_tokens_is_held_up(site, ask):
    stranger = replace(site, token="lain")
    answers = [ask("/pintu/opd", by=stranger).status_code for _ in range(31)]

    assert answers == [401] * 30 + [429]


# ---- reading ------------------------------------------------------------------------------


def test_an_opds_page_is_told(office, desk, ask):
    case = desk()
    open_ = desk("disposition", letter_number="005/2", subject="Wifi mati")
    office.wiki.publish_due()

    told = ask("/pintu/opd/dukcapil").get_json()

    assert told["agency"] == {
        "id": "dukcapil",
        "name": "Dinas Kependudukan dan Pencatatan Sipil",
    }
    assert [
        (one["number"], one["subject"], one["step"], one["step_name"]) for one in told["open"]
    ] == [(open_, "Wifi mati", 2, "Disposisi Kepala Dinas")]
    assert told["open"][0]["url"] == f"http://localhost/tiket/{open_}"
    [shown] = told["cases"]
    assert (shown["number"], shown["fault"]) == (case, "Perangkat rusak")
    assert shown["url"] == f"http://localhost/wiki/kasus/2026/{case}/"
    assert told["sites"] == [{"id": "dukcapil-pusat", "name": "Kantor pusat"}]
    assert told["office"] == office.settings.name


def test_a_search_is_told(office, desk, ask):
    case = desk()
    office.wiki.publish_due()

    told = ask("/pintu/cari?q=switch%20terbakar").get_json()

    assert (told["query"], told["more"]) == ("switch terbakar", 0)
    [result] = told["results"]
    assert result["number"] == case
    assert result["agency"] == "Dinas Kependudukan dan Pencatatan Sipil"
    assert "Switch terbakar" in result["passage"]


@pytest.mark.parametrize(
    "words", ["", "%00%ff", "a" * 5000, "%27%22%3C", "%2F..%2F", "*", "AND OR (", "q=2&q=3"]
)
def test_odd_words_are_searched_for_and_break_nothing(ask, words):
    assert ask(f"/pintu/cari?q={words}").status_code == 200


def test_an_unknown_opd_and_an_unknown_address_are_told_in_json(ask, send):
    refused(ask("/pintu/opd/tidak-ada"), 404)
    refused(ask("/pintu/opd/" + "%2e%2e%2fx"), 404)
    refused(ask("/pintu/lain"), 404)
    refused(ask(LETTER), 405)
    refused(send(to="/pintu/opd"), 405)


def test_english_is_told_to_who_reads_english(ask):
    told = ask("/pintu/lain", headers={"Accept-Language": "en-GB,en;q=0.9"}).get_json()

    assert "address" in told["error"]


def test_a_session_opens_no_door_and_a_door_no_session(office, client_of, ask, send):
    admin = client_of("admin")

    assert admin.get("/pintu/opd").status_code == 401
    assert admin.send("/pintu/surat", {}).status_code == 401
    assert ask("/pintu/opd").status_code == 200
    assert ask("/tiket/").status_code in (302, 303)


def test_other_forms_still_ask_for_their_token(client_of):
    answer = client_of("dewi").client.post("/surat/baru", data={"subject": "x"})

    assert answer.status_code == 401


def test_the_path_is_signed_as_it_goes_over_the_wire(office, site):
    """Over a real server, that decodes the path before anybody sees it."""
    with served(office) as base:
        for target in ("/pintu/cari?q=wifi%20putus+%C3%A9&x=%2F", "/pintu/opd/a%2Fb", "/pintu/opd"):
            answer = requests.get(base + target, headers=site.headers("GET", target), timeout=20)
            assert answer.status_code != 401, target
        body = senders.written(senders.letter())
        headers = site.headers("POST", LETTER, body) | {"Content-Type": "application/json"}
        answer = requests.post(base + LETTER, data=body, headers=headers, timeout=20)

    assert answer.json()["receipt"] == "2026-0001"
