from __future__ import annotations

import pytest

from pulih.documents import choosing
from pulih.documents.choosing import Chosen
from pulih.errors import Unavailable


class Named:
    def __init__(self, name):
        self.name = name

    def render(self, sheet):
        return f"{self.name} {sheet}".encode()


def refuse(text):
    def opened():
        raise Unavailable(text)

    return opened


def standing(monkeypatch, weasyprint, pdfkit):
    monkeypatch.setattr(choosing, "ENGINES", {"weasyprint": weasyprint, "pdfkit": pdfkit})


def test_by_itself_it_takes_weasyprint(monkeypatch):
    standing(monkeypatch, lambda: Named("w"), lambda: Named("p"))

    assert Chosen("auto").render("x") == b"w x"


def test_where_weasyprint_does_not_work_it_takes_pdfkit(monkeypatch):
    standing(monkeypatch, refuse("Pango belum ada."), lambda: Named("p"))

    assert Chosen("auto").name == "p"


def test_what_was_asked_for_is_taken_or_nothing(monkeypatch):
    standing(monkeypatch, lambda: Named("w"), refuse("wkhtmltopdf tidak ada."))

    with pytest.raises(Unavailable, match=r"wkhtmltopdf tidak ada\."):
        Chosen("pdfkit").render("x")
    assert Chosen("weasyprint").name == "w"


def test_where_neither_works_both_reasons_are_told(monkeypatch):
    standing(monkeypatch, refuse("Pango belum ada."), refuse("wkhtmltopdf tidak ada."))

    with pytest.raises(Unavailable) as refused:
        Chosen("auto").render("x")

    assert "Pango belum ada. wkhtmltopdf tidak ada." in str(refused.value)


def test_an_engine_is_opened_when_something_is_printed_and_once(monkeypatch):
    opened = []
    standing(monkeypatch, lambda: opened.append(1) or Named("w"), refuse("x"))
    chosen = Chosen("auto")
    assert opened == []

    chosen.render("x")
    chosen.render("x")

    assert opened == [1]


def test_what_was_missing_and_is_installed_meanwhile_is_found(monkeypatch):
    standing(monkeypatch, refuse("Pango belum ada."), refuse("tidak ada"))
    chosen = Chosen("weasyprint")
    with pytest.raises(Unavailable):
        chosen.render("x")
    standing(monkeypatch, lambda: Named("w"), refuse("x"))

    assert chosen.render("x") == b"w x"
