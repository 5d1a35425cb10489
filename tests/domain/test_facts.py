"""Reading what was typed: one reading for every door, and the same again when read twice."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pulih.domain import sop
from pulih.domain.facts import Choice, Fact, Kind
from pulih.domain.reading import MOST_ITEMS, clean, read
from pulih.errors import Invalid

TODAY = date(2026, 3, 2)
COLOURS = (Choice("merah", "Merah"), Choice("putih", "Putih"))
COLUMNS = (Choice("what", "Yang diperiksa"), Choice("value", "Hasil"), Choice("note", "Catatan"))
EVERY_KIND = [
    Fact(f"{kind.value}", kind.value, kind, required=False, choices=choices, past=past)
    for kind in Kind
    for choices, past in [
        (
            COLUMNS if kind is Kind.ROWS else COLOURS if kind in (Kind.CHOICE, Kind.TICKS) else (),
            kind in (Kind.DATE, Kind.MOMENT),
        )
    ]
]


def fact(kind=Kind.LINE, **how):
    return Fact("x", "X", kind, **how)


def one(spec, raw, today=TODAY):
    """What one field becomes; None when nothing was typed."""
    return read([spec], {spec.name: raw}, today=today).get(spec.name)


def sentence_for(spec, raw, today=TODAY):
    """What the person is told."""
    with pytest.raises(Invalid) as error:
        one(spec, raw, today)
    assert [problem.field for problem in error.value.problems] == ["x"]
    return str(error.value.problems[0].sentence)


# ---- Everything, whatever it is ---------------------------------------------------------------

LETTERS = st.text(
    st.sampled_from("aé\u0301\u200b\u202e\u00ad\u0000\x1f\t\n\r ½ﬁ日🙂/:.-+0189TZ")
    | st.characters(),
    max_size=40,
)
MOMENTS = st.datetimes(
    datetime(1999, 12, 30),  # noqa: DTZ001 - the zone is drawn beside it
    datetime(2032, 1, 3),  # noqa: DTZ001 - as above
    timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
WORDS = (
    LETTERS
    | st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(str)
    | MOMENTS.map(str)
    | MOMENTS.map(lambda moment: moment.isoformat("T", "minutes"))
    | st.sampled_from(["ya", "TIDAK", "True", "merah", "putih", "0812-3456-7890", "2026-02-30"])
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
ROW = st.dictionaries(st.sampled_from(["what", "value", "note"]), SCALARS)
JSON = st.recursive(
    SCALARS | st.lists(ROW, max_size=4) | st.lists(WORDS, max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=8,
)


@pytest.mark.slow
@given(st.fixed_dictionaries({spec.name: JSON for spec in EVERY_KIND}))
@example({"moment": "2000-01-01T00:00:00+08:00"})
@example({"moment": "2026-03-02T23:00:00-12:00"})
@example({"line": "e\u200b\u0301"})
@example({"rows": [{"what": 0, "value": 0}]})
def test_nothing_typed_raises_anything_but_invalid_and_reading_twice_gives_the_same(raw):
    try:
        facts = read(EVERY_KIND, raw, today=TODAY)
    except Invalid as error:
        wrong = {problem.field for problem in error.problems}
        facts = read([s for s in EVERY_KIND if s.name not in wrong], raw, today=TODAY)
    assert read(EVERY_KIND, facts, today=TODAY) == facts


@given(st.sampled_from(EVERY_KIND), JSON)
def test_reading_each_kind_twice_gives_the_same(spec, raw):
    try:
        value = one(spec, raw)
    except Invalid:
        return
    assert one(spec, value) == value


@given(st.sampled_from(list(sop.STAGES.values())), st.data())
def test_no_stage_of_the_procedure_trips_over_odd_input(stage, data):
    raw = {spec.name: data.draw(JSON) for spec in stage.facts}
    try:
        facts = read(stage.facts, raw, today=TODAY, one_of=stage.one_of)
    except Invalid as refusal:
        problems = refusal.problems
    else:
        problems = ()
        assert read(stage.facts, facts, today=TODAY, one_of=stage.one_of) == facts
    assert {problem.field for problem in problems} <= {spec.name for spec in stage.facts}
    assert all(str(problem.sentence) for problem in problems)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_what_no_field_asks_for_is_ignored(raw):
    assert read([], raw, today=TODAY) == {}


def test_the_papers_of_every_stage_read_the_same_when_read_again(facts_for):
    for stage in sop.STAGES.values():
        facts = read(stage.facts, facts_for(stage.id), today=TODAY, one_of=stage.one_of)
        assert read(stage.facts, facts, today=TODAY, one_of=stage.one_of) == facts


# ---- Text -------------------------------------------------------------------------------------


@given(LETTERS, st.booleans())
@example("e\u200b\u0301", True)
@example("a\u0301 \u2028 b", True)
def test_cleaned_text_is_clean_and_stays_so(typed, lines):
    text = clean(typed, lines=lines)
    assert clean(text, lines=lines) == text
    assert text == text.strip()
    assert unicodedata.is_normalized("NFC", text)
    kept = {"\n", "\t"} if lines else set()
    assert not [c for c in text if unicodedata.category(c)[0] == "C" and c not in kept]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Loket   perekaman\tputus ", "Loket perekaman putus"),
        ("satu\r\ndua", "satu dua"),
        ("Cafe\u0301", "Café"),
        ("ter\u200bsembunyi", "tersembunyi"),
        ("ko\u00adneksi", "koneksi"),
        ("\u202egnirab\u202c", "gnirab"),
        ("nol\x00byte\x1b[31m", "nol byte [31m"),
    ],
)
def test_a_line_is_one_line_without_hidden_characters(typed, line):
    assert one(fact(), typed) == line


def test_prose_keeps_its_lines():
    assert one(fact(Kind.PROSE), "satu\r\n\r\ndua\rtiga  ") == "satu\n\ndua\ntiga"


def test_the_limit_counts_what_is_kept_and_the_sentence_says_both_numbers():
    spec = fact(limit=10)
    assert one(spec, " " * 50 + "a" * 10) == "a" * 10
    said = sentence_for(spec, "a" * 11)
    assert "11" in said
    assert "10" in said


def test_a_subject_of_160_letters_fits_and_one_more_does_not():
    subject = next(spec for spec in sop.FIRST.facts if spec.name == "subject")
    assert len(read([subject], {"subject": "a" * 160}, today=TODAY)["subject"]) == 160
    with pytest.raises(Invalid):
        read([subject], {"subject": "a" * 161}, today=TODAY)


@pytest.mark.parametrize("stage", sop.STAGES.values(), ids=lambda stage: stage.id)
def test_every_text_of_every_stage_has_a_limit_that_is_kept(stage, facts_for):
    for spec in stage.facts:
        if spec.kind not in (Kind.LINE, Kind.PROSE):
            continue
        given_facts = {**facts_for(stage.id), spec.name: "x" * (spec.limit + 1)}
        with pytest.raises(Invalid) as error:
            read(stage.facts, given_facts, today=TODAY, one_of=stage.one_of)
        assert [problem.field for problem in error.value.problems] == [spec.name]


# ---- Dates and moments ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["2026-02-29", "2026-13-01", "2026-00-10", "31/03/2026", "besok", "0000-00-00", "10000-01-01"],
)
def test_a_date_that_does_not_exist_is_refused_with_an_example(typed):
    assert "2026-03-31" in sentence_for(fact(Kind.DATE), typed)


def test_the_29th_of_february_exists_in_a_leap_year():
    assert one(fact(Kind.DATE), "2024-02-29") == "2024-02-29"


@pytest.mark.parametrize("typed", ["1999-12-31", "0001-01-01", "2032-01-01", "9999-12-31"])
@pytest.mark.parametrize("hours", ["", "T09:00:00+08:00"])
def test_a_year_far_away_makes_no_sense(typed, hours):
    kind = Kind.MOMENT if hours else Kind.DATE
    assert "tidak masuk akal" in sentence_for(fact(kind), typed + hours)


@pytest.mark.parametrize(
    ("kind", "today", "tomorrow"),
    [
        (Kind.DATE, "2026-03-02", "2026-03-03"),
        (Kind.MOMENT, "2026-03-02T23:59:00+08:00", "2026-03-03T00:00:00+08:00"),
    ],
)
def test_what_must_have_happened_may_be_today_but_not_tomorrow(kind, today, tomorrow):
    assert one(fact(kind, past=True), today)
    assert "belum terjadi" in sentence_for(fact(kind, past=True), tomorrow)
    assert one(fact(kind), tomorrow)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-03-02T09:30:00+08:00", "2026-03-02T01:30+00:00"),
        ("2026-03-02 09:30+08:00", "2026-03-02T01:30+00:00"),
        ("2026-03-02T01:30:59Z", "2026-03-02T01:30+00:00"),
    ],
)
def test_a_moment_is_kept_in_utc_to_the_minute(typed, kept):
    assert one(fact(Kind.MOMENT), typed) == kept


def test_a_moment_without_a_zone_is_refused():
    assert "zona waktu" in sentence_for(fact(Kind.MOMENT), "2026-03-02T09:30")


@pytest.mark.parametrize("typed", ["2026-03-02T25:00:00+08:00", "jam sembilan", "09:30"])
def test_a_moment_that_does_not_exist_is_refused_with_an_example(typed):
    assert "2026-03-31 09:30" in sentence_for(fact(Kind.MOMENT), typed)


@given(st.dates(date(2000, 1, 1), date(2031, 12, 31)))
def test_every_date_within_reach_is_kept_as_it_is(day):
    assert one(fact(Kind.DATE), day.isoformat()) == day.isoformat()


@given(st.datetimes(datetime(2000, 1, 2), datetime(2031, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001 - see timezones
def test_every_moment_within_reach_is_the_same_moment_after_reading(moment):
    moment = moment.replace(second=0, microsecond=0)
    for hours in (0, 8, 9, -5):
        typed = moment.astimezone(timezone(timedelta(hours=hours))).isoformat()
        assert datetime.fromisoformat(one(fact(Kind.MOMENT), typed)) == moment


# ---- Telephone, yes or no, choices ------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["0812-3456-7890", "+62 812 3456 7890", "(0371) 21234", "08123456789", "0371/21.234"],
)
def test_a_telephone_number_is_kept_as_people_write_it(typed):
    assert one(fact(Kind.PHONE), typed) == typed


@pytest.mark.parametrize(
    "typed", ["nol delapan", "0812", "0812-3456-7890 (Dewi)", "08" * 20, "0-----"]
)
def test_what_is_no_telephone_number_is_refused_with_an_example(typed):
    assert "0812-3456-7890" in sentence_for(fact(Kind.PHONE), typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *((yes, True) for yes in ("ya", "YES", "1", "true", "on", True)),
        *((no, False) for no in ("tidak", "No", "0", "false", False)),
    ],
)
def test_yes_and_no_are_told_in_several_words(typed, kept):
    assert one(fact(Kind.YES_NO), typed) is kept


def test_an_answer_of_no_is_an_answer():
    assert read([fact(Kind.YES_NO)], {"x": "tidak"}, today=TODAY) == {"x": False}


def test_what_is_neither_yes_nor_no_is_refused():
    assert sentence_for(fact(Kind.YES_NO), "mungkin") == "Pilih ya atau tidak."


def test_only_an_offered_answer_is_taken():
    spec = fact(Kind.CHOICE, choices=COLOURS)
    assert one(spec, "merah") == "merah"
    for typed in ("Merah", "hijau", "merah,putih"):
        assert "tersedia" in sentence_for(spec, typed)


def test_ticks_are_taken_once_each_in_the_order_given():
    spec = fact(Kind.TICKS, choices=COLOURS)
    assert one(spec, ["putih", "merah", "putih", ""]) == ["putih", "merah"]
    assert one(spec, "merah") == ["merah"]
    assert "tersedia" in sentence_for(spec, ["merah", "hijau"])


@pytest.mark.parametrize("kind", [Kind.PEOPLE, Kind.FILES, Kind.RUNS])
def test_a_list_has_an_end(kind):
    most = [f"id-{number}" for number in range(MOST_ITEMS)]
    assert one(fact(kind), most) == most
    assert str(MOST_ITEMS) in sentence_for(fact(kind), [*most, "satu-lagi"])


@pytest.mark.parametrize("kind", [Kind.PEOPLE, Kind.FILES, Kind.RUNS, Kind.TICKS])
def test_a_list_of_something_else_is_refused(kind):
    for typed in ([1], [["merah"]], [None], [{"id": "merah"}]):
        sentence_for(fact(kind, choices=COLOURS if kind is Kind.TICKS else ()), typed)


@pytest.mark.parametrize("nothing", [None, "", "  ", [], [""], {}, 0])
def test_a_required_list_cannot_be_empty(nothing):
    assert sentence_for(fact(Kind.PEOPLE), nothing) == "Isian ini wajib."


# ---- Rows -------------------------------------------------------------------------------------


def test_empty_rows_are_left_out_and_absent_columns_are_empty():
    rows = [{"what": " ping ", "value": "5 ms"}, {"what": "", "value": " "}, {}, {"other": "x"}]
    kept = [{"what": "ping", "value": "5 ms", "note": ""}]
    assert one(fact(Kind.ROWS, choices=COLUMNS), rows) == kept


def test_a_measured_zero_is_not_nothing():
    kept = [{"what": "hilang", "value": "0", "note": ""}]
    assert one(fact(Kind.ROWS, choices=COLUMNS), [{"what": "hilang", "value": 0}]) == kept


@pytest.mark.parametrize(
    "rows",
    [
        [{"what": "ping"}],
        [{"value": "5 ms"}],
        [{"note": "aneh"}],
        [{"what": "a" * 201, "value": "b"}],
        [{"what": "a", "value": "b"}] * (MOST_ITEMS + 1),
        "ping",
        ["ping"],
        {"what": "a", "value": "b"},
        [{"what": "a", "value": ["b"]}],
        [{"what": "a", "value": True}],
    ],
    ids=["no value", "no name", "note", "long", "many", "text", "texts", "row", "list", "tick"],
)
def test_rows_that_are_incomplete_long_or_no_rows_are_refused(rows):
    sentence_for(fact(Kind.ROWS, choices=COLUMNS), rows)


def test_rows_that_are_required_cannot_all_be_empty():
    assert sentence_for(fact(Kind.ROWS, choices=COLUMNS), [{}, {"what": ""}]) == "Isian ini wajib."


# ---- Fields that depend on each other ---------------------------------------------------------

DEPENDENT = (fact(Kind.YES_NO), Fact("y", "Y", when=("x", True)))


def test_a_field_that_does_not_count_is_not_asked_for_and_not_kept():
    assert read(DEPENDENT, {"x": "tidak", "y": "tertinggal"}, today=TODAY) == {"x": False}


def test_a_field_that_counts_is_asked_for():
    with pytest.raises(Invalid) as error:
        read(DEPENDENT, {"x": "ya"}, today=TODAY)
    assert [problem.field for problem in error.value.problems] == ["y"]


def test_a_lead_is_sought_among_the_people_above_only_once_those_can_be_read():
    specs = (Fact("team", "T", Kind.PEOPLE), Fact("lead", "L", Kind.PERSON, among="team"))
    assert read(specs, {"team": ["a", "b"], "lead": "b"}, today=TODAY)["lead"] == "b"
    with pytest.raises(Invalid) as error:
        read(specs, {"lead": "b"}, today=TODAY)
    assert [problem.field for problem in error.value.problems] == ["team"]


def test_one_of_several_is_enough_and_a_problem_with_one_is_told_alone():
    specs = (fact(required=False, limit=3), Fact("y", "Y", required=False))
    assert read(specs, {"y": "ada"}, today=TODAY, one_of=[("x", "y")]) == {"y": "ada"}
    with pytest.raises(Invalid) as error:
        read(specs, {}, today=TODAY, one_of=[("x", "y")])
    assert [problem.field for problem in error.value.problems] == ["x"]
    with pytest.raises(Invalid) as error:
        read(specs, {"x": "panjang"}, today=TODAY, one_of=[("x", "y")])
    assert len(error.value.problems) == 1


def test_of_several_that_count_only_after_an_answer_none_is_asked_for_otherwise():
    specs = (
        Fact("damaged", "Rusak?", Kind.YES_NO),
        Fact("x", "X", required=False, when=("damaged", True)),
        Fact("y", "Y", required=False, when=("damaged", True)),
    )
    assert read(specs, {"damaged": "tidak"}, today=TODAY, one_of=[("x", "y")]) == {"damaged": False}
    with pytest.raises(Invalid):
        read(specs, {"damaged": "ya"}, today=TODAY, one_of=[("x", "y")])
