"""Accounts on devices and an OPD's own computer, in a real browser: they fit, read well, and need no script."""

from __future__ import annotations

import pytest
from devices import PASSWORD, USER, Device, listening
from pc_codes import code

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CORE = "/perangkat/diskominfotiksan-core"
AGENCY = "opd-dukcapil"


def first_open(window):
    """The page of the computer of the first of somebody's tickets that has one."""
    window.go("/tiket/")
    links = window.page.locator("table.list a.number")
    for path in [link.get_attribute("href") for link in links.all()]:
        if window.go(path).locator(f"a[href='{path}/komputer']").count():
            return f"{path}/komputer"
    raise AssertionError("no ticket of the demo is being examined")


def serious(page):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as Playwright itself

    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_serious_and_every_page_fits(visitor, width, scheme):
    admin = visitor("admin", width=width, height=740, color_scheme=scheme)
    agency = visitor(AGENCY, width=width, height=740, color_scheme=scheme)
    pages = [(admin, f"{CORE}/akses"), (admin, "/perangkat/akun"), (admin, f"{CORE}/ubah")]
    for window, path in [*pages, (agency, first_open(agency))]:
        page = window.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert serious(page) == [], path
    assert admin.troubles + agency.troubles == []


def test_without_a_script_an_account_is_kept_tried_and_forgotten(visitor):
    window = visitor("admin", java_script_enabled=False)
    with listening(Device("CCR#")) as device:
        page = window.go(f"{CORE}/akses")
        page.select_option("[name=platform]", "cisco_ios")
        page.fill("[name=user]", USER)
        page.fill("[name=password]", PASSWORD)
        page.fill("[name=port]", str(device.port))
        page.click("form.step button.primary")
        assert page.input_value("[name=password]") == ""
        page.click("#keadaan button.primary")
        told = page.inner_text("#keadaan")
        page.locator("button.danger").click()

    assert "SSH" in told  # nobody listens at the demo's address, and the page says what to do
    assert "belum punya akun" in page.inner_text("#keadaan")
    assert device.tried == []


def test_without_a_script_the_agency_enters_the_code_by_keyboard(visitor):
    window = visitor(AGENCY, width=360, java_script_enabled=False)
    page = window.go(first_open(window))
    page.focus("[name=code]")
    page.keyboard.type("123 456")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=code][aria-invalid=true]")
    assert page.input_value("[name=code]") == "123 456"

    page.fill("[name=code]", code())
    page.keyboard.press("Enter")
    assert "10.1.0.20" in page.locator(".flash.ok").inner_text()


def test_the_file_is_a_download(visitor):
    window = visitor(AGENCY, width=360)
    page = window.go(first_open(window))
    with page.expect_download() as begun:
        page.click("text=Untuk Linux")

    assert begun.value.suggested_filename == "periksa.sh"
