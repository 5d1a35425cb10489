"""The accounts on devices as a look uses them: what it is given, and what it learned of the devices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pulih.domain.login import ENDINGS, Access, DeviceLogin, access_of, weak_of
from pulih.ports import Records

_LOGIN = "login"


def given(records: Records) -> Access:
    """Return what a look may use, in a transaction that is open."""
    return access_of(records.logins.find(), records.devices.all())


def remember(
    records: Records,
    access: Access,
    learned: Mapping[str, str],
    findings: Iterable[Mapping[str, Any]],
    at: datetime,
) -> None:
    """Keep what a look learned of devices, in a transaction that is open: keys met first, and how visits ended.

    Args:
        access: What the look was given: a key is only kept where none was known then and none is now.
        findings: Of the look, as `periksa.findings.Finding.as_dict` gives them.
    """
    for device, key in learned.items():
        login = records.logins.get(device)
        if login is not None and not access.keys.get(device):
            learn(records, login, key)
    for finding in findings:
        figures = finding.get("figures") or {}
        ending = str(figures.get("result", ""))
        if finding.get("probe") == _LOGIN and ending in ENDINGS:
            note_ending(records, str(finding.get("target", "")), ending, weak_of(figures), at)


def learn(records: Records, met: DeviceLogin, key: str) -> None:
    """Keep the key of a device that was met for the first time, by the login it was met with."""
    now = records.logins.get(met.device)
    if key and now is not None and not now.key and now.sealed == met.sealed:
        records.logins.put(now.device, replace(now, key=key))


def note_ending(
    records: Records, device: str, ending: str, weak: tuple[str, ...], at: datetime
) -> None:
    """Keep how a visit ended; of a device without a login, nothing."""
    login = records.logins.get(device)
    if login is not None:
        records.logins.put(device, replace(login, tried=ending, tried_at=at, weak=weak))
