"""What pages about Plone sites say of plain values: states, deeds, and what was found there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulih.domain.plone.page import Standing
from pulih.domain.plone.plan import Act
from pulih.domain.scrub import Audience
from pulih.wording import N_, Sentence, sentence

STANDINGS: Mapping[Standing, str] = {
    Standing.WRITING: N_("Sedang ditulis"),
    Standing.PUBLISHED: N_("Terbit"),
    Standing.EDITED: N_("Diubah di Plone"),
    Standing.GONE: N_("Dihapus di Plone"),
    Standing.TAKEN: N_("Alamatnya terpakai"),
    Standing.LOCKED: N_("Sedang disunting di Plone"),
    Standing.FAILED: N_("Gagal"),
    Standing.KEPT: N_("Dibiarkan seperti di Plone"),
    Standing.WITHDRAWN: N_("Ditarik"),
}
ACTS: Mapping[Act, str] = {
    Act.WITHDRAW: N_("Ditarik"),
    Act.NOTE: N_("Hanya dicatat"),
    Act.MOVE: N_("Dipindahkan"),
    Act.CREATE: N_("Dibuat"),
    Act.CHANGE: N_("Diubah"),
}
AUDIENCES: Mapping[Audience, str] = {
    Audience.PUBLIC: N_("Siapa saja di internet; alamat IP dan nama host disamarkan"),
    Audience.INTRANET: N_("Hanya jaringan kantor kabupaten; alamat IP dan nama host ditampilkan"),
}
_RIGHTS: Mapping[str, str] = {
    "add": N_("membuat halaman"),
    "edit": N_("mengubah halaman"),
    "publish": N_("menerbitkan halaman"),
}


def missing_rights(contact: Mapping[str, Any]) -> list[Sentence]:
    """Return the rights that an account lacks, as words of a list."""
    return [sentence(_RIGHTS.get(str(one), str(one))) for one in contact.get("missing") or ()]


def face_of(contact: Mapping[str, Any]) -> Sentence | None:
    """Return which kind of site was found; None where that is not known."""
    face = contact.get("face") or {}
    if face.get("text") and face.get("blocks"):
        return sentence("Volto dan Classic")
    if face.get("blocks"):
        return sentence("Volto")
    return sentence("Classic") if face.get("text") else None
