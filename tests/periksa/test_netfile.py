import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa import netfile
from periksa.judge.faults import Fault
from periksa.network import Kind, Link

PAGE = Path(__file__).parents[2] / "wiki" / "developer" / "periksa-network.md"

SMALL = """
name = "Kabupaten"

[[nodes]]
name = "noc"
kind = "server"
addresses = ["10.0.0.10/24"]
parent = "core"

[[nodes]]
name = "core"
kind = "core"
interfaces = [{ name = "lan", address = "10.0.0.1/24" }, { name = "w1", address = "10.9.1.1/30" }]

[[nodes]]
name = "opd1"
kind = "router"
interfaces = [{ name = "wan", address = "10.9.1.2/30" }]

[[links]]
a = "core"
b = "opd1"
a_port = "w1"
b_port = "wan"
rate_kbit = 4000

[[services]]
node = "core"
url = "https://10.0.0.1:8443/masuk"

[[vantages]]
node = "core"
device = "linux"
user = "periksa"
secret = "KATA_SANDI_CORE"
"""


def test_a_file_becomes_a_network():
    network = netfile.parse(SMALL)

    assert network.name == "Kabupaten"
    assert network.server == "noc"
    assert network.by_name["core"].kind is Kind.CORE
    assert network.owner("10.9.1.2")[0].name == "opd1"
    assert network.link_at("core", "w1").rate_kbit == 4000
    assert network.vantages[0].secret == "KATA_SANDI_CORE"


def test_a_parent_without_a_link_is_one():
    assert Link("core", "noc") in netfile.parse(SMALL).links


def test_json_says_the_same_as_toml(tmp_path):
    path = tmp_path / "jaringan.json"
    path.write_text(json.dumps(tomllib.loads(SMALL)), encoding="utf-8")

    assert netfile.read(path) == netfile.parse(SMALL)


def test_a_web_address_tells_where_to_connect():
    service = netfile.parse(SMALL).services[0]

    assert (service.address, service.port) == ("10.0.0.1", 8443)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('kind = "router"', 'kind = "rooter"'), "kind harus berupa salah satu dari"),
        (('kind = "server"', 'kind = "host"'), "Tepat satu node"),
        (('parent = "core"', 'parent = "kore"'), "Tidak ada node bernama 'kore'"),
        (('parent = "core"', 'parent = "noc"'), "menggantung pada dirinya sendiri"),
        (('a = "core"', 'a = "opd1"'), "tidak dapat tertaut pada dirinya sendiri"),
        (("10.9.1.2/30", "10.9.1.1/30"), "Alamat '10.9.1.1' ditulis dua kali"),
        (('name = "opd1"', 'name = "core"'), "Node 'core' ditulis dua kali"),
        (("10.9.1.2/30", "10.9.1.2/33"), "bukan alamat IP"),
        (("10.9.1.2/30", "255.255.255.255"), "bukan alamat satu perangkat"),
        (("10.9.1.2/30", "opd1.kab.test"), "bukan alamat IP"),
        (("rate_kbit = 4000", "rate_kbit = -1"), "bilangan bulat"),
        (("rate_kbit = 4000", "rate_kbit = true"), "bilangan bulat"),
        (("rate_kbit = 4000", "delay_ms = nan"), "angka"),
        (("rate_kbit = 4000", "laju = 4000"), "'laju' tidak dikenal"),
        (("[[vantages]]", "[[vantagess]]"), "'vantagess' tidak dikenal"),
        (("https://10.0.0.1:8443/masuk", "file:///etc/passwd"), "bukan alamat http"),
        (("https://10.0.0.1:8443/masuk", "https://a:b@10.0.0.1/"), "tanpa nama pengguna"),
        (('name = "Kabupaten"', 'name = "a\\nb"'), "satu baris teks"),
        (('name = "Kabupaten"', "name = 7"), "teks pendek"),
        (("[[links]]", "[links]"), "links harus berupa daftar"),
        (('name = "Kabupaten"', "name = "), "tidak dapat dibaca"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_a_sentence(change, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        netfile.parse(SMALL.replace(*change))


def test_parents_in_a_ring_are_refused():
    ring = SMALL.replace('kind = "core"', 'kind = "core"\nparent = "opd1"').replace(
        'kind = "router"', 'kind = "router"\nparent = "core"'
    )

    with pytest.raises(ValueError, match="menggantung pada dirinya sendiri"):
        netfile.parse(ring)


def test_a_file_without_end_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "besar.toml"
    path.write_bytes(b"#" * (netfile.MOST_BYTES + 1))

    with pytest.raises(ValueError, match="lebih besar dari 8 MB"):
        netfile.read(path)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "gambar.toml"
    path.write_bytes(b"\x89PNG\xff")

    with pytest.raises(ValueError, match="bukan teks UTF-8"):
        netfile.read(path)


@pytest.mark.parametrize("text", ["[" * 100_000, "{" * 100_000, '{"nodes":' * 50_000])
def test_a_file_nested_beyond_reason_is_refused(text):
    with pytest.raises(ValueError, match="tidak dapat dibaca"):
        netfile.parse(text, "json")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)
KEYS = ("name", "kind", "addresses", "interfaces", "a", "b", "parent", "node", "url", "expect")


@given(
    st.dictionaries(
        st.sampled_from([*netfile.SECTIONS, "name"]),
        anything
        | st.lists(st.dictionaries(st.sampled_from(KEYS), anything, max_size=4), max_size=3),
    )
    | anything
)
def test_no_data_however_odd_does_more_than_be_refused(data):
    with pytest.raises(ValueError, match=r"\w"):
        netfile.network(data)


def test_the_page_that_documents_the_file_names_every_section_kind_and_type():
    page = PAGE.read_text(encoding="utf-8")

    for word in (*netfile.SECTIONS, *Kind, *Fault):
        assert f"`{word}`" in page


def test_the_example_on_the_page_is_a_network():
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    network = netfile.parse(example)

    assert network.by_name.keys() >= {"noc", "core", "opd1"}
