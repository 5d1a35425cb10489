"""Who comes in by a door: each request is asked who sends it, and what changes anything is done once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from pulih.domain.door import (
    Door,
    Heard,
    Signed,
    hold,
    over,
    request_key,
    unsigned,
    use_key,
)
from pulih.errors import NotAllowed, Refused, Unavailable
from pulih.ports import Records, Tools, Vault
from pulih.service.doors import kept_door

_SELDOM = timedelta(minutes=5)  # the last use is noted no more often


@dataclass(frozen=True, slots=True)
class AdmitDesk:
    """Stands at the doors."""

    tools: Tools
    vault: Vault

    def admit(self, said: Signed) -> Door:
        """Return the door that a request comes through, and note that it was used.

        Raises:
            NotSignedIn, NotAllowed: As `domain.door.hold`.
            Unavailable: The token cannot be read here.
        """
        if not said.legible:
            raise unsigned()
        now = self.tools.now()
        with self.tools.store.reading() as records:
            door, used = records.doors.get(said.door), records.door_requests.get(use_key(said.door))
        door = hold(door, self._token(door), said, now)
        if used is None or not timedelta() <= now - used.at < _SELDOM:
            key = use_key(door.id)
            with suppress(Unavailable):  # what is asked can be answered all the same
                self.tools.store.write(
                    lambda records: records.door_requests.put(key, Heard(key, door.id, "use", now))
                )
        return door

    def sweep(self) -> int:
        """Forget what nothing can ask for any more; return how much that was."""
        now = self.tools.now()
        with self.tools.store.reading() as records:
            gone = [heard.id for heard in records.door_requests.find() if over(heard, now)]

        def forget(records: Records) -> None:
            for key in gone:
                records.door_requests.remove(key)

        if gone:
            self.tools.store.write(forget)
        return len(gone)

    def _token(self, door: Door | None) -> str:
        try:
            return self.vault.unseal(door.sealed) if door else ""
        except (
            Unavailable
        ) as error:  # who asks is not known yet, and need not know where the office's key lies
            raise Unavailable(
                "Kantor sedang tidak dapat memeriksa tanda tangan permintaan. Coba lagi nanti; "
                "bila tetap begini, hubungi kantor."
            ) from error


def hold_once(records: Records, door: Door, key: str, now: datetime) -> None:
    """Note that a request is used up, in the transaction of what it asks for.

    Raises:
        Refused: It was used before.
        NotFound: The door is gone.
    """
    if not kept_door(records, door.id).active:
        raise Refused("Pintu {name} sudah ditutup oleh kantor.", name=door.name)
    noted = request_key(door.id, key)
    if records.door_requests.get(noted):
        raise Refused(
            "Permintaan ini sudah pernah diterima, jadi tidak dikerjakan lagi. "
            "Bila jawabannya hilang, kirim ulang formulir yang sama."
        )
    records.door_requests.put(noted, Heard(noted, door.id, "request", now))


def not_open(door: Door) -> NotAllowed:
    """Return the refusal of what concerns an agency to which a door is not open."""
    return NotAllowed("Pintu {name} tidak dibuka untuk OPD ini.", name=door.name)
