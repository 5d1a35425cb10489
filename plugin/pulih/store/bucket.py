"""The content of attachments in an S3-compatible bucket; the only module that knows boto3."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import boto3
import botocore.session
from botocore import exceptions as faults
from botocore.config import Config

from pulih.errors import FilesAway
from pulih.store.contents import BLOCK, check, lost, opened, spooled
from pulih.wording import N_

_CONFIG = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "total_max_attempts": 2},
    signature_version="s3v4",
    # The path has the bucket: servers of one's own seldom have a host name for each. The signature covers the
    # SHA-256 of what is sent, which every server checks; the newer checksums behind a content not every one knows.
    s3={"addressing_style": "path", "payload_signing_enabled": True},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
_ELSEWHERE = "us-east-1"  # what servers that have no regions are signed for
_REFUSED = N_(
    "Bucket {bucket} menolak kunci kantor ini. Periksa files_access_key, files_secret_key, dan izinnya atas bucket itu."
)
_NO_KEYS = N_(
    "Kunci untuk bucket {bucket} belum lengkap. Isi files_access_key dan files_secret_key, lalu ulangi."
)
_UNREACHED = N_(
    "Bucket {bucket} tidak dapat dihubungi; berkas tidak disimpan atau dibaca. Periksa jaringan ke files_endpoint, "
    "lalu ulangi."
)
_UNTRUSTED = N_(
    "Sertifikat server bucket {bucket} tidak dapat dipercaya. Periksa files_endpoint dan sertifikat servernya."
)
_ELSE = N_(
    "Bucket {bucket} tidak dapat dipakai sekarang. Ulangi; bila tetap begini, hubungi administrator."
)
_SENTENCES = {
    "NoSuchBucket": N_("Bucket {bucket} tidak ada. Buat bucket itu atau betulkan setelan files."),
    "RequestTimeTooSkewed": N_(
        "Jam server ini berbeda terlalu jauh dari jam bucket {bucket}. Perbaiki jamnya, lalu ulangi."
    ),
    "PermanentRedirect": N_("Bucket {bucket} ada di wilayah lain. Perbaiki setelan files_region."),
    "AuthorizationHeaderMalformed": N_(
        "Bucket {bucket} menolak wilayahnya. Perbaiki setelan files_region."
    ),
}
_FORBIDDEN, _ABSENT = 403, 404


@dataclass(frozen=True, slots=True)
class BucketFiles:
    """Implements `ports.Files`: objects `<prefix>/<aa>/<digest>`, never changed but by the same content.

    Several threads, processes and machines may share the bucket. The keys need the rights to get and put objects in
    it, and to list it: without that a server says of what is absent that it is forbidden.
    """

    client: Any
    bucket: str
    prefix: str

    def keep(self, content: BinaryIO, *, most: int) -> tuple[str, int]:
        """Keep a content durably; return its SHA-256 and size in bytes.

        Raises:
            TooLarge: It has over `most` bytes. Its problem's field is `file`; nothing is kept.
            Unavailable: The bucket cannot be reached, or refuses.
        """
        with spooled(content, most) as (file, digest, size), self._told():
            # Also over the same content: so what is damaged there is mended by handing it in again.
            self.client.put_object(
                Bucket=self.bucket, Key=self._key(digest), Body=file, ContentLength=size
            )
        return digest, size

    def open(self, digest: str) -> BinaryIO:
        """Open a content for reading. Raises NotFound, also for what is no digest; Unavailable."""
        check(digest)
        with self._told():
            try:
                answer = self.client.get_object(Bucket=self.bucket, Key=self._key(digest))
            except faults.ClientError as error:
                if _code(error) in ("NoSuchKey", str(_ABSENT)):
                    raise lost() from error
                raise
        body = answer["Body"]
        return opened(digest, answer["ContentLength"], self._blocks(body), body.close)

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def _key(self, digest: str) -> str:
        return "/".join(filter(None, (self.prefix, digest[:2], digest)))

    def _blocks(self, body: Any) -> Iterator[bytes]:  # noqa: ANN401 - boto3 has no types
        with self._told():
            while block := body.read(BLOCK):
                yield block

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn boto3's errors into `Unavailable`; the cause is kept."""
        try:
            yield
        except faults.ClientError as error:
            usual = _REFUSED if _status(error) == _FORBIDDEN else _ELSE
            raise _unavailable(_SENTENCES.get(_code(error), usual), self.bucket) from error
        except faults.NoCredentialsError as error:
            raise _unavailable(_NO_KEYS, self.bucket) from error
        except faults.SSLError as error:
            raise _unavailable(_UNTRUSTED, self.bucket) from error
        except (
            faults.ConnectionError,
            faults.HTTPClientError,
            faults.IncompleteReadError,
        ) as error:
            raise _unavailable(_UNREACHED, self.bucket) from error
        except faults.BotoCoreError as error:
            raise _unavailable(_ELSE, self.bucket) from error


def open_bucket(
    bucket: str, prefix: str, *, endpoint: str, region: str, access_key: str, secret_key: str
) -> BucketFiles:
    """Return the files in a bucket; nothing is sent yet.

    Args:
        prefix: What the keys of all objects begin with, without slashes around it; may be empty.
        endpoint: The server's URL; empty for the service of Amazon.
        region, access_key, secret_key: Empty ones are taken from boto3's usual variables and files.

    Raises:
        Unavailable: The keys are incomplete, or the endpoint is no URL.
    """
    core = botocore.session.Session()
    # Without keys boto3 would ask an address of the machine's cloud for them; the office talks to its bucket only.
    core.get_component("credential_provider").remove("iam-role")
    try:
        session = boto3.session.Session(botocore_session=core)
        client = session.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=region or session.region_name or _ELSEWHERE,
            aws_access_key_id=access_key or None,
            aws_secret_access_key=secret_key or None,
            config=_CONFIG,
        )
    except faults.PartialCredentialsError as error:
        raise _unavailable(_NO_KEYS, bucket) from error
    except (faults.BotoCoreError, ValueError) as error:
        raise _unavailable(_ELSE, bucket) from error
    return BucketFiles(client, bucket, prefix)


def _code(error: faults.ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _status(error: faults.ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _unavailable(text: str, bucket: str) -> FilesAway:
    return FilesAway(text, bucket=bucket)
