"""What every store owes across tables, threads and views."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from pulih.errors import Conflict, Contended, Duplicate, Unavailable
from pulih.store.again import again

pytestmark = pytest.mark.slow


def do(documents, deed):
    """Do a deed in one transaction, as often as the store asks for it."""

    def once():
        with documents.writing() as view:
            return deed(view)

    return again(once)


def write(documents, key, **document):
    do(documents, lambda view: view.insert("settings", key, document))


def read(documents, key):
    with documents.reading() as view:
        return view.get("settings", key)


def together(work, times=8):
    """Run `work(n)` in so many threads at once; raise the first error of any."""
    errors: list[BaseException] = []

    def run(n: int) -> None:
        try:
            work(n)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            errors.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_what_was_written_can_be_read(documents):
    write(documents, "one", a=1)

    assert read(documents, "one") == {"a": 1}


def test_an_error_takes_everything_back_across_tables_and_numbers(documents):
    write(documents, "one", a=1)

    def stumble() -> None:
        with documents.writing() as view:
            view.next_number("t")
            view.insert("tickets", "1", {"letter_key": "x", "team": ["rina"]})
            view.update("settings", "one", {"a": 2})
            view.remove("settings", "one")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()

    with documents.writing() as view:
        assert view.get("settings", "one") == {"a": 1}
        assert view.count("tickets", {"team": "rina"}) == 0
        assert view.next_number("t") == 1
        view.insert("tickets", "2", {"letter_key": "x"})


def test_a_refusal_that_was_dealt_with_leaves_the_rest_of_the_transaction(documents):
    with documents.writing() as view:
        view.insert("settings", "one", {"a": 1})
        with pytest.raises(Duplicate):
            view.insert("settings", "one", {"a": 2})
        view.insert("settings", "two", {"a": 3})

    assert read(documents, "one") == {"a": 1}
    assert read(documents, "two") == {"a": 3}


def test_a_view_for_reading_refuses_every_kind_of_write(documents):
    write(documents, "one", a=1)
    with documents.reading() as view:
        for change in (
            lambda: view.insert("settings", "two", {}),
            lambda: view.update("settings", "one", {}),
            lambda: view.remove("settings", "one"),
            lambda: view.next_number("t"),
        ):
            with pytest.raises(RuntimeError):
                change()

    assert read(documents, "one") == {"a": 1}


def test_a_transaction_within_another_is_a_mistake_and_harms_neither(documents):
    with documents.writing() as view:
        view.insert("settings", "one", {"a": 1})
        with pytest.raises(RuntimeError), documents.writing():
            pass
        view.insert("settings", "two", {"a": 2})

    assert read(documents, "two") == {"a": 2}


def test_after_an_error_the_next_transaction_begins_as_if_nothing_was(documents):
    with pytest.raises(ZeroDivisionError), documents.writing():
        raise ZeroDivisionError

    write(documents, "one", a=1)
    assert read(documents, "one") == {"a": 1}


def test_a_view_stands_still_while_others_write(documents):
    write(documents, "one", a=1)
    with documents.reading() as view:
        together(lambda n: write(documents, f"more-{n}"), times=2)

        assert view.get("settings", "more-0") is None
        assert view.count("settings") == 1

    assert read(documents, "more-0") == {}


def test_a_view_stands_still_even_before_it_is_first_asked(documents):
    with documents.reading() as view:
        together(lambda n: write(documents, f"more-{n}"), times=1)

        assert view.count("settings") == 0


def test_a_view_within_a_view_is_open(documents):
    write(documents, "one", a=1)
    with documents.reading() as outer:
        assert read(documents, "one") == {"a": 1}
        assert outer.get("settings", "one") == {"a": 1}


def test_a_transaction_may_begin_within_a_view_which_stands_still(documents):
    with documents.reading() as view:
        write(documents, "one", a=1)

        assert view.get("settings", "one") is None

    assert read(documents, "one") == {"a": 1}


def test_a_transaction_sees_what_it_wrote_and_nobody_else_does_before_it_ends(documents):
    with documents.writing() as view:
        view.insert("settings", "one", {"a": 1})

        assert view.find("settings") == [{"a": 1}]
        assert read(documents, "one") is None
        together(lambda _n: check_absent(documents), times=1)

    assert read(documents, "one") == {"a": 1}


def check_absent(documents):
    assert read(documents, "one") is None


def test_numbers_from_many_threads_have_neither_gap_nor_double(documents):
    numbers: list[int] = []

    def numbered(view) -> int:
        number = view.next_number("t")
        view.insert("tickets", str(number), {"state": "open"})
        return number

    def draw(_n: int) -> None:
        for _ in range(10):
            numbers.append(do(documents, numbered))  # noqa: PERF401 - kept even if a later one fails

    together(draw)

    assert sorted(numbers) == list(range(1, 81))
    with documents.reading() as view:
        assert view.count("tickets", {"state": "open"}) == 80


def test_increments_from_many_threads_all_arrive(documents):
    write(documents, "sum", value=0)

    def one_more(view) -> None:
        view.update("settings", "sum", {"value": view.get("settings", "sum")["value"] + 1})

    def add(_n: int) -> None:
        for _ in range(10):
            do(documents, one_more)

    together(add)

    assert read(documents, "sum") == {"value": 80}


def test_readers_never_see_half_of_a_transaction(documents):
    write(documents, "one", value=0)
    write(documents, "two", value=0)

    def both(view) -> None:
        value = view.get("settings", "one")["value"] + 1
        view.update("settings", "one", {"value": value})
        view.update("settings", "two", {"value": value})

    def work(n: int) -> None:
        for _ in range(30):
            if n == 0:
                do(documents, both)
            else:
                with documents.reading() as view:
                    assert view.get("settings", "one") == view.get("settings", "two")

    together(work, times=4)


def test_two_who_each_looked_that_the_other_is_not_there_cannot_both_be_kept(documents):
    """What a database calls write skew: neither changes what the other has read."""
    seen = []

    def unless_there(key: str, other: str):
        def deed(view) -> None:
            seen.append(key)
            if view.get("settings", other) is None:
                meet(key)
                view.insert("settings", key, {})

        return deed

    door = threading.Barrier(2)

    def meet(key: str) -> None:
        """Wait for the other, where the store lets both in at once, but the first time only."""
        if seen.count(key) == 1:
            with suppress(threading.BrokenBarrierError):
                door.wait(0.5)

    pairs = [("one", "two"), ("two", "one")]
    together(lambda n: do(documents, unless_there(*pairs[n])), times=2)

    assert [read(documents, "one"), read(documents, "two")].count({}) == 1


def test_a_unique_value_that_two_take_at_once_is_refused_to_one(documents):
    refused = []

    def take(n: int) -> None:
        for value in range(20):
            try:
                do(
                    documents,
                    lambda view, v=value: view.insert(
                        "tickets", f"{n}-{v}", {"letter_key": f"{v}"}
                    ),
                )
            except Duplicate as error:
                refused.append(error.field)

    together(take, times=4)

    assert refused == ["letter_key"] * 60
    with documents.reading() as view:
        assert view.count("tickets") == 20


def test_a_unique_value_that_two_change_into_at_once_is_refused_to_one(documents):
    for n in range(4):
        do(documents, lambda view, n=n: view.insert("tickets", f"{n}", {"letter_key": None}))
    refused = []

    def take(n: int) -> None:
        for value in range(20):
            try:
                do(
                    documents,
                    lambda view, v=value: view.update("tickets", f"{n}", {"letter_key": f"{v}"}),
                )
            except Duplicate as error:
                refused.append(error.field)

    together(take, times=4)

    with documents.reading() as view:
        values = [document["letter_key"] for document in view.find("tickets")]
    assert len(values) == len(set(values)) == 4
    assert set(refused) <= {"letter_key"}


def test_of_those_who_change_what_they_saw_at_once_each_but_one_is_told_which_version_stands(
    documents,
):
    do(documents, lambda view: view.insert("tickets", "1", {"version": 1}))
    told = []

    def grow(_n: int) -> None:
        try:
            do(documents, lambda view: view.update("tickets", "1", {"version": 2}, expected=1))
        except Conflict as error:
            told.append(error.now)

    together(grow)

    assert told == [2] * 7


# ---- Deeds that have to be done again ------------------------------------------------------------


def test_a_deed_that_met_others_is_done_again_from_its_start(store):
    tries = []

    def deed(records) -> str:
        tries.append(records.next_number("t"))
        if len(tries) < 3:
            raise Contended("Ulangi.")
        return "done"

    assert store.write(deed) == "done"
    assert tries == [1, 1, 1]


def test_a_deed_that_always_meets_others_is_given_up_in_the_end():
    now = iter(range(100))

    def meet() -> None:
        raise Contended("Ulangi.")

    with pytest.raises(Contended):
        again(meet, patience=5, clock=lambda: next(now), nap=lambda _seconds: None)

    assert next(now) < 12


def test_only_meeting_others_is_a_reason_to_do_a_deed_again(store):
    tries = []

    def deed(_records) -> None:
        tries.append(1)
        raise Unavailable("Ulangi.")

    with pytest.raises(Unavailable):
        store.write(deed)

    assert tries == [1]


# ---- A store that is closed because it moves ------------------------------------------------------


@pytest.fixture
def shut(documents):
    """A store that says of itself that it moves."""
    write(documents, "before")
    mark = {"why": "moving", "to": "db.example/pulih"}
    do(documents, lambda view: view.insert("store", "closed", mark))
    return documents


def test_a_closed_store_takes_nothing_and_says_where_the_records_go(shut):
    with pytest.raises(Unavailable, match=r"db\.example/pulih"):
        write(shut, "one")

    assert read(shut, "before") == {}


def test_who_moves_a_store_may_go_past_its_being_closed(shut):
    with shut.writing(anyway=True) as view:
        view.insert("settings", "one", {})
        view.remove("store", "closed")
    write(shut, "two")

    assert read(shut, "one") == read(shut, "two") == {}


def test_whoever_closes_a_store_waits_for_those_who_found_it_open(documents):
    """Or what they keep might be missing in the copy."""
    begun, closed = threading.Event(), threading.Event()

    def work(n: int) -> None:
        if n == 0:
            with documents.writing() as view:
                begun.set()
                assert not closed.wait(0.3)
                view.insert("settings", "late", {})
        else:
            begun.wait()
            do(documents, lambda view: view.insert("store", "closed", {"why": "moving"}))
            closed.set()
            assert read(documents, "late") == {}

    together(work, times=2)


# ---- What documents are found by ----------------------------------------------------------------


def test_a_store_that_only_we_have_written_has_no_flaw(documents, store, story, letter):
    with store.writing() as records:
        records.tickets.add(story.closed)
        records.tickets.add(letter(5))
        records.secrets.put("dewi", "x\0y\ud800")

    assert documents.flaws() == []
