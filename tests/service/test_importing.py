"""Taking agencies and devices in from a spreadsheet: everything shown first, then all or nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.domain.agency import Agency, Device, DeviceKind
from pulih.errors import Invalid, NotAllowed, TooLarge
from pulih.service import csv_table
from pulih.service import importing as module
from pulih.service.importing import Sheet

AGENCIES = """nama,kode,singkatan,alamat
Dinas Kesehatan,dinkes,Dinkes,"Jl. Garuda 1, Sumbawa"
Kecamatan Alas,,,
"""
SEMICOLONS = b"""nama;kode;singkatan;alamat
Dinas Kesehatan;dinkes;Dinkes;Jl. Garuda 1, Sumbawa
Kecamatan Alas;;;
"""
OTHER_ORDER = b"""kode,nama,alamat,keterangan,singkatan
dinkes,Dinas Kesehatan,"Jl. Garuda 1, Sumbawa",x,Dinkes
,Kecamatan Alas,,,
"""
GAPS = b""" NAMA , Kode ,Singkatan,ALAMAT
 Dinas Kesehatan ,dinkes, Dinkes,"Jl. Garuda 1, Sumbawa"

,,,
Kecamatan Alas
"""
DEVICES = """opd,jenis,nama,kode,lokasi,merek,model,nomor_seri,inventaris,alamat_ip
dukcapil,switch,Switch arsip,,dukcapil-pusat,MikroTik,CRS326,SN-1,INV-1,10.12.7.20
dikbud,Access Point,AP aula,ap-aula,,,,,,
"""


@pytest.fixture
def take(office, cast):
    def run(content, sheet=Sheet.AGENCIES):
        data = content if isinstance(content, bytes) else content.encode()
        return office.importing.take(cast.admin, sheet, data)

    return run


@pytest.fixture
def preview(office, cast):
    def run(content, sheet=Sheet.AGENCIES):
        data = content if isinstance(content, bytes) else content.encode()
        return office.importing.preview(cast.admin, sheet, data)

    return run


@pytest.fixture
def known(office):
    """The identifiers of all agencies and devices."""

    def keys():
        with office.tools.store.reading() as records:
            shelves = (records.agencies, records.devices)
            return {item.id for shelf in shelves for item in shelf.all(active=None)}

    return keys


@pytest.fixture
def found(office, cast):
    return lambda kind, key: office.registry.get(cast.admin, kind, key)


# ---- All or nothing ---------------------------------------------------------------------------


def test_agencies_come_in_with_or_without_an_identifier(take, found):
    assert take(AGENCIES).wrong == 0
    assert found(Agency, "dinkes") == Agency(
        "dinkes", "Dinas Kesehatan", "Dinkes", "Jl. Garuda 1, Sumbawa"
    )
    assert found(Agency, "kecamatan-alas").name == "Kecamatan Alas"


def test_devices_come_in_with_their_kind_by_code_or_by_name(take, found):
    take(DEVICES, Sheet.DEVICES)
    assert found(Device, "dukcapil-switch-arsip") == Device(
        "dukcapil-switch-arsip",
        "dukcapil",
        DeviceKind.SWITCH,
        "Switch arsip",
        "dukcapil-pusat",
        "MikroTik",
        "CRS326",
        "SN-1",
        "INV-1",
        "10.12.7.20",
    )
    assert found(Device, "ap-aula").kind is DeviceKind.ACCESS_POINT


def test_what_came_in_asks_for_publishing_once(office, preview, take):
    asked = office.tools.jobs.published
    preview(AGENCIES)
    assert office.tools.jobs.published == asked
    take(AGENCIES)
    assert office.tools.jobs.published == asked + 1


def test_a_preview_changes_nothing_and_says_what_would_come(preview, known):
    before = known()
    shown = preview(AGENCIES)
    assert known() == before
    assert shown.wrong == 0
    assert [line.number for line in shown.lines] == [2, 3]
    assert shown.lines[0].cells == ("Dinas Kesehatan", "dinkes", "Dinkes", "Jl. Garuda 1, Sumbawa")


def test_after_a_preview_the_same_sheet_still_comes_in(preview, take, known):
    preview(AGENCIES)
    take(AGENCIES)
    assert {"dinkes", "kecamatan-alas"} <= known()


def test_a_preview_waits_for_no_writer_and_keeps_none_waiting(office, preview):
    with office.tools.store.writing() as records:
        records.agencies.add(Agency("dinkes", "Dinkes"))
        assert preview(AGENCIES).wrong == 0  # it sees what is committed


def test_what_others_wrote_after_a_preview_is_seen_when_the_sheet_is_taken(
    office, cast, preview, take, known
):
    assert preview(AGENCIES).wrong == 0
    office.registry.add(cast.admin, Agency("dinkes", "Dinas Kesehatan"))
    with pytest.raises(Invalid, match="1 baris"):
        take(AGENCIES)
    assert "kecamatan-alas" not in known()


@pytest.fixture
def meanwhile(office, cast, monkeypatch):
    """Have somebody add an agency between the trial of a sheet and its being taken, once."""
    tried = module._tried

    def add(agency):
        def then(*given):
            monkeypatch.setattr(module, "_tried", tried)
            trial = tried(*given)
            office.registry.add(cast.admin, agency)
            return trial

        monkeypatch.setattr(module, "_tried", then)

    return add


def test_a_code_that_somebody_takes_in_between_is_not_given_twice(meanwhile, take, known):
    meanwhile(Agency("kecamatan-alas", "Kecamatan Alas"))
    take(AGENCIES)
    assert {"dinkes", "kecamatan-alas", "kecamatan-alas-2"} <= known()

    before = known()
    meanwhile(Agency("kominfo", "Kominfo"))
    with pytest.raises(Invalid, match="1 baris"):
        take("nama,kode\nPertama,pertama\nKominfo,kominfo\n")
    assert known() == before | {"kominfo"}


def test_a_device_cannot_take_a_code_that_an_earlier_row_or_the_store_has(preview):
    head = "opd,jenis,nama,kode\n"
    shown = preview(
        head + "dukcapil,switch,A,sw-loket\ndukcapil,switch,B,baru-1\ndukcapil,switch,C,baru-1\n",
        Sheet.DEVICES,
    )
    said = [" ".join(map(str, line.problems)) for line in shown.lines]
    assert said == [
        "Kode sw-loket sudah dipakai. Pilih yang lain.",
        "",
        "Kode baru-1 sudah dipakai. Pilih yang lain.",
    ]


def test_rows_of_one_name_get_the_codes_that_they_would_get_one_by_one(take, known):
    take("opd,jenis,nama\n" + "dukcapil,switch,Rak\n" * 4, Sheet.DEVICES)
    assert {"dukcapil-rak", "dukcapil-rak-2", "dukcapil-rak-3", "dukcapil-rak-4"} <= known()


def test_one_wrong_row_keeps_all_the_others_out(take, known):
    before = known()
    with pytest.raises(Invalid, match="1 baris") as error:
        take(AGENCIES + "Dukcapil lagi,dukcapil,,\n")
    assert [problem.field for problem in error.value.problems] == ["file"]
    assert known() == before


def test_every_row_says_what_is_wrong_with_it(preview):
    shown = preview(
        """nama,kode,singkatan
