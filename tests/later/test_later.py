"""What is loaded when it is first used."""

from __future__ import annotations

import subprocess
import sys
from threading import Barrier, Thread

import pytest

from pulih.errors import Unavailable
from pulih.later import later


class Printer:
    name = "mesin"


def test_nothing_is_loaded_until_it_is_used_and_then_once():
    loads = []
    printer = later(lambda: loads.append(1) or Printer())

    assert loads == []
    assert (printer.name, printer.name) == ("mesin", "mesin")
    assert loads == [1]


def test_of_two_who_use_it_first_only_one_loads_it():
    loads, both = [], Barrier(2)
    printer = later(lambda: loads.append(1) or Printer())

    def use():
        both.wait()
        assert printer.name == "mesin"

    threads = [Thread(target=use) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loads == [1]


def test_what_cannot_be_loaded_says_so_and_is_tried_again():
    answers = [Unavailable("Pustaka belum ada."), Printer()]

    def load():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    printer = later(load)
    with pytest.raises(Unavailable):
        printer.name  # noqa: B018 - asked for what it says
    assert printer.name == "mesin"


def test_an_office_opens_without_what_only_papers_and_plone_need():
    heavy = {"nh3", "pypdf", "requests", "weasyprint"}
    asked = f"import sys, pulih.bootstrap; print(*sorted(sys.modules.keys() & {heavy}))"

    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == ""
