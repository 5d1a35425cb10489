"""`@@pulih-controlpanel`: where the desk is, through which door, and whether it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zope.component import getMultiAdapter
from zope.i18nmessageid import Message
from zope.schema import getFields

from pulih_plone.browser.asking import Asking
from pulih_plone.desk.connection import is_door, is_root, origin
from pulih_plone.desk.errors import DeskError
from pulih_plone.interfaces import IDeskSettings
from pulih_plone.saying import to_administrators
from pulih_plone.settings import connection, keep_token, settings, token
from pulih_plone.words import _

_RECORDS = getFields(IDeskSettings)
_TEXTS = ("desk_url", "door", "wiki_url")
_NUMBERS = ("timeout", "max_files", "max_megabytes")
_LONGEST = 200
_TIMEOUT = _(
    "Selama itu paling lama sebuah halaman menunggu meja; pengirim surat sepuluh kali selama itu."
)


@dataclass(frozen=True)
class Line:
    """A setting as the form shows it; `low` and `high` of a number."""

    label: Message
    hint: Message | str = ""
    kind: str = "text"
    required: bool = False
    limit: int = _LONGEST
    low: int | None = None
    high: int | None = None
    autocomplete: str = "off"


class ControlPanel(Asking):
    """Settings; the token goes in and never comes out."""

    names = ("desk_url", "door", "token", "timeout", "wiki_url", "max_files", "max_megabytes")
    outcome = ""
    works = False
    sorry = ""

    def __call__(self) -> str:
        """Show the settings; with a POST, keep them first, and try them where that is asked."""
        self.request.response.setHeader("Cache-Control", "no-store")
        self.wrong: dict[str, Message] = {}
        self.kept = False
        kept = settings()
        self.typed = {name: str(getattr(kept, name) or "") for name in _TEXTS}
        self.typed |= {name: str(getattr(kept, name)) for name in _NUMBERS}
        if self.request.method == "POST":
            self._keep()
        self.has_token = bool(token())
        return str(self.index())

    def field(self, name: str) -> Line:
        """Return how a setting is asked for."""
        if name == "token":
            return self._token_line()
        record = _RECORDS[name]
        if name in _NUMBERS:
            return Line(
                record.title,
                _TIMEOUT if name == "timeout" else "",
                "number",
                required=True,
                low=record.min,
                high=record.max,
            )
        hints = {
            "desk_url": _("Seperti https://gangguan.kabupaten.go.id"),
            "door": _("Seperti yang tertulis di halaman administrator meja."),
            "wiki_url": _("Bila wiki dibuka lewat alamat lain daripada meja."),
        }
        kind = "url" if name.endswith("url") else "text"
        return Line(record.title, hints[name], kind, required=name != "wiki_url")

    def _token_line(self) -> Line:
        hint = (
            _("Token sudah tersimpan dan tidak ditampilkan lagi. Isi hanya bila menggantinya.")
            if self.has_token
            else _("Ditampilkan sekali saat pintu dibuat di meja.")
        )
        return Line(
            _("Token"),
            hint,
            "password",
            required=not self.has_token,
            autocomplete="new-password",
        )

    def _keep(self) -> None:
        form = self.request.form
        self.typed = {name: _text(form.get(name)) for name in (*_TEXTS, *_NUMBERS)}
        genuine = getMultiAdapter((self.context, self.request), name="authenticator").verify()
        if not genuine:
            self.sorry = self.say(_("Formulir ini sudah terlalu lama terbuka. Simpan sekali lagi."))
            return
        self._judge()
        if self.wrong:
            self.sorry = self.say(_("Belum tersimpan. Perbaiki isian yang ditandai."))
            return
        kept = settings()
        for name in _TEXTS:
            setattr(kept, name, self.typed[name])
        for name in _NUMBERS:
            setattr(kept, name, int(self.typed[name]))
        typed_token = _text(form.get("token"))
        if typed_token:
            keep_token(typed_token)
        self.kept = True
        if form.get("test"):
            self._try()

    def _judge(self) -> None:
        checks: dict[str, tuple[Callable[[str], object], Message]] = {
            "desk_url": (
                is_root,
                _("Tulis alamat tanpa apa pun di belakangnya: https://gangguan.kabupaten.go.id"),
            ),
            "door": (is_door, _("Huruf kecil, angka, dan tanda hubung, seperti di halaman meja.")),
            "wiki_url": (origin, _("Tulis alamat lengkap: https://wiki.kabupaten.go.id")),
        }
        for name, (fits, sentence) in checks.items():
            if self.typed[name] and not fits(self.typed[name]):
                self.wrong[name] = sentence
        for name in _NUMBERS:
            low, high = _RECORDS[name].min, _RECORDS[name].max
            typed = self.typed[name]
            if not (typed.isascii() and typed.isdigit() and low <= int(typed) <= high):
                self.wrong[name] = _(
                    "Tulis angka ${low} sampai ${high}.",
                    mapping={"low": str(low), "high": str(high)},
                )

    def _try(self) -> None:
        try:
            agencies = self.desk().attempt()
        except DeskError as error:
            self.outcome = self.say(to_administrators(error))
            return
        self.works = True
        self.outcome = self.say(
            _(
                "Tersambung dengan ${url}: ${n} OPD terbuka lewat pintu ini.",
                mapping={"url": connection().url, "n": str(len(agencies))},
            )
        )


def _text(value: object) -> str:
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""
