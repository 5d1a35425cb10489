"""`pulih scrub` prints what would be published, and says on the side what it hid."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow  # starts the command itself


def scrub(text: bytes, *options):
    return subprocess.run(
        [sys.executable, "-m", "pulih", "scrub", *options],
        input=text, capture_output=True, check=False, timeout=60,
    )  # fmt: skip


def test_the_text_comes_out_with_masks_and_each_finding_is_one_json_object():
    done = scrub(b"pw router: Rahasia#1\r\nenable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0")

    assert done.returncode == 0
    shown = "pw router: [kata sandi disamarkan]\r\nenable secret 5 [hash kata sandi disamarkan]"
    assert done.stdout.decode() == shown
    told = [json.loads(line) for line in done.stderr.decode().splitlines()]
    assert [(t["kind"], t["line"], t["column"], t["done"]) for t in told] == [
        ("password", 1, 12, "masked"),
        ("hash", 2, 17, "masked"),
    ]
    assert "Rahasia" not in done.stderr.decode()


def test_addresses_are_hidden_only_when_asked_for_the_public():
    assert scrub(b"10.12.7.1\n").stdout == b"10.12.7.1\n"
    assert scrub(b"10.12.7.1\n", "--audience", "public").stdout == b"[alamat IP disamarkan]\n"


def test_bytes_that_are_no_text_come_out_as_they_went_in():
    odd = b"\xff\xfe\x00 kabel \xe9 putus"
    done = scrub(odd)
    assert (done.returncode, done.stdout, done.stderr) == (0, odd, b"")


def test_an_audience_that_nobody_knows_is_refused():
    assert scrub(b"", "--audience", "semua").returncode == 2


def test_the_articles_of_an_office_are_looked_through_anew(tmp_path):
    folder = tmp_path / "kantor"
    office = [sys.executable, "-m", "pulih"]
    subprocess.run([*office, "new", str(folder)], check=True, capture_output=True, timeout=60)

    done = scrub(b"", "--articles", "--office", str(folder))

    assert done.returncode == 0, done.stderr
    assert "0 kasus disamarkan lebih banyak" in done.stdout.decode()


def test_without_an_office_there_are_no_articles(tmp_path):
    done = scrub(b"", "--articles", "--office", str(tmp_path))
    assert done.returncode == 66
    assert "pulih new" in done.stderr.decode()
