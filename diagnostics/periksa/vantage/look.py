"""A look from a device: questions in, findings out."""

from collections.abc import Sequence
from time import monotonic

from periksa.findings import Figure, Finding, State
from periksa.vantage.failing import Failed
from periksa.vantage.login import Login
from periksa.vantage.masks import masked
from periksa.vantage.questions import Question, Said
from periksa.vantage.session import Session, opened
from periksa.vantage.troubles import TROUBLES, state_of
from periksa.vantage.visit import Answer, Visit
from periksa.watch import Watch

WINDOW = 1.0  # seconds between two readings of the counters, at least
RAW = 20_000  # characters kept of what a device printed for one finding
LOGIN = "login"


def look(
    login: Login, questions: Sequence[Question], watch: Watch, window: float = WINDOW
) -> list[Finding]:
    """Visit a device and ask.

    Returns:
        A ``login`` finding, seen from the server, then one for each question in their order, seen
        from the device. What could not be asked is UNKNOWN and says why; nothing is raised over
        what a device does. ``login``'s figures: result (in a word, as ``troubles`` has them, or
        ok), port, weak (algorithms in use that are no longer safe), legacy (0 or 1).
    """
    started, begun = watch.now(), monotonic()

    def made(probe: str, subject: str, answer: Answer) -> Finding:
        entry = probe == LOGIN
        return Finding(
            probe=probe,
            target=subject,
            address=login.address if entry else _address(probe, subject),
            state=answer.said.state,
            detail=answer.said.detail,
            figures=answer.said.figures,
            started=started,
            seconds=monotonic() - begun,
            raw=masked(answer.raw, (login.password,))[:RAW],
            vantage="" if entry else login.node,
        )

    try:
        with opened(login, watch.deadline) as session:
            entry = _entered(login, session)
            visit = Visit(login.node, login.platform, session)
            answers = visit.answers(questions, window, watch.deadline)
    except Failed as failed:
        entry = _kept_out(login, failed.result)
        why = f"Tidak terperiksa: {login.node} {TROUBLES[failed.result]}."
        answers = [Answer(Said(State.UNKNOWN, why, {}), "")] * len(questions)
    said = zip(questions, answers, strict=True)
    return [
        made(LOGIN, login.node, entry),
        *(made(question.about, question.subject, answer) for question, answer in said),
    ]


def _address(probe: str, subject: str) -> str:
    return subject if probe in ("ping", "big", "arp") else ""


def _entered(login: Login, session: Session) -> Answer:
    figures = _figures(login, "ok", session.weak)
    raw = " ".join(f"{key}={value}" for key, value in session.agreed.items())
    if session.weak:
        detail = f"{login.node} didatangi dengan enkripsi lama: {', '.join(session.weak)}."
        return Answer(Said(State.DEGRADED, detail, figures), raw)
    return Answer(Said(State.UP, f"{login.node} dapat didatangi.", figures), raw)


def _kept_out(login: Login, result: str) -> Answer:
    detail = f"{login.node} {TROUBLES[result]}."
    return Answer(Said(state_of(result), detail, _figures(login, result, ())), "")


def _figures(login: Login, result: str, weak: Sequence[str]) -> dict[str, Figure]:
    return {
        "result": result,
        "port": login.port,
        "weak": list(weak),
        "legacy": int(login.legacy or login.telnet),
    }
