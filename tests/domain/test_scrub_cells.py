"""Beside a heading that asks for a secret, every value of a cell is hidden, and no remark is."""

from __future__ import annotations

import pytest

from pulih.domain.scrub import cells_under, findings, masked


def shown(heading, *cells):
    found = cells_under(findings, heading, cells)
    return tuple(masked(cell, here) for cell, here in zip(cells, found, strict=True))


@pytest.mark.parametrize(
    ("heading", "cells", "secrets"),
    [
        ("password admin", ("CellRow102", "lama: CellRow103"), ("CellRow102", "CellRow103")),
        ("PSK", ("abcdefgh", "lama ijklmnop"), ("abcdefgh", "ijklmnop")),
        ("password wifi", ("kopi12", "sebelumnya teh34"), ("kopi12", "teh34")),
        (
            "Uji password lama",
            ("Lama123", "ditolak; pakai Baru123 masuk"),
            ("Lama123", "Baru123"),
        ),
        ("password", ("mawar12, lalu melati34", ""), ("mawar12",)),
        ("password wifi =", ("kopi12 -> teh34", ""), ("kopi12", "teh34")),
        ("sandi", ("[kata sandi disamarkan]", "lama: melati34"), ("melati34",)),
    ],
)
def test_each_value_is_hidden_and_the_words_around_it_stay(heading, cells, secrets):
    after = shown(heading, *cells)
    assert not any(secret in cell for secret in secrets for cell in after)
    assert shown(heading, *after) == after
    for before, now in zip(cells, after, strict=True):
        left = before
        for secret in secrets:
            left = left.replace(secret, "")
        assert all(word in now for word in left.replace(",", " ").split() if word.isalpha())


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("ping 10.12.7.1", ("12 ms", "sebelumnya 300 ms; pakai RT-CAMAT1 lama")),
        ("Uji password wifi", ("berhasil", "sebelumnya lambat; -62 dBm dari RB951G")),
        ("PSK", ("diganti", "lama dihapus, baru disimpan")),
        ("password admin", ("ditolak", "baru bisa setelah 3 kali, kini normal")),
        ("", ("lama: CellRow103", "")),
    ],
)
def test_a_remark_stays(heading, cells):
    assert shown(heading, *cells) == cells
