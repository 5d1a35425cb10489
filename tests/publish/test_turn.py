"""Publishers of one wiki take turns."""

from __future__ import annotations

import errno
import os
import threading
from unittest.mock import Mock

import pytest

from pulih.errors import Unavailable
from pulih.publish import making
from pulih.publish.site import SitePublisher


def test_while_one_has_the_turn_another_waits(tmp_path):
    one, other = (
        SitePublisher(tmp_path, tmp_path / "site"),
        SitePublisher(tmp_path, tmp_path / "site"),
    )
    entered = threading.Event()

    def wait() -> None:
        with other.turn():
            entered.set()

    with one.turn():
        thread = threading.Thread(target=wait)
        thread.start()
        assert not entered.wait(0.3)
    assert entered.wait(5)
    thread.join()


def test_a_turn_may_be_taken_within_ones_own(tmp_path):
    publisher = SitePublisher(tmp_path, tmp_path / "site")

    with publisher.turn(), publisher.turn():
        pass
    with publisher.turn():
        pass


def test_a_turn_that_cannot_be_taken_is_unavailable(tmp_path):
    (tmp_path / "site").write_text("a file where the folder should be", encoding="utf-8")

    with (
        pytest.raises(Unavailable, match="Halaman lama tetap tampil") as refusal,
        SitePublisher(tmp_path, tmp_path / "site").turn(),
    ):
        pass

    assert isinstance(refusal.value.__cause__, OSError)


def test_a_full_disk_is_unavailable_and_the_turn_may_be_taken_later(tmp_path, monkeypatch):
    publisher = SitePublisher(tmp_path, tmp_path / "site")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with monkeypatch.context() as patch:
        patch.setattr("fcntl.flock", Mock(side_effect=full))
        with pytest.raises(Unavailable, match="No space left"), publisher.turn():
            pass
    with publisher.turn():
        pass


def test_what_fails_within_a_turn_is_left_as_it_is(tmp_path):
    with (
        pytest.raises(FileNotFoundError),
        SitePublisher(tmp_path, tmp_path / "site").turn(),
    ):
        raise FileNotFoundError


def test_the_version_names_the_sources_and_the_builders(tmp_path, monkeypatch):
    def version() -> str:
        return SitePublisher(tmp_path, tmp_path / "site").version

    usual = version()
    assert version() == usual

    with monkeypatch.context() as patch:
        patch.setattr(making, "version", lambda name: f"{name} 99")
        assert version() != usual
    (tmp_path / "page.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(making, "_MAKERS", (tmp_path,))
    one = version()
    assert one != usual
    (tmp_path / "finding").mkdir()
    (tmp_path / "finding" / "page.py").write_text("", encoding="utf-8")
    assert version() != one
