"""What rsync's end means, where it does not live to say so itself."""

from __future__ import annotations

import pytest

from pulih.publish.places.refused import refusal


@pytest.mark.parametrize(
    ("code", "told"), [(11, "disknya penuh"), (255, "kode 255 tanpa keterangan")]
)
def test_an_end_without_a_word_is_told_by_its_code(code, told):
    assert told in str(refusal("web.example:/srv/wiki", code, "\n"))


def test_what_rsync_says_is_passed_on():
    said = str(refusal("web.example:/srv/wiki", 23, "\nsesuatu yang lain\n"))

    assert said.endswith("kode 23: sesuatu yang lain")
