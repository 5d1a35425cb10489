from __future__ import annotations

import pytest

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Size
from pulih.errors import Conflict, Invalid, Unavailable
from pulih.service.paper_settings import MOST_ARMS

PATTERN = "ba-pekerjaan.patterns"


def test_what_is_not_in_the_form_stays_as_it_was(office, cast):
    desk = office.paper_settings
    first = desk.save(cast.admin, {"place": "Sumbawa Besar"}, seen=0)

    second = desk.save(cast.admin, {"ba-pekerjaan.size": "a4"}, seen=first.version)

    assert (second.place, second.kinds[PaperKind.WORK].layout.size) == ("Sumbawa Besar", Size.A4)
    assert desk.show(cast.admin) == second


def test_who_saves_over_something_they_have_not_seen_is_told(office, cast):
    office.paper_settings.save(cast.admin, {"place": "Sumbawa Besar"}, seen=0)

    with pytest.raises(Conflict) as refused:
        office.paper_settings.save(cast.admin, {"place": "Taliwang"}, seen=0)

    assert refused.value.now == 1
    assert office.paper_settings.show(cast.admin).place == "Sumbawa Besar"


def test_saving_nothing_new_is_no_new_version(office, cast):
    kept = office.paper_settings.save(cast.admin, {"place": "Sumbawa Besar"}, seen=0)

    assert office.paper_settings.save(cast.admin, {"place": "Sumbawa Besar"}, seen=1) == kept


def test_a_pattern_that_would_give_doubles_is_refused_and_nothing_is_kept(office, cast):
    with pytest.raises(Invalid) as refused:
        office.paper_settings.save(cast.admin, {"place": "Taliwang", PATTERN: "{urut}/BA"}, seen=0)

    assert PATTERN in [problem.field for problem in refused.value.problems]
    assert office.paper_settings.show(cast.admin).place == ""


def test_a_pattern_may_change_with_the_year(office, cast):
    kept = office.paper_settings.save(
        cast.admin, {PATTERN: "{urut}/A/{tahun}\n2027: {urut3}/B/{tahun}"}, seen=0
    )

    decided = kept.kinds[PaperKind.WORK]
    assert (decided.pattern(2026), decided.pattern(2027)) == (
        "{urut}/A/{tahun}",
        "{urut3}/B/{tahun}",
    )


def test_the_sample_follows_what_is_typed_and_nothing_is_kept(office, cast):
    page = office.paper_settings.page(cast.admin, PaperKind.WORK, {"place": "Taliwang"})

    assert "Taliwang" in page
    assert office.paper_settings.show(cast.admin).place == ""


def test_the_coat_of_arms_is_made_anew_and_may_be_taken_off(office, cast):
    kept = office.paper_settings.take_arms(cast.admin, b"gambar", seen=0)
    assert kept.arms == "data:image/jpeg;base64,"

    assert office.paper_settings.drop_arms(cast.admin, seen=1).arms == ""


@pytest.mark.parametrize("picture", [b"", b"<svg onload='x'/>", b"x" * (MOST_ARMS + 1)])
def test_what_is_no_picture_or_too_large_is_no_coat_of_arms(office, cast, picture):
    office.printer.photo = lambda _content: None

    with pytest.raises(Invalid) as refused:
        office.paper_settings.take_arms(cast.admin, picture, seen=0)

    assert [problem.field for problem in refused.value.problems] == ["arms"]


def test_it_says_what_prints_here_or_what_to_do_about_it(office, cast):
    assert office.paper_settings.engine(cast.admin) == ("plain 1", None)

    class Missing:
        @property
        def name(self):
            raise Unavailable("Pasang Pango.")

    object.__setattr__(office.paper_settings, "printer", Missing())
    name, said = office.paper_settings.engine(cast.admin)
    assert (name, str(said)) == ("", "Pasang Pango.")
