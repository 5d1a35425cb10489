"""The search in JSON: for programs of people who are signed in, and for other sites that hold the office's key."""

from __future__ import annotations

import hmac
import textwrap
from collections.abc import Mapping
from typing import Any

from flask import Flask, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from pulih.domain.article import Article
from pulih.errors import Invalid, NotSignedIn, Problem
from pulih.publish import addresses
from pulih.service.answers import answer, case, facets
from pulih.service.published import FoundOutside
from pulih.web.asking import FACETS, LAST_PAGE, LONGEST_VALUE, MOST_WORDS, Asked, names
from pulih.web.context import office, person, say
from pulih.wording import sentence

PATH = "/cari.json"
_MOST_MATCHES, _LINE = 50, 240
_KNOWN = ("q", *FACETS, "halaman", "banyak")


def init_app(app: Flask) -> None:
    """Register the endpoint."""
    app.add_url_rule(PATH, "answering", search)


def search() -> ResponseReturnValue:
    """Answer a search: with the office's key what the wiki shows, else what the person may read.

    Raises:
        Invalid: A parameter is unknown or does not fit. Words beyond those that are read are no reason.
        NotSignedIn, NotAllowed: As they say.
    """
    outside = has_key()
    asked = _read(request.args)
    if outside:
        return jsonify(_outside(office().published.search(asked.query)))
    told = answer(office().finding.search(person(), asked.query), names(), say)
    for found in (*told["matches"], *told["near"]):
        found["url"] = _page(found["number"], found["year"])
    return jsonify(told)


def has_key() -> bool:
    """Tell whether the request comes with the office's key. Raises NotSignedIn where it comes with another.

    A header of another scheme is none of ours: a proxy in front may ask for a name and a password of its own.
    """
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer":
        return False
    key = office().settings.search_token
    fits = hmac.compare_digest(given.strip().encode(), key.encode())
    if not (key and fits):
        raise NotSignedIn("Kunci pencarian ini tidak berlaku. Periksa search_token di kantornya.")
    return True


def _read(given: Mapping[str, str]) -> Asked:
    problems = [
        Problem(
            name[:40],
            sentence(
                "Parameter ini tidak dikenal. Yang dikenal: {known}.", known=", ".join(_KNOWN)
            ),
        )
        for name in given
        if name not in _KNOWN
    ]
    only = {attribute: given[name] for name, attribute in FACETS.items() if given.get(name)}
    long = sentence("Terlalu panjang: paling banyak {most} huruf.", most=LONGEST_VALUE)
    problems += [
        Problem(name, long)
        for name, attribute in FACETS.items()
        if len(only.get(attribute, "")) > LONGEST_VALUE
    ]
    page = _number(given, "halaman", 1, LAST_PAGE, problems)
    size = _number(given, "banyak", 10, _MOST_MATCHES, problems)
    if problems:
        raise Invalid(problems, sentence("Pencarian ini tidak dapat dibaca."))
    return Asked(given.get("q", "")[:MOST_WORDS], only, page, size)


def _number(
    given: Mapping[str, str], name: str, usual: int, most: int, problems: list[Problem]
) -> int:
    text = given.get(name) or str(usual)
    if (
        text.isascii()
        and text.isdecimal()
        and len(text) <= len(str(most))
        and 1 <= int(text) <= most
    ):
        return int(text)
    problems.append(Problem(name, sentence("Isi angka 1 sampai {most}.", most=most)))
    return usual


def _outside(told: FoundOutside) -> dict[str, Any]:
    return {
        "total": told.found.total,
        "matches": [_published(article) for article in told.articles],
        **facets(told.found, told.names, say),
    }


def _published(article: Article) -> dict[str, Any]:
    return {
        **case(article),
        "cause": _line(article.cause),
        "fix": _line(article.actions),
        "url": _page(article.number, article.year),
    }


def _line(text: str) -> str:
    return textwrap.shorten(text, _LINE, placeholder=" …")


def _page(number: str, year: int) -> str:
    """Return the address of a case on the wiki."""
    path = addresses.case(number, year).removesuffix(".md")
    return url_for("site.page", path=f"{path}/", _external=True)
