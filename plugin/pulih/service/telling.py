"""What people say to a run: answers to its questions, and computers' codes. It is judged anew, without looking."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pulih.domain.authority import Deed, require
from pulih.domain.people import Person, Role
from pulih.domain.records import ProbeRun, RunKind, Told
from pulih.domain.ticket import Ticket
from pulih.domain.verdict import Status
from pulih.errors import Conflict, Invalid, Problem, Refused
from pulih.ports import Records, Tools
from pulih.service.comparing import EXAMINED, compared, judged_runs, set_beside
from pulih.service.paths import PathDesk
from pulih.service.performing import untested
from pulih.service.probing import hold_step, hold_team, run_of
from pulih.service.scene import way_scene
from pulih.service.tickets import visible
from pulih.wording import sentence

CODE = "pc/"  # what the key of a computer's code begins with
_MOST_TOLD = 200
_CARRYING = ("switch", "router", "relay")


@dataclass(frozen=True, slots=True)
class TellDesk:
    """Takes down what people say to a run. Nothing is lost: what is taken back stays on record as taken back."""

    tools: Tools
    paths: PathDesk

    def answer(self, by: Person, number: str, key: str, question: str, value: str) -> ProbeRun:
        """Take down the answer to a question about a run, and judge it anew; another answer takes its place.

        Args:
            value: `ya`, `tidak`, `tidak tahu`; empty takes the answer back.

        Raises:
            NotFound: There is no such run of this ticket.
            NotAllowed: The person is not a technician of this ticket.
            Refused: The ticket has gone on since that run, or there is a newer one.
            Conflict: Somebody else said something at the same moment.
            Invalid: That is no question of this run, or no answer.
        """
        if not value:
            return self.withdraw(by, number, key, question)
        at = self.tools.now()
        run = self._open(by, number, key)
        try:
            finding = self.tools.probes.answer(run, question, value, at)
        except ValueError as error:
            raise Invalid([Problem("question", sentence("{why}", why=str(error)))]) from error
        return self._keep(run, _with(run, Told(question, by.id, at, (finding,))), at)

    def withdraw(self, by: Person, number: str, key: str, told: str) -> ProbeRun:
        """Take back what was said, and judge the run anew. Raises as `answer`.

        Args:
            told: The question's id, or the key of a code; what was not said is taken back already.
        """
        at = self.tools.now()
        run = self._open(by, number, key)
        rest = tuple(
            replace(one, withdrawn_by=by.id, withdrawn_at=at)
            if one.key == told and one.stands
            else one
            for one in run.told
        )
        return run if rest == run.told else self._keep(run, replace(run, told=rest), at)

    def tell(
        self,
        by: Person,
        number: str,
        key: str,
        findings: Sequence[Mapping[str, Any]],
        *,
        node: Mapping[str, Any] | None = None,
        link: Mapping[str, Any] | None = None,
    ) -> ProbeRun:
        """Take down what the code of a computer says, and judge the run anew.

        Args:
            key: The run; empty for the newest that has a verdict, or where there is none at this part of the
                procedure, a run of its own.
            findings: All of one computer, the `vantage` of each.
            node, link: The computer, where it is not listed, and what it hangs off, as `periksa --path` has them.

        Raises:
            NotFound, Refused, Conflict: As `answer`.
            NotAllowed: Neither a technician of this ticket, nor of its agency.
            Invalid: The findings are not of this network.
        """
        at = self.tools.now()
        run = self._open(by, number, key, Deed.TELL_CODE) if key else self._newest(by, number, at)
        kept = tuple(dict(finding) for finding in findings)
        if not kept:
            raise Invalid([Problem("code", sentence("Kode ini tidak berisi hasil apa pun."))])
        computer = str(kept[0].get("vantage"))
        if computer not in {one["name"] for one in run.network.get("nodes", ())} and node:
            run = replace(run, network=_joined(run, node, link))
        return self._keep(run, _with(run, Told(CODE + computer, by.id, at, kept)), at)

    def _open(self, by: Person, number: str, key: str, deed: Deed = Deed.PROBE) -> ProbeRun:
        """Return a run to which something may be said now."""
        with self.tools.store.reading() as records:
            ticket = _hold(records, by, number, deed)
            run = run_of(records, number, key)
            if not run.judged:
                raise Refused("Pemeriksaan ini belum selesai, atau tidak dinilai. Tunggu hasilnya.")
            if judged_runs(records, number)[-1].id != key or not _same_part(run, ticket):
                raise Refused(
                    "Pemeriksaan ini bukan yang terbaru lagi. Jawab pada pemeriksaan yang terbaru."
                )
            return run

    def _newest(self, by: Person, number: str, at: datetime) -> ProbeRun:
        """Return the newest run of this part of the procedure; where there is none, one of its own, not yet kept."""
        with self.tools.store.reading() as records:
            ticket = _hold(records, by, number, Deed.TELL_CODE)
            runs = [run for run in judged_runs(records, number) if _same_part(run, ticket)]
            if runs:
                return runs[-1]
            run = ProbeRun(
                uuid.uuid4().hex,
                number,
                by.id,
                at,
                state="done",
                progress=1.0,
                kind=RunKind.TOLD,
                step=hold_step(ticket),
            )
            return replace(run, **way_scene(self.paths, records, ticket.agency).kept)

    def _keep(self, before: ProbeRun, told: ProbeRun, at: datetime) -> ProbeRun:
        """Judge what was said, compare anew, and keep it where nobody else said something meanwhile."""
        if len(told.told) > _MOST_TOLD:
            raise Refused("Terlalu banyak jawaban pada satu pemeriksaan. Jalankan yang baru.")
        run = self._judged(told, at)

        def keep(records: Records) -> ProbeRun:
            now = records.runs.get(run.id)
            if now is not None and now.told != before.told:
                raise Conflict(
                    "Orang lain baru saja menjawab pada pemeriksaan ini. Lihat hasilnya sekarang, lalu jawab lagi.",
                    now=0,
                )
            records.runs.put(run.id, run)
            return run

        return self.tools.store.write(keep)

    def _judged(self, run: ProbeRun, at: datetime) -> ProbeRun:
        try:
            verdict = {**self.tools.probes.judge(run), "judged": at.isoformat()}
            judged = replace(run, verdict=_honest(run, verdict))
            with self.tools.store.reading() as records:
                beside = set_beside(records, judged)
            return compared(self.tools.probes, judged, beside)
        except ValueError as error:
            raise Invalid([Problem("code", sentence("{why}", why=str(error)))]) from error


def _hold(records: Records, by: Person, number: str, deed: Deed) -> Ticket:
    """Return a ticket of which a person may tell something now."""
    ticket = visible(records, by, number)
    require(by, deed, ticket.agency)
    hold_step(ticket)
    if by.role is not Role.OPD:
        hold_team(ticket, by)
    return ticket


def _same_part(run: ProbeRun, ticket: Ticket) -> bool:
    """Tell whether a run and a ticket are both at the search for the fault, or both after it.

    What is said after a repair says nothing of the fault.
    """
    return (run.step <= EXAMINED) == (hold_step(ticket) <= EXAMINED)


def _with(run: ProbeRun, told: Told) -> ProbeRun:
    return replace(run, told=(*run.told, told))


def _joined(
    run: ProbeRun, node: Mapping[str, Any], link: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the network of a run with one more computer.

    Where what it hangs off is not among what was looked at, it hangs off the agency's own, or the core.
    """
    kinds = {str(one["name"]): str(one["kind"]) for one in run.network.get("nodes", ())}
    joint = dict(link) if link else {"b": node["name"]}
    if joint.get("a") not in kinds:
        carrying = [name for name in run.about if kinds.get(name) in _CARRYING]
        core = [name for name, kind in kinds.items() if kind == "core"]
        joint = {"a": next(iter((*carrying, *core)), ""), "b": joint["b"]}
    nodes = [*run.network.get("nodes", ()), {**node, "parent": joint["a"]}]
    return {**run.network, "nodes": nodes, "links": [*run.network.get("links", ()), joint]}


def _honest(run: ProbeRun, verdict: dict[str, Any]) -> dict[str, Any]:
    """Return the verdict; where not enough was looked at, answers alone do not make a network healthy."""
    enough = bool(run.verdict.get("enough", run.kind is not RunKind.TOLD))
    code = any(one.key.startswith(CODE) for one in run.standing)
    if verdict["status"] == Status.HEALTHY and not (enough or code):
        verdict = untested(verdict)
    return {**verdict, "enough": enough}
