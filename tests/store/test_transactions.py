"""What every store owes across tables, threads and views."""

from __future__ import annotations

import threading

import pytest

from pulih.errors import Duplicate


def write(documents, key, **document):
    with documents.writing() as view:
        view.insert("settings", key, document)


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

    def draw(_n: int) -> None:
        for _ in range(10):
            with documents.writing() as view:
                number = view.next_number("t")
                view.insert("tickets", str(number), {"state": "open"})
            numbers.append(number)

    together(draw)

    assert sorted(numbers) == list(range(1, 81))
    with documents.reading() as view:
        assert view.count("tickets", {"state": "open"}) == 80


def test_increments_from_many_threads_all_arrive(documents):
    write(documents, "sum", value=0)

    def add(_n: int) -> None:
        for _ in range(10):
            with documents.writing() as view:
                view.update("settings", "sum", {"value": view.get("settings", "sum")["value"] + 1})

    together(add)

    assert read(documents, "sum") == {"value": 80}


def test_readers_never_see_half_of_a_transaction(documents):
    write(documents, "one", value=0)
    write(documents, "two", value=0)

    def work(n: int) -> None:
        for _ in range(30):
            if n == 0:
                with documents.writing() as view:
                    value = view.get("settings", "one")["value"] + 1
                    view.update("settings", "one", {"value": value})
                    view.update("settings", "two", {"value": value})
            else:
                with documents.reading() as view:
                    assert view.get("settings", "one") == view.get("settings", "two")

    together(work, times=4)
