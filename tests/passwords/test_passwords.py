from __future__ import annotations

import resource
import statistics
import time
from pathlib import Path

import pytest

from pulih.errors import Unavailable
from pulih.passwords import Argon2Passwords

PHRASE = "kopi pahit di pantai Kencana"


@pytest.fixture(scope="module")
def passwords():
    return Argon2Passwords(time_cost=1, memory_cost=64, parallelism=1)


def test_a_password_fits_its_own_seal_only(passwords):
    sealed = passwords.seal(PHRASE)

    assert passwords.fits(sealed, PHRASE)
    assert not passwords.fits(sealed, PHRASE + " ")
    assert not passwords.fits(sealed, "")


def test_a_seal_tells_nothing_and_is_never_the_same(passwords):
    one, other = passwords.seal(PHRASE), passwords.seal(PHRASE)

    assert one.startswith("$argon2id$")
    assert PHRASE not in one
    assert one != other


@pytest.mark.parametrize("sealed", ["", "x", "$argon2id$v=19$m=64", "$argon2id$é"])
@pytest.mark.parametrize("password", ["", PHRASE])
def test_nothing_fits_what_is_no_seal(passwords, sealed, password):
    assert not passwords.fits(sealed, password)


def test_a_name_without_account_takes_as_long_as_one_with():
    passwords = Argon2Passwords(time_cost=2, memory_cost=8192, parallelism=1)
    sealed = passwords.seal(PHRASE)

    def cost(seal: str) -> float:
        start = time.process_time()  # not by the clock: other tests work at the same time
        passwords.fits(seal, "a guess")
        return time.process_time() - start

    without, one = zip(*((cost(""), cost(sealed)) for _ in range(15)), strict=True)
    assert 0.4 < statistics.median(without) / statistics.median(one) < 2.5


def test_a_seal_stays_good_when_the_cost_changes(passwords):
    sealed = passwords.seal(PHRASE)

    assert Argon2Passwords(time_cost=2, memory_cost=128, parallelism=1).fits(sealed, PHRASE)


def test_the_usual_cost_is_that_of_rfc_9106(passwords):
    assert "$m=65536,t=3,p=4$" in Argon2Passwords().seal(PHRASE)
    assert "$m=64,t=1,p=1$" in passwords.seal(PHRASE)


def test_a_password_is_the_same_from_every_keyboard(passwords):
    assert passwords.fits(passwords.seal("caf\u00e9 pagi hari"), "cafe\u0301 pagi hari")


@pytest.mark.parametrize("odd", ["\ud800", "\x00nul", "😀" * 200, "x" * 100_000])
def test_odd_passwords_are_passwords(passwords, odd):
    assert passwords.fits(passwords.seal(odd), odd)


@pytest.mark.slow
def test_too_little_memory_is_no_wrong_password():
    limit = resource.getrlimit(resource.RLIMIT_AS)
    passwords = Argon2Passwords(time_cost=1, memory_cost=262_144, parallelism=1)
    sealed = passwords.seal(PHRASE)
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + 64 * 1024 * 1024, limit[1]))
    try:
        with pytest.raises(Unavailable):
            passwords.fits(sealed, PHRASE)
        with pytest.raises(Unavailable):
            passwords.seal(PHRASE)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limit)
