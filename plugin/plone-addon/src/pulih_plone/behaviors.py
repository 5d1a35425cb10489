"""What a page of Plone says about itself to the desk, and what the catalogue keeps of it."""

from __future__ import annotations

from Acquisition import aq_base
from plone.autoform.interfaces import IFormFieldProvider
from plone.dexterity.interfaces import IDexterityContent
from plone.indexer import indexer
from plone.supermodel import model
from zope.interface import provider
from zope.schema import TextLine

from pulih_plone.words import _


@provider(IFormFieldProvider)
class IAgencyFolder(model.Schema):
    """A folder, or a page, that stands for an OPD."""

    model.fieldset("pulih", label=_("Gangguan jaringan"), fields=["pulih_agency"])
    pulih_agency = TextLine(
        title=_("Kode OPD"),
        description=_(
            "Kode OPD ini di meja gangguan. Dengan kode ini, halaman menampilkan tiket dan kasusnya."
        ),
        default="",
        required=False,
        max_length=80,
    )


@provider(IFormFieldProvider)
class ITicketPage(model.Schema):
    """A page that tells a case."""

    model.fieldset(
        "pulih",
        label=_("Gangguan jaringan"),
        fields=["ticket_number", "pulih_device", "pulih_fault"],
    )
    ticket_number = TextLine(title=_("Nomor tiket"), default="", required=False, max_length=40)
    pulih_device = TextLine(title=_("Perangkat"), default="", required=False, max_length=200)
    pulih_fault = TextLine(title=_("Jenis gangguan"), default="", required=False, max_length=200)


@indexer(IDexterityContent)
def ticket_number(page: IDexterityContent) -> str:
    """Return the number of the page itself: what lies in a page of a case is no case.

    Raises:
        AttributeError: It has none, so the catalogue keeps none.
    """
    number = getattr(aq_base(page), "ticket_number", "")
    if not number:
        raise AttributeError("ticket_number")
    return number
