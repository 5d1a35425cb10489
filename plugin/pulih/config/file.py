"""Reading `pulih.toml` and the environment; writing the file for a new office."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pulih.config.keys import KEYS
from pulih.config.settings import Settings
from pulih.errors import Invalid, NotFound, Problem, Refused, Unavailable
from pulih.wording import N_, Sentence, sentence

FILE = "pulih.toml"
_PREFIX = "PULIH_"
_TABLE = "free_days"
_NO_DATABASE = N_("Isi juga database, atau kosongkan files.")
_ONE_MACHINE = N_(
    "Folder hanya ada di satu mesin, padahal database dipakai bersama. Kosongkan files, atau isi s3://nama-bucket."
)
_WITHIN = N_("Pilih tempat di luar folder wiki dan data kantor ini.")
_MISPLACED = N_(
    "Kunci ini tidak boleh di bawah [free_days]: pindahkan baris {names} ke atas baris [free_days]."
)
_ABOVE = "# Hanya hari libur di bawah baris berikut. Tulis setelan lain di atasnya."
_EXAMPLE = '# 2027-01-22 = "Hari jadi kabupaten"'


def read_settings(folder: Path, environ: Mapping[str, str]) -> Settings:
    """Return the settings of the office in `folder`.

    Raises:
        NotFound: There is no office in `folder`.
        Invalid: A problem a key; its field is the key as it is called in the file or the environment.
        Unavailable: The file cannot be read.
    """
    given = _read(folder)
    labels = {name: name for name in given}
    for name, key in KEYS.items():
        text = environ.get(_PREFIX + name.upper())
        if text and name != _TABLE:
            given[name], labels[name] = key.parse(text), _PREFIX + name.upper()
    return _settings(folder, given, labels)


def write_settings(folder: Path, **values: object) -> Settings:
    """Write a commented `pulih.toml` and return what it says.

    Args:
        values: Keys whose value is not the usual one, in the types of `Settings` or of the file.

    Raises:
        Invalid: A problem a key; nothing is written.
        Refused: There is one already.
        Unavailable: The folder cannot be written.
    """
    settings = _settings(folder, values, {name: name for name in values})
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        draft = os.open(path, flags, 0o600)  # passwords may be written into it
        with os.fdopen(draft, "w", encoding="utf-8", newline="\n") as file:
            file.write(_written(settings, set(values)))
    except FileExistsError as error:
        raise Refused("{path} sudah ada. Pilih folder lain.", path=path) from error
    except OSError as error:
        raise Unavailable(
            "{path} tidak dapat ditulis. Periksa ruang disk dan izin foldernya, lalu ulangi.",
            path=path,
        ) from error
    return settings


def _read(folder: Path) -> dict[str, Any]:
    path = folder / FILE
    try:
        # Notepad begins its files with a byte order mark, which TOML does not know.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise NotFound(
            "Di {folder} belum ada kantor. Tunjukkan foldernya dengan --office, atau buat yang baru: pulih new FOLDER",
            folder=folder.resolve(),
        ) from error
    except ValueError as error:
        cure = sentence("Berkas ini bukan TOML yang benar: {why}. Perbaiki baris itu.", why=error)
        raise _invalid([Problem(FILE, cure)]) from error
    except OSError as error:
        raise Unavailable(
            "{path} tidak dapat dibaca. Periksa izin berkasnya.", path=path
        ) from error


def _settings(folder: Path, given: Mapping[str, Any], labels: Mapping[str, str]) -> Settings:
    fields: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        if name not in KEYS:
            known = ", ".join(KEYS)
            cure = sentence("Kunci ini tidak dikenal. Yang dikenal: {known}.", known=known)
            problems.append(Problem(name, cure))
            continue
        try:
            fields[name] = KEYS[name].fit(value)
        except ValueError:
            problems.append(Problem(labels[name], _cure(name, value)))
    if not problems:
        settings = Settings(folder.resolve(), **fields)
        problems = list(_at_odds(settings, labels))
        if not problems:
            return settings
    raise _invalid(problems)


def _cure(name: str, value: object) -> Sentence:
    if name == _TABLE and isinstance(value, dict):
        misplaced = [key for key in value if key in KEYS]
        if misplaced:  # added at the end of the file, which is within the table
            return sentence(_MISPLACED, names=misplaced)
    return sentence(KEYS[name].cure)


def _at_odds(settings: Settings, labels: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the problems of settings that fit one by one, but not together."""
    if settings.work_start >= settings.work_end:
        label = labels.get("work_end", labels.get("work_start", "work_end"))
        key = KEYS["work_end"]
        yield Problem(label, sentence(key.cure))
    if settings.files == "database" and not settings.database:
        yield Problem(labels["files"], sentence(_NO_DATABASE))
    if settings.files == "folder" and settings.database:
        yield Problem(labels["files"], sentence(_ONE_MACHINE))
    if _is_inside(settings, settings.device_key):
        key = KEYS["device_key"]
        yield Problem(labels["device_key"], sentence(key.cure))
    if any(_is_inside(settings, place) for place in settings.wiki_places):
        yield Problem(labels["wiki_places"], sentence(_WITHIN))


def _is_inside(settings: Settings, place: str) -> bool:
    """Tell whether a place lies where the wiki is written or built: each copy would hold the one before."""
    own = (settings.folder / "wiki", settings.data)
    return place.startswith("/") and any(Path(place).is_relative_to(folder) for folder in own)


def _invalid(problems: list[Problem]) -> Invalid:
    return Invalid(problems, sentence("Setelan kantor perlu diperbaiki."))


def _written(settings: Settings, given: set[str]) -> str:
    lines = ["# Setelan kantor. Baris yang diawali # menunjukkan nilai yang berlaku tanpanya.", ""]
    for name, key in KEYS.items():
        lines.append(f"# {key.about}")
        if name != _TABLE:
            mark = "" if name in given else "# "
            lines += [f"{mark}{name} = {_toml(getattr(settings, name))}", ""]
    # Last, because a table takes in every line below it.
    days = [f"{day} = {_toml(name)}" for day, name in sorted(settings.free_days.items())]
    return "\n".join([*lines, _ABOVE, f"[{_TABLE}]", *(days or [_EXAMPLE]), ""])


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # printable text, so that TOML reads it the same
