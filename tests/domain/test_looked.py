"""What a run found, as lines of the tables of a report."""

from __future__ import annotations

from datetime import UTC, datetime

from pulih.domain.article import Reading
from pulih.domain.looked import checks_of, trials_of
from pulih.domain.records import ProbeRun, Told

AT = datetime(2026, 3, 2, tzinfo=UTC)
LABELS = {"sw-loket": "Switch loket", "rt-1": "Router Dukcapil"}
CANDIDATES = [
    {
        "place": "link/rt-1--sw-loket",
        "type": "cut",
        "confidence": 0.5,
        "of": 2,
        "for": [
            "Dari Pulih: sw-loket (10.12.7.2) tidak menjawab satu pun dari 10 ping.",
            "Jawaban dari lokasi: tidak (lamp/rt-1/rt-1--sw-loket).",
        ],
    },
    {"place": "node/sw-loket", "type": "dead", "confidence": 0.5, "of": 2, "for": []},
]
ANSWER = {
    "probe": "answer",
    "detail": "Apakah lampu LINK pada port menuju sw-loket menyala? Tidak.",
}


def run(**more):
    return ProbeRun("r1", "2026-0001", "rina", AT, state="done", labels=LABELS, **more)


def lines(readings):
    return [(one.what, one.value) for one in readings]


def test_a_verdict_is_told_with_places_types_answers_and_evidence():
    found = checks_of(
        run(
            verdict={"status": "fault", "candidates": CANDIDATES},
            told=(Told("lamp/rt-1/rt-1--sw-loket", "rina", AT, (ANSWER,)),),
        )
    )
    assert lines(found) == [
        ("Hasil pemeriksaan jaringan", "ada gangguan"),
        (
            "Dugaan: ruas Router Dukcapil – Switch loket",
            "putus; cocok dalam 1 dari 2 penjelasan",
        ),
        ("Dugaan: Switch loket", "mati; cocok dalam 1 dari 2 penjelasan"),
        (
            "Jawaban dari lokasi",
            "Apakah lampu LINK pada port menuju Switch loket menyala? Tidak.",
        ),
        (
            "Bukti",
            "Dari Pulih: Switch loket (10.12.7.2) tidak menjawab satu pun dari 10 ping.",
        ),
    ]


def test_the_only_explanation_is_told_without_a_count():
    only = [{"place": "node/sw-loket", "type": "dead", "confidence": 1.0, "of": 1}]
    found = checks_of(run(verdict={"status": "fault", "candidates": only}))
    assert lines(found)[1] == ("Dugaan: Switch loket", "mati")


def test_where_nothing_was_found_it_is_told_what_that_rules_out():
    verdict = {"status": "healthy", "candidates": [], "rules_out": ["30 ping terjawab semua."]}
    assert lines(checks_of(run(verdict=verdict))) == [
        ("Hasil pemeriksaan jaringan", "tidak ditemukan gangguan"),
        ("Yang dapat dipastikan", "30 ping terjawab semua."),
    ]


def test_a_run_over_single_addresses_is_told_finding_by_finding():
    found = {"probe": "ping", "target": "10.1.0.2", "detail": "0 dari 5 kembali"}
    assert checks_of(run(findings=(found,))) == (Reading("ping 10.1.0.2", "0 dari 5 kembali"),)


def pool(answering, lost):
    return {"addresses": 2, "answering": answering, "sent": 20, "lost": lost, "typical_ms": 1.25}


def test_after_a_repair_it_is_told_beside_what_it_was():
    comparison = {
        "outcome": "better",
        "segments": [
            {
                "place": "link/rt-1--sw-loket",
                "before": {**pool(1, 8), "big": [0, 2]},
                "after": {**pool(2, 1), "big": [2, 2]},
                "change": "better",
            },
            {"place": "link/Inti--rt-1", "before": pool(2, 0), "after": pool(2, 0)},
        ],
        "mended": ["Dari Pulih: sw-loket (10.12.7.2) menjawab semua ping."],
        "remaining": ["Dari Pulih: DNS app-1 tidak menjawab."],
    }
    verdict = {"status": "fault", "candidates": CANDIDATES[1:]}
    found = trials_of(run(verdict=verdict, comparison=comparison))
    assert lines(found)[0] == ("Hasil uji coba jaringan", "membaik, tetapi belum pulih")
    assert lines(found)[1][0] == "Masih diduga: Switch loket"
    stretch = found[2]
    assert stretch.what == "Ruas Router Dukcapil – Switch loket: lebih baik"
    assert "1 dari 20 ping hilang" in stretch.value
    assert "8 dari 20 ping hilang" in stretch.note
    assert lines(found)[3:] == [
        ("Sudah pulih", "Dari Pulih: Switch loket (10.12.7.2) menjawab semua ping."),
        ("Masih terganggu", "Dari Pulih: DNS app-1 tidak menjawab."),
    ]


def test_a_trial_without_a_run_of_step_5_is_told_by_its_verdict():
    verdict = {"status": "healthy", "candidates": []}
    assert trials_of(run(verdict=verdict)) == checks_of(run(verdict=verdict))


def test_what_no_version_of_ours_wrote_is_told_as_far_as_it_goes():
    odd = {"status": "fault", "candidates": [{"place": "x", "for": [3]}, None]}
    assert lines(checks_of(run(verdict=odd)))[0] == ("Hasil pemeriksaan jaringan", "ada gangguan")
