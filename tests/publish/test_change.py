"""A site made from the one before is the site that MkDocs itself would build."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editions import edition
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.calendar import Calendar
from pulih.domain.edition import Case, Edition, Note, Review
from pulih.domain.records import Names
from pulih.domain.recurrence import recurring
from pulih.publish import site as site_module
from pulih.publish.site import SitePublisher

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 3, 9, 1, tzinfo=UTC)


def files(site: Path) -> dict[str, bytes]:
    """Return the content of every file, and nothing for every folder without one."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in site.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


def by_mkdocs(office: Path, cases) -> dict[str, bytes]:
    """Return the site that the command gives."""
    into = office / "data" / "reference"
    newest = int(max((case.closed_at.timestamp() for case in cases), default=0))
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(into)],
        cwd=office,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(newest)},
        check=True,
    )
    (into / "404.html").unlink()
    return files(into)


class Office:
    """An office whose site is changed again and again, and never built from the start but once."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT / "wiki", folder / "wiki")
        shutil.copy(ROOT / "mkdocs.yml", folder)
        self.folder = folder
        self.publisher = SitePublisher(folder, folder / "data" / "site")
        self.publisher.publish(edition([]))

    def publish(self, articles) -> dict[str, bytes]:
        return self.show(edition(articles))

    def show(self, wanted: Edition) -> dict[str, bytes]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SitePublisher, "_build_whole", lambda *_: pytest.fail("built whole"))
            self.publisher.publish(wanted)
        return files(self.publisher.site.resolve())


@pytest.fixture(scope="module")
def standing(tmp_path_factory, archive) -> Office:
    office = Office(tmp_path_factory.mktemp("standing"))
    office.archive = archive
    return office


@pytest.fixture
def own(tmp_path) -> Office:
    return Office(tmp_path / "own")


# ---- The same bytes ---------------------------------------------------------------------------

DEEDS = ("publish", "publish", "correct", "retract", "rename", "note", "help", "device", "restart")
steps = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 59)),
    min_size=1,
    max_size=5,
)


def after(deed: str, n: int, before: Edition, archive) -> Edition:
    """Return an edition in which something has happened to the n-th case."""
    cases = {case.number: case for case in before.cases}
    number = archive[n].number
    case = cases.get(number)
    if deed == "publish":
        cases[number] = Case(archive[n])
    elif deed == "retract":
        cases.pop(number, None)
    elif case is None:
        pass
    elif deed == "correct":
        new = replace(case.article, symptom=f"Diperbaiki {n}", version=99, title=f"B{n}")
        cases[number] = replace(case, article=new)
    elif deed == "note":
        note = Note(f"{n:032x}", number, "rina", "Rina", AT, archive[n].title)
        cases[number] = replace(case, notes=(*case.notes, note), review=(Review.OLD,))
    elif deed == "help":
        cases[number] = replace(case, helped=(*case.helped, archive[n - 1].number, "2026-9999"))
    if deed == "rename":
        names = Names({f"opd-{n % 9}": f"Nama baru {n}"}, {"dns": f"DNS {n}"})
        before = replace(before, names=names)
    if deed == "device":
        device = Device(f"alat-{n % 3}", f"opd-{n % 9}", DeviceKind.SWITCH, f"Alat {n}")
        before = replace(before, devices={**before.devices, device.id: device})
    articles = [case.article for case in cases.values()]
    again = recurring(articles, Calendar(UTC))
    return replace(before, cases=tuple(cases.values()), recurring=again)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sequences=st.lists(steps, min_size=1, max_size=3))
def test_after_any_publishing_correcting_retracting_and_renaming_it_is_what_mkdocs_builds(
    standing, sequences
):
    wanted = Edition()
    for sequence in sequences:
        for deed, n in sequence:
            if deed == "restart":
                standing.publisher = SitePublisher(
                    standing.folder, standing.folder / "data" / "site"
                )
            wanted = after(deed, n, wanted, standing.archive)
        shown = standing.show(wanted)

    assert shown == by_mkdocs(standing.folder, [case.article for case in wanted.cases])


def test_sixty_cases_at_once_and_again_without_them(own, archive):
    assert own.publish(archive) == by_mkdocs(own.folder, archive)
    assert own.publish(archive[:1]) == by_mkdocs(own.folder, archive[:1])


def test_a_site_with_an_address_has_a_map_of_its_pages(own, archive):
    config = own.folder / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8") + "\nsite_url: https://wiki.example/\n", encoding="utf-8"
    )
    own.publisher.publish(edition(archive[:2]))

    shown = own.publish(archive[:4])

    assert shown == by_mkdocs(own.folder, archive[:4])
    assert shown["sitemap.xml"].count(b"<loc>") > 4


def test_files_that_are_no_pages_come_change_and_go_with_the_site(own, archive):
    wiki = own.folder / "wiki"
    (wiki / "assets" / "denah.svg").write_text("<svg/>\n", encoding="utf-8")
    (wiki / "assets" / "pulih.css").write_text("body { color: red }\n", encoding="utf-8")
    shown = own.publish(archive[:2])
    assert shown == by_mkdocs(own.folder, archive[:2])
    assert shown["assets/pulih.css"] == b"body { color: red }\n"

    (wiki / "assets" / "denah.svg").unlink()
    shown = own.publish(archive[:3])
    assert shown == by_mkdocs(own.folder, archive[:3])
    assert "assets/denah.svg" not in shown


def test_a_picture_that_goes_while_a_page_shows_it_is_refused_as_mkdocs_refuses_it(own, make):
    page, picture = own.folder / "wiki" / "glosarium.md", own.folder / "wiki" / "denah.png"
    picture.write_bytes(b"png")
    page.write_text(page.read_text("utf-8") + "\n![Denah](denah.png)\n", encoding="utf-8")
    own.publish([make(1)])
    picture.unlink()

    with pytest.raises(site_module.Unavailable) as refusal:
        own.publisher.publish(edition([make(1)]))

    assert "denah.png" in str(refusal.value.__cause__)


def test_a_page_that_a_person_changed_is_rendered_with_the_next_case(own, archive):
    page = own.folder / "wiki" / "glosarium.md"
    page.write_text(page.read_text("utf-8") + "\n\nBaru.\n", encoding="utf-8")

    assert own.publish(archive[:1]) == by_mkdocs(own.folder, archive[:1])


def test_a_large_site_is_rendered_by_several_processes(own, archive, make):
    cases = [*archive, *(make(n, 2022) for n in range(1, 200))]
    own.publisher._build_whole  # noqa: B018 - it is what is meant to be done here
    config = own.folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "\n# lain\n", encoding="utf-8")
    own.publisher.publish(edition(cases))

    assert files(own.publisher.site.resolve()) == by_mkdocs(own.folder, cases)


# ---- What it does not take on itself ----------------------------------------------------------


def whole(publisher, monkeypatch) -> list[bool]:
    """Note when a site is built from the start."""
    built, build = [], publisher._build_whole

    def note(*what):
        built.append(True)
        build(*what)

    monkeypatch.setattr(publisher, "_build_whole", note)
    return built


@pytest.mark.parametrize(
    "more",
    [
        "\nhooks:\n  - hook.py\n",
        "\nexclude_docs: rahasia.md\n",
        "\nextra_templates: [map.xml]\n",
        "\nINHERIT: base.yml\n",
    ],
)
def test_a_configuration_that_was_not_foreseen_is_left_to_mkdocs(own, make, more):
    (own.folder / "hook.py").write_text("", encoding="utf-8")
    (own.folder / "base.yml").write_text("{}\n", encoding="utf-8")
    (own.folder / "wiki" / "map.xml").write_text("<a/>\n", encoding="utf-8")
    config = own.folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + more, encoding="utf-8")

    for cases in ([make(1)], [make(1), make(2)]):
        own.publisher.publish(edition(cases))
        assert files(own.publisher.site.resolve()) == by_mkdocs(own.folder, cases)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("assets/images/favicon.png", "png"),  # the theme has one there
        ("kasus/lain.html", "<p>Sudah HTML"),
        ("panduan/index.md", "# Nama lain\n"),  # its title stands in the navigation of every page
        ("kasus/README.md", "# Dua di satu tempat\n"),
    ],
)
def test_what_every_page_may_depend_on_makes_the_site_from_the_start(
    own, make, monkeypatch, page, text
):
    built = whole(own.publisher, monkeypatch)
    (own.folder / "wiki" / page).parent.mkdir(parents=True, exist_ok=True)
    (own.folder / "wiki" / page).write_text(text, encoding="utf-8")
    try:
        own.publisher.publish(edition([make(1)]))
    except site_module.Unavailable:
        assert page == "kasus/README.md"
    else:
        assert files(own.publisher.site.resolve()) == by_mkdocs(own.folder, [make(1)])
    assert built == [True]


def test_a_page_that_still_links_to_a_case_that_goes_is_refused_as_mkdocs_refuses_it(own, make):
    page = own.folder / "wiki" / "glosarium.md"
    page.write_text(page.read_text("utf-8") + "\n[a](kasus/2026/2026-0001.md)\n", encoding="utf-8")
    own.publish([make(1), make(2)])

    with pytest.raises(site_module.Unavailable) as refusal:
        own.publisher.publish(edition([make(2)]))

    assert "2026-0001.md" in str(refusal.value.__cause__)


def test_an_anchor_that_goes_is_refused_as_mkdocs_refuses_it(own, make):
    page = own.folder / "wiki" / "glosarium.md"
    link = "\n[a](kasus/2026/2026-0001.md#pencegahan)\n"
    page.write_text(page.read_text("utf-8") + link, encoding="utf-8")
    own.publish([make(1)])

    with pytest.raises(site_module.Unavailable) as refusal:
        own.publisher.publish(edition([make(1, prevention="")]))

    assert "pencegahan" in str(refusal.value.__cause__)


def test_whatever_goes_wrong_the_site_is_built_from_the_start_and_it_is_said(
    own, make, monkeypatch, caplog
):
    monkeypatch.setattr(site_module.Change, "write", lambda *_: 1 / 0)
    built = whole(own.publisher, monkeypatch)

    with caplog.at_level(logging.WARNING):
        own.publisher.publish(edition([make(1)]))

    assert built == [True]
    assert "the whole wiki is built: division by zero" in caplog.text
    assert (own.publisher.site / "kasus/2026/2026-0001/index.html").is_file()


@pytest.mark.parametrize("damage", ["", "{}", '{"version": 1}', "[]"])
def test_notes_that_cannot_be_read_cost_only_time(own, make, damage):
    own.publish([make(1)])
    root = own.publisher.site.parent
    for note in [*root.glob("*.json")]:
        note.write_text(damage, encoding="utf-8")

    again = SitePublisher(own.folder, root)
    again.publish(edition([make(1), make(2)]))

    assert files(again.site.resolve()) == by_mkdocs(own.folder, [make(1), make(2)])


def test_a_disk_without_hard_links_gets_copies(own, make, monkeypatch):
    def refuse(*_args, **_more) -> Iterator[None]:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    own.publish([make(1)])
    own.publish([make(1), make(2)])

    assert own.publish([make(2)]) == by_mkdocs(own.folder, [make(2)])
