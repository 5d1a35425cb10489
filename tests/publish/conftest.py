"""Cases to publish, an office to publish them in, and eyes that see a page as a reader does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from editions import edition
from hypothesis import strategies as st
from mkdocs.config import load_config

from pulih.domain.article import Article, Reading
from pulih.publish.site import SitePublisher

ROOT = Path(__file__).resolve().parents[2]

# What breaks pages elsewhere: tags, Markdown's marks, templates, front matter, extensions, the theme's own attributes.
HOSTILE = (
    "<script>alert(1)</script>",
    "</title><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<!-- selesai",
    "&amp; &lt; &#60; &nbsp",
    "**tebal** _miring_ `kode` ~~coret~~ ^atas^",
    "| a | b |",
    "|---|---|",
    "{% raw %}{{ config }}{% endraw %}",
    "{: #isi .kelas onclick=alert(4) }",
    "[[halaman]] [tautan](https://contoh.example) ![](x.png)",
    "<https://contoh.example> https://contoh.example www.contoh.example a@contoh.example",
    "---",
    "===",
    "...",
    "# judul",
    "## judul ##",
    "> kutipan",
    "1. satu",
    "12345) satu",
    "- butir",
    "+ butir",
    ": arti",
    "!!! note",
    "??? note",
    "*[HTML]: singkatan",
    "[^1]: catatan",
    "[a]: https://contoh.example",
    "```mermaid",
    "~~~",
    "    empat spasi",
    "\tgaris masuk",
    "dua  spasi   tiga ",
    "[TOC]",
    ":smile: (c) -- \"kutip\" 'kutip' $x$",
    'data-search-exclude="x" data-search-y="z"',
    "C:\\Windows\\system32 \\* \\",
    "\x02klzzwxh:0001\x03 wzxhzdk:0",
    "é ü 漢字 😀 \u2028 \u00a0 \u3000 \u200b",
)
hostile_texts = st.lists(
    st.sampled_from(HOSTILE) | st.text(max_size=20), min_size=1, max_size=6
).map("\n".join) | st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), max_size=4).map(
    " ".join
)


@pytest.fixture(scope="session")
def hostile() -> st.SearchStrategy[str]:
    return hostile_texts


@pytest.fixture(scope="session")
def case() -> Article:
    """A case with every section, told in ordinary words."""
    return Article(
        number="2026-0012",
        year=2026,
        title="Jaringan ruang pendaftaran putus-sambung",
        agency="rsud",
        agency_name="RSUD Kabupaten Sumbawa",
        site="Gedung B",
        place="Lantai 2, ruang pendaftaran",
        device="rsud-sw-2",
        device_kind="switch",
        device_make="Cisco SG350-28",
        fault_type="kabel-putus",
        fault_name="Kabel putus",
        location="Ruas antara rak lantai 2 dan ruang pendaftaran",
        symptom="Komputer pendaftaran tidak bisa membuka SIMRS.\nTelepon IP juga terputus-putus.",
        cause="Kabel di atas plafon tergigit tikus pada dua tempat.",
        cause_confirmed=True,
        remote="Port 14: 4.812 galat CRC dalam satu jam.",
        on_site="Pasangan 3–6 putus-sambung pada penguji kabel.",
        actions="1. Kabel lama dilepas.\n2. Kabel Cat6 20 meter ditarik lewat pipa.",
        installed="Cisco SG350-28",
        settings="Port 14 di VLAN 20 <pendaftaran>.",
        result="1 Gb/s tanpa kehilangan paket.",
        solution_class="permanent",
        prevention="Periksa ruas lain yang masih terbuka.",
        checks=(
            Reading("ping 10.20.4.1", "0 % hilang, 1,2 ms"),
            Reading("ping 10.20.4.37", "34 % hilang | 9,8 ms", "sebelum perbaikan"),
        ),
        tests=(Reading("ping 10.20.4.37", "0 % hilang", "34 % hilang"),),
        reported=date(2026, 3, 2),
        resolved=date(2026, 3, 3),
        closed_at=datetime(2026, 3, 3, 6, 30, tzinfo=UTC),
        working_hours=6.5,
        recurrence_of="2025-0031",
        related=("2025-0031", "2026-0007"),
        version=17,
    )


Make = Callable[..., Article]


@pytest.fixture(scope="session")
def make(case) -> Make:
    """Return the case with some things different; its number is in its year."""

    def made(number: int = 12, year: int = 2026, **changes: object) -> Article:
        alone = {"recurrence_of": "", "related": ()}
        return replace(case, number=f"{year}-{number:04d}", year=year, **{**alone, **changes})

    return made


@pytest.fixture(scope="session")
def archive(make) -> list[Article]:
    """Sixty cases of three years, whose every text is hostile somewhere."""

    def one(n: int) -> Article:
        bad = lambda k: HOSTILE[(n * 7 + k) % len(HOSTILE)]  # noqa: E731 - a name for a formula
        prose = lambda k: f"{bad(k)}\n{bad(k + 1)}\nKata biasa {n}. {bad(k + 2)}"  # noqa: E731 - as above
        year, day = 2024 + n % 3, date(2024 + n % 3, 1 + n % 12, 1 + n % 28)
        return make(
            n,
            year,
            title=f"{bad(0)} kasus {n}",
            agency=f"opd-{n % 9}",
            agency_name=f"Dinas {bad(n % 9)}",
            device_kind=("switch", "router", "", "lainnya", "<i>")[n % 5],
            device_make=("TP-Link TL-WR840N", "tp-link tl wr840n", "???", "C++", "", "Switch")[
                n % 6
            ],
            fault_type=("kabel-putus", "dns", "Jenis Baru!", "index")[n % 4],
            fault_name=("Kabel putus", bad(3), "Jenis Baru!", "Indeks")[n % 4],
            place=bad(4),
            location=bad(5),
            symptom=prose(6),
            cause=prose(9),
            cause_confirmed=n % 2 == 0,
            actions=prose(12),
            remote=prose(15),
            on_site="",
            settings=prose(18),
            result=prose(21),
            prevention=prose(24),
            checks=tuple(Reading(bad(k), bad(k + 1), bad(k + 2)) for k in range(n % 4)),
            reported=day,
            resolved=day + timedelta(days=2),
            closed_at=datetime(day.year, day.month, day.day, 8, n, tzinfo=UTC) + timedelta(days=2),
            recurrence_of="2024-0003" if n % 10 == 7 else "2019-0001" if n % 10 == 8 else "",
            related=("2025-0004", "2023-0009", "bukan nomor"),
        )

    return [one(n) for n in range(60)]


# ---- An office ------------------------------------------------------------------------------


@pytest.fixture
def office(tmp_path) -> Path:
    """A new office's folder, as `pulih new` makes it."""
    folder = tmp_path / "office"
    folder.mkdir()
    shutil.copytree(ROOT / "wiki", folder / "wiki")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture
