from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from devices import PASSWORD, USER
from openssh import OpenSsh, why_no_openssh

from periksa.vantage.login import Login
from periksa.watch import Watch

RECORDED = Path(__file__).parent / "recorded"


@pytest.fixture
def watch():
    return Watch.lasting(20, lambda: datetime.now(UTC))


@pytest.fixture(scope="session")
def recorded():
    """What devices printed: ``recorded("cisco_ios", "ports")``."""

    def text(kind, name):
        return (RECORDED / kind / f"{name}.txt").read_text("utf-8")

    return text


@pytest.fixture
def login(tmp_path):
    """Make a login on this machine."""

    def make(port, kind="linux", **values):
        made = {"node": "opd1", "user": USER, "password": PASSWORD, "keys": tmp_path / "keys"}
        return Login(address="127.0.0.1", kind=kind, port=port, **{**made, **values})

    return make


@pytest.fixture
def openssh(tmp_path) -> Iterator[OpenSsh]:
    why = why_no_openssh()
    if why:
        pytest.skip(why)
    return OpenSsh.at_a_free_port(tmp_path)
