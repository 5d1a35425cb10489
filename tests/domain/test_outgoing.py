"""What was decided of what goes out: more is hidden, less is hidden for a reason, and a secret is always hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.agency import FAULT_TYPES, Agency
from pulih.domain.article import Surroundings, article_of, told_by
from pulih.domain.called import knowing
from pulih.domain.edition import Picture
from pulih.domain.mask import Mask, PublicMask
from pulih.domain.outgoing import MOST, Lifted, Outgoing, caption
from pulih.domain.preview import preview
from pulih.domain.scrub import (
    NOBODY,
    Audience,
    Choices,
    House,
    Kind,
    beyond,
    findings,
    look,
    masked,
    scrubbed,
)
from pulih.domain.scrub.chosen import places
from pulih.domain.ticket import Ticket
from pulih.errors import Invalid

NOW = datetime(2026, 3, 2, tzinfo=UTC)
AROUND = Surroundings(Agency("dukcapil", "Dinas Dukcapil"), "Kantor", None, FAULT_TYPES[2])
MASK = "[kontak disamarkan]"
PHONE = "0813-9999-8888"


@pytest.fixture(scope="session")
def closed(story):
    def ticket(cause, **changes):
        made = Ticket("2026-0001")
        for stage in story.way:
            told = {"cause": cause, **changes} if stage == "report" else {}
            made = story.take(made, stage, **told)
        return made

    return ticket


@pytest.fixture(scope="session")
def shown(closed, office_calendar):
    """Return the page of a ticket with this cause, as the office or the public would read it."""

    def page(cause, outgoing=None, house=None, **changes):
        ticket, choices = closed(cause, **changes), (outgoing or Outgoing("2026-0001")).choices
        told = told_by(ticket, AROUND, office_calendar, ticket.closed)
        mask = Mask(ticket, AROUND.agency, choices)
        if house is None:
            return preview(told, mask, mask, None)
        reader = Mask(ticket, AROUND.agency, choices, house, Audience.PUBLIC)
        return preview(told, mask, reader, PublicMask(house, choices))

    return page


def lifted(text, reason="Nomor layanan."):
    return Lifted(text, reason, "rina", "Rina Kartika", NOW)


def hidden(text, choices, audience=Audience.INTRANET, house=NOBODY):
    return masked(text, look(text, audience, choices, house))


# ---- The choices ------------------------------------------------------------------------------


def test_a_chosen_passage_is_hidden_in_any_capitals_and_spaces_as_whole_words():
    choices = Choices(more=("Proyek Mawar",))
    assert hidden("proyek\n MAWAR, proyek mawarmu", choices) == "[disamarkan], proyek mawarmu"


def test_a_chosen_word_is_not_looked_for_within_a_mask():
    assert (
        hidden(f"kontak {PHONE}", Choices(more=("kontak",))) == "[disamarkan] [kontak disamarkan]"
    )


def test_what_was_found_is_readable_where_somebody_said_so_and_nothing_else():
    choices = Choices(less=((PHONE, "Nomor layanan."),))
    assert hidden(f"{PHONE} dan 0812-1111-2222", choices) == f"{PHONE} dan {MASK}"


@pytest.mark.parametrize("text", ["sandi wifi: Mawar#1", "snmp-server community Mawar#1 RO"])
def test_a_secret_is_hidden_whatever_was_said(text):
    assert "Mawar" not in hidden(text, Choices(less=(("Mawar#1", "Biar."),)))


def test_what_is_both_hidden_and_let_out_is_hidden():
    assert PHONE not in hidden(f"Telp {PHONE}", Choices((PHONE,), ((PHONE, "Biar."),)))


def test_every_kind_of_secret_is_one_that_opens_something():
    assert {kind for kind in Kind if kind.secret} == {
        Kind.HASH, Kind.COMMUNITY, Kind.TOKEN, Kind.PASSWORD, Kind.KEY,
    }  # fmt: skip


PASSAGES = st.text(st.sampled_from("ab1 .-\n"), max_size=4)


@given(
    st.text(st.sampled_from("abAB1 .-\n[]"), max_size=40), st.lists(PASSAGES, max_size=3), PASSAGES
)
def test_nothing_that_was_chosen_can_be_read(text, more, less):
    out = hidden(text, Choices(tuple(more), ((less, "x"),)))
    assert not [passage for passage in more if any(places(out, passage))]


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=3), st.text(max_size=8))
def test_whatever_is_chosen_it_can_be_looked_at(text, more, less):
    assert isinstance(hidden(text, Choices(tuple(more), ((less, "x"),))), str)


# ---- What an article is made of ---------------------------------------------------------------


def test_an_article_follows_what_was_decided(closed, office_calendar):
    ticket = closed(f"Kabel putus, hubungi {PHONE}.", actions="Menyambung kabel.")
    choices = Choices(("kabel",), ((PHONE, "Nomor layanan."),))
    article = article_of(ticket, AROUND, office_calendar, [], choices)
    assert article.cause == f"[disamarkan] putus, hubungi {PHONE}."
    assert article.actions == "Menyambung [disamarkan]."
    assert article_of(ticket, AROUND, office_calendar, []).cause == f"Kabel putus, hubungi {MASK}."


def test_the_page_shows_what_the_article_says_and_what_was_found(shown, closed, office_calendar):
    page = shown(f"Sandi wifi: Mawar#1. Hubungi {PHONE} atau {PHONE}.")
    ticket = closed(f"Sandi wifi: Mawar#1. Hubungi {PHONE} atau {PHONE}.")
    assert replace(page.article, related=()) == article_of(ticket, AROUND, office_calendar, [])
    for line in page.lines:
        told = tuple("".join(piece.text for piece in cell) for cell in line.cells)
        if line.name in ("checks", "tests"):
            continue
        assert told == (getattr(page.article, line.name),)
    found = {(one.kind, one.text): one.times for one in page.findings}
    assert found == {(Kind.PASSWORD, "Mawar#1"): 1, (Kind.PHONE, PHONE): 2}


def test_a_value_below_a_heading_that_asks_for_a_secret_is_shown_as_masked(story, office_calendar):
    ticket = story.at("trial")
    ticket = story.take(
        ticket, "trial", tests=[{"what": "password wifi", "value": "mawar12", "note": ""}]
    )
    told = told_by(ticket, AROUND, office_calendar, NOW)
    mask = Mask(ticket, AROUND.agency)
    (line,) = [line for line in preview(told, mask, mask, None).lines if line.name == "tests"]
    assert [piece.kind for piece in line.cells[1]] == [Kind.PASSWORD]
    assert line.cells[1][0].original == "mawar12"


def test_the_remark_beside_such_a_value_tells_no_earlier_one(story, office_calendar):
    test = {"what": "password admin", "value": "CellRow102", "note": "lama: CellRow103"}
    ticket = story.take(story.at("trial"), "trial", tests=[test])
    told = told_by(ticket, AROUND, office_calendar, NOW)
    mask = Mask(ticket, AROUND.agency)
    page = preview(told, mask, mask, None)
    (kept,) = page.article.tests
    assert (kept.value, kept.note) == (Kind.PASSWORD.mask, f"lama: {Kind.PASSWORD.mask}")
    (line,) = [line for line in page.lines if line.name == "tests"]
    assert line.cells[2][-1].original == "CellRow103"


def test_a_ticket_without_a_report_can_be_looked_at(story, office_calendar):
    told = told_by(story.at("report"), AROUND, office_calendar, NOW)
    assert (told.cause, told.symptom) == ("", "Loket KTP-el tidak dapat terhubung ke pusat.")


# ---- Deciding ---------------------------------------------------------------------------------


def test_each_decision_is_one_version_more_and_what_changes_nothing_is_none(shown):
    page = shown(f"Kabel putus, {PHONE}.")
    one = Outgoing("2026-0001").hiding("kabel", page)
    two = one.lifting(lifted(PHONE), page)
    assert (one.version, two.version) == (1, 2)
    assert two.unhiding("lain") is two
    assert two.unlifting("lain") is two
    assert two.unhiding("KABEL").unlifting(PHONE).choices == Choices()
    assert two.showing(()) is two
    assert two.showing([Picture("a" * 64, "Foto")]).version == 3


def test_what_is_hidden_on_the_page_cannot_be_hidden_once_more(shown):
    decided = Outgoing("2026-0001", more=("kabel",))
    page = shown("Kabel putus.", decided, actions="Menyambung.")
    for passage in ("kabel", "Kabel  "):
        with pytest.raises(Invalid, match="sudah disamarkan"):
            decided.hiding(passage, page)


def test_there_is_an_end_to_what_is_hidden_besides(shown):
    decided = Outgoing("2026-0001", more=tuple(f"kata{n}" for n in range(MOST)))
    with pytest.raises(Invalid, match="Sudah 100"):
        decided.hiding("putus", shown("Kabel putus."))


def test_a_secret_is_never_let_out(shown):
    page = shown("Sandi wifi: Mawar#1.")
    with pytest.raises(Invalid, match="tidak pernah terbit"):
        Outgoing("2026-0001").lifting(lifted("Mawar#1"), page)


def test_a_caption_says_something():
    assert caption(" Switch\n hangus ") == "Switch hangus"
    for typed in ("", " … ", "x" * 301, "\u200b"):
        with pytest.raises(Invalid):
            caption(typed)


# ---- The public -------------------------------------------------------------------------------

HOUSE = knowing(
    House(hosts=frozenset({"sw-dukcapil", "10.12.7.2", "fd00::2"})),
    ["Rina Kartika", "Bayu Pratama, S.Kom.", "Nurhayati", "Operator", "Administrator"],
)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        (
            "Ping 10.12.7.2, lalu SW-DUKCAPIL.",
            "Ping [alamat IP disamarkan], lalu [nama host disamarkan].",
        ),
        ("versi 10.12.7.2", "versi [alamat IP disamarkan]"),
        ("sw-dukcapil2 dan xsw-dukcapil", "sw-dukcapil2 dan xsw-dukcapil"),
        ("kata Rina Kartika dan bayu pratama", f"kata {MASK} dan {MASK}"),
        ("Bu Rina, mas bayu, Nurhayati", f"{MASK}, {MASK}, {MASK}"),
        ("Operator dan administrator di rina", "Operator dan administrator di rina"),
        ("[kontak disamarkan]", "[kontak disamarkan]"),
    ],
)
def test_the_public_reads_no_address_no_host_and_nobody_of_the_office(text, out):
    assert masked(text, beyond(text, house=HOUSE)) == out
    assert masked(text, findings(text, Audience.PUBLIC, house=HOUSE)) == out


def test_the_office_itself_reads_who_did_it_and_where():
    text = "Rina Kartika memeriksa 10.12.7.2 dan sw-dukcapil."
    assert scrubbed(text) == text


def test_an_address_is_let_out_to_the_public_for_a_reason():
    choices = Choices(less=(("10.12.7.2", "Alamat dokumentasi."),))
    assert (
        PublicMask(HOUSE, choices)("10.12.7.2 dan 10.12.7.3")
        == "10.12.7.2 dan [alamat IP disamarkan]"
    )


def test_what_was_let_out_to_the_office_is_let_out_to_the_public(shown):
    decided = Outgoing("2026-0001", less=(lifted(PHONE),))
    page = shown(f"Telp {PHONE}, gateway 10.12.7.2", decided, HOUSE)
    assert page.article.cause == f"Telp {PHONE}, gateway [alamat IP disamarkan]"
    assert {(one.kind, one.masked) for one in page.findings} >= {
        (Kind.PHONE, False),
        (Kind.IP, True),
    }


def test_people_without_a_name_are_nobody():
    assert knowing(House(), ["Operator", "", "-"]) == House()
