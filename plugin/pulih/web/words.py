"""Filters for templates: sentences, dates on the office's clock, durations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from flask import Flask, current_app, request
from flask_babel import format_date, format_datetime, format_decimal, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from pulih.domain import sop
from pulih.domain.authority import Deed, may
from pulih.domain.facts import REFERENCES, Kind
from pulih.domain.people import Role
from pulih.web.context import language, office, say
from pulih.web.looks import marked, shown_of
from pulih.web.probing import result, target_of

_MINUTE, _HOUR = 60, 3600


def init_app(app: Flask) -> None:
    """Register filters and the names that every template knows."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.add_template_filter(say, "say")
    app.add_template_filter(result, "result")
    app.add_template_filter(target_of, "target_of")
    app.add_template_filter(shown_of, "shown")
    app.add_template_filter(marked, "marked")
    app.add_template_filter(first_up, "first_up")
    app.add_template_filter(decimal, "decimal")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(day, "day")
    app.add_template_filter(working, "working")
    app.add_template_filter(field_moment, "field_moment")
    app.context_processor(_names)


def _names() -> dict[str, object]:
    return {
        "STEPS": sop.STEPS,
        "STAGES": sop.STAGES,
        "Kind": Kind,
        "REFERENCES": REFERENCES,
        "Role": Role,
        "Deed": Deed,
        "may": may,
        "language": language(),
        "settings": office().settings,
        "page_url": page_url,
        "here": _here(),
    }


def _here() -> str:
    """Return where one comes back to from choosing another language: after a form, to the page that it stands on."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return request.path if current_app.url_map.bind("").test(request.path, "GET") else "/"


def page_url(number: int) -> str:
    """Return the present address with another page number."""
    args = {**request.args.to_dict(flat=False), "halaman": [str(number)]}
    return f"{request.path}?{urlencode(args, doseq=True)}"


def moment(at: datetime | str | None) -> str:
    """Return a moment on the office's clock, with the zone's name."""
    if not at:
        return "–"
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    text = format_datetime(at, "EEE d MMM y HH.mm" if language() == "id" else "EEE d MMM y HH:mm")
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="minutes"), text)


def day(on: date | datetime | str | None) -> str:
    """Return a date in words."""
    if not on:
        return "–"
    on = date.fromisoformat(on) if isinstance(on, str) else on
    return str(
        format_datetime(on, "d MMM y") if isinstance(on, datetime) else format_date(on, "d MMMM y")
    )


def field_moment(at: str) -> str:
    """Return a kept moment as a `datetime-local` field shows it; what is not one, as it is."""
    try:
        moment_ = datetime.fromisoformat(at)
    except ValueError:
        return at
    if moment_.tzinfo is None:
        return at
    return office().tools.calendar.local(moment_).strftime("%Y-%m-%dT%H:%M")


def decimal(number: float) -> str:
    """Return a number with one digit after the sign that the reader's language has there."""
    return str(format_decimal(round(number, 1)))


def first_up(text: str) -> str:
    """Return a text with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def working(time: timedelta) -> str:
    """Return working time in words: days and hours, or minutes."""
    calendar = office().tools.calendar
    seconds = abs(time.total_seconds())
    days, rest = divmod(seconds, calendar.day.total_seconds())
    hours, minutes = int(rest // _HOUR), int(rest % _HOUR // _MINUTE)
    parts = [
        ngettext("%(num)d hari kerja", "%(num)d hari kerja", int(days)) if days else "",
        _("%(hours)d jam", hours=hours) if hours else "",
        _("%(minutes)d menit", minutes=minutes) if not days and (minutes or not hours) else "",
    ]
    return " ".join(part for part in parts if part)
