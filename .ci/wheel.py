"""Put the hand-written wiki into the wheel, so that an installed Pulih can open a new office.

An editable install takes nothing: there the wiki is read where it is written.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Pages that Pulih writes itself, from the cases of one office.
GENERATED = ("kasus/[0-9]*/**/*", "opd/**/*", "perangkat/**/*", "gangguan/**/*")


class OfficeFiles(BuildHookInterface):
    """Adds wiki/ and mkdocs.yml as pulih/office/."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs."""
        if version == "editable":
            return
        root = Path(self.root)
        wiki = root / "wiki"
        generated = {page for pattern in GENERATED for page in wiki.glob(pattern)}
        for file in (root / "mkdocs.yml", *sorted(wiki.rglob("*"))):
            if file.is_file() and file not in generated:
                name = file.relative_to(root).as_posix()
                build_data["force_include"][name] = f"pulih/office/{name}"
