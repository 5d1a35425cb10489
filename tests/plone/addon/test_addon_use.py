"""The add-on on a Plone site, together with a real desk: set up, read, searched, and reported through."""

from __future__ import annotations

from uuid import uuid4

import pytest

from pulih.domain.ticket import text

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FORM = "dukcapil/@@lapor-gangguan"


def filled(**changes):
    return {
        "letter_number": f"005/{uuid4().hex[:8]}/DUKCAPIL",
        "letter_date": "2026-02-27",
        "subject": "Jaringan loket putus",
        "place": "Lantai 2",
        "disturbed": "Loket tidak terhubung.\nSejak pagi.",
        "since": "2026-02-27T08:15",
        "position": "Kasubbag Umum",
        "phone": "0812-3456-7890",
        **changes,
    }


def test_the_connection_is_tried_before_anybody_relies_on_it(town, real_desk):
    shown = town.connect(real_desk.url, real_desk.door, real_desk.token)

    assert f"Tersambung dengan {real_desk.url}: 46 OPD" in shown.says


def test_a_wrong_token_is_told_as_what_it_is(town, real_desk):
    shown = town.connect(real_desk.url, real_desk.door, "token-yang-salah")

    assert "Meja menolak (401)" in shown.says


def test_the_token_comes_out_nowhere(connected, real_desk):
    admin = connected.admin

    panel = admin.go("@@pulih-controlpanel").source
    records = connected.hand.get("@registry?b_size=5000&q=pulih")
    assert real_desk.token not in panel
    assert "pulih_plone.interfaces.IDeskSettings.desk_url" in str(records)
    assert real_desk.token not in str(records)


def test_saving_without_a_token_keeps_the_one_that_was_there(connected, real_desk):
    shown = connected.connect(real_desk.url, real_desk.door, "")

    assert "Tersambung" in shown.says


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("desk_url", "javascript:alert(1)"),
        ("desk_url", "https://meja.go.id/di/bawah"),
        ("door", "../pintu"),
        ("timeout", "0"),
        ("timeout", "3600"),
        ("timeout", "banyak"),
        ("max_files", "99"),
        ("wiki_url", "wiki"),
    ],
)
def test_settings_that_cannot_be_are_shown_at_their_field(connected, name, typed):
    admin = connected.admin

    shown = admin.send(admin.go("@@pulih-controlpanel"), **{name: typed})

    assert shown.wrong(name)
    assert shown.fields[name] == typed
    assert admin.go("@@pulih-controlpanel").fields[name] != typed


def test_only_administrators_set_it_up(connected):
    assert "Gangguan jaringan (Pulih)" not in connected.member.go("@@pulih-controlpanel").says
    assert "Gangguan jaringan (Pulih)" not in connected.anybody.go("@@pulih-controlpanel").says


def test_settings_cannot_be_changed_from_another_site(connected):
    admin = connected.admin
    page = admin.go("@@pulih-controlpanel")

    shown = admin.send(page, _authenticator="0" * 40, timeout="29")

    assert "terlalu lama terbuka" in shown.says
    assert admin.go("@@pulih-controlpanel").fields["timeout"] != "29"


def test_a_visitor_sees_an_opds_tickets_and_cases_on_its_folder(connected, real_desk):
    with real_desk.office() as office, office.tools.store.reading() as records:
        door = records.doors.get(real_desk.door)
        told = office.showing.agency(door, "dukcapil")

    shown = connected.anybody.go("dukcapil")

    assert told.open
    assert told.cases
    assert all(one.ticket.number in shown.says for one in told.open[:5])
    assert all(article.title in shown.says for article in told.cases[:5])
    ours = [link for link in shown.links if link.startswith(real_desk.url)]
    assert f"{real_desk.url}/tiket/{told.open[0].ticket.number}" in ours
    assert any("/wiki/kasus/" in link for link in ours)


def test_a_folder_that_stands_for_no_opd_is_as_it_was(connected):
    if connected.hand("GET", "lain").status == 404:
        connected.hand.post("", {"@type": "Folder", "id": "lain", "title": "Lain"})

    assert "Sedang ditangani" not in connected.admin.go("lain").says


def test_where_no_opd_is_given_one_is_chosen(connected):
    anybody = connected.anybody

    assert "Dinas Kesehatan" in anybody.go("@@gangguan-opd").says
    assert "Sedang ditangani" in anybody.go("@@gangguan-opd", opd="dinkes").says


def test_an_opd_that_the_desk_does_not_know_is_said_to_be_so(connected):
    shown = connected.anybody.go("@@gangguan-opd", opd="tidak/ada?x=1")

    assert shown.status == 200
    assert "tidak mengenal OPD ini" in shown.says


def test_the_search_finds_cases_through_the_server(connected, real_desk):
    shown = connected.anybody.go("@@cari-gangguan", q="internet lambat")

    assert any(link.startswith(f"{real_desk.url}/wiki/kasus/") for link in shown.links)
    assert real_desk.url.encode() not in shown.url.encode()


def test_a_search_for_nothing_and_one_in_vain_say_so(connected):
    assert connected.anybody.go("@@cari-gangguan").status == 200
    shown = connected.anybody.go("@@cari-gangguan", q="zzqxkv")
    assert "Tidak ada kasus yang cocok" in shown.says


def test_volto_gets_the_same_over_rest(connected):
    hand = connected.hand

    overview = hand.get("dukcapil/@gangguan-opd")
    found = hand.get("@cari-gangguan?q=internet+lambat")

    assert overview["agency"]["id"] == "dukcapil"
    assert overview["cases"][0]["url"].startswith("http://")
    assert found["results"]
    assert hand.get("@gangguan-opd")["agencies"]


