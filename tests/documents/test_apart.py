"""Drawing in a process of its own: it is kept for the next sheet, ends with what takes too long, and is begun anew."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace

import pytest

from pulih.documents import apart
from pulih.documents.apart import Apart, open_apart
from pulih.documents.choosing import Chosen
from pulih.documents.engine import Sheet
from pulih.documents.html import html, sample
from pulih.documents.weasy import open_weasy
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Layout
from pulih.errors import Unavailable

pytestmark = pytest.mark.slow

LONG = Sheet(f"<p>{'a<br>' * 60_000}</p>", "Panjang", Layout())
SHORT = Sheet("<p>isi</p>", "Pendek", Layout())


@pytest.fixture(scope="module")
def engine():
    return open_apart()


def program(engine):
    """The process that draws now."""
    return engine._drawer._process


def test_it_draws_the_same_bytes_as_in_our_own_process(engine):
    paper = sample(PaperKind.WORK)
    sheet = Sheet(html(paper), paper.name, paper.layout)

    assert engine.render(sheet) == open_weasy().render(sheet)
    assert engine.name == open_weasy().name


def test_the_program_is_kept_for_the_next_sheet(engine):
    engine.render(SHORT)
    first = program(engine).pid

    engine.render(SHORT)

    assert program(engine).pid == first


def test_what_the_desk_itself_takes_is_not_held_against_the_program():
    desk = b"x" * (400 << 20)
    engine = open_apart()
    first = program(engine).pid

    engine.render(SHORT)

    assert len(desk) > 0
    assert program(engine).pid == first


def test_a_sheet_that_takes_too_long_is_given_up_and_the_next_is_drawn():
    engine = Apart(seconds=2.0)
    engine.render(SHORT)
    first = program(engine)

    with pytest.raises(Unavailable, match="tidak selesai dicetak dalam 2 detik"):
        engine.render(LONG)

    assert first.poll() is not None
    assert engine.render(SHORT).startswith(b"%PDF")


def test_whoever_waits_too_long_for_a_turn_is_told_to_come_again():
    engine = Apart(seconds=2.0)
    begun, may_end = threading.Event(), threading.Event()

    def draw():
        with engine._turn:
            begun.set()
            may_end.wait(30)

    other = threading.Thread(target=draw)
    other.start()
    begun.wait(30)
    try:
        with pytest.raises(Unavailable, match="Tunggu sebentar"):
            engine.render(SHORT)
    finally:
        may_end.set()
        other.join()
    assert engine.render(SHORT).startswith(b"%PDF")


def test_a_program_that_was_killed_is_begun_anew(engine):
    engine.render(SHORT)
    os.kill(program(engine).pid, signal.SIGKILL)
    program(engine).wait()

    assert engine.render(SHORT).startswith(b"%PDF")


def test_a_program_that_ends_at_a_sheet_is_said_to_have_failed(engine, monkeypatch, tmp_path):
    (tmp_path / "fragile.py").write_text(
        "import sys\nfrom pulih.documents import drawing as d\n"
        "d.send(sys.stdout.buffer, d.NAME + b'fragile 1')\nd.received(sys.stdin.buffer)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(apart, "_PROGRAM", "fragile")
    fragile = Apart()
    assert fragile.name == "fragile 1"

    with pytest.raises(Unavailable, match="tidak dapat disusun"):
        fragile.render(SHORT)


def test_a_program_that_grew_is_ended_after_its_sheet(engine, monkeypatch):
    engine.render(SHORT)
    first = program(engine)
    monkeypatch.setattr(apart, "_MOST_KEPT", 1)

    assert engine.render(SHORT).startswith(b"%PDF")

    assert first.poll() is not None
    assert engine.render(SHORT).startswith(b"%PDF")


def test_nothing_is_left_of_it_when_the_engine_is_gone():
    engine = open_apart()
    left = program(engine)
    assert left.poll() is None

    del engine

    assert left.poll() is not None


def test_it_ends_with_the_process_that_began_it_however_that_ends(child):
    code = (
        "import os\nfrom pulih.documents.apart import open_apart\nengine = open_apart()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    killed = child(code)

    _told, said = killed.communicate(
        timeout=60
    )  # until nobody holds the pipe any more: it has it, too

    assert (killed.returncode, said) == (-signal.SIGKILL, "")


def test_a_start_that_fails_for_now_does_not_change_the_engine(monkeypatch, tmp_path):
    (tmp_path / "gone.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(apart, "_PROGRAM", "gone")
    chosen = Chosen("auto")

    with pytest.raises(Unavailable, match="tidak dapat disusun"):
        chosen.render(SHORT)

    monkeypatch.undo()
    assert chosen.render(SHORT).startswith(b"%PDF")
    assert chosen.name.startswith("weasyprint")


def test_what_it_is_called_can_be_asked_while_a_sheet_is_drawn(engine):
    engine.render(SHORT)

    with engine._turn:
        assert engine.name.startswith("weasyprint")


def test_where_pango_is_missing_it_says_what_to_install(monkeypatch, tmp_path):
    (tmp_path / "weasyprint.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0'\")\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(Unavailable, match="sudo apt install libpango"):
        Chosen("weasyprint").render(SHORT)


def test_what_cannot_be_laid_out_says_so_and_the_next_is_drawn(engine):
    broken = replace(SHORT, html="<p style='width:1e999mm'>" + "<div>" * 3000)

    with pytest.raises(Unavailable, match="tidak dapat disusun"):
        engine.render(broken)

    assert engine.render(SHORT).startswith(b"%PDF")
