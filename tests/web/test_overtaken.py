"""Two administrators at the same form: the second is told, sees what stands, and decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.agency import Device
from pulih.domain.people import Role
from pulih.errors import Conflict, NotAllowed

FORM = "/perangkat/sw-dukcapil/ubah"


@pytest.fixture
def admin(client_of):
    return client_of("admin")


@pytest.fixture
def device(office, cast):
    return lambda: office.registry.get(cast.admin, Device, "sw-dukcapil")


def fields(device, **changes):
    """What the form of a device sends."""
    kept = device()
    return {"agency": kept.agency, "kind": kept.kind.value, "name": kept.name, **changes}


def test_an_older_form_does_not_put_a_replaced_device_back_into_use(admin, office, cast, device):
    older = admin.seen(FORM)
    office.registry.save(cast.admin, replace(device(), active=False, name="Diganti"))

    answer = admin.send(FORM, fields(device, name="Nama baru", **older))

    assert answer.status_code == 409
    assert "sudah diubah sejak formulir ini dibuka" in answer.text
    assert 'value="Nama baru"' in answer.text
    assert "Yang tersimpan sekarang: Diganti" in answer.text
    assert not device().active


def test_the_form_that_was_overtaken_can_be_saved_after_all(admin, office, cast, device):
    older = admin.seen(FORM)
    office.registry.save(cast.admin, replace(device(), active=False))
    page = admin.send(FORM, fields(device, name="Nama baru", **older)).text
    mark = page.split('name="seen" value="')[1].split('"')[0]

    answer = admin.send(FORM, fields(device, name="Nama baru", seen=mark))

    assert answer.status_code == 303
    assert device().name == "Nama baru"
    assert not device().active


def test_a_form_that_does_not_say_what_it_showed_saves_nothing(admin, device):
    assert admin.send(FORM, fields(device, name="Nama baru", seen="")).status_code == 409
    assert device().name != "Nama baru"


@pytest.mark.parametrize(
    "path", ["/opd/dukcapil/ubah", "/gangguan/kabel-putus/ubah", "/orang/rina/ubah", FORM]
)
def test_every_form_of_a_list_says_what_it_showed(admin, path):
    assert admin.seen(path)


def test_of_two_administrators_who_end_each_others_accounts_one_stays(office, cast):
    second = replace(cast.admin, id="admin-dua", name="Admin Dua", role=Role.ADMIN)
    office.accounts.add(cast.admin, second, "sandi yang panjang")
    office.accounts.save(second, replace(cast.admin, active=False))

    with pytest.raises(NotAllowed):
        office.accounts.save(cast.admin, replace(second, active=False))

    assert office.accounts.known("admin-dua")


def test_an_account_that_changed_meanwhile_is_not_written_over(office, cast):
    with pytest.raises(Conflict):
        office.accounts.save(cast.admin, replace(cast.lead, name="Lain"), seen="0" * 16)
