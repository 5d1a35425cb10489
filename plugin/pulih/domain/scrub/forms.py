"""What the rules for device output share: how a value may be announced, and what is none."""

from __future__ import annotations

from pulih.domain.scrub import values
from pulih.domain.scrub.words import word_set

S = r"[ \t]+"
# How IOS, VRP and others say in which form the value is kept.
FORM = (
    rf"(?:(?:(?:[0-9]|1[05]|(?:irreversible-)?cipher|simple|hash|plain(?:text)?(?:-text)?"
    rf"|encrypted(?:-text)?|ascii(?:-text)?|ascii-key|hex(?:adecimal)?|hex-key|clear(?:text)?"
    rf"|encryption-type{S}\d|ENC|text|md5|sha(?:1|256|512)?|sm3|pbkdf2|secret|local|remote"
    rf"|level{S}\d+){S}){{0,3}})"
)
_KEYWORDS = word_set(
    "key-string key-chain keychain pass-phrase set-key ascii hex cipher simple manager operator address "
    "hostname local remote encrypted plaintext level role privilege priv auth version print export add set "
    "remove find enable disable akm pre-share mutual-auth mode type traps trap informs udp-port privacy "
    "encryption access"
)


def told(value: str) -> bool:
    """Tell whether a value is one, and no keyword of the command or name of an algorithm."""
    return (
        values.given(value)
        and not values.algorithm(value)
        and not values.assigned(value)
        and not value.startswith("-")
        and value.casefold() not in _KEYWORDS
    )


def told_typed(value: str) -> bool:
    """Tell the same of a value that must look made up, because a sentence may stand there."""
    return told(value) and values.strength(value) > 0


def told_setting(value: str) -> bool:
    """Tell the same of a value that may also be a switch or the path of a file."""
    return told(value) and values.set_to(value)


def told_name(value: str) -> bool:
    """Tell the same of a value that is no bare number."""
    return told(value) and not value.isdecimal()
