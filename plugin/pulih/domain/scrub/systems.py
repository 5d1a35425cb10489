"""Secrets in the configuration of EdgeOS, VyOS, Junos, FortiOS, OpenWrt and others."""

from __future__ import annotations

from pulih.domain.scrub import values
from pulih.domain.scrub.forms import FORM, S, told, told_setting
from pulih.domain.scrub.kinds import Kind
from pulih.domain.scrub.rule import Rule, rule


def told_option(value: str) -> bool:
    """Tell whether a value is none of the numbers of OpenWrt's WEP keys."""
    return values.set_to(value) and not (value.isdecimal() and len(value) == 1)


RULES: tuple[Rule, ...] = (
    rule(
        Kind.PASSWORD,
        "plaintext-password encrypted-password plain-text-password-value",
        rf"\b(?:plaintext|encrypted|plain-text)-password(?:-value)?{S}VALUE",
        "EdgeOS, VyOS, Junos",
    ),
    rule(
        Kind.KEY,
        "secret password psksecret passwd passphrase key",
        rf"^[ \t]*set{S}(?:[\w.\"'/-]{{1,64}}{S}){{0,12}}?(?:passwd|key-passphrase|wpa-passphrase|psksecret"
        rf"|passphrase|secret|password|shared-secret|md5-key|private-key|preshared-key|key)\d?{S}{FORM}VALUE",
        "VyOS, FortiOS, Junos",
        told_setting,
    ),
    rule(
        Kind.KEY,
        "secret password key passphrase",
        rf"^[ \t]*(?:secret|password|passphrase|shared-secret|shared-key|md5-key|private-key"
        rf"|preshared-key|pre-shared-key|authentication-key|key)"
        rf"{S}(?:ascii-text{S})?VALUE(?=[ \t]*;|[ \t]*\r?\n[ \t]*[}}])",
        "a block in braces",
        told_setting,
    ),
    rule(
        Kind.KEY,
        "secret password key passphrase",
        r"""^[ \t]*(?:secret|password|passphrase|shared-secret|md5-key|private-key"
        r"|preshared-key|pre-shared-key|authentication-key)[ \t]+(?P<s>"[^"\n]+""
        r"|'[^'\n]+')[ \t]*\r?$""",
        "a quoted value on a line of its own",
        values.set_to,
    ),
    rule(
        Kind.KEY,
        "option",
        rf"\b(?:option|list){S}(?:\w{{0,24}}_)?(?:key\d?|password|passwd|psk|secret|community"
        rf"|passphrase|private_key|preshared_key|sae_password|auth_secret){S}VALUE",
        "OpenWrt",
        told_option,
    ),
    rule(Kind.KEY, "key", rf"\bkey{S}(?:\[\d\]{S})?s:VALUE", "iwconfig"),
    rule(
        Kind.PASSWORD,
        "pppoe",
        rf"\bpppoe\b[^\n]{{0,80}}?{S}user{S}\S{{1,64}}{S}password{S}VALUE",
        "ONU over OMCI",
        told,
    ),
    rule(
        Kind.COMMUNITY,
        "/snmp",
        rf"/snmp{S}community{S}(?:add|set)\b[^\n]{{0,160}}?\bname=VALUE",
        "RouterOS calls a community its name",
        values.set_to,
    ),
)
