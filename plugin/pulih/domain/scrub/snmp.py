"""Communities and keys of SNMP, on devices and in net-snmp."""

from __future__ import annotations

from pulih.domain.scrub.forms import FORM, S, told, told_name, told_typed
from pulih.domain.scrub.kinds import Kind
from pulih.domain.scrub.rule import Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        Kind.COMMUNITY,
        "snmp",
        rf"\bsnmp(?:-server|-agent)?{S}(?:sys-info{S})?community{S}(?:(?:read|write|read-only"
        rf"|read-write|ro|rw|add|get|set|complexity-check\S*){S}){{0,2}}"
        rf"{FORM}VALUE",
        "IOS, VRP, Ruijie, TP-Link, ZTE",
        told,
    ),
    rule(
        Kind.COMMUNITY,
        "snmp",
        rf"\bset{S}(?:service{S})?snmp{S}(?:v[12]c?{S})?community{S}VALUE",
        "EdgeOS, VyOS, Junos",
        told,
    ),
    rule(
        Kind.COMMUNITY,
        "community",
        rf"^[ \t]*community{S}VALUE(?=[ \t]*\{{|[ \t]*;|{S}(?:authorization|ro|rw|read-only"
        rf"|read-write|client|name)\b)",
        "a block of its own",
        told,
    ),
    rule(
        Kind.COMMUNITY,
        "snmp-server",
        rf"\bsnmp-server{S}host{S}\S{{1,64}}{S}(?:(?:vrf{S}\S+|traps?|informs?|inform|version"
        rf"{S}(?:1|2c|3(?:{S}(?:auth|noauth|priv))?)|community){S}){{0,4}}{FORM}VALUE",
        "where traps go",
        told,
    ),
    rule(
        Kind.COMMUNITY,
        "securityname",
        rf"\bsecurityname{S}{FORM}VALUE",
        "where VRP sends traps",
        told,
    ),
    rule(
        Kind.COMMUNITY,
        "community",
        rf"\b(?:ro|rw|trap)community6?{S}VALUE",
        "net-snmp",
        told,
    ),
    rule(
        Kind.COMMUNITY,
        "com2sec",
        rf"\bcom2sec6?{S}(?:-Cn{S}\S+{S})?\S+{S}\S+{S}VALUE",
        "net-snmp",
        told,
    ),
    rule(
        Kind.COMMUNITY,
        "trap",
        rf"\b(?:trap|trap2|inform)sink{S}\S+{S}VALUE",
        "net-snmp",
        told_name,
    ),
    rule(
        Kind.KEY,
        "auth",
        rf"\bauth(?:entication)?(?:-protocol)?{S}(?:md5|sha(?:-?\d+)?|hmac-\S+){S}(?:(?:auth"
        rf"|authentication)-(?:password|key){S})?{FORM}VALUE",
        "SNMPv3",
        told,
    ),
    rule(
        Kind.KEY,
        "priv",
        rf"\bpriv(?:acy)?(?:-protocol)?{S}(?:des\d*|3des|aes(?:[ -]?\d+)?(?:-cfb)?){S}(?:"
        rf"(?:priv|privacy)-(?:password|key){S})?{FORM}VALUE",
        "SNMPv3",
        told,
    ),
    rule(
        Kind.KEY,
        "priv",
        rf"\bsnmp-server{S}user{S}[^\n]{{1,160}}?{S}priv{S}(?:(?:des|3des|aes(?:[ -]?\d+)?)"
        rf"{S})?{FORM}VALUE",
        "SNMPv3 where the algorithm is not said",
        told,
    ),
    rule(
        Kind.KEY,
        "createuser",
        rf"\bcreateUser{S}(?:-e{S}\S+{S})?\S+{S}(?:MD5|SHA\S*){S}VALUE",
        "net-snmp",
        told,
    ),
    rule(
        Kind.KEY,
        "createuser",
        rf"\bcreateUser{S}[^\n]{{1,120}}{S}(?:DES|AES\S*){S}VALUE",
        "net-snmp",
        told,
    ),
    rule(
        Kind.COMMUNITY,
        "community",
        r"\bcommunity(?:[ -]?(?:name|string))?[ \t]*[:=][ \t]*VALUE",
        "what is shown of a community",
        told_typed,
    ),
)
