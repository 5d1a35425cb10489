"""Other searches over the same cases: what people use who do not write one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence

from cluster import cluster
from relevance import Judged, Search

from pulih.domain.article import Article

_WORDS = re.compile(r"\w+")
_MOST = 10


def texts(article: Article) -> tuple[str, str]:
    """Return the title of a case and all else that is searched."""
    rest = (
        article.symptom, article.cause, article.actions, article.result, article.device_make,
        article.device_kind, article.fault_name, article.agency_name,
    )  # fmt: skip
    return article.title, " ".join(rest)


def peers(archive: Sequence[Article], *, words_only: bool = False) -> Iterator[tuple[str, Search]]:
    """Yield each peer with its name; one that is not installed is told, and left out.

    Args:
        words_only: Leave those out that are there for how well they find, and take minutes for a large archive.
    """
    yield "BM25, words as they are", full_text(archive, str.lower)
    if not words_only:
        yield from _readers(archive)
    yield "LIKE '%q%'", like(archive)
    try:
        with cluster() as server, server.database() as url:
            yield "PostgreSQL, indonesian", postgres(archive, url)
    except RuntimeError as error:
        print(f"PostgreSQL: {error}")


def _readers(archive: Sequence[Article]) -> Iterator[tuple[str, Search]]:
    try:
        import snowballstemmer  # noqa: PLC0415 - a peer, not installed everywhere
    except ImportError:
        print("Snowball: not installed (make search-tools)")
    else:
        stem = snowballstemmer.stemmer("indonesian").stemWord
        yield "BM25, Snowball", full_text(archive, lambda word: stem(word.lower()))
    yield "BM25, trigrams", full_text(archive, str.lower, tokenize="trigram")


def full_text(
    archive: Sequence[Article], change: Callable[[str], str], tokenize: str = "unicode61"
) -> Search:
    """Return a search by SQLite FTS5, any word of the query."""
    rows = sqlite3.connect(":memory:", check_same_thread=False)
    rows.execute(
        f"CREATE VIRTUAL TABLE t USING fts5(number UNINDEXED, a, b, tokenize='{tokenize}')"
    )

    def words(text: str) -> list[str]:
        return [change(word) for word in _WORDS.findall(text)]

    rows.executemany(
        "INSERT INTO t VALUES (?, ?, ?)",
        ((one.number, *(" ".join(words(text)) for text in texts(one))) for one in archive),
    )
    least = 3 if tokenize == "trigram" else 1

    def search(judged: Judged) -> list[str]:
        asked = [f'"{word}"' for word in words(judged.words) if len(word) >= least]
        if least > 1:
            asked = [f'"{w[at : at + 3]}"' for w in words(judged.words) for at in range(len(w) - 2)]
        sql = "SELECT number FROM t WHERE t MATCH ? ORDER BY bm25(t, 0, 4, 1), number LIMIT ?"
        return [row[0] for row in rows.execute(sql, (" OR ".join(asked), _MOST))] if asked else []

    return search


def like(archive: Sequence[Article]) -> Search:
    """Return the search that most helpdesks have: the query as it stands, somewhere in the text, the newest first."""
    rows = sqlite3.connect(":memory:", check_same_thread=False)
    rows.execute("CREATE TABLE t (number, text, closed)")
    rows.executemany(
        "INSERT INTO t VALUES (?, ?, ?)",
        ((one.number, " ".join(texts(one)), one.closed_at.isoformat()) for one in archive),
    )

    def search(judged: Judged) -> list[str]:
        sql = "SELECT number FROM t WHERE text LIKE ? ORDER BY closed DESC LIMIT ?"
        return [row[0] for row in rows.execute(sql, (f"%{judged.words}%", _MOST))]

    return search


def postgres(archive: Sequence[Article], url: str) -> Search:
    """Return a search by PostgreSQL's own Indonesian configuration, any word of the query."""
    import psycopg  # noqa: PLC0415 - only where there is a server

    link = psycopg.connect(url, autocommit=True)
    link.execute("CREATE TABLE t (number text, words tsvector)")
    link.cursor().executemany(
        "INSERT INTO t VALUES (%s, setweight(to_tsvector('indonesian', %s), 'A') || "
        "to_tsvector('indonesian', %s))",
        [(one.number, *texts(one)) for one in archive],
    )
    link.execute("CREATE INDEX ON t USING gin (words)")

    def search(judged: Judged) -> list[str]:
        asked = " or ".join(_WORDS.findall(judged.words))
        sql = (
            "SELECT number FROM t, websearch_to_tsquery('indonesian', %(asked)s) q WHERE words @@ q "
            "ORDER BY ts_rank(words, q) DESC, number LIMIT %(most)s"
        )
        return [row[0] for row in link.execute(sql, {"asked": asked, "most": _MOST})]

    return search
