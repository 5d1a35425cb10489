"""An office with closed tickets, its published site, and a checkout that has only the hand-written pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import offices
import pytest

from pulih.bootstrap import Office
from pulih.publish import addresses

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Desk:
    """An office that works: its folder, and a way to close one ticket more."""

    folder: Path
    office: Office
    close_one: Callable[[], str]

    @property
    def site(self) -> Path:
        return self.office.tools.publisher.site

    @property
    def moment(self) -> str:
        """The moment that the newest case was closed at, as the publisher tells it to the builder."""
        cases = self.office.cases.edition().cases
        return str(int(max((c.article.closed_at.timestamp() for c in cases), default=0)))


def desk_in(folder: Path, cast, facts_for, **settings) -> Desk:
    office = offices.found(folder, cast, **settings)

    def close_one() -> str:
        return _closed(office, cast, facts_for, len(office.cases.edition().cases))

    return Desk(folder, office, close_one)


def _closed(office: Office, cast, facts_for, n: int) -> str:
    letter = facts_for("letter", letter_number=f"005/{n}/DUKCAPIL/2026", subject=f"Putus ke-{n}")
    ticket = office.tickets.register(cast.contact, letter)
    while ticket.due:
        stage = ticket.due.id
        changes = {"outcome": "fixed"} if stage == "remote-repair" else {}
        facts = facts_for(stage, **changes)
        ticket = office.tickets.take(
            cast.actor(stage), ticket.number, stage, facts, seen=ticket.version
        )
    return ticket.number


@pytest.fixture
def desk(tmp_path, cast, facts_for):
    desk = desk_in(tmp_path / "kantor", cast, facts_for)
    for _ in range(3):
        desk.close_one()
    desk.office.cases.publish_due()
    yield desk
    desk.office.close()


@pytest.fixture
def desk_in_postgres(tmp_path, cast, facts_for, emptied):
    desk = desk_in(tmp_path / "kantor", cast, facts_for, database=emptied)
    yield desk
    desk.office.close()


@pytest.fixture
def checkout(tmp_path) -> Path:
    """The repository's own wiki and `mkdocs.yml`, as a new clone has them, with a configuration beside it."""
    folder = tmp_path / "klon"
    folder.mkdir()
    tracked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "wiki", "mkdocs.yml"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in tracked:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def built(checkout) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run MkDocs in the checkout, pointed at an office."""

    def build(office: Path | str, into: Path, **env: str) -> subprocess.CompletedProcess[str]:
        (checkout / "cases.yml").write_text(
            f"INHERIT: mkdocs.yml\nplugins:\n  - pulih:\n      office: {office}\n", encoding="utf-8"
        )
        words = ["build", "--strict", "-q", "-f", "cases.yml", "-d", str(into)]
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", *words], cwd=checkout, capture_output=True, text=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **env}, check=False, timeout=110,
        )  # fmt: skip

    return build


@pytest.fixture
def page_of() -> Callable[[str], str]:
    """Return where a case's page stands in a site."""

    def page(number: str) -> str:
        return addresses.case(number, int(number[:4])).removesuffix(".md") + "/index.html"

    return page
