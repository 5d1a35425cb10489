"""What must not go out is found in prose and in device output, and nothing else is touched."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

import pytest
from scrub_samples import samples_in

from pulih.domain.scrub import (
    MASKED,
    Audience,
    Decision,
    House,
    Kind,
    findings,
    scrubbed,
)

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "scrub"
SAMPLES = [sample for file in sorted(RECORDED.glob("*.txt")) for sample in samples_in(file)]
SECRETS = [sample for sample in SAMPLES if sample.secrets]
INNOCENT = [sample for sample in SAMPLES if not sample.secrets]


def test_there_are_enough_samples_of_either_kind():
    assert len(SECRETS) >= 90
    assert len(INNOCENT) >= 90


@pytest.mark.parametrize("sample", SECRETS, ids=lambda s: f"{s.family}-{s.text[:30]}")
def test_a_secret_is_hidden_and_what_is_around_it_stays(sample):
    shown = scrubbed(sample.text, sample.audience)
    assert tuple(MASKED.split(shown)) == sample.around


@pytest.mark.parametrize("sample", INNOCENT, ids=lambda s: f"{s.family}-{s.text[:30]}")
def test_an_innocent_text_stays_as_it_is(sample):
    assert scrubbed(sample.text, sample.audience) == sample.text


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: f"{s.family}-{s.text[:30]}")
@pytest.mark.parametrize("audience", Audience)
def test_scrubbing_twice_is_scrubbing_once(sample, audience):
    once = scrubbed(sample.text, audience)
    assert scrubbed(once, audience) == once


def test_recall_and_precision_of_each_family_are_printed(capsys):
    told, found, both = defaultdict(int), defaultdict(int), defaultdict(int)
    for sample in SAMPLES:
        places = set(sample.places)
        here = {(f.start, f.end) for f in findings(sample.text, sample.audience)}
        told[sample.family] += len(places)
        found[sample.family] += len(here)
        both[sample.family] += len(places & here)
    with capsys.disabled():
        for family in sorted(told):
            recall = both[family] / told[family] if told[family] else 1.0
            precision = both[family] / found[family] if found[family] else 1.0
            sys.stdout.write(
                f"\n  {family:10} {told[family]:4} secrets, recall {recall:.0%}, precision {precision:.0%}"
            )
    assert told == found == both


def test_a_finding_says_its_line_and_column():
    (one, two) = findings('baris satu\n  password=abc\n\npsk="x y"\n')
    assert (one.kind, one.line, one.column, one.masked) == (Kind.PASSWORD, 2, 12, True)
    assert (two.kind, two.line, two.column) == (Kind.KEY, 4, 6)


def test_addresses_and_hosts_are_hidden_from_the_public_only():
    text = "rt-camat.noc.lan (10.12.7.1, AC:4E:91:F2:C3:D4) mati"
    assert scrubbed(text) == text
    shown = "[nama host disamarkan] ([alamat IP disamarkan], [alamat MAC disamarkan]) mati"
    assert scrubbed(text, Audience.PUBLIC) == shown


def test_the_office_says_which_zones_and_mailboxes_are_its_own():
    house = House(zones=("dalam.ksb.go.id",), mailboxes=("budi@ksb.go.id",))
    text = "srv1.dalam.ksb.go.id, www.ksb.go.id, budi@ksb.go.id, ani@ksb.go.id"
    shown = "[nama host disamarkan], www.ksb.go.id, budi@ksb.go.id, [surel disamarkan]"
    assert scrubbed(text, Audience.PUBLIC, house=house) == shown


# ---- Decisions ----------------------------------------------------------------------------------


def test_a_technician_can_hide_more():
    text = "Sandi brankas ada di map biru."
    start = text.index("map biru")
    shown = scrubbed(text, decisions=[Decision(start, start + 8, masked=True)])
    assert shown == "Sandi brankas ada di [disamarkan]."


def test_a_technician_can_hide_less_with_a_reason_and_it_is_still_a_finding():
    text = "password tamu: gratis2024, password admin: Rahasia#1"
    first, second = findings(text)
    keep = Decision(first.start, first.end, masked=False, reason="sudah dipasang di dinding")
    assert [f.masked for f in findings(text, decisions=[keep])] == [False, True]
    shown = scrubbed(text, decisions=[keep])
    assert shown == "password tamu: gratis2024, password admin: [kata sandi disamarkan]"
    assert second == findings(text, decisions=[keep])[1]


def test_to_keep_a_part_of_a_secret_keeps_nothing():
    text = "password tamu: gratis2024"
    (found,) = findings(text)
    part = Decision(found.start, found.end - 2, masked=False, reason="sebagian")
    assert scrubbed(text, decisions=[part]) == scrubbed(text)


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_kept_without_a_reason(reason):
    with pytest.raises(ValueError, match="reason"):
        Decision(0, 3, masked=False, reason=reason)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 2), (4, 2)])
def test_a_decision_is_about_a_place(start, end):
    with pytest.raises(ValueError, match="place"):
        Decision(start, end, masked=True)


# ---- Size ---------------------------------------------------------------------------------------

UNITS = [
    "a", "1", " ", "\n", '"', "(", ":", "-", "0812-", "1.", "aa:", "a.", "x@", "a@a.", "pw ", "pw:\n", "password ",
    "password=", "password: ", "passwordnya jadi ", "user/pass ", "login ", "admin/", "key ", "nip 1 2 3 ", "| pass ",
    "pass;x\n", "NAME PASSWORD\n", "-----BEGIN PRIVATE KEY-----", "\\\n ", "eyJ", "eyJaaaaaaaaaa.", "$1$", "%^%#",
    "<key>", "http://a:", "curl - ", "echo ", "mysql ", "snmpwalk -v ", "snmp-server community ", "username a ",
    "set x ", "/snmp community\n", "authentication-mode md5 ", "auth md5 ", "radius ", "cookie: ", "bearer ",
    "Private-Lines: 1\n", "[admin@", "[kata sandi disamarkan]", "0a:0a:", "a [at] ", "a (dot) ", "a at b dot ", "4111 ",
    "WIFI:T:a;", "password huruf kecil ", "password\n\n", "p a s s w o r d ", "kode wifi ", "openssl passwd -1 ",
    "akun speedy ", "server-private 1 ", "isis password ", "ssid kodenya ",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_a_hostile_text_of_200_kb_takes_seconds_and_not_minutes(unit):
    text = (unit * (200_000 // len(unit) + 1))[:200_000]
    begun = time.perf_counter()
    scrubbed(text, Audience.PUBLIC)
    assert time.perf_counter() - begun < 20  # about two; a quadratic rule takes minutes
