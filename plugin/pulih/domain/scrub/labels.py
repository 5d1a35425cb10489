"""What people call a secret, in Indonesian and English and as it is spelled in a hurry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pulih.domain.scrub.kinds import Kind


@dataclass(frozen=True, slots=True)
class Label:
    """One way to call a secret.

    Attributes:
        words: A pattern.
        plain: Whether a plain word can be the value, once "nya", a colon or "adalah" says that one follows. Words
            with other meanings ("kunci", "pin") need a value that looks made up.
        why: What goes wrong without it.
    """

    kind: Kind
    words: str
    plain: bool
    why: str


LABELS = (
    Label(
        Kind.PASSWORD,
        r"kata[ ]?sandi|katasandi|kode[ ]?sandi|sandi|pass(?:[ ]?word[sz]?|wort|wor|wd"
        r"|word['’]?s|w)?"
        r"|pas[sz]?wo?r?d|passwrod|paswod|paswot|paswort|pass?[ -]?phrase|pass[ -]?code"
        r"|pass[ -]?key"
        r"|p[a4@][sz5$]{1,2}w[o0]r?d|p[ ]a[ ]s[ ]s[ ]w[ ]o[ ]r[ ]d|s[ ]a[ ]n[ ]d[ ]i"
        r"|ks(?=[ ](?:wi-?fi|hotspot|router|mikrotik|winbox|modem|e-?mail|login|admin)(?!\w))"
        r"|pasww?d|psswd|pswrd|pswd|psw|pwd|pwrd|pw|kredensial|credentials?",
        plain=True,
        why="how technicians write it, typed in a hurry",
    ),
    Label(
        Kind.KEY,
        r"pre[ -]?shared[ -]?key|shared[ -]?(?:key|secret)|(?:wpa[23]?|wi-?fi|network|security"
        r"|encryption|license"
        r"|auth|authentication|preshared|private)[ -]key|kunci[ ](?:wi-?fi|jaringan|keamanan"
        r"|enkripsi|wpa2?|vpn"
        r"|hotspot)|kode[ ](?:wi-?fi|hotspot|ssid)|psk|(?:radius|ipsec|l2tp|vpn|ppp|server)[ -]secret",
        plain=True,
        why="Wi-Fi and VPN keys have names of their own",
    ),
    Label(
        Kind.KEY,
        r"keys?(?![ -]exchange)|kunci|secret",
        plain=False,
        why="a key is more often of a door, a host or a table",
    ),
    Label(
        Kind.KEY,
        r"kode(?=nya)",
        plain=False,
        why="a code may be of anything; that of a network is its key",
    ),
    Label(
        Kind.TOKEN,
        r"(?:api[ _-]?|access[ _-]?|auth[ _-]?|bot[ _-]?)?token|api[ _-]?key|otp|puk|pin"
        r"(?:[ ]wps)?|wps[ ]pin"
        r"|kode[ ](?:akses|otp|verifikasi|voucher|aktivasi|keamanan|pin|wps|masuk)|voucher",
        plain=False,
        why="short numbers and codes that open something",
    ),
    Label(
        Kind.COMMUNITY,
        r"(?:snmp[ -]?)?community(?:[ -]?(?:string|name))?|string[ ]snmp",
        plain=True,
        why="an SNMP community is a password",
    ),
)
NEAR = (
    "pas", "pw", "ps", "sandi", "key", "kunci", "secret", "token", "otp", "pin", "kode", "voucher", "kredensial",
    "credential", "community", "string", "puk", "p4", "p@", "ks ", "p a s s", "s a n d i",
)  # fmt: skip
LABEL = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"(?P<l{n}>{label.words})" for n, label in enumerate(LABELS))
    + r")(?P<nya>[ -]?(?:nya|ny)(?!\w))?(?![^\W_]|['’]\w)",
    re.IGNORECASE,
)
# Keys that everybody may see, or that open nothing.
OTHER_KEYS = re.compile(
    r"(?:public|pub|host|foreign|primary|hot|registry|sort|cache|shortcut|function|arrow|piano"
    r"|answer)[ _-]?$",
    re.IGNORECASE,
)
SHORT = frozenset({"pw", "psw", "pwd", "pswd"})  # nobody writes these without telling one
WIRELESS = re.compile(r"wi-?fi|ssid|hotspot|wlan", re.IGNORECASE)
SNMP = re.compile(r"snmp|community[ -]?(?:string|name)|\b(?:ro|rw)\b", re.IGNORECASE)


def label_of(found: re.Match[str]) -> Label:
    """Return the label that `LABEL` found."""
    return next(label for n, label in enumerate(LABELS) if found[f"l{n}"] is not None)
