"""Papers that were issued, and their numbers, as JSON documents and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pulih.domain.bundle import Bundle, BundleKind, Stage
from pulih.domain.issued import Issued, Numbered, Standing
from pulih.domain.signed import Examined, FoundSignature, Signed
from pulih.domain.struck import Struck
from pulih.ports import Document
from pulih.store.codec import Codec, folded
from pulih.store.seal import sealed


def _paper_out(paper: Issued) -> Document:
    """Return the document, sealed: it is written once, and whoever rewrites it is found."""
    return sealed(
        asdict(paper)
        | {
            "parties": list(paper.parties),
            "on": paper.on.isoformat(),
            "at": paper.at.isoformat(),
            "month": paper.month,
        }
    )


def _paper_back(document: Document) -> Issued:
    known = _known(Issued, document)
    return Issued(
        **known
        | {
            "parties": tuple(document["parties"]),
            "on": date.fromisoformat(document["on"]),
            "at": datetime.fromisoformat(document["at"]),
        }
    )


def _number_out(line: Numbered) -> Document:
    """Return the document. `held` is free again where the paper is not valid; a number stands once in its series."""
    return asdict(line) | {
        "struck": _struck_out(line.struck),
        "signed": [_signed_out(signed) for signed in line.signed],
        "held": line.place if line.standing is Standing.VALID else None,
        "number_key": f"{line.series}\n{folded(line.number)}" if line.series else None,
    }


def _number_back(document: Document) -> Numbered:
    return Numbered(
        **_known(Numbered, document)
        | {
            "struck": _struck_back(document.get("struck")),
            "signed": tuple(_signed_back(row) for row in document.get("signed", ())),
        }
    )


def _struck_out(struck: Struck | None) -> Document | None:
    return asdict(struck) | {"at": struck.at.isoformat()} if struck else None


def _struck_back(row: Document | None) -> Struck | None:
    return Struck(**row | {"at": datetime.fromisoformat(row["at"])}) if row else None


def _signed_out(signed: Signed) -> Document:
    return asdict(signed) | {
        "at": signed.at.isoformat(),
        "withdrawn": _struck_out(signed.withdrawn),
        "found": {
            "readable": signed.found.readable,
            "signatures": [
                asdict(one) | {"at": one.at and one.at.isoformat()}
                for one in signed.found.signatures
            ],
        },
    }


def _signed_back(row: Document) -> Signed:
    found = row["found"]
    signatures = tuple(
        FoundSignature(**one | {"at": one["at"] and datetime.fromisoformat(one["at"])})
        for one in found["signatures"]
    )
    return Signed(
        **row
        | {
            "at": datetime.fromisoformat(row["at"]),
            "found": Examined(found["readable"], signatures),
            "withdrawn": _struck_back(row.get("withdrawn")),
        }
    )


def _known(kind: Any, document: Document) -> Document:  # noqa: ANN401 - a class of records
    """Return the fields that a record has; the document has others, and may lack those that came later."""
    return {name: document[name] for name in kind.__slots__ if name in document}


def _bundle_out(bundle: Bundle) -> Document:
    return asdict(bundle) | {"at": bundle.at.isoformat()}


def _bundle_back(document: Document) -> Bundle:
    known = _known(Bundle, document)
    changed = {
        "kind": BundleKind(document["kind"]),
        "state": Stage(document["state"]),
        "at": datetime.fromisoformat(document["at"]),
    }
    return Bundle(**known | changed)


ISSUED: Codec[Issued] = Codec(_paper_out, _paper_back)
NUMBERED: Codec[Numbered] = Codec(_number_out, _number_back)
BUNDLE: Codec[Bundle] = Codec(_bundle_out, _bundle_back)
