"""A month's papers as a ZIP: every file as it was issued or came back, with a register and its sums."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain, count
from typing import IO

from pulih.domain.papers.kinds import PaperKind
from pulih.errors import NotFound
from pulih.ports import Files, Records
from pulih.service.slips import Slip, damaged

REGISTER, SUMS = "daftar.csv", "SHA256SUMS"
_HEADS = (
    "nomor",
    "jenis",
    "tiket",
    "tanggal",
    "keadaan",
    "diganti_oleh",
    "alasan",
    "sha256",
    "berkas",
)
_BLOCK = 1 << 20
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out
_ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def papers_of(records: Records, month: str) -> list[Slip]:
    """Return all papers with a date of a month, cancelled ones too, by kind and number."""
    order = [kind.value for kind in PaperKind]
    slips = []
    for issued in records.papers.find(month=month):
        line = records.numbers.get(issued.id)
        if line is not None:
            slips.append(Slip(issued, line))
    return sorted(
        slips, key=lambda s: (order.index(s.issued.kind), s.issued.serial, s.issued.at, s.issued.id)
    )


def pack(
    slips: Sequence[Slip], files: Files, to: IO[bytes], tell: Callable[[int, int], None]
) -> None:
    """Write the ZIP. The same papers give the same bytes: each file carries its paper's date.

    Raises:
        Damaged: A content is not there, or not what was issued or came back; the sentence has the paper's number.
        Unavailable: A content cannot be reached.
    """
    rows, sums, names = [], [], _names(slips)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for at, slip in enumerate(slips):
            tell(at, len(slips))
            for name, digest in _contents(slip, names[slip.issued.id]):
                with archive.open(_entry(name, slip.issued.on), "w", force_zip64=True) as place:
                    if not _copied(files, digest, place):
                        raise damaged(slip.issued)
                sums.append(f"{digest}  {name}\n")
            rows.append(_row(slip, slips, names[slip.issued.id]))
        last = max((slip.issued.on for slip in slips), default=date(1980, 1, 1))
        archive.writestr(_entry(REGISTER, last), _table(rows))
        archive.writestr(_entry(SUMS, last), "".join(sums))


def _copied(files: Files, digest: str, to: IO[bytes]) -> bool:
    """Copy a content; tell whether it was there and was what its digest says."""
    seen = hashlib.sha256()
    try:
        with files.open(digest) as content:
            while block := content.read(_BLOCK):
                seen.update(block)
                to.write(block)
    except NotFound:
        return False
    return seen.hexdigest() == digest


def _contents(slip: Slip, name: str) -> Iterator[tuple[str, str]]:
    """Yield name and digest of the paper, and of each copy that came back signed."""
    yield f"{name}.pdf", slip.issued.digest
    for at, signed in enumerate(slip.line.signed, 1):
        what = "ditarik" if signed.withdrawn else "bertanda-tangan"
        yield f"{name}-{what}-{at}{_ENDINGS.get(signed.media_type, '')}", signed.digest


def _names(slips: Sequence[Slip]) -> dict[str, str]:
    """Return a name for each paper that every system can write, and that no other has: agencies number as they like."""
    names, taken = dict[str, str](), set[str]()
    for slip in slips:
        issued = slip.issued
        before = f"{issued.serial:04d}" if issued.series else issued.ticket
        wanted = f"{issued.kind}/{before}-{_ODD.sub('-', issued.number)[:80].strip('-.')}"
        tries = chain([wanted], (f"{wanted}-{n}" for n in count(2)))
        names[issued.id] = name = next(one for one in tries if one.lower() not in taken)
        taken.add(name.lower())
    return names


def _entry(name: str, on: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # the same on every system
    return entry


def _row(slip: Slip, slips: Sequence[Slip], name: str) -> tuple[str, ...]:
    issued, line = slip.issued, slip.line
    after = next((one for one in slips if one.issued.id == line.replaced_by), None)
    return (
        issued.number,
        PaperKind(issued.kind).label,
        issued.ticket,
        issued.on.isoformat(),
        slip.standing.label,
        after.issued.number if after else "",
        line.struck.reason if line.struck else issued.reason,
        issued.digest,
        f"{name}.pdf",
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Return the register as spreadsheets of the office read it: semicolons, and a mark that says UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADS)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
