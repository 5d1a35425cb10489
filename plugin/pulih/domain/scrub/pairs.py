"""A user and a password in one breath: "user/pass: admin/…", "login pakai root / …", "ubnt/ubnt"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pulih.domain.scrub import clauses, values
from pulih.domain.scrub.kinds import Kind, Span
from pulih.domain.scrub.reading import trimmed
from pulih.domain.scrub.words import ABOUT, ACCOUNTS, FACTORY, LINKS, NOUNS, THINGS

# What stands before "pass" where both are announced.
BOTH = re.compile(
    r"(?<![^\W_])(?:user(?:[ ]?(?:name|id))?|usr|uname|login|log|id|akun|account|ssid"
    r"|nama[ ]pengguna|pengguna|nama|email|u)(?:nya)?"
    r"[ \t]{0,2}(?:/|&|\+|,|\||dan|and|\\)[ \t]{0,2}$",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?<![\w/])(?:u[ ]?[/&][ ]?p|us[/]ps|usr[/]pwd|uid[/]pwd|id[/]pw)(?!\w)", re.IGNORECASE
)
_WHAT_FOR = re.compile(r"(?:[ \t]+(?P<w>[\w.-]{1,24})|[ \t]*\([^()\n]{1,30}\))")
_SIGN = re.compile(r"(?:nya)?[ \t]*(?:[:：=]{1,2}>?|[-=]>|→|-(?=[ \t]))?[ \t]*")
_TWO = re.compile(
    r"[\"'`*(\[]{0,3}(?P<u>[\w.@+-]{1,64}?)[\"'`*]{0,3}(?:[ \t]{0,3}(?:/|\|"
    r"|\\|[,;:&+])[ \t]{0,3}|[ \t]+(?:dan|and|dg|dengan|-|–|pass\w*|pw|pwd|sandi)[ \t]+"
    r"|[ \t]+)"
    r"[\"'`*]{0,3}(?P<s>[^\s\"'`\ue000]{1,128})"
)
_LOGIN = re.compile(
    r"(?<![^\W_])(?:log[ -]?in|signin|sign[ ]in|log[ ]on|masuk|akses|winbox|ssh|telnet"
    r"|kredensial|credentials?|akun|default|bawaan|account|user)(?:nya)?(?![^\W_])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:[ \t]+(?:pakai|pake|pk|dengan|dgn|dg|via|memakai|menggunakan|ke|sebagai|as|with"
    r"|winbox|router|mikrotik|web|webfig|ssh|telnet|user|akun|default|ap|switch|olt|ont|modem"
    r"|nya|masih|jadi|admin(?=[ \t]+\w+/))){0,4}"
    r"[ \t]*[:=]?[ \t]*"
)
_SLASHED = re.compile(
    r"[\"'`*(\[]{0,2}(?P<u>[A-Za-z][\w.@-]{1,40})[\"'`*]{0,2}[ \t]?[/:|\\][ \t]?"
    r"[\"'`*]{0,2}(?P<s>[^\s/\"'`\ue000][^\s\"'`\ue000]{0,127})"
)
_KNOWN = re.compile(
    rf"(?<![\w/.@\\-])(?P<u>{'|'.join(sorted(ACCOUNTS))})[ \t]?(?:/|:(?!//)"
    rf"|\|)[ \t]?(?P<s>[^\s/\"'`\ue000|:][^\s\"'`\ue000]{{0,127}})",
    re.IGNORECASE,
)
_MAILBOX = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,40}"
    r"(?:\.[\w-]{1,40}){0,5}\.[a-z]{2,24}[ \t]?[/:|][ \t]?(?P<s>[^\s/\"'`\ue000|:][^\s\"'`\ue000]{0,127})"
)
_SUBSCRIBER = re.compile(
    r"(?<![^\W_])(?:speedy|indi-?home|telkom|astinet|pppoe|internet|akun|user|login)(?:nya)?[^\n\d/|]{1,24}"
    r"\d{9,14}[ \t]?[/|][ \t]?(?P<s>[^\s/\"'`\ue000|][^\s\"'`\ue000]{0,127})",
    re.IGNORECASE,
)
_MOST_FOR = 5


def seek(text: str) -> Iterator[Span]:
    """Yield the passwords of logins that are written as one."""
    for found in _SHORT.finditer(text):
        if span := after_both(text, found.end(), _line_end(text, found.end())):
            yield span
    for found in _LOGIN.finditer(text):
        between = _BETWEEN.match(text, found.end())
        if between and (two := _SLASHED.match(text, between.end())) and _is_login(text, two):
            yield _secret(two)
    for found in _KNOWN.finditer(text):
        if _is_known(text, found):
            yield _secret(found)
    yield from _of_accounts(text)


def _of_accounts(text: str) -> Iterator[Span]:
    """Yield passwords after an account's number or mail address: "speedy 1112…/…"."""
    for found in _SUBSCRIBER.finditer(text):
        if clauses.made_up(trimmed(found["s"])):
            yield _secret(found)
    for found in _MAILBOX.finditer(text) if "@" in text else ():
        if values.typed(trimmed(found["s"])):
            yield _secret(found)


