"""The hand-written half of the wiki keeps up with the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulih.domain import sop
from pulih.domain.edition import Edition
from pulih.domain.people import Role
from pulih.publish import addresses
from pulih.publish.book import Around, sheets
from pulih.publish.finding import FOLDER
from pulih.publish.start import START

WIKI = Path(__file__).resolve().parents[2] / "wiki"
CASES = [(stage, role) for stage in sop.STAGES.values() for role in stage.roles | stage.paper]


@pytest.mark.parametrize(("stage", "role"), CASES, ids=[f"{s.id}-{r.value}" for s, r in CASES])
def test_each_role_reads_in_its_guide_about_each_deed_it_may_do(stage, role):
    guide = " ".join((WIKI / f"panduan/{role.value}.md").read_text(encoding="utf-8").split())

    assert re.search(rf"\*\*(Simpan: )?{re.escape(stage.verb)}\*\*", guide), stage.verb


@pytest.mark.parametrize("role", Role)
def test_each_role_has_a_guide_that_the_overview_links(role):
    name = "administrator" if role is Role.ADMIN else role.value

    assert f"({name}.md)" in (WIKI / "panduan/index.md").read_text(encoding="utf-8")


def test_the_empty_lists_in_the_repository_are_what_a_new_office_gets():
    made = {sheet.address: sheet.make() for sheet in sheets(Edition(), {}, Around("", open))}
    kept = {address: told for address, told in made.items() if not address.startswith(FOLDER)}

    for address, told in kept.items():
        content = told.encode() if isinstance(told, str) else told
        assert (WIKI / address).read_bytes() == content
    found = {
        p.relative_to(WIKI).as_posix()
        for folder in (*addresses.FOLDERS, "umpan", "gambar")
        for p in (WIKI / folder).rglob("*")
        if p.is_file()
    }
    assert found == kept.keys() - {START}


def test_every_decision_is_linked_numbered_and_says_what_would_change_our_mind():
    listed = (WIKI / "developer/index.md").read_text(encoding="utf-8")
    pages = sorted((WIKI / "developer/decisions").glob("*.md"))

    assert [page.name[:4] for page in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        title = re.search(r"^# (.+)$", text, re.MULTILINE)[1]
        assert f"[{title}](decisions/{page.name})" in listed
        assert all(
            f"**{part}**" in text for part in ("Problem.", "Choice.", "What would change our mind.")
        )
