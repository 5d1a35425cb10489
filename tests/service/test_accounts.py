"""People and their passwords."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.people import Person, Role
from pulih.domain.records import RegistryFilter
from pulih.errors import Duplicate, Invalid, NotAllowed, NotFound, NotSignedIn

GOOD = "perahu di teluk saleh"
SITI = Person("siti.aminah", "Siti Aminah", Role.NETWORK_TEAM, position="Analis")


def fields(error):
    return [problem.field for problem in error.value.problems]


# ---- Signing in -------------------------------------------------------------------------------


def test_everybody_of_the_cast_signs_in(office, cast, password):
    for person in cast:
        assert office.accounts.sign_in(person.id, password) == person


@pytest.mark.parametrize("typed", ["rina", "RINA", "  Rina "])
def test_the_name_may_be_typed_in_capitals_and_with_spaces(office, cast, password, typed):
    assert office.accounts.sign_in(typed, password) == cast.lead


def test_every_reason_for_not_signing_in_has_the_same_sentence(office, cast, password):
    office.accounts.save(cast.admin, replace(cast.technician, active=False))
    said = set()
    for name, typed in (
        ("rina", "salah sekali"),
        ("rina", password.upper()),
        ("rina", ""),
        ("siapa", password),
        ("", ""),
        ("bayu", password),  # has left
    ):
        with pytest.raises(NotSignedIn) as error:
            office.accounts.sign_in(name, typed)
        said.add(str(error.value))
    assert len(said) == 1


def test_an_account_without_a_password_lets_nobody_in(office, cast):
    with office.tools.store.writing() as records:
        records.secrets.remove("rina")
    for typed in ("", "apa saja"):
        with pytest.raises(NotSignedIn):
            office.accounts.sign_in("rina", typed)


def test_a_session_belongs_to_somebody_who_is_still_there(office, cast):
    assert office.accounts.known("rina") == cast.lead
    office.accounts.save(cast.admin, replace(cast.lead, active=False))
    assert office.accounts.known("rina") is None
    assert office.accounts.known("siapa") is None


# ---- Making accounts --------------------------------------------------------------------------


def test_a_new_account_can_be_used_at_once(office, cast):
    office.accounts.add(cast.admin, SITI, GOOD)
    assert office.accounts.sign_in("siti.aminah", GOOD) == SITI
    assert office.accounts.get(cast.admin, "siti.aminah") == SITI


def test_passwords_are_not_kept_as_they_are(office, cast):
    office.accounts.add(cast.admin, SITI, GOOD)
    with office.tools.store.reading() as records:
        assert GOOD not in records.secrets.get("siti.aminah")


def test_what_was_typed_is_tidied(office, cast):
    typed = Person(
        " Siti.Aminah ",
        "Siti   Aminah ",
        Role.SECTION_HEAD,
        "dukcapil",
        "19680512 199403 1 005",
        " Kasi ",
    )
    office.accounts.add(cast.admin, typed, GOOD)
    assert office.accounts.get(cast.admin, "siti.aminah") == Person(
        "siti.aminah", "Siti Aminah", Role.SECTION_HEAD, "", "196805121994031005", "Kasi"
    )


def test_a_name_that_is_taken_is_told_at_its_field_and_the_first_account_stays(
    office, cast, password
):
    with pytest.raises(Duplicate) as error:
        office.accounts.add(cast.admin, replace(SITI, id="rina"), GOOD)
    assert error.value.field == "id"
    assert office.accounts.sign_in("rina", password) == cast.lead


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "ab"}, "id"),
        ({"id": "a" * 41}, "id"),
        ({"id": "siti aminah"}, "id"),
        ({"id": "siti:aminah"}, "id"),
        ({"id": "-siti"}, "id"),
        ({"id": "siti."}, "id"),
        ({"id": "sitì"}, "id"),
        ({"name": ""}, "name"),
        ({"name": "S"}, "name"),
        ({"name": "S" * 101}, "name"),
        ({"nip": "123"}, "nip"),
        ({"nip": "1968051219940310051"}, "nip"),
        ({"nip": "19680512199403100x"}, "nip"),
        ({"nip": "١٩٦٨٠٥١٢١٩٩٤٠٣١٠٠٥"}, "nip"),
        ({"position": "x" * 121}, "position"),
        ({"role": Role.OPD}, "agency"),
        ({"role": Role.OPD, "agency": "nowhere"}, "agency"),
    ],
    ids=str,
)
def test_an_account_that_does_not_fit_is_refused_at_the_field(office, cast, wrong, field):
    with pytest.raises(Invalid) as error:
        office.accounts.add(cast.admin, replace(SITI, **wrong), GOOD)
    assert fields(error) == [field]


def test_every_problem_of_an_account_is_told_at_once(office, cast):
    with pytest.raises(Invalid) as error:
        office.accounts.add(cast.admin, Person("?", "", Role.OPD, nip="1"), "kurang")
    assert fields(error) == ["id", "name", "nip", "agency", "password"]


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "pendek123",
        "aaaaaaaaaaaa",
        "abababababab",
        "siti.aminah1",
        "123SITI.AMINAH",
        "x y z " * 40,
    ],
)
def test_a_password_is_long_and_not_easily_guessed(office, cast, weak):
    with pytest.raises(Invalid) as error:
        office.accounts.add(cast.admin, SITI, weak)
    assert fields(error) == ["password"]


def test_a_contact_belongs_to_an_agency(office, cast):
    office.accounts.add(cast.admin, replace(SITI, role=Role.OPD, agency="dikbud"), GOOD)
    assert office.accounts.known("siti.aminah").agency == "dikbud"


# ---- Changing accounts ------------------------------------------------------------------------


def test_an_account_is_changed_and_keeps_its_password(office, cast, password):
    office.accounts.save(cast.admin, replace(cast.lead, name="Rina K. Dewi"))
    assert office.accounts.sign_in("rina", password).name == "Rina K. Dewi"


def test_a_password_is_changed_where_one_is_given(office, cast, password):
    office.accounts.save(cast.admin, cast.lead, GOOD)
    assert office.accounts.sign_in("rina", GOOD) == cast.lead
    with pytest.raises(NotSignedIn):
        office.accounts.sign_in("rina", password)


def test_a_change_that_does_not_fit_changes_nothing(office, cast):
    with pytest.raises(Invalid):
        office.accounts.save(cast.admin, replace(cast.lead, name="Lain", nip="1"))
    with pytest.raises(Invalid):
        office.accounts.save(cast.admin, replace(cast.lead, name="Lain"), "pendek")
    assert office.accounts.known("rina") == cast.lead


def test_an_account_that_does_not_exist_is_not_changed(office, cast):
    with pytest.raises(NotFound):
        office.accounts.save(cast.admin, SITI)
    with pytest.raises(NotFound):
        office.accounts.get(cast.admin, "siapa")


@pytest.mark.parametrize("change", [{"active": False}, {"role": Role.NETWORK_TEAM}], ids=str)
def test_an_administrator_cannot_lock_themself_out(office, cast, change):
    with pytest.raises(NotAllowed, match="sendiri"):
        office.accounts.save(cast.admin, replace(cast.admin, **change))
    assert office.accounts.known("admin") == cast.admin


def test_an_administrator_may_rename_themself(office, cast):
    office.accounts.save(cast.admin, replace(cast.admin, name="Admin Utama"))
    assert office.accounts.known("admin").name == "Admin Utama"


def test_so_there_is_always_an_administrator_left(office, cast):
    second = replace(SITI, role=Role.ADMIN)
    office.accounts.add(cast.admin, second, GOOD)
    office.accounts.save(second, replace(cast.admin, active=False))
    with pytest.raises(NotAllowed):
        office.accounts.save(second, replace(second, active=False))
    with pytest.raises(NotAllowed):  # the other one is no administrator any more
        office.accounts.save(replace(cast.admin, active=False), replace(second, active=False))
    assert [admin.id for admin in office.accounts.of_role(Role.ADMIN)] == ["siti.aminah"]


@pytest.mark.parametrize("who", ["contact", "head", "division", "section", "lead"])
def test_only_the_administrator_keeps_accounts(office, cast, who):
    person = getattr(cast, who)
    for ask in (
        lambda: office.accounts.add(person, SITI, GOOD),
        lambda: office.accounts.save(person, replace(person, role=Role.ADMIN)),
        lambda: office.accounts.get(person, "rina"),
        lambda: office.accounts.page(person, RegistryFilter()),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_the_first_administrator_is_made_at_the_servers_terminal(office):
    office.accounts.first_admin(replace(SITI, role=Role.OPD, agency="dukcapil"), GOOD)
    assert office.accounts.known("siti.aminah") == replace(SITI, role=Role.ADMIN)
    with pytest.raises(Duplicate):
        office.accounts.first_admin(SITI, GOOD)
    with pytest.raises(Invalid):
        office.accounts.first_admin(replace(SITI, id="lain.lagi"), "pendek")


# ---- One's own password -----------------------------------------------------------------------


def test_people_change_their_own_password_with_the_old_one(office, cast, password):
    office.accounts.change_password(cast.lead, password, GOOD)
    assert office.accounts.sign_in("rina", GOOD) == cast.lead


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("salah", GOOD, ["old"]),
        (None, "pendek", ["password"]),
        ("salah", "pendek", ["password", "old"]),
        (None, "rina rina rina", ["password"]),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(
    office, cast, password, old, new, expected
):
    with pytest.raises(Invalid) as error:
        office.accounts.change_password(cast.lead, old or password, new)
    assert fields(error) == expected
    assert office.accounts.sign_in("rina", password) == cast.lead


def test_a_session_ends_when_the_password_changes_whoever_changes_it(office, cast, password):
    stamps = [office.accounts.stamp("rina")]
    office.accounts.save(cast.admin, replace(cast.lead, name="Rina K."))
    assert office.accounts.stamp("rina") == stamps[0]
    office.accounts.change_password(cast.lead, password, GOOD)
    stamps.append(office.accounts.stamp("rina"))
    office.accounts.save(cast.admin, cast.lead, GOOD + " lagi")
    stamps.append(office.accounts.stamp("rina"))
    assert len(set(stamps)) == 3


def test_the_stamp_of_a_session_does_not_tell_the_password(office, password):
    with office.tools.store.reading() as records:
        sealed = records.secrets.get("rina")
    assert office.accounts.stamp("rina") not in sealed
    assert password not in office.accounts.stamp("rina")


# ---- Lists ------------------------------------------------------------------------------------


def test_a_form_offers_the_active_people_of_a_role_by_name(office, cast):
    assert [p.id for p in office.accounts.of_role(Role.NETWORK_TEAM)] == ["bayu", "joko", "rina"]
    office.accounts.save(cast.admin, replace(cast.unappointed, active=False))
    assert [p.id for p in office.accounts.of_role(Role.NETWORK_TEAM)] == ["bayu", "rina"]


def test_the_list_of_accounts_is_searched_and_paged(office, cast):
    page = office.accounts.page(cast.admin, RegistryFilter(), page=2, size=4)
    assert (page.total, page.pages, len(page.items)) == (9, 3, 4)
    found = office.accounts.page(cast.admin, RegistryFilter(words="rina"))
    assert [person.id for person in found.items] == ["rina"]
    of_agency = office.accounts.page(cast.admin, RegistryFilter(agency="dikbud"))
    assert [person.id for person in of_agency.items] == ["hasan"]
