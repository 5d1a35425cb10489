"""Secrets in what people type: addresses with a password, and options of commands."""

from __future__ import annotations

from pulih.domain.scrub import values
from pulih.domain.scrub.forms import S
from pulih.domain.scrub.kinds import Kind
from pulih.domain.scrub.rule import Rule, rule

_SCHEME = r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}://"
_SNMP = r"\bsnmp(?:walk|get|getnext|bulkwalk|bulkget|set|table|trap|status|df|check)\b[^\n|;]"


def _not_option(value: str) -> bool:
    return values.filled(value) and not value.startswith("-")


def _given_option(value: str) -> bool:
    return _not_option(value) and values.given(value)


RULES: tuple[Rule, ...] = (
    rule(
        Kind.PASSWORD,
        "://",
        rf"{_SCHEME}[^\s:/@?#\"'<>]{{0,64}}:(?P<s>[^\s/\"'<>]{{1,128}})@(?=[\w\[])",
        "user:password@ in an address",
        values.filled,
        whole=True,
    ),
    rule(
        Kind.PASSWORD,
        "://",
        rf"{_SCHEME}[^\s:/@?#\"'<>]{{0,64}}:(?!\d{{1,5}}/)(?P<s>[^\s\"'<>?]{{1,128}})@(?=[\w.-]+(?:[:/\s]|$))",
        "the same, with a slash in the password",
        values.filled,
        whole=True,
    ),
    rule(
        Kind.PASSWORD,
        "-u -p",
        r"\b(?:curl|wget|http|https|lftp|xh)\b[^\n|;]{0,300}?[ \t](?:-u|--user|--proxy-user"
        r"|-a|--auth)[ =]?[ \t]*(?:[\"'](?P<q>)"
        r"|(?![\"']))[^\s:\"']{1,64}:(?P<s>[^\s\"']{1,128})",
        "curl -u",
        values.filled,
        whole=True,
    ),
    rule(
        Kind.PASSWORD,
        "-",
        rf"(?<!\S)--?(?:password|passwd|pass|pw|http-password|ftp-password|proxy-password"
        rf"|passphrase|secret|token|api-key|psk)(?:=|{S})VALUE",
        "an option that says so",
        _given_option,
    ),
    rule(Kind.PASSWORD, "sshpass", rf"\bsshpass{S}-p[ \t]*VALUE", "sshpass", _not_option),
    rule(
        Kind.PASSWORD,
        "mysql maria",
        r"\b(?:mysql\w*|mariadb\w*)\b[^\n|;]{0,160}?[ \t]-p(?P<s>\"[^\"\n]+\"|'[^'\n]+'"
        r"|[^\s\"'-]\S*)",
        "mysql -p…",
        _not_option,
    ),
    rule(Kind.COMMUNITY, "snmp", rf"{_SNMP}{{0,160}}?{S}-c[ \t]*VALUE", "snmpwalk -c", _not_option),
    rule(
        Kind.KEY, "snmp", rf"{_SNMP}{{0,200}}?{S}(?-i:-A|-X)[ \t]*VALUE", "snmpwalk -A", _not_option
    ),
    rule(
        Kind.KEY,
        "snmp",
        rf"{_SNMP}{{0,200}}{S}(?-i:-A|-X)[ \t]*VALUE",
        "… and its second key",
        _not_option,
    ),
    rule(
        Kind.PASSWORD,
        "smbclient mount.cifs rpcclient smbmap net",
        rf"\b(?:smbclient|rpcclient|net{S}(?:rpc|ads))\b[^\n|;]{{0,160}}?"
        rf"{S}-U[ \t]*[\"']?[^\s%\"']{{1,64}}%(?P<s>[^\s\"']{{1,128}})",
        "smbclient -U user%…",
        values.filled,
        whole=True,
    ),
    rule(
        Kind.PASSWORD,
        "net",
        rf"\bnet{S}use{S}(?:[a-z*]:?{S})?\\\\\S+{S}(?!/)VALUE",
        "net use",
        _not_option,
    ),
    rule(
        Kind.PASSWORD,
        "net",
        rf"\bnet{S}user{S}(?!/)\S{{1,64}}{S}(?![/*])VALUE",
        "net user",
        values.typed,
    ),
    rule(
        Kind.PASSWORD,
        "ipmitool",
        rf"\bipmitool\b[^\n|;]{{0,160}}?{S}-P[ \t]*VALUE",
        "ipmitool -P",
        _not_option,
    ),
    rule(
        Kind.PASSWORD,
        "radtest",
        rf"\bradtest{S}(?:-\S+{S}(?:\w+{S})?)?\S{{1,64}}{S}VALUE{S}\S",
        "radtest",
        _not_option,
    ),
    rule(
        Kind.KEY,
        "radtest",
        rf"\bradtest{S}[^\n]{{1,160}}{S}\d{{1,5}}{S}VALUE[ \t]*\r?$",
        "radtest's secret",
        _not_option,
    ),
    rule(
        Kind.KEY,
        "nmcli wifi-sec",
        rf"\b(?:nmcli\b[^\n]{{0,160}}?{S}password|(?:802-11-wireless-security|wifi-sec)\.(?:psk"
        rf"|wep-key\d)){S}VALUE",
        "nmcli",
    ),
    rule(
        Kind.KEY,
        "wpa_passphrase",
        rf"\bwpa_passphrase{S}(?:\"[^\"\n]{{1,64}}\"|'[^'\n]{{1,64}}'|\S{{1,64}}){S}VALUE",
        "wpa_passphrase",
        _not_option,
    ),
    rule(
        Kind.KEY,
        "wpa_cli psk",
        r"\bset_network[ \t]+\d+[ \t]+(?:psk|password)[ \t]+'?VALUE",
        "wpa_cli",
    ),
    rule(
        Kind.PASSWORD,
        "redis",
        rf"\bredis-cli\b[^\n|;]{{0,120}}?{S}-a[ \t]*VALUE",
        "redis-cli -a",
        _not_option,
    ),
    rule(
        Kind.PASSWORD,
        "ldap",
        rf"\bldap(?:search|add|modify|passwd|whoami|delete)\b[^\n|;]{{0,200}}?{S}-w[ \t]*VALUE",
        "ldapsearch -w",
        _not_option,
    ),
    rule(
        Kind.PASSWORD,
        "htpasswd",
        rf"\bhtpasswd{S}-\w*b\w*{S}(?:\S+{S})?\S+{S}VALUE[ \t]*\r?$",
        "htpasswd -b",
        _not_option,
    ),
    rule(
        Kind.PASSWORD,
        "chpasswd",
        r"\becho[ \t]+(?:-\w+[ \t]+)?[\"']?[\w.-]{1,64}:"
        r"(?P<s>[^\"'|\n]{1,128}?)[\"']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?chpasswd",
        "chpasswd",
        values.filled,
    ),
    rule(
        Kind.PASSWORD,
        "passwd sudo",
        r"\becho[ \t]+(?:-\w+[ \t]+)?(?P<s>\"[^\"\n]{1,128}\"|'[^'\n]{1,128}'"
        r"|[^\s|]{1,128})[ \t]*\|[ \t]*(?:sudo[ \t]+(?:-S|passwd)|passwd|docker[ \t]+login)",
        "echo … | passwd --stdin",
        values.filled,
    ),
    rule(
        Kind.PASSWORD,
        "openssl",
        rf"\bopenssl{S}passwd(?:{S}-(?:salt{S}\S{{1,32}}|\w{{1,12}})){{0,4}}{S}VALUE(?=[ \t]*(?:\r?$|[|;>)]))",
        "openssl passwd",
        _given_option,
    ),
    rule(
        Kind.PASSWORD,
        "pass:",
        r"(?<![\w:])pass:(?P<s>[^\s\"':;,]{3,128})(?=\s|$|[\"'])",
        "openssl -passin pass:…",
    ),
    rule(
        Kind.KEY,
        "peap eapol psk= private preshared",
        r"\b(?:PrivateKey|PresharedKey|private[ _-]key"
        r"|preshared[ _-]key)[\"']?[ \t]*[:=]?[ \t]*[\"']?(?P<s>[A-Za-z0-9+/]{42,43}=)",
        "WireGuard",
        values.filled,
    ),
    rule(
        Kind.PASSWORD,
        "*",
        r"^[ \t]*(?:\"[^\"\n]{1,64}\"|[^\s\"#*]{1,64})[ \t]+\*[ \t]+(?P<s>\"[^\"\n]{1,128}\""
        r"|[^\s\"*]{4,128})(?=[ \t]*\r?$|[ \t]+(?:\*|\d{1,3}(?:\.\d{1,3}){3}"
        r"|#[^\n]*)[ \t]*\r?$)",
        "pap-secrets, chap-secrets",
        values.filled,
    ),
    rule(
        Kind.PASSWORD,
        "secret",
        r"(?:chap|pap)-secrets[^\n]{0,40}\n(?![-dl][rwx-]{9})"
        r"(?:[ \t]*#[^\n]*\n){0,6}[ \t]*\S{1,64}[ \t]+\S{1,64}[ \t]+(?P<s>\"[^\"\n]{1,128}\""
        r"|\S{1,128})",
        "the first line of pap-secrets",
        values.filled,
    ),
    rule(
        Kind.KEY,
        "psk :",
        r"^[ \t]*(?:[%@\w.:]+[ \t]+){0,3}:[ \t]*(?:PSK|XAUTH|EAP|NTLM|RSA)[ \t]+VALUE",
        "ipsec.secrets",
    ),
    rule(
        Kind.PASSWORD,
        "send",
        r"\bsend(?:[ \t]+--)?[ \t]+\"(?P<s>[^\"\n\\]{3,64})\\[rn]\"",
        "expect",
        values.typed,
    ),
    rule(
        Kind.PASSWORD,
        "winbox mstsc anydesk putty plink pscp",
        r"\b(?:winbox|mstsc|anydesk|putty|plink|pscp)(?:64)?"
        r"(?:\.exe)?[ \t]+[^\n]{0,80}?[ \t]-?-?(?:pw|pass|password)[ \t]+VALUE",
        "plink -pw",
        _not_option,
    ),
    rule(
        Kind.PASSWORD,
        "winbox",
        r"\bwinbox(?:64)?(?:\.exe)?[ \t]+\d{1,3}(?:\.\d{1,3}){3}"
        r"(?::\d+)?[ \t]+\S{1,40}[ \t]+VALUE[ \t]*\r?$",
        "winbox address user password",
        _not_option,
    ),
)
