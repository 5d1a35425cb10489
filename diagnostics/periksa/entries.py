"""One table of a file that somebody else wrote: its fields taken one by one, none left over."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

MOST_LETTERS = 2_000

Choice = TypeVar("Choice", bound=StrEnum)


class Entry:
    """A table, and where it stands.

    Every method that takes a field raises ValueError with a sentence where the field has another
    shape. A field that is missing is its kind's blank, except where it says otherwise.
    """

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise ValueError(f"{where}: bukan tabel.")  # noqa: TRY004 - bad data, not a bad call
        self.where = where
        self._data: dict[str, object] = {str(key): value for key, value in data.items()}
        self._taken: set[str] = set()

    def has(self, key: str) -> bool:
        """The field is there."""
        return key in self._data

    def text(self, key: str) -> str:
        """One line of text without control characters."""
        return self._line(key, self._take(key, ""))

    def name(self, key: str) -> str:
        """Such a line that must be there."""
        if not (name := self.text(key)):
            raise ValueError(f"{self.where}: {key} belum diisi.")
        return name

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of such lines."""
        return tuple(self._line(key, value) for value in self._list(key))

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._take(key, False)  # noqa: FBT003 - the blank of a flag
        if not isinstance(value, bool):
            raise self._wrong(key, "true atau false")
        return value

    def number(self, key: str, least: float, most: float) -> float:
        """A number within those bounds."""
        value = self._take(key, least)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._wrong(key, "angka")
        if not least <= value <= most:
            raise self._wrong(key, f"angka {least} sampai {most}")
        return float(value)

    def whole(self, key: str, least: int, most: int) -> int:
        """A whole number within those bounds."""
        value = self._take(key, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self._wrong(key, f"bilangan bulat {least} sampai {most}")
        return value

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """One of a closed list; it must be there."""
        text = self.name(key)
        if text not in [one.value for one in kind]:
            raise self._wrong(key, f"salah satu dari {', '.join(kind)}")
        return kind(text)

    def entries(self, key: str, most: int) -> tuple["Entry", ...]:
        """A list of tables."""
        values = self._list(key)
        if len(values) > most:
            raise ValueError(f"{self.where}: {key} lebih dari {most}.")
        return tuple(Entry(value, f"{key}[{number}]") for number, value in enumerate(values, 1))

    def done(self) -> None:
        """Refuse what nobody took: it is a slip of the pen, and would be silently lost."""
        left = sorted(self._data.keys() - self._taken)
        if left:
            raise ValueError(f"{self.where}: {left[0]!r} tidak dikenal.")

    def _take(self, key: str, blank: object) -> object:
        self._taken.add(key)
        return self._data.get(key, blank)

    def _list(self, key: str) -> list[object]:
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self._wrong(key, "daftar")
        return value

    def _line(self, key: str, value: object) -> str:
        if not isinstance(value, str) or len(value) > MOST_LETTERS:
            raise self._wrong(key, "teks pendek")
        if not value.isprintable():
            raise self._wrong(key, "satu baris teks")
        return value.strip()

    def _wrong(self, key: str, wanted: str) -> ValueError:
        return ValueError(f"{self.where}: {key} harus berupa {wanted}.")
