"""Which OPD a page of the site stands for."""

from __future__ import annotations

from Acquisition import aq_base, aq_chain
from zope.interface import Interface


def own_agency(page: Interface) -> str:
    """Return the code of the OPD that stands at this page itself, or nothing."""
    code = getattr(aq_base(page), "pulih_agency", "")
    return code.strip() if isinstance(code, str) else ""


def stands_for_agency(page: Interface) -> bool:
    """Tell whether this is an OPD's own page: a case has its OPD's code too, and tells itself."""
    return bool(own_agency(page)) and not getattr(aq_base(page), "ticket_number", "")


def agency_around(page: Interface) -> str:
    """Return the code of the OPD in whose folder this page lies, or nothing."""
    return next((code for code in map(own_agency, aq_chain(page)) if code), "")
