"""Passes over a Plone site: what is wanted comes to stand there, once, whatever happens on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plone_memory import silent
from relevance import OURS, reports

from pulih.domain.knowledge import Retracted
from pulih.domain.plone.page import Standing
from pulih.domain.plone.plan import Act
from pulih.errors import NotFound, Refused
from pulih.service.plone_passing import BUSY
from pulih.service.plone_typed import TypedTarget

pytestmark = pytest.mark.slow  # as a whole

TYPED = TypedTarget(
    "Portal", "https://portal.contoh.go.id", "penerbit", "rahasia", "basis/kasus", "public"
)
ROOT = "basis/kasus"


@pytest.fixture(scope="session")
def articles():
    """Three cases: two of one agency, one of another."""
    first, second, third = reports(OURS)[:3]
    return (
        replace(first, number="2026-0001", agency="dukcapil"),
        replace(second, number="2026-0002", agency="dukcapil"),
        replace(third, number="2026-0003", agency="dikbud"),
    )


@pytest.fixture
def scene(office, articles):
    """An office with three cases and a Plone site that shows none of them yet."""
    return Scene(office, articles)


class Scene:
    def __init__(self, office, articles):
        self.office, self.server = office, office.server
        self.admin = office.cast.admin
        self.keep(*articles)
        self.server.make("basis", "Basis pengetahuan")
        self.target = office.plone_targets.keep(self.admin, TYPED)

    @property
    def overview(self):
        return self.office.plone.show(self.admin, self.target.id)

    def keep(self, *articles):
        with self.office.tools.store.writing() as records:
            for article in articles:
                records.articles.put(article.number, article)

    def perform(self, **how):
        return self.office.plone_passes.perform(self.target.id, **how)

    def rounds(self, minutes=10):
        """Make a pass some time later, as the look every ten minutes does."""
        self.office.tools.now.tick(minutes=minutes)
        return self.perform()

    def retract(self, number):
        at = self.office.tools.now()
        with self.office.tools.store.writing() as records:
            records.retracted.put(number, Retracted(number, "admin", "Admin", at, "Keliru."))

    def put_back(self, number):
        with self.office.tools.store.writing() as records:
            records.retracted.remove(number)

    def noted(self, number):
        with self.office.tools.store.reading() as records:
            return records.plone_pages.get(f"{self.target.id}/kasus/{number}")

    def path(self, number):
        return self.noted(number).path

    def standing(self, number):
        return self.noted(number).standing

    def numbers(self):
        """The cases that a visitor can read."""
        paths = [path for path in self.server.items if path.rpartition("/")[2].startswith("2026-")]
        return sorted(path.rpartition("/")[2] for path in paths if self.server.reads(path))


ALL = ["2026-0001", "2026-0002", "2026-0003"]


def test_a_first_pass_puts_every_case_where_it_belongs(scene):
    wait = scene.perform()
    assert [(line.key, str(line.why)) for line in scene.overview.held] == []
    assert wait is None

    assert scene.numbers() == ALL
    assert scene.server.reads(ROOT)
    assert scene.path("2026-0003").startswith(f"{ROOT}/dikbud/")
    overview = scene.overview
    assert (overview.waiting, overview.held) == ((), ())
    assert overview.published == len(scene.server.items) - 1  # the folder around the root
    assert overview.state.counts.made == overview.published
    assert overview.state.contact["version"] == "6.2.2"
    assert overview.state.ended_at == scene.office.tools.now()


def test_a_second_pass_asks_the_site_nothing_while_nothing_is_due(scene):
    scene.perform()
    before = list(scene.server.requests)

    assert scene.perform() is None

    assert scene.server.requests == before


def test_a_look_at_an_unchanged_site_writes_nothing(scene):
    scene.perform()
    before = scene.server.writes

    scene.rounds()

    assert scene.server.writes == before
    assert scene.server.requests[-2:] == [("open", ""), ("walk", "")]
    assert scene.overview.state.counts.same == scene.overview.published


def test_a_corrected_case_is_written_and_no_other(scene, articles):
    scene.perform()
    scene.keep(replace(articles[0], cause="Kabelnya putus di bawah jalan."))
    before = scene.server.writes

    scene.perform()

    assert "bawah jalan" in scene.server.items[scene.path("2026-0001")].text
    assert scene.server.writes == before + 1
    assert scene.overview.state.counts.changed == 1


def test_a_retracted_case_is_hidden_and_comes_back_with_its_own_page(scene):
    scene.perform()
    uid = scene.noted("2026-0002").uid
    scene.retract("2026-0002")

    scene.perform()

    assert scene.numbers() == ["2026-0001", "2026-0003"]
    assert scene.standing("2026-0002") is Standing.WITHDRAWN

    scene.put_back("2026-0002")
    scene.perform()

    assert scene.numbers() == ALL
    assert scene.noted("2026-0002").uid == uid


def test_a_renamed_agency_carries_its_cases_along(scene):
    scene.perform()
    old, uid = scene.path("2026-0001"), scene.noted("2026-0001").uid
    with scene.office.tools.store.writing() as records:
        agency = records.agencies.get("dukcapil")
        records.agencies.save(replace(agency, name="Dinas Kependudukan", short="Disduk"))

    scene.rounds()

    assert scene.path("2026-0001") != old
    assert scene.noted("2026-0001").uid == uid
    assert scene.server.reads(old)
    assert scene.numbers() == ALL
    assert scene.overview.held == ()
    before = scene.server.writes
    scene.rounds()
    assert scene.server.writes == before


def test_a_case_of_another_agency_moves_there(scene, articles):
    scene.perform()
    old = scene.path("2026-0001")
    scene.keep(replace(articles[0], agency="dikbud"))

    scene.perform()

    assert scene.path("2026-0001").startswith(f"{ROOT}/dikbud/")
    assert scene.server.reads(old)
    assert scene.numbers() == ALL


def test_a_target_for_some_agencies_shows_no_others(scene):
    typed = replace(TYPED, agencies=("dikbud",), password="")
    scene.office.plone_targets.keep(scene.admin, typed, scene.target.id, scene.target.version)

    scene.perform()

    assert scene.numbers() == ["2026-0003"]


# ---- What somebody did there ---------------------------------------------------------------------


def test_an_edited_page_waits_for_a_person_and_ours_can_be_put_over_it(scene):
    scene.perform()
    path = scene.path("2026-0001")
    scene.server.edit(path, "Kata orang lain.")

    scene.rounds()

    assert scene.standing("2026-0001") is Standing.EDITED
    assert scene.server.items[path].text == "Kata orang lain."
    [line] = scene.overview.of(Standing.EDITED)
    assert (line.number, line.url) == ("2026-0001", f"{TYPED.url}/{path}")
    both = scene.office.plone.both(scene.admin, scene.target.id, "kasus/2026-0001")
    assert both.theirs.text == "Kata orang lain."
    assert "SIAK" in both.ours.text

    scene.office.plone.overwrite(
        scene.admin, scene.target.id, "kasus/2026-0001", both.theirs.modified
    )
    assert scene.office.tools.jobs.passes[-1] == scene.target.id
    scene.perform()

    assert scene.standing("2026-0001") is Standing.PUBLISHED
    assert "SIAK" in scene.server.items[path].text
    assert scene.overview.state.again == {}


def test_what_was_edited_once_more_since_it_was_looked_at_is_not_written_over(scene):
    scene.perform()
    path = scene.path("2026-0001")
    scene.server.edit(path, "Kata orang lain.")
    scene.rounds()
    seen = scene.server.items[path].modified
    scene.server.edit(path, "Lebih tepat lagi.")

    scene.office.plone.overwrite(scene.admin, scene.target.id, "kasus/2026-0001", seen)
    scene.perform()

    assert scene.server.items[path].text == "Lebih tepat lagi."
    assert scene.standing("2026-0001") is Standing.EDITED
    assert scene.overview.state.again == {}


def test_theirs_is_kept_until_our_case_changes(scene, articles):
    scene.perform()
    path = scene.path("2026-0001")
    scene.server.edit(path, "Kata orang lain.")
    scene.rounds()

    scene.office.plone.keep_theirs(scene.admin, scene.target.id, "kasus/2026-0001")
    scene.rounds()

    assert scene.standing("2026-0001") is Standing.KEPT
    assert scene.server.items[path].text == "Kata orang lain."

    scene.keep(replace(articles[0], cause="Lain lagi."))
    scene.rounds()

    assert scene.standing("2026-0001") is Standing.EDITED
    assert scene.server.items[path].text == "Kata orang lain."


def test_an_edit_that_is_met_only_when_writing_is_not_written_over(scene, articles):
    scene.perform()
    path = scene.path("2026-0001")
    scene.keep(replace(articles[0], cause="Lain lagi."))

    def edit_behind_the_walk(what, _path):
        if what == "change":
            scene.server.edit(path, "Kata orang lain.")

    scene.server.fail = edit_behind_the_walk
    scene.perform()

    assert scene.server.items[path].text == "Kata orang lain."
    assert scene.standing("2026-0001") is Standing.EDITED


def test_a_deleted_page_is_not_made_again_until_a_person_says_so(scene):
    scene.perform()
    path = scene.path("2026-0003")
    scene.server.delete(path)

    scene.rounds()
    assert scene.standing("2026-0003") is Standing.GONE
    scene.rounds()
    assert path not in scene.server.items

    scene.office.plone.make_again(scene.admin, scene.target.id, "kasus/2026-0003")
    scene.perform()
    assert scene.numbers() == ALL
    assert scene.standing("2026-0003") is Standing.PUBLISHED


def test_a_deleted_page_may_stay_away(scene):
    scene.perform()
    scene.server.delete(scene.path("2026-0003"))
    scene.rounds()

    scene.office.plone.keep_theirs(scene.admin, scene.target.id, "kasus/2026-0003")
    scene.rounds()

    assert scene.standing("2026-0003") is Standing.KEPT
    assert scene.numbers() == ["2026-0001", "2026-0002"]


@pytest.mark.parametrize("page", ["root", ""])
def test_where_the_root_is_gone_nothing_is_done_before_a_person_says_so(scene, page):
    scene.perform()
    scene.server.delete(ROOT)

    assert scene.rounds() == 60

    assert "tidak ditemukan lagi" in str(scene.overview.why)
    assert set(scene.server.items) == {"basis"}
    assert [line.key for line in scene.overview.of(Standing.GONE)] == ["root"]
    assert scene.standing("2026-0001") is Standing.PUBLISHED

    scene.office.plone.make_again(scene.admin, scene.target.id, page)
    scene.perform()

    assert scene.numbers() == ALL
    assert (scene.overview.held, scene.overview.why) == ((), None)


def test_a_root_that_was_only_out_of_sight_goes_on_by_itself(scene):
    scene.perform()
    hidden = {path: item for path, item in scene.server.items.items() if path.startswith(ROOT)}
    for path in hidden:
        del scene.server.items[path]
    scene.rounds()
    assert scene.overview.why is not None
    scene.server.items.update(hidden)
    before = scene.server.writes

    scene.rounds()

    assert (scene.overview.why, scene.overview.held) == (None, ())
    assert scene.server.writes == before


def test_what_stands_at_our_address_and_is_not_ours_is_left_alone(scene):
    scene.server.make(ROOT, "Akar")
    scene.server.make(f"{ROOT}/dikbud", "Dikbud buatan tangan")
    scene.server.make(f"{ROOT}/dikbud/2026-0003", "Buatan tangan")

    scene.perform()

    assert scene.server.items[f"{ROOT}/dikbud/2026-0003"].title == "Buatan tangan"
    assert scene.standing("2026-0003") is Standing.TAKEN
    assert scene.standing("2026-0001") is Standing.PUBLISHED

    scene.office.plone.overwrite(scene.admin, scene.target.id, "kasus/2026-0003", "")
    scene.perform()

    assert scene.standing("2026-0003") is Standing.PUBLISHED


# ---- What fails ----------------------------------------------------------------------------------


def test_a_locked_page_is_tried_again_after_growing_waits(scene, articles):
    scene.perform()
    scene.keep(replace(articles[0], cause="Lain lagi."))
    scene.server.locked = {scene.path("2026-0001")}

    assert scene.perform() == 60
    assert scene.standing("2026-0001") is Standing.LOCKED
    assert scene.perform() is None  # not yet
    assert scene.rounds(minutes=1) == 120

    scene.server.locked = set()
    assert scene.rounds(minutes=2) is None
    assert scene.standing("2026-0001") is Standing.PUBLISHED
    assert "Lain lagi." in scene.server.items[scene.path("2026-0001")].text


def test_a_site_that_is_silent_is_asked_again_later_and_nothing_is_lost(scene):
    def fail(_what, _path):
        raise silent()

    scene.server.fail = fail
    assert [scene.rounds(minutes) for minutes in (0, 1, 2, 5, 10)] == [60, 120, 300, 600, 600]
    assert "tidak menjawab" in str(scene.overview.why)
    assert scene.overview.state.failures == 5
    assert scene.perform() is None
    assert scene.office.plone_passes.targets() == ()

    scene.server.fail = lambda _what, _path: None
    scene.rounds()

    assert scene.numbers() == ALL
    assert (scene.overview.why, scene.overview.state.failures) == (None, 0)


def test_a_person_need_not_wait_until_the_next_try(scene):
    scene.server.known = False
    scene.perform()
    assert "ditolak" in str(scene.overview.why)
    scene.server.known = True

    scene.office.plone.look(scene.admin, scene.target.id)
    assert scene.office.plone_passes.targets() == (scene.target.id,)
    scene.perform()

    assert scene.numbers() == ALL


class Killed(BaseException):
    """Our process ends here."""


def dying(scene, at, *, lost):
    """Let our process end at one request: before it is sent, or after it was carried out."""
    count = 0

    def fail(_what, _path):
        nonlocal count
        count += 1
        if count != at:
            return None
        if lost:
            return Killed()
        raise Killed

    scene.server.fail = fail


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("deed", ["publish", "correct", "rename", "retract", "move"])
def test_a_kill_at_any_request_leaves_no_page_twice_and_none_out(scene, articles, deed, lost):
    if deed != "publish":
        scene.perform()
    if deed == "correct":
        scene.keep(*(replace(article, cause="Lain lagi.") for article in articles))
    if deed == "retract":
        scene.retract("2026-0002")
    if deed == "move":
        scene.keep(replace(articles[0], agency="dikbud"))
    if deed == "rename":
        with scene.office.tools.store.writing() as records:
            agency = records.agencies.get("dukcapil")
            records.agencies.save(replace(agency, name="Disduk", short="Disduk"))
    at, ended = 0, False
    while not ended:
        at += 1
        dying(scene, at, lost=lost)
        try:
            scene.rounds()
            ended = True
        except Killed:
            pass
    scene.server.fail = lambda _what, _path: None
    scene.rounds()

    numbers = [number for number in ALL if (deed, number) != ("retract", "2026-0002")]
    assert scene.numbers() == numbers
    assert scene.overview.held == ()
    assert scene.overview.waiting == ()
    uids = [item.uid for item in scene.server.items.values()]
    assert len(uids) == len(set(uids))
    assert len(uids) == len({path.rpartition("/")[2] for path in scene.server.items})


@pytest.mark.parametrize("stores", ["before", "after"])
def test_a_kill_between_a_request_and_its_note_leaves_no_page_twice(scene, monkeypatch, stores):
    write = scene.office.tools.store.write
    for at in range(1, 40):
        count = 0

        def dying_write(deed, at=at):
            nonlocal count
            count += 1
            if count == at and stores == "before":
                raise Killed
            done = write(deed)
            if count == at:
                raise Killed
            return done

        with monkeypatch.context() as patch:
            patch.setattr(
                type(scene.office.tools.store), "write", lambda _self, deed: dying_write(deed)
            )
            try:
                scene.rounds()
            except Killed:
                continue
        break
    scene.rounds()

    assert scene.numbers() == ALL
    assert (scene.overview.held, scene.overview.waiting) == ((), ())


# ---- One at a time, in slices --------------------------------------------------------------------


def test_only_one_pass_is_made_at_a_time(scene):
    with scene.office.turns.turn("plone"):
        assert scene.perform() == BUSY
    assert scene.server.requests == []


def test_a_long_pass_lets_others_go_first_and_goes_on_where_it_was(scene):
    far = []

    def slow(what, _path):
        if what == "create":
            scene.office.tools.now.tick(seconds=40)

    scene.server.fail = slow
    waits = []
    while (wait := scene.perform(tell=lambda done, of: far.append((done, of)))) is not None:
        waits.append(wait)
        assert scene.overview.state.cut
        assert scene.overview.under_way

    assert set(waits) == {0.0}
    assert len(waits) > 1
    assert scene.numbers() == ALL
    assert far == [(done, far[-1][1]) for done in range(1, far[-1][1] + 1)]
    assert not scene.overview.state.cut


def test_a_target_that_is_paused_meanwhile_is_left_at_once(scene):
    def pause(what, _path):
        if what == "create":
            scene.office.plone_targets.pause(scene.admin, scene.target.id)

    scene.server.fail = pause
    assert scene.perform() == 0.0
    assert scene.perform() is None

    assert [what for what, _ in scene.server.requests].count("create") == 1
    assert scene.overview.published == 1
    scene.server.fail = lambda _what, _path: None
    scene.office.plone_targets.resume(scene.admin, scene.target.id)
    scene.perform()
    assert scene.numbers() == ALL


def test_a_slow_site_is_given_time_for_others(scene):
    rests, seconds = [], iter((1, 3, 60))

    def slow(what, _path):
        if what == "create":
            scene.office.tools.now.tick(seconds=next(seconds, 0))

    scene.server.fail = slow
    replace(scene.office.plone_passes, rest=rests.append).perform(scene.target.id)

    assert rests == [3, 5]


# ---- Withdrawing everything ----------------------------------------------------------------------


def test_everything_is_withdrawn_and_the_target_stays_paused(scene):
    scene.perform()

    scene.office.plone_targets.empty(scene.admin, scene.target.id)
    scene.perform()

    assert scene.numbers() == []
    assert (scene.overview.published, scene.overview.state.emptying) == (1, False)  # the root
    assert not scene.overview.target.active
    assert scene.rounds() is None

    scene.office.plone_targets.resume(scene.admin, scene.target.id)
    scene.perform()
    assert scene.numbers() == ALL


def test_a_removed_target_is_forgotten_once_its_pages_are_withdrawn(scene):
    scene.perform()
    scene.office.plone_targets.remove(scene.admin, scene.target.id, withdraw=True)
    scene.server.known = False
    scene.perform()
    assert scene.office.plone_targets.all(scene.admin)
    scene.server.known = True

    scene.rounds()

    assert scene.numbers() == []
    assert scene.office.plone_targets.all(scene.admin) == ()
    with scene.office.tools.store.reading() as records:
        assert (records.plone_pages.find(), records.plone_passes.find()) == ([], [])


def test_a_target_may_be_forgotten_with_its_pages_left_there_and_taken_up_again(scene):
    scene.perform()
    uids = {item.uid for item in scene.server.items.values()}
    scene.office.plone_targets.remove(scene.admin, scene.target.id, withdraw=False)
    assert scene.numbers() == ALL
    assert scene.perform() is None

    scene.target = scene.office.plone_targets.keep(scene.admin, TYPED)
    scene.perform()

    assert scene.overview.held == ()
    assert {item.uid for item in scene.server.items.values()} == uids


# ---- What is shown, and asked for ----------------------------------------------------------------


def test_what_a_pass_would_do_is_told_without_asking_the_site(scene):
    foreseen = scene.office.plone.foresee(scene.admin, scene.target.id)

    assert {one.act for one in foreseen} == {Act.CREATE}
    assert {one.line.number for one in foreseen if one.line.number} == set(ALL)
    assert scene.server.requests == []

    scene.perform()
    assert scene.office.plone.foresee(scene.admin, scene.target.id) == ()


def test_what_somebody_did_there_is_foreseen_where_the_site_is_looked_through(scene):
    scene.perform()
    scene.server.delete(scene.path("2026-0001"))
    before = scene.server.writes

    [one] = scene.office.plone.foreseen(scene.target.id, look=True)

    assert (one.act, one.line.number) == (Act.NOTE, "2026-0001")
    assert "dihapus" in str(one.why)
    assert scene.server.writes == before
    assert scene.standing("2026-0001") is Standing.PUBLISHED


def test_what_waits_for_a_person_is_not_foreseen(scene, articles):
    scene.perform()
    scene.server.edit(scene.path("2026-0001"), "Kata orang lain.")
    scene.rounds()
    scene.keep(replace(articles[1], cause="Lain lagi."))

    foreseen = scene.office.plone.foresee(scene.admin, scene.target.id)

    assert [(one.act, one.line.number) for one in foreseen] == [(Act.CHANGE, "2026-0002")]


def test_pages_are_published_again_when_somebody_asks(scene):
    scene.perform()
    path = scene.path("2026-0002")
    scene.server.edit(path, "Kata orang lain.")
    before = scene.server.items[scene.path("2026-0001")].modified

    scene.office.plone.again(scene.admin, scene.target.id)
    assert len(scene.overview.waiting) == scene.overview.published
    scene.perform()

    assert scene.server.items[scene.path("2026-0001")].modified > before
    assert scene.server.items[path].text == "Kata orang lain."
    assert scene.standing("2026-0002") is Standing.EDITED


def test_single_pages_are_published_again(scene):
    scene.perform()
    before = scene.server.writes

    scene.office.plone.again(scene.admin, scene.target.id, ["kasus/2026-0001"])
    scene.perform()

    assert scene.server.writes == before + 1


def test_what_is_decided_already_is_not_decided_again(scene):
    scene.perform()
    for decide in (
        lambda: scene.office.plone.overwrite(scene.admin, scene.target.id, "kasus/2026-0001", "x"),
        lambda: scene.office.plone.make_again(scene.admin, scene.target.id, "kasus/2026-0001"),
        lambda: scene.office.plone.keep_theirs(scene.admin, scene.target.id, "kasus/2026-0001"),
    ):
        with pytest.raises(Refused):
            decide()
    with pytest.raises(NotFound):
        scene.office.plone.keep_theirs(scene.admin, scene.target.id, "kasus/tidak-ada")


def test_of_a_page_that_is_gone_only_ours_is_shown(scene):
    scene.perform()
    scene.server.delete(scene.path("2026-0001"))

    both = scene.office.plone.both(scene.admin, scene.target.id, "kasus/2026-0001")

    assert both.theirs is None
    assert both.ours.title == both.line.title


def test_how_far_a_pass_is_can_be_seen_by_everybody(scene):
    seen = []

    def look(what, _path):
        if what == "create":
            scene.office.tools.now.tick(seconds=2)
            seen.append(scene.overview)

    scene.server.fail = look
    scene.perform()

    assert all(one.under_way for one in seen)
    done = [one.state.done for one in seen]
    assert done == sorted(done)
    assert done[-1] == seen[-1].state.of - 1
    assert seen[-1].state.doing
    assert not scene.overview.under_way


def test_a_case_in_words_of_its_audience_is_what_a_public_site_shows(scene, articles):
    scene.keep(replace(articles[0], cause="Alamat 10.12.7.2 bentrok."))

    scene.perform()

    assert "10.12.7.2" not in scene.server.items[scene.path("2026-0001")].text
