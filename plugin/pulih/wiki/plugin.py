"""What MkDocs calls. Nothing is written to disk: the cases' pages are files that only this build knows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

from pulih.errors import PulihError
from pulih.publish.foreseen import PUBLISHING, in_order
from pulih.publish.making import is_ours, may_go
from pulih.wiki.office import Shown, Window
from pulih.wiki.watch import Watch

_VARIABLE = "PULIH_OFFICE"


class WikiOptions(base.Config):
    """The options of the plugin: the folder of the office, seen from the folder of `mkdocs.yml`."""

    office = c.Type(str, default="")


class WikiPlugin(BasePlugin[WikiOptions]):
    """Adds the generated files of the wiki to a build, and takes the place of those that lie there."""

    def __init__(self) -> None:
        """Begin without an office."""
        self._window: Window | None = None
        self._watch: Watch | None = None

    def on_startup(
        self,
        *,
        command: Literal["build", "gh-deploy", "serve"],
        dirty: bool,
    ) -> None:
        """Stay from one build of `mkdocs serve` to the next, with what was made already."""

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files | None:
        """Give the files of the wiki as the publisher would find them on disk. Raises PluginError."""
        if os.environ.get(PUBLISHING):  # the publisher has put them on disk
            return None
        shown = self._shown(config)
        wiki = Path(config.docs_dir)
        standing = {file.src_uri: file for file in files}
        for uri in [uri for uri, file in standing.items() if _is_on_disk(file, wiki)]:
            if uri not in shown and may_go(wiki, uri):
                del standing[uri]  # of a case that this office does not have
        for uri, content in shown.items():
            there = standing.get(uri)
            if there is None or is_ours(wiki, uri):  # else somebody has made the page theirs
                standing[uri] = File.generated(config, uri, content=content)
        own = [file for file in standing.values() if _is_wiki(file, wiki)]
        others = [file for file in standing.values() if not _is_wiki(file, wiki)]
        return Files([*sorted(own, key=lambda file: in_order(file.src_uri)), *others])

    def on_serve(
        self,
        server: LiveReloadServer,
        /,
        *,
        config: MkDocsConfig,  # noqa: ARG002 - MkDocs names it
        builder: object,  # noqa: ARG002 - as above
    ) -> LiveReloadServer:
        """Have the pages built again when the office has something new to show."""
        if self._window and self._watch is None:
            self._watch = Watch(self._window.changed)
            server.watch(str(self._watch.bell))
        return server

    def on_shutdown(self) -> None:
        """Let go of the office."""
        if self._watch:
            self._watch.stop()
            self._watch = None
        if self._window:
            self._window.close()
            self._window = None

    def _shown(self, config: MkDocsConfig) -> Shown:
        here = Path(config.config_file_path).parent
        folder = here / (self.config.office or os.environ.get(_VARIABLE) or ".")
        try:
            if self._window is None:
                self._window = Window(folder, os.environ)
            return self._window.shown(config.site_url or "", Path(config.docs_dir))
        except (PulihError, OSError) as error:
            why = f"{error}. {error.__cause__}" if error.__cause__ else str(error)
            raise PluginError(f"pulih: {why}") from None


def _is_on_disk(file: File, wiki: Path) -> bool:
    return file.src_dir is not None and Path(file.src_dir) == wiki


def _is_wiki(file: File, wiki: Path) -> bool:
    """Tell whether a file is of the wiki, and not of the theme."""
    return file.src_dir is None or _is_on_disk(file, wiki)
