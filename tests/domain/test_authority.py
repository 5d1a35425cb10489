"""Who may do what, written out by hand. A change of the rules is a change of these two tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain import sop
from pulih.domain.authority import Deed, may, require
from pulih.domain.people import Role
from pulih.domain.ticket import Ticket
from pulih.errors import NotAllowed

# Of a ticket of Dewi's agency to which Rina and Bayu are appointed. Hasan is of another agency.
#   do: it is theirs;  paper: they may type in what the agency signed;  -: refused.
STAGES = """
                             dewi   hasan  irawan nurhayati salim  rina   bayu   joko   admin
letter                       do     -      -      -         -      do     do     do     -
disposition                  -      -      do     -         -      -      -      -      -
verification                 -      -      -      do        -      -      -      -      -
appointment                  -      -      -      -         do     -      -      -      -
examination                  -      -      -      -         -      do     do     -      -
remote-repair                -      -      -      -         -      do     do     -      -
coordination                 -      -      -      -         -      do     do     -      -
damage                       -      -      -      -         -      do     do     -      -
replacement-notice           -      -      -      -         -      do     do     -      -
replacement-record           do     -      -      -         -      paper  paper  paper  -
installation                 -      -      -      -         -      do     do     -      -
trial                        -      -      -      -         -      do     do     -      -
report                       -      -      -      -         -      do     do     -      -
acceptance-section           -      -      -      -         do     -      -      -      -
acceptance-division          -      -      -      do        -      -      -      -      -
acceptance-department        -      -      do     -         -      -      -      -      -
work-record                  -      -      -      -         -      do     do     -      -
acknowledgement-agency       do     -      -      -         -      paper  paper  paper  -
acknowledgement-department   -      -      do     -         -      -      -      -      -
withdrawal                   do     -      -      -         -      paper  paper  paper  -
reappointment                -      -      -      -         do     -      -      -      -
"""

# Where the deed concerns Dewi's agency.
DEEDS = """
                             dewi   hasan  irawan nurhayati salim  rina   bayu   joko   admin
register-letter              yes    -      -      -         -      yes    yes    yes    -
see-ticket                   yes    -      yes    yes       yes    yes    yes    yes    yes
see-queue                    -      -      yes    yes       yes    -      -      -      yes
attach                       yes    -      yes    yes       yes    yes    yes    yes    -
probe                        -      -      -      -         -      yes    yes    yes    -
sweep                        -      -      yes    yes       yes    yes    yes    yes    yes
find-cases                   -      -      yes    yes       yes    yes    yes    yes    yes
mark-helpful                 -      -      -      -         -      yes    yes    yes    -
write-note                   -      -      -      -         -      yes    yes    yes    -
keep-notes                   -      -      -      -         -      -      -      -      yes
retract-case                 -      -      -      -         yes    -      -      -      yes
settle-wanted                -      -      -      -         yes    yes    yes    yes    yes
see-outgoing                 -      -      yes    yes       yes    yes    yes    yes    yes
decide-outgoing              -      -      -      -         -      yes    yes    yes    -
mend-case                    -      -      -      -         yes    -      -      -      yes
see-papers                   yes    -      yes    yes       yes    yes    yes    yes    yes
see-inner-papers             -      -      yes    yes       yes    yes    yes    yes    yes
issue-paper                  -      -      yes    yes       yes    yes    yes    yes    -
correct-paper                -      -      -      -         yes    yes    yes    yes    -
cancel-paper                 -      -      -      -         yes    -      -      -      yes
see-numbers                  -      -      yes    yes       yes    yes    yes    yes    yes
see-registry                 -      -      yes    yes       yes    yes    yes    yes    yes
keep-registry                -      -      -      -         -      -      -      -      yes
keep-logins                  -      -      -      -         -      -      -      -      yes
tell-code                    yes    -      -      -         -      yes    yes    yes    -
keep-people                  -      -      -      -         -      -      -      -      yes
keep-office                  -      -      -      -         -      -      -      -      yes
keep-plone                   -      -      -      -         -      -      -      -      yes
"""


def cells(table):
    """Return the cells of a table as (row, column, cell)."""
    head, *lines = [line.split() for line in table.strip().splitlines()]
    return [(row, who, cell) for row, *line in lines for who, cell in zip(head, line, strict=True)]


@pytest.fixture(scope="session")
def person(cast):
    return {person.id: person for person in cast}.__getitem__


@pytest.mark.parametrize(("stage", "who", "cell"), cells(STAGES))
def test_a_stage_is_taken_by_whom_the_table_says(story, person, stage, who, cell):
    aside = sop.STAGES[stage].during is not None
    ticket = story.returned if stage == "letter" else story.at("trial" if aside else stage)
    signer = {"signed_by": "Ahmad Fauzi"} if cell == "paper" else {}

    if cell == "-":
        with pytest.raises(NotAllowed):
            story.take(ticket, stage, by=person(who), **signer)
    else:
        assert story.take(ticket, stage, by=person(who), **signer).version == ticket.version + 1


@pytest.mark.parametrize(("stage", "who", "cell"), cells(STAGES))
def test_whether_somebody_may_take_a_stage_does_not_depend_on_the_order(
    story, person, stage, who, cell
):
    refusal = story.at("report").refusal(sop.STAGES[stage], person(who))
    assert (refusal is None) is (cell != "-")


@pytest.mark.parametrize(("deed", "who", "cell"), cells(DEEDS))
def test_a_deed_is_allowed_to_whom_the_table_says(person, deed, who, cell):
    allowed = may(person(who), Deed(deed), "dukcapil")
    assert allowed is (cell == "yes")
    if not allowed:
        with pytest.raises(NotAllowed):
            require(person(who), Deed(deed), "dukcapil")
    else:
        require(person(who), Deed(deed), "dukcapil")


def test_the_tables_leave_nothing_and_nobody_out(cast):
    everyone = {person.id for person in cast}
    assert {(row, who) for row, who, _ in cells(STAGES)} == {
        (stage, who) for stage in sop.STAGES for who in everyone
    }
    assert {(row, who) for row, who, _ in cells(DEEDS)} == {
        (deed.value, who) for deed in Deed for who in everyone
    }
    assert {person.role for person in cast} == set(Role)


@pytest.mark.parametrize(("deed", "who", "cell"), cells(DEEDS))
def test_an_inactive_person_may_do_nothing(person, deed, who, cell):
    assert not may(replace(person(who), active=False), Deed(deed), "dukcapil")


def test_somebody_of_an_agency_may_do_the_same_for_their_own(cast):
    assert may(cast.stranger, Deed.REGISTER_LETTER, "dikbud")
    assert may(cast.stranger, Deed.SEE_TICKET, "dikbud")
    assert may(cast.stranger, Deed.REGISTER_LETTER)


def test_an_agency_may_open_a_ticket_of_its_own(cast, story, facts_for):
    ticket = story.take(Ticket("2026-0002"), "letter", by=cast.stranger, agency="dikbud")
    assert ticket.agency == "dikbud"


def test_every_seat_but_the_agency_is_in_the_office():
    assert [role.value for role in Role if not role.in_office] == ["opd"]


def test_every_seat_has_the_title_of_the_regulation():
    assert [role.label for role in Role] == [
        "OPD pelapor",
        "Kepala Dinas",
        "Kepala Bidang TI",
        "Kepala Seksi Aplikasi & E-Government",
        "Tim Jaringan",
        "Administrator",
    ]
