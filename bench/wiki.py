"""What a wiki costs with 500, 2,000 and 10,000 cases: from the start, and one case more.

    python bench/wiki.py [--quick] [--json]

Beside ours in the same run: MkDocs as the README shows it (`mkdocs build --strict`, lists and cases not in the
navigation: "lean"), and up to 2,000 cases MkDocs with every page in its navigation. Each build has a process of its
own. "warm" is a service that has published before; "cold" is a process that starts for it, its own start included.
`--quick` has 1,000 cases in the place of all sizes, and no full navigation.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _cases import cases, one_more

from pulih.domain.article import Article
from pulih.domain.records import Names
from pulih.publish.site import SitePublisher

ROOT = Path(__file__).resolve().parents[1]
_SIZES, _QUICK = (500, 2_000, 10_000), (1_000,)
_FULL_NAVIGATION = 2_000
_ONES, _MORE = 7, 200
_NAMES = Names()


def new_office(folder: Path) -> SitePublisher:
    """Return the publisher of an office without a case."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "wiki", folder / "wiki")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return SitePublisher(folder, folder / "data" / "site")


def apart(*command: str, cwd: Path) -> tuple[float, int]:
    """Run a command; return its seconds and the most memory that one of its processes took, in MB."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "bench")}
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: {process.returncode}")
    return time.perf_counter() - began, used.ru_maxrss // 1024


def mkdocs(office: Path, config: str = "mkdocs.yml") -> tuple[float, int]:
    """Build with MkDocs; return seconds and MB."""
    into = office / "reference"
    taken = apart(
        sys.executable, "-m", "mkdocs", "build", "-q", "-f", config, "-d", str(into), cwd=office
    )
    shutil.rmtree(into)
    return taken


def with_full_navigation(office: Path) -> str:
    """Write a configuration with every page in the navigation; return its name."""
    text = (office / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"^nav:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^not_in_nav: \|\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    (office / "all.yml").write_text(text, encoding="utf-8")
    return "all.yml"


def publish(office: Path, articles: list[Article]) -> tuple[float, int]:
    """Publish in a process of its own; return seconds and MB."""
    told = office / "articles"
    told.write_bytes(pickle.dumps(articles))
    taken = apart(sys.executable, str(Path(__file__)), "--publish", str(office), cwd=ROOT)
    told.unlink()
    return taken


def publish_here(office: Path) -> None:
    """Publish what `publish` left for this process."""
    articles = pickle.loads((office / "articles").read_bytes())
    SitePublisher(office, office / "data" / "site").publish(articles, _NAMES)


def timed(publisher: SitePublisher, articles: list[Article]) -> float:
    """Publish in this process; return the seconds."""
    began = time.perf_counter()
    publisher.publish(articles, _NAMES)
    return time.perf_counter() - began


def measure(size: int, work: Path, *, full: bool) -> dict[str, float]:
    """Measure a wiki of a size."""
    office = work / f"office-{size}"
    new_office(office)
    articles = cases(size)
    found: dict[str, float] = {"cases": size}
    found["first_s"], _ = publish(office, articles)
    config = office / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    found["rebuild_s"], found["rebuild_peak_mb"] = publish(office, articles)
    found["lean_s"], found["lean_peak_mb"] = mkdocs(office)
    if full:
        found["full_navigation_s"], _ = mkdocs(office, with_full_navigation(office))
    articles.append(one_more(articles))
    found["publish_one_cold_s"], _ = publish(office, articles)
    publisher = SitePublisher(office, office / "data" / "site")
    articles.append(one_more(articles))
    timed(publisher, articles)
    ones = []
    for _ in range(_ONES):
        articles.append(one_more(articles))
        ones.append(timed(publisher, articles))
    found["publish_one_s"] = statistics.median(ones)
    for _ in range(_MORE):
        articles.append(one_more(articles))
    found["publish_200_s"] = timed(publisher, articles)
    found["service_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found["publish_one_vs_lean"] = found["lean_s"] / found["publish_one_s"]
    shutil.rmtree(office)
    return {name: round(value, 2) for name, value in found.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="1,000 cases only")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    parser.add_argument("--publish", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.publish:
        publish_here(asked.publish)
        return
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="bench-wiki-") as work:
        for size in _QUICK if asked.quick else _SIZES:
            full = not asked.quick and size <= _FULL_NAVIGATION
            found = measure(size, Path(work), full=full)
            print(f"{size:,} cases")
            for name, value in found.items():
                print(f"  {name:<22}{value:>10,.2f}", flush=True)
    if asked.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
