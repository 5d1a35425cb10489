"""What was found, for the eye of somebody at a terminal. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from periksa.examination import Examination
from periksa.findings import Run
from periksa.judge.verdict import Candidate
from periksa.sweep import Office
from periksa.wording import number


def table(run: Run) -> str:
    """A run: one line a finding."""
    rows = [(one.target, one.probe, one.state.label, one.detail) for one in run.findings]
    return "\n".join((*columns(rows), lasted(run.seconds)))


def verdict(found: Examination) -> str:
    """A verdict, with its evidence."""
    said = found.verdict
    return "\n".join(
        (
            f"Hasil: {said.status.label}.",
            *(line for one in said.candidates for line in _candidate(one)),
            *_listed("Tidak diketahui, karena di belakang gangguan", said.unknown),
            *_listed("Yang dapat dipastikan", said.rules_out),
            *_listed("Belum diperiksa", (*said.not_tested, *found.missing)),
            *(
                (f"Tanyakan di lokasi: {said.question.text}", f"  --answer {said.question.id}=ya")
                if said.question
                else ()
            ),
            lasted(found.seconds),
        )
    )


def sweep(offices: Iterable[Office], seconds: float) -> str:
    """The whole network: one line an office."""
    return "\n".join((*columns([_row(one) for one in offices]), lasted(seconds)))


def columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Lines in which all but the last cell are as wide as the widest of their column."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield "  ".join((*cells, row[-1]))


def lasted(seconds: float) -> str:
    """The last line."""
    return f"Selesai dalam {seconds:.1f} detik.".replace(".", ",", 1)


def _candidate(one: Candidate) -> Iterator[str]:
    yield f"- {one.place}: {one.fault.label} ({one.fault.value}), {100 * one.confidence:.0f} %"
    yield from (f"    + {said}" for said in one.supporting)
    yield from (f"    - {said}" for said in one.opposing)


def _listed(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"{title}:"
        yield from (f"  {one}" for one in items)


def _row(one: Office) -> tuple[str, ...]:
    pool = one.pool
    low, high = (number(100 * share) for share in pool.loss)
    loss = f"hilang {pool.lost} dari {pool.sent} ping ({low}-{high} %)" if pool.answering else ""
    usual = "" if pool.typical_ms is None else f"{number(pool.typical_ms)} ms"
    causes = "; ".join(f"{place}: {fault.label}" for place, fault in one.causes)
    state = f"{one.state.label}: {causes}" if causes else one.state.label
    return one.node, f"{pool.answering}/{pool.addresses} menjawab", loss, usual, state
