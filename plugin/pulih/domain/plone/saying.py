"""Sentences as plain values, so that records can keep them and any reader has them in their own language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulih.wording import Sentence


def told(said: Sentence) -> dict[str, Any]:
    """Return a sentence as JSON can hold it; sentences within it stay sentences."""
    return {"text": said.text, "values": {name: _value(v) for name, v in said.values.items()}}


def sentence_of(kept: Mapping[str, Any] | None) -> Sentence | None:
    """Return the sentence that was told, or None where there is none.

    Raises:
        TypeError: That is no sentence.
    """
    if kept is None:
        return None
    text, values = kept.get("text"), kept.get("values")
    if not isinstance(text, str) or not isinstance(values, Mapping):
        raise TypeError(kept)
    return Sentence(text, {str(name): _again(value) for name, value in values.items()})


def _value(value: object) -> object:
    if isinstance(value, Sentence):
        return told(value)
    if isinstance(value, list | tuple):
        return [_value(one) for one in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


def _again(value: object) -> object:
    if isinstance(value, Mapping):
        return sentence_of(value)
    return [_again(one) for one in value] if isinstance(value, list) else value
