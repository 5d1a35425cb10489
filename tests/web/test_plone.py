"""The administrator's pages about Plone sites and doors."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from plone_memory import silent

from pulih.domain.door import WINDOW
from pulih.domain.plone.page import Standing
from pulih.domain.posted import MOST_FILE_BYTES, MOST_FILES, MOST_FILES_BYTES
from pulih.web import doors

pytestmark = pytest.mark.slow  # as a whole

FORM = {
    "name": "Portal Kabupaten",
    "url": "https://portal.contoh.go.id",
    "user": "penerbit",
    "password": "rahasia sekali",
    "root": "layanan/gangguan",
    "audience": "public",
}
_VERSION = re.compile(r'name="version" value="(\d+)"')
_ONCE = re.compile(r'name="once" value="(\w+)"')
_TOKEN = re.compile(r'id="token">([^<]+)<')


@pytest.fixture
def admin(client_of):
    return client_of("admin")


@pytest.fixture
def target(office, admin):
    """A site with a case on it, published."""

    def make(**changes):
        admin.send("/plone/baru", {**FORM, **changes})
        [target] = office.plone_targets.all(office.accounts.get(_admin(office), "admin"))
        office.plone_passes.perform(target.id)
        return target

    return make


def _admin(office):
    return office.accounts.known("admin")


def shown(answer):
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


def standing(office, target, key):
    with office.tools.store.reading() as records:
        return records.plone_pages.get(f"{target.id}/{key}").standing


# ---- who may ------------------------------------------------------------------------------

PAGES = [
    "/plone",
    "/plone/baru",
    "/plone/pintu/baru",
    *(f"/plone/{'0' * 32}{page}" for page in ("", "/ubah", "/rencana", "/halaman", "/hapus")),
    "/plone/pintu/portal",
]
DEEDS = [
    "/plone/baru",
    "/plone/baru/uji",
    "/plone/pintu/baru",
    *(
        f"/plone/{'0' * 32}/{deed}"
        for deed in (
            "ubah", "ubah/uji", "uji", "sekarang", "terbitkan-lagi", "jeda", "lanjutkan", "hapus",
            "halaman/timpa", "halaman/biarkan", "halaman/buat-lagi",
        )
    ),
    *(f"/plone/pintu/portal{deed}" for deed in ("", "/token", "/tutup")),
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_only_administrators_see_these_pages(client_of, page):
    for person in ("rina", "irawan", "dewi"):
        assert client_of(person).get(page).status_code == 403
    assert client_of().get(page).status_code == 303


@pytest.mark.parametrize("deed", DEEDS)
def test_only_administrators_do_these_deeds(client_of, deed):
    for person in ("rina", "dewi"):
        assert client_of(person).send(deed, FORM).status_code == 403


@pytest.mark.parametrize("page", PAGES[3:])
def test_what_is_not_there_is_not_found(admin, page):
    assert admin.get(page).status_code == 404


def test_only_administrators_are_offered_the_way_there(client_of):
    assert '<a href="/plone">' in client_of("admin").get("/meja").text
    assert "/plone" not in client_of("rina").get("/meja").text


# ---- a site -------------------------------------------------------------------------------


def test_an_office_without_a_site_is_told_how_to_begin(admin):
    text = shown(admin.get("/plone"))

    assert "Belum ada situs Plone." in text
    assert "Belum ada pintu." in text


def test_a_new_site_is_kept_and_shown(office, admin):
    answer = admin.send("/plone/baru", FORM)

    [target] = office.plone_targets.all(_admin(office))
    assert answer.headers["Location"] == f"/plone/{target.id}"
    assert office.tools.jobs.passes[-1] == target.id
    assert "rahasia" not in repr(target)
    text = shown(admin.get("/plone"))
    assert "Portal Kabupaten" in text
    assert "https://portal.contoh.go.id/layanan/gangguan" in text
    assert "Menunggu" in text


def test_what_was_typed_is_shown_again_with_what_is_wrong_but_never_the_password(office, admin):
    wrong = {**FORM, "url": "portal", "root": "../x", "agencies": ["dikbud"], "printed": "ya"}

    answer = admin.send("/plone/baru", wrong)

    assert answer.status_code == 422
    assert answer.text.count('class="problem"') == 2
    assert 'value="portal"' in answer.text
    assert 'value="dikbud" checked' in answer.text
    assert "rahasia" not in answer.text
    assert office.plone_targets.all(_admin(office)) == ()


def test_a_site_is_tried_before_it_is_kept(office, admin, plone_server):
    answer = admin.send("/plone/baru/uji", FORM)

    text = shown(answer)
    assert answer.status_code == 200
    assert "Penerbit (penerbit)" in text
    assert "6.2.2 · Classic" in text
    assert "belum ada; dibuat saat penerbitan pertama" in text
    assert 'value="Portal Kabupaten"' in answer.text
    assert "rahasia" not in answer.text
    assert office.plone_targets.all(_admin(office)) == ()
    assert plone_server.requests == [("open", "")]


def test_a_script_is_told_only_what_was_found(admin, plone_server):
    found = admin.send("/plone/baru/uji?bagian=1", FORM)
    plone_server.known = False
    refused = admin.send("/plone/baru/uji?bagian=1", FORM)
    plone_server.fail = lambda *_: (_ for _ in ()).throw(silent())
    away = admin.send("/plone/baru/uji?bagian=1", FORM)
    wrong = admin.send("/plone/baru/uji?bagian=1", {**FORM, "url": "x"})

    assert "<html" not in found.text
    assert "6.2.2" in found.text
    assert "Nama pengguna atau kata sandi ditolak" in shown(refused)
    assert "tidak menjawab" in shown(away)
    assert "Isi alamat situs Plone" in shown(wrong)


def test_a_site_is_changed_and_its_password_stays(office, admin, target):
    site = target()
    home = f"/plone/{site.id}/ubah"

    answer = admin.send(home, {**FORM, "name": "Portal Baru", "password": ""})

    assert answer.status_code == 303
    changed = office.plone_targets.get(_admin(office), site.id)
    assert (changed.name, changed.secret, changed.version) == ("Portal Baru", site.secret, 2)


def test_two_who_change_a_site_do_not_do_so_unseen(office, admin, target):
    site = target()
    seen = admin.seen(f"/plone/{site.id}/ubah")
    admin.send(f"/plone/{site.id}/ubah", {**FORM, "name": "Satu"})

    late = {**FORM, **seen, "name": "Dua", "password": ""}
    answer = admin.send(f"/plone/{site.id}/ubah", late)

    assert answer.status_code == 409
    assert 'value="Dua"' in answer.text
    assert office.plone_targets.get(_admin(office), site.id).name == "Satu"


def test_a_site_that_is_kept_is_tried_and_what_was_found_stays(admin, target, plone_server):
    site = target()

    admin.send(f"/plone/{site.id}/uji")
    assert "Berhasil masuk" in shown(admin.get(f"/plone/{site.id}"))
    plone_server.known = False
    admin.send(f"/plone/{site.id}/uji")
    text = shown(admin.get(f"/plone/{site.id}"))

    assert "ditolak" in text
    assert "Penerbit (penerbit)" in text


def test_what_is_published_and_what_is_not_is_counted(office, desk, admin, target):
    number = desk()
    site = target()
    text = shown(admin.get(f"/plone/{site.id}"))
    assert "Sesuai" in text
    assert "0 menunggu" in text
    assert "Terakhir diperiksa" in text

    other = desk(letter_number="005/2", subject="Wifi mati")

    text = shown(admin.get(f"/plone/{site.id}"))
    assert other in text
    assert "belum pernah terbit di sini" in text
    assert number != other


def test_a_plan_says_what_would_be_done_and_asks_nobody(desk, admin, target, plone_server):
    site = target()
    desk()
    asked = list(plone_server.requests)

    text = shown(admin.get(f"/plone/{site.id}/rencana"))

    assert "Dibuat" in text
    assert "Jaringan loket perekaman putus" in text
    assert plone_server.requests == asked
    assert admin.get(f"/plone/{site.id}/rencana?halaman=99").status_code == 200


def test_nothing_to_do_is_said(admin, target):
    site = target()

    assert "Tidak ada yang perlu dilakukan." in shown(admin.get(f"/plone/{site.id}/rencana"))


def test_how_far_a_pass_is_is_told_to_scripts_and_to_browsers_without(office, admin, target):
    site = target()
    home = f"/plone/{site.id}"
    assert "data-watch" not in admin.get(home).text

    admin.send(f"{home}/sekarang")

    page = admin.get(home).text
    assert f'data-watch="{home}?bagian=1"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    part = admin.get(f"{home}?bagian=1").text
    assert "Menunggu giliran" in part
    assert "data-done" not in part
    office.plone_passes.perform(site.id)
    assert "data-done" in admin.get(f"{home}?bagian=1").text
    assert "data-watch" not in admin.get("/plone").text


def test_a_site_that_does_not_answer_says_so_and_when_it_is_tried_again(
    office, desk, admin, target, plone_server
):
    site = target()
    desk()
    plone_server.fail = lambda *_: (_ for _ in ()).throw(silent())
    office.plone_passes.perform(site.id)

    for page in ("/plone", f"/plone/{site.id}"):
        text = shown(admin.get(page))
        assert "Terhenti" in text
        assert "tidak menjawab" in text
        assert "Dicoba lagi sendiri" in text


def test_a_site_rests_and_goes_on(office, admin, target):
    site = target()

    admin.send(f"/plone/{site.id}/jeda")
    text = shown(admin.get(f"/plone/{site.id}"))
    assert "Dijeda" in text
    assert "Periksa sekarang" not in text
    admin.send(f"/plone/{site.id}/lanjutkan")

    assert office.plone_targets.get(_admin(office), site.id).active


# ---- decisions ----------------------------------------------------------------------------


@pytest.fixture
def edited(office, desk, target, plone_server, clock):
    """A case that somebody edited in Plone, and its site."""
    number = desk()
    site = target()
    path = next(path for path in plone_server.items if path.endswith(number))
    plone_server.edit(path, "Diganti <script>alert(1)</script> orang.")
    clock.tick(minutes=10)
    office.plone_passes.perform(site.id, look=True)
    assert standing(office, site, f"kasus/{number}") is Standing.EDITED
    return site, f"kasus/{number}", path


def test_an_edited_page_is_shown_beside_ours(admin, edited):
    site, _key, _path = edited
    home = admin.get(f"/plone/{site.id}")
    assert "Menunggu keputusan Anda" in shown(home)
    link = re.search(r'href="([^"]+/halaman\?kunci=[^"]+)"', home.text)[1]

    page = admin.get(unescape(link))

    text = shown(page)
    assert "Di Plone sekarang" in text
    assert "Versi kita" in text
    assert "Diganti <script>alert(1)</script> orang." in text
    assert "<script>alert" not in page.text
    assert "Switch terbakar" in text


def test_ours_is_written_over_the_version_that_was_looked_at(
    office, admin, edited, plone_server, clock
):
    site, key, path = edited
    page = admin.get(f"/plone/{site.id}/halaman?kunci={key}").text
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]

    answer = admin.send(f"/plone/{site.id}/halaman/timpa", {"kunci": key, "seen": unescape(seen)})

    assert answer.headers["Location"] == f"/plone/{site.id}"
    office.plone_passes.perform(site.id)
    assert "orang" not in plone_server.items[path].text
    assert standing(office, site, key) is Standing.PUBLISHED


def test_a_version_that_nobody_looked_at_is_not_written_over(office, admin, edited, plone_server):
    site, key, path = edited
    page = admin.get(f"/plone/{site.id}/halaman?kunci={key}").text
    seen = unescape(re.search(r'name="seen" value="([^"]+)"', page)[1])
    plone_server.edit(path, "Diganti lagi.")

    admin.send(f"/plone/{site.id}/halaman/timpa", {"kunci": key, "seen": seen})
    office.plone_passes.perform(site.id)

    assert plone_server.items[path].text == "Diganti lagi."
    assert standing(office, site, key) is Standing.EDITED


def test_theirs_is_left_and_can_be_decided_again(office, admin, edited, plone_server):
    site, key, path = edited

    admin.send(f"/plone/{site.id}/halaman/biarkan", {"kunci": key})

    assert standing(office, site, key) is Standing.KEPT
    office.plone_passes.perform(site.id, look=True)
    assert "Diganti" in plone_server.items[path].text
    text = shown(admin.get(f"/plone/{site.id}"))
    assert "Dibiarkan seperti di Plone" in text
    assert "Timpa dengan versi kita" in shown(admin.get(f"/plone/{site.id}/halaman?kunci={key}"))


def test_a_page_that_was_deleted_is_made_again_or_left(
    office, desk, admin, target, plone_server, clock
):
    first, second = desk(), desk(letter_number="005/2")
    site = target()
    for number in (first, second):
        plone_server.delete(next(path for path in plone_server.items if path.endswith(number)))
    clock.tick(minutes=10)
    office.plone_passes.perform(site.id, look=True)
    assert "Buat lagi semua yang dihapus" in shown(admin.get(f"/plone/{site.id}"))

    admin.send(f"/plone/{site.id}/halaman/buat-lagi", {"kunci": f"kasus/{first}"})
    admin.send(f"/plone/{site.id}/halaman/biarkan", {"kunci": f"kasus/{second}"})
    office.plone_passes.perform(site.id)

    assert standing(office, site, f"kasus/{first}") is Standing.PUBLISHED
    assert not any(path.endswith(second) for path in plone_server.items)


def test_a_decision_that_is_taken_already_is_told(admin, edited):
    site, key, _path = edited
    admin.send(f"/plone/{site.id}/halaman/biarkan", {"kunci": key})

    again = admin.send(f"/plone/{site.id}/halaman/biarkan", {"kunci": key})
    unknown = admin.send(f"/plone/{site.id}/halaman/biarkan", {"kunci": "kasus/tidak-ada"})

    assert (again.status_code, unknown.status_code) == (409, 404)
    assert "sudah tidak menunggu keputusan" in shown(again)


def test_versions_of_a_site_that_is_away_cannot_be_compared_yet(admin, edited, plone_server):
    site, key, _path = edited
    plone_server.fail = lambda *_: (_ for _ in ()).throw(silent())

    text = shown(admin.get(f"/plone/{site.id}/halaman?kunci={key}"))

    assert "Belum dapat dibandingkan" in text
    assert "tidak menjawab" in text


def test_a_page_that_fails_says_why_and_is_tried_again(
    office, desk, admin, target, plone_server, clock
):
    number = desk()
    site = target()
    path = next(path for path in plone_server.items if path.endswith(number))
    plone_server.locked.add(path)
    admin.send(f"/plone/{site.id}/terbitkan-lagi", {"kunci": f"kasus/{number}"})
    office.plone_passes.perform(site.id)

    text = shown(admin.get(f"/plone/{site.id}"))

    assert "Sedang disunting di Plone" in text
    assert "1 kali" in text
    plone_server.locked.clear()
    admin.send(f"/plone/{site.id}/terbitkan-lagi", {"kunci": f"kasus/{number}"})
    office.plone_passes.perform(site.id)
    assert standing(office, site, f"kasus/{number}") is Standing.PUBLISHED


def test_everything_is_written_again_when_somebody_asks(office, desk, admin, target, plone_server):
    desk()
    site = target()
    before = plone_server.writes

    admin.send(f"/plone/{site.id}/terbitkan-lagi")
    office.plone_passes.perform(site.id)

    assert plone_server.writes > before


# ---- going away ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ending", [("tarik", 1, False), ("tarik-hapus", 0, False), ("hapus", 0, True)], ids=str
)
def test_a_site_goes_in_the_way_that_was_chosen(office, desk, admin, target, plone_server, ending):
    way, kept, read = ending
    number = desk()
    site = target()
    path = next(path for path in plone_server.items if path.endswith(number))

    answer = admin.send(f"/plone/{site.id}/hapus", {"cara": way})
    assert answer.status_code == 303
    assert admin.get(answer.headers["Location"]).status_code == 200
    office.plone_passes.perform(site.id)

    assert len(office.plone_targets.all(_admin(office))) == kept
    assert plone_server.reads(path) is read


def test_nothing_goes_before_a_way_was_chosen(office, admin, target):
    site = target()
    page = admin.get(f"/plone/{site.id}/hapus").text
    assert page.count('type="radio"') == 3
    assert "checked" not in page

    answer = admin.send(f"/plone/{site.id}/hapus", {"cara": "semua"})

    assert answer.headers["Location"] == f"/plone/{site.id}/hapus"
    assert office.plone_targets.get(_admin(office), site.id).active


# ---- doors --------------------------------------------------------------------------------


def open_door(admin, **changes):
    once = _ONCE.search(admin.get("/plone/pintu/baru").text)[1]
    form = {"name": "Situs Dukcapil", "audience": "public", "once": once, **changes}
    return admin.send("/plone/pintu/baru", form)


def test_a_token_is_shown_when_a_door_is_opened_and_never_again(office, admin):
    answer = open_door(admin, agencies=["dukcapil"])

    token = _TOKEN.search(answer.text)[1]
    assert "hanya ditampilkan sekarang" in shown(answer)
    assert "http://localhost" in shown(answer)
    [seen] = office.doors.all(_admin(office))
    assert (seen.door.id, seen.door.agencies) == ("situs-dukcapil", ("dukcapil",))
    for page in ("/plone", "/plone/pintu/situs-dukcapil"):
        text = admin.get(page).text
        assert "situs-dukcapil" in text
        assert token not in text


def test_a_form_that_is_sent_twice_opens_one_door(office, admin):
    once = _ONCE.search(admin.get("/plone/pintu/baru").text)[1]
    form = {"name": "Situs Dukcapil", "audience": "public", "once": once}

    first = admin.send("/plone/pintu/baru", form)
    second = admin.send("/plone/pintu/baru", form)

    assert (first.status_code, second.status_code) == (200, 303)
    assert len(office.doors.all(_admin(office))) == 1


def test_what_does_not_fit_is_shown_and_the_form_can_be_sent_again(office, admin):
    wrong = open_door(admin, name="", agencies=["dikbud"])
    assert wrong.status_code == 422
    assert 'value="dikbud" checked' in wrong.text

    once = _ONCE.search(wrong.text)[1]
    right = admin.send("/plone/pintu/baru", {"name": "Situs", "audience": "public", "once": once})

    assert right.status_code == 200
    assert len(office.doors.all(_admin(office))) == 1


def test_a_door_is_changed_renewed_and_closed(office, admin):
    old = _TOKEN.search(open_door(admin).text)[1]
    home = "/plone/pintu/situs-dukcapil"

    def version():
        return {"version": _VERSION.search(admin.get(home).text)[1]}

    changed = {**version(), "name": "Portal OPD", "audience": "intranet"}
    assert admin.send(home, changed).status_code == 303
    fresh = admin.send(f"{home}/token", version())
    assert _TOKEN.search(fresh.text)[1] != old
    assert admin.send(f"{home}/tutup", version()).status_code == 303

    door = office.doors.get(_admin(office), "situs-dukcapil").door
    assert (door.name, door.audience.value, door.active) == ("Portal OPD", "intranet", False)
    assert "Tertutup" in shown(admin.get(home))
    assert "Buka lagi dengan token baru" in shown(admin.get(home))


def test_a_page_that_is_loaded_again_makes_no_second_token(office, admin):
    open_door(admin)
    home = "/plone/pintu/situs-dukcapil"
    seen = {"version": _VERSION.search(admin.get(home).text)[1]}
    assert admin.send(f"{home}/token", seen).status_code == 200

    again = admin.send(f"{home}/token", seen)

    assert again.status_code == 409
    assert "sudah diubah" in shown(again)


@pytest.mark.parametrize("page", ["/plone", "/plone/baru", "/plone/pintu/baru"])
def test_the_pages_are_there_in_english(admin, page):
    admin.client.set_cookie("language", "en")

    assert '<html lang="en">' in admin.get(page).text


# ---- the guide ----------------------------------------------------------------------------

GUIDE = " ".join((Path(__file__).parents[2] / "wiki/panduan/plone.md").read_text("utf-8").split())


def test_the_guide_names_what_stands_on_the_pages(desk, admin, target, edited):
    site, key, _path = edited
    open_door(admin)
    pages = [
        "/plone",
        "/plone/baru",
        f"/plone/{site.id}",
        f"/plone/{site.id}/halaman?kunci={key}",
        "/plone/pintu/situs-dukcapil",
    ]
    said = " ".join(shown(admin.get(page)) for page in pages)

    for words in (
        "Tambah situs", "Uji sambungan", "Simpan", "Bandingkan", "Biarkan yang di Plone",
        "Timpa dengan versi kita", "Periksa sekarang", "Lihat rencana", "Tarik atau hapus …",
        "Buka pintu", "Alamat meja", "Kode pintu", "Token", "Buat token baru", "Tutup pintu",
    ):  # fmt: skip
        assert f"*{words}*" in GUIDE, words
        assert words in said, words


def test_the_guide_gives_the_limits_that_hold():
    files, one, together = MOST_FILES, MOST_FILE_BYTES, MOST_FILES_BYTES
    megabyte = 1024 * 1024

    assert f"paling banyak {files} berkas PDF, JPEG, atau PNG" in GUIDE
    assert f"masing-masing {one // megabyte} MB, bersama-sama {together // megabyte} MB" in GUIDE
    assert f"berlaku {WINDOW.seconds // 60} menit" in GUIDE
    minute, hour = re.findall(r"\d+", doors._LETTERS)
    assert f"{minute} surat semenit dan {hour} sejam" in GUIDE
