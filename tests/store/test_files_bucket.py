"""Attachments in an S3-compatible bucket: what is sent, to whom, and what is said when it fails."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import sys
import threading
import time
from pathlib import Path

import bucket as buckets
import pytest
from ports import closed_port

from pulih.bootstrap import office_files
from pulih.config import Settings
from pulih.errors import NotFound, Unavailable
from pulih.store.bucket import open_bucket
from pulih.store.filing import open_files

pytestmark = pytest.mark.bucket
MANY = 200_000_000


@pytest.fixture
def open_at(bucket, bucket_server):
    """Open the bucket with the right keys, but for what is said."""
    opened = []

    def open_it(name=bucket, prefix="", **changes):
        keys = {"access_key": bucket_server.access_key, "secret_key": bucket_server.secret_key}
        how = {"endpoint": bucket_server.url, "region": "", **keys, **changes}
        opened.append(open_bucket(name, prefix, **how))
        return opened[-1]

    yield open_it
    for files in opened:
        files.close()


@pytest.fixture
def lone_environment(monkeypatch, tmp_path):
    """No keys for boto3 to find, wherever the tests run."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("HOME", str(tmp_path))


def keep(files, content):
    return files.keep(io.BytesIO(content), most=MANY)[0]


@pytest.mark.parametrize(("prefix", "before"), [("", ""), ("kantor/lampiran", "kantor/lampiran/")])
def test_an_object_lies_under_the_prefix_by_the_beginning_of_its_digest(
    open_at, bucket, objects, prefix, before
):
    digest = keep(open_at(prefix=prefix), b"surat")

    found = objects.list_objects_v2(Bucket=bucket)["Contents"]
    assert [one["Key"] for one in found] == [f"{before}{digest[:2]}/{digest}"]


def test_the_settings_of_an_office_lead_to_its_bucket(tmp_path, bucket, bucket_server, objects):
    settings = Settings(
        tmp_path,
        files=f"s3://{bucket}/sumbawa",
        files_endpoint=bucket_server.url,
        files_access_key=bucket_server.access_key,
        files_secret_key=bucket_server.secret_key,
    )
    files = office_files(settings)
    digest = keep(files, b"surat")
    files.close()

    assert objects.head_object(Bucket=bucket, Key=f"sumbawa/{digest[:2]}/{digest}")
    assert not settings.data.exists()


def test_two_offices_in_one_bucket_do_not_see_each_others_contents(open_at):
    digest = keep(open_at(prefix="satu"), b"surat")

    with pytest.raises(NotFound):
        open_at(prefix="dua").open(digest)


@pytest.mark.parametrize("wrong", [b"saraf", b"sur", b"surat ini", b""])
def test_what_is_damaged_is_told_and_not_given_out_until_it_is_handed_in_again(
    open_at, bucket, objects, wrong
):
    files = open_at()
    digest = keep(files, b"surat")
    objects.put_object(Bucket=bucket, Key=f"{digest[:2]}/{digest}", Body=wrong)

    with files.open(digest) as kept, pytest.raises(Unavailable, match="rusak"):
        kept.read()

    keep(files, b"surat")
    with files.open(digest) as kept:
        assert kept.read() == b"surat"


def test_a_bucket_that_is_not_there_is_named(open_at):
    files = open_at("tidak-ada")

    for deed in (lambda: keep(files, b"surat"), lambda: files.open("0" * 64)):
        with pytest.raises(Unavailable, match="Bucket tidak-ada tidak ada"):
            deed()


@pytest.mark.parametrize("wrong", [{"access_key": "AKIALAIN"}, {"secret_key": "salah"}])
def test_keys_that_the_bucket_refuses_are_told(open_at, wrong):
    files = open_at(**wrong)

    for deed in (lambda: keep(files, b"surat"), lambda: files.open("0" * 64)):
        with pytest.raises(Unavailable, match="menolak kunci"):
            deed()


