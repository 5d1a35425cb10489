"""The last gate of every HTML that leaves for a Plone site: what is not on the list does not pass.

Plone cleans too, but keeps frames and styles, and Volto does not look into every link.
"""

from __future__ import annotations

import nh3

TAGS = frozenset({
    "a", "blockquote", "br", "div", "em", "h2", "hr", "img", "li", "ol", "p", "pre", "strong", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
})  # fmt: skip
ATTRIBUTES = {
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt"}),
}
VALUES = {"th": {"scope": {"col", "row"}}}
CLASSES = {
    "div": frozenset({"table-responsive"}),
    "img": frozenset({"img-fluid"}),
    "table": frozenset({"table"}),
}
SCHEMES = frozenset({"http", "https"})
# With what is in them: none of it was meant to be read.
_UNREAD = frozenset({
    "applet", "audio", "embed", "frame", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object",
    "script", "style", "svg", "template", "textarea", "title", "video", "xmp",
})  # fmt: skip


def _near(address: str) -> str | None:
    """Let an address pass that stays on the site; "//host" only looks like one."""
    return None if address.lstrip().replace("\\", "/").startswith("//") else address


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(_UNREAD),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    tag_attribute_values={
        tag: {name: set(values) for name, values in known.items()} for tag, known in VALUES.items()
    },
    allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
    url_schemes=set(SCHEMES),
    strip_comments=True,
    link_rel=None,
    url_relative=_near,
)


def cleaned(html: str) -> str:
    """Return what of a piece of HTML may leave. Cleaning what was cleaned gives the same."""
    return _CLEANER.clean(html)
