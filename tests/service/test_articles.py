"""What a closed ticket teaches is written down with the names and figures that the registry has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.agency import Device, Site
from pulih.store.codec import ARTICLE


@pytest.fixture
def twice_examined(office):
    """Return a ticket that is examined again after a failed trial, and closed from there."""

    def closed(first, second):
        ticket = office.take(office.at("examination"), "examination", **first)
        ticket = office.take(ticket, "remote-repair", outcome="fixed")
        ticket = office.take(ticket, "trial", works="tidak")
        ticket = office.take(ticket, "examination", **second)
        ticket = office.take(ticket, "remote-repair", outcome="fixed")
        for stage in office.way[office.way.index("trial") :]:
            ticket = office.take(ticket, stage)
        return ticket

    return closed


MASK = "[kontak disamarkan]"
REGISTERED = {"device": "sw-loket", "device_note": None}
NOTED = {"device": None, "device_note": "Router B"}


def test_the_device_of_the_last_round_is_written_down(office, cast, twice_examined):
    number = twice_examined(REGISTERED, NOTED).number
    article = office.cases.get(cast.lead, number)
    assert (article.device, article.device_make) == ("", "Router B")

    number = twice_examined(NOTED, REGISTERED).number
    article = office.cases.get(cast.lead, number)
    assert (article.device, article.device_make) == ("sw-loket", "MikroTik CRS326")


def test_similar_cases_are_asked_for_with_the_device_that_was_named_last(office, cast):
    ticket = office.take(office.at("examination"), "examination", **REGISTERED)
    ticket = office.take(ticket, "remote-repair")
    ticket = office.take(ticket, "coordination")
    ticket = office.take(ticket, "damage", must_replace="tidak", **NOTED)
    office.finding.similar(cast.lead, ticket)
    assert office.tools.index.asked[-1].device == ""

    ticket = office.take(ticket, "trial", works="tidak")
    ticket = office.take(ticket, "examination", device="rt-dukcapil", device_note=None)
    office.finding.similar(cast.lead, ticket)
    assert office.tools.index.asked[-1].device == "rt-dukcapil"


def test_neither_a_device_nor_a_site_takes_a_contact_onto_the_page(office, cast):
    device, site = (
        office.registry.get(cast.admin, Device, "rt-dukcapil"),
        office.registry.get(cast.admin, Site, "dukcapil-pusat"),
    )
    office.registry.save(cast.admin, replace(device, brand="Milik Bu Dewi"))
    office.registry.save(cast.admin, replace(site, name="Rumah dewi lestari"))
    ticket = office.at("examination", site="dukcapil-pusat")
    ticket = office.take(ticket, "examination", device="rt-dukcapil", device_note=None)
    ticket = office.take(ticket, "remote-repair", outcome="fixed")
    for stage in office.way[office.way.index("trial") :]:
        ticket = office.take(ticket, stage)

    article = office.cases.get(cast.lead, ticket.number)
    assert article.device_make == f"Milik {MASK}"
    assert article.site == f"Rumah {MASK}"


def test_the_symptom_is_told_in_the_reporters_words_and_in_the_technicians(office, cast):
    number = office.closed(disturbed="SIAK lemot").number
    article = office.cases.get(cast.lead, number)
    assert (article.symptom, article.observed) == ("SIAK lemot", "Loket putus.")


def test_a_case_that_was_kept_before_the_technicians_words_were_can_be_read(office, cast):
    article = office.cases.get(cast.lead, office.closed().number)
    kept = ARTICLE.encode(article)
    del kept["observed"]
    assert ARTICLE.decode(kept) == replace(article, observed="")


def test_a_case_says_which_part_of_the_way_failed(office, cast):
    ticket = office.at("examination")
    ticket = office.take(ticket, "examination", segment="backbone")
    for stage in office.way[office.way.index("examination") + 1 :]:
        ticket = office.take(ticket, stage)
    assert office.cases.get(cast.lead, ticket.number).segment == "backbone"


@pytest.fixture
def looked(office, cast):
    """Return the identifier of a run of a ticket that is done."""

    def run(ticket):
        key = office.probing.start(cast.lead, ticket.number).id
        office.probing.perform(key)
        return key

    return run


def through(office, ticket, *, runs, trial):
    """Examined with some runs, mended from afar, tried with others, and closed."""
    ticket = office.take(ticket, "examination", runs=runs)
    ticket = office.take(ticket, "remote-repair", outcome="fixed")
    ticket = office.take(ticket, "trial", runs=trial(ticket))
    for stage in office.way[office.way.index("report") :]:
        ticket = office.take(ticket, stage)
    return ticket


def test_a_case_has_the_verdict_the_way_and_what_the_trial_showed(office, cast, looked):
    ticket = office.at("examination")

    def again(ticket):
        office.tools.probes.town.silent = set()
        return [looked(ticket)]

    ticket = through(office, ticket, runs=[looked(ticket)], trial=again)
    article = office.cases.get(cast.lead, ticket.number)

    checks = {(one.what, one.value.partition(";")[0]) for one in article.checks}
    assert ("Hasil pemeriksaan jaringan", "ada gangguan") in checks
    assert ("Dugaan: ruas Router Dukcapil – Switch loket", "putus") in checks
    assert (article.tests[0].what, article.tests[0].value) == (
        "Hasil uji coba jaringan",
        "berfungsi kembali",
    )
    tones = {stop.name: (stop.tone, stop.link_tone) for stop in article.way}
    assert tones["Switch loket"] == ("warn", "warn")
    assert tones["Router Dukcapil"][0] in ("warn", "good")
    assert "10.12." not in str(article.way)


def test_a_contact_in_the_name_of_a_device_is_masked_on_the_way_too(office, cast, looked):
    switch = office.registry.get(cast.admin, Device, "sw-loket")
    office.registry.save(cast.admin, replace(switch, name="Switch Dewi Lestari"))
    ticket = office.at("examination")
    ticket = through(office, ticket, runs=[looked(ticket)], trial=lambda _ticket: None)

    article = office.cases.get(cast.lead, ticket.number)
    assert f"Switch {MASK}" in [stop.name for stop in article.way]
    assert "Dewi" not in str((article.way, article.checks))
    shown = office.outgoing.show(cast.lead, ticket.number).preview
    assert "Switch Dewi Lestari" in [line.typed[0] for line in shown.lines if line.name == "way"]


def test_without_a_look_at_the_network_a_case_has_no_way(office, cast):
    assert office.cases.get(cast.lead, office.closed().number).way == ()


def test_a_case_that_was_kept_before_there_were_ways_can_be_read(office, cast):
    article = office.cases.get(cast.lead, office.closed().number)
    kept = ARTICLE.encode(article)
    del kept["way"]
    assert ARTICLE.decode(kept) == article
