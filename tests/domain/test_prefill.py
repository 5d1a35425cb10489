"""What a form starts from."""

from __future__ import annotations

import pytest

from pulih.domain import sop
from pulih.domain.prefill import actions_so_far, start_of
from pulih.domain.ticket import Ticket


def start(ticket, stage):
    return start_of(ticket, sop.STAGES[stage])


@pytest.mark.parametrize("stage", list(sop.STAGES))
def test_an_empty_ticket_gives_an_empty_form(stage):
    assert not any(start(Ticket("2026-0001"), stage).values())


def test_the_report_starts_from_the_complaint_and_from_what_was_done(story):
    assert start(story.at("report"), "report") == {
        "symptom": "Loket KTP-el tidak dapat terhubung ke pusat.",
        "actions": "Menghidupkan ulang port switch.\n\nMelepas switch yang rusak.\n\nVLAN 20 untuk loket.",
    }


def test_where_nobody_went_to_the_site_only_the_remote_repair_is_told(story):
    ticket = story.take(story.at("remote-repair"), "remote-repair", outcome="fixed")
    assert actions_so_far(ticket) == "Menghidupkan ulang port switch."


def test_the_new_device_starts_from_the_kind_of_the_old_one(story):
    assert start(story.at("installation"), "installation") == {"new_kind": "switch"}


def test_the_decision_on_site_starts_from_the_device_that_was_examined(story):
    ticket = story.take(story.at("examination"), "examination", device_note="Switch TP-Link")
    ticket = story.follow(ticket, "remote-repair", "coordination")
    assert start(ticket, "damage") == {"device_note": "Switch TP-Link"}


def test_the_work_record_starts_from_the_report_and_names_the_installed_device(story):
    assert start(story.at("work-record"), "work-record") == {
        "work": "Mengganti switch.",
        "devices": "MikroTik CRS328",
        "result": "Loket terhubung kembali.",
    }


def test_a_letter_that_comes_again_starts_from_what_it_said(story):
    assert start(story.returned, "letter") == story.returned.letter


def test_a_report_that_comes_back_starts_from_what_it_said(story):
    ticket = story.take(story.at("acceptance-section"), "acceptance-section", accepted="tidak")
    assert start(ticket, "report") == ticket.facts_of("report")


@pytest.mark.parametrize("stage", [stage.id for step in sop.STEPS for stage in step.stages])
def test_what_a_form_starts_from_can_be_sent_as_it_is(story, stage):
    ticket = story.at(stage)
    assert story.take(ticket, stage, **start(ticket, stage)).version == ticket.version + 1
