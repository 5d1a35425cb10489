"""Passwords of devices: at rest, in records, in logs."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from devices import PASSWORD
from hypothesis import given
from hypothesis import strategies as st

from periksa.vantage.masks import MASK, masked
from periksa.vantage.vault import Unsealable, Vault

KEY = b"nGXCxtN35IEGZfVQJ2QTpTUM6JnvzvyeM_dbZ2cv6BM="


@given(st.text())
def test_what_was_sealed_comes_back(secret):
    vault = Vault(KEY)

    assert vault.unseal(vault.seal(secret)) == secret


def test_a_sealed_password_does_not_show(tmp_path):
    assert PASSWORD not in Vault(KEY).seal(PASSWORD)


def test_another_key_does_not_open_it(tmp_path):
    store = tmp_path / "store"
    token = Vault.at(tmp_path / "one", store).seal(PASSWORD)
    with pytest.raises(Unsealable, match="tidak dapat dibuka"):
        Vault.at(tmp_path / "other", store).unseal(token)


def test_a_changed_token_is_refused():
    token = Vault(KEY).seal(PASSWORD)
    with pytest.raises(Unsealable):
        Vault(KEY).unseal(token[:-3] + "xx=")


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path):
    file = tmp_path / "key"
    token = Vault.at(file, tmp_path / "store").seal(PASSWORD)

    assert file.stat().st_mode & 0o777 == 0o600
    assert Vault.at(file, tmp_path / "store").unseal(token) == PASSWORD


def test_all_who_make_a_key_at_once_have_the_same(tmp_path):
    file, store = tmp_path / "key", tmp_path / "store"
    with ThreadPoolExecutor(8) as threads:
        vaults = list(threads.map(lambda _: Vault.at(file, store), range(40)))

    token = vaults[0].seal(PASSWORD)
    assert {vault.unseal(token) for vault in vaults} == {PASSWORD}
    assert list(tmp_path.iterdir()) == [file]


def test_a_key_does_not_lie_with_what_it_opens(tmp_path):
    with pytest.raises(Unsealable, match="tidak boleh tersimpan"):
        Vault.at(tmp_path / "store" / "sub" / ".." / "key", tmp_path / "store")


def test_a_key_that_others_may_read_is_refused(tmp_path):
    file = tmp_path / "key"
    file.write_bytes(KEY)
    file.chmod(0o644)
    with pytest.raises(Unsealable, match="orang lain"):
        Vault.at(file, tmp_path / "store")


def test_a_damaged_key_is_refused(tmp_path):
    with pytest.raises(Unsealable, match="rusak"):
        Vault(b"kunci")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("snmp-server community jalanraya RO", "jalanraya"),
        ("username admin password 7 094F471A1A0A", "094F471A1A0A"),
        ("enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0", "mERr"),
        ("wpa2-pre-shared-key=sandi-wifi-kantor", "sandi-wifi-kantor"),
        (" local-user admin password cipher %@%@abc%@%@", "%@%@abc"),
        ('ppp secret: name="opd" password="rumah kaca"', "rumah kaca"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "MIIE"),
        (f"login as: {PASSWORD}", PASSWORD),
    ],
)
def test_secrets_are_masked_in_what_is_kept(text, secret):
    hidden = masked(text, (PASSWORD,))

    assert secret not in hidden
    assert MASK in hidden


@pytest.mark.parametrize("endless", ["a-" * 200_000, "key-" * 100_000, "kunci-password " * 25_000])
def test_a_device_that_prints_without_end_is_masked_at_once(endless):
    begun = monotonic()
    masked(endless, (PASSWORD,))
    assert monotonic() - begun < 2


def test_what_is_no_secret_stays(recorded):
    for kind, name in (("cisco_ios", "ports"), ("linux", "echo"), ("huawei_vrp", "neighbours")):
        assert masked(recorded(kind, name), (PASSWORD,)) == recorded(kind, name)


def test_a_login_does_not_show_its_password(login):
    assert PASSWORD not in repr(login(22))
    assert PASSWORD not in str(login(22))
