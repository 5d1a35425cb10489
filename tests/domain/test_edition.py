from __future__ import annotations

import copy
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import get_type_hints

import pytest

from pulih.domain.article import Article, Reading
from pulih.domain.edition import Case, Note, Picture, Review
from pulih.domain.passed import Passed

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
USUAL = {
    str: "kata",
    int: 2026,
    bool: True,
    float: 1.5,
    date: NOON.date(),
    datetime: NOON,
    tuple[str, ...]: ("2025-0001",),
    tuple[Reading, ...]: (Reading("ping", "3 ms", "dari server"),),
    tuple[Passed, ...]: (Passed("Switch loket", "switch", tone="bad", said="Di sini: mati"),),
}
ARTICLE = Article(**{name: USUAL[kind] for name, kind in get_type_hints(Article).items()})
CASE = Case(ARTICLE, ("2026-0002",), (), (Review.OLD,), (Picture("0" * 64),))


def another(value):
    match value:
        case str():
            return value + "\0"
        case bool():
            return not value
        case int() | float():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case tuple():
            return value[1:] if value else (Note("1" * 32, "2026-0001", "u", "Umar", NOON, "Ya"),)
    raise AssertionError(value)


@pytest.mark.parametrize("name", [field.name for field in fields(Article)])
def test_a_case_that_shows_another_word_has_another_digest(name):
    changed = replace(ARTICLE, **{name: another(getattr(ARTICLE, name))})

    assert replace(CASE, article=changed).digest != CASE.digest


@pytest.mark.parametrize("name", [f.name for f in fields(Case) if f.name != "article"])
def test_what_is_added_to_a_case_changes_its_digest(name):
    assert replace(CASE, **{name: another(getattr(CASE, name))}).digest != CASE.digest


@pytest.mark.parametrize("name", [field.name for field in fields(Reading)])
def test_a_figure_of_a_check_changes_the_digest(name):
    changed = replace(ARTICLE.checks[0], **{name: "lain"})

    digests = {
        replace(CASE, article=replace(ARTICLE, **{table: (changed,)})).digest
        for table in ("checks", "tests")
    }

    assert len(digests | {CASE.digest}) == 3


@pytest.mark.parametrize("field", fields(Passed), ids=lambda field: field.name)
def test_a_stop_of_the_way_changes_the_digest(field):
    stop = ARTICLE.way[0]
    changed = replace(stop, **{field.name: another(getattr(stop, field.name))})
    assert replace(CASE, article=replace(ARTICLE, way=(changed,))).digest != CASE.digest


def test_two_cases_that_show_the_same_have_the_same_digest():
    assert copy.deepcopy(CASE).digest == CASE.digest