,kosong,
Dinas A,dukcapil,
Dinas B,Kode Salah,
Dinas C,dinas-c,"""
        + "x" * 31
        + """
Dinas D,dinas-d,
Dinas E,dinas-d,
"""
    )
    wrong = {
        line.number: [str(problem) for problem in line.problems]
        for line in shown.lines
        if line.problems
    }
    assert shown.wrong == 5
    assert wrong[2] == ["Isian ini wajib."]
    assert "dukcapil sudah dipakai" in wrong[3][0]
    assert "huruf kecil" in wrong[4][0]
    assert "30" in wrong[5][0]
    assert "dinas-d sudah dipakai" in wrong[7][0]  # twice in the same sheet


def test_rows_of_devices_say_what_is_wrong_with_them(preview):
    head = DEVICES.splitlines()[0]
    rows = [
        "dukcapil,kulkas,Kulkas,,,,,,,",
        "antah,switch,Switch,,,,,,,",
        "dukcapil,switch,Switch,,dikbud-pusat,,,,,",
        "dukcapil,switch,Switch,,,,,,,10.0.0.0/8",
        ",switch,Switch,,,,,,,",
    ]
    shown = preview("\n".join([head, *rows]), Sheet.DEVICES)
    said = [" ".join(map(str, line.problems)) for line in shown.lines]
    for text, part in zip(
        said,
        (
            "Pakai: router, switch",
            "antah tidak dikenal",
            "bukan lokasi OPD ini",
            "bukan alamat IP",
            "tidak dikenal",
        ),
        strict=True,
    ):
        assert part in text


def test_a_row_with_an_unknown_agency_has_that_problem_alone(preview):
    shown = preview("opd,jenis,nama\nDinas Antah Berantah,switch,Switch\n", Sheet.DEVICES)
    (line,) = shown.lines
    assert len(line.problems) == 1


# ---- Spreadsheets as people save them ---------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        AGENCIES.encode(),
        AGENCIES.encode("utf-8-sig"),
        AGENCIES.replace("\n", "\r\n").encode(),
        SEMICOLONS,
        OTHER_ORDER,
        GAPS,
    ],
    ids=["utf-8", "byte order mark", "windows lines", "semicolons", "other order", "gaps"],
)
def test_the_same_agencies_come_out_of_every_way_to_save_them(take, found, content):
    take(content)
    assert found(Agency, "dinkes") == Agency(
        "dinkes", "Dinas Kesehatan", "Dinkes", "Jl. Garuda 1, Sumbawa"
    )
    assert found(Agency, "kecamatan-alas").address == ""


def test_letters_of_an_old_windows_are_read(take, found):
    take("nama,kode\nCafé Sumbawa – “Tambora”,cafe\n".encode("cp1252"))
    assert found(Agency, "cafe").name == "Café Sumbawa – “Tambora”"


def test_a_row_keeps_the_number_that_the_spreadsheet_shows(preview):
    shown = preview('nama,alamat\n\nDinas A,"Jl. Satu\nLantai 2"\n,\nDinas B,\n')
    assert [(line.number, line.cells[0]) for line in shown.lines] == [
        (3, "Dinas A"),
        (5, "Dinas B"),
    ]


def test_cells_beyond_the_heading_are_left_out(preview):
    shown = preview("nama,kode\nDinas A,dinas-a,lebih,lagi\n")
    assert shown.lines[0].cells == ("Dinas A", "dinas-a", "", "")


# ---- What is no sheet -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "kosong"),
        (b"\n\n", "tidak ada"),
        (b"nama,kode\n", "kosong"),
        (b"nama,kode\n,\n , \n", "kosong"),
        (b"kode,alamat\nx,y\n", "Judul kolom nama tidak ada"),
        (b"PK\x03\x04\x14\x00\x06\x00", "bukan berkas CSV"),
        ("nama,kode\nDinas,x\n".encode("utf-16"), "bukan berkas CSV"),
        (b'nama\n"Dinas" A"\n"tak tertutup\n', "rusak"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "bukan berkas CSV"),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_reason(take, known, content, told):
    before = known()
    with pytest.raises(Invalid, match=told) as error:
        take(content)
    assert [problem.field for problem in error.value.problems] == ["file"]
    assert known() == before


def test_missing_columns_are_all_named_with_those_that_are_known(preview):
    with pytest.raises(Invalid, match="jenis, nama") as error:
        preview("opd,merek\ndukcapil,Cisco\n", Sheet.DEVICES)
    assert "alamat_ip" in str(error.value)


def test_a_sheet_over_the_limit_is_refused(take, monkeypatch):
    monkeypatch.setattr(csv_table, "MOST_BYTES", 50)
    with pytest.raises(TooLarge):
        take(AGENCIES)


def test_a_sheet_of_too_many_rows_is_refused(take, monkeypatch):
    monkeypatch.setattr(csv_table, "_MOST_ROWS", 1)
    with pytest.raises(Invalid, match="Lebih dari 1 baris"):
        take(AGENCIES)


@pytest.mark.parametrize("who", ["contact", "head", "section", "lead"])
def test_only_the_administrator_imports(office, cast, who):
    for ask in (office.importing.preview, office.importing.take):
        with pytest.raises(NotAllowed):
            ask(getattr(cast, who), Sheet.AGENCIES, AGENCIES.encode())


@given(
    content=st.binary(max_size=80)
    | st.text('na,;"\n\r x\0', max_size=40).map(lambda t: ("nama" + t).encode())
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_whatsoever_trips_the_preview(preview, content):
    for sheet in Sheet:
        try:
            preview(content, sheet)
        except Invalid as error:
            problems = error.problems
        else:
            problems = ()
        assert len(problems) <= 1


@pytest.mark.slow
def test_a_sheet_of_five_thousand_rows_comes_in(take, known):
    rows = "".join(f"Sekolah Dasar,,SD,Desa {n}\n" for n in range(5000))
    take("nama,kode,singkatan,alamat\n" + rows)
    assert "sekolah-dasar-5000" in known()


def test_sheets_have_names_and_columns():
    assert [sheet.label for sheet in Sheet] == ["OPD", "Perangkat", "Jalur perangkat"]
    assert [sheet.required for sheet in Sheet] == [("nama",), ("opd", "jenis", "nama"), ("kode",)]
