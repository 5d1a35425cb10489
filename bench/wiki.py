"""What a wiki costs with 500, 2,000 and 10,000 cases: from the start, one case more, 200 more, and searching it.

    python bench/wiki.py [--quick] [--json]

Beside ours in the same run: MkDocs as the README shows it (`mkdocs build --strict`, lists and cases not in the
navigation: "lean"), up to 2,000 cases MkDocs with every page in its navigation, and Zensical where it is installed.
Each build has a process of its own. "publish" goes the way of the service, from the records of an office to its site:
"warm" in one that has published before; "cold" by `pulih publish`, from the start of its process to its end. "rebuild"
is all of it anew, as after an upgrade: every page written, every page rendered. `peak` counts all processes of a build.
`--quick` has 1,000 cases in the place of all sizes, and no full navigation.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from _cases import cases, one_more
from _processes import Taken, run
from _searching import search_figures
from _zensical import zensical_figures

from pulih.bootstrap import Office, open_office
from pulih.config import read_settings
from pulih.domain.article import Article
from pulih.jobs import Collected
from pulih.ports import Records

ROOT = Path(__file__).resolve().parents[1]
_SIZES, _QUICK = (500, 2_000, 10_000), (1_000,)
_FULL_NAVIGATION = 2_000
_ONES, _COLD, _MORE = 7, 3, 200


def new_office(folder: Path) -> Office:
    """Return an office without a case."""
    shutil.copytree(ROOT / "wiki", folder / "wiki")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "pulih.toml").write_text("", encoding="utf-8")
    return opened(folder)


def opened(folder: Path) -> Office:
    """Open an office that does nothing by itself."""
    return open_office(read_settings(folder, {}), jobs=Collected())


def close_cases(office: Office, articles: list[Article]) -> None:
    """Keep cases as the closing of their tickets would."""

    def keep(records: Records) -> None:
        for article in articles:
            records.articles.put(article.number, article)

    office.tools.store.write(keep)


def timed(office: Office) -> float:
    """Publish what is due; return the seconds."""
    began = time.perf_counter()
    office.cases.publish_due()
    return time.perf_counter() - began


def apart(*command: str, cwd: Path) -> Taken:
    """Run a command in a process of its own."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "bench")}
    return run(command, cwd, environment)


def publish(folder: Path, *more: str) -> Taken:
    """Publish what is due by the command."""
    command = str(Path(sys.executable).with_name("pulih"))
    return apart(command, "publish", "--office", str(folder), *more, cwd=ROOT)


def rebuild(folder: Path) -> Taken:
    """Make everything anew in a process of its own."""
    for note in (folder / "data" / "site").glob("*.json"):
        note.unlink()
    return publish(folder, "--all")


def mkdocs(folder: Path, config: str = "mkdocs.yml") -> Taken:
    """Build with MkDocs."""
    into = folder / "reference"
    command = (sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-f", config)
    taken = apart(*command, "-d", str(into), cwd=folder)
    shutil.rmtree(into)
    return taken


def with_full_navigation(folder: Path) -> str:
    """Write a configuration with every page in the navigation; return its name."""
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"^nav:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^not_in_nav: \|\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    (folder / "all.yml").write_text(text, encoding="utf-8")
    return "all.yml"


def measure(size: int, work: Path, *, full: bool) -> dict[str, float]:
    """Measure a wiki of a size."""
    folder = work / f"office-{size}"
    office, articles = new_office(folder), cases(size)
    close_cases(office, articles)
    found: dict[str, float] = {"cases": size, "first_s": publish(folder).seconds}
    found["rebuild_s"], found["rebuild_peak_mb"] = rebuild(folder)
    found["lean_s"], found["lean_peak_mb"] = mkdocs(folder)
    if full:
        found["full_navigation_s"], found["full_navigation_peak_mb"] = mkdocs(
            folder, with_full_navigation(folder)
        )
    found |= zensical_figures(folder)

    def one() -> None:
        articles.append(one_more(articles))
        close_cases(office, articles[-1:])

    colds = []
    for _ in range(_COLD):
        one()
        colds.append(publish(folder).seconds)
    found["publish_one_cold_s"] = statistics.median(colds)
    one()
    timed(office)
    ones = []
    for _ in range(_ONES):
        one()
        ones.append(timed(office))
    found["publish_one_s"] = statistics.median(ones)
    for _ in range(_MORE):
        one()
    found["publish_200_s"] = timed(office)
    found["service_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found["publish_one_vs_lean"] = found["lean_s"] / found["publish_one_s"]
    found |= search_figures(office.tools.publisher.site.resolve())
    office.close()
    shutil.rmtree(folder)
    return {name: round(value, 2) for name, value in found.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="1,000 cases only")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    asked = parser.parse_args()
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="bench-wiki-") as work:
        for size in _QUICK if asked.quick else _SIZES:
            full = not asked.quick and size <= _FULL_NAVIGATION
            found = measure(size, Path(work), full=full)
            print(f"{size:,} cases")
            for name, value in found.items():
                print(f"  {name:<28}{value:>10,.2f}", flush=True)
    if asked.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
