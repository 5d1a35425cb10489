from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pulih.config import FILE, Settings, read_settings, write_settings
from pulih.config.keys import KEYS
from pulih.errors import Invalid, NotFound, Refused, Unavailable


@pytest.fixture
def office(tmp_path):
    def make(text: str) -> Path:
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return tmp_path

    return make


def problems(refusal: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.field for problem in refusal.value.problems]


def test_an_empty_file_is_an_office_in_sumbawa(office):
    folder = office("")

    settings = read_settings(folder, {})

    assert settings == Settings(folder)
    assert settings.name == "Diskominfotiksan Kabupaten Sumbawa"
    assert settings.zone.key == "Asia/Makassar"
    assert settings.site == folder / "data" / "site"


def test_the_file_says_what_is_different(office):
    folder = office("""
        name = "Diskominfo Kota Bima"
        port = 9000
        behind_tls = true
        audience = "public"
        work_end = "15:30"
        work_start = 08:00:00
        probe_ranges = ["10.20.0.0/16", "fd00:7::/48"]
        probe_names = ["bimakota.go.id"]
        probe_dns_servers = ["10.20.0.2"]
        [free_days]
        2027-04-10 = "Hari jadi kota"
        2027-12-24 = ""
    """)

    settings = read_settings(folder, {})

    assert settings.name == "Diskominfo Kota Bima"
    assert (settings.port, settings.behind_tls) == (9000, True)
    assert settings.audience == "public"
    assert (settings.work_start, settings.work_end) == ("08:00", "15:30")
    assert settings.probe_ranges == ("10.20.0.0/16", "fd00:7::/48")
    assert settings.free_days == {date(2027, 4, 10): "Hari jadi kota", date(2027, 12, 24): ""}


def test_the_environment_counts_before_the_file(office):
    folder = office("port = 9000\nprobe_names = ['lama.go.id']\ndemo = true\nthreads = 4")
    environ = {
        "PULIH_PORT": "80",
        "PULIH_PROBE_NAMES": "sumbawakab.go.id, www.sumbawakab.go.id",
        "PULIH_DEMO": "false",
        "PULIH_THREADS": "",
        "PULIH_OFFICE": "/somewhere",
    }

    settings = read_settings(folder, environ)

    assert settings.port == 80
    assert settings.probe_names == ("sumbawakab.go.id", "www.sumbawakab.go.id")
    assert settings.demo is False
    assert settings.threads == 4


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('port = "8080"', "port"),
        ("port = 0", "port"),
        ("port = true", "port"),
        ("demo = 1", "demo"),
        ('name = ""', "name"),
        ("name = 'two\tcolumns'", "name"),
        ('host = "satu dua"', "host"),
        ('time_zone = "Asia/Sumbawa"', "time_zone"),
        ('time_zone = ["Asia/Makassar"]', "time_zone"),
        ('work_start = "half past seven"', "work_start"),
        ('work_end = "07:00"', "work_end"),
        ('work_start = "17:00"', "work_start"),
        ('probe_ranges = ["10.20.0.1/16"]', "probe_ranges"),
        ('probe_ranges = ["0.0.0.0/0"]', "probe_ranges"),
        ('probe_ranges = "10.20.0.0/16"', "probe_ranges"),
        ('probe_names = ["a b"]', "probe_names"),
        ('probe_dns_servers = ["ns1.go.id"]', "probe_dns_servers"),
        ("session_minutes = 1", "session_minutes"),
        ('audience = "semua"', "audience"),
        ("audience = true", "audience"),
        ('files = "/srv/lampiran"', "files"),
        ('files = "s3://Kantor"', "files"),
        ('files = "s3://kantor/../lain"', "files"),
        ('files = "s3://kantor?x=1"', "files"),
        ('files = "database"', "files"),
        ('files = "folder"\ndatabase = "postgresql://pulih@127.0.0.1/pulih"', "files"),
        ('files_endpoint = "s3.go.id"', "files_endpoint"),
        ('files_endpoint = "http://kunci:rahasia@s3.go.id"', "files_endpoint"),
        ('files_endpoint = "https://s3.go.id:99999"', "files_endpoint"),
        ('files_region = "a b"', "files_region"),
        ("files_secret_key = 'satu dua'", "files_secret_key"),
        ("search_token = 'terlalu-pendek'", "search_token"),
        (f"search_token = '{'x' * 40} x'", "search_token"),
        (f"search_token = '{'é' * 40}'", "search_token"),
        ("[free_days]\n2027-02-30 = 'x'", "free_days"),
        ("[free_days]\n2027-02-20 = 1", "free_days"),
        ("prot = 8080", "prot"),
        ("port = ", FILE),
    ],
)
def test_what_does_not_fit_is_named_with_what_to_do(office, line, field):
    with pytest.raises(Invalid) as refusal:
        read_settings(office(line), {})

    assert problems(refusal) == [field]
    assert str(refusal.value.problems[0].sentence).endswith(".")


