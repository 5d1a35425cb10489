"""Something the office stands on is away: what people are told, and what only an administrator and the log are."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote

from flask import current_app, request
from flask_login import current_user
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from pulih import errors
from pulih.domain.people import Role
from pulih.web.context import office, say
from pulih.web.resume import typed
from pulih.wording import N_, Sentence, sentence

_AGAIN = N_(
    "Coba lagi beberapa menit lagi; bila tetap begini, hubungi administrator dan sebutkan jamnya: {at}."
)
# The most particular first. What is not here has a sentence of its own that anybody understands.
_PLAIN: dict[type[errors.Unavailable], str] = {
    errors.Uncertain: N_(
        "Hubungan ke catatan kantor terputus tepat saat menyimpan. Mungkin sudah tersimpan: "
        "lihat dahulu, dan kirim lagi hanya bila belum. {again}"
    ),
    errors.StoreFull: N_(
        "Tempat catatan kantor penuh: yang ada dapat dibaca, tetapi tidak ada yang dapat disimpan. {again}"
    ),
    errors.StoreClosed: N_(
        "Catatan kantor sedang dipindahkan atau diisi: yang ada dapat dibaca, tetapi belum ada yang dapat disimpan. "
        "{again}"
    ),
    errors.StoreAway: N_("Meja sedang tidak dapat membaca atau menyimpan catatan kantor. {again}"),
    errors.FilesAway: N_("Meja sedang tidak dapat menyimpan atau membaca lampiran. {again}"),
}
_CARRIED = frozenset({"seen", "stage", "form_page", "content"})  # typed by nobody
_LAST = Markup("""<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pulih</title></head><body>
<h1>Sedang tidak tersedia</h1>
<p>Meja sedang tidak dapat melayani. Coba lagi beberapa menit lagi; bila tetap begini, hubungi administrator dan
sebutkan jamnya. Yang Anda ketik ada di bawah; salin dahulu.</p>
<h1 lang="en">Not available now</h1>
<p lang="en">The desk cannot serve you now. Try again in a few minutes; if it stays like this, tell the administrator
and say at what time. What you typed is below; copy it first.</p>
{}
</body></html>
""")


def plainly(error: errors.Unavailable) -> str:
    """Return what anybody is told, in the reader's language: no host, no setting, no command."""
    text = next((text for kind, text in _PLAIN.items() if isinstance(error, kind)), None)
    if text is None:
        return say(error.sentence)
    return say(sentence(text, again=Sentence(_AGAIN, {"at": office().tools.now()})))


def technically(error: errors.Unavailable) -> str:
    """Return what an administrator is told besides; empty for anybody else, and where nobody can know who it is."""
    administers = current_user.is_authenticated and current_user.person.role is Role.ADMIN
    return say(error.sentence) if administers and isinstance(error, tuple(_PLAIN)) else ""


def note(error: errors.Unavailable) -> None:
    """Write one line to the log."""
    current_app.logger.warning("%s %s: %s", request.method, quote(request.path), error)


def last_page() -> str:
    """Return a page that needs nothing but the request: for when the page of errors fails, too."""
    fields: dict[str, list[str]] = {}
    with suppress(HTTPException):  # a form that was too large to be read
        fields = typed()
    words = (word for name, said in fields.items() if name not in _CARRIED for word in said)
    return _LAST.format(Markup("").join(Markup("<pre>{}</pre>\n").format(word) for word in words))
