from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import Files

from pulih.publish.themed import listing

CONFIG = Path(__file__).resolve().parents[2] / "mkdocs.yml"


def test_the_theme_brings_the_same_files_as_mkdocs_finds(monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    config = load_config(str(CONFIG))
    theirs, ours = Files(()), Files(())

    theirs.add_files_from_theme(config.theme.get_env(), config)
    ours.add_files_from_theme(listing(config.theme.dirs), config)

    assert [file.abs_src_path for file in ours] == [file.abs_src_path for file in theirs]
    assert len(ours) > 20
