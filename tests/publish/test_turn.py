"""Publishers of one wiki take turns."""

from __future__ import annotations

import threading

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
