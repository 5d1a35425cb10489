"""The settings as the rest of the program sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one office.

    Attributes:
        folder: The office's folder, absolute; everything else lies in it.
        demo: Whether this is an office to try things out, with made-up people.
        behind_tls: Whether a proxy in front speaks HTTPS: its word on scheme and address counts, cookies are Secure.
        threads: Requests that are answered at the same time.
        session_minutes: Without a click for so long, a person has to sign in again.
        work_start, work_end: HH:MM on the office's clock.
        free_days: The office's own days off and their names; an empty name makes a day off a working day.
        audience: Who can open the wiki: `intranet`, or `public`, who read no addresses and host names.
        database: The URL of the PostgreSQL database with the records; empty for the embedded file.
        files: Where attachments lie: `folder`, `database` or `s3://bucket/prefix`; empty for what the records suggest.
        files_endpoint, files_region, files_access_key, files_secret_key: How the bucket is reached.
        probe_ranges: What may be probed besides registered devices, in CIDR notation.
        probe_names: Host names that the servers in `probe_dns_servers`, IP addresses, are asked for.
        device_key: The file with the key to the devices' passwords; empty for `device-key` in the office's folder.
        pdf: What prints documents: `weasyprint`, `pdfkit`, or `auto`, the first of them that works here.
        wiki_places: Where the built wiki is put besides: folders, or targets of rsync.
        search_token: With it other programs may search what the wiki shows; empty for none.
    """

    folder: Path
    name: str = "Diskominfotiksan Kabupaten Sumbawa"
    demo: bool = False
    host: str = "127.0.0.1"
    port: int = 8080
    behind_tls: bool = False
    threads: int = 8
    session_minutes: int = 60
    time_zone: str = "Asia/Makassar"
    work_start: str = "07:30"
    work_end: str = "16:00"
    audience: str = "intranet"
    database: str = field(default="", repr=False)  # its URL may have a password
    files: str = ""
    files_endpoint: str = ""
    files_region: str = ""
    files_access_key: str = ""
    files_secret_key: str = field(default="", repr=False)
    probe_ranges: tuple[str, ...] = ()
    probe_names: tuple[str, ...] = ()
    probe_dns_servers: tuple[str, ...] = ()
    device_key: str = ""
    pdf: str = "auto"
    wiki_places: tuple[str, ...] = ()
    search_token: str = field(default="", repr=False)
    free_days: Mapping[date, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """The folder of what must be backed up: records, files, the secret key."""
        return self.folder / "data"

    @property
    def site(self) -> Path:
        """The folder of the built wiki."""
        return self.data / "site"

    @property
    def vault_key(self) -> Path:
        """The key to the devices' passwords: beside what must be backed up, never in it."""
        return Path(self.device_key) if self.device_key else self.folder / "device-key"

    @property
    def host_keys(self) -> Path:
        """The folder of the devices' own keys, as this machine's terminal library reads them."""
        return self.data / "device-keys"

    @property
    def places(self) -> Path:
        """The folder of what is noted of `wiki_places`."""
        return self.data / "places"

    @property
    def ssh_config(self) -> Path:
        """The configuration for ssh to `wiki_places`; it need not be there."""
        return self.folder / "ssh_config"

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.time_zone)
