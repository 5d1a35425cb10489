"""The MkDocs plugin `pulih`: `mkdocs serve` and `mkdocs build` show the cases of an office, no service running."""

from __future__ import annotations

from pulih.wiki.plugin import WikiPlugin

__all__ = ["WikiPlugin"]
