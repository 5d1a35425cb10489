"""Secrets that can be told by their own looks: hashes, tokens, keys between marks."""

from __future__ import annotations

from pulih.domain.scrub import values
from pulih.domain.scrub.kinds import COVER, Kind
from pulih.domain.scrub.rule import Rule, rule


def _any(value: str) -> bool:
    return COVER not in value


def _is_digest(value: str) -> bool:
    return not value.isdecimal() and any(letter.isdigit() for letter in value)


RULES: tuple[Rule, ...] = (
    rule(
        Kind.KEY,
        "<",
        r"<(?P<tag>key|tls-auth|tls-crypt(?:-v2)?|secret|auth-user-pass"
        r"|pkcs12)>(?P<s>[^<]{1,20000})(?=</(?P=tag)>)",
        "OpenVPN, in one file",
        _any,
    ),
    rule(
        Kind.KEY,
        "wifi:",
        r"\bWIFI:(?:[A-Z]\d?:(?:\\.|[^;\\\n]){0,128};){0,6}?P:(?P<s>(?:\\.|[^;\\\n]){1,128})(?=;|\r?$)",
        "what the square of a Wi-Fi says",
        values.filled,
        whole=True,
    ),
    rule(
        Kind.KEY,
        "private-lines",
        r"^Private-Lines:[ \t]*\d+[ \t]*\r?\n(?P<s>(?:[A-Za-z0-9+/=]+\r?(?:\n|$))+)",
        "PuTTY",
        _any,
    ),
    rule(Kind.KEY, "private-mac", r"^Private-MAC:[ \t]*(?P<s>[0-9a-f]{16,})", "PuTTY"),
    rule(
        Kind.HASH,
        "$",
        r"(?<![\w$])(?P<s>\$(?:1|2[abxy]?|5|6|7|8|9|14|y|gy|sha1|apr1|md5|h|c|argon2\w{0,2}"
        r"|scrypt|pbkdf2\S{0,16}|1[a-z]|0)\$[^\s\"':;,]{6,}+)",
        "crypt hashes: IOS, VRP, Linux, Junos",
        _any,
        whole=True,
    ),
    rule(
        Kind.HASH,
        "%^%# %$%$ %@%@ @%@% %#%# %+%#",
        r"(?P<s>(?P<q>%\^%#|%\$%\$|%@%@|@%@%|%#%#|%\+%#)[^\n]{4,300}?(?P=q))",
        "how VRP keeps secrets",
        _any,
        whole=True,
    ),
    rule(
        Kind.HASH,
        "{",
        r"(?P<s>\{(?:SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|PBKDF2\S{0,12})\}[\w+/=.$-]{8,})",
        "LDAP and htpasswd",
        _any,
    ),
    rule(
        Kind.HASH,
        ":",
        r"^[\w.-]{1,32}:(?P<s>[^:\s*!x][^:\s]{10,120}):\d{4,6}:\d{0,6}:\d{0,6}:\d{0,4}:\d*:\d*:",
        "/etc/shadow",
        _any,
    ),
    rule(
        Kind.HASH,
        ":",
        r"\w:\d{1,10}:(?P<s>[0-9a-f]{32}:[0-9a-f]{32})(?=:|\s|$)",
        "Windows' hashes",
        _any,
    ),
    rule(
        Kind.HASH,
        ":",
        r"^[\w.@-]{1,32}:(?P<s>(?:[0-9a-f]{32}|[0-9a-f]{40}|[./0-9a-z]{13}))[ \t]*\r?$",
        "a name and a hash",
        _is_digest,
    ),
    rule(
        Kind.TOKEN,
        "eyj",
        r"(?<![\w-])(?P<s>eyJ[\w-]{8,}+\.[\w-]{8,}+(?:\.[\w-]*+){1,3})",
        "JWT",
        _any,
    ),
    rule(
        Kind.TOKEN,
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- glrt- xox akia asia aiza sk- sk_ pk_ rk_ npm_ hf_ dop_v1_ "
        "shpat_ ya29. sg. key- tskey- dckr_pat_ pypi-",
        r"(?<![\w-])(?P<s>(?:gh[oprsu]_\w{20,}|github_pat_\w{20,}|gl(?:pat|rt|dt)-[\w-]{16,}"
        r"|xox[abeprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{12,}|AIza[\w-]{30,}"
        r"|sk-[\w-]{20,}|[sr]k_(?:live|test)_\w{10,}|npm_\w{20,}|hf_\w{20,}|dop_v1_\w{20,}"
        r"|shpat_\w{20,}|ya29\.[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|tskey-[\w-]{16,}"
        r"|dckr_pat_[\w-]{16,}|pypi-[\w-]{20,}))",
        "tokens that name who gave them",
        _any,
        exact=True,
    ),
    rule(Kind.TOKEN, ":aa", r"(?<!\d)(?P<s>\d{8,10}:AA[\w-]{30,})", "Telegram bots", _any),
    rule(
        Kind.TOKEN,
        "hooks. webhook",
        r"(?:hooks\.slack\.com/services|discord(?:app)?\.com/api/webhooks"
        r"|webhook\.office\.com/webhookb2)/(?P<s>[^\s\"'<>)]{8,})",
        "webhooks",
        _any,
    ),
    rule(
        Kind.TOKEN,
        "bearer basic digest authorization",
        r"\b(?:bearer|basic|apikey|token)[ \t]+(?P<s>(?=[\w.~+/-]{0,200}\d)[\w.~+/-]{12,}={0,2})",
        "headers of a request",
        values.typed,
    ),
    rule(
        Kind.TOKEN,
        "x-",
        r"\bx-(?:api|auth|access)-(?:key|token)[\"']?[ \t]*[:=][ \t]*VALUE",
        "headers of a request",
    ),
    rule(
        Kind.TOKEN,
        "cookie sess",
        r"\b(?:cookie:[^\n]{0,200}?|\b)(?:PHPSESSID|JSESSIONID|sessionid|session|sysauth"
        r"|connect\.sid|laravel_session)=(?P<s>[\w%.-]{8,})",
        "a session that is open",
    ),
)
