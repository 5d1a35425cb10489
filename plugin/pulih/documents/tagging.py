"""What reading machines follow, kept where PDFs are joined: the trees of tags of all of them under one root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

_ROOT, _PARENTS, _OWN = "/StructTreeRoot", "/ParentTree", "/StructParents"


@dataclass(frozen=True, slots=True)
class Joined:
    """A PDF that was joined to others.

    Attributes:
        pages: Its pages as they stand in the whole.
    """

    name: str
    reader: PdfReader
    pages: Sequence[PageObject]


def keep_tags(writer: PdfWriter, parts: Sequence[Joined]) -> None:
    """Give the whole the tags of its parts, each a part of it by its name.

    Where one has no tags, or others than our engine makes, the whole has none: half of them would lead a reader past
    the other half.
    """
    if not parts or not all(map(_tagged, parts)):
        return
    root, document = DictionaryObject(), DictionaryObject()
    home, whole = writer._add_object(root), writer._add_object(document)  # noqa: SLF001 - pypdf has no other way
    below, parents = ArrayObject(), ArrayObject()
    for n, part in enumerate(parts):
        tree = cast("DictionaryObject", part.reader.root_object[_ROOT].clone(writer))
        numbers = tree.pop(_PARENTS).get_object()["/Nums"]
        found = dict(zip(numbers[::2], numbers[1::2], strict=True))
        for before, page in zip(part.reader.pages, part.pages, strict=True):
            number = NumberObject(len(parents) // 2)
            page[NameObject(_OWN)] = number
            parents.extend((number, found[before[_OWN]]))
        _hold_apart(tree["/K"], f"{n}-")
        tree.update(_element("/Part", whole))
        tree[NameObject("/T")] = TextStringObject(part.name)
        below.append(tree.indirect_reference)
    document.update(_element("/Document", home))
    document[NameObject("/K")] = below
    root.update(
        {
            NameObject("/Type"): NameObject(_ROOT),
            NameObject("/K"): ArrayObject([whole]),
            NameObject(_PARENTS): DictionaryObject({NameObject("/Nums"): parents}),
            NameObject("/ParentTreeNextKey"): NumberObject(len(parents) // 2),
        }
    )
    writer.root_object[NameObject(_ROOT)] = home
    writer.root_object[NameObject("/MarkInfo")] = DictionaryObject(
        {NameObject("/Marked"): BooleanObject(value=True)}
    )


def _element(kind: str, above: IndirectObject) -> DictionaryObject:
    """Return what makes an object an element of a tree."""
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject(kind),
            NameObject("/P"): above,
        }
    )


def _hold_apart(node: PdfObject | None, before: str) -> None:
    """Let cells of tables name heads of their own part: every part counts its own from the same number."""
    node = node.get_object() if node else None
    if isinstance(node, ArrayObject):
        for child in node:
            _hold_apart(child, before)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        if "/ID" in node:
            node[NameObject("/ID")] = TextStringObject(f"{before}{node['/ID']}")
        about = node.get("/A")
        about = about.get_object() if about else None
        if isinstance(about, DictionaryObject) and "/Headers" in about:
            names = cast("ArrayObject", about["/Headers"])
            mine = (TextStringObject(f"{before}{name}") for name in names)
            about[NameObject("/Headers")] = ArrayObject(mine)
        _hold_apart(node.get("/K"), before)


def _tagged(part: Joined) -> bool:
    tree = part.reader.root_object.get(_ROOT)
    if tree is None or "/Nums" not in tree.get_object().get(_PARENTS, {}):
        return False
    return all(_OWN in page and "/Annots" not in page for page in part.reader.pages)
