"""Whatever stands around a secret, it does not come out; and a text without one comes out as it went in."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pulih.domain.scrub import MASKED, Audience, findings, scrubbed

LETTERS = string.ascii_letters + string.digits
SECRET = st.builds(
    "{}{}{}{}".format,
    st.text(string.ascii_lowercase, min_size=3, max_size=8),
    st.sampled_from("#@!%&*+"),
    st.text(string.digits, min_size=2, max_size=5),
    st.text(string.ascii_letters, min_size=2, max_size=4),
)
HOLDING = st.sampled_from(
    [
        "password: {}", "passwordnya {}", "pw {}", "kata sandi wifi jadi {}", "sandi = {}", "pass wifi {} ya",
        "user/pass: admin/{}", "login admin / {}", "PSK: {}", "password={} disabled=no", 'secret="{}" service=pppoe',
        "enable secret {}", "username admin privilege 15 password 0 {}", "snmp-server community {} RO",
        "crypto isakmp key {} address 203.0.113.9", "wpa2-pre-shared-key={}", "local-user admin password cipher {}",
        "wireless.1.security.psk={}", "set user a authentication plaintext-password '{}'", "DB_PASSWORD={}",
        "curl -u noc:{} http://10.12.1.4/", '{{"password": "{}"}}', "<password>{}</password>",
        "snmpwalk -v2c -c {} 10.12.7.1", "ppp chap password 0 {}", 'psk="{}"',
    ]
)  # fmt: skip
AROUND = st.text(st.characters(codec="utf-8", exclude_characters="\"'`\\<>{}"), max_size=60)
WORDS = st.lists(
    st.sampled_from(
        [
            "router mati", "switch hidup kembali,", "kabel FO putus di lantai 2", "sinyal -62 dBm", "ping 12 ms",
            "VLAN 20",
            "port ether5", "RB4011iGS+", "RouterOS 7.16.2", "surat 005/123/DUKCAPIL/2026", "TKT-2026-0812",
            "password salah,", "lupa password.", "sandi sudah diganti;", "kunci panel di satpam.", "10.12.7.1",
            "pukul 08:00", "Gi0/1 up", "WPA2-PSK AES", "SSID LOKET", "SN HWTC8A3F1B9D", "24%", "3x",
            "community belum diset.", "token habis;", "pin 1-2 putus,", "reset password pelanggan,",
            "agenda 0812/III/2026",
        ]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip
AUDIENCE = st.sampled_from(Audience)


@given(SECRET, HOLDING, AROUND, AROUND, AUDIENCE)
def test_a_secret_never_survives_whatever_stands_on_the_lines_around_it(
    secret, holding, before, after, audience
):
    assume(secret not in before + after)
    shown = scrubbed(f"{before}\n{holding.format(secret)}\n{after}", audience)
    assert secret not in shown


@given(SECRET, HOLDING, WORDS, WORDS)
def test_a_secret_never_survives_in_the_middle_of_a_sentence(secret, holding, before, after):
    assert secret not in scrubbed(f"{before}, {holding.format(secret)} {after}")


@given(
    st.lists(st.builds(lambda h, s: h.format(s), HOLDING, SECRET) | AROUND | WORDS, max_size=6),
    AUDIENCE,
)
def test_scrubbing_twice_is_scrubbing_once_for_any_text(parts, audience):
    once = scrubbed("\n".join(parts), audience)
    assert scrubbed(once, audience) == once


@given(
    st.lists(st.builds(lambda h, s: h.format(s), HOLDING, SECRET) | AROUND, max_size=6), AUDIENCE
)
def test_findings_are_in_order_apart_and_where_they_say(parts, audience):
    text = "\n".join(parts)
    found = findings(text, audience)
    lines = text.split("\n")
    at = 0
    for finding in found:
        assert at <= finding.start < finding.end <= len(text)
        at = finding.end
        assert lines[finding.line - 1][finding.column - 1] == text[finding.start]
    assert len(MASKED.findall(scrubbed(text, audience))) == len(found) + len(MASKED.findall(text))


@given(WORDS)
def test_what_technicians_write_without_secrets_stays_byte_for_byte(text):
    assert scrubbed(text) == text


@pytest.mark.parametrize("audience", Audience)
@given(text=st.text(max_size=200))
def test_any_text_can_be_scrubbed(audience, text):
    scrubbed(text, audience)
