"""Which sites `builder` builds, and how they are read: what it was not written for is left to MkDocs."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
PUBLISHING = "PULIH_PUBLISHING"  # a variable by which the plugin knows that the publisher builds
_TEMPLATES = {"404.html", "sitemap.xml"}
_QUIET = {"pulih"}  # where the cases are on disk already, as here, it does nothing
_FAR = ("INHERIT", "!ENV")  # what a configuration takes from elsewhere


class NotOurs(Exception):
    """MkDocs has to build this site, or to say what is wrong with it."""


class Warned(NotOurs):
    """MkDocs would warn, and `--strict` refuse. Its text is what MkDocs would say."""


def configuration(config_file: Path) -> MkDocsConfig:
    """Read a `mkdocs.yml`. Raises NotOurs where it asks for what a page may depend on without our knowing."""
    if any(word in config_file.read_text(encoding="utf-8") for word in _FAR):
        raise NotOurs("mkdocs.yml")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    site = config_file.parent / ".site"  # never written: whoever asks for a page puts it in place
    return _ours(load_config(str(config_file), site_dir=str(site), strict=True))


def address_in(config_file: Path) -> str:
    """Return the address that a `mkdocs.yml` gives the site; empty where it gives none, or cannot be read."""
    try:
        told: object = yaml_load(config_file.read_text(encoding="utf-8"))
    except (OSError, ValueError, ConfigurationError):
        return ""
    return str(told.get("site_url") or "") if isinstance(told, dict) else ""


def _ours(config: MkDocsConfig) -> MkDocsConfig:
    """Return the configuration where all of it was read for this. Raises NotOurs."""
    theme, validation = config.theme, config.validation
    links = (
        validation.links.not_found,
        validation.links.unrecognized_links,
        validation.links.anchors,
    )
    understood = (
        theme.name == "material"
        and theme.custom_dir is None
        and set(config.plugins) <= _QUIET
        and all(map(_alone, config.markdown_extensions))
        and not (config.hooks or config.extra_templates or config.exclude_docs or config.draft_docs)
        and theme.static_templates == _TEMPLATES
        and config.nav is not None
        and min(links) >= logging.WARNING
    )
    if not understood:
        raise NotOurs("mkdocs.yml")
    return config


def _alone(extension: object) -> bool:
    """Tell whether an extension makes nothing of a page but what stands in it."""
    name = str(extension)
    known = "." not in name or name.startswith(("markdown.extensions.", "pymdownx."))
    return known and name.rpartition(".")[2] not in {"snippets", "b64", "wikilinks"}


def addresses_in(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ():
        yield from addresses_in(item)


def in_order(uri: str) -> tuple[list[str], bool, str]:
    """Return the key that sorts addresses as MkDocs finds files."""
    *folders, name = uri.split("/")
    return folders, name.rpartition(".")[0] not in {"index", "README"}, name


def is_page(uri: str) -> bool:
    """Tell whether a file becomes a page."""
    return uri.lower().endswith(PAGES)


def rivals(uri: str, place: str) -> Iterator[str]:
    """Yield the addresses of other files that would be shown at a file's place in the site."""
    if not is_page(uri):
        if uri.endswith(".html"):
            raise NotOurs(uri)
        return
    for folder, name in _names(place):
        for ending in (*PAGES, ".html"):
            if (rival := f"{folder}{name}{ending}") != uri:
                yield rival


def _names(place: str) -> Iterator[tuple[str, str]]:
    """Yield the folders and names, without their endings, of what would be shown at a place in the site."""
    folder, _, name = place.rpartition("/")
    stem = name.removesuffix(".html")
    above = f"{folder}/" if folder else ""
    yield above, stem
    if stem == "index":
        yield above, "README"
        if folder:
            yield "", folder


@contextmanager
def strictly() -> Iterator[None]:
    """Refuse what MkDocs warns of. Raises Warned, and NotOurs for whatever MkDocs raises."""
    heard = _Heard(logging.WARNING)
    log = logging.getLogger("mkdocs")
    log.addHandler(heard)
    aloud, log.propagate = log.propagate, False
    try:
        yield
    except (NotOurs, OSError):
        raise
    except (Exception, SystemExit) as error:  # MkDocs leaves by SystemExit; plugins by anything
        raise NotOurs(f"{type(error).__name__}: {error}") from error
    finally:
        log.propagate = aloud
        log.removeHandler(heard)
    if heard.said:
        raise Warned("\n".join(heard.said))


class _Heard(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.levelname} - {record.getMessage()}")
