"""What must be read again is sealed with a key that lies elsewhere."""

from __future__ import annotations

import pytest

from pulih.errors import Unavailable
from pulih.vault import KeyVault


@pytest.fixture
def vault(tmp_path):
    return KeyVault(tmp_path / "device-key", tmp_path / "data")


def test_what_is_sealed_is_unreadable_and_can_be_read_again(vault):
    sealed = vault.seal("rahasia kita")

    assert "rahasia" not in sealed
    assert vault.unseal(sealed) == "rahasia kita"
    assert vault.seal("rahasia kita") != sealed


def test_where_the_key_is_lost_nothing_is_opened_and_no_other_is_made(vault):
    sealed = vault.seal("rahasia")
    vault.key.unlink()

    with pytest.raises(Unavailable, match="tidak ada"):
        vault.unseal(sealed)
    assert not vault.key.exists()


def test_with_another_key_it_is_told(vault):
    sealed = vault.seal("rahasia")
    vault.key.unlink()
    vault.seal("lain")

    with pytest.raises(Unavailable, match="isi lagi kata sandinya"):
        vault.unseal(sealed)


def test_a_key_that_others_can_read_or_that_lies_with_the_records_is_not_used(vault, tmp_path):
    vault.seal("rahasia")
    vault.key.chmod(0o644)

    with pytest.raises(Unavailable, match="chmod 600"):
        vault.seal("rahasia")
    with pytest.raises(Unavailable, match="tidak boleh tersimpan"):
        KeyVault(tmp_path / "data" / "key", tmp_path / "data").seal("rahasia")
