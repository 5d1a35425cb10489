"""What somebody typed and could not save."""

from __future__ import annotations

PAGE = "/tiket/2026-0001/langkah/report"
TYPED = {"cause": ["Switch terbakar"], "instructions": ["a", "b"]}


def test_what_was_typed_is_there_again(office, cast, clock):
    assert office.drafts.keep("rina", PAGE, TYPED)
    draft = office.drafts.get(cast.lead, PAGE)
    assert (draft.fields, draft.at) == (TYPED, clock())


def test_a_draft_belongs_to_one_person_and_one_page(office, cast):
    office.drafts.keep("rina", PAGE, TYPED)
    assert office.drafts.get(cast.technician, PAGE) is None
    assert office.drafts.get(cast.lead, "/tiket/2026-0002/langkah/report") is None


def test_the_newest_draft_takes_the_place_of_the_older_one(office, cast):
    office.drafts.keep("rina", PAGE, TYPED)
    office.drafts.keep("rina", PAGE, {"cause": ["Kabel putus"]})
    assert office.drafts.get(cast.lead, PAGE).fields == {"cause": ["Kabel putus"]}


def test_a_draft_is_forgotten_once_it_is_saved_for_good(office, cast):
    office.drafts.keep("rina", PAGE, TYPED)
    office.drafts.drop(cast.lead, PAGE)
    office.drafts.drop(cast.lead, PAGE)
    assert office.drafts.get(cast.lead, PAGE) is None


def test_a_form_that_is_no_form_is_not_kept(office, cast):
    assert not office.drafts.keep("rina", PAGE, {"a": ["x" * 2_000_001]})
    assert not office.drafts.keep("rina", PAGE, {f"f{n}": [""] for n in range(301)})
    assert office.drafts.get(cast.lead, PAGE) is None


def test_the_longest_form_is_kept(office, cast):
    fields = {f"f{n}": ["x" * 600] for n in range(300)}
    assert office.drafts.keep("rina", PAGE, fields)
    assert office.drafts.get(cast.lead, PAGE).fields == fields
