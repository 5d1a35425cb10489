from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from pulih.config import Settings, secret_key, shared_key
from pulih.errors import Unavailable
from pulih.store import open_memory, open_postgres


def test_the_key_is_made_once_and_kept_from_others(tmp_path):
    settings = Settings(tmp_path)

    first = secret_key(settings)

    file = tmp_path / "data" / "secret-key"
    assert len(first) >= 64
    assert secret_key(settings) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret-key"]


def test_two_offices_have_two_keys(tmp_path):
    assert secret_key(Settings(tmp_path / "a")) != secret_key(Settings(tmp_path / "b"))


def test_all_who_ask_first_get_the_same_key(tmp_path):
    settings = Settings(tmp_path)

    with ThreadPoolExecutor(16) as many:
        keys = set(many.map(lambda _: secret_key(settings), range(64)))

    assert len(keys) == 1


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff" * 64])
def test_a_damaged_key_is_told_and_not_replaced(tmp_path, content):
    settings = Settings(tmp_path)
    settings.data.mkdir()
    (settings.data / "secret-key").write_bytes(content)

    with pytest.raises(Unavailable):
        secret_key(settings)

    assert (settings.data / "secret-key").read_bytes() == content


def test_a_folder_that_cannot_hold_it_is_unavailable(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")

    with pytest.raises(Unavailable):
        secret_key(Settings(tmp_path))


# ---- Several machines -------------------------------------------------------------------------


def test_machines_of_one_office_share_a_key_that_is_made_once():
    store = open_memory()

    with ThreadPoolExecutor(16) as many:
        keys = set(many.map(lambda _: shared_key(store), range(64)))

    (key,) = keys
    assert len(key) >= 64
    assert shared_key(open_memory()) != key


@pytest.mark.postgres
def test_machines_that_ask_the_database_at_once_get_one_key(database):
    stores = [open_postgres(database) for _ in range(4)]

    with ThreadPoolExecutor(8) as many:
        keys = set(many.map(lambda n: shared_key(stores[n % 4]), range(32)))

    for store in stores:
        store.close()
    assert len(keys) == 1
