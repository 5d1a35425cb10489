"""The wiki's page about the procedure, made from `domain.sop`. Pure, but for `write_sop`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pulih.domain import sop
from pulih.publish.files import write
from pulih.publish.flow import Arrow, arrows, flow_svg, who
from pulih.publish.literal import front_matter
from pulih.publish.sop_words import LAW, WORDS, Words
from pulih.wording import Translate

PAGE, PICTURE = "wiki/sop/index.md", "wiki/sop/alur.svg"
_END = len(sop.STEPS) + 1


def sop_page(language: str = "id", say: Translate = str) -> str:
    """Return the page as Markdown.

    Args:
        language: `id` or `en`.
        say: Translates what the data says in Indonesian only: roles, outcomes, spans.
    """
    words = WORDS[language]
    picture = flow_svg(language, say, standalone=False)
    parts = (
        front_matter(words.title, {"hide": ["navigation"]}) + f"# {words.title}",
        words.intro,
        f"## {words.flow}",
        f'<div class="pulih-alur" data-search-exclude>\n{picture}</div>',
        f"[{words.picture}](alur.svg)",
        f"## {words.steps}",
        steps_table_markdown(language, say),
        f"## {words.ways}",
        words.ways_intro,
        _listed(_ways(words, say)),
        f"## {words.time}",
        words.time_intro,
        _listed(_spans(words, say)),
        *words.time_rules,
        f"## {words.records}",
        *words.records_text,
        f"## {words.law}",
        _listed(iter(LAW)),
    )
    return "\n\n".join(parts) + "\n"


def steps_table_markdown(language: str = "id", say: Translate = str) -> str:
    """Return the fourteen rows as a Markdown table, without a line end."""
    words = WORDS[language]
    rows = [words.columns, ("---:", *("---",) * (len(words.columns) - 1))]
    for span, steps in groupby(sop.STEPS, key=lambda step: step.span):
        time = f"{say(span.label)}: {words.working_days(sop.SPAN_DAYS[span])}"
        for step in steps:
            said = (text.say(language) for text in (step.title, step.needs, step.yields))
            title, needs, yields = said
            rows.append((str(step.number), title, who(step, say), needs, yields, time))
            time = say(span.label)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write_sop(office: Path) -> None:
    """Write the page and its picture into an office's `wiki/sop/`. Raises OSError."""
    write(office / PAGE, sop_page().encode())
    write(office / PICTURE, flow_svg().encode())


def _ways(words: Words, say: Translate) -> Iterator[str]:
    found = arrows()
    parting = {arrow.start for arrow in found if arrow.end != arrow.start + 1}
    for start, ways in groupby((a for a in found if a.start in parting), key=lambda a: a.start):
        said = "; ".join(_way(arrow, words, say) for arrow in ways)
        yield f"**{words.step.format(start)}**: {said}."
    during = sop.STAGES["withdrawal"].during or range(0)
    yield words.withdrawal(during[0], during[-1])
    yield words.recurrence_long


def _way(arrow: Arrow, words: Words, say: Translate) -> str:
    outcomes = f" {words.either} ".join(f"“{say(label)}”" for label in arrow.labels)
    to = words.closed if arrow.end == _END else words.step.format(arrow.end)
    return f"{outcomes} → {to.lower()}"


def _spans(words: Words, say: Translate) -> Iterator[str]:
    for span, steps in groupby(sop.STEPS, key=lambda step: step.span):
        numbers = [step.number for step in steps]
        days = words.working_days(sop.SPAN_DAYS[span])
        yield f"**{say(span.label)}** ({words.step.format(f'{numbers[0]}–{numbers[-1]}').lower()}): {days}"


def _listed(items: Iterator[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
