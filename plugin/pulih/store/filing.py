"""Where attachments lie, by setting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pulih.errors import Unavailable
from pulih.ports import Files
from pulih.store.files import FolderFiles

_BUCKET = "s3://"


def open_files(
    where: str,
    folder: Path,
    *,
    database: str = "",
    endpoint: str = "",
    region: str = "",
    access_key: str = "",
    secret_key: str = "",
) -> Files:
    """Open the place of attachments; a folder or a table that is missing is made with the first content.

    Args:
        where: `folder`, `database`, `s3://bucket` or `s3://bucket/prefix`. Empty for the database where there is one,
            and the folder elsewhere.
        folder: The folder, if it is one.
        database: The address of the database, if it is one.
        endpoint, region, access_key, secret_key: How the bucket is reached; see `bucket.open_bucket`.

    Raises:
        Unavailable: What this place needs is not installed, or cannot be reached.
    """
    if where.startswith(_BUCKET):
        with _installed("s3"):
            from pulih.store.bucket import open_bucket  # noqa: PLC0415 - boto3 is an extra
        bucket, _, prefix = where.removeprefix(_BUCKET).partition("/")
        return open_bucket(
            bucket,
            prefix,
            endpoint=endpoint,
            region=region,
            access_key=access_key,
            secret_key=secret_key,
        )
    if where == "database" or (not where and database):
        with _installed("postgres"):
            from pulih.store.filerows import open_rows  # noqa: PLC0415 - so is psycopg
        return open_rows(database)
    return FolderFiles(folder)


@contextmanager
def _installed(extra: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise Unavailable(
            "Untuk tempat lampiran menurut setelan files perlu paket tambahan. Pasang, di folder sumber Pulih: "
            ".venv/bin/pip install --editable '.[{extra}]' --constraint constraints.txt",
            extra=extra,
        ) from error
