"""The map of a site, as MkDocs makes it of all pages; here, without making a page of each."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

SITEMAP = "sitemap.xml"


def sitemap(
    env: Environment, nav: Navigation, config: MkDocsConfig, urls: Iterable[str], newest: int
) -> bytes:
    """Return the map of the pages at these places.

    Args:
        newest: The build's moment, in seconds since 1970.
    """
    pages = list(_pages(config.site_url, urls, newest)) if config.site_url else []
    plugins = config.plugins
    template = plugins.on_pre_template(
        env.get_template(SITEMAP), template_name=SITEMAP, config=config
    )
    context = get_context(nav, cast("Any", pages), config, base_url=".")
    context["build_date_utc"] = datetime.fromtimestamp(newest, UTC)
    context = plugins.on_template_context(context, template_name=SITEMAP, config=config)
    text = plugins.on_post_template(template.render(context), template_name=SITEMAP, config=config)
    return text.encode() if text.strip() else b""


def packed(plain: bytes, newest: int) -> bytes:
    """Return the map as MkDocs packs it."""
    day = datetime.fromisoformat(day_of(newest)).replace(tzinfo=UTC)
    out = io.BytesIO()
    with gzip.GzipFile(
        filename=f"{SITEMAP}.gz", mode="wb", fileobj=out, mtime=int(day.timestamp())
    ) as file:
        file.write(plain)
    return out.getvalue()


def day_of(newest: int) -> str:
    """Return the day of a build as MkDocs writes it."""
    return datetime.fromtimestamp(newest, UTC).strftime("%Y-%m-%d")


def _pages(base: str, urls: Iterable[str], newest: int) -> Iterator[SimpleNamespace]:
    """Yield what the template asks of each page."""
    base, day = f"{base.rstrip('/')}/", day_of(newest)
    for url in urls:
        whole = urljoin(base, "" if url in {".", "./"} else url)
        page = SimpleNamespace(canonical_url=whole, is_link=False, update_date=day)
        yield SimpleNamespace(page=page)
