"""Collect what people read into locales/, keep what is translated, and compile it.

Source sentences are Indonesian. The Indonesian catalogue repeats them: without one, Zope would show
the English to a visitor who reads Indonesian first and English second. Needs Babel, and no Plone:

    python plugin/plone-addon/collect_words.py
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

DOMAIN = "pulih.plone"
HERE = Path(__file__).parent / "src" / "pulih_plone"
_I18N = "{http://xml.zope.org/namespaces/i18n}"
_NEVER = datetime(2026, 11, 23, tzinfo=UTC)  # the same each time, so that only words change a file
_ZCML = {"title", "description"}


def of_python(text: str) -> Iterator[str]:
    """Yield what stands in `_()`."""
    for node in ast.walk(ast.parse(text)):
        called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"
        if called and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value


def of_markup(text: str) -> Iterator[str]:
    """Yield what a template or a profile marks with i18n:translate and i18n:attributes."""
    return _of_element(ET.fromstring(text), "")  # noqa: S314  our own files


def of_zcml(text: str) -> Iterator[str]:
    """Yield titles and descriptions of what is registered, but not of permissions."""
    for element in ET.fromstring(text).iter():  # noqa: S314  our own files
        if not element.tag.endswith("}permission"):
            yield from (element.attrib[name] for name in sorted(_ZCML & element.attrib.keys()))


def _of_element(element: ET.Element, domain: str) -> Iterator[str]:
    domain = element.get(f"{_I18N}domain", domain)
    if domain == DOMAIN and f"{_I18N}translate" in element.attrib:
        yield _whole(element)
    if domain == DOMAIN:
        names = element.get(f"{_I18N}attributes", "").replace(";", " ").split()
        yield from (element.attrib[name] for name in names)
    for child in element:
        yield from _of_element(child, domain)


def _whole(element: ET.Element) -> str:
    said = element.text or ""
    for child in element:
        name = child.get(f"{_I18N}name")
        said += f"${{{name}}}" if name else "".join(child.itertext())
        said += child.tail or ""
    return " ".join(said.split())


_READERS = {".py": of_python, ".pt": of_markup, ".xml": of_markup, ".zcml": of_zcml}


def collected() -> Catalog:
    """Return all that people read, with the files it stands in."""
    catalog = Catalog(project=DOMAIN, domain=DOMAIN, charset="utf-8")
    for path in sorted(HERE.rglob("*")):
        reader = _READERS.get(path.suffix)
        for said in reader(path.read_text("utf-8")) if reader else ():
            if said:
                catalog.add(said, locations=[(path.relative_to(HERE).as_posix(), 0)])
    return catalog


def brought_up_to_date(language: str, words: Catalog) -> Catalog:
    """Return the catalogue of a language with these words; what is not said any more is gone."""
    path = place(language)
    known = read_po(io.BytesIO(path.read_bytes())) if path.exists() else Catalog()
    catalog = Catalog(locale=language, project=DOMAIN, domain=DOMAIN, fuzzy=False)
    catalog.creation_date = catalog.revision_date = _NEVER
    for message in words:
        if message.id:
            old = known.get(message.id)
            said = message.id if language == "id" else (old.string if old else "")
            catalog.add(message.id, said, locations=message.locations)
    return catalog


def place(language: str) -> Path:
    """Return where a language's catalogue stands."""
    return HERE / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def written(catalog: Catalog) -> tuple[bytes, bytes]:
    """Return a catalogue as it is read by people, and by programs."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, width=100, include_lineno=False, sort_output=True)
    write_mo(mo, catalog)
    return po.getvalue(), mo.getvalue()


def main() -> int:
    """Write the catalogues, and tell what is left to translate."""
    words = collected()
    missing = 0
    for language in ("id", "en"):
        catalog = brought_up_to_date(language, words)
        missing += sum(1 for message in catalog if message.id and not message.string)
        path = place(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        po, mo = written(catalog)
        path.write_bytes(po)
        path.with_suffix(".mo").write_bytes(mo)
    sys.stdout.write(f"{len(words)} sentences, {missing} to translate\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
