"""What is to be done on a Plone site: each case as a line of a table, and all of them mixed by chance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from plone_model import AT, TARGET, Killed, ModelOffice, ModelPlone

from pulih.domain.plone.page import PageKind, Placed, Seen, Standing, Wanted
from pulih.domain.plone.plan import Act, steps

pytestmark = pytest.mark.slow  # as a whole

ROOT = Wanted("root", PageKind.ROOT, "", "kasus", "Kasus", "", "r")
RSUD = Wanted("opd/rsud", PageKind.AGENCY, "root", "rsud", "RSUD", "", "a", agency="rsud")
SETDA = Wanted("opd/setda", PageKind.AGENCY, "root", "setda", "Setda", "", "s", agency="setda")
CASE = Wanted("kasus/1", PageKind.CASE, "opd/rsud", "1", "Mati total", "", "c1")
OTHER = Wanted("kasus/2", PageKind.CASE, "opd/setda", "2", "Putus", "", "c2")
ALL = (ROOT, RSUD, SETDA, CASE, OTHER)
PATHS = {
    "root": "kasus",
    "opd/rsud": "kasus/rsud",
    "opd/setda": "kasus/setda",
    "kasus/1": "kasus/rsud/1",
    "kasus/2": "kasus/setda/2",
}


def noted(page: Wanted, **other) -> Placed:
    told = {
        "uid": f"u-{page.key}", "path": PATHS[page.key], "digest": page.digest, "modified": "t1",
        "standing": Standing.PUBLISHED, "at": AT, "state": "published", "head": "h",
    }  # fmt: skip
    return Placed(TARGET, page.key, **{**told, **other})


def there(page: Wanted, **other) -> Seen:
    told = {"path": PATHS[page.key], "modified": "t1", "state": "published", "head": "h"}
    return Seen(f"u-{page.key}", **{**told, **other})


def plan(wanted=ALL, notes=(), seen=(), again=None):
    """Return the steps where everything stands as it should, but for these notes and lines of the walk."""
    placed = {page.key: noted(page) for page in ALL} | dict(notes)
    walked = {f"u-{page.key}": there(page) for page in ALL} | dict(seen)
    walked = {uid: one for uid, one in walked.items() if one}
    return steps(list(wanted), {k: p for k, p in placed.items() if p}, walked, AT, again)


def told(found) -> list[str]:
    """Return steps in short: what is done to which page, or how it is noted."""
    return [
        f"{step.note.standing.value} {step.note.key}"
        if step.note
        else f"{step.act.value} {(step.page or step.placed).key}"
        for step in found
    ]


def case_is(**other):
    return {"kasus/1": noted(CASE, **other)}


def case_seen(**other):
    return {"u-kasus/1": there(CASE, **other)}


GONE = {"u-kasus/1": None}
MOVED = case_seen(path="kasus/setda/1", modified="t2")
EDIT = case_seen(modified="t2")


@pytest.mark.parametrize(
    ("notes", "seen", "again", "expected"),
    [
        ({}, {}, {}, []),
        ({"kasus/1": None}, GONE, {}, ["create kasus/1"]),
        (case_is(digest="old"), {}, {}, ["change kasus/1"]),
        (case_is(digest="old"), EDIT, {}, ["change kasus/1"]),  # `change` looks by itself
        ({}, EDIT, {}, ["look kasus/1"]),
        ({}, case_seen(state="private"), {}, ["edited kasus/1"]),
        ({}, MOVED, {}, ["edited kasus/1"]),
        ({}, GONE, {}, ["gone kasus/1"]),
        ({}, {}, {"kasus/1": "t1"}, ["change kasus/1"]),
        ({}, EDIT, {"kasus/1": "t1"}, ["look kasus/1"]),  # decided about another version
        (case_is(standing=Standing.EDITED), EDIT, {}, []),
        (case_is(standing=Standing.EDITED, digest="old"), EDIT, {}, []),
        (case_is(standing=Standing.EDITED), EDIT, {"kasus/1": "t2"}, ["change kasus/1"]),
        (case_is(standing=Standing.EDITED), EDIT, {"kasus/1": "t1"}, []),
        (case_is(standing=Standing.EDITED), {}, {}, ["published kasus/1"]),  # it was taken back
        (case_is(standing=Standing.EDITED), MOVED, {}, []),
        (case_is(standing=Standing.EDITED), MOVED, {"kasus/1": "t2"}, ["move kasus/1", "change kasus/1"]),
        (case_is(standing=Standing.KEPT), EDIT, {}, []),
        (case_is(standing=Standing.KEPT, digest="old"), EDIT, {}, ["edited kasus/1"]),
        (case_is(standing=Standing.KEPT), EDIT, {"kasus/1": "t2"}, ["change kasus/1"]),
        (case_is(standing=Standing.KEPT), GONE, {}, []),
        (case_is(standing=Standing.KEPT, digest="old"), GONE, {}, ["gone kasus/1"]),
        (case_is(standing=Standing.GONE), GONE, {}, []),
        (case_is(standing=Standing.GONE), GONE, {"kasus/1": ""}, ["create kasus/1"]),
        (case_is(standing=Standing.GONE), {}, {}, ["published kasus/1"]),
        (case_is(standing=Standing.GONE), EDIT, {}, ["look kasus/1"]),
        (case_is(standing=Standing.LOCKED), {}, {}, ["change kasus/1"]),
        (case_is(standing=Standing.LOCKED), EDIT, {}, ["change kasus/1"]),
        (case_is(standing=Standing.FAILED), EDIT, {}, ["change kasus/1"]),
        (case_is(standing=Standing.WRITING), EDIT, {}, ["change kasus/1"]),
        (case_is(standing=Standing.WRITING, uid=""), GONE, {}, ["create kasus/1"]),
        (case_is(standing=Standing.FAILED, uid=""), GONE, {}, ["create kasus/1"]),
        (case_is(standing=Standing.WRITING), GONE, {}, ["gone kasus/1"]),
        (case_is(standing=Standing.TAKEN, uid=""), {}, {}, []),
        (case_is(standing=Standing.TAKEN, uid=""), {}, {"kasus/1": "t1"}, ["create kasus/1"]),
        (case_is(standing=Standing.TAKEN, uid=""), GONE, {}, ["create kasus/1"]),
        (case_is(standing=Standing.EDITED, uid=""), {}, {}, []),
        (case_is(standing=Standing.WITHDRAWN, state="private"), {}, {}, ["change kasus/1"]),
        (case_is(standing=Standing.WITHDRAWN, state="private"), EDIT, {}, ["change kasus/1"]),
        (case_is(standing=Standing.WITHDRAWN), GONE, {}, ["create kasus/1"]),
    ],
)  # fmt: skip
def test_what_is_done_about_a_page_that_is_wanted(notes, seen, again, expected):
    assert told(plan(notes=notes, seen=seen, again=again)) == expected


@pytest.mark.parametrize(
    ("notes", "seen", "expected"),
    [
        ({}, {}, ["withdraw kasus/1"]),
        ({}, EDIT, ["withdraw kasus/1"]),
        ({}, MOVED, ["withdraw kasus/1"]),
        ({}, GONE, ["withdraw kasus/1"]),  # it may stand somewhere else, for everybody to read
        (case_is(standing=Standing.EDITED), EDIT, ["withdraw kasus/1"]),
        (case_is(standing=Standing.KEPT), EDIT, ["withdraw kasus/1"]),
        (case_is(standing=Standing.WRITING, uid=""), GONE, ["withdraw kasus/1"]),
        (case_is(standing=Standing.WITHDRAWN, state="private"), case_seen(state="private"), []),
        (case_is(standing=Standing.WITHDRAWN, state="private"), GONE, []),
        (case_is(standing=Standing.WITHDRAWN, state="private"), {}, ["withdraw kasus/1"]),
    ],
)  # fmt: skip
def test_a_page_that_is_wanted_no_more_is_hidden_whatever_was_done_to_it(notes, seen, expected):
    wanted = [page for page in ALL if page is not CASE]

    assert told(plan(wanted, notes, seen)) == expected


def test_withdrawals_come_first_and_the_deepest_before_what_holds_them():
    found = plan((ROOT, SETDA, replace(OTHER, digest="new")))

    assert told(found) == ["withdraw kasus/1", "withdraw opd/rsud", "change kasus/2"]


def test_the_root_is_never_withdrawn_moved_or_written_over():
    assert told(plan((), {"root": noted(ROOT)}))[-1] == "withdraw opd/setda"
    other = replace(ROOT, id="lain", digest="other")
    assert (
        told(plan((other, *ALL[1:]), seen={"u-root": there(ROOT, head="x", modified="t9")})) == []
    )


def test_a_first_publishing_makes_parents_before_children():
    found = steps(list(ALL), {}, {}, AT)

    assert told(found) == [f"create {page.key}" for page in ALL]
    assert [step.parent for step in found] == ["", "kasus", "kasus", "kasus/rsud", "kasus/setda"]


def test_a_root_below_another_folder_is_made_in_that_folder():
    found = steps([replace(ROOT, id="layanan/kasus"), RSUD], {}, {}, AT)

    assert [step.parent for step in found] == ["layanan", "layanan/kasus"]


def test_an_agency_that_is_renamed_takes_its_cases_along():
    renamed = replace(RSUD, id="rs", title="RS", digest="new")
    found = plan((ROOT, renamed, SETDA, replace(CASE, digest="new"), OTHER))

    assert told(found) == ["move opd/rsud", "change opd/rsud", "change kasus/1"]
    assert [step.placed.path for step in found] == ["kasus/rsud", "kasus/rs", "kasus/rs/1"]


def test_agencies_that_swap_their_addresses_step_aside():
    one, other = replace(RSUD, id="setda"), replace(SETDA, id="rsud")
    found = plan((ROOT, one, other, CASE, OTHER))

    assert told(found) == ["move opd/rsud", "move opd/setda", "move opd/rsud"]
    ways = [(step.placed.path, f"{step.parent}/{step.page.id}") for step in found]
    assert ways[0][1] == ways[2][0] != "kasus/setda"
    assert ways[1:] == [("kasus/setda", "kasus/rsud"), (ways[0][1], "kasus/setda")]


def test_a_page_that_was_touched_is_looked_at_before_it_is_moved():
    renamed = replace(CASE, id="satu", digest="new")

    assert told(plan((ROOT, RSUD, SETDA, renamed, OTHER), seen=EDIT)) == ["look kasus/1"]
    assert told(plan((ROOT, RSUD, SETDA, renamed, OTHER))) == ["move kasus/1", "change kasus/1"]


def test_pages_that_were_only_carried_along_are_looked_at_where_they_are():
    renamed = replace(RSUD, id="rs")
    seen = {"u-opd/rsud": there(RSUD, path="kasus/rs")} | case_seen(
        path="kasus/rs/1", modified="t2"
    )
    notes = {"opd/rsud": noted(RSUD, path="kasus/rs")}
    found = plan((ROOT, renamed, SETDA, CASE, OTHER), notes, seen)

    assert told(found) == ["look kasus/1"]
    assert found[0].placed.path == "kasus/rs/1"


def test_a_folder_that_somebody_moved_keeps_its_place_and_its_cases():
    seen = {"u-opd/rsud": there(RSUD, path="kasus/rumah-sakit")} | case_seen(
        path="kasus/rumah-sakit/1", modified="t2"
    )
    new = Wanted("kasus/3", PageKind.CASE, "opd/rsud", "3", "Baru", "", "c3")
    found = plan((*ALL, new), seen=seen)

    assert told(found) == ["edited opd/rsud", "look kasus/1", "create kasus/3"]
    assert found[-1].parent == "kasus/rumah-sakit"
    assert "kasus/rumah-sakit" in str(found[0].note.why)


def test_of_a_folder_only_its_own_words_are_compared():
    touched = {"u-opd/rsud": there(RSUD, modified="t9")}

    assert told(plan(seen=touched)) == []
    assert told(plan(seen={"u-opd/rsud": there(RSUD, head="other")})) == ["edited opd/rsud"]


def test_a_folder_that_is_gone_is_told_once_and_what_is_new_in_it_waits():
    new = Wanted("kasus/3", PageKind.CASE, "opd/rsud", "3", "Baru", "", "c3")
    gone = {"u-opd/rsud": None, "u-kasus/1": None}
    found = plan((*ALL, new), seen=gone)

    assert told(found) == ["gone opd/rsud", "gone kasus/1", "failed kasus/3"]
    notes = {step.note.key: step.note for step in found}
    assert told(plan((*ALL, new), notes, gone)) == []
    again = plan((*ALL, new), notes, gone, {"opd/rsud": ""})
    assert told(again) == ["create opd/rsud", "create kasus/1", "create kasus/3"]


def test_without_the_root_nothing_that_is_missing_is_believed():
    nothing = {f"u-{page.key}": None for page in ALL}
    found = plan((ROOT, RSUD, SETDA, OTHER), seen=nothing)

    assert told(found) == ["withdraw kasus/1", "gone root"]
    again = plan(seen=nothing, again={"root": ""})
    assert told(again) == [f"create {page.key}" for page in ALL]


# ---- All of it, mixed ----------------------------------------------------------------------------

SLUGS = ("rsud", "setda", "dinkes")
KEYS = ("kasus/1", "kasus/2", "kasus/3", "kasus/4")


class Publishing(RuleBasedStateMachine):
    """People work in Plone, the office's cases change, the pass is killed; then it is left in peace."""

    @initialize()
    def begin(self):
        self.deaths = 0
        self.site = ModelPlone(die=self.die)
        self.office = ModelOffice(self.site)
        self.slugs = {"opd/rsud": "rsud", "opd/setda": "setda"}
        self.titles = {"opd/rsud": "RSUD", "opd/setda": "Setda"}
        self.digests = dict.fromkeys(KEYS[:2], "v0")
        self.typed = 0

    def die(self):
        if self.deaths:
            self.deaths -= 1
            if not self.deaths:
                raise Killed

    def wanted(self):
        agencies = [
            Wanted(key, PageKind.AGENCY, "root", slug, self.titles[key], "", self.titles[key])
            for key, slug in self.slugs.items()
        ]
        parents = list(self.slugs)
        cases = [
            Wanted(key, PageKind.CASE, parents[int(key[-1]) % 2], key[-1], key, "", digest)
            for key, digest in sorted(self.digests.items())
        ]
        return [ROOT, *agencies, *cases]

    @rule(after=st.integers(1, 12) | st.just(0))
    def perform(self, after):
        self.deaths = after
        try:
            found = self.office.perform(self.wanted())
        except Killed:
            return
        finally:
            self.deaths = 0
        acts = [step.act for step in found if step.act is not Act.NOTE]
        first = next((n for n, act in enumerate(acts) if act is not Act.WITHDRAW), len(acts))
        assert Act.WITHDRAW not in acts[first:]

    @rule(key=st.sampled_from(KEYS), version=st.integers(1, 3))
    def change(self, key, version):
        self.digests[key] = f"v{version}"

    @rule(key=st.sampled_from(KEYS))
    def retract(self, key):
        self.digests.pop(key, None)

    @rule(one=st.sampled_from(SLUGS), other=st.sampled_from(SLUGS))
    def rename(self, one, other):
        if one != other:
            self.slugs = {"opd/rsud": one, "opd/setda": other}
            self.titles = {key: f"OPD {slug}" for key, slug in self.slugs.items()}

    def pick(self, data, *, cases=False):
        # What the office does not know of yet is private, and seconds old: nobody has seen it.
        known = {note.uid for note in self.office.notes.values()}
        found = [
            t
            for t in self.site.things.values()
            if t.path.count("/") >= 1 + cases and (not t.key or t.uid in known)
        ]
        return data.draw(st.sampled_from(sorted(found, key=lambda t: t.uid))) if found else None

    @rule(data=st.data())
    def people_edit(self, data):
        if thing := self.pick(data, cases=True):
            self.typed += 1
            self.site.edit(thing, f"orang {self.typed}")

    @rule(data=st.data(), to=st.sampled_from(SLUGS), name=st.sampled_from("12x"))
    def people_move(self, data, to, name):
        if thing := self.pick(data, cases=True):
            self.site.carry(thing, f"kasus/{to}/{name}")

    @rule(data=st.data(), to=st.sampled_from((*SLUGS, "arsip")))
    def people_rename_folders(self, data, to):
        if thing := self.pick(data):
            self.site.carry(thing, f"{thing.path.rpartition('/')[0]}/{to}")

    @rule(data=st.data())
    def people_delete(self, data):
        if thing := self.pick(data):
            self.site.delete(thing)

    @rule(data=st.data(), state=st.sampled_from(("private", "published")))
    def people_hide_and_show(self, data, state):
        if thing := self.pick(data, cases=True):
            thing.state, thing.modified = state, self.site.tick()

    @rule(data=st.data())
    def people_open_the_form(self, data):
        if thing := self.pick(data, cases=True):
            thing.locked = not thing.locked

    @rule(to=st.sampled_from(SLUGS), name=st.sampled_from("123"))
    def people_put_something(self, to, name):
        self.typed += 1
        self.site.put(f"kasus/{to}/{name}", f"orang {self.typed}")

    @rule(data=st.data())
    def a_person_decides_for_ours(self, data):
        held = [
            n for n in self.office.notes.values() if n.standing in (Standing.EDITED, Standing.GONE)
        ]
        if held:
            note = data.draw(st.sampled_from(sorted(held, key=lambda n: n.key)))
            there = self.site.things.get(note.uid)
            self.deaths = 0
            self.office.perform(self.wanted(), {note.key: str(there.modified) if there else ""})

    @rule(data=st.data())
    def a_person_decides_for_theirs(self, data):
        held = [n for n in self.office.notes.values() if n.standing is Standing.EDITED and n.uid]
        if held:
            note = data.draw(st.sampled_from(sorted(held, key=lambda n: n.key)))
            digests = {page.key: page.digest for page in self.wanted()}
            if note.key in digests:
                kept = replace(note, standing=Standing.KEPT, digest=digests[note.key])
                self.office.notes[note.key] = kept

    @invariant()
    def no_page_stands_twice(self):
        keys = [
            thing.key for thing in getattr(self, "site", ModelPlone()).things.values() if thing.key
        ]
        assert len(keys) == len(set(keys))

    @invariant()
    def nothing_is_written_over_unasked(self):
        assert not getattr(self, "site", ModelPlone()).overwritten

    @precondition(lambda self: self.office.notes)
    @rule()
    def left_in_peace(self):
        """After some passes nothing is to be done, and every page is right or waits for a person who knows why."""
        for thing in self.site.things.values():
            thing.locked = False
        for _ in range(8):
            found = [s for s in self.office.perform(self.wanted()) if s.act is not Act.NOTE]
            if not found:
                break
        waits = {Standing.TAKEN}  # tried again each time
        assert all(self.office.notes[s.page.key].standing in waits for s in found)
        self.judge()

    def judge(self):
        wanted = {page.key: page for page in self.wanted()}
        for key, note in self.office.notes.items():
            there = self.site.things.get(note.uid)
            if key not in wanted:
                assert note.standing is Standing.WITHDRAWN
                assert there is None or there.state == "private"
            elif note.standing is Standing.PUBLISHED:
                page = wanted[key]
                assert there.state == "published"
                assert there.key == key
                if page.kind is PageKind.CASE:
                    assert there.words == page.digest
                    folder = self.site.things.get(self.office.notes[page.parent].uid)
                    assert folder is None or there.path == f"{folder.path}/{page.id}"
            else:
                assert note.why is not None or note.standing is Standing.KEPT
        assert wanted.keys() <= self.office.notes.keys()


Publishing.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestPublishing = Publishing.TestCase
