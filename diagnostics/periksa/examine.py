"""A whole examination: look from the server and from every device at once, then judge. SOP step 5.

Meant for a background thread or process; blocks until there is a verdict, and there is one in time:
what has not answered by then is unknown.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from time import monotonic

from periksa import engine
from periksa.engine import Progress
from periksa.examination import SOON, Examination, Order
from periksa.findings import Finding, State
from periksa.judge.court import judge
from periksa.judge.verdict import Status
from periksa.plan import Plan
from periksa.probes import Probes
from periksa.survey import concerned, survey
from periksa.vantage import asking
from periksa.vantage.login import Login
from periksa.vantage.questions import Question
from periksa.vantage.rounds import GRACE, Rounds
from periksa.watch import Watch, never

JUDGING = 0.2  # seconds of the time that are kept for weighing what was found
LATEST = 0.8  # seconds before the end when pages are given up, so that silence is still a result
LONGEST = 120.0  # seconds that looking may take, however many addresses there are
PROBED, WEIGHED = 0.9, 0.97  # how far it is, then


def examine(
    order: Order,
    *,
    now: Callable[[], datetime],
    progress: Progress,
    cancelled: Callable[[], bool] = never,
    probes: Probes | None = None,
) -> Examination:
    """Look, and judge.

    Args:
        order: At what.
        now: The time of day, aware. Called from several threads.
        progress: Told how far it is (0 to 1, never falling) and one sentence, in this thread,
            several times a second; the last call is (1.0, ...).
        cancelled: Asked in this thread, several times a second. Once it says yes, there is a
            verdict on what there is, within half a second or so.
        probes: Where the server's look comes from; this machine when not given.

    Returns:
        The verdict, with all that it rests on. Nothing that the network or a device does raises.

    Raises:
        ValueError: The network has no server from which to look; the message is a sentence.
    """
    started, begun = now(), monotonic()
    plan = planned(order)
    visits, missing = _visits(order)
    rounds = Rounds(visits, Watch(now, begun + plan.cap - GRACE))
    rounds.begin()
    run = engine.run(
        plan,
        now=now,
        progress=lambda share, said: progress(share * PROBED, said),
        cancelled=cancelled,
        probes=probes,
    )
    while rounds.going and not cancelled():
        progress(PROBED, f"Menunggu jawaban {rounds.away} perangkat …")
        rounds.wait(engine.TICK)
    progress(WEIGHED, "Menimbang apa yang terlihat …")
    findings = (*run.findings, *rounds.findings(), *order.told)
    verdict = judge(order.network, findings)
    if verdict.status is Status.HEALTHY and not _enough(plan, findings):
        verdict = replace(verdict, status=Status.UNTESTED)
    progress(1.0, f"Selesai: {verdict.status.label}.")
    return Examination(order.about, started, monotonic() - begun, findings, tuple(missing), verdict)


def planned(order: Order) -> Plan:
    """What the server will look at, and for how long at most.

    Raises:
        ValueError: The network has no server; the message is a sentence.
    """
    plan = survey(order.network, order.about)
    seconds = order.seconds
    if seconds is None:
        needed = replace(plan, cap=LONGEST).seconds + engine.GRACE + JUDGING
        seconds = max(SOON, needed)
    cap = max(seconds - JUDGING, 2 * engine.GRACE)
    wait = max(min(plan.visits.wait, cap - LATEST), engine.GRACE)
    return replace(
        plan,
        cap=cap,
        ranges=order.ranges or plan.ranges,
        public=not order.ranges,
        visits=replace(plan.visits, wait=wait),
    )


def _enough(plan: Plan, findings: Iterable[Finding]) -> bool:
    """Something is known of at least half of the addresses; less, and nothing wrong says nothing.

    So it is where the machine itself was too busy to look.
    """
    tried = {target.address for target in plan.targets}
    known = {one.address for one in findings if one.state is not State.UNKNOWN}
    return 2 * len(tried & known) >= len(tried)


def _visits(order: Order) -> tuple[list[tuple[Login, tuple[Question, ...]]], list[str]]:
    if order.keys is None:
        return [], []
    among = concerned(order.network, order.about) if order.about else ()
    return asking.visits(order.network, order.keys, order.environment, among)
