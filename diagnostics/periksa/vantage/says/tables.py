"""ntc-templates' readers. The only module that knows textfsm and where the templates lie.

The template is named outright instead of being looked up by command: the look-up alone takes
0.8 s, and a command that matches two templates would be read by whichever comes first.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from threading import Lock

Record = Mapping[str, str]

_turn = Lock()  # a template keeps the state of its reading


class Unread(Exception):
    """The device said something of another shape than expected."""


def read(template: str, text: str) -> list[Record]:
    """The records that a template finds, each by the template's field names; lists are joined.

    Raises:
        Unread: The template does not know one of the lines.
    """
    from textfsm import TextFSMError  # noqa: PLC0415 - most processes never look at a device

    machine = _machine(template)
    with _turn:
        machine.Reset()
        try:
            found = machine.ParseTextToDicts(text)
        except TextFSMError as error:
            raise Unread(f"{template}: {error}") from error
    return [{key: _flat(value) for key, value in record.items()} for record in found]


@cache
def _machine(template: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - textfsm has no annotations
    from textfsm import TextFSM  # noqa: PLC0415 - as above

    source = files("ntc_templates") / "templates" / f"{template}.textfsm"
    return TextFSM(StringIO(source.read_text("utf-8")))


def _flat(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(one) for one in value if one is not None)
    return "" if value is None else str(value)
