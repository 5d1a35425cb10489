"""What somebody did to a page in Plone, as far as a walk through the site shows it. Pure."""

from __future__ import annotations

from pulih.domain.plone.page import PageKind, Placed, Seen, Standing, Wanted
from pulih.wording import N_, Sentence, sentence

# Written in part, or perhaps: what is there now need not be what somebody else did.
BEGUN = frozenset({Standing.WRITING, Standing.FAILED})
UNDONE = BEGUN | {Standing.LOCKED, Standing.WITHDRAWN}

_CHANGED = N_(
    "Judul atau keterangan folder ini diubah seseorang di Plone. Bandingkan keduanya, lalu pilih yang berlaku."
)
_MOVED = N_(
    "Halaman ini dipindahkan seseorang di Plone, ke {path}. "
    "Terbitkan lagi untuk mengembalikannya, atau biarkan di sana."
)
_HIDDEN = N_(
    "Seseorang mengubah keadaan halaman ini di Plone menjadi {state}. "
    "Terbitkan lagi bila pembaca harus dapat membukanya, atau biarkan begitu."
)


def theirs(page: Wanted, noted: Placed, there: Seen, *, in_place: bool) -> Sentence | None:
    """Return what somebody certainly did to a page since our last write, or None."""
    if noted.standing in BEGUN or page.kind is PageKind.ROOT:
        return None
    if page.kind.holds and noted.head and there.head and noted.head != there.head:
        return sentence(_CHANGED)
    if noted.path != there.path and not in_place:
        return sentence(_MOVED, path=there.path)
    hidden = noted.state and noted.state != there.state
    if hidden and noted.standing is not Standing.WITHDRAWN:
        return sentence(_HIDDEN, state=there.state or "–")
    return None


def touched(page: Wanted, noted: Placed, there: Seen) -> bool:
    """Tell whether a page was changed since our last write, or something that it stands in was moved.

    What holds pages is touched by each of them: there, `Seen.head` tells. Of others it tells what `modified` cannot:
    an edit within the second of our own write.
    """
    words = bool(noted.head and there.head) and noted.head != there.head
    return not page.kind.holds and (words or noted.modified != there.modified)
