"""The content of attachments: kept once, durably, and only up to a size; the same wherever it is kept."""

from __future__ import annotations

import hashlib
import io
import os
import threading

import pytest

from pulih.errors import NotFound, TooLarge

MANY = 10_000_000


def keep(files, content, most=MANY):
    return files.keep(io.BytesIO(content), most=most)


@pytest.mark.parametrize(
    "content",
    [b"", b"surat", os.urandom(1 << 18), os.urandom(3_000_000)],
    ids=["empty", "few", "one-block", "many"],
)
def test_a_content_comes_back_by_its_digest(files, content):
    digest, size = keep(files, content)

    assert (digest, size) == (hashlib.sha256(content).hexdigest(), len(content))
    with files.open(digest) as kept:
        assert kept.read() == content


def test_a_content_comes_back_bit_by_bit(files):
    content = os.urandom(1_000_000)
    digest, _ = keep(files, content)

    with files.open(digest) as kept:
        bits = list(iter(lambda: kept.read(70_001), b""))
    assert b"".join(bits) == content
    assert {len(bit) for bit in bits[:-1]} == {70_001}


def test_a_content_may_be_left_half_read(files):
    digest, _ = keep(files, os.urandom(1_000_000))
    for _ in range(50):
        with files.open(digest) as kept:
            kept.read(10)

    assert keep(files, b"surat")[1] == 5


def test_the_same_content_is_kept_once(files, stored):
    assert keep(files, b"surat") == keep(files, b"surat")
    assert stored() == [hashlib.sha256(b"surat").hexdigest()]


def test_the_same_content_from_many_at_once_is_kept_once(files, stored):
    content, digests = b"surat" * 100_000, []
    threads = [
        threading.Thread(target=lambda: digests.append(keep(files, content)[0])) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(digests) == 8
    assert stored() == sorted(set(digests))
    with files.open(digests[0]) as kept:
        assert kept.read() == content


def test_a_content_of_just_the_limit_is_kept(files):
    assert keep(files, b"x" * 1000, most=1000)[1] == 1000


def test_a_content_over_the_limit_is_refused_by_megabytes_and_leaves_nothing(files, stored):
    with pytest.raises(TooLarge, match="paling besar 1,5 MB"):
        keep(files, b"x" * 2_000_000, most=3 << 19)

    assert stored() == []


class Endless:
    """A content that never ends."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int) -> bytes:
        self.given += size
        return b"x" * size


def test_no_more_is_read_than_tells_that_it_is_too_large(files):
    content = Endless()
    with pytest.raises(TooLarge):
        files.keep(content, most=20 << 20)

    assert content.given <= 22 << 20


class Broken:
    """A content that breaks off."""

    def read(self, size: int) -> bytes:
        raise ZeroDivisionError


def test_a_content_that_breaks_off_leaves_nothing(files, stored):
    with pytest.raises(ZeroDivisionError):
        files.keep(Broken(), most=MANY)

    assert stored() == []


@pytest.mark.parametrize(
    "digest",
    [
        "0" * 64,
        "",
        "../../etc/passwd",
        "0" * 63,
        "0" * 65,
        "A" * 64,
        f"{'0' * 64}\n",
        "\x00" * 64,
        "/etc/passwd",
    ],
)
def test_what_is_no_digest_of_a_content_kept_is_not_found(files, digest):
    with pytest.raises(NotFound):
        files.open(digest)


_FORTY_MEGABYTES = """
import sys
from pathlib import Path
from pulih.store.filing import open_files

class Large:
    def __init__(self, size): self.left = size
    def read(self, size):
        given = bytes(min(size, self.left)); self.left -= len(given); return given

where, folder, *rest = sys.argv[1:]
files = open_files(where, Path(folder), **dict(one.split("=", 1) for one in rest))
def there_and_back(size):
    digest, _ = files.keep(Large(size), most=size)
    with files.open(digest) as kept:
        while kept.read(32768): pass
def peak():  # getrusage would count what the parent had when it bore us
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
there_and_back(2 << 20)  # so that all modules are there
before = peak()
there_and_back(40 << 20)
files.close()
print(peak() - before)
"""


@pytest.mark.slow
def test_a_large_content_passes_through_and_is_never_in_memory_as_a_whole(files_by_name, child):
    process = child(_FORTY_MEGABYTES, *files_by_name)
    grown, said = process.communicate(timeout=60)

    assert process.returncode == 0, said
    assert int(grown) < 6 << 10, f"{int(grown)} KiB"
