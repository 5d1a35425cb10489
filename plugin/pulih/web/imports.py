"""Taking a spreadsheet in: choose it, look at what it would do, then all of it or nothing."""

from __future__ import annotations

import base64
import csv
import io

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pulih.domain.agency import DeviceKind
from pulih.domain.authority import Deed, require
from pulih.errors import Invalid, Problem
from pulih.service import placing
from pulih.service.importing import MOST_BYTES, Line, Preview, Sheet
from pulih.web import plain
from pulih.web.context import office, person, say
from pulih.web.errors import status_of
from pulih.wording import sentence

blueprint = Blueprint("imports", __name__, url_prefix="/impor/<any(opd, perangkat, jalur):sheet>")
blueprint.before_request(plain.emptied)
_MOST_WRONG, _MOST_RIGHT = 200, 50  # rows that a person can still look over
_EXAMPLES = {
    Sheet.AGENCIES: (
        {
            "nama": "Dinas Contoh Satu",
            "kode": "contoh-satu",
            "singkatan": "Discontoh",
            "alamat": "Jl. Contoh No. 1, Sumbawa Besar",
        },
        {"nama": "Kecamatan Contoh", "kode": "kec-contoh"},
    ),
    Sheet.DEVICES: (
        {
            "opd": "contoh-satu",
            "jenis": "switch",
            "nama": "Switch lantai 2",
            "kode": "contoh-satu-sw2",
            "merek": "MikroTik",
            "model": "CRS326",
            "nomor_seri": "SN-0001",
            "inventaris": "1.3.2.10.02.04.003.0001/2024",
            "alamat_ip": "10.20.7.2",
            "induk": "contoh-satu-rt",
            "port_induk": "lan",
            "sambungan": "kabel",
        },
        {
            "opd": "contoh-satu",
            "jenis": "router",
            "nama": "Router kantor",
            "kode": "contoh-satu-rt",
            "alamat_ip": "10.20.7.1",
            "induk": "kec-contoh-menara",
            "port": "wan",
            "antarmuka": "wan 10.20.254.2/30, lan 10.20.7.1/24",
            "sambungan": "radio",
            "laju": "20 Mbit/s",
        },
        {
            "opd": "kec-contoh",
            "jenis": "radio-link",
            "nama": "Radio menara",
            "kode": "kec-contoh-menara",
            "alamat_ip": "10.20.9.1",
            "peran": "relay",
        },
    ),
    Sheet.PATHS: (
        {
            "kode": "contoh-satu-sw2",
            "induk": "contoh-satu-rt",
            "port": "ether24",
            "laju": "1 Gbit/s",
        },
        {"kode": "kec-contoh-menara", "peran": "relay", "sambungan": "fiber", "laju": "100 Mbit/s"},
    ),
}


def init_app(app: Flask) -> None:
    """Register these pages."""
    app.register_blueprint(blueprint)


@blueprint.get("")
def form(sheet: str) -> ResponseReturnValue:
    """Explain the columns and ask for a file; or go on with the one that a session ended upon."""
    require(person(), Deed.KEEP_REGISTRY)
    draft = office().drafts.get(person(), request.path)
    if draft and draft.fields.get("content"):
        return _previewed(Sheet(sheet), draft.fields["content"][0])
    return _page(Sheet(sheet))


@blueprint.post("")
def preview(sheet: str) -> ResponseReturnValue:
    """Show what a file would do."""
    require(person(), Deed.KEEP_REGISTRY)
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _page(Sheet(sheet), problem=_("Pilih berkas CSV dahulu.")), 422
    content = upload.stream.read(MOST_BYTES + 1)
    return _previewed(Sheet(sheet), base64.b64encode(content).decode("ascii"))


@blueprint.post("/simpan")
def take(sheet: str) -> ResponseReturnValue:
    """Take the file in that was shown."""
    content = request.form.get("content", "")
    try:
        taken = office().importing.take(person(), Sheet(sheet), _bytes(content))
    except Invalid as error:
        flash(" ".join(say(problem.sentence) for problem in error.problems), "warn")
        return _previewed(Sheet(sheet), content, status_of(error))
    office().drafts.drop(person(), url_for(".form", sheet=sheet))
    flash(_("%(count)s baris diimpor.", count=len(taken.lines)), "ok")
    home = "registry.agencies" if taken.sheet is Sheet.AGENCIES else "registry.devices"
    return redirect(url_for(home), code=303)


@blueprint.get("/contoh.csv")
def example(sheet: str) -> ResponseReturnValue:
    """Give out a file to fill in: semicolons and a byte order mark, as spreadsheets set to Indonesian want it."""
    require(person(), Deed.KEEP_REGISTRY)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    columns = Sheet(sheet).columns
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in _EXAMPLES[Sheet(sheet)])
    head = {"Content-Disposition": f"attachment; filename=contoh-{sheet}.csv"}
    return Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv", headers=head)


def _previewed(sheet: Sheet, content: str, status: int = 200) -> ResponseReturnValue:
    try:
        found = office().importing.preview(person(), sheet, _bytes(content))
    except Invalid as error:
        text = " ".join(say(problem.sentence) for problem in error.problems)
        return _page(sheet, problem=text), status_of(error)
    return _page(sheet, found=found, content=content), status


def _page(sheet: Sheet, **shown: object) -> str:
    found = shown.get("found")
    lines = _looked_over(found) if isinstance(found, Preview) else []
    return render_template(
        "imports/sheet.html",
        sheet=sheet,
        lines=lines,
        places=_filled(sheet, lines),
        kinds=DeviceKind,
        roles=placing.ROLES,
        links=placing.LINKS,
        most=MOST_BYTES,
        **shown,
    )


def _filled(sheet: Sheet, lines: list[Line]) -> list[int]:
    """Return the places of the columns to show: those that must be, and those that are not empty."""
    return [
        place
        for place, column in enumerate(sheet.columns)
        if column in sheet.required or any(line.cells[place] for line in lines)
    ]


def _looked_over(found: Preview) -> list[Line]:
    """Return the rows to show: those that are wrong before all, in the order of the sheet."""
    wrong = [line for line in found.lines if line.problems][:_MOST_WRONG]
    right = [line for line in found.lines if not line.problems][:_MOST_RIGHT]
    return sorted([*wrong, *right], key=lambda line: line.number)


def _bytes(content: str) -> bytes:
    """Return the file that a form carried. Raises Invalid."""
    try:
        return base64.b64decode(content, validate=True)
    except ValueError:
        reason = sentence("Berkasnya tidak terbawa. Pilih lagi.")
        raise Invalid([Problem("file", reason)]) from None
