"""What a run looks at, as the records have it when it begins, and what is frozen of it with the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulih.domain.frozen import way_out
from pulih.domain.login import Access
from pulih.domain.look import Look, about_of, addressed, labels_of, narrowed
from pulih.domain.way import way_of
from pulih.ports import Records
from pulih.service.paths import PathDesk
from pulih.service.visiting import given
from pulih.wording import N_

UNADDRESSED = N_(
    "Belum ada perangkat OPD ini yang beralamat, jadi jalur ke sana tidak dapat diperiksa. "
    "Minta administrator mengisi alamatnya."
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a run looks at.

    Attributes:
        kept: Fields of the run that freeze it.
        agencies: Whose each node is.
    """

    look: Look
    access: Access
    kept: Mapping[str, Any]
    agencies: Mapping[str, str] = field(default_factory=dict)


def way_scene(paths: PathDesk, records: Records, agency: str) -> Scene:
    """Return the way of an agency, in a transaction that is open."""
    found, access = paths.described(records, agency), given(records)
    about = about_of(found.tree, agency)
    network = narrowed(found, about)
    names = {node["name"] for node in network["nodes"]}
    # Where there is a login; not with which account.
    vantages = [
        {"node": one["node"], "device": one["device"]}
        for one in access.vantages
        if one["node"] in names
    ]
    kept = {
        "about": about,
        "network": {**network, "vantages": vantages},
        "labels": labels_of(found.tree, network),
        "way": way_out(way_of(found, agency)),
        "remarks": () if addressed(found.tree, agency) else (UNADDRESSED,),
    }
    return Scene(Look(network, about), access, kept)


def whole_scene(paths: PathDesk, records: Records) -> Scene:
    """Return the whole network, in a transaction that is open. Of that only the labels are frozen."""
    found = paths.described(records)
    agencies = {spot.key: spot.agency for spot in found.tree.spots.values()}
    kept = {"labels": labels_of(found.tree, found.data)}
    return Scene(Look(found.data, whole=True), given(records), kept, agencies)
