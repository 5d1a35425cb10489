"""Whether a device may hang off another."""

from __future__ import annotations

from collections.abc import Callable

from pulih.domain.agency import Device
from pulih.domain.tree import placed
from pulih.wording import Sentence, sentence

MOST_UP = 64  # devices above each other, beyond which nobody can follow


def refusal(
    device: Device,
    find: Callable[[str], Device | None],
    central: Callable[[str], bool],
) -> Sentence | None:
    """Say why a device cannot hang off its parent; None where it can, or has none.

    Args:
        find: Returns the device of an identifier, None where there is none.
        central: Tells whether an agency has a core: off what stands there, anybody may hang.
    """
    if not device.parent:
        return None
    above = find(device.parent)
    if above is None or not above.active:
        return sentence(
            "Perangkat {id} tidak terdaftar atau tidak dipakai lagi.", id=device.parent[:60]
        )
    if above.id == device.id:
        return sentence("Perangkat tidak dapat bergantung pada dirinya sendiri.")
    if not placed(above).carries:
        return sentence("Tidak ada yang dapat bergantung pada {name}.", name=above.name)
    own = above.agency == device.agency or above.place.shared
    if not own and not central(above.agency):
        return sentence(
            "{name} milik OPD lain. Yang dilalui OPD lain harus berperan relay; ubah dahulu perannya.",
            name=above.name,
        )
    return _circle(device, above, find)


def second_refusal(device: Device, find: Callable[[str], Device | None]) -> Sentence | None:
    """Say why a device cannot have its second way over another; None where it can, or has none.

    A second way may lead over another agency's device, and make a ring: that is what it is for.
    """
    if not device.spare:
        return None
    other = find(device.spare)
    if other is None or not other.active:
        return sentence(
            "Perangkat {id} tidak terdaftar atau tidak dipakai lagi.", id=device.spare[:60]
        )
    if other.id in (device.id, device.parent):
        return sentence("Jalur cadangan harus lewat perangkat lain daripada jalur utamanya.")
    if not placed(other).carries:
        return sentence("Tidak ada yang dapat bergantung pada {name}.", name=other.name)
    return None


def _circle(device: Device, above: Device, find: Callable[[str], Device | None]) -> Sentence | None:
    at: Device | None = above
    for _step in range(MOST_UP):
        if at is None or not at.parent:
            return None
        if at.parent == device.id:
            return sentence(
                "Melingkar: {name} sendiri bergantung pada perangkat ini.", name=at.name
            )
        at = find(at.parent)
    return sentence("Terlalu jauh dari inti: paling banyak {most} perangkat.", most=MOST_UP)
