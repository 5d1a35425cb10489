"""The machine's clock is set back while people work: nobody loses what they typed, and nobody stays locked out."""

from __future__ import annotations

import html
import time

import time_machine

LONG = "Sudah saya cek dari panel sampai ujung kabel, redaman 31 dB di ruas kedua."
PASSWORD = "sandi yang panjang"


def test_a_clock_that_was_set_back_an_hour_costs_a_sign_in_and_nothing_that_was_typed(
    client_of, desk, form_of
):
    number = desk("examination")
    rina = client_of("rina")
    path = f"/tiket/{number}"
    token = rina.token(path)
    fields = {"seen": "4", "stage": "examination", "form_page": path, "csrf_token": token}
    sent = {**fields, **form_of("examination", location=LONG)}

    with time_machine.travel(time.time() - 3600):
        asked = rina.client.post(f"{path}/langkah/examination", data=sent)
        resume = html.unescape(asked.text.split('<textarea name="resume" hidden>')[1].split("<")[0])
        entry = {"username": "rina", "password": PASSWORD, "resume": resume, "resume_path": path}
        answer = rina.send("/masuk", entry)

        assert asked.status_code == 401
        assert answer.status_code == 303
        assert LONG in rina.get(path).text
