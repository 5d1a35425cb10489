"""Places on other machines and other disks: a real sshd, a real rsync daemon, a real nginx, a real stick."""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request
from pathlib import Path

import disks
import pytest
import servers
from ports import closed_port

from pulih.publish.places import open_places
from pulih.publish.places.place import MARK, looks

GUIDE = Path(__file__).resolve().parents[2] / "wiki" / "panduan" / "administrator.md"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A site, served by a link as ours is."""
    root = tmp_path_factory.mktemp("situs")
    _made(root / "000001", kasus__1="satu", kasus__2="dua", opd__rsud="lama")
    _made(root / "000002", kasus__1="satu", kasus__3="tiga", opd__rsud="baru")
    (root / "current").symlink_to("000001")
    return root / "current"


def _made(folder: Path, **pages: str) -> None:
    for name, text in {"index": folder.name, **pages}.items():
        path = (
            folder / name.replace("__", "/") / "index.html"
            if name != "index"
            else folder / "index.html"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<p>{text}", encoding="utf-8")


@pytest.fixture
def turned(site) -> None:
    """Let the newer site be the one that is served, until the test ends."""
    _turn(site, "000002")
    yield
    _turn(site, "000001")


def _turn(site: Path, name: str) -> None:
    new = site.with_name("baru")
    new.symlink_to(name)
    new.replace(site)


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    with servers.sshd(tmp_path_factory.mktemp("ssh") / "d") as host:
        yield host


@pytest.fixture
def there(tmp_path) -> Path:
    """A folder on the other machine."""
    folder = tmp_path / "sana"
    folder.mkdir()
    return folder


@pytest.fixture
def carried(tmp_path, clock, host, site):
    """Bring a place up to date and return how it stands."""

    def carried(name: str, *, ssh: Path = host.config, check: bool = False):
        servers.program("rsync")
        places = open_places([name], tmp_path / "catatan", clock, ssh)
        places.bring(site, anyway=True, check=check, wait=True)
        return places.states(site)[0]

    return carried


def pages(folder: Path) -> dict[str, bytes]:
    return {a: (folder / a).read_bytes() for a in looks(folder.resolve()) if a != MARK}


def test_a_site_goes_to_another_machine_and_then_the_next(carried, host, there, site, request):
    (there / "rapat.docx").write_text("milik orang")
    name = f"{host.name}:{there}"

    assert carried(name).why is None
    assert pages(there / "wiki") == pages(site)

    request.getfixturevalue("turned")
    state = carried(name)

    assert (state.why, state.waiting) == (None, False)
    assert pages(there / "wiki") == pages(site)
    assert {path.name for path in there.iterdir()} == {"rapat.docx", "wiki"}
    assert (there / "wiki" / "kasus" / "1" / "index.html").stat().st_mode & 0o777 == 0o644


def test_a_server_whose_key_nobody_vouched_for_is_refused(carried, host, there, tmp_path):
    stranger = tmp_path / "config"
    nobody = tmp_path / "nobody"
    nobody.touch()
    stranger.write_text(host.config.read_text().replace(str(host.known_hosts), str(nobody)))

    state = carried(f"{host.name}:{there}", ssh=stranger)

    assert "kunci host" in str(state.why)
    assert nobody.read_text() == ""
    assert list(there.iterdir()) == []


def test_a_server_that_wants_a_password_is_not_waited_for(carried, host, there, tmp_path):
    unknown = tmp_path / "config"
    key = host.config.with_name("host")  # not the one that is let in
    unknown.write_text(
        host.config.read_text().replace(str(host.config.with_name("mine")), str(key))
    )

    assert "menolak kunci SSH" in str(carried(f"{host.name}:{there}", ssh=unknown).why)


def test_a_server_that_is_down_is_named(carried, host, there, tmp_path):
    down = tmp_path / "config"
    with closed_port() as port:
        down.write_text(host.config.read_text().replace(str(host.port), str(port)))

        assert "tidak dapat dihubungi" in str(carried(f"{host.name}:{there}", ssh=down).why)


def test_a_folder_that_is_not_over_there_is_not_made(carried, host, there):
    assert "Pulih tidak membuatnya" in str(carried(f"{host.name}:{there}/belum").why)
    assert list(there.iterdir()) == []


def test_a_wiki_of_somebody_else_over_there_is_left_alone(carried, host, there):
    (there / "wiki").mkdir()
    (there / "wiki" / "index.html").write_text("milik orang")

    assert "bukan buatan Pulih" in str(carried(f"{host.name}:{there}").why)
    assert pages(there / "wiki") == {"index.html": b"milik orang"}


def test_a_disk_over_there_that_is_no_longer_mounted_is_not_filled_again(carried, host, there):
    name = f"{host.name}:{there}"
    carried(name)
    shutil.rmtree(there / "wiki")

    assert "belum terpasang" in str(carried(name, check=True).why)
    assert list(there.iterdir()) == []


def test_a_full_disk_over_there_keeps_the_old_site(carried, host, tmp_path, site):
    with disks.small_disk(tmp_path / "kecil", "200k") as small:
        name = f"{host.name}:{small}"
        carried(name)
        ballast = disks.fill(small)
        large = site.parent / "000003"
        _made(large, besar="x" * 300_000)
        _turn(site, large.name)

        state = carried(name)
        assert "penuh" in str(state.why)
        assert (small / "wiki" / "index.html").read_bytes() == b"<p>000001"

        _turn(site, "000002")
        ballast.unlink()
        assert carried(name).why is None
        assert pages(small / "wiki") == pages(site)
        _turn(site, "000001")


def test_what_was_changed_over_there_is_mended_when_it_is_looked_through(
    carried, host, there, site
):
    name = f"{host.name}:{there}"
    carried(name)
    page = there / "wiki" / "kasus" / "1" / "index.html"
    page.write_bytes(page.read_bytes()[::-1])

    carried(name, check=True)

    assert pages(there / "wiki") == pages(site)


def test_a_server_of_rsync_s_own_takes_it_too(carried, tmp_path, there, site):
    with servers.rsyncd(tmp_path, there) as address:
        assert carried(address).why is None

    assert pages(there / "wiki") == pages(site)


@pytest.mark.parametrize(
    ("change", "told"), [("/wiki", "/lain"), ("read only", "")], ids=["no module", "read only"]
)
def test_what_such_a_server_refuses_is_told(carried, tmp_path, there, change, told):
    with servers.rsyncd(tmp_path, there, read_only=change == "read only") as address:
        state = carried(address.replace(change, told) if told else address)

    assert re.search("modul itu tidak ada|hanya dapat dibaca", str(state.why)), state.why
    assert list(there.iterdir()) == []


def test_nginx_as_the_guide_has_it_serves_what_was_carried(carried, host, tmp_path, site, turned):
    there = tmp_path / "srv"
    there.mkdir(mode=0o755)
    carried(f"{host.name}:{there}")
    [example] = re.findall(
        r"```nginx\n(server \{\n    listen 80;.*?)```", GUIDE.read_text(), re.DOTALL
    )
    with servers.nginx(tmp_path / "nginx", example.replace("/srv/wiki", str(there))) as url:
        for address in ("", "kasus/1/", "opd/rsud/"):
            with urllib.request.urlopen(f"{url}/wiki/{address}") as answer:
                assert answer.read() == (site / address / "index.html").read_bytes()
                assert answer.headers["Content-Type"].startswith("text/html")
        with urllib.request.urlopen(f"{url}/wiki/kasus/1") as answer:
            assert answer.url == f"{url}/wiki/kasus/1/"
        with urllib.request.urlopen(f"{url}/") as answer:
            assert answer.url == f"{url}/wiki/"
        for hidden in (f"/wiki/{MARK}", f"/{MARK}", "/wiki/kasus/", "/wiki/../../etc/passwd"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(url + hidden)
            assert refused.value.code in {400, 403, 404}
            refused.value.close()


def test_nginx_serves_a_folder_with_links_as_well(carried, tmp_path, site):
    there = tmp_path / "srv"
    there.mkdir(mode=0o755)
    assert carried(str(there)).why is None
    [example] = re.findall(
        r"```nginx\n(server \{\n    listen 80;.*?)```", GUIDE.read_text(), re.DOTALL
    )
    with (
        servers.nginx(tmp_path / "nginx", example.replace("/srv/wiki", str(there))) as url,
        urllib.request.urlopen(f"{url}/wiki/kasus/2/") as answer,
    ):
        assert answer.read() == b"<p>dua"


def test_a_stick_takes_the_site_and_the_next_one(carried, tmp_path, site, request):
    image = tmp_path / "stick.img"
    with disks.stick(tmp_path / "stick", image, 64 << 20) as stick:
        assert carried(str(stick)).why is None
        assert pages(stick / "wiki") == pages(site)
        request.getfixturevalue("turned")
        state = carried(str(stick))

        assert (state.why, state.waiting) == (None, False)
        assert pages(stick / "wiki") == pages(site)
        assert not (stick / "wiki").is_symlink()


def test_a_stick_that_is_too_small_keeps_the_old_site(carried, tmp_path, site):
    with disks.stick(tmp_path / "stick", tmp_path / "stick.img", 4 << 20) as stick:
        carried(str(stick))
        large = site.parent / "000004"
        _made(large, besar="x" * (5 << 20))
        _turn(site, large.name)

        assert "disknya penuh" in str(carried(str(stick)).why)
        assert (stick / "wiki" / "index.html").read_bytes() == b"<p>000001"
        _turn(site, "000001")