def test_a_setting_that_was_added_below_the_free_days_is_told_where_it_goes(office):
    folder = office('[free_days]\n2027-01-22 = "Hari jadi"\nport = 9000\ndemo = true\n')

    with pytest.raises(Invalid) as refusal:
        read_settings(folder, {})

    assert problems(refusal) == ["free_days"]
    told = str(refusal.value.problems[0].sentence)
    assert "port, demo" in told
    assert "ke atas baris [free_days]" in told


def test_every_problem_is_told_at_once(office):
    folder = office("prot = 8080\nthreads = 0")

    with pytest.raises(Invalid) as refusal:
        read_settings(folder, {"PULIH_PORT": "tcp://10.0.0.1:8080"})

    assert problems(refusal) == ["prot", "threads", "PULIH_PORT"]


def test_a_file_saved_by_notepad_is_read(tmp_path):
    (tmp_path / FILE).write_bytes(b"\xef\xbb\xbfport = 9000\r\n")

    assert read_settings(tmp_path, {}).port == 9000


def test_a_file_that_is_no_text_is_a_problem_of_the_file(tmp_path):
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00p")

    with pytest.raises(Invalid) as refusal:
        read_settings(tmp_path, {})

    assert problems(refusal) == [FILE]


def test_a_folder_without_the_file_is_no_office(tmp_path):
    with pytest.raises(NotFound, match="pulih new"):
        read_settings(tmp_path, {})


def test_a_file_that_cannot_be_read_is_no_fault_of_its_words(tmp_path):
    (tmp_path / FILE).mkdir()

    with pytest.raises(Unavailable):
        read_settings(tmp_path, {})


def test_a_new_office_reads_back_what_was_written(tmp_path):
    folder = tmp_path / "kantor" / "baru"
    values = {
        "name": 'Dinas "Kominfo" \\ Café 😀',
        "demo": True,
        "port": 5000,
        "work_start": "08:00",
        "probe_ranges": ["10.0.0.0/8"],
        "free_days": {date(2027, 1, 22): "Hari jadi"},
    }

    written = write_settings(folder, **values)

    assert read_settings(folder, {}) == written
    assert written.name == values["name"]
    assert written.free_days == values["free_days"]


def test_a_new_file_is_for_its_owner_only(tmp_path):
    write_settings(tmp_path)

    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_the_written_file_says_that_settings_go_above_the_free_days(tmp_path):
    write_settings(tmp_path)

    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    assert "di atasnya" in lines[lines.index("[free_days]") - 1]


def test_a_new_office_never_replaces_one(tmp_path):
    write_settings(tmp_path, port=5000)

    with pytest.raises(Refused):
        write_settings(tmp_path, port=6000)

    assert read_settings(tmp_path, {}).port == 5000


def test_a_new_office_with_a_wrong_value_is_not_made(tmp_path):
    with pytest.raises(Invalid):
        write_settings(tmp_path / "kantor", port=0)

    assert not (tmp_path / "kantor").exists()


def test_the_written_file_documents_every_setting(tmp_path):
    write_settings(tmp_path)
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    fields = {field.name for field in dataclasses.fields(Settings)} - {"folder"}

    shown = {line.lstrip("# ").split(" = ")[0] for line in lines if " = " in line}

    assert set(KEYS) == fields
    assert fields - {"free_days"} <= shown
    assert "[free_days]" in lines


