"""What every page asks for: the office, who is signed in, the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import current_app, g
from flask_babel import format_datetime, format_decimal, get_locale, gettext
from flask_login import UserMixin, current_user

from pulih.bootstrap import Office
from pulih.domain.people import Person
from pulih.errors import NotSignedIn, Unavailable
from pulih.wording import Bilingual, Sentence

EXTENSION = "pulih-office"


class SignedIn(UserMixin):
    """A person as flask-login knows them."""

    def __init__(self, person: Person, stamp: str) -> None:
        """Wrap a person. `stamp` ties the session to the password that it began with."""
        self.person = person
        self.id = f"{person.id}:{stamp}"


def office() -> Office:
    """Return the office that this application serves."""
    return cast("Office", current_app.extensions[EXTENSION])


def anybody() -> Person | None:
    """Return who is signed in, if anybody is. Raises Unavailable where that cannot be known."""
    if current_user.is_authenticated:
        return cast("SignedIn", current_user).person
    if "unreachable" in g:
        raise cast("Unavailable", g.unreachable)
    return None


def person() -> Person:
    """Return who is signed in. Raises NotSignedIn, or Unavailable where that cannot be known."""
    who = anybody()
    if who is None:
        raise NotSignedIn("Masuk dahulu untuk melanjutkan.")
    return who


def language() -> str:
    """Return the reader's language: `id` or `en`."""
    if "language" not in g:
        g.language = str(get_locale() or "id")
    return cast("str", g.language)


def say(text: Sentence | Bilingual | str | None) -> str:
    """Return a label, a sentence or fixed wording in the reader's language."""
    if isinstance(text, Sentence):
        return text.say(_translate, _show)
    if isinstance(text, Bilingual):
        return text.say(language())
    return _translate(text) if text else ""


def _show(value: object) -> str:
    """Return a moment on the office's clock, wording and numbers as the reader's language has them."""
    if isinstance(value, Bilingual):
        return value.say(language())
    if isinstance(value, float):
        return str(format_decimal(value))
    if not isinstance(value, datetime):
        return str(value)
    return str(
        format_datetime(
            value, "EEEE d MMMM y HH.mm" if language() == "id" else "EEEE d MMMM y HH:mm"
        )
    )


def _translate(text: str) -> str:
    return str(gettext(text)) if text else ""
