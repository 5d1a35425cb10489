"""Publisher and add-on on one site: what the one writes, the other knows."""

from __future__ import annotations

import time

import plone as plones

from pulih.domain.people import Role
from pulih.service.plone_typed import TypedTarget


def test_published_cases_have_their_numbers_and_an_opds_folder_its_tickets(connected, real_desk):
    hand = connected.hand
    hand.post("@addons/plone.restapi/install", {})
    hand.post("", {"@type": "Folder", "id": "pengetahuan", "title": "Basis pengetahuan"})
    hand.post("pengetahuan/@workflow/publish", {})
    typed = TypedTarget(
        "Portal",
        connected.plone.url(connected.site),
        *plones.ADMIN,
        root="pengetahuan",
        audience="public",
        agencies=("dukcapil",),
    )
    with real_desk.office() as office:
        with office.tools.store.reading() as records:
            admin = next(one for one in records.people.all() if one.role is Role.ADMIN)
            cases = {one.number: one for one in records.articles.find(agency="dukcapil")}
        target = office.plone_targets.keep(admin, typed)
        assert office.plone_targets.attempt(admin, target.id).ticket_number
        overview = published(office, admin, target.id)
        assert (overview.why, overview.held, overview.waiting) == (None, (), ())

    for number, told in cases.items():
        found = hand.get(f"@search?ticket_number={number}&metadata_fields=ticket_number")
        assert [one["ticket_number"] for one in found["items"]] == [number]
        page = hand.get(found["items"][0]["@id"].split(f"/{connected.site}/", 1)[1])
        assert page["pulih_fault"] == told.fault_type
    folder = found["items"][0]["@id"].rsplit("/", 2)[-2]
    assert "Sedang ditangani" in connected.anybody.go(f"pengetahuan/{folder}").says
    case = connected.anybody.go(f"pengetahuan/{folder}/{page['id']}")
    assert case.status == 200
    assert "Sedang ditangani" not in case.says


def published(office, admin, target):
    """Publish all that is due; the desk that is being served may be at it already."""
    for _ in range(60):
        office.plone_passes.perform(target, look=True, most=None)
        overview = office.plone.show(admin, target)
        if overview.published and not overview.waiting:
            break
        time.sleep(1)
    return overview