def test_a_line_that_is_switched_on_says_what_held_before(tmp_path):
    write_settings(tmp_path / "satu")
    text = (tmp_path / "satu" / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace("# port = 8080", "port = 8080"), encoding="utf-8")

    assert read_settings(tmp_path, {}) == Settings(tmp_path)


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("", ""),
        ("folder", "folder"),
        ("s3://kantor", "s3://kantor"),
        ("s3://kantor.sumbawa/lampiran/2026/", "s3://kantor.sumbawa/lampiran/2026"),
    ],
)
def test_attachments_may_lie_in_a_folder_or_a_bucket(tmp_path, given, understood):
    assert write_settings(tmp_path, files=given).files == understood


def test_attachments_may_lie_in_the_database_where_there_is_one(tmp_path):
    url = "postgresql://pulih@127.0.0.1/pulih"

    assert write_settings(tmp_path, files="database", database=url).files == "database"


def test_the_key_of_the_search_comes_from_the_environment_and_is_not_shown(office):
    key = "kunci-pencarian-situs-kabupaten-0123456789"
    settings = read_settings(office(""), {"PULIH_SEARCH_TOKEN": key})

    assert settings.search_token == key
    assert key not in repr(settings)
    assert read_settings(office(""), {}).search_token == ""


def test_how_a_bucket_is_reached_is_told_but_its_secret_is_not_shown(office):
    folder = office('files = "s3://kantor"\nfiles_endpoint = "http://127.0.0.1:9000/"')

    settings = read_settings(folder, {"PULIH_FILES_SECRET_KEY": "jangan-dibaca"})

    assert settings.files_endpoint == "http://127.0.0.1:9000"
    assert settings.files_secret_key == "jangan-dibaca"
    assert "jangan-dibaca" not in repr(settings)


@pytest.mark.parametrize(
    "place",
    [
        "/media/wiki",
        "/media/USB DISK/kantor",
        "wiki@web.sumbawakab.go.id:/srv/wiki",
        "web:/srv/wiki",
        "rsync://cermin.sumbawakab.go.id/wiki",
        "rsync://pulih@cermin:8730/wiki/sub",
    ],
)
def test_a_place_for_the_wiki_is_a_folder_or_a_target_of_rsync(tmp_path, place):
    assert write_settings(tmp_path, wiki_places=[f" {place}/ "]).wiki_places == (place,)


@pytest.mark.parametrize(
    "place",
    [
        "",
        "media/wiki",
        "/",
        "//server/share",
        "/media/../etc",
        "/media/..",
        "/media/\nwiki",
        "web:srv/wiki",
        "web:/srv/wiki dua",
        "web:/srv/$(reboot)",
        "web:/srv/;reboot",
        "web:/srv/../etc",
        "-oProxyCommand=reboot:/srv",
        "wiki@-oProxyCommand=reboot:/srv",
        "rsync://web",
        "rsync://web/",
        "https://web/wiki",
        "/" + "x" * 300,
        7,
    ],
)
def test_what_is_no_place_for_the_wiki_is_refused(tmp_path, place):
    with pytest.raises(Invalid) as refused:
        write_settings(tmp_path, wiki_places=[place])

    assert [problem.field for problem in refused.value.problems] == ["wiki_places"]


@pytest.mark.parametrize("inside", ["wiki", "wiki/salinan", "data", "data/site/current"])
def test_the_wiki_is_not_copied_into_itself(tmp_path, inside):
    with pytest.raises(Invalid, match="di luar folder wiki dan data"):
        write_settings(tmp_path, wiki_places=[str(tmp_path / inside)])


@pytest.mark.parametrize("name", ["data/device-key", "wiki/device-key", "data"])
def test_the_key_to_devices_does_not_lie_where_it_would_be_copied(tmp_path, name):
    with pytest.raises(Invalid) as refused:
        write_settings(tmp_path, device_key=str(tmp_path / name))

    assert [problem.field for problem in refused.value.problems] == ["device_key"]


@pytest.mark.parametrize("name", ["device-key", "/", "/etc/../x", "/a\nb", 7, "/x/"])
def test_the_key_to_devices_is_a_file_from_the_root(tmp_path, name):
    with pytest.raises(Invalid):
        write_settings(tmp_path, device_key=name)


def test_without_a_word_the_key_to_devices_lies_beside_the_settings(tmp_path):
    assert write_settings(tmp_path).vault_key == tmp_path / "device-key"
    assert Settings(tmp_path, device_key="/etc/k").vault_key == Path("/etc/k")
