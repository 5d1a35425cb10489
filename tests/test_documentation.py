"""What the documentation says is what the software does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from pulih.cli.base import HOMES
from pulih.config import Settings, write_settings
from pulih.publish.sop_page import steps_table_markdown

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readmes_table_is_the_procedure():
    between = README.split("<!-- steps -->")[1].split("<!-- /steps -->")[0]

    assert between.strip() == steps_table_markdown("en").strip()


def test_every_command_named_in_the_readme_exists():
    for command in re.findall(r"\bpulih ([a-z][a-z-]+)", README):
        assert command in HOMES, command


def test_every_make_target_named_in_the_readme_exists():
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", README, re.MULTILINE):
        assert f"\n{target[0] or target[1]}:" in targets


def test_every_file_that_the_readme_links_to_exists():
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert link.startswith("http") or (ROOT / link).exists(), link


def test_every_decision_is_listed():
    folder = ROOT / "wiki" / "developer"
    index = (folder / "index.md").read_text(encoding="utf-8")
    for page in folder.glob("decisions/[0-9]*.md"):
        assert page.name in index, page.name


def test_every_room_is_described_in_the_architecture():
    told = (ROOT / "wiki" / "developer" / "architecture.md").read_text(encoding="utf-8")
    house = ROOT / "plugin" / "pulih"
    rooms = {path.name for path in house.iterdir() if path.suffix == ".py" or path.is_dir()}
    for room in rooms - {"__init__.py", "__pycache__"}:
        assert f"`{room}`" in told or f"`{room}/`" in told, room


def test_every_setting_is_explained_in_the_file_of_a_new_office(tmp_path):
    write_settings(tmp_path)
    written = (tmp_path / "pulih.toml").read_text(encoding="utf-8")
    for field in fields(Settings):
        if field.name != "folder":
            assert field.name in written
