"""Finding the past fix: from the header, while typing, in step 5, while a letter is entered, on a telephone."""

from __future__ import annotations

import re
import time

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LAMENT = "internet lemot di ruang bidang"
PAGES = (
    f"/kasus/?q={LAMENT}",
    "/kasus/",
    "/kasus/?q=qwrtzpsdf",
    "/kasus/?q=internet&opd=rsud&tahun=1999",
    "/surat/baru",
)


@pytest.fixture
def at_step_five(visitor):
    """Open the page of a ticket that waits for its examination."""

    def open_page(**more):
        window = visitor("yuni", **more)
        window.go("/tiket/?langkah=5")
        window.page.locator("table.list a").first.click()
        window.page.wait_for_selector("#temuan")
        return window

    return open_page


def fault_types(page) -> list[str]:
    """Return the fault types of the cases that are shown, each once."""
    offered = [text for text in page.locator("[name=fault_type] option").all_inner_texts() if text]
    filed = page.locator("#temuan article h3 + .dim").all_inner_texts()
    return list(dict.fromkeys(one for line in filed for one in offered if f" · {one} · " in line))


def choose(page, fault_type: str) -> list[str]:
    """Choose a fault type; return the reasons of the cases that share one, once they are shown."""
    page.select_option("[name=fault_type]", label=fault_type)
    same = page.locator("#temuan .why li", has_text="Jenis gangguan sama")
    same.filter(has_text=fault_type).first.wait_for()
    return same.all_inner_texts()


# ---- The search page --------------------------------------------------------------------------


def test_a_technician_finds_the_full_line_by_the_words_of_whoever_complained(visitor):
    window = visitor("yuni")
    page = window.go("/tiket/")
    page.keyboard.press("/")
    page.keyboard.type(LAMENT)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kasus/?q=*")
    first = page.locator("article.match").first

    assert page.input_value("#kotak-cari") == LAMENT
    assert "Bandwidth penuh" in " ".join(page.locator("article.match").all_inner_texts()[:3])
    assert first.locator(".passage mark").count()
    assert first.locator(".why li").count()
    assert "Penyebab:" in first.inner_text()
    assert window.troubles == []


def test_on_a_telephone_the_box_unfolds_from_its_sign(visitor):
    window = visitor("yuni", width=360, height=740)
    page = window.go("/meja")
    sign = page.locator("[data-unfold]")

    assert not page.locator("#kotak-atas").is_visible()
    assert sign.get_attribute("aria-expanded") == "false"
    sign.click()
    assert sign.get_attribute("aria-expanded") == "true"
    page.keyboard.type("akses poin ga mau konek")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kasus/?q=*")
    assert page.locator("article.match").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_results_follow_the_typing_without_a_past_of_half_words(visitor):
    window = visitor("yuni")
    page = window.go("/kasus/")
    past = page.evaluate("history.length")
    for words in ("kabel putus", "qwrtzpsdf zzxvbnq"):
        page.fill("#kotak-cari", words)
        page.locator(".found-head", has_text=f"“{words}”").wait_for()

    page.locator("#hasil-kabar", has_text="0 kasus").wait_for(state="attached")
    assert page.locator("#hasil-kabar").get_attribute("role") == "status"
    assert page.evaluate("history.length") == past
    assert "q=qwrtzpsdf+zzxvbnq" in page.url
    assert page.evaluate("document.activeElement.id") == "kotak-cari"
    assert "zzxvbnq" not in window.go("/kasus/dicari").locator("main").inner_text()
    assert window.troubles == []


def test_an_older_answer_never_comes_after_a_newer_one(visitor):
    window = visitor("yuni")
    page = window.go("/kasus/")
    asked = []

    def late(route):
        asked.append(route.request.url)
        if "printer" in route.request.url:
            time.sleep(1)
        route.continue_()

    page.route("**/kasus/?*bagian=1", late)
    with page.expect_request("**/kasus/?*printer*"):
        page.fill("#kotak-cari", "printer")
    page.fill("#kotak-cari", "kabel putus")
    page.locator(".found-head", has_text="“kabel putus”").wait_for()
    page.wait_for_load_state("networkidle")

    assert len(asked) == 2
    assert "“kabel putus”" in page.locator(".found-head").inner_text()


