"""Letters as they should not be: each gets a sentence that says what to do, and nothing typed is lost."""

from __future__ import annotations

import pytest

MB = 1024 * 1024


def sent(browser, fields):
    return browser.send("/surat/baru", fields)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("subject", "mati " * 60, "Terlalu panjang"),
        ("letter_date", "2026-02-30", "Bukan tanggal yang ada"),
        ("letter_date", "2031-01-01", "belum terjadi"),
        ("letter_date", "0001-01-01", "tidak masuk akal"),
        ("since", "kemarin sore", "Bukan tanggal dan jam"),
        ("contact_phone", "panggil saja", "Bukan nomor telepon"),
        ("agency", "dinas-hantu", "tidak ada atau tidak dipakai"),
        ("recurrence_of", "2026-7777", "tidak ada atau tidak dipakai"),
        ("letter_number", "\0\x07", "Isian ini wajib"),
    ],
)
def test_a_field_that_does_not_fit_is_explained_and_the_rest_is_kept(
    client_of, form_of, field, value, words
):
    answer = sent(client_of("rina"), form_of("letter", **{field: value}))

    assert answer.status_code == 422
    assert words in answer.text
    assert "Loket KTP-el tidak dapat terhubung ke pusat." in answer.text


def test_a_letter_number_used_twice_is_refused_beside_its_field(client_of, form_of):
    assert sent(client_of("rina"), form_of("letter")).status_code == 303
    answer = sent(client_of("bayu"), form_of("letter"))

    assert answer.status_code == 409
    assert 'id="f-letter_number-salah"' in answer.text
    assert "Loket KTP-el tidak dapat terhubung ke pusat." in answer.text


def test_an_agenda_number_used_twice_is_refused(client_of, form_of):
    assert sent(client_of("rina"), form_of("letter", agenda_number="17/2026")).status_code == 303
    answer = sent(
        client_of("rina"), form_of("letter", agenda_number="17/2026", letter_number="9/9")
    )

    assert answer.status_code == 409
    assert 'id="f-agenda_number-salah"' in answer.text


def test_a_scan_of_30_mb_is_refused_and_the_letter_kept(client_of, form_of, upload):
    big = upload("surat.pdf", b"%PDF-1.7\n" + b"0" * (30 * MB))
    answer = sent(client_of("rina"), {**form_of("letter"), "scan": big})

    assert answer.status_code in (413, 422)
    assert 'id="f-scan-salah"' in answer.text
    assert "20 MB" in answer.text.split('id="f-scan-salah"')[1][:200]
    assert "Loket KTP-el tidak dapat terhubung ke pusat." in answer.text


def test_a_file_whose_content_is_not_its_extension_is_refused(client_of, form_of, upload):
    answer = sent(client_of("rina"), {**form_of("letter"), "scan": upload("surat.pdf")})

    assert answer.status_code == 422
    assert "tidak sesuai akhiran" in answer.text


def test_a_file_of_another_kind_is_refused(client_of, form_of, upload):
    answer = sent(
        client_of("rina"),
        {**form_of("letter"), "scan": upload("surat.html", b"<html><script>1</script>")},
    )

    assert answer.status_code == 422
    assert "bukan PDF, JPEG, atau PNG" in answer.text


def test_a_good_scan_need_not_be_sent_again_when_another_field_was_wrong(
    client_of, form_of, upload, office
):
    rina = client_of("rina")
    first = sent(rina, {**form_of("letter", letter_date="2026-02-30"), "scan": upload("surat.png")})
    assert first.status_code == 422
    kept = first.text.split('name="scan" value="')[1].split('"')[0]

    answer = sent(rina, {**form_of("letter"), "scan": kept})

    number = answer.location.rpartition("/")[2]
    page = rina.get(f"/tiket/{number}")
    assert "surat.png" in page.text
    assert rina.get(f"/tiket/{number}/berkas/{kept}").mimetype == "image/png"


def test_an_agency_reports_for_itself_only(client_of, form_of):
    assert sent(client_of("hasan"), form_of("letter")).status_code == 403


@pytest.mark.parametrize("person", ["irawan", "nurhayati", "salim", "admin"])
def test_heads_and_administrators_register_no_letters(client_of, form_of, person):
    assert client_of(person).get("/surat/baru").status_code == 403
    assert sent(client_of(person), form_of("letter")).status_code == 403


def test_what_was_typed_is_there_again_until_it_is_saved_or_thrown_away(client_of, form_of):
    rina = client_of("rina")
    sent(rina, form_of("letter", letter_date="2026-02-30"))

    assert (
        "Loket KTP-el tidak dapat terhubung ke pusat." in client_of("rina").get("/surat/baru").text
    )
    assert "Loket KTP-el" not in client_of("bayu").get("/surat/baru").text
    assert sent(rina, {"drop": "1"}).status_code == 303
    assert "Loket KTP-el" not in rina.get("/surat/baru").text
