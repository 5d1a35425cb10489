"""From a case on the wiki back to the desk, as the desk itself serves both."""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "/wiki/kasus/2026/2026-0005/"


def test_who_is_signed_in_is_led_from_a_case_to_its_ticket(visitor):
    technician = visitor("rian")
    technician.go(CASE).click(".pulih-tiket")
    technician.page.wait_for_url("**/tiket/2026-0005")

    assert technician.troubles == []


def test_who_is_not_signed_in_sees_the_desk_but_no_ticket(visitor):
    reader = visitor()
    reader.go(CASE).wait_for_load_state("networkidle")
    assert not reader.page.locator(".pulih-tiket").is_visible()
    reader.go("/wiki/").click(".pulih-meja")
    reader.page.wait_for_url(re.compile("/masuk"))

    assert reader.troubles == []