def publisher(office) -> SitePublisher:
    return SitePublisher(office, office / "data" / "site")


@pytest.fixture(scope="session")
def built(archive, tmp_path_factory) -> Path:
    """The site of the whole archive, built once."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT / "wiki", folder / "wiki")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    publisher = SitePublisher(folder, folder / "site")
    publisher.publish(edition(archive))
    return publisher.site


# ---- Eyes -----------------------------------------------------------------------------------

_VOID = frozenset(
    ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
)


@dataclass
class Node:
    """An element of a page, or the page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Node | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """Yield this element and all within it."""
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part

    def all(self, *tags: str) -> list[Node]:
        return [node for node in self if node.tag in tags]

    def one(self, tag: str, **attributes: str) -> Node:
        """Return the first such element, `class_` standing for `class`."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return next(n for n in self.all(tag) if wanted.items() <= n.attributes.items())

    @property
    def tags(self) -> set[str]:
        return {node.tag for node in self}

    @property
    def text(self) -> str:
        """What a reader sees: white space folded as browsers do, a no-break space as a space."""
        seen = re.sub(r" *\n *", "\n", re.sub(r"[ \t\r\f]+", " ", self._raw())).strip(" ")
        return seen.replace("\u00a0", " ")

    def _raw(self) -> str:
        if self.tag == "br":
            return "\n"
        return "".join(
            re.sub(r"[ \t\n\r\f]+", " ", part) if isinstance(part, str) else part._raw()
            for part in self.parts
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Node("page")
        self._open = [self.page]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {key: value or "" for key, value in attrs})
        self._open[-1].parts.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_startendtag(self, tag, attrs):
        self._open[-1].parts.append(Node(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag):
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data):
        self._open[-1].parts.append(data)


@pytest.fixture(scope="session")
def seen() -> Callable[[str], Node]:
    """Read HTML as a browser would."""

    def read(html: str) -> Node:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        return reader.page

    return read


@pytest.fixture(scope="session")
def rendered(seen) -> Callable[[str], Node]:
    """Render Markdown with what mkdocs.yml configures, and read it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        config = load_config(str(ROOT / "mkdocs.yml"))

    def render(text: str) -> Node:
        body = text.partition("\n---\n")[2] if text.startswith("---\n") else text
        return seen(
            markdown.markdown(
                body,
                extensions=config["markdown_extensions"],
                extension_configs=config["mdx_configs"],
            )
        )

    return render