def after_both(text: str, at: int, end: int) -> Span | None:
    """Return the password after "user/pass", behind the user's name; nothing where none is told."""
    told = False
    for _ in range(_MOST_FOR):
        sign = _SIGN.match(text, at, end)
        if sign and any(c in sign[0] for c in ":：=→-"):
            at, told = sign.end(), True
            break
        word = _WHAT_FOR.match(text, at, end)
        if not word or (
            (word["w"] and word["w"].casefold() not in THINGS | LINKS)
            or _TWO_SLASHED.match(text, at, end)
        ):
            break
        at = word.end()
    at = _SIGN.match(text, at, end).end()  # type: ignore[union-attr]  # it matches nothing at all, too
    two = _TWO.match(text, at, end)
    if not two:
        return None
    user, secret = two["u"].casefold(), trimmed(two["s"])
    about = user in ABOUT - NOUNS or values.verb(user) or not values.given(secret)
    slashed = not text[two.end("u") : two.start("s")].isspace()
    if (
        about
        or not (told or slashed or values.strength(secret))
        or (not slashed and not values.strength(secret))
    ):
        return None
    return Span(two.start("s"), two.start("s") + len(secret), Kind.PASSWORD)


_TWO_SLASHED = re.compile(r"[ \t]+[\w.@+-]{1,64}[ \t]?/")


def _is_login(text: str, two: re.Match[str]) -> bool:
    user, secret = two["u"].casefold(), trimmed(two["s"])
    between = text[two.end("u") : two.start("s")]
    if not values.given(secret) or user in ABOUT - NOUNS or secret.startswith("//"):
        return False
    if ":" in between and " " in between and user not in ACCOUNTS:
        return False
    return values.strength(secret) > 0 or (user in ACCOUNTS and _plain(secret))


def _is_known(text: str, two: re.Match[str]) -> bool:
    user, secret = two["u"].casefold(), trimmed(two["s"])
    between = text[two.end("u") : two.start("s")]
    if secret.casefold() == user or (secret.casefold() in FACTORY and user != "user"):
        return "/" in between or (not between.isspace() and " " not in between)
    if ":" in between and ":" in secret:
        return False  # a line of /etc/passwd
    return values.given(secret) and values.strength(secret) > 0


def _plain(secret: str) -> bool:
    folded = secret.casefold()
    return (
        folded not in ABOUT
        and not values.ordinary(secret)
        and not values.verb(folded)
        and "/" not in secret
    )


def _secret(two: re.Match[str]) -> Span:
    return Span(two.start("s"), two.start("s") + len(trimmed(two["s"])), Kind.PASSWORD)


def _line_end(text: str, at: int) -> int:
    line = text.find("\n", at, at + 160)
    return line if line >= 0 else min(len(text), at + 160)