def test_an_endpoint_where_nobody_listens_is_told_within_seconds(open_at):
    begun = time.monotonic()

    with closed_port() as port:
        files = open_at(endpoint=f"http://127.0.0.1:{port}")
        with pytest.raises(Unavailable, match="tidak dapat dihubungi"):
            keep(files, b"surat")
    assert time.monotonic() - begun < 10


def test_a_server_without_a_certificate_is_told(open_at, bucket_server):
    files = open_at(endpoint=bucket_server.url.replace("http:", "https:"))

    with pytest.raises(Unavailable, match="Sertifikat"):
        files.open("0" * 64)


def test_keys_from_the_usual_variables_serve_where_the_settings_have_none(
    open_at, bucket_server, lone_environment, monkeypatch
):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", bucket_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", bucket_server.secret_key)

    assert keep(open_at(access_key="", secret_key=""), b"surat")


def test_one_key_of_two_is_told(open_at, lone_environment):
    with pytest.raises(Unavailable, match="belum lengkap"):
        open_at(secret_key="")


def test_without_keys_nobody_but_the_bucket_is_asked_for_them(
    open_at, lone_environment, monkeypatch
):
    called = []
    with socket.create_server(("127.0.0.1", 0)) as cloud:

        def answer():
            connection, _ = cloud.accept()
            called.append(connection)
            connection.close()

        listener = threading.Thread(target=answer)
        listener.start()
        here = f"http://127.0.0.1:{cloud.getsockname()[1]}"
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", here)

        with pytest.raises(Unavailable, match="belum lengkap"):
            keep(open_at(access_key="", secret_key=""), b"surat")

        assert not called
        socket.create_connection(cloud.getsockname()).close()  # the listener would have noticed
        listener.join(10)
        assert called


def test_a_server_that_dies_in_the_middle_of_a_reading_is_told():
    with buckets.server() as server, server.bucket() as name:
        keys = {"access_key": server.access_key, "secret_key": server.secret_key}
        files = open_bucket(name, "", endpoint=server.url, region="", **keys)
        digest = keep(files, os.urandom(20_000_000))
        with files.open(digest) as kept:
            kept.read(1000)
            server.process.kill()
            with pytest.raises(Unavailable, match="tidak dapat dihubungi"):
                kept.read()
        files.close()


_SENDING = """
import io, sys
from pulih.store.bucket import open_bucket
bucket, endpoint, access_key, secret_key = sys.argv[1:]
files = open_bucket(bucket, "", endpoint=endpoint, region="", access_key=access_key, secret_key=secret_key)
files.keep(io.BytesIO(bytes(150_000_000)), most=200_000_000)
print("kept")
"""


@pytest.mark.slow
def test_a_sender_that_is_killed_half_way_leaves_nothing_to_be_seen(
    open_at, bucket, bucket_server, objects, child
):
    sender = child(
        _SENDING, bucket, bucket_server.url, bucket_server.access_key, bucket_server.secret_key
    )
    place = bucket_server.folder / bucket
    while sender.poll() is None and not any(_begun(place)):
        time.sleep(0.001)
    sender.kill()
    said, _ = sender.communicate()
    assert "kept" not in said

    until = time.monotonic() + 10  # the server may be at what came before the end
    while any(_begun(place)) and time.monotonic() < until:
        time.sleep(0.05)
    assert "Contents" not in objects.list_objects_v2(Bucket=bucket)
    with pytest.raises(NotFound):
        open_at().open(hashlib.sha256(bytes(150_000_000)).hexdigest())


def _begun(place: Path):
    return (path for path in place.rglob("*") if path.is_file() and path.stat().st_size)


def test_a_missing_boto3_is_told_with_the_command_that_installs_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.delitem(sys.modules, "pulih.store.bucket")

    with pytest.raises(Unavailable, match=r"pip install --editable '\.\[s3\]' --constraint"):
        open_files("s3://kantor", tmp_path)