def test_a_member_reports_and_gets_the_number(connected, real_desk):
    member = connected.member

    shown = member.send(
        member.go(FORM),
        [("surat.pdf", PDF, "application/pdf")],
        **filled(subject="Loket <b>putus</b> & lambat"),
    )

    assert "Surat diterima" in shown.says
    number = next(link for link in shown.links if "/tiket/" in link).rsplit("/", 1)[-1]
    assert number in shown.says
    with real_desk.office() as office, office.tools.store.reading() as records:
        ticket = records.tickets.get(number)
    letter = ticket.history[0]
    assert text(letter.facts, "agency") == "dukcapil"
    assert text(letter.facts, "subject") == "Loket <b>putus</b> & lambat"
    assert text(letter.facts, "disturbed") == "Loket tidak terhubung.\nSejak pagi."
    assert "Nurul Aini" in text(letter.facts, "sender")
    assert "Portal Kabupaten" in text(letter.facts, "through")
    assert len(letter.facts["scan"]) == 1


def test_the_new_ticket_is_on_the_folder_at_once(connected):
    member = connected.member
    connected.anybody.go("dukcapil")  # held for a minute from here

    shown = member.send(member.go(FORM), **filled(subject="Tampil seketika"))

    number = next(link for link in shown.links if "/tiket/" in link).rsplit("/", 1)[-1]
    assert number in connected.anybody.go("dukcapil").says


def test_the_same_form_sent_twice_is_one_ticket(connected):
    member = connected.member
    form, typed = member.go(FORM), filled()

    first, second = (member.send(form, **typed) for _ in range(2))

    assert "Surat diterima" in first.says
    assert [one for one in first.links if "/tiket/" in one] == [
        one for one in second.links if "/tiket/" in one
    ]


def test_a_form_that_was_changed_after_it_arrived_says_so(connected):
    member = connected.member
    form, typed = member.go(FORM), filled()
    member.send(form, **typed)

    shown = member.send(form, **{**typed, "subject": "Lain sekali"})

    assert "sudah tercatat sebelumnya" in shown.says


def test_a_report_from_the_front_page_names_its_opd(connected, real_desk):
    member = connected.member

    shown = member.send(member.go("@@lapor-gangguan"), **filled(agency="dinkes"))

    number = next(link for link in shown.links if "/tiket/" in link).rsplit("/", 1)[-1]
    with real_desk.office() as office, office.tools.store.reading() as records:
        assert records.tickets.get(number).agency == "dinkes"


def test_in_an_opds_folder_nobody_reports_for_another(connected, real_desk):
    member = connected.member

    shown = member.send(member.go(FORM), **filled(agency="dinkes"))

    number = next(link for link in shown.links if "/tiket/" in link).rsplit("/", 1)[-1]
    with real_desk.office() as office, office.tools.store.reading() as records:
        assert records.tickets.get(number).agency == "dukcapil"


def test_what_the_desk_finds_wrong_stands_at_its_field_and_what_was_typed_stays(connected):
    member = connected.member
    typed = filled(letter_date="2031-01-01", subject='Tanda "kutip" & <sudut>')

    shown = member.send(member.go(FORM), **typed)

    assert shown.wrong("letter_date")
    assert {name: shown.fields[name] for name in typed} == typed


def test_a_number_that_was_used_is_said_at_its_field(connected):
    member, typed = connected.member, filled()
    member.send(member.go(FORM), **typed)

    shown = member.send(member.go(FORM), **typed)

    assert shown.wrong("letter_number")


def test_an_empty_form_is_not_sent_and_says_what_is_missing(connected):
    member = connected.member

    shown = member.send(member.go(FORM))

    assert shown.wrong("subject") == "Harus diisi."
    assert shown.wrong("position") == ""


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("surat.pdf", b"<script>", "application/pdf")], "hanya PDF, JPEG, atau PNG"),
        ([("besar.pdf", PDF + b" " * (5 << 20), "application/pdf")], "paling besar 5 MB"),
        ([(f"{n}.pdf", PDF, "application/pdf") for n in range(4)], "Paling banyak 3 lampiran"),
    ],
)
def test_files_that_do_not_fit_are_not_sent(connected, files, says):
    member = connected.member

    shown = member.send(member.go(FORM), files, **filled())

    assert says in shown.wrong("attachments")
    assert "Pilih lagi berkasnya" in shown.says


def test_a_form_from_another_site_is_not_sent_and_keeps_what_was_typed(connected):
    member, typed = connected.member, filled()

    shown = member.send(member.go(FORM), **typed, _authenticator="0" * 40)

    assert "terlalu lama terbuka" in shown.says
    assert shown.fields["subject"] == typed["subject"]
    assert "Surat diterima" in member.send(shown).says


def test_who_is_not_signed_in_is_asked_to(connected):
    shown = connected.anybody.go(FORM)

    assert "login" in shown.url
    assert "subject" not in shown.fields


def test_who_may_report_is_settled_where_plone_settles_permissions(connected):
    admin = connected.admin
    page = admin.go("@@pulih-controlpanel")

    def give(*roles, acquire):
        told = {
            "permission_to_manage": "pulih.plone: Report a network fault",
            "roles:list": roles,
            "_authenticator": page.fields["_authenticator"],
            **({"acquire": "1"} if acquire else {}),
        }
        where = f"{connected.url}/manage_permission"
        assert admin.session.post(where, data=told, timeout=60).status_code < 400

    try:
        give("Manager", acquire=False)
        assert "subject" not in connected.member.go(FORM).fields
        assert "Lapor gangguan" not in connected.member.go("dukcapil").says
        assert "subject" in admin.go(FORM).fields
    finally:
        give(acquire=True)
    assert "subject" in connected.member.go(FORM).fields
