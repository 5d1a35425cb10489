"""Judging a value: is it a secret, or what people write about secrets?"""

from __future__ import annotations

import re

from pulih.domain.scrub.kinds import COVER
from pulih.domain.scrub.words import ABOUT, FEATURES, VERB

_PLACEHOLDER = re.compile(
    r"""[\W_]*+                                     # nothing but signs: ****, ------, ...
    | [x•●*.]{2,}+ | <[\w -]{1,40}> | \[[\w -]{1,40}\] | \{[\w -]{1,40}\} | %[A-Z_]{2,40}%
    | \$\{?\w{1,40}\}? | \$\([\w ]{1,40}\) | \{\{[^{}]{1,60}\}\} | \{\$[\w.]{1,60}\}
    | [<(\[]?(?:hidden|redacted|removed|masked|omitted|secret|unchanged|disembunyikan|disamarkan|none|null|nil
        |undefined|n/?a|not[ ]set|kosong|blank|empty|unset|tidak[ ]ada|rahasia[ ]negara|\#\#?[ ]?secret-data)[>)\]]?
    | password_?here | your[-_ ]?(?:password|secret|token|key) | changeit_here
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SWITCH = re.compile(
    r"(?:yes|no|true|false|on|off|enabled?|disabled?|required|optional|default|auto|any|null"
    r"|ya|tidak|aktif|nonaktif)",
    re.IGNORECASE,
)
_MONTHS = "jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec"
_UNIT = (
    "x|kali|karakter|char(?:s|acters?)?|digit|huruf|angka|menit|jam|hari|bulan|tahun|detik|minggu|orang|user|pengguna|"
    "pelanggan|akun|unit|buah|titik|port|kbps|mbps|gbps|mb|gb|kb|ms|s|m|meter|cm|mm|km|db|dbm|v|volt|w|watt|a|ampere|"
    "hz|khz|mhz|ghz|persen|%|bit|byte|bytes|pt|core|menitan|th|st|nd|rd|minutes?|hours?|days?|times|attempts?"
)
_FIGURE = re.compile(
    rf"""[-+]?\d+(?:[.,]\d+)?(?:{_UNIT})?(?:/(?:s|detik|jam|\d+))?
    | \d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}} | \d{{4}}-\d{{2}}-\d{{2}}(?:[T_]\d{{2}}[:.]?\d{{2}}\S*)?
    | \d{{1,2}}[-/ ]?(?:{_MONTHS})[a-z]{{0,6}}[-/ ]?\d{{2,4}}
    | \d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:-\d{{1,2}}[:.]\d{{2}})?(?:wita|wib|wit)?
    | \d{{1,3}}(?:\.\d{{1,3}}){{3}}(?:/\d{{1,2}}|:\d{{1,5}})?            # addresses
    | (?:[0-9a-f]{{1,4}}:){{2,7}}[0-9a-f]{{0,4}}(?:/\d+)?
    | (?:[0-9a-f]{{2}}[:-]){{5}}[0-9a-f]{{2}} | (?:[0-9a-f]{{4}}[.-]){{2}}[0-9a-f]{{4}}
    | v(?:ersi)?\.?\d+(?:\.\w+)* | \d+(?:\.\d+)+(?:rc\d+|beta\d+)?       # versions
    | (?:\d{{4}}-|(?:tkt|tik|tiket|ticket|inc|case|no|sr|wo|inv|sp|spk|bast|agd|agenda|sn|id|req|crq|bug|cve)[-/#])
      \d{{2,8}}(?:[-/]\d{{1,8}})*                                            # tickets, agenda
    | \d{{2,4}}(?:\.\d+)?/[\w.-]{{1,20}}(?:/[\w.-]{{1,20}}){{1,4}}       # letters
    """,
    re.IGNORECASE | re.VERBOSE,
)
_THING = re.compile(
    r"""(?:ether|sfp|sfp-sfpplus|combo|qsfp[a-z]*|wlan|wifi|bridge|bond|bonding|vlan|vlanif|loopback|lo|eth|en[ops]
        |br|tun|tap|wg|ppp|pppoe|pppoe-out|l2tp-out|gi|gig[a-z]*|fa|fast[a-z]*|te|ten[a-z]*|ge|xge|po|port|ath|ra
        |lan|wan)[-_ ]?\d{1,4}(?:[/.:-]\d{1,4})*                              # interfaces
    | (?:loket|lantai|lt|ruang|rack|rak|pc|printer|ap|sw|rt|cam|cctv|olt|odp|odc|core|gate|slot|titik|area|zone|as
        |gedung|blok|site)[-_ ]?[a-z]?\d{1,2}(?:[/.:-]\d{1,2})*               # places
    | (?:rb[a-z]{0,4}|crs|ccr|css|cap|isr|asr|cbs|hg|ma|an|fgt)-?\d{2,5}[\w./+-]*
    | (?:ws-c|eap|tl-|tp-link|uap|usw|udm|usg|lbe-|nbe-|nbm|lap-|pbe-|nsm|rg-|er-|es-|ds-|dh-|zxhn|zxa|dir-|dgs-
        |des-|dap-|pa-|sfp[-+])[\w./+-]{0,20}\d[\w./+-]*
    | (?:hap|cap|wap|hex|archer)[- ]?(?:ac|ax|lite|gr|s|r|c|a|x)\w{0,5} | cat-?[5-8][ae]? | rj-?\d\d
    | (?:c|s|sg|sf|ar|ne|er|ex|srx|mx|fg|ap|f|ic|bx)-?\d{2,5}[a-z]{0,3}(?:-\w{1,12}){0,3}
    | (?:wpa|wep|aes|sha|md|des|3des|tls|ssl|ssh|snmp|ipv|http|l2tp|ikev|rfc|win|windows|office|excel|php|mysql
        |ms-?chap|eap|type|tipe|level|index|group|dh-?group|modp|grup|step|langkah|tahap|versi)[-_ v]?\d[\w.]{0,5}
        (?:[-/+](?:psk|aes|tkip|ccmp|eap|cbc|gcm|enterprise|personal|wpa\d|psk|sha\d*|\d+))*
    | 802\.1\w+ | \d+g(?:hz|e|base\S*)? | ipv[46]/ipv[46] | rsa-?\d+ | ed25519 | sha-?(?:1|256|384|512):?\S*
    | ssid-?\w*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = re.compile(r"[@#$!%^&*?+=~|\\]")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Z]{2,}[a-z]{2,}")
_SHORTEST_NUMBER = 5
_ASSIGNMENT = re.compile(r"[A-Za-z][-\w.]{1,40}=(?!=*$)")
_WAY = re.compile(
    r"(?:wpa|wep|aes|sha|md|tls|ssl|ssh|snmp|802)[-.]?\d[\w./+-]{0,12}", re.IGNORECASE
)
_PATH = re.compile(
    r"/[\w.-]{2,}(?:/[\w.-]+)*/?|\S+\.(?:pem|key|crt|cer|pub|txt|cfg|conf|rsc|backup|pdf|docx?"
    r"|xlsx?)"
)
_HOLDS = frozenset("0123456789")


def filled(value: str) -> bool:
    """Tell whether a value is there at all: no placeholder, and not hidden already."""
    bare = value.strip("\"'`*_ ")
    return COVER not in bare and not _PLACEHOLDER.fullmatch(bare)


def given(value: str) -> bool:
    """Tell whether a value is more than a remark about one."""
    bare = value.strip("\"'`*_.,;:!?() ")
    return filled(value) and bare.casefold() not in ABOUT


def set_to(value: str) -> bool:
    """Tell whether `value` after an equals sign is a secret: neither a switch nor where a file is."""
    bare = value.strip("\"'")
    return given(value) and not _SWITCH.fullmatch(bare) and not _PATH.fullmatch(bare)


def typed(value: str) -> bool:
    """Tell whether a value looks like one that was made up to be a secret."""
    return filled(value) and strength(value) > 0


def algorithm(value: str) -> bool:
    """Tell whether a value names a way of hiding, as AES128 or TLS_AES_256."""
    return value.casefold() in FEATURES or bool(_THING.fullmatch(value))


def strength(value: str) -> int:
    """Return how much a value looks made up.

    0: a word, a figure, a date, an address, a version or the name of a part. 1: a long number, or letters with digits
    or with a capital inside. 2: letters with signs, and with digits or capitals.
    """
    if ordinary(value):
        return _long_number(value)
    letters = any(c.isalpha() for c in value)
    digits = not _HOLDS.isdisjoint(value)
    signs = bool(_SIGNS.search(value))
    if signs and letters and (digits or not value.islower() or len(value) > _SHORTEST_NUMBER):
        return 2
    return int((letters and digits) or signs or bool(_INNER_CAPITAL.search(value)))


def _long_number(value: str) -> int:
    return int(value.isdecimal() and len(value) >= _SHORTEST_NUMBER)


def ordinary(value: str) -> bool:
    """Tell whether a value is a known word, figure, name of a part, path or setting of its own."""
    return (
        value.casefold() in ABOUT
        or value.casefold() in FEATURES
        or bool(_FIGURE.fullmatch(value) or _THING.fullmatch(value))
        or assigned(value)
    )


def feature(value: str) -> bool:
    """Tell whether a value names a way of hiding or a program, or is a setting or a path of its own."""
    return value.casefold() in FEATURES or assigned(value) or bool(_WAY.fullmatch(value))


def assigned(value: str) -> bool:
    """Tell whether a value is a setting of its own, `name=…`, or a path."""
    return bool(_ASSIGNMENT.match(value) or _PATH.fullmatch(value))


def verb(word: str) -> bool:
    """Tell whether a word looks like an Indonesian verb: a clause follows, no secret."""
    return bool(VERB.fullmatch(word))


def counted(following: str) -> bool:
    """Tell whether a unit comes next, so that a number before it counts something."""
    return bool(_COUNTED.match(following))


_COUNTED = re.compile(rf"\s*(?:{_UNIT})(?!\w)", re.IGNORECASE)
