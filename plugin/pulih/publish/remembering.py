"""Parts of the theme's templates that are the same on many pages, rendered once.

A page that is not in the navigation shows of it what every such page of its folder shows; what the theme says in the
reader's language depends on nothing but the configuration.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig

_BY_FOLDER = ("partials/nav.html", "partials/tabs.html", "partials/footer.html")
_LANGUAGE = "partials/language.html"
_NEIGHBOURS = ("previous_page", "next_page")

Render = Callable[[Context], Iterator[str]]


class Remembered:
    """Makes a theme's templates remember.

    Args:
        shown: Where the pages of the navigation stand: they show themselves in it, and each has its own.
    """

    def __init__(self, env: Environment, config: MkDocsConfig, shown: Sequence[str]) -> None:
        self._known: dict[object, str] = {}
        self._shown = shown
        env.auto_reload = False  # the theme does not change under a builder
        if "toc.integrate" not in config.theme.get("features", ()):
            for name in _BY_FOLDER:
                template = env.get_template(name)
                template.root_render_func = self._by_folder(template.root_render_func)
        language = env.get_template(_LANGUAGE)
        self.language = known = language.make_module({"config": config})
        language.make_module = lambda *_vars: known  # type: ignore[method-assign] # what `import … with context` calls

    def forget(self) -> None:
        """Render all of it anew from now on: the navigation may have changed."""
        self._known.clear()

    def _by_folder(self, render: Render) -> Render:
        def remembered(context: Context) -> Iterator[str]:
            page: Any = context["page"]
            if (
                page is None
                or any(getattr(page, side) for side in _NEIGHBOURS)
                or any(url.startswith(page.url) for url in self._shown)
            ):
                yield from render(context)
                return
            key = (render, posixpath.dirname(page.url.rstrip("/")))
            if key not in self._known:
                self._known[key] = "".join(render(context))
            yield self._known[key]

        return remembered
