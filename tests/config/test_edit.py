"""A key of `pulih.toml` is changed in its place, and nothing else of the file."""

from __future__ import annotations

import pytest

from pulih.config import read_settings, write_settings
from pulih.config.address import has_password, masked, place_of
from pulih.config.edit import stand_on, standing_on
from pulih.errors import Invalid, Refused, Unavailable

URL = "postgresql://pulih:r%20hasia@db.sumbawakab.go.id:5433/pulih"


def test_the_line_that_shows_the_usual_value_becomes_the_setting(tmp_path):
    write_settings(tmp_path, name="Kantor – ☕")
    before = (tmp_path / "pulih.toml").read_text(encoding="utf-8")

    stand_on(tmp_path, URL)

    after = (tmp_path / "pulih.toml").read_text(encoding="utf-8")
    assert after == before.replace('# database = ""', f'database = "{URL}"')
    assert read_settings(tmp_path, {}).database == URL
    stand_on(tmp_path, "")
    assert read_settings(tmp_path, {}).database == ""


def test_a_key_that_is_missing_comes_first_and_windows_lines_stay(tmp_path):
    (tmp_path / "pulih.toml").write_bytes(b'name = "Kantor"\r\n[free_days]\r\n')

    stand_on(tmp_path, URL)

    assert read_settings(tmp_path, {}).database == URL
    assert (tmp_path / "pulih.toml").read_bytes().endswith(b'name = "Kantor"\r\n[free_days]\r\n')


def test_attachments_go_along_where_they_cannot_stay(tmp_path):
    (tmp_path / "pulih.toml").write_text('files = "folder"\n', encoding="utf-8")
    stand_on(tmp_path, URL)
    settings = read_settings(tmp_path, {})
    assert (settings.database, settings.files) == (URL, "")
    assert standing_on(settings, URL) == settings

    (tmp_path / "pulih.toml").write_text(
        f'database = "{URL}"\nfiles = "s3://berkas"\n', encoding="utf-8"
    )
    stand_on(tmp_path, "")
    settings = read_settings(tmp_path, {})
    assert (settings.database, settings.files) == ("", "s3://berkas")


def test_a_line_that_cannot_be_changed_is_left_and_told(tmp_path):
    said = 'name = """\ndatabase = 1\n"""\n'
    (tmp_path / "pulih.toml").write_text(said, encoding="utf-8")

    with pytest.raises(Refused, match="Tulis sendiri"):
        stand_on(tmp_path, URL)
    assert (tmp_path / "pulih.toml").read_text(encoding="utf-8") == said


def test_a_file_that_may_be_read_by_its_owner_only_stays_so(tmp_path):
    write_settings(tmp_path)
    (tmp_path / "pulih.toml").chmod(0o600)
    stand_on(tmp_path, URL)

    assert (tmp_path / "pulih.toml").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["pulih.toml"]


def test_an_address_that_is_none_and_a_file_that_is_missing_are_refused(tmp_path):
    settings = write_settings(tmp_path)
    with pytest.raises(Invalid, match="database"):
        standing_on(settings, "mysql://x/y")
    (tmp_path / "pulih.toml").unlink()
    with pytest.raises(Unavailable):
        stand_on(tmp_path, URL)


def test_a_place_is_named_without_its_password():
    assert place_of(URL) == "db.sumbawakab.go.id:5433/pulih"
    assert place_of("postgresql:///pulih?host=%2Frun%2Fpostgresql") == "/run/postgresql/pulih"
    assert place_of("") == "embedded"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://pulih:RAHASIA@db/pulih",
        "postgresql://db/pulih?sslmode=require&password=RAHASIA",
    ],
)
def test_an_address_is_shown_without_its_passwords(url):
    assert has_password(url)
    assert masked(url) == url.replace("RAHASIA", "***")
    assert "RAHASIA" not in place_of(url)
    assert not has_password("postgresql://pulih@db/pulih")


@pytest.mark.parametrize("sign", ["@", "/", "#", "?", "%", " "])
def test_a_password_with_a_sign_that_parts_the_address_is_refused_with_the_cure(tmp_path, sign):
    url = f"postgresql://pulih:RAHA{sign}SIA@127.0.0.1/pulih"
    settings = write_settings(tmp_path)

    with pytest.raises(Invalid, match="kode persen") as refused:
        standing_on(settings, url)
    with pytest.raises(Invalid, match="kode persen"):
        read_settings(tmp_path, {"PULIH_DATABASE": url})

    assert "SIA" not in str(refused.value)
    for shown in (place_of(url), masked(url)):
        assert "RAHA" not in shown
        assert "SIA" not in shown


def test_an_absurd_address_is_refused_at_once():
    url = "postgresql://h/n?" + "&".join(["a=b"] * 50) + "&!"
    assert place_of(url) == "PostgreSQL"


@pytest.mark.parametrize(
    "line", ['"database" = ""', "'database'=''", '  database\t= "postgresql://lama/pulih"']
)
def test_a_key_is_found_however_it_is_written(tmp_path, line):
    (tmp_path / "pulih.toml").write_text(f'name = "Kantor"\n{line}\n', encoding="utf-8")

    stand_on(tmp_path, URL)

    text = (tmp_path / "pulih.toml").read_text(encoding="utf-8")
    assert text == f'name = "Kantor"\ndatabase = "{URL}"\n'


def test_a_file_that_gets_a_password_is_its_owners_only(tmp_path):
    path = tmp_path / "pulih.toml"
    write_settings(tmp_path)
    path.chmod(0o644)

    assert not stand_on(tmp_path, "postgresql://pulih@db/pulih")
    assert path.stat().st_mode & 0o777 == 0o644
    assert stand_on(tmp_path, URL)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)  # somebody let a group read it, on purpose
    stand_on(tmp_path, URL)
    assert path.stat().st_mode & 0o777 == 0o640


def test_an_address_that_is_kept_elsewhere_is_not_written_but_not_contradicted_either(tmp_path):
    path = tmp_path / "pulih.toml"
    path.write_text('files = "folder"\n', encoding="utf-8")

    assert not stand_on(tmp_path, URL, elsewhere=True)

    assert path.read_text(encoding="utf-8") == 'files = ""\n'
    assert read_settings(tmp_path, {"PULIH_DATABASE": URL}).database == URL


def test_the_line_that_is_told_hides_the_password(tmp_path):
    (tmp_path / "pulih.toml").write_text('name = """\ndatabase = 1\n"""\n', encoding="utf-8")

    with pytest.raises(Refused) as refused:
        stand_on(tmp_path, URL)
    assert "hasia" not in str(refused.value)
