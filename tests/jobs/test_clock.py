"""A clock that is set back must not put off what waits for it."""

from __future__ import annotations

import time

import pytest
import time_machine

from pulih.errors import Unavailable


@pytest.mark.parametrize("back", [0, 3600, 30 * 86_400])
def test_publishing_that_failed_rests_no_longer_for_a_clock_that_was_set_back(bound, work, back):
    jobs = bound(900)
    work.trouble.append(Unavailable("x"))
    jobs._do_publish()
    assert jobs._rest()

    with time_machine.travel(time.time() - back):
        assert bool(jobs._rest()) == (back == 0)
