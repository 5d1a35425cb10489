"""The letters of every paper: Liberation Sans 2.1.5, measured like Arial, under the SIL Open Font License beside it."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib import resources
from pathlib import Path

FAMILY = "Pulih Sans"
_FACES = (
    ("LiberationSans-Regular.ttf", "normal", "normal"),
    ("LiberationSans-Bold.ttf", "bold", "normal"),
    ("LiberationSans-Italic.ttf", "normal", "italic"),
)


@cache
def faces() -> str:
    """Return the style rules that bring the letters along as `data:` addresses: 1.6 MB."""
    folder = resources.files("pulih.documents").joinpath("font")
    rules = []
    for name, weight, style in _FACES:
        content = b64encode(folder.joinpath(name).read_bytes()).decode()
        rules.append(
            f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
            f'src:url("data:font/ttf;base64,{content}") format("truetype")}}'
        )
    return "\n".join(rules)


def folder() -> Path:
    """Return the folder with the letters, for engines that read files."""
    return Path(__file__).parent / "font"
