"""The text of a case's page on a Plone site: plain, semantic HTML that any theme can show. Pure."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pulih.domain.article import Article, Reading
from pulih.domain.edition import Case, Note, Review
from pulih.domain.plone.page import Attached, Body, Photo, Shown
from pulih.publish.literal import day
from pulih.publish.plone.cleaning import cleaned
from pulih.publish.plone.marks import looked_at, segments
from pulih.publish.plone.panel import Ties, panel
from pulih.publish.plone.plain import plain
from pulih.publish.plone.tables import table
from pulih.publish.plone.typed import blocks, cell, led, words

_NOTES = "Ditambahkan teknisi sesudah tiket selesai; bukan bagian dari catatan resmi."
_OURS = "Halaman ini diterbitkan oleh meja gangguan jaringan, dan diperbarui dari sana."
_REASONS = {
    Review.OLD: "Kasus ini sudah lama, dan belakangan tidak tercatat membantu tiket mana pun.",
    Review.RETIRED: "Perangkatnya tidak dipakai lagi; penggantinya mungkin berbeda.",
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where else a case is to be read: absolute addresses, empty where there is none."""

    wiki: str = ""
    ticket: str = ""


def body(
    case: Case,
    ties: Ties,
    elsewhere: Elsewhere,
    attached: Sequence[Attached],
    shown: Mapping[str, Shown],
) -> Body:
    """Return the text of a case's page. None of what people typed is trusted.

    Args:
        attached: The files of the page, its photographs in the order of `case.pictures`.
        shown: Where those stand that are there already.
    """
    images = [one.id for one in attached if one.image]
    photos = tuple(
        Photo(key, picture.caption)
        for key, picture in zip(images, case.pictures, strict=True)
        if key in shown
    )
    before = [*_warning(case.review), panel(case, ties), *_story(case.article)]
    after = [
        *_looked(case.article),
        *_notes(case.notes),
        *_related(case.article, ties),
        *_ways(elsewhere, attached, shown),
    ]
    if photos:
        before.append("<h2>Foto</h2>")
    return written(before, after, photos)


def written(
    before: Sequence[str], after: Sequence[str] = (), photos: tuple[Photo, ...] = ()
) -> Body:
    """Return a text made of pieces of HTML, cleaned."""
    first, last = cleaned("\n".join(before)), cleaned("\n".join(after))
    told = (plain(first), *(one.caption for one in photos), plain(last))
    return Body(first, last, photos, "\n".join(filter(None, told)))


def _warning(reasons: Sequence[Review]) -> Iterator[str]:
    if reasons:
        said = " ".join(_REASONS[reason] for reason in reasons)
        yield (
            f"<blockquote><p><strong>Perlu ditinjau.</strong> {said} "
            "Periksa dahulu sebelum caranya dipakai.</p></blockquote>"
        )


def _story(article: Article) -> Iterator[str]:
    sure = "Terbukti." if article.cause_confirmed else "Dugaan."
    same = article.observed.split() == article.symptom.split()
    observed = "" if same or not article.observed else led("Menurut teknisi:", article.observed)
    yield from _section("Gejala", blocks(article.symptom), observed)
    yield from _section(
        "Penyebab", led(sure, article.cause) if article.cause else "", segments(article)
    )
    yield from _section("Tindakan", *_actions(article))
    yield from _section("Hasil", blocks(article.result))
    yield from _section("Pencegahan", blocks(article.prevention))


def _actions(article: Article) -> Iterator[str]:
    """The report's own words first; what it merely repeats is not said twice."""
    yield blocks(article.actions)
    parts = {
        "Dari jarak jauh:": article.remote,
        "Di lokasi:": article.on_site,
        "Perangkat baru:": article.installed,
        "Pengaturan:": article.settings,
    }
    for label, text in parts.items():
        if text and text not in article.actions:
            yield led(label, text)


def _looked(article: Article) -> Iterator[str]:
    yield from _section("Jalur yang diperiksa", looked_at(article.way))
    yield from _section("Pemeriksaan", _readings("Yang diperiksa", "Catatan", article.checks))
    yield from _section("Uji coba", _readings("Yang diuji", "Sebelumnya", article.tests))


def _readings(what: str, note: str, readings: Sequence[Reading]) -> str:
    if not readings:
        return ""
    width = 3 if any(reading.note for reading in readings) else 2
    rows = ((cell(r.what), cell(r.value), cell(r.note))[:width] for r in readings)
    return table((what, "Hasil", note)[:width], rows)


def _notes(notes: Sequence[Note]) -> Iterator[str]:
    said = (led(f"{one.name or '–'}, {day(one.at)}:", one.text) for one in notes)
    yield from _section(
        "Catatan kemudian", *((f"<p><em>{_NOTES}</em></p>", *said) if notes else ())
    )


def _related(article: Article, ties: Ties) -> Iterator[str]:
    said = dict.fromkeys(article.related, "")
    said |= dict.fromkeys(ties.came_from, "kasus ini kambuh darinya")
    said |= dict.fromkeys(ties.came_back, "kambuh dari kasus ini")
    first = sorted(said.items(), key=lambda one: not one[1])
    items = [f"<li>{ties.case(number)}{f' – {why}' if why else ''}</li>" for number, why in first]
    yield from _section("Kasus terkait", "\n".join(("<ul>", *items, "</ul>")) if items else "")


def _ways(
    elsewhere: Elsewhere, attached: Sequence[Attached], shown: Mapping[str, Shown]
) -> Iterator[str]:
    """Yield where else the case is to be read."""
    links = [
        (f"{shown[one.id].url}/@@download/file", one.title)
        for one in attached
        if not one.image and one.id in shown
    ]
    if elsewhere.wiki:
        links.append((elsewhere.wiki, "Halaman ini di wiki"))
    if elsewhere.ticket:
        links.append((elsewhere.ticket, "Tiketnya, bagi yang masuk ke meja gangguan"))
    items = [f'<li><a href="{html.escape(to)}">{words(said)}</a></li>' for to, said in links]
    yield "<hr>"
    yield f"<p><em>{_OURS}</em></p>"
    if items:
        yield "\n".join(("<ul>", *items, "</ul>"))


def _section(name: str, *parts: str) -> Iterator[str]:
    kept = [part for part in parts if part]
    if kept:
        yield f"<h2>{name}</h2>"
        yield from kept
