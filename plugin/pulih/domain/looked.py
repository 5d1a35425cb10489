"""What a run found, as lines of the tables of a report and a case. In Bahasa Indonesia: it is the record. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pulih.domain.article import Reading
from pulih.domain.calling import Called
from pulih.domain.compared import Compared, Stretch, read_comparison
from pulih.domain.marking import in_indonesian
from pulih.domain.records import ProbeRun
from pulih.domain.verdict import Candidate, Verdict, read_verdict
from pulih.wording import Sentence

_MOST_CANDIDATES, _MOST_EVIDENCE, _MOST_LINES = 6, 6, 12
_ANSWER = "answer"  # the probe of what a person said


def checks_of(run: ProbeRun) -> tuple[Reading, ...]:
    """Return what a run says of a fault: its verdict with the evidence, or where there is none, its findings."""
    verdict = read_verdict(run.verdict)
    if verdict is None:
        return tuple(
            Reading(f"{found['probe']} {found['target']}", str(found["detail"]))
            for found in run.findings
        )
    return tuple(_judged(run, verdict, Called(run.labels)))


def trials_of(run: ProbeRun) -> tuple[Reading, ...]:
    """Return what a run after a repair says beside the one of step 5: what it was then is the note of a line.

    Without a comparison it says what `checks_of` does.
    """
    compared = read_comparison(run.comparison)
    if compared is None:
        return checks_of(run)
    return tuple(_beside(run, compared, Called(run.labels)))


def _judged(run: ProbeRun, verdict: Verdict, called: Called) -> Iterator[Reading]:
    yield Reading("Hasil pemeriksaan jaringan", verdict.status.label)
    for one in verdict.candidates[:_MOST_CANDIDATES]:
        yield Reading(f"Dugaan: {called.place(one.place)}", _weighed(one))
    for found in run.seen:
        if found["probe"] == _ANSWER:
            yield Reading("Jawaban dari lokasi", called.told(str(found["detail"])))
    for said in _evidence(verdict):
        yield Reading("Bukti", called.told(said))
    if not verdict.candidates:
        for said in verdict.rules_out[:_MOST_EVIDENCE]:
            yield Reading("Yang dapat dipastikan", called.told(said))


def _weighed(one: Candidate) -> str:
    if one.of <= 1:
        return one.label
    return f"{one.label}; cocok dalam {one.agreeing} dari {one.of} penjelasan"


def _evidence(verdict: Verdict) -> Iterator[str]:
    """Yield what speaks for the candidates, each sentence once; answers stand by themselves."""
    said = dict.fromkeys(text for one in verdict.candidates for text in one.supporting)
    told = (text for text in said if not text.startswith("Jawaban dari lokasi"))
    yield from islice(told, _MOST_EVIDENCE)


def _beside(run: ProbeRun, compared: Compared, called: Called) -> Iterator[Reading]:
    yield Reading("Hasil uji coba jaringan", compared.outcome.label)
    verdict = read_verdict(run.verdict)
    if verdict and verdict.candidates:
        for one in verdict.candidates[:_MOST_CANDIDATES]:
            yield Reading(f"Masih diduga: {called.place(one.place)}", _weighed(one))
    changed = [one for one in compared.stretches if one.tone != "same"]
    for stretch in changed[:_MOST_LINES]:
        place = str(called.place(stretch.place))
        what = f"{place[:1].upper()}{place[1:]}: {stretch.change}"
        yield Reading(what, _words(stretch.after), _words(stretch.before))
    for port in compared.ports[:_MOST_LINES]:
        yield Reading(_port(port, called), _words(port.after), _words(port.before))
    for what, several in (
        ("Sudah pulih", compared.mended),
        ("Masih terganggu", compared.remaining),
        ("Baru muncul", compared.new),
        ("Belum dapat dilihat lagi", compared.unseen),
    ):
        for said in several[:_MOST_EVIDENCE]:
            yield Reading(what, called.told(said))


def _port(port: Stretch, called: Called) -> str:
    return f"Port {port.port} pada {called.place(port.place)}"


def _words(parts: tuple[Sentence, ...]) -> str:
    return "; ".join(map(in_indonesian, parts)) or "–"
