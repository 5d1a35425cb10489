"""The site as it is served."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from editions import edition

from pulih.domain.edition import Case
from pulih.errors import Unavailable
from pulih.publish import addresses
from pulih.publish.literal import lines, one_line
from pulih.publish.site import SitePublisher

pytestmark = pytest.mark.slow

ARTICLE = {
    "article", "h1", "h2", "p", "br", "strong", "a", "dl", "dt", "dd", "ul", "li",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
OURS = {"div", "section", "ol"}  # what the page is laid out with, and the picture of the path


def page_of(site: Path, article) -> Path:
    return site / addresses.case(article.number, article.year).removesuffix(".md") / "index.html"


def builds(publisher) -> list[str]:
    return sorted(path.name for path in (publisher.site.parent / "builds").iterdir())


def test_sixty_hostile_cases_build_strictly_and_show_what_was_typed(built, archive, seen):
    for article in archive:
        page = seen(page_of(built, article).read_text(encoding="utf-8"))
        body = page.one("article")

        path = {id(node) for path in body.all("ol") for node in path}
        assert {node.tag for node in body if id(node) not in path} <= ARTICLE | OURS
        assert all(
            node.attributes.get("class", "pulih-").startswith("pulih-") for node in body.all(*OURS)
        )
        assert body.one("h1").text.removesuffix("#") == one_line(article.title).replace(
            "\u00a0", " "
        )
        assert page.one("title").text.startswith(one_line(article.title).replace("\u00a0", " "))
        typed = "\n".join(lines(article.symptom)).replace("\u00a0", " ")
        assert typed in {paragraph.text for paragraph in body.all("p")}


def test_text_that_people_typed_adds_no_script_to_a_page(built, archive, seen):
    plain = seen((built / "glosarium" / "index.html").read_text(encoding="utf-8"))
    usual = [node.attributes for node in plain.all("script")]

    for article in archive:
        page = seen(page_of(built, article).read_text(encoding="utf-8"))
        assert [len(n.attributes) for n in page.all("script")] == [len(a) for a in usual]
        assert not page.all("iframe", "object", "embed", "style", "base")
        assert {node.attributes["alt"] for node in page.all("img")} == {"logo"}
        assert not [key for node in page for key in node.attributes if key.startswith("on")]


def test_every_internal_link_of_every_page_leads_somewhere(built, seen):
    root = built.resolve()
    for page in root.rglob("*.html"):
        for link in seen(page.read_text(encoding="utf-8")).all("a", "link", "script", "img"):
            target = link.attributes.get("href") or link.attributes.get("src") or ""
            if not target or target.startswith(("#", "data:")):
                continue
            if page.parent == root and target == "../":
                continue  # the desk, above the wiki
            found = (page.parent / unquote(urlsplit(target).path)).resolve()
            assert (found / "index.html").exists() or found.is_file(), f"{page}: {target}"
            assert found.is_relative_to(root), f"{page}: {target}"


def test_what_is_missing_is_left_to_the_desk(built):
    assert not (built / "404.html").exists()


def test_publishing_twice_builds_once(publisher, archive):
    publisher.publish(edition(archive[:3]))
    before = (publisher.site.readlink(), builds(publisher))
    pages = {p: p.stat().st_mtime_ns for p in publisher.site.resolve().rglob("*")}

    publisher.publish(edition(archive[:3]))

    assert (publisher.site.readlink(), builds(publisher)) == before
    assert {p: p.stat().st_mtime_ns for p in publisher.site.resolve().rglob("*")} == pages


def test_the_same_cases_give_the_same_site(publisher, archive):
    def published(cases) -> dict[Path, bytes]:
        publisher.publish(edition(cases))
        site = publisher.site.resolve()
        return {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}

    first, other, again = (published(archive[:n]) for n in (3, 4, 3))

    assert first == again != other


def test_a_case_that_is_gone_disappears_and_its_lists_with_it(publisher, office, make):
    publisher.publish(edition([make(1), make(2, agency="dikes")]))
    publisher.publish(edition([make(1)]))

    assert not (publisher.site / "kasus/2026/2026-0002").exists()
    assert not (publisher.site / "opd/dikes").exists()
    assert not (office / "wiki/opd/dikes.md").exists()
    assert (publisher.site / "kasus/2026/2026-0001/index.html").exists()


def test_a_build_that_fails_leaves_the_old_site_and_says_why(publisher, office, make):
    publisher.publish(edition([make(1)]))
    before = publisher.site.resolve()
    (office / "wiki/glosarium.md").write_text("[putus](tidak-ada.md)\n", encoding="utf-8")

    with pytest.raises(Unavailable) as refusal:
        publisher.publish(edition([make(1), make(2)]))

    assert "tidak-ada.md" in str(refusal.value.__cause__)
    assert publisher.site.resolve() == before
    assert builds(publisher) == [before.name]


def test_after_a_failure_the_next_publishing_mends_everything(publisher, office, make):
    glossary = office / "wiki/glosarium.md"
    right = glossary.read_text(encoding="utf-8")
    glossary.write_text("[putus](tidak-ada.md)\n", encoding="utf-8")
    with pytest.raises(Unavailable):
        publisher.publish(edition([make(1)]))
    assert not publisher.site.exists()

    glossary.write_text(right, encoding="utf-8")
    publisher.publish(edition([make(1)]))

    assert (publisher.site / "kasus/2026/2026-0001/index.html").exists()


def test_an_office_without_configuration_is_unavailable(publisher, office):
    (office / "mkdocs.yml").unlink()

    with pytest.raises(Unavailable, match="Halaman lama tetap tampil"):
        publisher.publish(edition([]))


def test_who_is_reading_keeps_the_site_that_was_current_a_moment_ago(publisher, make):
    sites = []
    for number in (1, 2, 3):
        publisher.publish(edition([make(number)]))
        sites.append(publisher.site.resolve())

    assert [site.exists() for site in sites] == [False, True, True]


def test_a_page_that_a_person_took_over_is_published_as_they_left_it(publisher, office, make):
    publisher.publish(edition([make(1)]))
    page = office / "wiki/kasus/2026/2026-0001.md"
    page.write_text("# Diubah tangan\n", encoding="utf-8")
    publisher.publish(edition([make(1)]))

    assert page.read_text(encoding="utf-8") == "# Diubah tangan\n"
    assert "Diubah tangan" in (publisher.site / "kasus/2026/2026-0001/index.html").read_text()


PUBLISH = """
import pickle, sys
from pathlib import Path
from pulih.publish.site import SitePublisher
from pulih.domain.edition import Case, Edition
office, articles = Path(sys.argv[1]), pickle.load(sys.stdin.buffer)
SitePublisher(office, office / "data" / "site").publish(Edition(tuple(map(Case, articles))))
"""


def test_publishers_in_two_processes_take_turns(publisher, office, archive):
    import pickle  # noqa: PLC0415 - only to hand cases to the other processes

    processes = []
    for cases in (archive[:5], archive[:9], archive[:5]):
        process = subprocess.Popen(
            [sys.executable, "-c", PUBLISH, str(office)], stdin=subprocess.PIPE
        )
        process.stdin.write(pickle.dumps(cases))
        process.stdin.close()
        processes.append(process)

    assert [process.wait(timeout=100) for process in processes] == [0, 0, 0]
    shown = {path.parent.name for path in publisher.site.resolve().glob("kasus/*/*/index.html")}
    assert shown in ({a.number for a in archive[:5]}, {a.number for a in archive[:9]})
    assert not [name for name in builds(publisher) if name.startswith(".")]


def test_the_digest_of_a_case_is_that_of_all_it_shows(publisher, make):
    case = Case(make(1))

    assert publisher.digest(case) == publisher.digest(Case(make(1))) == case.digest
    assert publisher.digest(Case(make(1, symptom="Lain"))) != case.digest
    assert publisher.digest(Case(make(1), helped=("2026-0002",))) != case.digest


# ---- What a site was made of ------------------------------------------------------------------


@pytest.mark.parametrize("anew", [False, True], ids=["from the one before", "from the start"])
def test_a_page_that_is_retracted_is_on_disk_no_more(publisher, office, make, anew):
    kept, retracted = make(1), make(2, title="Proyek Melati")
    publisher.publish(edition([kept, retracted]))
    page = page_of(publisher.site, retracted).relative_to(publisher.site)
    if anew:
        with (office / "mkdocs.yml").open("a", encoding="utf-8") as config:
            config.write("site_author: Dinas\n")

    publisher.publish(edition([kept]))

    sites = [office / "data" / "site" / "builds" / name for name in builds(publisher)]
    assert len(sites) == 2
    assert not [site for site in sites if (site / page).exists()]
    assert (sites[0] / "index.html").is_file()
    publisher.publish(edition([kept, make(3)]))
    assert not (publisher.site / page).exists()
    assert page_of(publisher.site, make(3)).is_file()


def test_a_site_keeps_the_stamp_that_it_was_published_with(publisher, office, make):
    assert publisher.stamp == ""

    publisher.publish(edition([make(1)]), "a1")
    assert publisher.stamp == SitePublisher(office, office / "data" / "site").stamp == "a1"
    before = builds(publisher)

    publisher.publish(edition([make(1)]), "b2")
    assert publisher.stamp == "b2"
    assert builds(publisher) == before


def test_a_build_that_fails_keeps_the_stamp_of_the_old_site(publisher, office, make):
    publisher.publish(edition([make(1)]), "a1")
    (office / "wiki/glosarium.md").write_text("[putus](tidak-ada.md)\n", encoding="utf-8")

    with pytest.raises(Unavailable):
        publisher.publish(edition([make(1), make(2)]), "b2")

    assert publisher.stamp == "a1"


def test_a_site_that_was_removed_has_no_stamp_and_no_page(publisher, office, make):
    publisher.publish(edition([make(1)]), "a1")
    shutil.rmtree(office / "data" / "site" / "builds")

    assert publisher.stamp == ""
    assert not publisher.has(make(1))


def test_a_site_tells_which_pages_it_has(publisher, make):
    odd = make(1)
    publisher.publish(edition([odd]))

    assert publisher.has(odd)
    assert not publisher.has(make(2))
