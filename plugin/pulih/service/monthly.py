"""A month's papers as a ZIP: every file as it was issued or came back, with a register and its sums."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import IO

from pulih.domain.papers.kinds import PaperKind
from pulih.ports import Files, Records
from pulih.service.papers import Slip

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
    return sorted(slips, key=lambda slip: (order.index(slip.issued.kind), slip.issued.serial))


def pack(
    slips: Sequence[Slip], files: Files, to: IO[bytes], tell: Callable[[int, int], None]
) -> None:
    """Write the ZIP. The same papers give the same bytes: each file carries its paper's date.

    Raises:
        NotFound, Unavailable: A content is not there, or cannot be reached.
    """
    rows, sums = [], []
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for at, slip in enumerate(slips):
            tell(at, len(slips))
            for name, digest in _contents(slip):
                with (
                    files.open(digest) as content,
                    archive.open(_entry(name, slip.issued.on), "w", force_zip64=True) as place,
                ):
                    shutil.copyfileobj(content, place)
                sums.append(f"{digest}  {name}\n")
            rows.append(_row(slip, slips))
        last = max((slip.issued.on for slip in slips), default=date(1980, 1, 1))
        archive.writestr(_entry(REGISTER, last), _table(rows))
        archive.writestr(_entry(SUMS, last), "".join(sums))


def _contents(slip: Slip) -> Iterator[tuple[str, str]]:
    """Yield name and digest of the paper, and of each copy that came back signed."""
    name = _name(slip)
    yield f"{name}.pdf", slip.issued.digest
    for at, signed in enumerate(slip.line.signed, 1):
        yield f"{name}-bertanda-tangan-{at}{_ENDINGS.get(signed.media_type, '')}", signed.digest


def _name(slip: Slip) -> str:
    """Return a name that every system can write: no place in it is anybody's to choose."""
    issued = slip.issued
    return f"{issued.kind}/{issued.serial:04d}-{_ODD.sub('-', issued.number)[:80].strip('-.')}"


def _entry(name: str, on: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # the same on every system
    return entry


def _row(slip: Slip, slips: Sequence[Slip]) -> tuple[str, ...]:
    issued, line = slip.issued, slip.line
    after = next((one for one in slips if one.issued.id == line.replaced_by), None)
    return (
        issued.number,
        PaperKind(issued.kind).label,
        issued.ticket,
        issued.on.isoformat(),
        slip.standing.label,
        after.issued.number if after else "",
        line.struck.reason if line.struck else "",
        issued.digest,
        f"{_name(slip)}.pdf",
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
