"""No sequence of transactions tells a store from a dictionary."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from pulih.errors import Duplicate, NotFound

KEYS = some.sampled_from(["1", "2", "3", "é", "a b"])
FEW = some.sampled_from([None, "x", "y"])
DOCUMENTS = some.fixed_dictionaries(
    {
        "letter_key": FEW,
        "agenda_key": FEW,
        "state": FEW,
        "step": some.sampled_from([None, 1, 2]),
        "opened": FEW,
        "team": some.lists(some.sampled_from("xy"), max_size=2),
        "words": some.sampled_from(["", "x", "x y"]),
    }
)
DEEDS = some.lists(
    some.tuples(some.sampled_from(["insert", "update", "remove"]), KEYS, DOCUMENTS), max_size=4
)
ASKED = [
    {},
    {"state": "x"},
    {"state": ["x", None], "step": 1},
    {"team": "x"},
    {"team": ["x", "y"], "state": "y"},
    {"letter_key": "x"},
]


class Model:
    """What a store should be, in the plainest way."""

    def __init__(self) -> None:
        self.kept: dict[str, dict] = {}

    def do(self, deed: str, key: str, document: dict) -> str | None:
        """Do a deed; return the field in its way, or None."""
        if deed == "remove":
            self.kept.pop(key, None)
            return None
        if (deed == "insert") == (key in self.kept):
            return "" if deed == "insert" else "missing"
        for field in ("letter_key", "agenda_key"):
            others = {other[field] for name, other in self.kept.items() if name != key}
            if document[field] is not None and document[field] in others:
                return field
        self.kept[key] = document
        return None

    def find(self, equal: dict, word: str) -> list[dict]:
        return [
            document
            for _key, document in sorted(self.kept.items())
            if word in document["words"]
            and all(self.holds(document[f], v) for f, v in equal.items())
        ]

    @staticmethod
    def holds(value: object, wanted: object) -> bool:
        asked = wanted if isinstance(wanted, list) else [wanted]
        return bool(set(value) & set(asked)) if isinstance(value, list) else value in asked


def refusal(view, deed: str, key: str, document: dict) -> str | None:
    """Do a deed in a store; return the field in its way, or None."""
    try:
        getattr(view, deed)("tickets", key, *(() if deed == "remove" else (document,)))
    except Duplicate as error:
        return error.field
    except NotFound:
        return "missing"
    return None


class Comparison(RuleBasedStateMachine):
    """Does the same to a store and to the model."""

    open = None

    def __init__(self) -> None:
        super().__init__()
        self.documents = self.open()
        self.model = Model()

    @rule(deeds=DEEDS, stumble=some.booleans())
    def transact(self, deeds, stumble):
        before = deepcopy(self.model.kept)
        with suppress(ZeroDivisionError), self.documents.writing() as view:
            for deed, key, document in deeds:
                assert refusal(view, deed, key, document) == self.model.do(deed, key, document)
            if stumble:
                self.model.kept = before
                raise ZeroDivisionError

    @invariant()
    def agree(self):
        with self.documents.reading() as view:
            for equal in ASKED:
                for word in ("", "y"):
                    expected = self.model.find(equal, word)
                    words = (word,) if word else ()
                    assert view.find("tickets", equal, words=words) == expected
                    assert view.count("tickets", equal, words=words) == len(expected)
            ordered = view.find("tickets", order="opened", descending=True, start=1)
            expected = sorted(
                self.model.find({}, ""), key=lambda d: d["opened"] or "", reverse=True
            )
            assert ordered == expected[1:]

    def teardown(self):
        self.documents.close()


@pytest.mark.slow
def test_no_sequence_of_transactions_tells_a_store_from_a_dictionary(open_documents, tmp_path):
    count = iter(range(10_000))

    class OfThisStore(Comparison):
        def open(self):
            folder = tmp_path / str(next(count))
            folder.mkdir()
            return open_documents(folder)

    # Failures are not shrunk: every example makes files, and a dozen transactions can be read as they are.
    brief = settings(max_examples=25, stateful_step_count=12, phases=[Phase.generate])
    run_state_machine_as_test(OfThisStore, settings=brief)
