"""The files of the search, and what each is made of."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from itertools import groupby

from pulih.domain import words
from pulih.domain.edition import Case, Edition
from pulih.publish.finding.analysis import Analyses
from pulih.publish.finding.catalogue import Listed, catalogue
from pulih.publish.finding.guides import guide_index, guide_texts, sections
from pulih.publish.finding.inverted import Inverted, parts_for
from pulih.publish.finding.packing import script
from pulih.publish.finding.segments import CHUNK, Segment, segments
from pulih.publish.finding.texts import case_texts
from pulih.publish.sheet import Sheet, made_of

FOLDER = "assets/cari/"
_MARK = 12  # hexadecimal digits


def search_sheets(
    edition: Edition,
    digests: Mapping[str, str],
    guides: Mapping[str, str],
    analyses: Analyses | None = None,
) -> Iterator[Sheet]:
    """Yield the files of the search of the published site, all under `FOLDER`.

    Args:
        digests: Case number -> `Case.digest`.
        guides: Address -> Markdown of the pages that people wrote.
        analyses: What is known of cases from before; kept by whoever publishes again.
    """
    known = analyses or Analyses()
    found = segments(edition.cases)
    listed = [Listed(one, _mark(one), _parts(one)) for one in found]
    told = list(sections(guides))
    mark = made_of(*told)[:_MARK] if told else ""
    names = edition.names
    yield Sheet(f"{FOLDER}kata.js", _of(_tables()), _tables)
    yield Sheet(
        f"{FOLDER}daftar.js",
        made_of(
            (digests[case.article.number] for one in found for _, case in one.cases),
            (f"{k}={v}" for k, v in sorted(names.agencies.items())),
            (f"{k}={v}" for k, v in sorted(names.fault_types.items())),
            mark,
        ),
        partial(catalogue, listed, names, mark),
    )
    for one in listed:
        yield from _words(one, digests, known)
    yield from _texts(found, digests)
    if told:
        yield Sheet(f"{FOLDER}panduan.js", mark, partial(guide_index, told, mark))
        for page, some in groupby(told, key=lambda section: section.page):
            same = tuple(some)
            name = f"panduan/{page.removesuffix('.md')}"
            yield Sheet(f"{FOLDER}isi/{name}.js", made_of(*same), partial(guide_texts, name, same))


def _words(one: Listed, digests: Mapping[str, str], known: Analyses) -> Iterator[Sheet]:
    members = [case for _, case in one.segment.cases]
    of = _of(*(digests[case.article.number] for case in members))
    told = (known.words(case, digests[case.article.number]) for case in members)
    files = Inverted(one.segment.name, one.mark, told, one.parts)
    if one.segment.latest:
        yield Sheet(f"{FOLDER}{one.segment.name}.js", of, partial(files.part, 0))
        return
    for k in range(one.parts):
        yield Sheet(f"{FOLDER}{one.segment.name}/{k}.js", of, partial(files.part, k))


def _texts(found: list[Segment], digests: Mapping[str, str]) -> Iterator[Sheet]:
    chunks: dict[str, list[Case]] = defaultdict(list)
    for one in found:
        for place, case in one.cases:
            chunks[f"{place.year}/{place.seq // CHUNK}"].append(case)
    for name, cases in chunks.items():
        of = _of(*(digests[case.article.number] for case in cases))
        yield Sheet(f"{FOLDER}isi/{name}.js", of, partial(case_texts, name, tuple(cases)))


def _parts(one: Segment) -> int:
    return 1 if one.latest else parts_for(len(one.cases))


def _mark(one: Segment) -> str:
    """Return what changes when the rows of a segment do: they are told by their place among its numbers."""
    return _of(*(place.number for place, _ in one.cases))[:_MARK]


def _of(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@lru_cache(maxsize=1)
def _tables() -> str:
    """Return the tables by which words are compared, as a script."""
    return script(
        "kata",
        {
            "akar": " ".join(sorted(words.ROOTS)),
            "ejaan": [[word, *said] for word, said in sorted(words.SPELLINGS.items())],
            "henti": " ".join(sorted(words.STOPS)),
            "pasti": words.SURE,
            "mungkin": words.MAYBE,
            "partikel": words.PARTICLES,
            "akhiran": words.SUFFIXES,
        },
    )
