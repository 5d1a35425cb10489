"""What may differ from office to office: one frozen value, read once, from `pulih.toml` and the environment.

Each key of the file has the name of a field of `Settings`; the file that `write_settings` leaves behind is the
documentation of them all. A variable `PULIH_<KEY>` counts before the file; lists are separated by commas there.
An empty variable is none. `free_days` has none, and variables of other names are not ours.
"""

from __future__ import annotations

from pulih.config.file import FILE, read_settings, write_settings
from pulih.config.secret import secret_key, shared_key
from pulih.config.settings import Settings

__all__ = ["FILE", "Settings", "read_settings", "secret_key", "shared_key", "write_settings"]
