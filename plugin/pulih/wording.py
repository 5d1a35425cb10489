"""A sentence and its values, kept apart until somebody reads it.

The rules below speak Bahasa Indonesia, the language of the office. What they say is translated at the edge, through
gettext, by the entrance that knows its reader. Nothing here looks at a locale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]
Show = Callable[[object], str]


def N_(text: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Mark `text` for the catalogue without translating it now."""
    return text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with `{names}` and the values that go into it.

    Values that are themselves sentences are translated with the sentence around them.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, translate: Translate = str, show: Show = str) -> str:
        """Return the finished text in the reader's language.

        Args:
            translate: Looks a template up in the reader's catalogue.
            show: Writes a value that is no text, such as a moment, as the reader is used to.
        """
        values = {name: in_words(value, translate, show) for name, value in self.values.items()}
        text = translate(self.text).format(**values) if values else translate(self.text)
        # "…, S.T." at the end of a sentence already ends it.
        return text[:-1] if text.endswith("..") and not text.endswith("...") else text

    def __str__(self) -> str:
        """Return the sentence in Bahasa Indonesia."""
        return self.say()


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Wording that the regulation fixes in both languages, so that it is data and not a translation."""

    id: str
    en: str

    def say(self, language: str = "id") -> str:
        """Return the wording in `language`; anything but `en` is Indonesian."""
        return self.en if language.startswith("en") else self.id

    def __str__(self) -> str:
        """Return the Indonesian wording."""
        return self.id


def sentence(text: str, **values: object) -> Sentence:
    """Return a `Sentence`; the keyword that the catalogue's extraction looks for."""
    return Sentence(text, values)


def in_words(value: object, translate: Translate, show: Show = str) -> str:
    """Return `value` as it goes into a template: sentences translated, lists joined."""
    if isinstance(value, Sentence):
        return value.say(translate, show)
    if isinstance(value, list | tuple):
        return ", ".join(in_words(item, translate, show) for item in value)
    return value if isinstance(value, str) else show(value)
