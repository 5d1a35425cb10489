"""The administrator's page in a real browser, with a real Plone behind it."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread

import offices
import plone as plones
import pytest
from relevance import OURS, reports
from served import served

from pulih.bootstrap import open_office
from pulih.config import read_settings
from pulih.jobs import Collected

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

EDITED = "Diringkas oleh Humas untuk pembaca portal."


class Window:
    """An administrator in front of the page of a site.

    Attributes:
        performing: A pass that is made beside, as the office's worker makes it.
    """

    def __init__(self, page, url, office, admin, scene):
        self.page, self.url, self.office, self.admin, self.scene = page, url, office, admin, scene
        self.troubles = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def go(self, path):
        self.page.goto(self.url + path)
        return self.page

    def sign_in(self):
        self.go("/masuk")
        self.page.fill("[name=username]", "admin")
        self.page.fill("[name=password]", offices.PASSWORD)
        self.page.click("main button.primary")
        self.page.wait_for_url("**/meja")

    def fill(self, password):
        """Fill the form of a new site."""
        self.page.fill("[name=name]", "Portal Kabupaten")
        self.page.fill("[name=url]", self.scene.plone.url(self.scene.site))
        self.page.fill("[name=user]", plones.PUBLISHER[0])
        self.page.fill("[name=password]", password)
        self.page.fill("[name=root]", self.scene.root)

    @property
    def target(self):
        [target] = self.office.plone_targets.all(self.admin)
        return target

    @property
    def home(self):
        return f"/plone/{self.target.id}"

    def perform(self):
        self.office.plone_passes.perform(self.target.id, look=True, most=None)

    def text(self):
        return self.page.inner_text("main")

    def fits(self):
        width = self.page.viewport_size["width"]
        return self.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def office(tmp_path, cast):
    """An office with two cases of one agency and one of another."""
    folder = tmp_path / "kantor"
    offices.found(folder, cast).close()
    office = open_office(read_settings(folder, {}), jobs=Collected())
    agencies = ("dukcapil", "dukcapil", "dikbud")
    with office.tools.store.writing() as records:
        for n, one in enumerate(reports(OURS)[:3]):
            case = replace(one, number=f"2026-000{n + 1}", agency=agencies[n])
            records.articles.put(case.number, case)
    yield office
    office.close()


@pytest.fixture
def open_window(chromium, office, cast, scene):
    """Open a window in which the administrator is signed in."""
    with served(office) as url:
        contexts = []

        def open_(width=1280, **more):
            context = chromium.new_context(
                viewport={"width": width, "height": 800}, locale="id-ID", **more
            )
            contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(60_000)
            window = Window(page, url, office, cast.admin, scene)
            window.sign_in()
            return window

        yield open_
        for context in contexts:
            context.close()


@pytest.fixture
def published(open_window, cast):
    """A window on a site that shows the cases."""

    def publish(width=1280, **more):
        window = open_window(width, **more)
        window.go("/plone/baru")
        window.fill(plones.PUBLISHER[1])
        window.page.click("form.step button.primary")
        window.page.wait_for_url(f"**{window.home}")
        window.perform()
        return window

    return publish


def serious(page):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - as Playwright itself

    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_site_is_tried_kept_and_published_while_one_looks_on(open_window, width):
    window = open_window(width)
    page = window.go("/plone/baru")
    window.fill("bukan kata sandinya")
    page.click("button[data-into]")
    page.wait_for_selector("#temuan-situs .flash.warn")
    refused = page.inner_text("#temuan-situs")

    page.fill("[name=password]", plones.PUBLISHER[1])
    page.click("button[data-into]")
    page.wait_for_selector("#temuan-situs .found")
    told = page.inner_text("#temuan-situs")
    kept = window.office.plone_targets.all(window.admin)
    page.click("form.step button.primary")
    page.wait_for_selector("[data-watch]")

    assert "menolak" in refused
    assert plones.PUBLISHER[0] in told
    assert ("Classic" if window.scene.site == "klasik" else "Volto") in told
    assert "lengkap" in told
    assert kept == ()
    assert page.locator("[data-watch] progress").count() == 1
    worker = Thread(target=window.perform)  # as the office's worker does
    worker.start()
    page.wait_for_selector(".badge.closed")  # the page looked again by itself
    worker.join()
    assert "3" not in page.inner_text(".tally li:nth-child(2)")
    assert window.fits()
    assert window.troubles == []


@pytest.mark.parametrize("width", [360, 1280])
def test_both_versions_of_an_edited_page_are_shown_and_one_is_chosen(published, width):
    window = published(width)
    scene, page = window.scene, window.page
    path = _path(window, "kasus/2026-0001")
    scene.person.patch(path, {"title": "Gangguan sudah beres", "description": EDITED})
    window.perform()

    window.go(window.home)
    page.get_by_role("link", name="Bandingkan").click()
    theirs = page.locator(".versions section").nth(0)
    ours = page.locator(".versions section").nth(1)

    assert EDITED in theirs.inner_text()
    assert EDITED not in ours.inner_text()
    beside = theirs.bounding_box()["y"] == ours.bounding_box()["y"]
    assert beside is (width == 1280)
    assert window.fits()
    assert serious(page) == []
    page.get_by_role("button", name="Timpa dengan versi kita").click()
    page.wait_for_selector(".flash.ok")
    window.perform()
    assert scene.anybody.get(path)["title"] != "Gangguan sudah beres"
    assert window.troubles == []


@pytest.mark.parametrize(("site", "script"), [("klasik", True), ("volto", False)])
def test_a_page_that_was_deleted_is_made_again_by_keyboard(published, script):
    window = published(java_script_enabled=script)
    path = _path(window, "kasus/2026-0003")
    window.scene.admin.delete(path)
    window.perform()
    page = window.go(window.home)
    assert "Dihapus di Plone" in window.text()
    assert window.scene.anybody("GET", path).status == 404

    page.get_by_role("button", name="Buat lagi").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".flash.ok")
    window.perform()

    assert window.scene.anybody("GET", path).status == 200
    window.go(window.home)
    assert "Sesuai" in window.text()


@pytest.mark.parametrize("site", ["klasik"])
def test_without_a_script_a_site_is_tried_and_kept(open_window):
    window = open_window(360, java_script_enabled=False)
    page = window.go("/plone/baru")
    window.fill(plones.PUBLISHER[1])
    page.click("button[formaction]")
    found = page.inner_text(".found")
    assert page.input_value("[name=root]") == window.scene.root
    assert page.input_value("[name=password]") == ""

    page.fill("[name=password]", plones.PUBLISHER[1])
    page.click("form.step button.primary")

    assert plones.PUBLISHER[0] in found
    assert page.locator("noscript meta[http-equiv=refresh]").count() == 1
    assert "Menunggu giliran" in window.text()


@pytest.mark.parametrize(
    ("site", "width", "scheme"), [("klasik", 360, "dark"), ("volto", 1280, "light")]
)
def test_every_page_fits_and_reads_well_in_both_languages(published, width, scheme):
    window = published(width, color_scheme=scheme)
    page, home = window.page, window.home
    window.scene.person.patch(_path(window, "kasus/2026-0001"), {"description": EDITED})
    window.scene.admin.delete(_path(window, "kasus/2026-0003"))
    window.perform()
    paths = [
        "/plone", home, f"{home}/ubah", f"{home}/rencana", f"{home}/hapus", "/plone/baru",
        f"{home}/halaman?kunci=kasus/2026-0001", "/plone/pintu/baru",
    ]  # fmt: skip
    for language in ("id", "en"):
        page.context.add_cookies([{"name": "language", "value": language, "url": window.url}])
        for path in paths:
            window.go(path)
            assert page.get_attribute("html", "lang") == language
            assert window.fits(), path
            assert serious(page) == [], path
    window.page.fill("[name=name]", "Situs Dukcapil")
    page.click("form.step button.primary")
    page.wait_for_selector("#token")
    assert window.fits()
    assert serious(page) == []
    assert window.troubles == []


def _path(window, key):
    with window.office.tools.store.reading() as records:
        return records.plone_pages.get(f"{window.target.id}/{key}").path
