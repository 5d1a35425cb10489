"""Secrets in the configuration of switches and routers: IOS, VRP and those that write alike."""

from __future__ import annotations

from pulih.domain.scrub.forms import FORM, S, told, told_name, told_typed
from pulih.domain.scrub.kinds import Kind
from pulih.domain.scrub.rule import Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        Kind.PASSWORD,
        "enable super",
        rf"\b(?:enable|super){S}(?:secret|password|passwd){S}(?:role{S}\S+{S})?{FORM}VALUE",
        "the way to all of a device",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "user",
        rf"\b(?:user(?:name)?(?:{S}name)?|local-user){S}\S{{1,64}}{S}(?:\S{{1,32}}{S}){{0,8}}?"
        rf"(?:password|secret|passwd){S}(?!irreversible-cipher[ \t]*$|manager){FORM}VALUE",
        "IOS, VRP, Ruijie, TP-Link, HP",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "password",
        rf"^(?:[ \t]+|[ \t]*set{S}(?:authentication{S})?)password{S}{FORM}VALUE(?=[ \t]*\r?$)",
        "a line's own password, in its block: nothing else stands there",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "password",
        rf"^password{S}{FORM}VALUE(?=[ \t]*\r?$)",
        "the same without its block, where it may be the beginning of a sentence",
        told_typed,
    ),
    rule(
        Kind.PASSWORD,
        "passwd password",
        rf"\b(?:passwd|password){S}VALUE(?={S}(?:encrypted|pbkdf2)\b)",
        "ASA",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "password secret",
        rf"\b(?:password|passwd|secret|pass-phrase){S}(?:[05-9]|(?:irreversible-)?cipher|simple"
        rf"|ENC|hash){S}VALUE",
        "a form, then the value",
        told_typed,
    ),
    rule(
        Kind.KEY,
        "key",
        rf"\b(?:tacacs|radius|aaa|hwtacacs)(?:-server|-scheme)?\b[^\n]{{0,80}}?{S}"
        rf"(?:shared-)?key{S}{FORM}VALUE",
        "RADIUS and TACACS servers",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "isis",
        rf"\bisis{S}password{S}(?:level-[12]{S})?{FORM}VALUE",
        "IS-IS on a link",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "loid",
        rf"\bloid(?:-auth)?{S}\S{{1,64}}{S}(?:password(?:-auth)?|passwd|pw){S}{FORM}VALUE",
        "ONUs that log in by a name",
        told,
    ),
    rule(
        Kind.TOKEN,
        "loid",
        rf"\bloid(?:-auth)?{S}VALUE(?={S}(?:password(?:-auth)?|passwd|pw){S}\S)",
        "the name that they log in by",
    ),
    rule(
        Kind.TOKEN,
        "loid",
        rf"\bloid(?:-auth)?[\"']?(?:[ \t]*[:=][ \t]*|{S})VALUE",
        "the same without its password, where it may be the beginning of a sentence",
        told_typed,
    ),
    rule(
        Kind.KEY,
        "shared-key",
        rf"\bshared-key{S}(?:cipher|simple){S}(?!suites?\b)VALUE",
        "portals of VRP",
        told,
    ),
    rule(
        Kind.KEY,
        "server-private",
        rf"\bserver-private{S}\S{{1,64}}{S}(?:[\w-]{{1,24}}{S}\d{{1,5}}{S}){{0,5}}key{S}{FORM}VALUE",
        "servers of one group",
        told,
    ),
    rule(Kind.KEY, "key-string", rf"\bkey-string{S}{FORM}VALUE", "key chains", told),
    rule(
        Kind.KEY,
        "key",
        rf"(?:^[ \t]+|server-)key{S}{FORM}VALUE(?=[ \t]*\r?$)",
        "a server's own key, in its block",
        told_name,
    ),
    rule(Kind.KEY, "isakmp", rf"\bisakmp{S}key{S}{FORM}VALUE", "IPsec between offices", told),
    rule(
        Kind.KEY,
        "pre-shared-key pre-shared-secret preshared-key",
        rf"\bpre-?shared-(?:key|secret){S}(?:(?:address|hostname|any|peer){S}(?:[\d.]+"
        rf"{S}){{0,2}}(?:key{S})?)?"
        rf"{FORM}VALUE",
        "IPsec",
        told,
    ),
    rule(
        Kind.KEY,
        "authentication-key digest-key ospf",
        rf"\b(?:authentication-key|message-digest-key{S}\d+{S}md5|authentication-key-id{S}\d+"
        rf"{S}\w+){S}"
        rf"(?:\d+{S}(?:md5|sha\d*|hmac-\S+){S})?{FORM}VALUE",
        "OSPF, NTP",
        told,
    ),
    rule(
        Kind.KEY,
        "authentication-mode",
        rf"\bauthentication-mode{S}(?:hmac-)?(?:md5|sha\S*|simple|keychain){S}(?:\d{{1,3}}"
        rf"{S})?{FORM}VALUE",
        "OSPF and SNMPv3 of VRP",
        told,
    ),
    rule(
        Kind.KEY,
        "privacy-mode",
        rf"\bprivacy-mode{S}\S{{2,12}}{S}{FORM}VALUE",
        "SNMPv3 of VRP",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "neighbor peer",
        rf"\b(?:neighbor|peer){S}\S{{1,64}}{S}password{S}{FORM}VALUE",
        "BGP",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "chap pap",
        rf"\b(?:chap|pap){S}(?:(?:sent-username|local-user|user){S}\S{{1,64}}{S})?password"
        rf"{S}{FORM}VALUE",
        "dial-up and PPPoE",
        told,
    ),
    rule(
        Kind.KEY,
        "wpa-psk set-key pass-phrase wpa-passphrase passphrase",
        rf"\b(?:wpa-psk|set-key|pass-phrase|wpa-passphrase|wpa[23]?{S}passphrase){S}{FORM}VALUE",
        "Wi-Fi",
        told,
    ),
    rule(
        Kind.KEY,
        "passphrase",
        rf"\bpassphrase{S}{FORM}VALUE",
        "Wi-Fi, in a word that sentences have too",
        told_typed,
    ),
    rule(
        Kind.KEY,
        "authentication",
        rf"(?:\b(?:standby|vrrp|glbp){S}|^[ \t]+(?=authentication{S}(?:text|md5{S}key-string)"
        rf"{S}))(?:(?:vrid{S})?\d+{S})?authentication(?:-mode)?{S}(?:md5{S}key-string{S}|md5"
        rf"{S}key-chain{S}\S+)?{FORM}VALUE",
        "routers that stand in for each other",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "vtp ftp http ldap",
        rf"\b(?:vtp|ftp|ftp-server|http{S}client|(?:ftp|ldap|bind){S}login|ldap{S}bind)"
        rf"{S}password{S}{FORM}VALUE",
        "old services",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "area-password domain-password login-password auth-pwd priv-pwd",
        rf"\b(?:area-password|domain-password|login-password|auth-pwd|priv-pwd){S}{FORM}VALUE",
        "IS-IS, FortiOS",
        told,
    ),
    rule(
        Kind.KEY,
        "encryption wep",
        rf"\b(?:encryption|wep|wep40|wep104){S}(?:mode{S}\S+{S})?key{S}\d{S}(?:(?:size"
        rf"{S})?\d+-?bits?{S})?{FORM}VALUE",
        "WEP, where it is still alive",
        told,
    ),
    rule(
        Kind.PASSWORD,
        "password",
        rf"\bpassword{S}(?:manager|operator)\b{S}(?:user-name{S}\S+{S}(?:(?:plaintext|sha1"
        rf"|sha256){S})?|(?:plaintext|sha1|sha256){S}|(?=\"))VALUE",
        "HP",
        told,
    ),
    rule(
        Kind.KEY,
        "psk",
        rf"(?<![\w-])psk(?!{S}(?:set-key|pass-phrase)){S}{FORM}VALUE",
        "Wi-Fi, where a sentence may stand as well",
        told_typed,
    ),
)
