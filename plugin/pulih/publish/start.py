"""The wiki's start page: the ways in, the newest, the most frequent, what came back, and two plots. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from pulih.domain.article import Article
from pulih.domain.edition import Edition
from pulih.publish import addresses
from pulih.publish.groups import newest_first
from pulih.publish.literal import day, front_matter, heading, inline, link, one_line
from pulih.publish.naming import case_link, title
from pulih.publish.plots import cases_plot, hours_plot, month_of, months_shown, most_frequent
from pulih.publish.sheet import Sheet, made_of

START = "index.md"
_NEWEST, _FREQUENT, _RECURRING = 5, 8, 5
_YEAR = 12
_HEAD = {"search": {"exclude": True}, "hide": ["navigation", "toc"]}

_INTRO = """\
Di sini tersimpan apa yang pernah rusak di jaringan kabupaten ini, apa sebabnya, dan apa yang menolong. Setiap
tiket yang selesai sampai langkah 14 menjadi satu halaman, sehingga gangguan yang sama tidak perlu dipecahkan dua kali.

<p><a hidden class="pulih-meja md-button md-button--primary">Buka meja Pulih</a></p>

## Tiga jalan menuju sebuah kasus

<div class="grid cards" markdown="1">

-   **[Menurut OPD](opd/index.md)**

    Apa saja yang pernah terjadi di satu kantor, dan gangguan mana yang paling sering.

-   **[Menurut perangkat](perangkat/index.md)**

    Riwayat satu jenis perangkat, lalu satu merek dan model: router, switch, access point, kabel.

-   **[Menurut gangguan](gangguan/index.md)**

    Semua kasus dengan sebab yang sejenis: kabel putus, catu daya, konflik alamat IP, DNS.

</div>

Atau ketik gejalanya, misalnya *putus-sambung*, di kotak **Cari** di atas."""

_NOTHING_YET = """\
## Yang akan tampil di sini

Belum ada kasus. Begitu sebuah tiket selesai sampai langkah 14, halaman ini menunjukkan kasus yang terbaru, gangguan
yang paling sering dan yang kambuh, serta dua grafik: kasus per bulan dan lama perbaikannya."""

_WHO = """\
## Anda siapa?

<div class="grid cards" markdown="1">

-   **Teknisi**

    Cari gejalanya sebelum berangkat. Di meja Pulih, kotak *Temuan serupa* mengerjakannya untuk Anda pada langkah 5.
    Mulai dari [panduan Tim Jaringan](panduan/tim-jaringan.md).

-   **Kepala**

    Mendisposisikan, menunjuk tim, menerima laporan: masing-masing satu formulir pendek.
    Panduan untuk [Kepala Dinas](panduan/kepala-dinas.md), [Kepala Bidang TI](panduan/kepala-bidang.md), dan
    [Kepala Seksi](panduan/kepala-seksi.md).

-   **OPD**

    Jaringan terganggu? Kirim surat, ikuti jalannya, setujui hasilnya. Mulai dari
    [panduan OPD](panduan/opd.md).

</div>

Urutan lengkapnya, dengan gambar alur dan jatah waktunya, ada di [halaman SOP](sop/index.md). Istilah yang belum
dikenal dijelaskan di [glosarium](glosarium.md)."""


def start_sheets(edition: Edition, digests: Mapping[str, str]) -> Iterator[Sheet]:
    """Yield the start page.

    Args:
        digests: Case number -> `Case.digest`.
    """
    of = made_of(
        "".join(sorted(digests.values())),
        *(part for named in sorted(edition.names.fault_types.items()) for part in named),
        "",
        *(
            part
            for number in sorted(edition.recurring)
            for part in (number, edition.recurring[number])
        ),
    )
    yield Sheet(START, of, partial(start_page, edition))


def start_page(edition: Edition) -> str:
    """Return the page as Markdown. It knows no today: what is counted ends with the newest case."""
    cases = [case.article for case in newest_first(edition.cases)]
    parts = (
        front_matter("Beranda", _HEAD) + "# Wiki Gangguan Jaringan",
        _INTRO,
        *(_cases(edition, cases) if cases else (_NOTHING_YET,)),
        _WHO,
    )
    return "\n\n".join(parts) + "\n"


def _cases(edition: Edition, cases: list[Article]) -> Iterator[str]:
    months = months_shown(cases)
    shown = [case for case in cases if month_of(case.resolved) in months]
    names = _fault_names(edition, shown)
    yield '<div class="pulih-kolom" markdown="1">'
    yield _column("Terbaru", *map(_newest, cases[:_NEWEST]), link("Semua kasus", addresses.CASES))
    year = [case.fault_type for case in shown if month_of(case.resolved) in months[-_YEAR:]]
    yield _column(
        "Paling sering setahun",
        *(
            f"{link(heading(names[fault]) or '–', addresses.fault(fault))} – {count} kasus"
            for fault, count in most_frequent(year, names)[:_FREQUENT]
        ),
        link("Semua gangguan", addresses.FAULTS),
    )
    back = [case for case in cases if case.number in edition.recurring]
    pages = {case.number: case for case in cases}
    yield _column(
        "Kambuh",
        *(_came_back(case, edition.recurring[case.number], pages) for case in back[:_RECURRING]),
        link("Semua yang kambuh", addresses.RECURRING) if back else "Belum ada yang kambuh.",
    )
    yield "</div>"
    yield "## Dalam angka"
    plots = (cases_plot(shown, months, names), hours_plot(shown, months))
    yield "\n".join(('<div class="pulih-grafiknya">', *plots, "</div>"))


def _fault_names(edition: Edition, cases: list[Article]) -> dict[str, str]:
    """Return what the fault types are called: today, or else in the newest case."""
    named = {
        case.fault_type: one_line(case.fault_name) or case.fault_type for case in reversed(cases)
    }
    known = edition.names.fault_types
    return {fault: one_line(known.get(fault, "")) or name for fault, name in named.items()}


def _column(name: str, *items: str) -> str:
    rows = "\n".join(f"- {item}" for item in items)
    return f'<section markdown="1">\n\n## {name}\n\n{rows}\n\n</section>'


def _newest(article: Article) -> str:
    said = (article.agency_name, article.fault_name, day(article.resolved))
    target = addresses.case(article.number, article.year)
    details = " · ".join(inline(word) for word in said if word)
    return f"{link(title(article), target)}<br><small>{details}</small>"


def _came_back(article: Article, earlier: tuple[str, ...], pages: Mapping[str, Article]) -> str:
    target = addresses.case(article.number, article.year)
    before = case_link(earlier[0], START, pages, short=True)
    details = f"{inline(article.agency_name)} · kambuh dari {before}"
    return f"{link(title(article), target)}<br><small>{details}</small>"