def test_a_filter_is_set_and_removed_with_the_words_kept(visitor):
    page = visitor("yuni").go("/kasus/?q=internet")
    page.locator(".facet a", has_text="Bandwidth penuh").click()
    page.wait_for_url("**gangguan=bandwidth-penuh*")
    page.fill("#kotak-cari", "lambat")
    page.locator(".found-head", has_text="“lambat”").wait_for()
    assert "gangguan=bandwidth-penuh" in page.url
    filed = page.locator("article.match > h2 + .dim").all_inner_texts()
    assert filed
    assert all("Bandwidth penuh" in line for line in filed)
    page.locator(".chips a").click()
    page.wait_for_url(re.compile(r"q=lambat$"))


def test_without_a_script_everything_is_a_plain_form(visitor):
    window = visitor("yuni", java_script_enabled=False)
    page = window.go("/meja")
    page.fill("#kotak-atas", LAMENT)
    page.locator("#cari-atas button").click()
    assert page.locator("article.match").count() == 10
    page.locator(".pager a[rel=next]").click()
    assert "halaman=2" in page.url
    assert page.locator("article.match").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_serious_and_every_page_fits(visitor, width, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as Playwright itself

    window = visitor("yuni", width=width, height=740, color_scheme=scheme)
    wrong, wide = [], []
    for path in PAGES:
        page = window.go(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
        found = Axe().run(page).response["violations"]
        serious = [one for one in found if one["impact"] in {"serious", "critical"}]
        wrong += [(path, o["id"], [node["html"] for node in o["nodes"][:3]]) for o in serious]

    assert wrong == []
    assert wide == []
    assert window.troubles == []


# ---- Step 5 -----------------------------------------------------------------------------------


def test_similar_cases_are_there_before_anybody_types_and_follow_the_fault_type(at_step_five):
    window = at_step_five()
    page = window.page
    assert page.locator("#temuan article.match").count() == 5
    assert "Jenis gangguan sama" not in page.locator("#temuan").inner_text()

    page.fill("[name=location]", "Panel lantai 2")
    for fault_type in fault_types(page)[:2]:
        assert {f"Jenis gangguan sama: {fault_type}"} == set(choose(page, fault_type))
    assert page.locator("#temuan-kabar").inner_text() == "5 kasus serupa"
    assert page.input_value("[name=location]") == "Panel lantai 2"
    assert window.troubles == []


def test_a_mark_keeps_what_is_typed_and_is_taken_back(at_step_five):
    window = at_step_five()
    page = window.page
    page.fill("[name=location]", "Panel lantai 2")
    reasons = choose(page, fault_types(page)[0])
    page.locator("#temuan article button", has_text="Dipakai").first.click()
    page.locator("#temuan article .badge", has_text="Dipakai").wait_for()

    assert page.input_value("[name=location]") == "Panel lantai 2"
    shown = page.locator("#temuan .why li", has_text="Jenis gangguan sama").all_inner_texts()
    assert set(shown) == set(reasons), "what is chosen and not saved counts still"
    page.locator("#temuan article button", has_text="Batalkan").click()
    page.locator("#temuan article .badge").wait_for(state="detached")
    with page.expect_navigation():
        page.locator("form.step button[name=drop]").click()


# ---- While a letter is entered ----------------------------------------------------------------


def test_a_similar_open_ticket_shows_while_the_letter_is_typed(visitor):
    window = visitor("yuni")
    page = window.go("/tiket/?langkah=5")
    row = page.locator("table.list tbody tr").first
    number, subject = (row.locator("a").nth(at).inner_text() for at in (0, 1))
    agency = row.locator(".dim").inner_text()

    page = window.go("/surat/baru")
    page.select_option("[name=agency]", label=agency)
    page.fill("[name=subject]", subject)
    shown = page.locator("[data-follows] a", has_text=number)
    shown.wait_for()
    assert "Sedang ditangani" in page.locator("[data-follows]").inner_text()
    page.fill("[name=subject]", "qwrtzpsdf")
    shown.wait_for(state="detached")
    assert page.input_value("[name=subject]") == "qwrtzpsdf"
    assert window.troubles == []
