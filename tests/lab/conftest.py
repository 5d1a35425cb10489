"""One lab for all tests of a worker; none, and the reason, where there can be none."""

import os

import pytest
from lab.laboratory import running
from lab.namespaces import why_not
from lab.topologies import TOPOLOGIES


@pytest.fixture(scope="session")
def allowed():
    why = why_not()
    if why:
        pytest.skip(why)


@pytest.fixture(scope="session")
def laboratory(allowed):
    with running(TOPOLOGIES["bintang"], f"t{os.getpid()}") as lab:
        yield lab


@pytest.fixture
def lab(laboratory):
    """The lab, whole before and after."""
    yield laboratory
    laboratory.become()
