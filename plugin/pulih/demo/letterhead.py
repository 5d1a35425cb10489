"""What the demo office decided about its papers, so that they can be issued there."""

from __future__ import annotations

from pulih.domain.people import Person
from pulih.service.paper_settings import PaperSettingsDesk

_DECIDED = {
    "lines": "PEMERINTAH KABUPATEN SUMBAWA\nDINAS KOMUNIKASI, INFORMATIKA,\nSTATISTIK DAN PERSANDIAN",
    "address": "Jalan Percontohan Nomor 1 Sumbawa Besar\nTelepon (0371) 000000",
    "place": "Sumbawa Besar",
}


def decide(desk: PaperSettingsDesk, by: Person) -> None:
    """Give a new office a letterhead and a place where its papers are signed."""
    desk.save(by, _DECIDED, seen=0)
