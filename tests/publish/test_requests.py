"""The wiki asks nothing of other hosts."""

from __future__ import annotations

import re

import pytest

from pulih.publish.finding import FOLDER

pytestmark = pytest.mark.slow

ASKS = {
    "src",
    "srcset",
    "poster",
    "data",
    "action",
    "background",
    "xlink:href",
    "formaction",
    "ping",
    "manifest",
}
FOREIGN = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
# What Material's own script can ask for, and why it never does here.
DORMANT = {
    "https://unpkg.com/mermaid": "only for an element of class mermaid: no page has one",
    "https://unpkg.com/iframe-worker": "only for a site opened as a file",
    "https://unpkg.com/resize-observer": "only for browsers from before 2020",
    "https://api.github.com": "only for repo_url",
    "https://gitlab.com": "only for repo_url",
    "https://bit.ly": "only printed to the console",
}


def files(site, suffix):
    return sorted(site.resolve().rglob(f"*{suffix}"))


def test_no_page_loads_anything_from_another_host(built, seen):
    for page in files(built, ".html"):
        for node in seen(page.read_text(encoding="utf-8")):
            asked = {value for key, value in node.attributes.items() if key in ASKS}
            if node.tag in {"link", "use", "image"}:
                asked |= {node.attributes.get("href", "")} - {""}
            if node.attributes.get("rel") == "canonical":
                continue
            assert not [one for one in asked if FOREIGN.match(one)], f"{page}: {node.tag} {asked}"
            assert "url(" not in node.attributes.get("style", "")


def test_no_style_sheet_loads_anything_from_another_host(built):
    for sheet in files(built, ".css"):
        text = sheet.read_text(encoding="utf-8")
        asked = re.findall(r"url\(\s*[\"']?([^\"')]+)", text) + re.findall(
            r"@import\s+[\"']([^\"']+)", text
        )

        assert not [one for one in asked if FOREIGN.match(one)], sheet


def test_scripts_name_only_hosts_that_nothing_here_wakes(built):
    data = built.resolve() / FOLDER  # what is searched: it says what people typed, as data
    for script in files(built, ".js"):
        if script.is_relative_to(data):
            continue
        text = script.read_text(encoding="utf-8")
        loaded = re.findall(r"https?://[a-z0-9.-]+(?:/[a-z0-9_.-]*)?", text, re.IGNORECASE)
        asked = {one for one in loaded if not is_only_a_name(one, text)}

        assert not {one for one in asked if not one.startswith(tuple(DORMANT))}, script


def is_only_a_name(address: str, text: str) -> bool:
    """Tell whether an address is a name space, or stands in a comment."""
    name_space = address.startswith(("http://www.w3.org", "https://www.w3.org"))
    before = text[: text.index(address)]
    commented = before.rpartition("\n")[2].lstrip().startswith("//")
    return name_space or commented or before.rfind("/*") > before.rfind("*/")


def test_nothing_wakes_the_dormant_hosts(built, seen):
    for page in files(built, ".html"):
        nodes = list(seen(page.read_text(encoding="utf-8")))
        classes = {name for node in nodes for name in node.attributes.get("class", "").split()}

        assert "mermaid" not in classes, page
        assert not [n for n in nodes if n.attributes.get("data-md-component") == "source"], page


def test_the_configuration_of_a_page_names_no_host(built, seen):
    page = seen((built / "index.html").read_text(encoding="utf-8"))
    settings = next(n for n in page.all("script") if n.attributes.get("id") == "__config")

    assert "//" not in "".join(map(str, settings.parts))
