"""`pulih plone`: how Plone sites stand, and what is brought to them or withdrawn, in words and in codes."""

from __future__ import annotations

import time
from dataclasses import replace

import commands
import offices
import pytest
from click.testing import CliRunner
from plone_memory import MemoryPlone, MemorySites, silent
from relevance import OURS, reports

from pulih.bootstrap import bind_jobs, open_office
from pulih.cli import main
from pulih.config import read_settings
from pulih.jobs import Collected
from pulih.publish.plone.pages import Around, pages
from pulih.service.plone_typed import TypedTarget

pytestmark = pytest.mark.slow


def wanted(edition, target, desk, shorts):
    digests = {case.number: case.digest for case in edition.cases}
    return pages(edition, digests, target, Around("", desk, shorts))


@pytest.fixture
def server():
    return MemoryPlone()


@pytest.fixture
def sites(server):
    return MemorySites(server, wanted)


@pytest.fixture
def run(tmp_path, cast, sites, monkeypatch):
    """Run the command in an office with a case, and a target that is in memory."""
    folder = tmp_path / "kantor"
    offices.found(folder, cast).close()

    def opened(folder, jobs=None):
        return open_office(read_settings(folder, {}), jobs=jobs, sites=sites)

    monkeypatch.setattr("pulih.cli.plone.open_here", opened)
    office = opened(folder, Collected())
    with office.tools.store.writing() as records:
        article = replace(reports(OURS)[0], number="2026-0001")
        records.articles.put(article.number, article)

    def add(name="Portal"):
        typed = TypedTarget(name, "https://portal.go.id", "p", "rahasia", "kasus", "intranet")
        return office.plone_targets.keep(cast.admin, typed)

    def run(*words: str, **how):
        return CliRunner(env={"LC_ALL": "id_ID.UTF-8"}).invoke(
            main, ["plone", *words, "--office", str(folder)], **how
        )

    run.add, run.admin, run.office = add, cast.admin, office
    yield run
    office.close()


def test_without_a_target_it_is_told_where_to_add_one(run):
    done = run("check")

    assert done.exit_code == commands.NOT_FOUND, done.output
    assert "lewat menu Plone" in done.output


def test_pages_are_published_and_a_second_time_nothing(run):
    run.add()
    done = run("publish")
    assert done.exit_code == 0, done.output
    assert "Dibuat " in done.output
    assert "Menunggu: 0." in done.output

    done = run("publish", "Portal")
    assert done.exit_code == 0, done.output
    assert "Dibuat 0, diubah 0" in done.output


def test_what_would_be_done_is_told_and_not_done(run, server):
    run.add()

    done = run("publish", "--dry-run")

    assert done.exit_code == 0, done.output
    assert "dibuat: " in done.output
    assert server.writes == 0


def test_a_site_that_is_away_is_told_by_words_and_code(run, server):
    run.add()

    def fail(_what, _path):
        raise silent()

    server.fail = fail
    for words in (["check"], ["publish"]):
        done = run(*words)
        assert done.exit_code == commands.UNAVAILABLE, done.output
        assert "tidak menjawab" in done.output
    done = run("publish", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "Menurut catatan sendiri" in done.output


def test_pages_that_wait_for_a_person_are_told_by_words_and_code(run, server):
    target = run.add()
    run("publish")
    [path] = [path for path in server.items if path.endswith("/2026-0001")]
    server.edit(path, "Kata orang lain.")

    done = run("publish")

    assert done.exit_code == commands.REFUSED, done.output
    assert "disunting di Plone" in done.output
    assert run("check", target.id).exit_code == commands.REFUSED


def test_everything_is_withdrawn_from_one_site_after_a_question(run, server):
    run.add()
    run("publish")

    assert run("retract", "--dry-run").exit_code == 0
    assert run("retract", input="n\n").exit_code == 1
    assert any(item.state == "published" for item in server.items.values())
    done = run("retract", "--yes")

    assert done.exit_code == 0, done.output
    shown = [item.path for item in server.items.values() if item.state == "published"]
    assert shown == ["kasus"]
    done = run("publish")
    assert "Dijeda" in done.output


def test_of_several_sites_one_must_be_named_to_be_emptied(run):
    run.add()
    run.add("Intranet")

    assert run("retract", "--yes").exit_code == commands.REFUSED
    assert run("publish", "Lain").exit_code == commands.NOT_FOUND
    assert run("publish").output.count("Dibuat ") == 2


def test_while_somebody_else_makes_a_pass_it_says_so(run):
    run.add()
    with run.office.plone_passes.turns.turn("plone"):
        done = run("publish")

    assert done.exit_code == commands.REFUSED, done.output
    assert "proses lain" in done.output


def test_a_worker_brings_to_a_site_what_was_asked_for(run, server, sites):
    target = run.add()
    office = open_office(run.office.settings, sites=sites)
    jobs = bind_jobs(office)
    try:
        jobs.plone(target.id)
        jobs.start_worker()
        last = time.monotonic() + 60
        while not run.office.plone.known()[0].state.ended_at and time.monotonic() < last:
            time.sleep(0.05)
    finally:
        jobs.stop_worker()
        office.close()

    assert [path for path in server.items if path.endswith("/2026-0001")]
    [known] = run.office.plone.known()
    assert (known.waiting, known.held, known.why) == ((), (), None)
